"""The activities of learning plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, Word, not_negative


class ActivityStatus(StrEnum):
    """How far a planned activity has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


class PlanActivity(Kept):
    """One activity of an apprenticeship's learning plan."""

    __tablename__ = "plan_activity"
    __table_args__ = (
        Index("ix_plan_activity_due", "apprenticeship_id", "due_on", "status", "planned_minutes"),
        *not_negative("planned_minutes"),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    planned_minutes: Mapped[int]
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    kind: Mapped[Activity | None] = mapped_column(Word(Activity))
    delivered_by: Mapped[DeliveredBy | None] = mapped_column(Word(DeliveredBy))
    starts_on: Mapped[date | None]
    done_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    note: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ActivityStatus] = mapped_column(
        Word(ActivityStatus), default=ActivityStatus.PLANNED
    )


@dataclass(frozen=True, slots=True)
class PlanActivityRow:
    """One planned activity as lists show it."""

    id: UUID
    apprenticeship_id: UUID
    title: str
    due_on: date | None
    planned_minutes: int
    ksbs: str
    is_mandatory: bool
    status: ActivityStatus


def plan_activity(
    session: Session,
    apprenticeship_id: UUID,
    title: str,
    planned_minutes: int,
    due_on: date | None = None,
    *,
    ksbs: str = "",
    is_mandatory: bool = False,
) -> UUID:
    """Add an activity to a learning plan and return its key.

    Raises Problem without a title or with minutes below 0.
    """
    if not title.strip():
        raise Problem("The activity needs a title.")
    if planned_minutes < 0:
        raise Problem("Planned time cannot be below 0.")
    activity = PlanActivity(
        apprenticeship_id=apprenticeship_id,
        title=title.strip(),
        due_on=due_on,
        planned_minutes=planned_minutes,
        ksbs=ksbs,
        is_mandatory=is_mandatory,
    )
    session.add(activity)
    session.flush()
    return activity.id


def drop_activity(session: Session, activity_id: UUID) -> None:
    """Leave a planned activity out of the plan; it stays in the list as dropped.

    Raises Conflict when it is gone.
    """
    activity = session.get(PlanActivity, activity_id)
    if activity is None:
        raise Conflict("This activity was removed meanwhile.")
    activity.status = ActivityStatus.DROPPED


def plan_rows(session: Session, apprenticeship_id: UUID) -> tuple[PlanActivityRow, ...]:
    """Return the activities of one learning plan, by due date."""
    found = session.scalars(
        select(PlanActivity)
        .where(PlanActivity.apprenticeship_id == apprenticeship_id)
        .order_by(PlanActivity.due_on, PlanActivity.title)
    )
    return tuple(
        PlanActivityRow(
            a.id, a.apprenticeship_id, a.title, a.due_on, a.planned_minutes, a.ksbs,
            a.is_mandatory, a.status,
        )
        for a in found
    )  # fmt: skip
