"""On which ground the law allows a change of a contract, and how far it goes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from apprentice_desk.domain.contract_changing import (
    GROUNDS,
    ChangeGround,
    Extent,
    asks_for_notice,
    over_limit,
    term_change,
    usual_ground,
    value_change,
)
from apprentice_desk.domain.vocabulary import Regime

ACT, PCR, BELOW = Regime.ACT_2023, Regime.PCR_2015, Regime.BELOW_THRESHOLD
FIRST, LAST, MOST = date(2027, 1, 1), date(2027, 12, 31), date(2028, 12, 30)
"""365 days, and 730 with all extensions."""


def test_every_law_has_grounds_and_light_touch_is_of_the_act_alone() -> None:
    assert set(GROUNDS) == set(Regime)
    assert {each for grounds in GROUNDS.values() for each in grounds} == set(ChangeGround)
    assert [law for law, found in GROUNDS.items() if ChangeGround.LIGHT_TOUCH in found] == [ACT]


@pytest.mark.parametrize(
    ("regime", "is_light_touch", "ground"),
    [
        (BELOW, None, ChangeGround.BELOW),
        (BELOW, True, ChangeGround.BELOW),
        (ACT, True, ChangeGround.LIGHT_TOUCH),
        (ACT, False, None),
        (ACT, None, None),
        (PCR, True, None),
        (None, True, None),
    ],
)
def test_below_the_threshold_and_with_a_light_touch_the_law_alone_is_the_ground(
    regime: Regime | None, is_light_touch: bool | None, ground: ChangeGround | None
) -> None:
    assert usual_ground(regime, is_light_touch) is ground


@pytest.mark.parametrize(
    ("was", "now", "share"),
    [
        ("100.00", "110.00", Fraction(1, 10)),
        ("100.00", "50.00", Fraction(-1, 2)),
        ("0.00", "50.00", None),
        (None, "50.00", None),
        ("50.00", None, None),
    ],
)
def test_a_value_moves_by_a_share_of_itself(
    was: str | None, now: str | None, share: Fraction | None
) -> None:
    both = [None if each is None else Decimal(each) for each in (was, now)]
    assert value_change(*both) == share


@pytest.mark.parametrize(
    ("new_end", "new_most", "days"),
    [
        (None, None, 0),
        (date(2028, 6, 30), None, 0),  # an extension that the contract offers
        (date(2028, 12, 31), None, 1),
        (None, date(2029, 3, 13), 73),
        (date(2029, 3, 14), date(2029, 3, 13), 74),
        (date(2028, 3, 1), date(2029, 3, 13), 73),
        (date(2027, 12, 30), None, -1),
        (None, date(2028, 12, 29), -1),
    ],
)
def test_a_term_moves_by_a_share_of_the_longest_provided_for(
    new_end: date | None, new_most: date | None, days: int
) -> None:
    assert term_change(FIRST, LAST, MOST, new_end, new_most) == Fraction(days, 730)


def test_without_extensions_the_term_is_that_to_its_end() -> None:
    assert term_change(FIRST, LAST, None, date(2028, 1, 1), None) == Fraction(1, 365)
    assert term_change(FIRST, LAST, date(2027, 6, 1), date(2028, 1, 1), None) == Fraction(1, 365)


@pytest.mark.parametrize("days", [(None, LAST), (FIRST, None), (LAST, FIRST)])
def test_a_term_that_is_not_known_moves_by_nobody_knows_what(
    days: tuple[date | None, date | None],
) -> None:
    assert term_change(*days, None, MOST, None) is None


@pytest.mark.parametrize(
    ("regime", "ground", "value", "term", "says"),
    [
        (ACT, ChangeGround.SMALL, "0.1", None, ""),
        (ACT, ChangeGround.SMALL, "-0.1001", None, "10.1%; at most 10%"),
        (PCR, ChangeGround.SMALL, "0.0999", None, ""),
        (PCR, ChangeGround.SMALL, "0.1", None, "moves by 10%; less than 10%"),
        (ACT, ChangeGround.SMALL, None, "1", ""),
        (ACT, ChangeGround.ADDITIONAL, "0.5", None, ""),
        (ACT, ChangeGround.ADDITIONAL, "0.501", None, "rises by 50.1%"),
        (PCR, ChangeGround.UNFORESEEN, "0.6", None, "50% is the most"),
        (PCR, ChangeGround.UNFORESEEN, "-0.6", None, ""),
        (PCR, ChangeGround.UNFORESEEN, None, None, ""),
        (ACT, ChangeGround.NOT_SUBSTANTIAL, "9", "0.1", ""),
        (ACT, ChangeGround.NOT_SUBSTANTIAL, "0", "-0.11", "The term moves by 11%"),
        (ACT, ChangeGround.NOT_SUBSTANTIAL, "0", None, ""),
        (PCR, ChangeGround.NOT_SUBSTANTIAL, "0", "0.2", ""),
        (ACT, ChangeGround.LIGHT_TOUCH, "9", "9", ""),
        (BELOW, ChangeGround.BELOW, "9", "9", ""),
    ],
)
def test_a_ground_goes_so_far_and_no_further(
    regime: Regime, ground: ChangeGround, value: str | None, term: str | None, says: str
) -> None:
    extent = Extent(*(None if each is None else Fraction(each) for each in (value, term)))
    found = over_limit(regime, ground, extent)
    assert says in found
    assert bool(says) == bool(found)


LONG, SMALL = Extent(None, Fraction(11, 100)), Extent(Fraction(1, 10), Fraction(1, 10))


@pytest.mark.parametrize(
    ("regime", "ground", "extent", "is_asked"),
    [
        (ACT, ChangeGround.AGREED, LONG, True),
        (ACT, ChangeGround.AGREED, SMALL, False),
        (ACT, ChangeGround.LIGHT_TOUCH, LONG, False),
        (PCR, ChangeGround.ADDITIONAL, SMALL, True),
        (PCR, ChangeGround.AGREED, LONG, False),
        (BELOW, ChangeGround.BELOW, LONG, False),
    ],
)
def test_a_notice_is_asked_for_where_the_law_may_want_one(
    regime: Regime, ground: ChangeGround, extent: Extent, is_asked: bool
) -> None:
    assert asks_for_notice(regime, ground, extent) is is_asked
