"""Reading a calendar for its dialog, on a worker: icalendar is imported there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress

if TYPE_CHECKING:
    from apprentice_desk.imports.calendars import CalendarEntry, CalendarRead

Known = Callable[[str, str, "CalendarEntry"], bool]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event on one day; *guess* is the activity that its title names."""

    id: int
    entry: CalendarEntry
    guess: Activity | None
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a calendar holds in the time asked for, and what tells a logged entry from it."""

    period: Period
    lines: tuple[EventLine, ...]
    read: CalendarRead
    is_from: Known


def reading(path: str, period: Period) -> Callable[[Progress], Found]:
    """Return the work of reading the calendar at *path* from the first to the last of *period*."""

    def work(progress: Progress) -> Found:
        from apprentice_desk.imports import calendar_marks, calendars
        from apprentice_desk.resources import activity_words

        file = Path(path)
        try:
            with file.open("rb") as opened:
                content = opened.read(calendars.MOST_BYTES + 1)
        except OSError as error:
            raise Problem(
                f"“{file.name}” could not be read ({error.strerror}).",
                "Copy it to this computer, if it is on a drive that may be out of reach.",
            ) from error
        read = calendars.read_calendar(content, period, progress)
        known = activity_words()
        lines = tuple(
            EventLine(
                number,
                entry,
                calendar_marks.named_activity(entry.title, known),
                calendar_marks.source_of(file.name, entry),
            )
            for number, entry in enumerate(read.entries)
        )
        return Found(period, lines, read, calendar_marks.is_from)

    return work
