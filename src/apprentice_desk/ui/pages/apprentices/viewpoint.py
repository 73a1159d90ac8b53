"""From which day, and with which knowledge, the apprentices are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.since_then import SinceThen
from apprentice_desk.records.hours import HoursRow, hours_rows, logged_by_day
from apprentice_desk.records.learning import PlanActivityRow, plan_rows
from apprentice_desk.records.looking_back import (
    Then,
    entries_as_said,
    plan_as_said,
    rows_as_said,
    since_then,
    then,
)
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.records.store import Session
from apprentice_desk.returns.gathering import Lists


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Everything as at the end of *day*, today or a day past.

    *change*: only what the desk knew after that change; None: all that it knows.
    """

    day: date
    is_today: bool = True
    change: int | None = None

    @property
    def shown(self) -> str:
        """The day in words."""
        return show_day(self.day)

    def rows(self, session: Session, lists: Lists) -> tuple[ApprenticeRow, ...]:
        """Return how everybody stands."""
        rules, families = lists.hours_rules, lists.role_families
        if self.change is None:
            return apprentice_rows(session, self.day, rules, families)
        return rows_as_said(session, self.day, self.change, rules, families)

    def entries(
        self, session: Session, apprenticeship_id: UUID, first: date | None = None
    ) -> tuple[HoursRow, ...]:
        """Return somebody's entries from *first* to the day, newest first."""
        if self.change is None:
            return hours_rows(session, first, self.day, apprenticeship_id)
        return entries_as_said(session, apprenticeship_id, self.change, first, self.day)

    def newest(self, session: Session, apprenticeship_id: UUID, limit: int) -> tuple[HoursRow, ...]:
        """Return somebody's newest entries up to the day."""
        if self.is_today:
            return hours_rows(session, apprenticeship_id=apprenticeship_id, limit=limit)
        return self.entries(session, apprenticeship_id)[:limit]

    def logged(self, session: Session, apprenticeship_id: UUID) -> tuple[tuple[date, int], ...]:
        """Return somebody's counting minutes by day, oldest first."""
        if self.is_today:
            return logged_by_day(session, apprenticeship_id)
        sums: dict[date, int] = {}
        for row in reversed(self.entries(session, apprenticeship_id)):
            if row.counts:
                sums[row.done_on] = sums.get(row.done_on, 0) + row.minutes
        return tuple(sums.items())

    def plan(self, session: Session, apprenticeship_id: UUID) -> tuple[PlanActivityRow, ...]:
        """Return somebody's learning plan, by due date."""
        if self.change is None:
            return plan_rows(session, apprenticeship_id)
        return plan_as_said(session, apprenticeship_id, self.change)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen from a viewpoint, and for a day past what was changed since by apprenticeship.

    *then* is where the desk stood on that day.
    """

    view: Viewpoint
    rows: tuple[ApprenticeRow, ...]
    then: Then | None = None
    since: Mapping[UUID, SinceThen] = field(default_factory=dict)


def look(session: Session, day: date, today: date, lists: Lists, *, with_later: bool) -> Looked:
    """Look from *day*; *with_later*: with what was entered since as well.

    Before the desk began there is only what it knows today.
    """
    if day == today:
        view = Viewpoint(day)
        return Looked(view, view.rows(session, lists))
    stood = then(session, day)
    since: Mapping[UUID, SinceThen] = {}
    if stood.change is not None and not stood.is_newest:
        since = since_then(session, day, stood.change)
    view = Viewpoint(day, is_today=False, change=None if with_later else stood.change)
    return Looked(view, view.rows(session, lists), stood, since)
