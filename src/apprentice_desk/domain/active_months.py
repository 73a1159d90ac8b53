"""The calendar months of one apprenticeship: which held training that counts, which did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.apprenticeship import Course, break_days
from apprentice_desk.domain.calendar import MONTHS, add_months
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.placement_days import HostStay, host_days_between


class MonthState(StrEnum):
    """Where a month lies in an apprenticeship."""

    IN_TRAINING = "in training"
    ON_A_BREAK = "on a break"
    NOT_YET = "not yet"
    OUTSIDE = "outside training"


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month from *first* to *last*: what counts in it, and the days in training.

    *training_days* are those between start and end that are on no break, whether they have come
    yet or not.  *is_over* is true once the day that was asked for is its last or later.
    """

    first: date
    last: date
    minutes: int
    training_days: int
    state: MonthState
    is_over: bool
    where: str = ""
    """With which host at least half of its days of training were spent; "" at home."""

    @property
    def name(self) -> str:
        """The month as it is read: "October 2026"."""
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


def active_months(
    course: Course,
    by_day: Iterable[tuple[date, int]],
    as_at: date,
    stays: Sequence[HostStay] = (),
) -> tuple[Month, ...]:
    """Return the months of *course* as they stood on *as_at*, oldest first.

    *by_day* are counting minutes by day; those after *as_at* are left out.  The months run from
    the start of training to where it ended, or else to its planned end or *as_at*, whichever is
    later.  A month outside them is there only if something was logged in it.  A month is on a
    break when a break takes all its days of training.  *stays* are days with hosts.
    """
    minutes: dict[date, int] = {}
    for day, each in by_day:
        if day <= as_at:
            minutes[day.replace(day=1)] = minutes.get(day.replace(day=1), 0) + each
    start, last = course.training_started_on, _last_day(course, as_at)
    inside = set(_months(start, last)) if start is not None else set()
    months = []
    for first in sorted(inside | set(minutes)):
        end = _month_end(first)
        days, training = 0, 0
        if start is not None and first in inside:
            begins, ends = max(first, start), min(end, last)
            if begins <= ends:  # a planned end before the start leaves no day
                days = (ends - begins).days + 1
                training = days - break_days(course, begins, ends)
        if not days:
            state = MonthState.OUTSIDE
        elif first > as_at:
            state = MonthState.NOT_YET
        else:
            state = MonthState.IN_TRAINING if training else MonthState.ON_A_BREAK
        where = _where(stays, first, end, training)
        months.append(
            Month(first, end, minutes.get(first, 0), training, state, end <= as_at, where)
        )
    return tuple(months)


def _where(stays: Sequence[HostStay], first: date, last: date, training_days: int) -> str:
    there = [stay for stay in stays if host_days_between([stay], first, last)]
    if not there or 2 * host_days_between(there, first, last) < training_days:
        return ""
    return listed(list(dict.fromkeys(stay.where for stay in there)))


def _last_day(course: Course, as_at: date) -> date:
    """The last day of training as far as it is known on *as_at*."""
    ends = [course.ended_on] if course.ended_on is not None else []
    if course.assessment_began_on is not None:
        ends.append(course.assessment_began_on - timedelta(days=1))
    if ends:
        return min(ends)
    planned = course.training_planned_end_on
    if planned is None:
        return as_at
    # What has ended on a day that is not known did not run on for ever.
    return max(planned, as_at) if course.outcome is None else min(planned, as_at)


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from that of *first* to that of *last*."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def _month_end(first: date) -> date:
    return add_months(first, 1) - timedelta(days=1)
