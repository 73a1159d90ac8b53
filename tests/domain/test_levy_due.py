"""What a levy account has to pay of what is agreed, to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, add_months
from apprentice_desk.domain.contract_money import NOTHING, Agreed, PriceFrom, Stay, schedule, total
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.levy_due import LevyDue, levy_due

RULES = resources.funding_rules()
D = Decimal
ON = date(2026, 11, 28)
COURSE = Course(
    training_started_on=date(2026, 10, 1),
    training_planned_end_on=date(2027, 9, 30),
    apprenticeship_planned_end_on=date(2027, 12, 15),
)
"""Twelve months, and the assessment."""
ADA = Agreed(COURSE, D("12000.00"), PriceFrom.AGREED, D("15000.00"), 0)


def one(agreed: Agreed = ADA, on: date = ON, paid: Decimal = NOTHING, **course: object) -> Spending:
    changed = replace(agreed, course=replace(agreed.course, **course)) if course else agreed
    return Spending(UUID(int=1), changed, schedule(changed, RULES, on), on, paid)


def due(*args: object, **named: object) -> LevyDue:
    return levy_due([one(*args, **named)])  # type: ignore[arg-type]


def test_what_is_still_to_come_is_due_in_its_months() -> None:
    """£800 a month from November on; £2,400 at the planned end, for nobody knows the day."""
    found = due()
    assert next(iter(found.by_month)) == date(2026, 11, 1)
    assert found.by_month[date(2026, 11, 1)] == D("800.00"), "30 November is after the 28th"
    assert found.by_month[date(2027, 9, 1)] == D("800.00")
    assert found.by_month[date(2027, 12, 1)] == D("2400.00")
    assert found.at_completion == D("2400.00")
    assert found.dated == D("11200.00")
    assert found.undated == NOTHING
    assert (found.unpriced, found.undue, found.unshared, found.unbanded) == (0, 0, 0, 0)


def test_what_falls_due_on_the_very_day_is_taken_to_be_out_of_the_balance() -> None:
    assert next(iter(due(on=date(2026, 11, 29)).by_month)) == date(2026, 11, 1)
    assert next(iter(due(on=date(2026, 11, 30)).by_month)) == date(2026, 12, 1)


def test_without_a_planned_end_of_the_whole_completion_comes_with_that_of_training() -> None:
    found = due(apprenticeship_planned_end_on=None)
    assert found.by_month[date(2027, 9, 1)] == D("3200.00")


def test_completion_whose_planned_end_is_over_has_no_day() -> None:
    found = due(on=date(2028, 1, 1))
    assert found.undated == found.at_completion == D("2400.00")
    assert found.by_month == {}


def test_what_is_above_the_band_is_the_employers_alone() -> None:
    found = due(replace(ADA, band_maximum=D("9000.00")))
    assert found.by_month[date(2026, 12, 1)] == D("600.00")
    assert found.dated == D("8400.00")


def test_the_employers_share_is_taken_off_to_the_penny() -> None:
    found = due(replace(ADA, price=D("1000.01"), employer_percent=5), on=date(2026, 9, 1))
    assert found.dated == D("1000.01") - D("50.00")


def test_what_the_employer_pays_alone_is_not_the_accounts() -> None:
    assert due(replace(ADA, employer_percent=100)) == LevyDue({})


def test_a_share_that_nobody_has_said_and_a_band_that_nobody_knows_are_counted() -> None:
    found = due(replace(ADA, employer_percent=None, band_maximum=None))
    assert (found.unshared, found.unbanded) == (1, 1)
    assert found.dated == D("11200.00"), "as if the account paid all of it"


def test_without_a_price_nothing_is_guessed() -> None:
    found = due(replace(ADA, price=None))
    assert (found.unpriced, found.undue, found.by_month) == (1, 0, {})
    assert due(replace(ADA, price=None), outcome=Outcome.WITHDRAWN).unpriced == 0
    assert due(replace(ADA, price=None), ended_on=ON, outcome=Outcome.COMPLETED).unpriced == 0


def test_a_price_without_the_days_of_training_is_counted() -> None:
    found = due(training_planned_end_on=None)
    assert (found.unpriced, found.undue, found.by_month) == (0, 1, {})


def test_what_is_paid_ahead_is_not_due_again() -> None:
    """£800 was due by then: £1,000 more paid covers November and a quarter of December."""
    found = due(paid=D("1800.00"))
    assert date(2026, 11, 1) not in found.by_month
    assert found.by_month[date(2026, 12, 1)] == D("600.00")
    assert found.dated == D("10200.00")
    assert due(paid=D("12000.00")).dated == NOTHING


def test_of_what_is_paid_ahead_the_account_paid_its_own_part() -> None:
    found = due(replace(ADA, employer_percent=25), paid=D("1200.00"))
    assert found.by_month[date(2026, 11, 1)] == D("300.00"), "half of £800, less a quarter"


def test_months_in_a_break_without_an_end_have_no_day() -> None:
    found = due(breaks=(Period(date(2026, 12, 10)),))
    assert list(found.by_month) == [date(2026, 11, 1), date(2027, 12, 1)]
    assert found.undated == D("8000.00")
    assert found.dated + found.undated == D("11200.00")


@pytest.mark.parametrize(("left_on", "counted"), [(ON, 0), (date(2026, 12, 31), 1)])
def test_who_has_gone_on_under_another_contract_is_not_counted_here(
    left_on: date, counted: int
) -> None:
    stays = (
        Stay(None, None, is_left=True),
        Stay(left_on, D("5000.00"), PriceFrom.AGREED, is_here=False),
    )
    assert due(replace(ADA, price=None, stays=stays)).unpriced == counted


def test_people_are_added_up() -> None:
    found = levy_due([one(), one(), one(replace(ADA, price=None))])
    assert found.dated == D("22400.00")
    assert found.unpriced == 1


prices = st.integers(1, 10_000_000).map(lambda pence: D(pence) / 100)


@given(
    prices, prices, st.integers(0, 99), st.integers(0, 20),
    st.dates(date(2026, 9, 1), date(2028, 6, 1)),
)  # fmt: skip
def test_what_is_due_and_what_was_is_the_accounts_whole_part(
    price: Decimal, band: Decimal, percent: int, months: int, on: date
) -> None:
    """Looked at on any day: nothing is lost to rounding, nothing is due twice."""
    end = add_months(date(2026, 10, 31), months)
    agreed = replace(
        ADA, price=price, band_maximum=band, employer_percent=percent,
        course=replace(COURSE, training_planned_end_on=end, apprenticeship_planned_end_on=end),
    )  # fmt: skip
    before = due(agreed, on=date(2026, 9, 1))
    begun = one(agreed)
    assert before.dated == (begun.within_band or NOTHING) - (begun.employer_share or NOTHING)
    later = due(agreed, on=on)
    assert later.undated + later.dated <= before.dated
    for month, amount in later.by_month.items():
        if month > on:
            assert amount == before.by_month[month]
    assert total([later.undated]) in (NOTHING, later.at_completion)
