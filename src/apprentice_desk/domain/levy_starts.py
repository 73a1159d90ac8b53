"""What if more people start: what that would take from the levy account, and what then lapses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.contract_money import NOTHING, Agreed, PriceFrom, schedule
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.levy import month_of
from apprentice_desk.domain.levy_due import levy_due

MOST_STARTS = 999
MOST_MONTHS = 60
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Starts:
    """So many who start each month, for so many months, and what one of them costs.

    *price* is what the account pays of one: what lies within the funding band.
    """

    each_month: int | None = None
    price: Decimal | None = None
    training_months: int | None = None
    from_month: date | None = None
    for_months: int | None = None


@dataclass(frozen=True, slots=True)
class StartsDue:
    """What they would take in each month, by its first day.

    *unknown* is how many would start at a time of which no rule says when a price is due.
    """

    by_month: Mapping[date, Decimal]
    unknown: int = 0


def check(assumed: Starts, today: date) -> list[Finding]:
    """Return why *assumed* cannot be, each finding with the field that it is about."""
    findings = []

    def wrong(code: str, field: str, message: str) -> None:
        findings.append(Finding(Level.ROW, code, message, place=Place(field=field)))

    for code, field, most in (
        ("LW001", "each_month", MOST_STARTS),
        ("LW002", "training_months", MOST_MONTHS),
        ("LW003", "for_months", MOST_MONTHS),
    ):
        count = getattr(assumed, field)
        if count is None or not 1 <= count <= most:
            wrong(code, field, f"Enter a number from 1 to {most}.")
    if assumed.price is None or assumed.price <= 0:
        wrong("LW004", "price", "Enter what one of them costs, more than £0.")
    if assumed.from_month is None or month_of(assumed.from_month) <= month_of(today):
        wrong("LW005", "from_month", "Enter a month that is still to come.")
    return findings


def starts_due(assumed: Starts, funding: FundingRules, on: date) -> StartsDue:
    """Return what *assumed*, which has passed the check, would take after *on*."""
    assert assumed.each_month is not None
    assert assumed.price is not None
    assert assumed.training_months is not None
    assert assumed.from_month is not None
    assert assumed.for_months is not None
    months: dict[date, Decimal] = {}
    unknown = 0
    for number in range(assumed.for_months):
        start = add_months(month_of(assumed.from_month), number)
        course = Course(
            training_started_on=start,
            training_planned_end_on=add_months(start, assumed.training_months) - timedelta(days=1),
        )
        agreed = Agreed(course, assumed.price, PriceFrom.AGREED, assumed.price, 0)
        due = levy_due([Spending(_NOBODY, agreed, schedule(agreed, funding, on), on, NOTHING)])
        unknown += assumed.each_month * due.undue
        for month, amount in due.by_month.items():
            months[month] = months.get(month, NOTHING) + amount * assumed.each_month
    return StartsDue(months, unknown)


def together(one: Mapping[date, Decimal], other: Mapping[date, Decimal]) -> dict[date, Decimal]:
    """Return the sums of both, month by month."""
    return {
        month: one.get(month, NOTHING) + other.get(month, NOTHING)
        for month in sorted({*one, *other})
    }
