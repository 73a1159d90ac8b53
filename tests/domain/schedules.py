"""What tests of money of contracts share: an apprentice, the rules, how a schedule is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.contract_money import Agreed, PriceFrom, Schedule, Stay, schedule
from apprentice_desk.domain.contract_sums import Spending

RULES = resources.funding_rules()

COURSE = Course(
    training_started_on=date(2025, 9, 1),
    training_planned_end_on=date(2027, 2, 28),
)
"""Eighteen months."""

ADA = Agreed(COURSE, Decimal("17200.00"), PriceFrom.AGREED, Decimal("18000.00"), 0)
LATE = date(2030, 1, 1)


def when(agreed: Agreed = ADA, on: date = date(2026, 11, 23), **course: object) -> Schedule:
    changed = replace(agreed, course=replace(agreed.course, **course)) if course else agreed
    return schedule(changed, RULES, on)


CHANGED_ON = date(2026, 3, 1)


def changed(
    before: str | None, after: str | None, *, is_rest: bool = False, is_left: bool = True
) -> Agreed:
    """Ada with another provider from 1 March 2026 on, as the contract before sees it."""
    prices = [None if price is None else Decimal(price) for price in (before, after)]
    stays = (
        Stay(None, prices[0], PriceFrom.AGREED, is_left=is_left),
        Stay(CHANGED_ON, prices[1], PriceFrom.AGREED, is_rest=is_rest, is_here=False),
    )
    return replace(ADA, stays=stays)


def the_new_one(agreed: Agreed) -> Agreed:
    turned = tuple(replace(each, is_here=not each.is_here) for each in agreed.stays)
    return replace(agreed, stays=turned)


def spent(paid: str, *, is_behind: bool = False, agreed: Agreed = ADA) -> Spending:
    on = date(2026, 11, 23)
    key = UUID(int=1)
    return Spending(key, agreed, schedule(agreed, RULES, on), on, Decimal(paid), is_behind)


amounts = st.decimals(0, 100_000, places=2)
days = st.dates(date(2018, 1, 1), date(2027, 7, 31))
