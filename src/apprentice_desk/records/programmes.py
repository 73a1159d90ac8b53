"""What happens to an apprenticeship: weekly hours, breaks, the gateway and back, its end.

How far a programme has come follows from its dates; these commands write them and refuse moves
that the field does not know.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain import move_checks
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records.apprentices import (
    Apprenticeship,
    Break,
    record_of,
    set_week,
    stored_course,
)
from apprentice_desk.records.programme_changes import note_change


def set_weekly_hours(
    session: Session, apprenticeship_id: UUID, from_on: date, weekly_minutes: int
) -> None:
    """Record contracted weekly hours from a day on; the same day's figure is replaced."""
    set_week(record_of(session, apprenticeship_id), from_on, weekly_minutes)


def start_break(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    reason: str = "",
    *,
    is_day_given: bool = True,
) -> None:
    """Begin a break in learning on *on*.

    The planned end moves only when the apprentice comes back: providers re-plan on return.
    Raises Problem when a break is open already, *on* is before the start or inside an earlier
    break, or the apprenticeship has ended.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    move_checks.check_break(stored_course(apprenticeship), on)
    apprenticeship.breaks.append(
        Break(first_on=on, reason=reason.strip(), is_first_day_given=is_day_given)
    )


def resume(
    session: Session,
    apprenticeship_id: UUID,
    last_on: date,
    planned_end_on: date | None = None,
    apprenticeship_end_on: date | None = None,
) -> None:
    """End the open break with *last_on* as its last day, and move the planned ends.

    Until when training was planned before is kept, as of the first day back: what was earned by it
    stays earned.  The ends of training and of the whole apprenticeship stay where they are not
    given.  Raises
    Problem when no break is open, it would end before it began or after the apprenticeship did,
    or the training would end before it started or after the apprenticeship is planned to.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    course = stored_course(apprenticeship)
    move_checks.check_return(course, last_on, planned_end_on, apprenticeship_end_on)
    spell = next(found for found in apprenticeship.breaks if found.last_on is None)
    spell.last_on = last_on
    back_on = last_on + timedelta(days=1)
    note_change(session, apprenticeship, ChangeKind.BACK_FROM_BREAK, back_on, "")
    if planned_end_on is not None:
        apprenticeship.training_planned_end_on = planned_end_on
        apprenticeship.is_end_day_given = True
    if apprenticeship_end_on is not None:
        apprenticeship.apprenticeship_planned_end_on = apprenticeship_end_on


def enter_assessment(
    session: Session, apprenticeship_id: UUID, on: date, today: date | None = None
) -> None:
    """Record that the gateway was passed on *on*; raises Problem when the move is not allowed.

    With *today* a day that is still to come is refused.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    move_checks.check_gateway(stored_course(apprenticeship), on, today)
    apprenticeship.assessment_began_on = on


def back_from_assessment(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    reason: str = "",
    today: date | None = None,
) -> None:
    """Record that the apprentice is in training again from *on*.

    The day of the gateway is kept as what held before.  Raises Problem when the apprenticeship is
    not in assessment on that day.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    move_checks.check_back_from_assessment(stored_course(apprenticeship), on, today)
    note_change(session, apprenticeship, ChangeKind.BACK_IN_TRAINING, on, reason)
    apprenticeship.assessment_began_on = None


def complete(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    grade: Grade | None = None,
    destination: Destination | None = None,
    today: date | None = None,
) -> None:
    """Record completion.

    Raises Problem when the move is not allowed, *on* does not fit the other dates or, with
    *today*, is still to come.
    """
    _end(session, apprenticeship_id, on, Outcome.COMPLETED, destination, today).grade = grade


def withdraw(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    leaving_reason: str | None,
    destination: Destination | None = None,
) -> None:
    """Record that the apprentice left early; notice may have been given for a day to come.

    Raises Problem without a reason, when the move is not allowed or *on* does not fit the other
    dates.
    """
    move_checks.check_reason(leaving_reason)
    ended = _end(session, apprenticeship_id, on, Outcome.WITHDRAWN, destination, None)
    ended.leaving_reason = leaving_reason


def _end(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    outcome: Outcome,
    destination: Destination | None,
    today: date | None,
) -> Apprenticeship:
    apprenticeship = record_of(session, apprenticeship_id)
    person = apprenticeship.apprentice
    if not full_name(person.given_names, person.family_name):
        raise Problem(
            "Nobody is named for this role, so nobody can leave it.", "Remove the role instead."
        )
    move_checks.check_end(stored_course(apprenticeship), outcome, on, today)
    apprenticeship.ended_on = on
    apprenticeship.outcome = outcome
    apprenticeship.destination = destination
    return apprenticeship
