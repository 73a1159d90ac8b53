"""Actions that were agreed at a review or between two: who does what by when, and when it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.review_meetings import ActionDetails, check_action, check_done
from apprentice_desk.records.apprentices import record_of
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.reviews import ReviewAction


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as lists and papers show it; *review_id* is the review that it came of."""

    id: UUID
    apprenticeship_id: UUID
    review_id: UUID | None
    what: str
    owner: str
    due_on: date | None
    done_on: date | None
    note: str
    changed_in: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    def is_overdue(self, today: date) -> bool:
        """Return whether it was to be done before *today* and is not."""
        return self.is_open and self.due_on is not None and self.due_on < today

    @property
    def details(self) -> ActionDetails:
        """What the form edits."""
        return ActionDetails(self.what, self.owner, self.due_on, self.note)


def add_action(
    session: Session,
    apprenticeship_id: UUID,
    details: ActionDetails,
    review_id: UUID | None = None,
) -> UUID:
    """Note what somebody took on, at a review or between two; return its key.

    Raises Problem when it says too little, Conflict when the apprenticeship is gone.
    """
    record_of(session, apprenticeship_id, details)
    _refuse(details)
    action = ReviewAction(apprenticeship_id=apprenticeship_id, review_id=review_id)
    _write(action, details)
    session.add(action)
    session.flush()
    return action.id


def correct_action(session: Session, action_id: UUID, details: ActionDetails) -> None:
    """Replace what is known of an action.

    Raises Problem when it says too little, Conflict when it is gone.
    """
    action = _action(session, action_id, details)
    _refuse(details)
    _write(action, details)


def finish_action(session: Session, action_id: UUID, done_on: date | None, today: date) -> None:
    """Record that an action was done.

    Raises Problem when it was done already or the day is to come, Conflict when it is gone.
    """
    action = _action(session, action_id)
    refuse(check_done(done_on, today))
    if action.done_on is not None:
        raise Problem("This action is recorded as done already.", "Reopen it first.")
    action.done_on = done_on


def reopen_action(session: Session, action_id: UUID) -> None:
    """Say that an action is still to be done after all; raises Conflict when it is gone."""
    _action(session, action_id).done_on = None


def remove_action(session: Session, action_id: UUID) -> None:
    """Remove an action entered by mistake; raises Conflict when it is gone."""
    session.delete(_action(session, action_id))
    session.flush()


def _refuse(details: ActionDetails) -> None:
    refuse(check_action(details) + check_lengths(details, ReviewAction))


def _write(action: ReviewAction, details: ActionDetails) -> None:
    action.what = details.what.strip()
    action.owner = details.owner.strip()
    action.due_on = details.due_on
    action.note = details.note.strip()


def _action(session: Session, action_id: UUID, mine: object | None = None) -> ReviewAction:
    action = session.get(ReviewAction, action_id)
    if action is None:
        raise Conflict("This action was removed meanwhile.", mine=mine)
    return action


def action_rows(
    session: Session, apprenticeship_id: UUID | None = None, *, only_open: bool = False
) -> tuple[ActionRow, ...]:
    """Return actions, the open ones first and soonest due first: one apprenticeship's, or all."""
    found = select(ReviewAction)
    if apprenticeship_id is not None:
        found = found.where(ReviewAction.apprenticeship_id == apprenticeship_id)
    if only_open:
        found = found.where(ReviewAction.done_on.is_(None))
    rows = [
        ActionRow(
            action.id, action.apprenticeship_id, action.review_id, action.what, action.owner,
            action.due_on, action.done_on, action.note, action.changed_in,
        )
        for action in session.scalars(found)
    ]  # fmt: skip
    return tuple(sorted(rows, key=_in_order))


def _in_order(row: ActionRow) -> tuple[bool, date, str]:
    return not row.is_open, row.due_on or date.max, row.what.casefold()
