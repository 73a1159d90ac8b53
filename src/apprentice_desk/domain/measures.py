"""What a provider is measured by, computed from what the desk itself holds.

Each measure is a share over some days, such as a quarter, of the apprenticeships of a contract or
of a provider.  What is not known is left out and counted as left out; a share of nothing is None.
Nothing here rates a provider: a figure stands beside the one that was agreed, in words.

- Progress reviews held on time: of the reviews that fell due.  A review is due on the day that it
  was planned for; without one, an interval after the last review, days on a break left out.  Each
  interval that goes by without a review is one that was not held, though a later one is planned.
- First review by week 12: of those whose twelfth week of training ended.  The first day of training
  is the first of week 1.
- Off-the-job hours to plan: minutes logged that count, of those planned.
- Kept to completion: of those that ended, the completed.
- Withdrawals: of those on programme at any time of the days, those withdrawn in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain import money
from apprentice_desk.domain.apprenticeship import Course, Outcome, Status, status_at
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.off_the_job import planned_between, planned_to_date
from apprentice_desk.domain.team_hours import DayMinutes
from apprentice_desk.domain.vocabulary import Measure

FIRST_REVIEW_DAYS = 12 * 7 - 1
"""From the first day of training to the last of week 12: the name of the measure says so."""

AT_MOST = frozenset({Measure.WITHDRAWALS})
"""Measures whose agreed value is the most that it may be; of the others it is the least."""


class MeasureStatus(StrEnum):
    """How a measure stands beside what was agreed."""

    ON_TRACK = "on track"
    SLIPPING = "slipping"
    BEHIND = "behind"
    NOTHING_DUE = "nothing to measure yet"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """From how many points short of what was agreed a measure is behind; from a day on."""

    valid_from: date
    behind_points: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """A review: the day it was planned for and the day it was held, as far as they are known."""

    due_on: date | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """One apprenticeship, as far as one provider trains it under one contract.

    *logged* are minutes that count, each with its day or the first of its month; *planned* those
    of dated activities, None where the plan has none.  *from_on* is the first day where another
    provider or contract came before, *to_on* the last day where another came after.
    """

    course: Course
    reviews: tuple[ReviewDays, ...] = ()
    required_minutes: int | None = None
    logged: tuple[DayMinutes, ...] = ()
    planned: tuple[DayMinutes, ...] | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a share is of, *first* (None: from the beginning) to *last*, as seen on a day.

    What is due on *as_at* itself may still be done.
    """

    first: date | None
    last: date
    as_at: date

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.last


