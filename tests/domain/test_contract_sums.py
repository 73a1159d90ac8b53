"""What is due under a contract together, what is not known, and what adds up whatever happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.contract_money import (
    NOTHING,
    Agreed,
    EndBefore,
    PriceFrom,
    Stay,
    equal_parts,
    schedule,
    total,
    unrecorded_breaks,
)
from apprentice_desk.domain.contract_sums import ContractMoney, Spending
from apprentice_desk.domain.problems import Problem
from domain.schedules import ADA, COURSE, LATE, RULES, amounts, days, spent, the_new_one, when

# --- what is not known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "course", "says"),
    [
        (replace(ADA, price=None), {}, "No price is recorded."),
        (ADA, {"training_started_on": None}, "The start of training is not known."),
        (ADA, {"training_planned_end_on": None}, "The planned end of training is not known."),
        (ADA, {"outcome": Outcome.WITHDRAWN}, "The day is not known on which it was withdrawn."),
        (
            ADA,
            {"training_started_on": date(2017, 4, 30)},
            "How training is paid for is not known for a start on 30 Apr 2017.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_guessed(
    agreed: Agreed, course: dict[str, object], says: str
) -> None:
    found = when(agreed, **course)
    assert (found.says, found.steps) == (says, ())
    spending = Spending(UUID(int=1), agreed, found, LATE, Decimal("10.00"))
    assert (spending.due, spending.difference, spending.paid_ahead) == (None, None, 0)
    assert spending.risk_unknown == Decimal("10.00")


def test_the_first_start_chooses_the_rule() -> None:
    old = replace(ADA, original_start_on=date(2017, 4, 30))
    assert when(old).says


# --- sums -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "is_behind", "difference", "ahead", "at_risk"),
    [
        ("10702.15", False, "0.01", "0.00", "0.00"),
        ("10702.16", False, "0.00", "0.00", "0.00"),
        ("10702.17", False, "-0.01", "0.01", "0.01"),
        ("10702.15", True, "0.01", "0.00", "10702.15"),
    ],
)
def test_what_is_paid_is_compared_to_what_is_due_to_the_penny(
    paid: str, is_behind: bool, difference: str, ahead: str, at_risk: str
) -> None:
    found = spent(paid, is_behind=is_behind)
    assert found.difference == Decimal(difference)
    assert found.paid_ahead == Decimal(ahead)
    assert found.at_risk == Decimal(at_risk)


@pytest.mark.parametrize(
    ("percent", "share"), [(None, None), (0, "0.00"), (5, "860.00"), (25, "4300.00")]
)
def test_the_employers_share_is_what_somebody_said(percent: int | None, share: str | None) -> None:
    found = spent("0.00", agreed=replace(ADA, employer_percent=percent)).employer_share
    assert found == (None if share is None else Decimal(share))


def test_the_employers_share_leaves_out_what_is_above_the_band() -> None:
    agreed = replace(ADA, band_maximum=Decimal("10000.00"), employer_percent=5)
    assert spent("0.00", agreed=agreed).employer_share == Decimal("500.00")
    assert spent("0.00", agreed=replace(agreed, band_maximum=None)).employer_share is None


def test_a_contract_is_the_sum_of_its_apprentices() -> None:
    over = replace(
        ADA, price=Decimal("15400.00"), band_maximum=Decimal("15000.00"), employer_percent=None
    )
    unknown_band = replace(ADA, price=Decimal("900.00"), band_maximum=None, employer_percent=5)
    left = replace(
        ADA,
        course=replace(COURSE, ended_on=date(2026, 3, 31), outcome=Outcome.WITHDRAWN),
    )
    people = (
        spent("10702.16", is_behind=True),
        spent("9583.00", agreed=over),
        spent("0.00", agreed=unknown_band),
        spent("5400.00", agreed=left),
        spent("1.00", agreed=replace(ADA, price=None)),
    )
    money = ContractMoney(people, Decimal("250.50"), Decimal("60000.00"))
    assert money.risk_unknown == Decimal("251.50"), "for whom nobody knows, and for nobody"
    assert money.agreed == Decimal("50700.00")
    assert (money.within_band, money.above_band, money.band_unknown) == (
        Decimal("49400.00"), Decimal("400.00"), Decimal("900.00"),
    )  # fmt: skip
    assert money.paid == Decimal("25936.66")
    assert money.due == total(each.due or Decimal(0) for each in people)
    paid_for_the_known = Decimal("25936.66") - Decimal("1.00")  # nobody knows what is due for one
    assert money.difference == money.due - paid_for_the_known
    assert money.at_risk == total(
        (
            Decimal("10702.16"),  # all, for the hours are behind
            Decimal("9583.00") - 14 * Decimal("684.43"),
            Decimal("5400.00") - 7 * Decimal("764.44"),
        )
    )
    assert (money.unpriced, money.unsplit, money.unshared, money.undue) == (1, 0, 1, 1)
    assert money.will_be_due == money.agreed - (Decimal("17200.00") - 7 * Decimal("764.44"))
    beyond = Decimal("5400.00") - 7 * Decimal("764.44") + Decimal("1.00")
    assert money.committed == money.will_be_due + beyond
    assert money.employer_share == 0
    assert (money.months, money.months_gone) == (72, 49)


@pytest.mark.parametrize(
    ("loose", "committed"),
    [
        ("0.00", "17210.00"),
        ("17199.99", "17210.00"),
        ("17200.01", "17210.01"),
        ("-5.00", "17210.00"),
    ],
)
def test_a_limit_is_held_to_what_will_be_due_and_to_what_was_paid_beyond(
    loose: str, committed: str
) -> None:
    """£10 are paid of a price nobody knows; what is paid for nobody first pays what is open."""
    people = (spent("0.00"), spent("10.00", agreed=replace(ADA, price=None)))
    assert ContractMoney(people, Decimal(loose)).committed == Decimal(committed)
    assert ContractMoney(people, Decimal(loose)).risk_unknown == max(
        Decimal(loose), Decimal("0.00")
    ) + Decimal("10.00")


def test_what_is_to_come_is_added_up_by_day() -> None:
    """Of two on the same months one has left; the third began in the middle of a month."""
    left = replace(
        ADA, course=replace(COURSE, ended_on=date(2026, 3, 31), outcome=Outcome.WITHDRAWN)
    )
    short = replace(
        ADA,
        price=Decimal("1000.00"),
        course=Course(date(2026, 10, 15), date(2027, 1, 14)),
    )
    money = ContractMoney((spent("0.00"), spent("0.00", agreed=left), spent("0.00", agreed=short)))
    assert money.to_come == (
        (date(2026, 11, 30), Decimal("764.44") + Decimal("266.66")),
        (date(2026, 12, 31), Decimal("764.44") + Decimal("266.68")),
        (date(2027, 1, 31), Decimal("764.44")),
        (date(2027, 2, 28), Decimal("764.52")),
    )
    dated = total(amount for _, amount in money.to_come)
    assert money.due + dated + Decimal("3440.00") + Decimal("200.00") == money.committed


def test_a_contract_with_nobody_on_it_is_nothing() -> None:
    money = ContractMoney(())
    assert money.agreed == money.due == money.paid == money.at_risk == money.committed == 0
    assert money.to_come == ()


@given(amounts, st.integers(1, 60))
def test_equal_parts_add_up(amount: Decimal, count: int) -> None:
    parts = equal_parts(amount, count)
    assert len(parts) == count
    assert sum(parts) == amount
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < Decimal("0.01") * count


def _lives(draw: st.DrawFn) -> tuple[Agreed, list[date]]:
    """Draw an apprenticeship with breaks, other ends, another provider and an end, as recorded.

    The days on which something was recorded come with it.
    """
    start = draw(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
    end = start + timedelta(days=draw(st.integers(1, 900)))
    day, breaks, ends = start, [], []
    happened = []
    for what in draw(st.lists(st.sampled_from(["break", "end"]), max_size=4)):
        day += timedelta(days=draw(st.integers(1, 200)))
        happened.append(day)
        if what == "break":
            last = day + timedelta(days=draw(st.integers(0, 150)))
            breaks.append(Period(day, last))
            day = last + timedelta(days=1)
        ends.append(EndBefore(day, end))
        happened.append(day)
        if draw(st.booleans()):
            end = max(start, day + timedelta(days=draw(st.integers(-100, 600))))
    changed_on = start + timedelta(days=draw(st.integers(1, 900)))
    is_rest = draw(st.booleans())
    price = draw(amounts)
    stays = (
        Stay(None, price, PriceFrom.AGREED, is_here=draw(st.booleans()), is_left=False),
        Stay(changed_on, price if is_rest else draw(amounts), PriceFrom.AGREED, is_rest),
    )
    course = Course(start, end, breaks=tuple(breaks))
    agreed = Agreed(
        course, price, band_maximum=draw(st.none() | amounts), ends_before=tuple(ends),
        stays=stays if draw(st.booleans()) else (),
    )  # fmt: skip
    return agreed, [*happened, changed_on]


def _as_recorded_on(agreed: Agreed, day: date) -> Agreed:
    """What was recorded of it on a day: breaks are open until their return, changes to come."""
    begun = [pause for pause in agreed.course.breaks if pause.first <= day]
    breaks = tuple(
        Period(pause.first) if pause.last is not None and pause.last >= day else pause
        for pause in begun
    )
    ends = tuple(each for each in agreed.ends_before if each.until <= day)
    later = [each for each in agreed.ends_before if each.until > day]
    end = later[0].end_on if later else agreed.course.training_planned_end_on
    stays = tuple(each for each in agreed.stays if each.first_on is None or each.first_on <= day)
    course = replace(agreed.course, breaks=breaks, training_planned_end_on=end)
    return replace(agreed, course=course, ends_before=ends, stays=stays)


@given(st.composite(_lives)(), st.integers(0, 1500))
def test_what_was_earned_on_a_day_stays_earned_whatever_is_recorded_later(
    life: tuple[Agreed, list[date]], after: int
) -> None:
    agreed, happened = life
    start = agreed.course.training_started_on
    assert start is not None
    for day in (start + timedelta(days=after), *happened):
        before = _as_recorded_on(agreed, day)
        if before.stays and not any(each.is_here for each in before.stays):
            continue
        assert schedule(before, RULES, day).due_by(day) == schedule(agreed, RULES, day).due_by(day)


@given(st.composite(_lives)(), st.sampled_from([None, *Outcome]), st.integers(60, 1500))
def test_the_parts_of_an_apprenticeship_add_up_to_its_prices(
    life: tuple[Agreed, list[date]], outcome: Outcome | None, stayed: int
) -> None:
    agreed, _ = life
    start = agreed.course.training_started_on
    assert start is not None
    ended_on = None if outcome is None else start + timedelta(days=stayed)
    agreed = replace(agreed, course=replace(agreed.course, ended_on=ended_on, outcome=outcome))
    if not agreed.stays:
        assert schedule(agreed, RULES, LATE).price == agreed.price
        return
    mine = tuple(replace(each, is_here=not place) for place, each in enumerate(agreed.stays))
    agreed = replace(agreed, stays=mine)
    sides = schedule(agreed, RULES, LATE), schedule(the_new_one(agreed), RULES, LATE)
    prices = [each.price for each in agreed.stays if not each.is_rest and each.price is not None]
    assert total(side.price or NOTHING for side in sides) == total(prices)
    for side in sides:
        assert all(0 <= step.above_band <= step.amount for step in side.steps)
        assert 0 <= side.above_band_never_due <= side.never_due
        assert side.months_gone <= side.months


@given(
    amounts, st.none() | amounts, days, st.integers(1, 1500), days, st.integers(0, 200),
    st.sampled_from([None, *Outcome]), st.integers(0, 1600),
)  # fmt: skip
def test_every_schedule_adds_up_to_the_price(
    price: Decimal,
    band: Decimal | None,
    start: date,
    length: int,
    pause: date,
    away: int,
    outcome: Outcome | None,
    stayed: int,
) -> None:
    course = Course(
        training_started_on=start,
        training_planned_end_on=start + timedelta(days=length),
        outcome=outcome,
        ended_on=None if outcome is None else start + timedelta(days=stayed),
        breaks=(Period(pause, pause + timedelta(days=away) if away else None),),
    )
    found = schedule(Agreed(course, price, PriceFrom.AGREED, band), RULES, date(2026, 11, 23))
    assert total(step.amount for step in found.steps) + found.never_due == price
    assert all(0 <= step.above_band <= step.amount for step in found.steps)
    days_due = [step.due_on for step in found.steps if step.due_on]
    assert days_due == sorted(days_due)
    assert found.months_gone <= found.months


# --- the rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "percent"),
    [
        (date(2019, 3, 31), 10),
        (date(2019, 4, 1), 5),
        (date(2026, 7, 31), 5),
        (date(2026, 8, 1), 25),
        (date(2027, 7, 31), 25),
    ],
)
def test_the_usual_share_is_that_of_the_start(start: date, percent: int) -> None:
    assert RULES.co_investment_for(start).employer_percent == percent


@pytest.mark.parametrize("start", [date(2017, 5, 1), date(2027, 7, 31)])
def test_the_profile_holds_on_its_first_and_its_last_day(start: date) -> None:
    assert RULES.profile_for(start).training_share == Fraction(4, 5)


@pytest.mark.parametrize("start", [date(2017, 4, 30), date(2027, 8, 1)])
def test_a_start_that_no_profile_covers_is_a_problem(start: date) -> None:
    with pytest.raises(Problem, match=r"^How training is paid for is not known for a start on"):
        RULES.profile_for(start)
    course = {
        "training_started_on": start,
        "training_planned_end_on": start + timedelta(days=400),
    }
    assert when(**course).says == (
        f"How training is paid for is not known for a start on {show_day(start)}."
    )


def test_an_apprenticeship_unit_is_not_paid_by_month() -> None:
    unit = replace(ADA, standard_code="AU0009", price=Decimal("750.00"))
    found = when(unit)
    assert found.steps == ()
    assert found.says == (
        "AU0009: Apprenticeship units are not paid by month: 30% is paid once 30% of the unit is"
        " over, 70% when it is completed, so what is due is not worked out. Check it with the"
        " provider."
    )
    spending = spent("0.00", agreed=unit)
    assert (spending.price, spending.due) == (Decimal("750.00"), None)
    rule = replace(RULES.other_profiles[0], is_verified=True)
    with pytest.raises(Problem, match=r"not worked out\. Record"):
        replace(RULES, other_profiles=(rule,)).profile_for(date(2026, 9, 1), "AU0009")
    assert when(replace(ADA, standard_code="FA0004")).says == ""


@pytest.mark.parametrize("start", [date(2017, 4, 30), date(2027, 8, 1)])
def test_a_year_without_a_share_is_said_to_be_unknown(start: date) -> None:
    with pytest.raises(Problem, match=r"^The employer's share is not known for a start on"):
        RULES.co_investment_for(start)


def test_what_fell_due_last_is_known_from_the_first_month_on() -> None:
    def on(day: date) -> date | None:
        return Spending(UUID(int=1), ADA, when(on=day), day, NOTHING).last_due_on

    assert on(date(2025, 9, 29)) is None
    assert on(date(2025, 10, 30)) == date(2025, 9, 30)
    assert on(date(2025, 10, 31)) == date(2025, 10, 31)


def test_a_break_of_which_the_plan_until_the_return_is_missing_is_unrecorded() -> None:
    over = Period(date(2026, 1, 1), date(2026, 2, 28))
    lasting = Period(date(2026, 6, 1), None)
    agreed = replace(ADA, course=replace(COURSE, breaks=(over, lasting)))
    assert unrecorded_breaks(agreed) == (over,)
    recorded = EndBefore(date(2026, 3, 1), date(2027, 2, 28))
    assert unrecorded_breaks(replace(agreed, ends_before=(recorded,))) == ()
