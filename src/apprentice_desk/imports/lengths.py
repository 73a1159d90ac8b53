"""How long each row of a log says it took.

Found out once for the whole log, from its headings and cells: hours and minutes may stand in one
column, in two that belong together ("1" and "30"), or in two that say the same twice; a plain
number is hours unless the heading says minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from apprentice_desk.domain import durations
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import diaries, values
from apprentice_desk.imports.fields import plain
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.sheets import Cell

_SAMPLE = 500
_DAY = 24
_LONGEST_PAUSE = 4  # hours


class Times:
    """How one log tells lengths of time; *note* says what was guessed."""

    def __init__(self, table: Table, matching: Matching) -> None:
        self.note: Finding | None = None
        duration, minutes = matching.column_of("duration"), matching.column_of("minutes")
        self._has_duration, self._has_minutes = duration is not None, minutes is not None
        self._has_both_ends = matching.has("began_at") and matching.has("finished_at")
        self._has_diary = matching.has("diary")
        self._are_minutes = False
        if duration is not None:
            words = set(plain(duration.heading).split())
            says_hours = bool(words & _HOUR_WORDS)
            self._are_minutes = bool(words & _MINUTE_WORDS) and not says_hours
            numbers = list(_numbers(row.cells[duration.index] for row in table.rows[:_SAMPLE]))
            if not (says_hours or self._are_minutes) and _can_only_be_minutes(numbers):
                self._are_minutes = True
                self.note = Finding(
                    Level.NOTE,
                    "IM408",
                    f"The plain numbers under “{duration.heading}” are read as minutes: as hours"
                    " most would not fit in a day.",
                    "Put “hours” or “minutes” into the heading if that is wrong.",
                    Place(table.file_name, table.sheet, None, duration.letter, duration.heading),
                )
        self._is_same_twice = False
        if duration is not None and minutes is not None:
            pairs = [
                (_quiet(row.cells[duration.index]), values.plain_number(row.cells[minutes.index]))
                for row in table.rows[:_SAMPLE]
            ]
            told = [(hours_, m) for hours_, m in pairs if hours_ and m]
            alike = sum(abs(hours_ - m) <= 1 for hours_, m in told)
            self._is_same_twice = bool(told) and alike * 2 > len(told)

    def minutes(self, reader: RowReader) -> int | None:
        """Return the minutes that a row tells; what cannot be read becomes a finding."""
        total: int | None = None
        if self._has_duration:
            total = self._written(reader)
        if self._has_minutes and not (self._is_same_twice and total is not None):
            rest = reader.read("minutes", "IM102", _only_minutes)
            total = rest if total is None else total + (rest or 0)
        if total is None and self._has_both_ends and not reader.is_refused():
            total = self._between(reader)
        if total is None and self._has_diary and not reader.is_refused():
            total = self._inside(reader)
        return total

    def _written(self, reader: RowReader) -> int | None:
        """Return the length in its own column; inside a few words it is worth a look."""
        cell = reader.cell("duration")
        try:
            if (length := self._duration(cell)) is not None:
                return length
        except ValueError:
            told = diaries.told_in(cell)
            if told.minutes is not None:
                said = f"{durations.sentence(told.minutes)} is read from {told.said}."
                reader.find("IM459", "duration", said, "", Level.NOTE)
                return told.minutes
        return reader.read("duration", "IM102", self._duration)

    @staticmethod
    def _inside(reader: RowReader) -> int | None:
        """Return the length that stands in a row's text; each is worth a look."""
        cell = reader.cell("diary")
        told = diaries.told_in(cell)
        if told.unclear:
            reader.find(
                "IM102", "diary", f"“{told.unclear[0]}” is no one length of time.",
                "Write how long it took, such as 1h 30m.",
            )  # fmt: skip
        elif told.minutes is None:
            if values.said(cell):
                reader.find(
                    "IM102", "diary", "No length of time stands in this text.",
                    "Write how long it took into it, such as 1h 30m.",
                )  # fmt: skip
        elif len(told.lengths) > 1:
            reader.find(
                "IM459", "diary",
                f"The text says {told.said}; {durations.sentence(told.minutes)} is their sum.",
                "Check that they belong together.", Level.NOTE,
            )  # fmt: skip
        else:
            reader.find(
                "IM459", "diary",
                f"{durations.sentence(told.minutes)} is taken from the text: {told.said}.", "",
                Level.NOTE,
            )  # fmt: skip
        return told.minutes

    def _duration(self, cell: Cell) -> int | None:
        return values.minutes(cell, are_minutes=self._are_minutes)

    @staticmethod
    def _between(reader: RowReader) -> int | None:
        began = reader.read("began_at", "IM102", values.clock)
        ended = reader.read("finished_at", "IM102", values.clock)
        if not began or not ended:
            return None
        length = _of_day(ended) - _of_day(began)
        length -= reader.read("pause", "IM102", _pause) or 0
        if length <= 0:
            reader.find(
                "IM102", "finished_at", f"It ends at {ended}, not after it began at {began}.",
                "Put right whichever time is wrong.",
            )  # fmt: skip
            return None
        return length


def _pause(cell: Cell) -> int | None:
    """Return how long a break was; a plain number of more than a few hours is minutes."""
    number = values.plain_number(cell)
    return values.minutes(cell, are_minutes=number is not None and number > _LONGEST_PAUSE)


class LongDays:
    """What each person has in a list on each day, against a fifth of the contracted week.

    *weekly* are the minutes a week from a day on, by apprenticeship, in the order of the days.
    """

    def __init__(self, weekly: Mapping[UUID, Sequence[tuple[date, int]]]) -> None:
        self._weekly = weekly
        self._so_far: dict[tuple[UUID, date], int] = {}

    def add(self, apprenticeship_id: UUID, day: date, minutes: int) -> str:
        """Count an entry; return what is to be said where the day now has more than its hours."""
        key = (apprenticeship_id, day)
        before = self._so_far.get(key, 0)
        total = self._so_far[key] = before + minutes
        week = 0
        for from_on, each in self._weekly.get(apprenticeship_id, ()):
            if from_on <= day or not week:
                week = each
        if not week or total * 5 <= week or before * 5 > week:  # said once a day
            return ""
        of_day = f"{durations.sentence(week // 5)} a day ({durations.sentence(week)} a week)"
        if total == minutes:
            said = f"{durations.sentence(minutes)} is"
        else:
            said = (
                f"With {durations.sentence(minutes)} here the day has {durations.sentence(total)},"
            )
        return f"{said} more than the day's contracted hours: {of_day}."


_HOUR_WORDS = frozenset({"hour", "hours", "hr", "hrs", "h"})
_MINUTE_WORDS = frozenset({"minute", "minutes", "min", "mins"})


def _only_minutes(cell: Cell) -> int | None:
    return values.minutes(cell, are_minutes=True)


def _of_day(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _numbers(cells: Iterable[Cell]) -> Iterable[float]:
    for cell in cells:
        number = values.plain_number(cell)
        if number is not None:
            yield float(number)


def _can_only_be_minutes(numbers: list[float]) -> bool:
    return (
        len(numbers) >= 2
        and all(number >= 5 and number.is_integer() for number in numbers)
        and sum(number > _DAY for number in numbers) * 2 > len(numbers)
    )


def _quiet(cell: Cell) -> int | None:
    try:
        return values.minutes(cell)
    except ValueError:
        return None
