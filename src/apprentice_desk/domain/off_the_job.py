"""Off-the-job hours of one apprenticeship: required, planned, logged and still to do.

All amounts are whole minutes, rates exact fractions of minutes a week.  Only minutes that count
are ever called logged.  How the funding rules differ by start is in hours_rules; what every
figure means is stated here, once, for lists, forms, returns and documents alike.

Breaks: nothing falls due during one.  Days on a break that is over, or whose end is known, are
taken out of the days gone and of all the days.  A break without an end stops the plan on the day
before it: its length is not known, and the planned end only moves when the apprentice returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.apprenticeship import Course, Status, break_days, status_at
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import nearest_minute, rate, sentence
from apprentice_desk.domain.hours_rules import (
    Activity,
    Basis,
    CountingRule,
    HoursRule,
    HoursRules,
    Minimum,
    PublishedMinimum,
    StatusLimits,
    mean_weekly_minutes,
    minimum,
    training_weeks,
)

__all__ = [
    "PACE_DAYS",
    "Activity",
    "Basis",
    "CountingRule",
    "Figures",
    "HoursRule",
    "HoursRules",
    "HoursStatus",
    "Logged",
    "Minimum",
    "PublishedMinimum",
    "StatusLimits",
    "day_reached",
    "figures",
    "known_breaks",
    "mean_weekly_minutes",
    "minimum",
    "pace",
    "planned_between",
    "planned_to_date",
    "required_minutes",
    "training_weeks",
]

PACE_DAYS = 56
"""The pace is that of the last 8 weeks, and is judged only once 8 weeks of training have gone."""

_QUIET_DAYS = 28
"""After four weeks of training without an entry, why says since when."""

NEVER_DAYS = 36_525
"""A day more than a century off is no forecast."""


class HoursStatus(StrEnum):
    """How an apprenticeship stands with its hours."""

    ON_TRACK = "on track"
    SLIPPING = "slipping"
    BEHIND = "behind"
    NO_PLAN = "no plan"
    ON_A_BREAK = "on a break"
    COMPLETE = "complete"
    NOT_STARTED = "not started"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Logged:
    """Sums of one apprenticeship's entries up to a day.

    *last_8_weeks_minutes* are those of the PACE_DAYS days that end on it; *last_on* is the last
    day with an entry that counts.  *not_counting_minutes* are in neither of the others.
    """

    to_date_minutes: int = 0
    last_8_weeks_minutes: int = 0
    last_on: date | None = None
    not_counting_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is said of one apprenticeship's hours on a day; None is not known.

    *against_plan_minutes* is below zero when less is logged than planned.  *weeks_late* is how
    far *reached_on* lies after the planned end of training, 0 if it does not.  Pace and needed
    are minutes a week.
    """

    required_minutes: int | None
    minimum: Minimum | None
    agreed_minutes: int | None
    planned_to_date_minutes: int | None
    logged_minutes: int
    against_plan_minutes: int | None
    pace_minutes: Fraction | None
    needed_minutes: Fraction | None
    weeks_left: Fraction | None
    forecast_minutes: int | None
    reached_on: date | None
    weeks_late: Fraction | None
    status: HoursStatus
    why: str


def required_minutes(agreed: int | None, minimum: Minimum | None) -> int | None:
    """Return what was agreed in the training plan, else the rule's minimum, else None."""
    if agreed is not None:
        return agreed
    return None if minimum is None else minimum.minutes


def planned_to_date(
    course: Course, required: int | None, as_at: date, dated_minutes_due: int | None = None
) -> int | None:
    """Return the minutes that were to be done by *as_at*, that day included.

    *dated_minutes_due*, those of planned activities due by then, where the plan has dated
    activities.  Otherwise *required* in proportion to the calendar days of training, both ends
    included: 0 before the start, all of it from the planned end on.  The plan stops where the
    apprenticeship ended.  None if a part of this is not known.
    """
    if dated_minutes_due is not None:
        return dated_minutes_due
    start, end = course.training_started_on, course.training_planned_end_on
    if required is None or start is None or end is None:
        return None
    day = plan_day(course, as_at)
    if day < start:
        return 0
    if day >= end:
        return required
    gone = training_days(course, start, day)
    whole = training_days(known_breaks(course), start, end)
    return nearest_minute(Fraction(required * gone, whole)) if whole else 0


def planned_between(
    course: Course,
    required: int | None,
    first: date,
    last: date,
    dated_due_before: int | None = None,
    dated_due_by: int | None = None,
) -> int | None:
    """Return the minutes planned from *first* to *last*, both included.

    It is the difference of two planned_to_date(); *dated_due_before* are the minutes of planned
    activities due before *first*, *dated_due_by* those due by *last*.
    """
    by_then = planned_to_date(course, required, last, dated_due_by)
    before = planned_to_date(course, required, first - timedelta(days=1), dated_due_before)
    return None if by_then is None or before is None else by_then - before


