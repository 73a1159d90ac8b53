"""What the word under the cursor of a quick line may become, best first."""

from __future__ import annotations

import re
from datetime import date

from apprentice_desk.domain.calendar import WEEKDAYS
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_days import read_days, shown_days
from apprentice_desk.domain.quick_known import EVERYONE, Known, Person
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.quick_parts import PartReader, named_activity, typed_name
from apprentice_desk.domain.quick_reading import LONGEST_LINE, read
from apprentice_desk.domain.quick_signs import name_word_end, next_word, quoted
from apprentice_desk.domain.quick_values import Chip, ChipKind, Completion, QuickLine
from apprentice_desk.domain.searching import plain

MOST = 8
"""How many completions are offered at most."""

_MOST_WORDS = 4
_CODE = re.compile("[KSB][0-9]{0,2}", re.IGNORECASE | re.ASCII)


def complete(
    text: str, cursor: int, known: Known, today: date, week: date | None = None
) -> tuple[Completion, ...]:
    """Return what may stand in place of the word that the *cursor* is in or behind.

    What was typed of it before the cursor is what completions begin with.  Where a name is due
    and nothing was typed, those whom the desk logged for last are offered.  Nothing is offered
    that the line has already, and nothing within quotation marks.  *week* is that of read().
    """
    if len(text) > LONGEST_LINE or not 0 <= cursor <= len(text):
        return ()
    words = _words_before(text, cursor)
    if words is None:
        return ()
    start, end = words[-1]
    rest = read(f"{text[:start]} {text[end:]}", known, today)
    made = _Completing(text, cursor, known, today, rest)
    found = made.names(words)
    if start < cursor:
        found += [
            *made.codes(start, end),
            *made.days(start, end, week),
            *made.activities(start, end),
        ]
    return tuple(each for each in found if text[each.start : each.end] != each.text)[:MOST]


def _words_before(text: str, cursor: int) -> list[tuple[int, int]] | None:
    """Return the words in a row up to the cursor, the last being the one it is in or behind.

    That one is empty if nothing was typed yet.  None within quotation marks.
    """
    words: list[tuple[int, int]] = []
    place, _ = next_word(text, 0)
    while place < cursor:
        if inside := quoted(text, place):
            is_open = not text[place : inside.end].endswith(('"', "”")) or inside.end == place + 1
            if cursor < inside.end or is_open:
                return None
            words, end = [(place, inside.end)], inside.end
        else:
            end = max(name_word_end(text, place), place + 1)
            words.append((place, end))
        if end >= cursor:
            break
        place, is_parted = next_word(text, end)
        if is_parted or text[words[-1][0] : end].lower() == "and":
            words = []
    if words and words[-1][1] >= cursor:
        return words
    return [*words, (cursor, cursor)]


def _is_due(words: list[tuple[int, int]], first: int, before: tuple[Chip, ...], text: str) -> bool:
    """Return whether a name may stand at the *first* of *words*, going by the chips before.

    It does with an @; before ordinary words if nobody was named yet; and behind a comma.
    """
    begin = words[first][0]
    earlier = [chip for chip in before if chip.start < begin and not chip.is_assumed]
    if text[begin : begin + 1] == "@":
        return True
    if any(_is_words(chip, text) for chip in earlier):
        return False
    return words[first] == words[0] or not any(chip.kind is ChipKind.PERSON for chip in earlier)


def _is_words(chip: Chip, text: str) -> bool:
    """Return whether *chip* is ordinary words; an "and" has nothing behind it yet."""
    is_quoted = text[chip.start : chip.start + 1] in ('"', "“")
    return chip.kind is ChipKind.WHAT and not is_quoted and chip.shown.lower() != "and"


