"""A review from being planned to being signed off: when and where, who, what was said, what next.

The tables are in reviews, whose short form records no more than that a review was due and held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.review_meetings import (
    ActionDetails,
    HeldDetails,
    Meeting,
    Part,
    check_action,
    check_held,
    check_meeting,
    check_signature,
)
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records.apprentices import record_of, stored_course
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.review_actions import add_action, finish_action
from apprentice_desk.records.reviews import (
    Review,
    ReviewPart,
    parts_of,
    review_of,
    take_signatures_back,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a review beside what was said in it.

    *agreed* are new actions; one without a day is due at the next review.  *done* are open
    actions that were reported as done.  *following* is when the next review is to be, at the
    latest *interval_days* later; None plans none.
    """

    agreed: tuple[ActionDetails, ...] = ()
    done: tuple[UUID, ...] = ()
    following: Meeting | None = None
    interval_days: int = 0


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One review with who takes part, as lists and papers show it."""

    id: UUID
    apprenticeship_id: UUID
    due_on: date | None
    held_on: date | None
    note: str
    began_at: str
    place: str
    questions: str
    concerns: str
    changes: str
    changed_in: int
    parts: tuple[Part, ...] = field(default=())

    @property
    def on(self) -> date | None:
        """The day it was held, or else is to be."""
        return self.held_on or self.due_on

    @property
    def meeting(self) -> Meeting:
        """When and where it is to be and who is asked."""
        return Meeting(self.due_on, self.began_at, self.place, self.parts)

    @property
    def held(self) -> HeldDetails:
        """What is recorded of it."""
        return HeldDetails(self.held_on, self.note, self.concerns, self.changes, self.parts)


class _Place(NamedTuple):
    role: ReviewRole
    name: str


def plan_review(session: Session, apprenticeship_id: UUID, meeting: Meeting) -> UUID:
    """Plan a review with its day, time, place and who is asked; return its key.

    Raises Problem when the day is before the start of training or the time is none, Conflict when
    the apprenticeship is gone.
    """
    started_on = record_of(session, apprenticeship_id, meeting).training_started_on
    _refuse_meeting(meeting, started_on)
    review = Review(
        apprenticeship_id=apprenticeship_id,
        due_on=meeting.due_on,
        began_at=meeting.began_at,
        place=meeting.place,
    )
    session.add(review)
    session.flush()
    _ask(session, review.id, meeting.asked)
    return review.id


def move_review(session: Session, review_id: UUID, meeting: Meeting) -> None:
    """Give a planned review another day, time or place, or ask others.

    Raises Problem as plan_review does and when it was held, Conflict when it is gone.
    """
    review = review_of(session, review_id, meeting)
    if review.held_on is not None:
        raise Problem(
            f"This review was held on {show_day(review.held_on)}, so it cannot be moved.",
            "Correct what was recorded of it.",
        )
    started_on = record_of(session, review.apprenticeship_id).training_started_on
    _refuse_meeting(meeting, started_on)
    review.due_on = meeting.due_on
    review.began_at = meeting.began_at
    review.place = meeting.place
    _ask(session, review_id, meeting.asked)


def prepare_review(session: Session, review_id: UUID, questions: str) -> None:
    """Keep the questions that somebody wants to ask; raises Conflict when the review is gone."""
    review = review_of(session, review_id, questions)
    refuse(check_lengths(_Asked(questions), Review))
    review.questions = questions.strip()


@dataclass(frozen=True, slots=True)
class _Asked:
    questions: str


def hold(
    session: Session, review_id: UUID, held: HeldDetails, outcome: Outcome, today: date
) -> UUID | None:
    """Record that a review was held, what came of it, and the next one; return that one's key.

    Raises Problem when it was held already, on a day to come or before the start, when nobody was
    there, when an action says too little, or the next is later than it may be; Conflict when
    something is gone.
    """
    review = review_of(session, review_id, held)
    if review.held_on is not None:
        raise Problem(
            f"This review was recorded as held on {show_day(review.held_on)} already.",
            "Correct what was recorded of it.",
        )
    _write(session, review, held, today)
    held_on = held.held_on
    assert held_on is not None  # checked
    next_id = None
    following = outcome.following
    if following is not None:
        course = stored_course(record_of(session, review.apprenticeship_id))
        latest_on = review_due_by(course, held_on, outcome.interval_days)
        refuse(check_meeting(following, None, latest_on, held_on))
        next_id = plan_review(session, review.apprenticeship_id, following)
    for action in outcome.agreed:
        refuse(check_action(action, held_on))
        add_action(session, review.apprenticeship_id, _due(action, following), review_id)
    for action_id in outcome.done:
        finish_action(session, action_id, held_on, today)
    return next_id


def _due(action: ActionDetails, following: Meeting | None) -> ActionDetails:
    if action.due_on is not None or following is None:
        return action
    return ActionDetails(action.what, action.owner, following.due_on, action.note)


def correct_held(session: Session, review_id: UUID, held: HeldDetails, today: date) -> None:
    """Correct what was recorded of a review; where that changes it, nobody has signed it any more.

    Raises Problem as hold does and when it is not held yet, Conflict when it is gone.
    """
    review = review_of(session, review_id, held)
    if review.held_on is None:
        raise Problem("This review is not held yet.", "Record that it was held.")
    before = _said(session, review)
    _write(session, review, held, today)
    if _said(session, review) != before:
        take_signatures_back(session, review_id)


def _said(session: Session, review: Review) -> tuple[object, ...]:
    there = [(part.role, part.name, part.was_there) for part in parts_of(session, review.id)]
    return (review.held_on, review.note, review.concerns, review.changes, there)


def _write(session: Session, review: Review, held: HeldDetails, today: date) -> None:
    started_on = record_of(session, review.apprenticeship_id).training_started_on
    refuse(check_held(held, started_on, today) + check_lengths(held, Review))
    review.held_on = held.held_on
    review.note = held.note.strip()
    review.concerns = held.concerns.strip()
    review.changes = held.changes.strip()
    _ask(session, review.id, held.parts)


def sign_review(
    session: Session, review_id: UUID, signatures: Collection[Part], today: date
) -> None:
    """Record who signed a review on which day; a blank day takes a signature back.

    *signatures* are of as many of the three parties as are named; others are left as they are.
    Raises Problem when it is not held, or signed before it was or on a day to come, Conflict when
    it is gone.
    """
    review = review_of(session, review_id)
    parts = parts_of(session, review_id)
    for signature in signatures:
        refuse(check_signature(signature, review.held_on, today, "signed_on"))
        refuse(check_lengths(signature, ReviewPart))
        own = [part for part in parts if part.role is signature.role]
        if not own:
            number = max((part.number for part in parts), default=0) + 1
            made = ReviewPart(review_id=review_id, number=number, role=signature.role)
            session.add(made)
            parts.append(made)
            own = [made]
        own[0].name = signature.name or own[0].name or ""
        own[0].signed_on = signature.signed_on
    session.flush()


def _refuse_meeting(meeting: Meeting, started_on: date | None) -> None:
    refuse(check_meeting(meeting, started_on) + check_lengths(meeting, Review))


def _ask(session: Session, review_id: UUID, wanted: Sequence[Part]) -> None:
    """Make *wanted* those who take part; who is known keeps their signature."""
    for each in wanted:
        refuse(check_lengths(each, ReviewPart))
    there = parts_of(session, review_id)
    known: dict[ReviewRole, list[ReviewPart]] = defaultdict(list)
    for part in there:
        known[part.role].append(part)
    number = max((part.number for part in there), default=0)
    kept = set()
    for each in wanted:
        if known[each.role]:
            part = known[each.role].pop(0)
            kept.add(part.id)
        else:
            number += 1
            part = ReviewPart(review_id=review_id, number=number, role=each.role)
            session.add(part)
        part.name = each.name
        part.was_there = each.was_there
    for part in there:
        if part.id not in kept:
            session.delete(part)
    session.flush()


# --- reads ----------------------------------------------------------------------------------------


def meeting_rows(
    session: Session, apprenticeship_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[MeetingRow, ...]]:
    """Return the reviews of each apprenticeship, by the day they were held or are to be."""
    found: dict[UUID, list[MeetingRow]] = defaultdict(list)
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        whose = Review.apprenticeship_id.in_(lot)
        parts: dict[UUID, list[Part]] = defaultdict(list)
        joined = select(ReviewPart).join(Review, Review.id == ReviewPart.review_id).where(whose)
        for part in session.scalars(joined.order_by(ReviewPart.number)):
            parts[part.review_id].append(Part(part.role, part.name, part.was_there, part.signed_on))
        in_order = func.coalesce(Review.held_on, Review.due_on)
        for review in session.scalars(select(Review).where(whose).order_by(in_order, Review.id)):
            found[review.apprenticeship_id].append(
                MeetingRow(
                    review.id, review.apprenticeship_id, review.due_on, review.held_on,
                    review.note, review.began_at, review.place, review.questions,
                    review.concerns, review.changes, review.changed_in, tuple(parts[review.id]),
                )
            )  # fmt: skip
    return {key: tuple(rows) for key, rows in found.items()}


def party_names(rows: Iterable[MeetingRow]) -> Mapping[ReviewRole, str]:
    """Return the last name known of each party and the host from *rows*, which are in order."""
    return {
        part.role: part.name
        for row in rows
        for part in row.parts
        if part.name and part.role is not ReviewRole.OTHER
    }
