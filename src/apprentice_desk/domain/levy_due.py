"""What a levy account has to pay of what is agreed for apprentices, month by month.

Of each amount of a schedule (domain.contract_money) it pays what lies within the funding band, less
the employer's share.  What cannot be worked out is counted and left out, never guessed; what is
taken for granted (a share that nobody has said, a band that nobody knows) is counted, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import status_at
from apprentice_desk.domain.contract_money import NOTHING, Step, total
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.levy import month_of
from apprentice_desk.domain.money import round_pounds
from apprentice_desk.domain.vocabulary import PaymentKind

ALL = 100
"""The employer's share, in per cent, where the account pays nothing."""


@dataclass(frozen=True, slots=True)
class LevyDue:
    """What falls due after a day, by the first day of its month.

    *undated* will be due on days that nobody knows.  *at_completion* is what of all that comes with
    completion, taken to be on the planned end.  The counts are of apprenticeships that go on:
    *unpriced*, and *undue* whose price is due on days that nobody can say, are not in here;
    *unshared* and *unbanded* are, as if the account paid all of the price.
    """

    by_month: Mapping[date, Decimal]
    undated: Decimal = NOTHING
    at_completion: Decimal = NOTHING
    unpriced: int = 0
    undue: int = 0
    unshared: int = 0
    unbanded: int = 0

    @property
    def dated(self) -> Decimal:
        """All that has a day."""
        return total(self.by_month.values())


@dataclass(frozen=True, slots=True)
class _Part:
    """What the account pays of one amount, and when; None where nobody knows."""

    due_on: date | None
    amount: Decimal
    is_completion: bool


def levy_due(people: Iterable[Spending]) -> LevyDue:
    """Return what is due of *people* after the day on which they are looked at.

    What is paid ahead by then is not due again.
    """
    months: dict[date, Decimal] = {}
    undated = at_completion = NOTHING
    unpriced = undue = unshared = unbanded = 0
    for one in people:
        if one.agreed.employer_percent == ALL:
            continue
        if one.schedule.says:
            if goes_on(one):
                unpriced += one.price is None
                undue += one.price is not None
            continue
        parts = list(_parts(one))
        for part in parts:
            if part.due_on is None:
                undated += part.amount
            else:
                month = month_of(part.due_on)
                months[month] = months.get(month, NOTHING) + part.amount
            if part.is_completion:
                at_completion += part.amount
        if parts:
            unshared += one.agreed.employer_percent is None
            unbanded += bool(one.band_unknown)
    return LevyDue(
        dict(sorted(months.items())), undated, at_completion, unpriced, undue, unshared, unbanded
    )


def goes_on(one: Spending) -> bool:
    """Return whether an apprenticeship goes on under the contract after the day."""
    if status_at(one.agreed.course, one.on).is_ended:
        return False
    until = one.agreed.here_until
    return not one.agreed.has_left or (until is not None and until > one.on)


def _parts(one: Spending) -> Iterator[_Part]:
    """What the account still pays of one schedule.

    The shares add up to the penny, however many months there are: each is the difference of two
    rounded sums.
    """
    percent = one.agreed.employer_percent or 0
    ahead = one.paid_ahead
    within = before = NOTHING
    for step in one.schedule.steps:
        within += step.amount - step.above_band
        so_far = within - round_pounds(within * percent / ALL)
        amount, before = so_far - before, so_far
        if step.due_on is not None and step.due_on <= one.on:
            continue
        covered = min(ahead, step.amount)
        ahead -= covered
        if covered:
            amount -= round_pounds(amount * covered / step.amount)
        if amount:
            is_completion = step.kind is PaymentKind.COMPLETION
            yield _Part(_day_of(step, one), amount, is_completion)


def _day_of(step: Step, one: Spending) -> date | None:
    """When an amount is due: completion comes with the planned end, unless that is over."""
    if step.due_on is not None or step.kind is not PaymentKind.COMPLETION:
        return step.due_on
    course = one.agreed.course
    planned = course.apprenticeship_planned_end_on or course.training_planned_end_on
    return planned if planned is not None and planned > one.on else None
