"""One apprenticeship's course: its states, the moves between them, and breaks in learning.

The state is never stored: it follows from the dates.  Two ends are kept apart: that of training
(the practical period) and that of the apprenticeship, assessment included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.findings import Finding, Level, Place


class Status(StrEnum):
    """Where an apprenticeship stands on a day."""

    PLANNED = "planned"
    LIVE = "live"
    ON_A_BREAK = "on a break"
    IN_ASSESSMENT = "in assessment"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is to come."""
        return self in (Status.COMPLETED, Status.WITHDRAWN)


LIVE = frozenset({Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT})
"""On programme: begun and not ended."""


class Outcome(StrEnum):
    """How an apprenticeship ended."""

    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Course:
    """The dated facts of one apprenticeship; what is not known is None.

    *ended_on* is the last day.  An *outcome* without it means that it has ended on a day that is
    not known.  A break without a last day is still going on.
    """

    training_started_on: date | None = None
    training_planned_end_on: date | None = None
    apprenticeship_planned_end_on: date | None = None
    assessment_began_on: date | None = None
    ended_on: date | None = None
    outcome: Outcome | None = None
    breaks: tuple[Period, ...] = ()


def status_at(course: Course, day: date) -> Status:
    """Return the state on *day*, from the dates alone.

    An end without an outcome counts as withdrawn: a completion must have been said.
    """
    has_ended = course.outcome is not None if course.ended_on is None else course.ended_on <= day
    if has_ended:
        is_completed = course.outcome is Outcome.COMPLETED
        return Status.COMPLETED if is_completed else Status.WITHDRAWN
    if course.training_started_on is None or day < course.training_started_on:
        return Status.PLANNED
    if break_at(course, day) is not None:
        return Status.ON_A_BREAK
    if course.assessment_began_on is not None and course.assessment_began_on <= day:
        return Status.IN_ASSESSMENT
    return Status.LIVE


def break_at(course: Course, day: date) -> Period | None:
    """Return the break that holds *day*, None if there is none."""
    return next((pause for pause in course.breaks if day in pause), None)


class Away(StrEnum):
    """Why there is no training to be had on a day."""

    NOT_STARTED = "not started"
    ON_A_BREAK = "on a break"
    IN_ASSESSMENT = "in assessment"
    ENDED = "ended"


_AWAY_BY_STATUS = {
    Status.PLANNED: Away.NOT_STARTED,
    Status.ON_A_BREAK: Away.ON_A_BREAK,
    Status.IN_ASSESSMENT: Away.IN_ASSESSMENT,
    Status.COMPLETED: Away.ENDED,
    Status.WITHDRAWN: Away.ENDED,
}


def away_at(course: Course, day: date) -> Away | None:
    """Return why *day* is none of training, None where it is one or where that is not known.

    The last day of an apprenticeship still belongs to it, whatever its status says by then.
    """
    if day == course.ended_on:
        course = replace(course, ended_on=None, outcome=None)
    status = status_at(course, day)
    if status is Status.PLANNED and course.training_started_on is None:
        return None
    return _AWAY_BY_STATUS.get(status)


def away_all_week(course: Course, monday: date) -> Away | None:
    """Return why no working day of the week of *monday* is one of training, None where one is.

    It is the first day's reason, should they differ.  A weekend makes no week of training: who
    comes back on a Saturday has been away all week.
    """
    reasons = [away_at(course, monday + timedelta(days=number)) for number in range(5)]
    return None if None in reasons else reasons[0]


ALLOWED_MOVES: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.PLANNED: frozenset({Status.LIVE, Status.WITHDRAWN}),
        Status.LIVE: frozenset(
            {Status.ON_A_BREAK, Status.IN_ASSESSMENT, Status.COMPLETED, Status.WITHDRAWN}
        ),
        Status.ON_A_BREAK: frozenset({Status.LIVE, Status.IN_ASSESSMENT, Status.WITHDRAWN}),
        # Back to live when the apprentice was not ready after all, or has to train for a resit.
        Status.IN_ASSESSMENT: frozenset(
            {Status.LIVE, Status.ON_A_BREAK, Status.COMPLETED, Status.WITHDRAWN}
        ),
        # An end that was recorded by mistake is undone, not moved away from.
        Status.COMPLETED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }
)
"""Which state may follow which, by a command rather than by a correction."""


def may_move(before: Status, after: Status) -> bool:
    """Return whether a command may take an apprenticeship from *before* to *after*."""
    return after in ALLOWED_MOVES[before]


