"""What happens to an apprenticeship: weekly hours, breaks, the gateway, its end.

How far a programme has come follows from its dates; these commands write them and refuse moves
that the field does not know.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain import apprenticeship as programme
from apprentice_desk.domain import calendar
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records.apprentices import (
    Apprenticeship,
    Break,
    record_of,
    set_week,
    stored_course,
)

_AFTER = {Outcome.COMPLETED: Status.COMPLETED, Outcome.WITHDRAWN: Status.WITHDRAWN}


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
    course = stored_course(apprenticeship)
    if any(spell.last_on is None for spell in apprenticeship.breaks):
        raise Problem("A break is open already.", "Record the return from it first.")
    if course.training_started_on is None or on < course.training_started_on:
        raise Problem("The break would begin before the training starts.", "Check the day.")
    if course.outcome is not None:
        raise Problem("This apprenticeship has ended.")
    if any(spell.last_on is not None and on <= spell.last_on for spell in apprenticeship.breaks):
        raise Problem("The break would begin before an earlier one ended.", "Check the day.")
    apprenticeship.breaks.append(
        Break(first_on=on, reason=reason.strip(), is_first_day_given=is_day_given)
    )


def resume(
    session: Session, apprenticeship_id: UUID, last_on: date, planned_end_on: date | None = None
) -> None:
    """End the open break with *last_on* as its last day, and move the training's planned end.

    Raises Problem when no break is open, it would end before it began, or the training would end
    before it started or after the apprenticeship is planned to.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    spell = next((found for found in apprenticeship.breaks if found.last_on is None), None)
    if spell is None:
        raise Problem("No break is open.")
    if last_on < spell.first_on:
        raise Problem(
            f"The break began on {calendar.show_day(spell.first_on)}; it cannot end before.",
            "Check the day.",
        )
    started_on = apprenticeship.training_started_on
    if planned_end_on and started_on and planned_end_on < started_on:
        raise Problem(
            f"The training started on {calendar.show_day(started_on)}; it cannot end before.",
            "Check the planned end.",
        )
    assessed_by = apprenticeship.apprenticeship_planned_end_on
    if planned_end_on and assessed_by and assessed_by < planned_end_on:
        raise Problem(
            f"The apprenticeship is planned to end on {calendar.show_day(assessed_by)}, before"
            " the training would.",
            "Move the planned end of the apprenticeship first.",
        )
    spell.last_on = last_on
    if planned_end_on is not None:
        apprenticeship.training_planned_end_on = planned_end_on
        apprenticeship.is_end_day_given = True


def enter_assessment(session: Session, apprenticeship_id: UUID, on: date) -> None:
    """Record that the gateway was passed on *on*; raises Problem when the move is not allowed."""
    apprenticeship = record_of(session, apprenticeship_id)
    _move(apprenticeship, Status.IN_ASSESSMENT, on)
    apprenticeship.assessment_began_on = on


def complete(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    grade: Grade | None = None,
    destination: Destination | None = None,
) -> None:
    """Record completion.

    Raises Problem when the move is not allowed or *on* does not fit the other dates.
    """
    _end(session, apprenticeship_id, on, Outcome.COMPLETED, destination).grade = grade


def withdraw(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    leaving_reason: str | None = None,
    destination: Destination | None = None,
) -> None:
    """Record that the apprentice left early.

    Raises Problem when the move is not allowed or *on* does not fit the other dates.
    """
    ended = _end(session, apprenticeship_id, on, Outcome.WITHDRAWN, destination)
    ended.leaving_reason = leaving_reason


def _end(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    outcome: Outcome,
    destination: Destination | None,
) -> Apprenticeship:
    apprenticeship = record_of(session, apprenticeship_id)
    _move(apprenticeship, _AFTER[outcome], on)
    _refuse_end(apprenticeship, on, outcome)
    apprenticeship.ended_on = on
    apprenticeship.outcome = outcome
    apprenticeship.destination = destination
    return apprenticeship


def _move(apprenticeship: Apprenticeship, to: Status, on: date) -> None:
    now = programme.status_at(stored_course(apprenticeship), on)
    if not programme.may_move(now, to):
        raise Problem(f"An apprenticeship that is {now} cannot become {to}.", "Check the day.")


def _refuse_end(apprenticeship: Apprenticeship, on: date, outcome: Outcome) -> None:
    """Refuse an end that the dates do not allow; what was wrong before is not held against it."""
    course = stored_course(apprenticeship)
    known = programme.check_dates(course)
    for finding in programme.check_dates(replace(course, ended_on=on, outcome=outcome)):
        if finding.level is not Level.NOTE and finding not in known:
            raise Problem(finding.message, finding.remedy)
