"""Who and what a quick line may name: people by any part of their names, activities by words.

Made once and used for every key that is pressed, so names are put in order when it is made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.searching import plain

EVERYONE = ("everyone", "everybody", "all")
SHORTEST_BEGINNING = 4
"""An activity is known by the beginning of a word of at least so many letters."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody for whom hours can be logged.

    *code* tells people of the same name apart; it may be typed in place of the name or after it.
    """

    id: UUID
    name: str
    given_names: str
    family_name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The people whom the words from somewhere up to *end* fit best.

    *is_whole* is true if each word is a whole word of the name.
    """

    end: int
    people: tuple[Person, ...]
    is_whole: bool
    is_everyone: bool = False


@dataclass(frozen=True)
class Known:
    """What a line is read against.

    *ksbs* has the codes of each person's standard; where they are missing or empty any code is
    taken.  *everyone* are those whom "everyone" means.  *recent* are the people whom the desk
    logged for last, latest first.
    """

    people: tuple[Person, ...]
    activity_words: Mapping[str, Activity]
    ksbs: Mapping[UUID, tuple[str, ...]]
    everyone: tuple[UUID, ...] = ()
    recent: tuple[UUID, ...] = ()
    _words_of: dict[UUID, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _named: Callable[[tuple[str, ...]], tuple[tuple[Person, ...], bool]] = field(
        init=False, repr=False, compare=False
    )
    _words: list[tuple[str, int]] = field(init=False, repr=False, compare=False)
    _codes: dict[str, Person] = field(init=False, repr=False, compare=False)
    _initials: dict[str, tuple[Person, ...]] = field(init=False, repr=False, compare=False)
    _activities: dict[str, Activity] = field(init=False, repr=False, compare=False)
    _plain_words: tuple[tuple[str, str, Activity], ...] = field(
        init=False, repr=False, compare=False
    )
    begun: frozenset[str] = field(init=False, repr=False, compare=False)
    """Each phrase for an activity, and what it begins with: all its words but the last few."""
    typed_names: dict[UUID, str] = field(init=False, repr=False, compare=False)
    """What to type for a person, kept by whoever worked it out."""

    def __post_init__(self) -> None:
        words_of = {person.id: _words_of(person) for person in self.people}
        initials: dict[str, tuple[Person, ...]] = {}
        for person in self.people:
            letters = "".join(word[0] for word in plain(person.name).split())
            initials[letters] = (*initials.get(letters, ()), person)
        words = {
            (word, number)
            for number, person in enumerate(self.people)
            for word in words_of[person.id]
        }
        activities = {plain(word): activity for word, activity in self.activity_words.items()}
        begun = {
            " ".join(phrase.split()[:count])
            for phrase in activities
            for count in range(1, phrase.count(" ") + 2)
        }
        made = {
            "_words_of": words_of,
            "_words": sorted(words),
            "_codes": {_close(each.code): each for each in self.people if _close(each.code)},
            "_initials": initials,
            "_activities": activities,
            "_plain_words": tuple(
                (plain(word), word, activity) for word, activity in self.activity_words.items()
            ),
            "begun": frozenset(begun),
            "typed_names": {},
            # With each key that is pressed the words before it are read anew.
            "_named": lru_cache(maxsize=1024)(self._find_named),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    # --- people ---------------------------------------------------------------------------------

    def named(self, keys: Sequence[str]) -> tuple[tuple[Person, ...], bool]:
        """Return the people whom *keys* fit best, and whether every key is a whole word.

        Each key begins another word of the name.  Where some fit with more whole words than
        others, only they are returned: "ada" is Ada, though Adaeze begins with it too.
        """
        return self._named(tuple(keys))

    def _find_named(self, keys: tuple[str, ...]) -> tuple[tuple[Person, ...], bool]:
        best: list[Person] = []
        most = 0
        for number in self._beginning(keys[0]):
            person = self.people[number]
            words = self._words_of[person.id]
            whole = _whole_words(keys, words) if len(keys) > 1 else int(keys[0] in words)
            if whole > most:
                best, most = [], whole
            if whole == most:
                best.append(person)
        return tuple(best), most == len(keys)

    def all_named(self, keys: Sequence[str]) -> tuple[Person, ...]:
        """Return everybody of whose name each of *keys* begins another word."""
        return tuple(
            person
            for person in (self.people[number] for number in self._beginning(keys[0]))
            if _whole_words(keys, self._words_of[person.id]) >= 0
        )

    def whole_names(self, key: str) -> tuple[Person, ...]:
        """Return the people of whose name *key* is a whole word."""
        found, is_whole = self.named((key,))
        return found if is_whole else ()

    def has_words(self, person: Person, keys: Iterable[str]) -> bool:
        """Return whether each of *keys* is a whole word of the person's name."""
        return set(keys).issubset(self._words_of[person.id])

    def with_initials(self, letters: str) -> tuple[Person, ...]:
        """Return the people with exactly these initials."""
        return self._initials.get(letters, ())

    def with_code(self, typed: str) -> Person | None:
        """Return who has this code, however it is spaced."""
        return self._codes.get(_close(typed))

    def default_people(self) -> tuple[Person, ...]:
        """Return those whom "everyone" means, in the order of the people."""
        meant = set(self.everyone)
        return tuple(person for person in self.people if person.id in meant)

    def _beginning(self, key: str) -> list[int]:
        """Return, in order, the numbers of the people of whom a word begins with *key*."""
        found = set()
        place = bisect_left(self._words, (key, -1))
        while place < len(self._words) and self._words[place][0].startswith(key):
            found.add(self._words[place][1])
            place += 1
        return sorted(found)

    # --- activities -----------------------------------------------------------------------------

    def activity(self, phrase: str) -> Activity | None:
        """Return the activity that *phrase*, as plain() makes it, stands for."""
        return self._activities.get(phrase)

    def activity_beginning(self, key: str) -> Activity | None:
        """Return the only activity that has a word or phrase beginning with *key*."""
        if len(key) < SHORTEST_BEGINNING:
            return None
        found = {activity for _, activity in self.activities_beginning(key)}
        return found.pop() if len(found) == 1 else None

    def activities_beginning(self, key: str) -> list[tuple[str, Activity]]:
        """Return each word or phrase that begins with *key*, with its activity."""
        return [
            (word, activity)
            for phrase, word, activity in self._plain_words
            if phrase.startswith(key)
        ]


def listed(names: Iterable[str], last: str = "and", most: int = 4) -> str:
    """Return *names* as a sentence lists them: "Ada Obi, Mei Lin and 3 more"."""
    shown = list(names)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} more"]
    return f" {last} ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def _words_of(person: Person) -> tuple[str, ...]:
    """Return the words of the name, and of its parts where they have others."""
    words = plain(person.name).split()
    for part in (person.given_names, person.family_name):
        words += [word for word in plain(part).split() if word not in words]
    return tuple(words)


def _close(text: str) -> str:
    return plain(text).replace(" ", "")


def _whole_words(keys: Sequence[str], words: Sequence[str]) -> int:
    """Return how many of *keys* are whole *words*; -1 if not each begins another word."""
    left, beginnings = list(words), []
    for key in keys:
        if key in left:
            left.remove(key)
        else:
            beginnings.append(key)
    # The longest first: what a long one fits, a shorter beginning of the same fits too.
    for key in sorted(beginnings, key=len, reverse=True):
        word = next((word for word in left if word.startswith(key)), None)
        if word is None:
            return -1
        left.remove(word)
    return len(keys) - len(beginnings)
