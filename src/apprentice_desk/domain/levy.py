"""The runway of a levy account: what comes in, what is promised, what lapses, and by when.

Money that came in first is spent first; what is left of a month's income lapses at the end of the
last month for which it lasts.  How long that is, is a dated rule by the month in which it came in;
that month counts as the first, which is the cautious reading: an account may show a later day.

A balance is told by one sum, not by its age.  As the oldest money goes first, what is left came in
last; what no income that is known accounts for is of unknown age, and never lapses here: that is
said, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.contract_money import NOTHING, total
from apprentice_desk.domain.dated import in_force

MONTHS_AHEAD = 24
"""So many months are told: as long as money of before August 2026 lasts, where it does."""


@dataclass(frozen=True, slots=True)
class ExpiryRule:
    """How many months money lasts that comes in from a day on.

    *note* says in a sentence what is taken for granted of it.
    """

    valid_from: date
    months: int
    note: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class IncomeDayRule:
    """On which day of a month its money comes in, from a day on."""

    valid_from: date
    day: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class LevyRules:
    """The dated rules of a levy account, the oldest of each kind first."""

    expiry: tuple[ExpiryRule, ...]
    income_days: tuple[IncomeDayRule, ...]

    @property
    def first_month(self) -> date:
        """The first month whose money anything is known of."""
        return max(self.expiry[0].valid_from, self.income_days[0].valid_from)

    @property
    def is_verified(self) -> bool:
        """Whether all of them were read where they stand."""
        return all(each.is_verified for each in self.expiry) and all(
            each.is_verified for each in self.income_days
        )

    def last_day(self, month: date) -> date:
        """Return until when money of *month* lasts; raises Problem where no rule is known."""
        rule = in_force(self.expiry, month, "How long levy money lasts")
        return add_months(month, rule.months) - timedelta(days=1)

    def has_come_in(self, on: date) -> bool:
        """Return whether the money of its month is in the account on a day; Problem as above."""
        return on.day >= in_force(self.income_days, on, "When levy money comes in").day


@dataclass(frozen=True, slots=True)
class Income:
    """What comes in each month, from the month of *from_month* on until another is known."""

    from_month: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Lot:
    """Money that came in together; without *month* and *last_on* where nobody knows when."""

    month: date | None
    last_on: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RunwayMonth:
    """One month of an account; the first one begins on the day of the balance."""

    month: date
    opening: Decimal
    income: Decimal
    due: Decimal
    paid: Decimal
    lapsed: Decimal
    closing: Decimal

    @property
    def short(self) -> Decimal:
        """What is due and not in the account: of that, the employer is asked for a share."""
        return self.due - self.paid


@dataclass(frozen=True, slots=True)
class SpendBy:
    """What lapses after a day unless more is spent by then than is promised.

    *takes* is how much more that is: the oldest money goes first, also where newer money lapses
    before it.  *came_in* are the months of which it is, the oldest first.
    """

    last_on: date
    amount: Decimal
    takes: Decimal
    came_in: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Runway:
    """What becomes of an account month by month.

    *held* is what its balance is made of, the oldest first.
    """

    held: tuple[Lot, ...]
    months: tuple[RunwayMonth, ...]
    spend_by: tuple[SpendBy, ...]

    @property
    def unknown(self) -> Decimal:
        """What of the balance is of unknown age: it may lapse sooner than anything named."""
        return total(lot.amount for lot in self.held if lot.month is None)

    @property
    def lapsing(self) -> Decimal:
        """All that lapses in these months."""
        return total(each.amount for each in self.spend_by)

    @property
    def first_short(self) -> RunwayMonth | None:
        """The first month in which the account cannot pay what is due; None where it can."""
        return next((each for each in self.months if each.short), None)

    def from_before(self, day: date) -> Decimal:
        """Return what of the balance is known to have come in before *day*."""
        return total(lot.amount for lot in self.held if lot.month is not None and lot.month < day)


def month_of(day: date) -> date:
    """Return the first day of the month of *day*."""
    return day.replace(day=1)


def income_in(month: date, incomes: Iterable[Income]) -> Decimal | None:
    """Return what comes in in a month; None before the first that is known."""
    begun = [each for each in incomes if each.from_month <= month]
    return max(begun, key=lambda each: each.from_month).amount if begun else None


def lots(
    balance: Decimal, on: date, incomes: Sequence[Income], rules: LevyRules
) -> tuple[Lot, ...]:
    """Return of which months a balance is, the oldest first.

    Money that has lapsed by *on* is not taken for it, but older money that lasts longer is.
    Raises Problem where no rule is known.
    """
    found: list[Lot] = []
    left = balance
    month = month_of(on) if rules.has_come_in(on) else add_months(month_of(on), -1)
    while left and (amount := income_in(month, incomes)) is not None:
        last_on = rules.last_day(month)
        taken = min(left, amount)
        if last_on >= on and taken:
            found.append(Lot(month, last_on, taken))
            left -= taken
        month = add_months(month, -1)
    if left:
        found.append(Lot(None, None, left))
    return tuple(reversed(found))


def runway(
    balance: Decimal,
    on: date,
    incomes: Sequence[Income],
    due: Mapping[date, Decimal],
    rules: LevyRules,
    months: int = MONTHS_AHEAD,
) -> Runway:
    """Return *months* months as they come by what is promised now: first what is left of *on*'s.

    *due* is what the account has to pay in each month, by its first day; of the month of *on*
    what is due after it.  Raises Problem where no rule is known.
    """
    begun = lots(balance, on, incomes, rules)
    held = list(begun)
    told: list[RunwayMonth] = []
    lapsing: list[SpendBy] = []
    for number in range(months):
        month = add_months(month_of(on), number)
        opening = _sum(held)
        is_in = number == 0 and rules.has_come_in(on)
        income = NOTHING if is_in else income_in(month, incomes) or NOTHING
        if income:
            held.append(Lot(month, rules.last_day(month), income))
        wanted = due.get(month, NOTHING)
        paid = min(wanted, _sum(held))
        held = _spent(held, paid)
        before_next = add_months(month, 1)
        gone = [lot for lot in held if lot.last_on is not None and lot.last_on < before_next]
        if gone:
            lapsing.append(_spend_by(before_next - timedelta(days=1), gone, held))
        held = [lot for lot in held if lot not in gone]
        told.append(RunwayMonth(month, opening, income, wanted, paid, _sum(gone), _sum(held)))
    return Runway(begun, tuple(told), tuple(lapsing))


def _sum(held: Iterable[Lot]) -> Decimal:
    return total(lot.amount for lot in held)


def _spent(held: Iterable[Lot], paid: Decimal) -> list[Lot]:
    """Return what is left after *paid*, the oldest money spent first."""
    left = []
    for lot in held:
        taken = min(lot.amount, paid)
        paid -= taken
        if lot.amount > taken:
            left.append(replace(lot, amount=lot.amount - taken))
    return left


def _spend_by(last_on: date, gone: Sequence[Lot], held: Sequence[Lot]) -> SpendBy:
    """Return what lapses of *held* on a day; all that is older has to be spent before it."""
    takes = _sum(held[: held.index(gone[-1]) + 1])
    return SpendBy(
        last_on, _sum(gone), takes, tuple(lot.month for lot in gone if lot.month is not None)
    )