class _Completing:
    """What is offered for one place in a text, of which *line* is the rest."""

    def __init__(self, text: str, cursor: int, known: Known, today: date, line: QuickLine) -> None:
        self._text = text
        self._cursor = cursor
        self._known = known
        self._today = today
        self._line = line

    def names(self, words: list[tuple[int, int]]) -> list[Completion]:
        """Return the people whose names go on as the words up to the cursor do, where it is due.

        As many of the words as fit somebody are replaced.
        """
        start, end = words[-1]
        before = read(self._text[:start], self._known, self._today).chips
        if start == self._cursor:
            return self._recent(start, end) if _is_due(words, -1, before, self._text) else []
        for first in range(max(0, len(words) - _MOST_WORDS), len(words)):
            begin = words[first][0]
            if self._text[begin] in '"“':
                continue
            keys = plain(self._text[begin : self._cursor]).split()
            if (
                keys
                and _is_due(words, first, before, self._text)
                and (people := self._fitting(keys, begin, end))
            ):
                return self._people(begin, end, people)
        typed = plain(self._text[start : self._cursor])
        if not typed or not self._known.everyone or self._line.people:
            return []
        if not EVERYONE[0].startswith(typed):
            return []
        return [Completion(start, end, EVERYONE[0], "Everyone", ChipKind.PERSON)]

    def _fitting(self, keys: list[str], begin: int, end: int) -> list[Person]:
        """Return the people of whose names each of *keys* begins a word, for *begin* to *end*.

        Those whom the words fit best come first, then the latest used.
        """
        rest = f"{self._text[:begin]} {self._text[end:]}"
        have = {person.id for person in read(rest, self._known, self._today).people}
        order = {each: place for place, each in enumerate(self._known.recent)}
        best, is_whole = self._known.named(keys)
        people = [person for person in self._known.all_named(keys) if person.id not in have]
        return sorted(
            people,
            key=lambda each: (is_whole and each not in best, order.get(each.id, len(order))),
        )

    def _recent(self, start: int, end: int) -> list[Completion]:
        by_id = {person.id: person for person in self._known.people}
        have = {person.id for person in self._line.people}
        people = [by_id[each] for each in self._known.recent if each in by_id and each not in have]
        return self._people(start, end, people)

    def _people(self, start: int, end: int, people: list[Person]) -> list[Completion]:
        return [
            Completion(
                start,
                end,
                typed_name(person, self._known, self._today),
                f"{person.name} ({person.code})" if person.code else person.name,
                ChipKind.PERSON,
            )
            for person in people[:MOST]
        ]

    def days(self, start: int, end: int, week: date | None) -> list[Completion]:
        """Return the days whose names begin so, each with its date, unless the line has a day."""
        if self._has(ChipKind.DAY):
            return []
        typed = self._text[start : self._cursor].lower()
        found = []
        for name in ("today", "yesterday", *(day.lower() for day in WEEKDAYS)):
            if name.startswith(typed) and (day := read_days(name, 0, self._today, week)):
                shown = f"{name.capitalize()}, {shown_days(day, self._today)}"
                found.append(Completion(start, end, name, shown, ChipKind.DAY))
        return found

    def activities(self, start: int, end: int) -> list[Completion]:
        """Return each activity once that has a word beginning so, unless the line has one.

        Among words it comes with the commas without which it would be one of them.
        """
        typed = plain(self._text[start : self._cursor])
        if not typed or self._has(ChipKind.ACTIVITY):
            return []
        words: dict[Activity, str] = {}
        for word, activity in self._known.activities_beginning(typed):
            if word == activity.value or len(word) < len(words.get(activity, f"{word} ")):
                words[activity] = word
        place = self._apart(start, end)
        if place is None:
            return []
        begin, comma = place
        return [
            Completion(begin, end, f"{comma}{word}", _shown(word, activity), ChipKind.ACTIVITY)
            for activity, word in sorted(
                words.items(), key=lambda each: list(Activity).index(each[0])
            )
        ]

    def _apart(self, start: int, end: int) -> tuple[int, str] | None:
        """Return from where to replace, and what to put first, so that an activity stands apart.

        None where a word goes on behind it.
        """
        before = read(self._text[:start], self._known, self._today).chips
        last = next((chip for chip in reversed(before) if not chip.is_assumed), None)
        if last is None or not _is_words(last, self._text):
            return start, ""
        reader = PartReader(self._text, self._known, self._today)
        if not reader.names.stands_alone(end):
            return None
        between = self._text[last.end : start]
        is_parted = next_word(between, 0)[1] and "&" not in between and "+" not in between
        return (start, "") if is_parted else (last.end, ", ")

    def codes(self, start: int, end: int) -> list[Completion]:
        """Return the codes that begin so and that the standards of all people in the line have."""
        typed = self._text[start : self._cursor].upper()
        known = [set(has) for each in self._line.people if (has := self._known.ksbs.get(each.id))]
        if not known or not _CODE.fullmatch(typed):
            return []
        codes = set.intersection(*known).difference(self._line.ksbs)
        return [
            Completion(start, end, code, code, ChipKind.KSB)
            for code in sorted(codes, key=code_order)
            if code.startswith(typed)
        ]

    def _has(self, kind: ChipKind) -> bool:
        return any(chip.kind is kind and not chip.is_assumed for chip in self._line.chips)


def _shown(word: str, activity: Activity) -> str:
    name = named_activity(activity)
    return name if word == activity.value else f"{name} ({word})"
