"""Wages: what is due by age, year and day, what is paid an hour, and what is coming."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.wages import (
    PayPer,
    PayRate,
    PayState,
    WageFacts,
    due_on,
    hourly,
    standing,
    turns,
)

RULES = resources.wage_rules()
START = date(2025, 9, 1)
WEEK = ((START, 37 * 60),)


def facts(born, started=START, pay=(), weekly=WEEK):
    return WageFacts(born, started, tuple(pay), weekly)


def an_hour(amount, from_on=START):
    return PayRate(from_on, Decimal(amount), PayPer.HOUR)


def a_year(amount, from_on=START):
    return PayRate(from_on, Decimal(amount), PayPer.YEAR)


# By hand: the table of rates in resources/rules/wages.toml, ages counted on the fingers.
DUE = [
    # born, started, day, due an hour, rate
    # 17, in the first year: apprentice rate of 2025.
    (date(2008, 3, 1), START, date(2025, 9, 1), "7.55", "the apprentice rate"),
    # 18 in the second year: under 19, so still the apprentice rate, that of 2026.
    (date(2008, 3, 1), START, date(2026, 10, 1), "8.00", "the apprentice rate"),
    # 19 on 1 March 2027, second year: 18 to 20 from that day on.
    (date(2008, 3, 1), START, date(2027, 2, 28), "8.00", "the apprentice rate"),
    (date(2008, 3, 1), START, date(2027, 3, 1), "10.85", "the rate for 18 to 20"),
    # 20 at the start: apprentice rate to the day before the anniversary, then 18 to 20.
    (date(2005, 6, 1), START, date(2026, 5, 31), "8.00", "the apprentice rate"),
    # 21 on 1 June 2026, still in the first year.
    (date(2005, 6, 1), START, date(2026, 6, 1), "8.00", "the apprentice rate"),
    (date(2005, 6, 1), START, date(2026, 8, 31), "8.00", "the apprentice rate"),
    (date(2005, 6, 1), START, date(2026, 9, 1), "12.71", "the rate for 21 and over"),
    # 31 March and 1 April.
    (date(2005, 6, 1), START, date(2026, 3, 31), "7.55", "the apprentice rate"),
    (date(2005, 6, 1), START, date(2026, 4, 1), "8.00", "the apprentice rate"),
    # 2023: 21 and 22 had a rate of their own.
    (date(2001, 5, 5), date(2021, 9, 1), date(2023, 5, 4), "10.18", "the rate for 21 to 22"),
    (date(2001, 5, 5), date(2021, 9, 1), date(2024, 3, 31), "10.18", "the rate for 21 to 22"),
    (date(2001, 5, 5), date(2021, 9, 1), date(2024, 4, 1), "11.44", "the rate for 21 and over"),
    (date(2000, 5, 5), date(2021, 9, 1), date(2023, 5, 5), "10.42", "the rate for 23 and over"),
    (date(2004, 1, 1), date(2021, 9, 1), date(2022, 12, 31), "4.81", "the apprentice rate"),
    (date(2004, 1, 1), date(2021, 9, 1), date(2023, 1, 1), "6.83", "the rate for 18 to 20"),
    # Age not known, but in the first year it does not matter.
    (None, START, date(2026, 8, 31), "8.00", "the apprentice rate"),
    # Start not known, but under 19 it does not matter.
    (date(2008, 3, 1), None, date(2026, 10, 1), "8.00", "the apprentice rate"),
    # Born on 29 February: 19 on 1 March of a year without that day.
    (date(2008, 2, 29), date(2024, 9, 1), date(2027, 2, 28), "8.00", "the apprentice rate"),
    (date(2008, 2, 29), date(2024, 9, 1), date(2027, 3, 1), "10.85", "the rate for 18 to 20"),
]


@pytest.mark.parametrize(("born", "started", "day", "due", "rate"), DUE)
def test_what_is_due_by_hand(born, started, day, due, rate):
    found = due_on(facts(born, started), RULES, day)
    assert (found.amount, found.rate) == (Decimal(due), rate)


def test_what_is_due_says_why():
    first = due_on(facts(date(2005, 6, 1)), RULES, START)
    assert first.why == "in the first 12 months, which end on 31 Aug 2026"
    assert due_on(facts(date(2008, 3, 1)), RULES, START).why == "aged 17, so under 19"
    later = due_on(facts(date(2005, 6, 1)), RULES, date(2026, 9, 1))
    assert later.why == "aged 21, and the first 12 months were over on 1 Sep 2026"


@pytest.mark.parametrize(
    ("born", "started", "day", "words"),
    [
        (date(2005, 6, 1), START, date(2027, 4, 1), "rates of 1 Apr 2027 are not known: the list"),
        (
            date(1999, 6, 1),
            date(2021, 9, 1),
            date(2022, 3, 31),
            "rates of 31 Mar 2022 are not known",
        ),
        (None, START, date(2026, 9, 1), "date of birth is not known"),
        (date(2005, 6, 1), None, date(2026, 9, 1), "day on which training started is not known"),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed(born, started, day, words):
    with pytest.raises(Problem, match=words):
        due_on(facts(born, started), RULES, day)
    pay = PayRate(date(2021, 9, 1), Decimal("20.00"), PayPer.HOUR)
    found = standing(facts(born, started, [pay]), RULES, day)
    assert found.state is PayState.NOT_KNOWN
    assert found.due is None
    assert words.split(":")[0] in found.says
    # Without pay both are said: the pay comes first, for nothing is judged before it is there.
    found = standing(facts(born, started), RULES, day)
    assert found.state is PayState.NOT_RECORDED
    assert found.says.startswith("No pay is recorded for")
    assert words.split(":")[0] in found.says
    assert found.remedy.endswith(" Record what is paid.")


def test_a_rule_that_has_not_begun_is_not_known():
    with pytest.raises(Problem, match="What is asked is not known for 31 Dec 2009"):
        in_force(RULES.ahead, date(2009, 12, 31), "What is asked")


def test_an_age_below_the_first_band_above_it_is_named_by_its_end():
    assert RULES.rates_on(START).for_age(17) == (Decimal("7.55"), "the rate for under 18")


# --- what is paid an hour ------------------------------------------------------------------------

HOURLY = [
    # 24,000 / 52.1429 = 460.27359...; / 37 = 12.43982... an hour: shown rounded down.
    (a_year("24000.00"), 37 * 60, "12.43"),
    # 16,000 / 52.1429 = 306.84905...; / 37 = 8.29321...
    (a_year("16000.00"), 37 * 60, "8.29"),
    # 20,000 / 52.1429 / 36 = 10.65450...
    (a_year("20000.00"), 36 * 60, "10.65"),
    # 52,142.90 / 52.1429 / 40 is exactly 25.
    (a_year("52142.90"), 40 * 60, "25.00"),
    # 37.5 hours: 24,000 / 52.1429 / 37.5 = 12.27396...
    (a_year("24000.00"), 37 * 60 + 30, "12.27"),
    (an_hour("8.00"), 37 * 60, "8.00"),
]


@pytest.mark.parametrize(("pay", "weekly", "shown"), HOURLY)
def test_an_hours_pay_by_hand(pay, weekly, shown):
    whose = facts(date(2005, 6, 1), weekly=((START, weekly),))
    assert hourly(whose, RULES, pay, START).shown == Decimal(shown)


def test_the_formula_is_shown():
    found = hourly(facts(None), RULES, a_year("24000.00"), START)
    assert found.says == "£24,000.00 a year / 52.1429 weeks / 37 h a week = £12.43 an hour"
    assert hourly(facts(None), RULES, an_hour("8.5"), START).says == "£8.50 an hour"


def test_yearly_pay_without_weekly_hours_is_not_known():
    whose = facts(date(2005, 6, 1), pay=[a_year("24000.00")], weekly=())
    found = standing(whose, RULES, START)
    assert found.state is PayState.NOT_KNOWN
    assert "weekly hours on 1 Sep 2025 are not known" in found.says
    assert found.due is not None
    assert found.remedy == "Record the weekly hours from that day."


def test_without_any_pay_it_says_what_would_be_due():
    found = standing(facts(date(2005, 6, 1)), RULES, START)
    assert found.state is PayState.NOT_RECORDED
    assert found.says.startswith("No pay is recorded for 1 Sep 2025. £7.55 an hour is due")


def test_enough_to_the_penny_is_enough_and_less_is_said_with_what_is_missing():
    whose = facts(date(2005, 6, 1), pay=[an_hour("7.55")])
    assert standing(whose, RULES, START).state is PayState.ENOUGH
    below = standing(facts(date(2005, 6, 1), pay=[an_hour("7.54")]), RULES, START)
    assert (below.state, below.lacks) == (PayState.BELOW, Decimal("0.01"))
    assert below.says.endswith("£0.01 an hour is missing.")
    assert below.remedy.startswith("Raise the pay to £7.55 an hour, and make up for what was")
    # 7.55 x 37 x 52.1429 = 14,566.1191...: a penny below it is too little, a penny above enough.
    yearly = standing(facts(date(2005, 6, 1), pay=[a_year("14566.11")]), RULES, START)
    assert yearly.paid is not None
    assert (yearly.state, yearly.paid.shown) == (PayState.BELOW, Decimal("7.54"))
    assert yearly.lacks == Decimal("0.01")  # a part of a penny is a penny
    enough = standing(facts(date(2005, 6, 1), pay=[a_year("14566.12")]), RULES, START)
    assert (enough.state, enough.lacks) == (PayState.ENOUGH, 0)


def test_before_the_start_the_first_day_is_looked_at():
    whose = facts(date(2005, 6, 1), pay=[an_hour("8.00")])
    assert standing(whose, RULES, date(2025, 1, 1)).day == START


# --- what is coming ------------------------------------------------------------------------------


def test_the_turns_of_an_apprenticeship_by_hand():
    whose = facts(
        date(2005, 6, 1),
        pay=[an_hour("8.00"), an_hour("9.00", date(2026, 7, 1))],
        weekly=((START, 37 * 60), (date(2026, 5, 1), 30 * 60)),
    )
    found = turns(whose, RULES, date(2025, 10, 1), date(2028, 1, 1))
    assert [(each.on, each.because, each.standing.state) for each in found] == [
        # 8.00 is enough for the new 8.00; the birthday of 1 June changes nothing in the first year,
        # nor do other weekly hours where pay is by the hour.
        (date(2026, 4, 1), "the rates change", PayState.ENOUGH),
        (date(2026, 7, 1), "another pay is recorded", PayState.ENOUGH),
        (date(2026, 9, 1), "the first 12 months are over", PayState.BELOW),
        (date(2027, 4, 1), "the rates from then on are not known", PayState.NOT_KNOWN),
    ]


def test_other_weekly_hours_change_what_yearly_pay_is_an_hour():
    whose = facts(
        date(2008, 6, 1),
        pay=[a_year("20000.00")],
        weekly=((START, 37 * 60), (date(2026, 5, 1), 20 * 60)),
    )
    found = turns(whose, RULES, START, date(2026, 6, 30))
    assert [each.because for each in found] == ["the rates change", "the weekly hours change"]


def test_birthday_and_anniversary_on_one_day_are_one_turn():
    found = turns(facts(date(2006, 9, 1)), RULES, date(2026, 8, 1), date(2026, 12, 31))
    assert [each.because for each in found] == [
        "the age of 20 is reached and the first 12 months are over"
    ]


def test_a_birthday_on_29_february_comes_on_1_march_of_other_years():
    born, started = date(2008, 2, 29), date(2024, 9, 1)
    found = turns(facts(born, started), RULES, date(2027, 1, 1), date(2027, 3, 31))
    assert [(each.on, each.because) for each in found] == [
        (date(2027, 3, 1), "the age of 19 is reached")
    ]
    # In a leap year on the day itself: 2024 is one, 19 in the second year.
    older = turns(facts(date(2004, 2, 29), date(2022, 9, 1)), RULES, date(2023, 12, 1),
                  date(2025, 3, 15))  # fmt: skip
    assert [each.on for each in older] == [date(2024, 4, 1), date(2025, 3, 1)]


def test_without_start_or_birth_the_rest_still_turns():
    found = turns(facts(date(2008, 6, 1), None), RULES, date(2026, 3, 1), date(2026, 5, 1))
    assert [each.on for each in found] == [date(2026, 4, 1)]
    found = turns(facts(None), RULES, date(2026, 3, 1), date(2026, 10, 1))
    assert [(each.on, each.standing.due is None) for each in found] == [
        (date(2026, 4, 1), False),
        (date(2026, 9, 1), True),
    ]


KNOWN = st.dates(date(2022, 4, 1), date(2027, 3, 31))
BORN = st.dates(date(1960, 1, 1), date(2010, 12, 31))


@given(BORN, st.dates(date(2018, 1, 1), date(2027, 3, 31)), KNOWN)
def test_the_apprentice_rate_is_due_exactly_under_19_or_in_the_first_year(born, started, day):
    """Held against another way of counting: by months and days, without the program's ages."""
    day = max(day, started)
    found = due_on(facts(born, started), RULES, day)
    nineteenth = (born.year + 19, born.month, born.day)
    is_young = (day.year, day.month, day.day) < nineteenth
    over = (started.year + 1, started.month, started.day)
    if (started.month, started.day) == (2, 29):
        over = (started.year + 1, 2, 28)
    is_first_year = (day.year, day.month, day.day) < over
    assert (found.rate == "the apprentice rate") == (is_young or is_first_year)
    assert found.amount >= RULES.rates_on(day).apprentice


@given(BORN, st.dates(date(2021, 1, 1), date(2026, 12, 31)), KNOWN, st.integers(1, 400))
def test_between_two_turns_nothing_changes(born, started, after, days):
    whose = facts(born, started, [an_hour("8.00", date(2020, 1, 1))], ())
    last = after + timedelta(days=days)
    found = {turn.on: turn for turn in turns(whose, RULES, after, last)}
    day = max(after, started)
    while day < min(last, RULES.rates[-1].valid_to):
        before, day = standing(whose, RULES, day), day + timedelta(days=1)
        now = standing(whose, RULES, day)
        assert (day in found) == (before.due.amount != now.due.amount)


@given(st.integers(1, 10_000_000), st.integers(60, 3600))
def test_what_is_shown_of_an_hour_is_never_more_than_what_is_paid(pence, weekly):
    pay = PayRate(START, Decimal(pence) / 100, PayPer.YEAR)
    found = hourly(facts(None, weekly=((START, weekly),)), RULES, pay, START)
    assert 0 <= found.exact - Fraction(found.shown) < Fraction(1, 100)