def pace(course: Course, logged: Logged, as_at: date) -> Fraction | None:
    """Return the mean minutes a week over the last 8 weeks.

    Over those of the 56 days ending on *as_at* that were in training and not on a break; None if
    there was none.
    """
    if course.training_started_on is None:
        return None
    first = max(as_at - timedelta(days=PACE_DAYS - 1), course.training_started_on)
    last = as_at if course.ended_on is None else min(as_at, course.ended_on)
    days = training_days(course, first, last)
    return Fraction(logged.last_8_weeks_minutes * 7, days) if days else None


def figures(
    course: Course,
    agreed_minutes: int | None,
    minimum: Minimum | None,
    logged: Logged,
    dated_minutes_due: int | None,
    as_at: date,
    limits: StatusLimits,
    *,
    overdue: int = 0,
    from_now: Fraction | None = None,
    with_host: str = "",
) -> Figures:
    """Return all figures of one apprenticeship on *as_at*.

    *minimum* is None where no rule could be chosen (no start yet); *logged* are sums up
    to *as_at*; *dated_minutes_due* as for planned_to_date().  *overdue* is how many planned
    activities are, *with_host* where somebody is on a secondment and until when ("with LOTI until
    3 Jul 2026"): only the sentence says them.  *from_now* are minutes a week that the forecast goes
    by in place of the pace.
    """
    required = required_minutes(agreed_minutes, minimum)
    planned = planned_to_date(course, required, as_at, dated_minutes_due)
    done = logged.to_date_minutes
    to_do = None if required is None else max(required - done, 0)
    weekly = pace(course, logged, as_at)
    ahead = weekly if from_now is None else from_now
    weeks_left = weeks_left_of(course, as_at)
    reached_on = day_reached(course, to_do, ahead, as_at)
    known = Figures(
        required_minutes=required,
        minimum=minimum,
        agreed_minutes=agreed_minutes,
        planned_to_date_minutes=planned,
        logged_minutes=done,
        against_plan_minutes=None if planned is None else done - planned,
        pace_minutes=weekly,
        needed_minutes=to_do / weeks_left if to_do is not None and weeks_left else None,
        weeks_left=weeks_left,
        forecast_minutes=(
            None
            if ahead is None or weeks_left is None
            else nearest_minute(done + ahead * weeks_left)
        ),
        reached_on=reached_on,
        weeks_late=_weeks_late(course, reached_on),
        status=HoursStatus.NO_PLAN,
        why="",
    )
    status = _status(course, known, as_at, limits)
    why = _why(course, known, logged, as_at, status, overdue, with_host)
    return replace(known, status=status, why=why)


_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def overdue_in_words(overdue: int) -> str:
    """Return how many planned activities are overdue: "two activities overdue"."""
    count = _COUNTS[overdue - 1] if overdue <= len(_COUNTS) else f"{overdue:,}"
    return f"{count} {'activity' if overdue == 1 else 'activities'} overdue"


def plan_day(course: Course, as_at: date) -> date:
    """Return the day up to which the plan has run: an end and a break without one stop it."""
    stops = [pause.first - timedelta(days=1) for pause in course.breaks if pause.last is None]
    if course.ended_on is not None:
        stops.append(course.ended_on)
    return min([as_at, *stops])


def known_breaks(course: Course) -> Course:
    """Return *course* with only those breaks whose length is known."""
    return replace(course, breaks=tuple(each for each in course.breaks if each.last is not None))


def training_days(course: Course, first: date, last: date) -> int:
    """Return the days from *first* to *last*, both included, that are not on a break."""
    if last < first:
        return 0
    return (last - first).days + 1 - break_days(course, first, last)


def weeks_left_of(course: Course, as_at: date) -> Fraction | None:
    """Return the weeks after *as_at* to the planned end of training, known breaks left out.

    None where an end is not known, or the apprenticeship has ended.
    """
    start, end = course.training_started_on, course.training_planned_end_on
    if start is None or end is None or status_at(course, as_at).is_ended:
        return None
    first = max(as_at + timedelta(days=1), start)
    return Fraction(training_days(known_breaks(course), first, end), 7)


