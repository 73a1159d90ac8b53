"""Standstill and thresholds at their edges: Christmas, Easter, leap days, the day of a change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standstill import (
    Begins,
    FromDay,
    against_threshold,
    duty,
    standstill,
)
from apprentice_desk.domain.vocabulary import Regime, Route

RULES = resources.procurement_rules()
HOLIDAYS = resources.bank_holidays()
ACT, PCR, BELOW = Regime.ACT_2023, Regime.PCR_2015, Regime.BELOW_THRESHOLD
DAY = timedelta(days=1)


def days_of(regime: Regime, counted_from: date) -> tuple[date, date]:
    found = standstill(regime, counted_from, RULES, HOLIDAYS)
    assert found is not None
    return found.first_on, found.last_on


@pytest.mark.parametrize(
    ("notice_on", "first", "last"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 9)),  # the notice day is the first
        (date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 31)),  # over Christmas
        (date(2026, 12, 19), date(2026, 12, 21), date(2027, 1, 4)),  # on a Saturday, over New Year
        (date(2027, 3, 22), date(2027, 3, 22), date(2027, 4, 2)),  # over Easter
        (date(2028, 2, 22), date(2028, 2, 22), date(2028, 3, 2)),  # with a leap day in it
        (date(2025, 2, 24), date(2025, 2, 24), date(2025, 3, 5)),  # the first day of the Act
    ],
)
def test_the_act_of_2023_waits_eight_working_days_with_the_day_of_the_notice(
    notice_on: date, first: date, last: date
) -> None:
    assert days_of(ACT, notice_on) == (first, last)


@pytest.mark.parametrize(
    ("letters_on", "last"),
    [
        (date(2026, 11, 23), date(2026, 12, 3)),
        (date(2026, 11, 17), date(2026, 11, 27)),  # a Friday
        (date(2026, 11, 18), date(2026, 11, 30)),  # a Saturday: to the Monday
        (date(2026, 12, 15), date(2026, 12, 29)),  # Christmas Day, a weekend and a substitute day
        (date(2027, 3, 16), date(2027, 3, 30)),  # Good Friday
        (date(2028, 2, 19), date(2028, 2, 29)),  # a leap day
        (date(2015, 2, 26), None),  # before the list of bank holidays begins
    ],
)
def test_the_regulations_of_2015_wait_ten_days_and_end_on_a_working_day(
    letters_on: date, last: date | None
) -> None:
    if last is None:
        with pytest.raises(Problem, match="bank holidays of 2015 are not known"):
            days_of(PCR, letters_on)
    else:
        assert days_of(PCR, letters_on) == (letters_on + DAY, last)


@pytest.mark.parametrize(
    ("regime", "day", "says"),
    [
        (ACT, date(2025, 2, 23), "standstill of Procurement Act 2023 is not known for 23 Feb 2025"),
        (ACT, date(2028, 12, 20), "bank holidays of 2029 are not known"),
        (PCR, date(2028, 12, 22), "bank holidays of 2029 are not known"),
    ],
)
def test_a_day_that_the_rules_or_the_calendar_do_not_reach_is_a_problem(
    regime: Regime, day: date, says: str
) -> None:
    with pytest.raises(Problem, match=says):
        standstill(regime, day, RULES, HOLIDAYS)


def test_below_the_threshold_no_rule_says_how_long_it_lasts() -> None:
    assert standstill(BELOW, date(2026, 11, 30), RULES, HOLIDAYS) is None
    assert RULES.standstill_for(BELOW, date(2026, 11, 30)) is None


@given(st.dates(date(2025, 2, 24), date(2028, 11, 30)))
def test_the_contract_may_be_made_on_the_day_after_the_last(day: date) -> None:
    for regime in (ACT, PCR):
        found = standstill(regime, day, RULES, HOLIDAYS)
        assert found is not None
        assert found.free_from == found.last_on + DAY
        assert HOLIDAYS.is_working_day(found.last_on)
        assert day <= found.first_on <= found.last_on
    act = standstill(ACT, day, RULES, HOLIDAYS)
    assert act is not None
    span = [act.first_on + DAY * turn for turn in range((act.free_from - act.first_on).days)]
    assert sum(map(HOLIDAYS.is_working_day, span)) == 8


def test_a_standstill_says_its_days_and_its_rule() -> None:
    act = standstill(ACT, date(2026, 11, 30), RULES, HOLIDAYS)
    assert act is not None
    assert act.words() == (
        "30 Nov 2026 to the end of 9 Dec 2026: 8 working days, beginning with the day the contract"
        " award notice is published. Bank holidays are those of England and Wales."
    )
    assert act.rule.verified_for == "England and Wales", "it is not checked for elsewhere"
    assert (act.rule.begins, act.rule.is_verified) == (Begins.WITH, True)
    pcr = standstill(PCR, date(2026, 11, 23), RULES, HOLIDAYS)
    assert pcr is not None
    assert "10 days, beginning after the day the letters go to the bidders." in pcr.words()
    assert (pcr.rule.from_day, pcr.rule.is_verified) == (FromDay.LETTERS, False)


@pytest.mark.parametrize(
    ("regime", "route", "is_light_touch", "is_required", "is_verified"),
    [
        (ACT, Route.OPEN, False, True, True),
        (ACT, Route.FLEXIBLE, True, False, False),
        (ACT, Route.FRAMEWORK_COMPETITION, None, False, False),
        (ACT, Route.FRAMEWORK_DIRECT, False, False, False),
        (ACT, Route.DYNAMIC, False, True, True),
        (PCR, Route.DYNAMIC, None, False, False),
        (PCR, Route.FRAMEWORK_COMPETITION, True, False, False),
        (PCR, Route.OPEN, None, True, False),
        (BELOW, None, None, False, False),
    ],
)
def test_whether_there_has_to_be_one_depends_on_law_route_and_service(
    regime: Regime,
    route: Route | None,
    is_light_touch: bool | None,
    is_required: bool,
    is_verified: bool,
) -> None:
    found = duty(regime, route, RULES.duties, is_light_touch=is_light_touch)
    assert (found.is_required, found.is_verified) == (is_required, is_verified)
    assert found.says.startswith(f"A standstill is {'required' if is_required else 'voluntary'} (")


@pytest.mark.parametrize(
    ("regime", "route", "is_light_touch", "says"),
    [
        (None, Route.OPEN, True, "Enter the procurement law"),
        (ACT, None, True, "Enter the route"),
        (ACT, Route.OPEN, None, "Enter whether this is a light touch service"),
    ],
)
def test_what_is_not_known_is_asked_for_and_never_assumed(
    regime: Regime | None, route: Route | None, is_light_touch: bool | None, says: str
) -> None:
    found = duty(regime, route, RULES.duties, is_light_touch=is_light_touch)
    assert found.is_required is None
    assert found.says.startswith(says)


def test_a_law_without_a_rule_is_said_to_be_unknown() -> None:
    found = duty(ACT, Route.OPEN, (), is_light_touch=False)
    assert (found.is_required, found.says) == (
        None, "Whether Procurement Act 2023 asks for a standstill is not known.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "value", "is_above", "threshold"),
    [
        (date(2025, 12, 31), "214903.99", False, "214904.00"),
        (date(2025, 12, 31), "214904.00", True, "214904.00"),
        (date(2026, 1, 1), "207719.99", False, "207720.00"),
        (date(2026, 1, 1), "207720.00", True, "207720.00"),
        (date(2024, 1, 1), "214904.00", True, "214904.00"),
        (date(2027, 12, 31), "207720.00", True, "207720.00"),
    ],
)
def test_a_threshold_holds_from_its_day_and_its_penny(
    day: date, value: str, is_above: bool, threshold: str
) -> None:
    found = against_threshold(Decimal(value), day, RULES, is_light_touch=False)
    assert (found.is_above, found.threshold) == (is_above, Decimal(threshold))
    assert f"is {'at or above' if is_above else 'below'} the threshold of £" in found.says
    assert found.is_verified is (day.year >= 2026)


def test_light_touch_services_have_a_threshold_of_their_own() -> None:
    day = date(2026, 6, 1)
    assert not against_threshold(Decimal("663539.99"), day, RULES, is_light_touch=True).is_above
    found = against_threshold(Decimal(663540), day, RULES, is_light_touch=True)
    assert found.is_above
    assert found.says == (
        "£663,540.00 with VAT is at or above the threshold of £663,540.00 for light touch services"
        " on 1 Jun 2026."
    )


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 1)])
def test_thresholds_of_a_day_that_none_covers_are_unknown(day: date) -> None:
    with pytest.raises(Problem, match="thresholds are not known for"):
        against_threshold(Decimal(1), day, RULES, is_light_touch=False)


def test_what_counts_as_near_is_not_known_before_its_rule() -> None:
    assert RULES.near_on(date(2026, 11, 23)).days == 14
    with pytest.raises(Problem, match="near in a procurement is not known for 25 Feb 2015"):
        RULES.near_on(date(2015, 2, 25))


def test_each_law_has_grounds_of_its_own_for_keeping_none() -> None:
    act = RULES.grounds_for(Regime.ACT_2023)
    assert act
    assert {each.regime for each in act} == {Regime.ACT_2023}
    assert RULES.grounds_for(None) == ()
