"""What stands against a move of an apprenticeship, in words.

Each function raises Problem where the move cannot be made, with the same words for a form that
asks before and for the command itself.  *today*, where it is given, refuses what is still to come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.apprenticeship import (
    Course,
    Outcome,
    Status,
    break_at,
    check_dates,
    may_move,
    status_at,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem


class ChangeKind(StrEnum):
    """What a change during an apprenticeship was of."""

    PROVIDER = "provider"
    STANDARD = "standard"
    PLANNED_END = "planned end"
    BACK_IN_TRAINING = "back in training"
    BACK_FROM_BREAK = "back from a break"
    PLAN_MOVED = "learning plan moved"


_AFTER = {Outcome.COMPLETED: Status.COMPLETED, Outcome.WITHDRAWN: Status.WITHDRAWN}


def check_break(course: Course, on: date) -> None:
    """Look whether a break in learning may begin on *on*."""
    if any(pause.last is None for pause in course.breaks):
        raise Problem("A break is open already.", "Record the return from it first.")
    if course.training_started_on is None or on < course.training_started_on:
        raise Problem("The break would begin before the training starts.", "Check the day.")
    if course.outcome is not None:
        raise Problem("This apprenticeship has ended.")
    if any(pause.last is not None and on <= pause.last for pause in course.breaks):
        raise Problem("The break would begin before an earlier one ended.", "Check the day.")


def check_return(
    course: Course,
    last_on: date,
    planned_end_on: date | None = None,
    apprenticeship_end_on: date | None = None,
) -> None:
    """Look whether the open break may end with *last_on*, and training with *planned_end_on*."""
    pause = next((each for each in course.breaks if each.last is None), None)
    if pause is None:
        raise Problem("No break is open.")
    if last_on < pause.first:
        raise Problem(
            f"The break began on {show_day(pause.first)}; it cannot end before.", "Check the day."
        )
    ended_on = course.ended_on
    if ended_on is not None and ended_on < last_on:
        raise Problem(
            f"The apprenticeship ended on {show_day(ended_on)}; the break cannot go on after it.",
            "Check the day.",
        )
    check_planned_end(course, planned_end_on, apprenticeship_end_on)


def check_planned_end(
    course: Course, planned_end_on: date | None, apprenticeship_end_on: date | None = None
) -> None:
    """Look whether training may be planned to end on another day; None leaves a day as it is."""
    started_on = course.training_started_on
    training_end = planned_end_on or course.training_planned_end_on
    whole_end = apprenticeship_end_on or course.apprenticeship_planned_end_on
    if planned_end_on and started_on and planned_end_on < started_on:
        raise Problem(
            f"The training started on {show_day(started_on)}; it cannot end before.",
            "Check the planned end.",
        )
    is_asked = planned_end_on is not None or apprenticeship_end_on is not None
    if is_asked and training_end and whole_end and whole_end < training_end:
        raise Problem(
            f"The apprenticeship is planned to end on {show_day(whole_end)}, before the training"
            " would.",
            "Move the planned end of the apprenticeship as well.",
        )


def check_gateway(course: Course, on: date, today: date | None = None) -> None:
    """Look whether the gateway may have been passed on *on*."""
    _check_day(on, today, "The gateway was passed")
    if course.assessment_began_on is not None:
        raise Problem(
            f"The gateway was passed on {show_day(course.assessment_began_on)} already.",
            "Take the apprentice back from assessment first, or put the day right with the facts.",
        )
    _check_move(course, Status.IN_ASSESSMENT, on)


def check_back_from_assessment(course: Course, on: date, today: date | None = None) -> None:
    """Look whether the apprentice may be back in training from *on*."""
    _check_day(on, today, "The apprentice came back")
    began_on = course.assessment_began_on
    if began_on is None or course.outcome is not None:
        raise Problem("This apprenticeship is not in assessment.")
    if on < began_on:
        raise Problem(
            f"The gateway was passed on {show_day(began_on)}; nobody comes back before.",
            "Check the day.",
        )
    _check_move(course, Status.LIVE, on)


def check_end(course: Course, outcome: Outcome, on: date, today: date | None = None) -> None:
    """Look whether the apprenticeship may end on *on*; only a completion is never to come.

    What was wrong with its dates before is not held against it.
    """
    if outcome is Outcome.COMPLETED:
        _check_day(on, today, "Completed")
    _check_move(course, _AFTER[outcome], on)
    known = check_dates(course)
    for finding in check_dates(replace(course, ended_on=on, outcome=outcome)):
        if finding.level is not Level.NOTE and finding not in known:
            raise Problem(finding.message, finding.remedy)


def check_reason(reason: str | None) -> None:
    """Look whether it is said why somebody leaves early."""
    if not (reason or "").strip():
        raise Problem(_WHY, _WHERE_NOBODY_SAYS)


def check_leaving(
    outcome: Outcome | None, reason: str | None, was: Outcome | None
) -> list[Finding]:
    """Return what is wrong where an *outcome*, which before *was* another, comes without a reason.

    Somebody who left without one, by a list or in an older desk, is not asked about anew.
    """
    is_new = outcome is Outcome.WITHDRAWN and was is not Outcome.WITHDRAWN
    if not is_new or (reason or "").strip():
        return []
    return [Finding(Level.ROW, "MV002", _WHY, _WHERE_NOBODY_SAYS, Place(field="leaving_reason"))]


def check_edit(was: Course, given: Course, today: date) -> list[Finding]:
    """Return what is wrong where a form says what is a move: completion, or the gateway passed.

    What held before is not asked about anew.  Only a move records a return from a break.
    """
    found = []
    pause = next((each for each in given.breaks if each.last is None), None)
    is_completed = given.outcome is Outcome.COMPLETED
    if is_completed and was.outcome is not Outcome.COMPLETED and pause is not None:
        found.append(
            _row("MV003", "outcome", f"The break that began on {show_day(pause.first)} is open:"
                 " nobody completes from a break.", "Record the return from the break first.")
        )  # fmt: skip
    ended_on, passed_on = given.ended_on, given.assessment_began_on
    if is_completed and ended_on is not None and today < ended_on != was.ended_on:
        found.append(
            _row("MV004", "ended_on", f"The completion on {show_day(ended_on)} is still to come.",
                 _ONCE_IT_HAS)
        )  # fmt: skip
    if passed_on is None or passed_on == was.assessment_began_on:
        return found
    if passed_on > today:
        says = f"The gateway on {show_day(passed_on)} is still to come."
        found.append(_row("MV005", "assessment_began_on", says, _ONCE_IT_HAS))
    elif break_at(given, passed_on) is not None:
        says = f"{show_day(passed_on)} is within a break: nobody passes the gateway then."
        found.append(_row("MV006", "assessment_began_on", says, "Check the day, and the break."))
    return found


def _row(code: str, field: str, says: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, says, remedy, Place(field=field))


_ONCE_IT_HAS = "Record it once it has happened."
_WHY = "Say why they leave early."
_WHERE_NOBODY_SAYS = "Where nobody says, choose “Reason not known”."


def check_change(course: Course, on: date, what: str, today: date | None = None) -> None:
    """Look whether *what* (provider, standard, planned end) may change on *on*."""
    _check_day(on, today, f"The {what} changed")
    if course.outcome is not None:
        raise Problem("This apprenticeship has ended.")
    if course.training_started_on is None or on <= course.training_started_on:
        raise Problem(
            f"Training has not begun by then, so nothing of another {what} has to be kept.",
            "Put it right with the facts.",
        )


def _check_day(on: date, today: date | None, what: str) -> None:
    if today is not None and on > today:
        raise Problem(f"{what} on {show_day(on)}, which is still to come.", _ONCE_IT_HAS)


def _check_move(course: Course, to: Status, on: date) -> None:
    now = status_at(course, on)
    if now is Status.ON_A_BREAK and to is not Status.WITHDRAWN:
        raise Problem(
            f"An apprenticeship that is {now} cannot become {to}.",
            "Record the return from the break first.",
        )
    if not may_move(now, to):
        raise Problem(f"An apprenticeship that is {now} cannot become {to}.", "Check the day.")