def break_days(course: Course, first: date, last: date) -> int:
    """Return how many days from *first* to *last*, both included, fall in breaks.

    A day in two breaks counts once; no break goes on after the apprenticeship has ended.
    """
    if course.ended_on is not None:
        last = min(last, course.ended_on)
    days = 0
    for pause in sorted(course.breaks):
        begins = max(pause.first, first)
        ends = last if pause.last is None else min(pause.last, last)
        if begins <= ends:
            days += (ends - begins).days + 1
            first = ends + timedelta(days=1)
    return days


def check_dates(course: Course) -> list[Finding]:
    """Return what does not fit together in *course*; place.field names the attribute."""
    return [*_check_planned(course), *_check_ended(course), *_check_breaks(course)]


def _check_planned(course: Course) -> list[Finding]:
    found = []
    started = course.training_started_on
    training_end = course.training_planned_end_on
    whole_end = course.apprenticeship_planned_end_on
    began = course.assessment_began_on
    if started and training_end and training_end <= started:
        found.append(
            _refused(
                "AP001",
                "training_planned_end_on",
                f"Training is planned to end on {show_day(training_end)}, but it starts on"
                f" {show_day(started)}.",
                "Give an end after the start.",
            )
        )
    if training_end and whole_end and whole_end < training_end:
        found.append(
            _refused(
                "AP002",
                "apprenticeship_planned_end_on",
                f"The apprenticeship is planned to end on {show_day(whole_end)}, before its"
                f" training ends on {show_day(training_end)}.",
                "Give the end of assessment, on or after the end of training.",
            )
        )
    if started and whole_end and not training_end and whole_end <= started:
        found.append(
            _refused(
                "AP003",
                "apprenticeship_planned_end_on",
                f"The apprenticeship is planned to end on {show_day(whole_end)}, but training"
                f" starts on {show_day(started)}.",
                "Give an end after the start.",
            )
        )
    if started and began and began < started:
        found.append(
            _refused(
                "AP004",
                "assessment_began_on",
                f"Assessment began on {show_day(began)}, before training started on"
                f" {show_day(started)}.",
                "Put right whichever day is wrong.",
            )
        )
    return found


def _check_ended(course: Course) -> list[Finding]:
    found = []
    started, ended = course.training_started_on, course.ended_on
    if started and ended and ended < started:
        found.append(
            _refused(
                "AP005",
                "ended_on",
                f"It ended on {show_day(ended)}, before training started on {show_day(started)}.",
                "Put right whichever day is wrong. If training never started, leave its start"
                " empty.",
            )
        )
    began = course.assessment_began_on
    if began and ended and ended < began:
        found.append(
            _refused(
                "AP006",
                "ended_on",
                f"It ended on {show_day(ended)}, before assessment began on {show_day(began)}.",
                "Put right whichever day is wrong.",
            )
        )
    if ended and course.outcome is None:
        found.append(
            _refused(
                "AP007",
                "outcome",
                f"It ended on {show_day(ended)}, but not how.",
                "Choose completed or withdrawn, or leave the end empty.",
            )
        )
    if course.outcome is not None and ended is None:
        found.append(
            _note(
                "AP008",
                "ended_on",
                f"It has ended ({course.outcome}), but the day is not known.",
                "Add the last day when you learn it.",
            )
        )
    if started is None and (began or course.breaks or course.outcome is Outcome.COMPLETED):
        found.append(
            _note(
                "AP009",
                "training_started_on",
                "The day on which training started is not known, though it must have started.",
                "Add the day: hours and reviews are counted from it.",
            )
        )
    return found


def _check_breaks(course: Course) -> list[Finding]:
    found = []
    started, ended = course.training_started_on, course.ended_on
    for pause in course.breaks:
        if started and pause.first < started:
            found.append(
                _refused(
                    "AP010",
                    "breaks",
                    f"The break {pause.shown()} begins before training started on"
                    f" {show_day(started)}.",
                    "Put right whichever day is wrong.",
                )
            )
        if ended and ended < (pause.last or pause.first):
            found.append(
                _refused(
                    "AP011",
                    "breaks",
                    f"The break {pause.shown()} goes on after the end on {show_day(ended)}.",
                    "End the break on or before the last day.",
                )
            )
    for before, after in pairwise(course.breaks):
        if before.overlap(after) is not None:
            found.append(
                _refused(
                    "AP012",
                    "breaks",
                    f"The breaks {before.shown()} and {after.shown()} overlap.",
                    "End the first before the second begins.",
                )
            )
        elif after < before:
            found.append(
                _refused(
                    "AP013",
                    "breaks",
                    f"The break {after.shown()} stands after a later one.",
                    "Put the breaks in order, the earliest first.",
                )
            )
    return found


def _refused(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def _note(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(Level.NOTE, code, message, remedy, Place(field=field))
