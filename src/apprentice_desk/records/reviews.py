"""Progress reviews: planned, held, signed off, and the actions that come of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing


class Review(Kept):
    """One progress review, planned or held."""

    __tablename__ = "review"

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    due_on: Mapped[date | None]
    held_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(2000), default="")
    began_at: Mapped[str] = mapped_column(String(5), default="", server_default="")
    """Time of day, such as 09:30."""
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    questions: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    """What to ask, written while preparing."""
    concerns: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    changes: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    """What is new, and what has to be planned again."""


class ReviewPart(Kept):
    """One person's part in a review: whether they were there, and when they signed it off."""

    __tablename__ = "review_part"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"))
    number: Mapped[int]
    role: Mapped[ReviewRole] = mapped_column(Word(ReviewRole))
    name: Mapped[str] = mapped_column(String(200), default="")
    was_there: Mapped[bool | None]
    signed_on: Mapped[date | None]


class ReviewAction(Kept):
    """Something that somebody took on, at a review or between two."""

    __tablename__ = "review_action"

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    review_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), index=True
    )
    what: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(1000), default="")


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


def schedule_review(session: Session, apprenticeship_id: UUID, due_on: date) -> UUID:
    """Plan a progress review and return its key."""
    review = Review(apprenticeship_id=apprenticeship_id, due_on=due_on)
    session.add(review)
    session.flush()
    return review.id


def hold_review(session: Session, review_id: UUID, held_on: date, note: str = "") -> None:
    """Record that a planned review was held; raises Conflict when it is gone."""
    review = review_of(session, review_id)
    review.held_on = held_on
    review.note = note


def review_of(session: Session, review_id: UUID, mine: object | None = None) -> Review:
    """Return the record itself, for the commands of records; raises Conflict when it is gone."""
    review = session.get(Review, review_id)
    if review is None:
        raise Conflict("This review was removed meanwhile.", mine=mine)
    return review


def parts_of(session: Session, review_id: UUID) -> list[ReviewPart]:
    """Return who takes part in a review, in order; for the commands of records."""
    found = select(ReviewPart).where(ReviewPart.review_id == review_id)
    return list(session.scalars(found.order_by(ReviewPart.number)))


def actions_of(session: Session, review_id: UUID) -> list[ReviewAction]:
    """Return the actions that came of a review; for the commands of records."""
    return list(session.scalars(select(ReviewAction).where(ReviewAction.review_id == review_id)))


def take_signatures_back(session: Session, review_id: UUID) -> None:
    """Take back what was signed: it has changed since."""
    for part in parts_of(session, review_id):
        part.signed_on = None


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
    """Replace a review's details; when it was held or what was said changes, nobody has signed it.

    Raises Conflict when it is gone, Problem when something is missing, or when it is given to
    another apprentice though somebody was asked to it or an action came of it.
    """
    review = review_of(session, review_id, details)
    refuse(check_review(details))
    is_given_away = review.apprenticeship_id != details.apprenticeship_id
    if is_given_away and (parts_of(session, review_id) or actions_of(session, review_id)):
        raise Problem(
            "This review has people or actions, so it cannot be given to another apprentice.",
            "Add the other apprentice's review, and remove this one.",
        )
    if (review.held_on, review.note) != (details.held_on, details.note):
        take_signatures_back(session, review_id)
    for name, value in asdict(details).items():
        setattr(review, name, value)


def remove_review(session: Session, review_id: UUID) -> None:
    """Remove a review entered by mistake, with who was asked to it.

    Actions that came of it stay, as agreed between two reviews.  Raises Conflict when it is gone,
    Problem while a document about it is kept.
    """
    review = review_of(session, review_id)
    refuse_removing(session, DocumentMade.review_id, review_id, "this review")
    for part in parts_of(session, review_id):
        session.delete(part)
    for action in actions_of(session, review_id):
        action.review_id = None
    session.flush()
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
    return tuple(ReviewRow(*row[:5], called(row[5], row[6])) for row in session.execute(query))