@dataclass(frozen=True, slots=True)
class Value:
    """One measure over some days: *count* of *of*, and how many apprenticeships are left out.

    *below* are those with fewer hours than planned, which the hours of others may hide.
    """

    measure: Measure
    count: int
    of: int
    left_out: int = 0
    below: int = 0

    @property
    def share(self) -> Fraction | None:
        """The exact share; None of nothing."""
        return Fraction(self.count, self.of) if self.of else None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded so that it never shows better than it is.

        So what is shown meets what was agreed exactly when the share does.
        """
        share = self.share
        if share is None:
            return None
        hundredths = share * 100
        return -(-hundredths // 1) if self.measure in AT_MOST else hundredths // 1

    @property
    def says(self) -> str:
        """What the share is made of, in words, without a full stop."""
        what = _SAYS[self.measure](self) if self.of else _NOTHING[self.measure]
        if not self.left_out:
            return what
        return f"{what}; {counted(self.left_out, 'apprentice')} left out, since not recorded"


def _of(one: str, many: str) -> Callable[[Value], str]:
    return lambda value: f"{value.count:,} of {value.of:,} {one if value.of == 1 else many}"


_SAYS: Mapping[Measure, Callable[[Value], str]] = {
    Measure.REVIEWS_ON_TIME: _of(
        "review that fell due was held on time", "reviews that fell due were held on time"
    ),
    Measure.FIRST_REVIEW: _of(
        "apprentice had a first review by week 12", "apprentices had a first review by week 12"
    ),
    Measure.HOURS_TO_PLAN: lambda value: (
        f"{sentence(value.count)} logged of {sentence(value.of)} planned"
        + (f", {counted(value.below, 'apprentice')} below plan" if value.below else "")
    ),
    Measure.KEPT_TO_COMPLETION: _of(
        "apprenticeship that ended was completed", "apprenticeships that ended were completed"
    ),
    Measure.WITHDRAWALS: _of(
        "apprentice on programme withdrew", "apprentices on programme withdrew"
    ),
}

_NOTHING: Mapping[Measure, str] = {
    Measure.REVIEWS_ON_TIME: "No review fell due",
    Measure.FIRST_REVIEW: "Nobody's twelfth week ended",
    Measure.HOURS_TO_PLAN: "No hours were planned",
    Measure.KEPT_TO_COMPLETION: "No apprenticeship ended",
    Measure.WITHDRAWALS: "Nobody was on programme",
}


def quarter_span(quarter: Quarter, as_at: date) -> Span:
    """Return the days of *quarter*, up to *as_at* where it is not over."""
    return Span(quarter.first, min(quarter.last, as_at), as_at)


def all_time(as_at: date) -> Span:
    """Return all days up to *as_at*."""
    return Span(None, as_at, as_at)


def quarters_to(as_at: date, count: int) -> tuple[Quarter, ...]:
    """Return the last *count* quarters, the one of *as_at* first and the oldest at the end."""
    quarters = [Quarter.containing(as_at)]
    while len(quarters) < count:
        quarters.append(quarters[-1].previous())
    return tuple(quarters)


def measured(trained: Iterable[Trained], span: Span, interval_days: int) -> dict[Measure, Value]:
    """Return every measure of *trained* over *span*.

    *interval_days* is the longest time between two reviews.
    """
    values = {measure: Value(measure, 0, 0) for measure in Measure}
    for each in trained:
        for found in (
            _reviews(each, span, interval_days),
            _first_review(each, span),
            _hours(each, span),
            _kept(each, span),
            _withdrawn(each, span),
        ):
            if found is not None:
                values[found.measure] = _added(values[found.measure], found)
    return values


def _added(one: Value, other: Value) -> Value:
    return replace(
        one,
        count=one.count + other.count,
        of=one.of + other.of,
        left_out=one.left_out + other.left_out,
        below=one.below + other.below,
    )


def _left_out(measure: Measure) -> Value:
    return Value(measure, 0, 0, 1)


# --- reviews --------------------------------------------------------------------------------------


def _reviews(each: Trained, span: Span, interval_days: int) -> Value | None:
    fell_due = [
        (due, held)
        for due, held in _due_days(each, span.as_at, interval_days)
        if _is_due(each, due, span) and (held is not None or due < span.as_at)
    ]
    if not each.reviews:
        return _left_out(Measure.REVIEWS_ON_TIME) if fell_due else None
    on_time = sum(held is not None and held <= due for due, held in fell_due)
    return Value(Measure.REVIEWS_ON_TIME, on_time, len(fell_due))


def _is_due(each: Trained, due: date, span: Span) -> bool:
    """Whether a day on which something was due counts: nothing falls due but in training."""
    is_here = (each.from_on is None or each.from_on <= due) and (
        each.to_on is None or due <= each.to_on
    )
    return due in span and is_here and status_at(each.course, due) is Status.LIVE


def _due_days(each: Trained, as_at: date, interval_days: int) -> Iterator[tuple[date, date | None]]:
    """Yield each day on which a review was due up to *as_at*, and the day on which it was held."""

    def gone_by(since: date | None, before: date) -> Iterator[date]:
        due = review_due_by(each.course, since, interval_days)
        while due is not None and due < before:
            yield due
            due = review_due_by(each.course, due, interval_days)

    last: date | None = None
    for held_on, planned_on in sorted(_held(each, as_at), key=lambda days: days[0]):
        if planned_on is None:
            due_days = list(gone_by(last, held_on))
            if not due_days and (due := review_due_by(each.course, last, interval_days)):
                due_days = [due]
        else:
            for due in gone_by(last, min(planned_on, held_on)):
                yield due, None
            since = planned_on if last is None else max(planned_on, last)
            due_days = [planned_on, *gone_by(since, held_on)]
        # What was held answers the last of them.
        for due in due_days[:-1]:
            yield due, None
        for due in due_days[-1:]:
            yield due, held_on
        last = held_on
    for planned_on in _planned_days(each, as_at):
        for due in gone_by(last, min(planned_on, as_at)):
            yield due, None
        yield planned_on, None
        last = planned_on if last is None else max(planned_on, last)
    for due in gone_by(last, as_at):
        yield due, None


def _planned_days(each: Trained, as_at: date) -> list[date]:
    """Return the days for which reviews were planned that were not held up to *as_at*."""
    return sorted(
        review.due_on
        for review in each.reviews
        if review.due_on is not None and (review.held_on is None or review.held_on > as_at)
    )


def _held(each: Trained, as_at: date) -> list[tuple[date, date | None]]:
    return [
        (review.held_on, review.due_on)
        for review in each.reviews
        if review.held_on is not None and review.held_on <= as_at
    ]


def _first_review(each: Trained, span: Span) -> Value | None:
    due = review_due_by(each.course, None, FIRST_REVIEW_DAYS)
    if due is None or not _is_due(each, due, span):
        return None
    if not each.reviews:
        return _left_out(Measure.FIRST_REVIEW)
    first = min((held_on for held_on, _ in _held(each, span.as_at)), default=None)
    if first is None and due == span.as_at:
        return None
    return Value(Measure.FIRST_REVIEW, int(first is not None and first <= due), 1)


# --- hours ----------------------------------------------------------------------------------------


def _hours(each: Trained, span: Span) -> Value | None:
    days = _days_here(each, span)
    if days is None:
        return None
    first, last = days
    planned = _planned(each, first, last)
    if planned is None:
        return _left_out(Measure.HOURS_TO_PLAN)
    logged = sum(
        minutes for day, minutes in each.logged if day <= last and (first is None or first <= day)
    )
    return Value(Measure.HOURS_TO_PLAN, logged, planned, below=int(logged < planned))


def _days_here(each: Trained, span: Span) -> tuple[date | None, date] | None:
    """Return the days of *span* on programme with the provider, None if there are none.

    The first is None where everything from the beginning belongs to it.
    """
    start = each.course.training_started_on
    if start is None:
        return None
    first = max((day for day in (span.first, each.from_on) if day is not None), default=None)
    last = min(
        day for day in (span.last, each.to_on, each.course.ended_on) if day is not None
    )  # fmt: skip
    return None if last < start or (first is not None and last < first) else (first, last)


def _planned(each: Trained, first: date | None, last: date) -> int | None:
    dated_by = _due_by(each, last, including=True)
    if first is None:
        return planned_to_date(each.course, each.required_minutes, last, dated_by)
    dated_before = _due_by(each, first, including=False)
    return planned_between(
        each.course, each.required_minutes, first, last, dated_before, dated_by
    )  # fmt: skip


def _due_by(each: Trained, day: date, *, including: bool) -> int | None:
    if each.planned is None:
        return None
    return sum(
        minutes for due_on, minutes in each.planned if due_on < day or (including and due_on == day)
    )


# --- ends -----------------------------------------------------------------------------------------


def _kept(each: Trained, span: Span) -> Value | None:
    measure, course = Measure.KEPT_TO_COMPLETION, each.course
    if each.to_on is not None or not _has_begun(course):
        return None
    if course.ended_on is None:
        if course.outcome is None:
            return None
        if span.first is not None:
            return _left_out(measure)
    elif course.ended_on not in span:
        return None
    return Value(measure, int(course.outcome is Outcome.COMPLETED), 1)


def _withdrawn(each: Trained, span: Span) -> Value | None:
    measure, course = Measure.WITHDRAWALS, each.course
    if _days_here(each, span) is None:
        return None
    if course.ended_on is None and course.outcome is not None and span.first is not None:
        return _left_out(measure)
    is_withdrawn = each.to_on is None and status_at(course, span.last) is Status.WITHDRAWN
    return Value(measure, int(is_withdrawn), 1)


def _has_begun(course: Course) -> bool:
    """Whether training ever began: who withdrew without a start never did."""
    return course.training_started_on is not None or course.outcome is Outcome.COMPLETED


# --- beside what was agreed -----------------------------------------------------------------------


def judged(value: Value, agreed_percent: int, rules: MeasureRules) -> MeasureStatus:
    """Return how *value* stands beside what was agreed."""
    short = short_by(value, agreed_percent)
    if short is None:
        return MeasureStatus.NOT_KNOWN if value.left_out else MeasureStatus.NOTHING_DUE
    if short <= 0:
        return MeasureStatus.ON_TRACK
    return MeasureStatus.BEHIND if short >= rules.behind_points else MeasureStatus.SLIPPING


def short_by(value: Value, agreed_percent: int) -> Fraction | None:
    """Return by how many points *value* misses what was agreed; None where it has no share.

    It is nothing or less where what was agreed is reached.
    """
    if value.share is None:
        return None
    short = agreed_percent - value.share * 100
    return -short if value.measure in AT_MOST else short


def price_per_hour(priced: Sequence[tuple[Decimal | None, int | None]]) -> Decimal | None:
    """Return what an hour of required training costs: (agreed price, required minutes) of each.

    Where either is not known the apprenticeship is left out; None if nothing is known of any.
    """
    known = [(price, minutes) for price, minutes in priced if price is not None and minutes]
    if not known:
        return None
    pence = sum(money.to_pence(price) for price, _ in known)
    minutes = sum(minutes for _, minutes in known)
    return money.from_pence(int(Fraction(pence * 60, minutes) + Fraction(1, 2)))
