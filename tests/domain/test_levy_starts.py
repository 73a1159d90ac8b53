"""What more starts would take of a levy account, by the rules by which any price is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.contract_money import total
from apprentice_desk.domain.levy import Income, runway
from apprentice_desk.domain.levy_starts import Starts, check, starts_due, together

FUNDING, LEVY = resources.funding_rules(), resources.levy_rules()
D = Decimal
TODAY = date(2026, 11, 28)
TWO = Starts(2, D("12000.00"), 12, date(2027, 1, 1), 3)


def test_each_start_is_due_in_equal_months_and_the_rest_with_its_last() -> None:
    """£800 a month each: two, four, six people; £2,400 each with the last month of training."""
    found = starts_due(TWO, FUNDING, TODAY).by_month
    assert [found[date(2027, month, 1)] for month in (1, 2, 3, 4)] == [
        D("1600.00"), D("3200.00"), D("4800.00"), D("4800.00"),
    ]  # fmt: skip
    assert found[date(2027, 12, 1)] == D("4800.00") + 2 * D("2400.00")
    assert found[date(2028, 2, 1)] == D("1600.00") + 2 * D("2400.00")
    assert total(found.values()) == 6 * D("12000.00")


def test_starts_of_a_year_whose_profile_nobody_knows_are_counted_not_guessed() -> None:
    found = starts_due(replace(TWO, from_month=date(2027, 7, 1)), FUNDING, TODAY)
    assert found.unknown == 4
    assert total(found.by_month.values()) == 2 * D("12000.00")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"each_month": None}, "LW001", "each_month"),
        ({"each_month": 0}, "LW001", "each_month"),
        ({"each_month": 1000}, "LW001", "each_month"),
        ({"training_months": 61}, "LW002", "training_months"),
        ({"for_months": 0}, "LW003", "for_months"),
        ({"price": None}, "LW004", "price"),
        ({"price": D(0)}, "LW004", "price"),
        ({"from_month": None}, "LW005", "from_month"),
        ({"from_month": date(2026, 11, 30)}, "LW005", "from_month"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    changes: dict[str, object], code: str, field: str
) -> None:
    (found,) = check(replace(TWO, **changes), TODAY)  # type: ignore[arg-type]
    assert (found.code, found.place.field) == (code, field)


def test_what_can_be_passes() -> None:
    assert check(TWO, TODAY) == []
    assert check(replace(TWO, from_month=date(2026, 12, 1)), TODAY) == []


def test_more_starts_let_less_lapse() -> None:
    steady = [Income(date(2025, 1, 1), D("10000.00"))]
    now = {date(2027, 1, 1): D("500.00")}
    then = together(now, starts_due(TWO, FUNDING, TODAY).by_month)
    assert then[date(2027, 1, 1)] == D("2100.00")
    before = runway(D("90000.00"), TODAY, steady, now, LEVY)
    after = runway(D("90000.00"), TODAY, steady, then, LEVY)
    assert after.lapsing == before.lapsing - 6 * D("12000.00") < before.lapsing
