"""Reading a week for the grid: who is shown in it, what they need, and their entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from apprentice_desk.domain.apprenticeship import (
    LIVE,
    Course,
    away_all_week,
    away_at,
    status_at,
)
from apprentice_desk.domain.durations import nearest_minute
from apprentice_desk.domain.needs_of_people import is_theirs
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.records.week_grid import WeekGrid, week_grid
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.hours.week_people import WeekPerson
from apprentice_desk.ui.quick_team import Team, team_of

DAYS = tuple(timedelta(days=number) for number in range(7))


@dataclass(frozen=True, slots=True)
class WeekRead:
    """One week, read.  *rows* are all apprenticeships as they stood when the week began."""

    grid: WeekGrid
    people: tuple[WeekPerson, ...]
    rows: tuple[ApprenticeRow, ...]
    has_own: bool
    """Whether the line manager who asks has apprentices of their own."""
    team: Team
    """Whom the quick line can name."""

    @property
    def courses(self) -> Mapping[UUID, Course]:
        """The dated facts of each apprenticeship."""
        return {row.id: row.course for row in self.rows}


def reading(
    desk: Desk, monday: date, manager: str, *, only_theirs: bool
) -> Callable[[Progress], WeekRead]:
    """Return the work of reading the week of *monday*.

    Shown is who is on programme on one of its days or has hours in it; *only_theirs* are those of
    the line *manager*, if there are any.
    """
    store, lists, today = desk.store, desk.lists, desk.clock.today()

    def read(session: Any) -> WeekRead:
        begins = min(monday - timedelta(days=1), today)
        rows = apprentice_rows(session, begins, lists.hours_rules, lists.role_families)
        theirs = [row for row in rows if is_theirs(row, manager)]
        grid = week_grid(session, monday, date.max)
        shown = theirs if only_theirs and theirs else rows
        people = tuple(
            week_person(row, monday)
            for row in shown
            if row.id in grid.entries or row.id in grid.said or is_shown(row, monday)
        )
        ksbs = known_codes(session, [row.id for row in rows if row.status in LIVE])
        team = team_of(rows, manager, only_theirs=only_theirs, ksbs=ksbs)
        return WeekRead(grid, people, rows, bool(theirs), team)

    return lambda _progress: store.read(read)


def is_shown(row: ApprenticeRow, monday: date) -> bool:
    """Whether they are on programme on a day of the week."""
    return any(status_at(row.course, monday + day) in LIVE for day in DAYS)


def week_person(row: ApprenticeRow, monday: date) -> WeekPerson:
    """Return the row of the grid, with the minutes that a week needs from *monday* on."""
    course = row.course
    days = {day: why for each in DAYS if (why := away_at(course, day := monday + each))}
    away = away_all_week(course, monday) if days else None
    needed: Fraction | None = None if away else row.figures.needed_minutes
    minutes = None if needed is None else nearest_minute(needed)
    return WeekPerson(row.id, row.name, minutes, away, days)
