"""What a contract costs: what is due for each apprentice on a day, what is paid, and at what risk.

A price is paid by a profile (domain.funding): a share of it in equal months of training, the rest
at completion.  A month is due on its last day, if the apprentice is in training then.  What lies
in a break moves behind it.  Once somebody has left nothing more is due; once somebody completes,
all the rest is.  All amounts are exact: the months take whole pence, and the last month what is
left over.

What is not known stays unknown: a price, a start or an end that is missing is said, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, add_months
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.money import from_pence, round_pounds, to_pence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import PaymentKind

NOTHING = Decimal("0.00")


class PriceFrom(StrEnum):
    """Where a price comes from."""

    AGREED = "agreed for the apprentice"
    PARTS = "training and assessment, agreed for the apprentice"
    CONTRACT = "the contract's price for the standard"
    NOWHERE = "no price is recorded"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed for one apprenticeship, and the dates that decide when it is due.

    *employer_percent* is the employer's share of what lies within the funding band; None where
    nobody has said.  *original_start_on* chooses the rules where training began elsewhere.
    """

    course: Course
    price: Decimal | None = None
    price_from: PriceFrom = PriceFrom.NOWHERE
    band_maximum: Decimal | None = None
    employer_percent: int | None = None
    original_start_on: date | None = None

    @property
    def above_band(self) -> Decimal | None:
        """What of the price the funding band does not cover, the employer's alone."""
        if self.price is None or self.band_maximum is None:
            return None
        return max(self.price - self.band_maximum, NOTHING)

    @property
    def within_band(self) -> Decimal | None:
        """What of the price the funding band covers."""
        above = self.above_band
        return None if self.price is None or above is None else self.price - above


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of a price and the day on which it is due; None while that is not known.

    *above_band* is the part of it that lies above the funding band.
    """

    kind: PaymentKind
    due_on: date | None
    amount: Decimal
    above_band: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a price is due; *says* is why that is not known, and then there are no steps.

    *never_due* is what of the price will not be due any more.  Together they are the price.
    """

    steps: tuple[Step, ...] = ()
    never_due: Decimal = NOTHING
    months: int = 0
    months_gone: int = 0
    says: str = ""

    def due_by(self, day: date) -> Decimal:
        """What is due up to *day*."""
        return total(step.amount for step in self._until(day))

    def above_band_due_by(self, day: date) -> Decimal:
        """What of it lies above the funding band."""
        return total(step.above_band for step in self._until(day))

    def _until(self, day: date) -> Iterable[Step]:
        return (step for step in self.steps if step.due_on is not None and step.due_on <= day)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum, £0 of nothing."""
    return sum(amounts, NOTHING)


def equal_parts(amount: Decimal, count: int) -> tuple[Decimal, ...]:
    """Return *count* equal parts in whole pence; the last one has what is left over."""
    pence = to_pence(amount)
    each = pence // count
    return (*(from_pence(each),) * (count - 1), from_pence(pence - each * (count - 1)))


# --- when a price is due --------------------------------------------------------------------------


def schedule(agreed: Agreed, rules: FundingRules, on: date) -> Schedule:
    """Return when a price is due, as it is known *on* a day.

    A break that is not over then has not moved the planned end yet: providers plan anew when
    somebody comes back.
    """
    says = _not_known(agreed, rules)
    course, price = agreed.course, agreed.price
    start, end = course.training_started_on, course.training_planned_end_on
    if says or price is None or start is None or end is None:
        return Schedule(says=says)
    profile = rules.profile_for(agreed.original_start_on or start)
    over = [pause for pause in course.breaks if pause.last is not None and pause.last < on]
    planned = list(_month_ends(start, end, over))
    days: list[date | None] = list(_dated_months(start, course.breaks, len(planned)))
    days += [None] * (len(planned) - len(days))
    if not planned:
        days = [end]
    above = agreed.above_band or NOTHING
    months = _months(days, price, above, profile.training_share)
    done = sum(month.due_on is not None and month.due_on <= on for month in months)
    completion = Step(
        PaymentKind.COMPLETION,
        None,
        price - total(month.amount for month in months),
        above - total(month.above_band for month in months),
    )
    if course.ended_on is None:
        return Schedule((*months, completion), NOTHING, len(months), done)
    kept = tuple(each for each in months if each.due_on and each.due_on <= course.ended_on)
    done = min(done, len(kept))
    if course.outcome is Outcome.COMPLETED:
        steps = _balanced(kept, months[len(kept) :], completion, course.ended_on)
        return Schedule(steps, NOTHING, len(months), done)
    if not _qualifies(start, end, course.ended_on, rules):
        kept = ()
    return Schedule(kept, price - total(each.amount for each in kept), len(months), done)


def _not_known(agreed: Agreed, rules: FundingRules) -> str:
    """Why nobody can say when a price is due; "" where one can."""
    course = agreed.course
    if agreed.price is None:
        return "No price is recorded."
    if course.training_started_on is None:
        return "The start of training is not known."
    if course.training_planned_end_on is None:
        return "The planned end of training is not known."
    if course.outcome is not None and course.ended_on is None:
        return f"The day is not known on which it was {course.outcome}."
    try:
        rules.profile_for(agreed.original_start_on or course.training_started_on)
    except Problem as problem:
        return problem.what
    return ""


def _last_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def _month_ends(first: date, last: date | None, breaks: Sequence[Period]) -> Iterable[date]:
    """The last days of months from *first* to *last* that lie in none of the *breaks*."""
    day = _last_of_month(first)
    while last is None or day <= last:
        if not any(day in pause for pause in breaks):
            yield day
        day = _last_of_month(day + timedelta(days=1))


def _dated_months(start: date, breaks: Sequence[Period], count: int) -> Iterable[date]:
    """The last days of *count* months of training; fewer where a break has no end yet."""
    open_from = min((pause.first for pause in breaks if pause.last is None), default=None)
    last = None if open_from is None else open_from - timedelta(days=1)
    return islice(_month_ends(start, last, breaks), count)


def _months(
    days: Sequence[date | None], price: Decimal, above: Decimal, share: Fraction
) -> tuple[Step, ...]:
    """The months; what lies above the band is spread as the rest is, so that each has its part."""
    within_parts = equal_parts(_share_of(price - above, share), len(days))
    above_parts = equal_parts(_share_of(above, share), len(days))
    return tuple(
        Step(PaymentKind.TRAINING, day, within + beyond, beyond)
        for day, within, beyond in zip(days, within_parts, above_parts, strict=True)
    )


def _share_of(amount: Decimal, share: Fraction) -> Decimal:
    return round_pounds(amount * share.numerator / share.denominator)


def _balanced(
    kept: tuple[Step, ...], rest: tuple[Step, ...], completion: Step, ended_on: date
) -> tuple[Step, ...]:
    """At completion the months that were left are due at once, and the rest of the price."""
    steps = [*kept]
    if rest:
        steps.append(
            Step(
                PaymentKind.TRAINING,
                ended_on,
                total(each.amount for each in rest),
                total(each.above_band for each in rest),
            )
        )
    return (*steps, replace(completion, due_on=ended_on))


def _qualifies(start: date, planned_end: date, ended_on: date, rules: FundingRules) -> bool:
    """Whether somebody who left stayed long enough for the provider to have earned anything."""
    rule = rules.programme.qualifying_days((planned_end - start).days + 1)
    return rule is None or (ended_on - start).days + 1 >= rule.days


# --- one apprentice and one contract on a day ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spending:
    """What one apprenticeship costs and has cost under one contract, on a day.

    *is_behind* says that the off-the-job hours are behind; what the provider was paid may then
    have to be given back.
    """

    id: UUID
    agreed: Agreed
    schedule: Schedule
    on: date
    paid: Decimal
    is_behind: bool = False

    @property
    def due(self) -> Decimal | None:
        """What was due up to the day; None where that is not known."""
        return None if self.schedule.says else self.schedule.due_by(self.on)

    @property
    def employer_share(self) -> Decimal | None:
        """What of the price within the band is the employer's; None where nobody has said."""
        within, percent = self.agreed.within_band, self.agreed.employer_percent
        return None if within is None or percent is None else _percent_of(within, percent)

    @property
    def difference(self) -> Decimal | None:
        """What is still to be paid of what is due; below £0 where more was paid."""
        return None if self.due is None else self.due - self.paid

    @property
    def paid_ahead(self) -> Decimal:
        """What was paid that was not due, or not due any more."""
        return max(-(self.difference or NOTHING), NOTHING)

    @property
    def at_risk(self) -> Decimal:
        """What was paid and may be lost: all of it while hours are behind, else what was not due.

        Funding may be recovered where the hours are not reached (2026/27 rules, 82.4, read at
        second hand).
        """
        return self.paid if self.is_behind else self.paid_ahead


