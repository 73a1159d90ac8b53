"""The learning plan's activities, and progress reviews."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative, refuse


class ActivityStatus(StrEnum):
    """How far a planned activity has come."""

    PLANNED = "planned"
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
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ActivityStatus] = mapped_column(
        Word(ActivityStatus), default=ActivityStatus.PLANNED
    )


class Review(Kept):
    """One progress review, planned or held."""

    __tablename__ = "review"

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    due_on: Mapped[date | None]
    held_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(2000), default="")


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


@dataclass(frozen=True, slots=True)
class ReviewDetails:
    """What the form of a review edits."""

    apprenticeship_id: UUID | None = None
    due_on: date | None = None
    held_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review as lists show it."""

    id: UUID
    apprenticeship_id: UUID
    due_on: date | None
    held_on: date | None
    note: str
    name: str = ""
    """Whose review it is."""


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


def schedule_review(session: Session, apprenticeship_id: UUID, due_on: date) -> UUID:
    """Plan a progress review and return its key."""
    review = Review(apprenticeship_id=apprenticeship_id, due_on=due_on)
    session.add(review)
    session.flush()
    return review.id


def hold_review(session: Session, review_id: UUID, held_on: date, note: str = "") -> None:
    """Record that a planned review was held; raises Conflict when it is gone."""
    review = session.get(Review, review_id)
    if review is None:
        raise Conflict("This review was removed meanwhile.")
    review.held_on = held_on
    review.note = note


def check_review(details: ReviewDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.apprenticeship_id is None:
        findings.append(
            Finding(
                Level.ROW, "RV001", "Choose the apprentice.", "", Place(field="apprenticeship_id")
            )
        )
    if details.due_on is None and details.held_on is None:
        findings.append(
            Finding(
                Level.ROW, "RV002", "A review needs the day it is due or was held.", "",
                Place(field="due_on"),
            )
        )  # fmt: skip
    return findings + check_lengths(details, Review)


def record_review(session: Session, details: ReviewDetails) -> UUID:
    """Record a review, planned or held, and return its key; Problem when something is missing."""
    refuse(check_review(details))
    review = Review(**asdict(details))
    session.add(review)
    session.flush()
    return review.id


def correct_review(session: Session, review_id: UUID, details: ReviewDetails) -> None:
    """Replace a review's details.

    Raises Conflict when it is gone, Problem when something is missing.
    """
    review = session.get(Review, review_id)
    if review is None:
        raise Conflict("This review was removed meanwhile.", mine=details)
    refuse(check_review(details))
    for name, value in asdict(details).items():
        setattr(review, name, value)


def remove_review(session: Session, review_id: UUID) -> None:
    """Remove a review entered by mistake; raises Conflict when it is gone."""
    review = session.get(Review, review_id)
    if review is None:
        raise Conflict("This review was removed meanwhile.")
    session.delete(review)
    session.flush()


def review_rows(session: Session, apprenticeship_id: UUID | None = None) -> tuple[ReviewRow, ...]:
    """Return reviews by due date: one apprenticeship's, or all."""
    query = (
        select(
            Review.id, Review.apprenticeship_id, Review.due_on, Review.held_on, Review.note,
            Apprentice.given_names, Apprentice.family_name,
        )
        .join(Apprenticeship, Apprenticeship.id == Review.apprenticeship_id)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(Review.due_on, Review.held_on)
    )  # fmt: skip
    if apprenticeship_id is not None:
        query = query.where(Review.apprenticeship_id == apprenticeship_id)
    return tuple(ReviewRow(*row[:5], full_name(row[5], row[6])) for row in session.execute(query))
