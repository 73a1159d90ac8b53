"""What a quick line says once it is read: chips, findings under words, and the entries to log.

Plain values; how they are read out of the text stands in quick_reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_known import Person


class ChipKind(StrEnum):
    """What a part of the line was understood as."""

    PERSON = "person"
    DURATION = "duration"
    DAY = "day"
    ACTIVITY = "activity"
    KSB = "ksb"
    WHAT = "what"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the line, from *start* up to but not with *end*, as it was understood.

    *is_assumed* is true of what nobody typed: such a chip stands after the text and is empty.
    *note* says what a reader should know besides, such as that a code could not be checked.
    """

    kind: ChipKind
    start: int
    end: int
    shown: str
    is_assumed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to put in place of *start* up to *end*."""

    start: int
    end: int
    text: str
    shown: str
    kind: ChipKind


@dataclass(frozen=True, slots=True)
class LineFinding:
    """What keeps the line from being logged, under the word that it is about.

    What is missing has no word: *start* and *end* are then the end of the text.  *choices* are
    what the word could stand for, where that is known.
    """

    start: int
    end: int
    code: str
    message: str
    remedy: str
    choices: tuple[Completion, ...] = ()


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """One entry of hours that the line logs."""

    person: Person
    done_on: date
    minutes: int
    began_at: str
    activity: Activity
    ksbs: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Hours:
    """How long it took; *began_at* is "09:00" where a span of times was typed, else empty."""

    minutes: int
    began_at: str = ""


@dataclass(frozen=True, slots=True)
class QuickLine:
    """A line as it was read.

    *hours* has one value for each of *people* as soon as the length of time is known.  *hint* is
    what may be a slip and keeps nothing from being logged.  Nothing is known of a blank line, and
    nothing is said against it.
    """

    text: str
    chips: tuple[Chip, ...] = ()
    people: tuple[Person, ...] = ()
    hours: tuple[Hours, ...] = ()
    days: tuple[date, ...] = ()
    activity: Activity | None = None
    ksbs: tuple[str, ...] = ()
    what: str = ""
    findings: tuple[LineFinding, ...] = ()
    hint: str = ""

    @property
    def minutes(self) -> int | None:
        """The minutes that go for everybody; None while they are unknown, or if they differ."""
        found = {each.minutes for each in self.hours}
        return found.pop() if len(found) == 1 else None

    @property
    def began_at(self) -> str:
        """When it began for everybody, as hh:mm; empty where that was not typed or differs."""
        found = {each.began_at for each in self.hours}
        return found.pop() if len(found) == 1 else ""

    @property
    def done_on(self) -> date | None:
        """The first of the days."""
        return self.days[0] if self.days else None

    @property
    def is_complete(self) -> bool:
        """Whether Enter may log the line."""
        return bool(self.entries)

    @property
    def entries(self) -> tuple[QuickEntry, ...]:
        """What is logged, by day and then in the order of the people; nothing while unclear."""
        if self.findings or self.activity is None:
            return ()
        return tuple(
            QuickEntry(
                person, day, each.minutes, each.began_at, self.activity, self.ksbs, self.what
            )
            for day in self.days
            for person, each in zip(self.people, self.hours, strict=True)
        )