def _percent_of(amount: Decimal, percent: int) -> Decimal:
    return round_pounds(amount * percent / 100)


@dataclass(frozen=True, slots=True)
class ContractMoney:
    """A contract on a day, added up from its apprentices and from what was paid for none of them.

    *paid_otherwise* is what was paid under it for nobody in particular or for somebody who is on
    another contract now.
    """

    people: tuple[Spending, ...]
    paid_otherwise: Decimal = NOTHING
    value_limit: Decimal | None = None

    @property
    def agreed(self) -> Decimal:
        """The prices that are known, together."""
        return total(each.agreed.price or NOTHING for each in self.people)

    @property
    def above_band(self) -> Decimal:
        """What of them lies above the funding bands that are known."""
        return total(each.agreed.above_band or NOTHING for each in self.people)

    @property
    def within_band(self) -> Decimal:
        """What of them lies within the funding bands that are known."""
        return total(each.agreed.within_band or NOTHING for each in self.people)

    @property
    def band_unknown(self) -> Decimal:
        """The prices of those whose funding band is not known."""
        return self.agreed - self.within_band - self.above_band

    @property
    def employer_share(self) -> Decimal:
        """The employer's share within the bands, of those where somebody has said it."""
        return total(each.employer_share or NOTHING for each in self.people)

    @property
    def unpriced(self) -> int:
        """For how many no price is known."""
        return sum(each.agreed.price is None for each in self.people)

    @property
    def unshared(self) -> int:
        """For how many nobody has said what the employer's share is."""
        return sum(each.agreed.employer_percent is None for each in self.people)

    @property
    def undue(self) -> int:
        """For how many it is not known what is due."""
        return sum(each.due is None for each in self.people)

    @property
    def due(self) -> Decimal:
        """What is due for those of whom it is known."""
        return total(each.due or NOTHING for each in self.people)

    @property
    def paid(self) -> Decimal:
        """All that was paid."""
        return total(each.paid for each in self.people) + self.paid_otherwise

    @property
    def difference(self) -> Decimal:
        """What is still to be paid of what is due; below £0 where more was paid.

        What was paid for somebody of whom it is not known what is due pays nobody else's share.
        """
        known = total(each.difference or NOTHING for each in self.people)
        return known - self.paid_otherwise

    @property
    def at_risk(self) -> Decimal:
        """What was paid and may be lost."""
        return total(each.at_risk for each in self.people)

    @property
    def to_come(self) -> tuple[tuple[date, Decimal], ...]:
        """What falls due on each day that is known and still to come, the next first."""
        days: dict[date, Decimal] = {}
        for one in self.people:
            for step in one.schedule.steps:
                if step.due_on is not None and step.due_on > one.on:
                    days[step.due_on] = days.get(step.due_on, NOTHING) + step.amount
        return tuple(sorted(days.items()))

    @property
    def months(self) -> int:
        """Months of training that are planned."""
        return sum(each.schedule.months for each in self.people)

    @property
    def months_gone(self) -> int:
        """Months of training that are over."""
        return sum(each.schedule.months_gone for each in self.people)

    @property
    def committed(self) -> Decimal:
        """What is due or will be, when everybody who is still there completes."""
        return self.agreed - total(each.schedule.never_due for each in self.people)
