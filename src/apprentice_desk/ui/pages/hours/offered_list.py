"""The days of sessions that come again: proposed, or left out with the reason, to be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import BankHolidays, show_day, table_day
from apprentice_desk.domain.counting import Judgement, Proposed
from apprentice_desk.domain.proposals import Offered, Repeat, offer
from apprentice_desk.domain.sessions import days_like
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import repeats
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.repeats import RepeatDetails, RepeatRow
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.ticking import Ticks, TickTable
from apprentice_desk.ui.sessions.judged_lines import COUNTS, COUNTS_NOT, judged, why

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SOME_WEEKS = {1: "", 2: " of every second week", 3: " of every third week"}


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """One day of one person; *details* is the session that it is of."""

    id: tuple[UUID | None, UUID, date]
    """The repeat (None where it is not kept yet), the apprenticeship, the day."""
    name: str
    day: date
    minutes: int
    details: RepeatDetails
    why_not: str

    @property
    def repeat_id(self) -> UUID | None:
        """The repeat that it is of."""
        return self.id[0]

    @property
    def cell(self) -> Cell:
        """Whose day it is."""
        return Cell(self.id[1], self.day)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that is remembered, and what of it has come and was not answered."""

    rows: tuple[RepeatRow, ...] = ()
    offered: Mapping[UUID, tuple[Offered, ...]] | None = None

    def of(self, row: RepeatRow) -> tuple[Offered, ...]:
        """The days of one repeat that wait, those left out too."""
        return (self.offered or {}).get(row.id, ())

    @property
    def sessions(self) -> int:
        """How many sessions wait: days of a repeat that are proposed to anybody."""
        return sum(
            len({each.day for each in self.of(row) if not each.why_not}) for row in self.rows
        )


def read_waiting(
    session: Any, courses: Mapping[UUID, Course], holidays: BankHolidays, today: date
) -> Waiting:
    """Read what is remembered, and work out what of it waits."""
    rows = repeats.repeat_rows(session)
    if not rows:
        return Waiting()
    keys = {key for row in rows for key, _ in row.details.people}
    first = min(row.details.repeat.first_on for row in rows)
    logged = repeats.words_logged(session, keys, first, today)
    offered = {
        row.id: offer(
            row.details.repeat,
            {key: courses.get(key, Course()) for key, _ in row.details.people},
            days_like(row.details.what, logged),
            holidays,
            today,
            row.answered_to,
        )
        for row in rows
    }
    return Waiting(rows, offered)


def lines_of(
    details: RepeatDetails,
    offered: Iterable[Offered],
    names: Mapping[UUID, str],
    repeat_id: UUID | None = None,
) -> list[OfferedLine]:
    """Return the lines of one repeat, by day and name."""
    minutes = dict(details.people)
    made = [
        OfferedLine(
            (repeat_id, each.apprenticeship_id, each.day),
            names.get(each.apprenticeship_id, "Somebody"),
            each.day,
            minutes[each.apprenticeship_id],
            details,
            each.why_not,
        )
        for each in offered
    ]
    return sorted(made, key=lambda each: (each.day, each.name))


def days_in_words(repeat: Repeat) -> str:
    """Return "Thursdays of every second week, from 3 Sep 2026 to 17 Dec 2026"."""
    days = [f"{WEEKDAYS[day]}s" for day in sorted(repeat.weekdays)]
    named = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
    weeks = _SOME_WEEKS.get(repeat.every_weeks, f" of every {repeat.every_weeks}th week")
    ends = f" to {show_day(repeat.last_on)}" if repeat.last_on else ""
    return f"{named}{weeks}, from {show_day(repeat.first_on)}{ends}"


def _session(line: OfferedLine) -> str:
    activity = line.details.activity
    return line.details.what or f"{activity[:1].upper()}{activity[1:]}"


class OfferedList(TickTable):
    """Shows lines; those proposed are ticked when they are shown, those left out are not."""

    def __init__(self, judging: Judging, theme: Theme) -> None:
        self._judging = judging
        ticks = Ticks()
        super().__init__(
            ticks,
            (
                ticks.column("Day", lambda row: f"{row.day:%a} {table_day(row.day)}", 16),
                ticks.hours_column(lambda row: row.minutes),
                Column("Apprentice", lambda row: row.name, width=17),
                Column("Counts", self._badge, kind="badge", width=11, say=self._said),
                Column("Left out because", self._why, width=40, tip=self._why),
                Column("Session", _session, width=20),
            ),
            "Days that are proposed",
            theme,
            hours_place=1,
            stretch=4,
        )  # fmt: skip
        self.order.can_do_without((5, 4))  # the session, then why it is left out

    def show_lines(self, lines: Sequence[OfferedLine]) -> None:
        """Show *lines*; what was ticked or not stays so while its line is proposed as before."""
        before = {row.id: bool(row.why_not) for row in self.rows.shown}
        kept = self.ticks.chosen & before.keys()
        self.ticks.chosen = {
            line.id
            for line in lines
            if (line.id in kept if before.get(line.id) is bool(line.why_not) else not line.why_not)
        }
        self.rows.replace(lines)
        self.ticked.emit()

    def ticked_lines(self) -> list[OfferedLine]:
        """Return the lines that are ticked."""
        return [row for row in self.rows.shown if row.id in self.ticks.chosen]

    def entries(self) -> list[tuple[OfferedLine, HoursDetails]]:
        """Return what the ticked lines would log."""
        return [(line, self._entry(line)) for line in self.ticked_lines()]

    def _minutes(self, line: OfferedLine) -> int:
        return self.ticks.minutes.get(line.id, line.minutes)

    def _entry(self, line: OfferedLine) -> HoursDetails:
        details = line.details
        return HoursDetails(
            line.cell.apprenticeship_id,
            line.day,
            self._minutes(line),
            details.activity,
            self._judged(line).counts,
            details.what,
            details.ksbs,
            details.began_at,
        )

    def _judged(self, line: OfferedLine) -> Judgement:
        details = line.details
        entry = Proposed(
            line.day, self._minutes(line), details.activity, details.what, details.began_at
        )
        return judged(self._judging, line.cell.apprenticeship_id, entry, None)

    def _badge(self, line: OfferedLine) -> Badge:
        return COUNTS if self._judged(line).counts else COUNTS_NOT

    def _said(self, line: OfferedLine) -> str:
        return "counts" if self._judged(line).counts else "does not count"

    def _why(self, line: OfferedLine) -> str:
        return line.why_not or why(self._judged(line))
