"""Names in a quick line: from where to where one goes, and whom it fits.

A name is as many words in a row as fit somebody.  A word that says something else, such as a day
or an activity, belongs to a name only if it is a whole word of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from apprentice_desk.domain.quick_known import EVERYONE, Known, NameMatch, Person
from apprentice_desk.domain.quick_signs import GAP, name_word_end, next_word, quoted
from apprentice_desk.domain.searching import plain

SMALL_WORDS = frozenset(
    (
        "a", "an", "and", "as", "at", "be", "by", "do", "for", "from", "he", "i", "in", "is",
        "it", "me", "my", "no", "of", "on", "or", "so", "the", "to", "up", "us", "we", "with",
    )
)  # fmt: skip
"""Words that begin nobody's name; whoever is called so is found by the whole word."""

_NOT_IN_NAMES = re.compile(rf"(?:{GAP}|[,;&+|\"“”@])+")


class NameReader:
    """Reads the names in one text.

    *says_more* tells whether something other than a name or an ordinary word begins at a place.
    """

    def __init__(self, text: str, known: Known, says_more: Callable[[int], bool]) -> None:
        self._text = text
        self._known = known
        self._says_more = says_more

    def read(self, place: int, *, is_name: bool = False) -> NameMatch | None:
        """Return whom the name at *place* fits; None if it fits nobody.

        With *is_name* there can be nothing but a name: "everyone" may be one, and of those whom
        it fits the one goes first of whom it is the whole name.
        """
        end = name_word_end(self._text, place)
        typed = self._text[place:end]
        keys = plain(typed).split()
        if not keys:
            return None
        if keys[0] in EVERYONE and len(keys) == 1 and not is_name:
            return self._everyone(end, keys[0])
        if person := self._known.with_code(typed):
            return NameMatch(end, (person,), is_whole=True)
        people, is_whole = self._known.named(keys)
        if not people or (typed.lower() in SMALL_WORDS and not is_whole):
            return self._initials(end, "".join(keys))
        found = self._longer(NameMatch(end, people, is_whole), keys)
        if is_name and found.is_whole and len(found.people) > 1:
            words = len(plain(self._text[place : found.end]).split())
            whole = [each for each in found.people if len(plain(each.name).split()) == words]
            found = replace(found, people=tuple(whole) or found.people)
        if found.end == end and len(keys[0]) == 1 and not is_whole:
            return self._initials(end, keys[0])
        return found

    def stands_alone(self, end: int) -> bool:
        """Return whether no ordinary word follows on what ends at *end*."""
        place, is_parted = next_word(self._text, end)
        if is_parted or place == len(self._text) or self._text[place] == "@":
            return True
        return quoted(self._text, place) is not None or self._says_more(place)

    def _everyone(self, end: int, key: str) -> NameMatch | None:
        """Return everybody; with those of whose names *key* is the beginning, if there are any."""
        others, is_whole = self._known.named((key,))
        if others:
            return NameMatch(end, others, is_whole, is_everyone=True)
        is_last = next_word(self._text, end)[0] == len(self._text)
        if key == "all" and (is_last or not self.stands_alone(end)):
            return None  # "all" may go on, and to "all hands meeting"
        return NameMatch(end, (), is_whole=True, is_everyone=True)

    def _initials(self, end: int, letters: str) -> NameMatch | None:
        """Return who has these initials, unless a word follows: "IT support" is nobody's."""
        people = self._known.with_initials(letters) if len(letters) > 1 else ()
        if not people or not self.stands_alone(end):
            return None
        return NameMatch(end, people, is_whole=False)

    def _longer(self, found: NameMatch, keys: list[str]) -> NameMatch:
        """Return *found* with the words that follow, as far as they still fit somebody."""
        while True:
            place, is_parted = next_word(self._text, found.end)
            end = name_word_end(self._text, place)
            typed = self._text[place:end]
            if is_parted or not (more := plain(typed).split()):
                break
            by_code = self._known.with_code(typed)
            if by_code is not None and by_code in found.people:
                return replace(found, end=end, people=(by_code,), is_whole=True)
            people, is_whole = self._known.named([*keys, *more])
            if not people:
                break
            is_part = self._text[end : end + 1] in ("&", "+")  # "noor R&D" is not Noor Rahman
            is_other = is_part or typed.lower() in SMALL_WORDS or self._says_more(place)
            if is_other and not all(self._known.has_words(person, more) for person in people):
                break
            keys = [*keys, *more]
            found = NameMatch(end, people, is_whole)
        return found


def name_to_type(person: Person, known: Known, says_more: Callable[[str], bool]) -> str:
    """Return what to type so that this person is understood, and nobody else.

    That is the name; with the code where there are two of that name, and with @ before it where
    it could be something else too.  People of one name and without codes cannot be told apart.
    """
    words = [word for word in _NOT_IN_NAMES.split(person.name) if plain(word)]
    name = " ".join(words)
    ways = (name, f"{name} {person.code}") if person.code else (name,)
    for way in ways:
        reader = NameReader(way, known, lambda _: False)
        for is_name in (False, True):
            found = reader.read(0, is_name=is_name)
            if found is None or found.people != (person,) or found.end < len(way):
                continue
            if is_name or not says_more(way):
                return f"@{way}" if is_name else way
    return f"@{ways[-1]}"
