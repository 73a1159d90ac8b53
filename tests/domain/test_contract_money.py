"""What is due for an apprentice on a day, to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import (
    Agreed,
    ContractMoney,
    PriceFrom,
    Schedule,
    Spending,
    equal_parts,
    schedule,
    total,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import PaymentKind

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


def test_eighty_per_cent_is_due_in_equal_months_and_the_rest_at_completion() -> None:
    """£13,760 in 18 months: £764.44 each and £764.52 in the last; £3,440 at completion."""
    found = when()
    months = found.steps[:-1]
    assert [step.amount for step in months] == [Decimal("764.44")] * 17 + [Decimal("764.52")]
    assert months[0].due_on == date(2025, 9, 30)
    assert months[5].due_on == date(2026, 2, 28)
    assert months[-1].due_on == date(2027, 2, 28)
    assert {step.kind for step in months} == {PaymentKind.TRAINING}
    assert found.steps[-1].kind is PaymentKind.COMPLETION
    assert found.steps[-1].amount == Decimal("3440.00")
    assert found.steps[-1].due_on is None
    assert (found.months, found.months_gone) == (18, 14)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 9, 29), "0.00"),
        (date(2025, 9, 30), "764.44"),
        (date(2025, 10, 30), "764.44"),
        (date(2025, 10, 31), "1528.88"),
        (date(2027, 2, 27), "12995.48"),
        (date(2027, 2, 28), "13760.00"),
        (LATE, "13760.00"),
    ],
)
def test_a_month_is_due_on_its_last_day(day: date, due: str) -> None:
    assert when().due_by(day) == Decimal(due)


def test_the_last_day_of_february_is_that_of_the_year() -> None:
    leap = when(
        on=date(2028, 2, 28),
        training_started_on=date(2028, 2, 1),
        training_planned_end_on=date(2029, 2, 28),
    )
    assert leap.months == 13
    assert (leap.steps[0].due_on, leap.steps[12].due_on) == (date(2028, 2, 29), date(2029, 2, 28))
    assert leap.due_by(date(2028, 2, 28)) == 0


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 9, 1), date(2027, 8, 31), 12),
        (date(2026, 9, 1), date(2027, 8, 30), 11),
        (date(2026, 9, 30), date(2027, 8, 31), 12),
        (date(2026, 10, 1), date(2027, 8, 31), 11),
        (date(2026, 9, 2), date(2026, 9, 29), 1),
    ],
)
def test_months_are_counted_by_their_last_days(start: date, end: date, months: int) -> None:
    found = when(training_started_on=start, training_planned_end_on=end)
    assert found.months == months
    last = found.steps[months - 1].due_on
    assert last is not None
    assert last <= end


def test_training_without_the_last_day_of_a_month_is_due_when_it_ends() -> None:
    found = when(training_started_on=date(2026, 9, 2), training_planned_end_on=date(2026, 9, 29))
    assert found.steps[0].due_on == date(2026, 9, 29)
    assert found.steps[0].amount == Decimal("13760.00")


def test_a_penny_too_few_for_the_months_is_due_in_the_last() -> None:
    tiny = when(replace(ADA, price=Decimal("0.05")))
    assert [step.amount for step in tiny.steps[:-1]] == [Decimal("0.00")] * 17 + [Decimal("0.04")]
    assert tiny.steps[-1].amount == Decimal("0.01")


def test_half_a_penny_of_the_share_becomes_a_penny_once() -> None:
    """80 % of £0.07 is 5.6 p: 6 p in months and 1 p at completion, never 7 p and a bit."""
    found = when(replace(ADA, price=Decimal("0.07")))
    assert total(step.amount for step in found.steps[:-1]) == Decimal("0.06")
    assert found.steps[-1].amount == Decimal("0.01")


# --- the funding band -----------------------------------------------------------------------------


def test_what_lies_above_the_band_is_the_employers_and_has_its_part_in_every_step() -> None:
    """£15,400 against £15,000: £400 above, £320 of it in months of £17.77, £80 at completion."""
    found = when(replace(ADA, price=Decimal("15400.00"), band_maximum=Decimal("15000.00")))
    assert [step.above_band for step in found.steps[:-1]] == (
        [Decimal("17.77")] * 17 + [Decimal("17.91")]
    )
    assert found.steps[-1].above_band == Decimal("80.00")
    assert found.steps[0].amount == Decimal("666.66") + Decimal("17.77")
    assert total(step.amount for step in found.steps) == Decimal("15400.00")
    assert found.above_band_due_by(date(2025, 10, 31)) == Decimal("35.54")


@pytest.mark.parametrize(
    ("price", "band", "within", "above"),
    [
        ("17999.99", "18000.00", "17999.99", "0.00"),
        ("18000.00", "18000.00", "18000.00", "0.00"),
        ("18000.01", "18000.00", "18000.00", "0.01"),
        (None, "18000.00", None, None),
        ("18000.00", None, None, None),
    ],
)
def test_the_band_is_compared_to_the_penny(
    price: str | None, band: str | None, within: str | None, above: str | None
) -> None:
    agreed = replace(
        ADA,
        price=None if price is None else Decimal(price),
        band_maximum=None if band is None else Decimal(band),
    )
    assert agreed.within_band == (None if within is None else Decimal(within))
    assert agreed.above_band == (None if above is None else Decimal(above))


# --- breaks and ends ------------------------------------------------------------------------------


def test_a_break_that_goes_on_stops_what_is_due_and_keeps_the_rate() -> None:
    found = when(breaks=(Period(date(2026, 3, 15), None),))
    dated = [step for step in found.steps if step.due_on]
    assert [step.due_on for step in dated][-1] == date(2026, 2, 28)
    assert (len(dated), found.months) == (6, 18)
    assert found.due_by(LATE) == 6 * Decimal("764.44")
    assert found.months_gone == 6


def test_a_break_from_the_last_day_of_a_month_takes_that_month_with_it() -> None:
    assert len([s for s in when(breaks=(Period(date(2026, 2, 28), None),)).steps if s.due_on]) == 5
    assert len([s for s in when(breaks=(Period(date(2026, 3, 1), None),)).steps if s.due_on]) == 6


def test_a_break_that_is_over_moves_the_months_behind_it() -> None:
    """Two months away and an end two months later: the same rate, two months later."""
    found = when(
        breaks=(Period(date(2026, 3, 10), date(2026, 5, 9)),),
        training_planned_end_on=date(2027, 4, 30),
    )
    days = [step.due_on for step in found.steps[:-1]]
    assert found.months == 18
    assert days[5:7] == [date(2026, 2, 28), date(2026, 5, 31)]
    assert days[-1] == date(2027, 4, 30)
    assert found.steps[0].amount == Decimal("764.44")


def test_a_break_with_a_known_last_day_moves_the_months_before_the_end_is_planned_anew() -> None:
    found = when(on=date(2026, 5, 9), breaks=(Period(date(2026, 3, 10), date(2026, 5, 9)),))
    days = [step.due_on for step in found.steps[:-1]]
    assert (found.months, days[6], days[-1]) == (18, date(2026, 5, 31), date(2027, 4, 30))
    day_after = when(on=date(2026, 5, 10), breaks=(Period(date(2026, 3, 10), date(2026, 5, 9)),))
    assert (day_after.months, day_after.steps[15].due_on) == (16, date(2027, 2, 28))


def test_nothing_more_is_due_once_somebody_has_left() -> None:
    left = when(ended_on=date(2026, 3, 31), outcome=Outcome.WITHDRAWN)
    assert left.due_by(LATE) == 7 * Decimal("764.44")
    assert left.never_due == Decimal("17200.00") - 7 * Decimal("764.44")
    day_before = when(ended_on=date(2026, 3, 30), outcome=Outcome.WITHDRAWN)
    assert day_before.due_by(LATE) == 6 * Decimal("764.44")
    assert (day_before.months, day_before.months_gone) == (18, 6)


def test_nothing_is_due_for_who_leaves_within_the_qualifying_period() -> None:
    """42 days, where 168 or more were planned: the 42nd day is 12 October."""
    early = when(ended_on=date(2025, 10, 11), outcome=Outcome.WITHDRAWN)
    assert (early.due_by(LATE), early.never_due) == (0, Decimal("17200.00"))
    qualified = when(ended_on=date(2025, 10, 12), outcome=Outcome.WITHDRAWN)
    assert qualified.due_by(LATE) == Decimal("764.44")


def test_who_leaves_on_a_day_to_come_has_not_left_yet() -> None:
    left = when(on=date(2026, 1, 15), ended_on=date(2026, 3, 31), outcome=Outcome.WITHDRAWN)
    assert left.months_gone == 4
    assert left.due_by(date(2026, 1, 15)) == 4 * Decimal("764.44")


def test_completing_early_makes_all_the_rest_due_that_day() -> None:
    done = when(ended_on=date(2026, 9, 15), outcome=Outcome.COMPLETED)
    assert done.due_by(date(2026, 9, 14)) == 12 * Decimal("764.44")
    assert done.due_by(date(2026, 9, 15)) == Decimal("17200.00")
    assert [(step.kind, step.due_on) for step in done.steps[-2:]] == [
        (PaymentKind.TRAINING, date(2026, 9, 15)),
        (PaymentKind.COMPLETION, date(2026, 9, 15)),
    ]
    assert done.never_due == 0


def test_completing_after_the_planned_end_leaves_only_the_completion() -> None:
    done = when(ended_on=date(2027, 6, 30), outcome=Outcome.COMPLETED)
    assert len(done.steps) == 19
    assert done.due_by(date(2027, 6, 29)) == Decimal("13760.00")
    assert done.due_by(date(2027, 6, 30)) == Decimal("17200.00")


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


def test_the_first_start_chooses_the_rule() -> None:
    old = replace(ADA, original_start_on=date(2017, 4, 30))
    assert when(old).says


# --- sums -----------------------------------------------------------------------------------------


def spent(paid: str, *, is_behind: bool = False, agreed: Agreed = ADA) -> Spending:
    on = date(2026, 11, 23)
    key = UUID(int=1)
    return Spending(key, agreed, schedule(agreed, RULES, on), on, Decimal(paid), is_behind)


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
    assert (money.unpriced, money.unshared, money.undue) == (1, 1, 1)
    assert money.committed == money.agreed - (Decimal("17200.00") - 7 * Decimal("764.44"))
    assert money.employer_share == 0
    assert (money.months, money.months_gone) == (72, 49)


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


amounts = st.decimals(0, 100_000, places=2)
days = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@given(amounts, st.integers(1, 60))
def test_equal_parts_add_up(amount: Decimal, count: int) -> None:
    parts = equal_parts(amount, count)
    assert len(parts) == count
    assert sum(parts) == amount
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < Decimal("0.01") * count


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


@pytest.mark.parametrize("start", [date(2017, 4, 30), date(2027, 8, 1)])
def test_a_year_without_a_share_is_said_to_be_unknown(start: date) -> None:
    with pytest.raises(Problem, match=r"^The employer's share is not known for a start on"):
        RULES.co_investment_for(start)


def test_a_start_before_the_levy_has_no_profile() -> None:
    with pytest.raises(Problem, match="30 Apr 2017"):
        RULES.profile_for(date(2017, 4, 30))