def day_reached(
    course: Course, to_do: int | None, weekly: Fraction | None, as_at: date
) -> date | None:
    """Return the day on which nothing is left to do at *weekly* minutes.

    None if it never comes, or has come.  A break without an end is not heeded.
    """
    if not to_do or not weekly or status_at(course, as_at).is_ended:
        return None
    days = -(-to_do * 7 // weekly)  # rounded up: on that day it is done
    if days > NEVER_DAYS:
        return None
    known = known_breaks(course)
    tomorrow = as_at + timedelta(days=1)
    day = as_at + timedelta(days=days)
    # Each break that the day is moved past may bring another one before it.
    while (later := as_at + timedelta(days=days + break_days(known, tomorrow, day))) != day:
        day = later
    return day


def _weeks_late(course: Course, reached_on: date | None) -> Fraction | None:
    end = course.training_planned_end_on
    if reached_on is None or end is None:
        return None
    return Fraction(max((reached_on - end).days, 0), 7)


def _status(course: Course, known: Figures, as_at: date, limits: StatusLimits) -> HoursStatus:
    """The first of these that holds.

    Complete: all required minutes are logged.  Then as the course stands: ended, not started (or
    no start known), on a break.  No plan: nothing to measure by.  Behind, else slipping: further
    below plan than the limit's share of the required minutes, or, once 8 weeks of training have
    gone, reaching them more than the limit's weeks after the planned end (or never, at that
    pace).  Else on track.
    """
    required = known.required_minutes
    if required is not None and known.logged_minutes >= required:
        return HoursStatus.COMPLETE
    stands = status_at(course, as_at)
    start = course.training_started_on
    if stands.is_ended:
        return HoursStatus.ENDED
    if stands is Status.PLANNED or start is None:
        return HoursStatus.NOT_STARTED
    if stands is Status.ON_A_BREAK:
        return HoursStatus.ON_A_BREAK
    if required is None or known.against_plan_minutes is None:
        return HoursStatus.NO_PLAN
    below = -known.against_plan_minutes
    late: Fraction | None = Fraction(0)
    if training_days(course, start, as_at) >= PACE_DAYS and course.training_planned_end_on:
        late = known.weeks_late
    if below > limits.behind_share * required or late is None or late > limits.behind_weeks:
        return HoursStatus.BEHIND
    if below > limits.slipping_share * required or late > limits.slipping_weeks:
        return HoursStatus.SLIPPING
    return HoursStatus.ON_TRACK


def _why(
    course: Course,
    known: Figures,
    logged: Logged,
    as_at: date,
    status: HoursStatus,
    overdue: int,
    with_host: str,
) -> str:
    """One plain sentence, from the facts, without a full stop."""
    done, required = known.logged_minutes, known.required_minutes
    of = "" if required is None else f" of {sentence(required)}"
    match status:
        case HoursStatus.COMPLETE:
            return f"{sentence(done)} logged{of} required"
        case HoursStatus.ENDED:
            how = status_at(course, as_at).value.capitalize()
            on = "" if course.ended_on is None else f" on {show_day(course.ended_on)}"
            return f"{how}{on} with {sentence(done)}{of} logged"
        case HoursStatus.NOT_STARTED:
            if course.training_started_on is None:
                return "The day on which training starts is not known"
            return f"Training starts on {show_day(course.training_started_on)}"
        case HoursStatus.ON_A_BREAK:
            return _why_on_a_break(course, as_at) + f"; {sentence(done)}{of} logged"
        case HoursStatus.NO_PLAN:
            return _why_no_plan(known)
        case _:
            return _why_on_the_way(course, known, logged, as_at, overdue, with_host)


def _why_on_a_break(course: Course, as_at: date) -> str:
    pause = next(each for each in course.breaks if as_at in each)
    if pause.last is None:
        return f"On a break since {show_day(pause.first)}"
    return f"On a break from {pause.shown()}"


def _why_no_plan(known: Figures) -> str:
    if known.required_minutes is not None:
        return "The planned end of training is not known, so there is nothing to measure by"
    if known.minimum is not None:
        return known.minimum.says
    return "No hours have been agreed in the training plan"


def _why_on_the_way(
    course: Course, known: Figures, logged: Logged, as_at: date, overdue: int, with_host: str
) -> str:
    against, required = known.against_plan_minutes, known.required_minutes
    weekly, end = known.pace_minutes, course.training_planned_end_on
    # Without these there is no plan, or as_at is not a day of training.
    assert against is not None
    assert required is not None
    assert weekly is not None
    where = "below plan" if against < 0 else "above plan"
    parts = [f"{sentence(abs(against))} {where}" if against else "exactly on plan"]
    if logged.last_on is None:
        parts.append("nothing logged yet")
    elif training_days(course, logged.last_on + timedelta(days=1), as_at) >= _QUIET_DAYS:
        parts.append(f"nothing logged since {show_day(logged.last_on)}")
    if with_host:
        parts.append(with_host)
    if overdue:
        parts.append(overdue_in_words(overdue))
    if known.needed_minutes is not None and end is not None:
        average = rate(weekly).removesuffix(" h a week")
        parts.append(
            f"needs {rate(known.needed_minutes)} to {show_day(end)}, has averaged {average}"
        )
    elif end is not None:
        to_do = sentence(required - known.logged_minutes)
        parts.append(f"{to_do} still to do and no time left to {show_day(end)}")
    why = "; ".join(parts)
    return why[0].upper() + why[1:]
