"""From which day, and with which knowledge, the apprentices are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.records.hours import HoursRow, hours_rows
from apprentice_desk.records.learning import PlanActivityRow, plan_rows
from apprentice_desk.records.store import Session


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Everything as at the end of *day*."""

    day: date

    @property
    def shown(self) -> str:
        """The day in words."""
        return show_day(self.day)

    def entries(
        self, session: Session, apprenticeship_id: UUID, first: date | None = None
    ) -> tuple[HoursRow, ...]:
        """Return somebody's entries from *first* to the day, newest first."""
        return hours_rows(session, first, self.day, apprenticeship_id)

    def plan(self, session: Session, apprenticeship_id: UUID) -> tuple[PlanActivityRow, ...]:
        """Return somebody's learning plan, by due date."""
        return plan_rows(session, apprenticeship_id)
