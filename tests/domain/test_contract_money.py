"""What is due for an apprentice on a day, to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.contract_money import (
    NOTHING,
    Agreed,
    EndBefore,
    PriceFrom,
    Schedule,
    Stay,
    equal_parts,
    schedule,
    total,
    unrecorded_breaks,
)
from apprentice_desk.domain.contract_sums import ContractMoney, Spending
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
        training_started_on=date(2027, 3, 1),
        training_planned_end_on=date(2029, 2, 28),
    )
    assert leap.months == 24
    assert (leap.steps[11].due_on, leap.steps[23].due_on) == (date(2028, 2, 29), date(2029, 2, 28))
    assert leap.due_by(date(2028, 2, 28)) == 11 * Decimal("573.33")
    assert leap.months_gone == 11


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
    found = spent("0.00", agreed=agreed)
    assert found.within_band == (None if within is None else Decimal(within))
    assert found.above_band == (None if above is None else Decimal(above))
    open_end = replace(agreed, course=replace(COURSE, training_planned_end_on=None))
    unknown = spent("0.00", agreed=open_end)
    assert (unknown.price, unknown.due) == (agreed.price, None)
    assert (unknown.within_band, unknown.above_band) == (found.within_band, found.above_band)
    assert unknown.band_unknown == found.band_unknown


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


AWAY = Period(date(2026, 3, 10), date(2026, 5, 9))
BACK_ON = date(2026, 5, 10)


def test_a_break_that_is_over_moves_the_months_behind_it() -> None:
    """Two months away and an end two months later: the same rate, two months later."""
    agreed = replace(ADA, ends_before=(EndBefore(BACK_ON, date(2027, 2, 28)),))
    found = when(agreed, breaks=(AWAY,), training_planned_end_on=date(2027, 4, 30))
    assert [step.amount for step in found.steps[:-1]] == [step.amount for step in when().steps[:-1]]
    days = [step.due_on for step in found.steps[:-1]]
    assert found.months == 18
    assert days[5:7] == [date(2026, 2, 28), date(2026, 5, 31)]
    assert days[-1] == date(2027, 4, 30)
    assert found.steps[0].amount == Decimal("764.44")


def test_a_return_leaves_what_was_earned_and_spreads_the_rest_over_the_months_left() -> None:
    """Six months at £764.44 are earned; £9,173.36 are left for the ten months up to the end."""
    agreed = replace(ADA, ends_before=(EndBefore(BACK_ON, date(2027, 2, 28)),))
    found = when(agreed, breaks=(AWAY,))
    amounts = [step.amount for step in found.steps[:-1]]
    assert amounts == [Decimal("764.44")] * 6 + [Decimal("917.33")] * 9 + [Decimal("917.39")]
    assert found.steps[6].due_on == date(2026, 5, 31)
    assert found.due_by(date(2026, 5, 30)) == when(breaks=(Period(AWAY.first),)).due_by(LATE)


def test_another_planned_end_leaves_what_was_earned_and_spreads_the_rest() -> None:
    """£13,760 less 14 months at £764.44 is £3,057.84, for ten months up to September."""
    agreed = replace(ADA, ends_before=(EndBefore(date(2026, 11, 3), date(2027, 2, 28)),))
    found = when(agreed, training_planned_end_on=date(2027, 9, 30))
    amounts = [step.amount for step in found.steps[:-1]]
    assert amounts == [Decimal("764.44")] * 14 + [Decimal("277.98")] * 10 + [Decimal("278.04")]
    assert found.due_by(date(2026, 10, 31)) == when().due_by(date(2026, 10, 31))
    assert (found.months, found.months_gone) == (25, 14)


def test_an_end_that_is_moved_during_a_break_holds_from_the_return_on() -> None:
    ends = (
        EndBefore(date(2026, 4, 1), date(2027, 2, 28)),
        EndBefore(BACK_ON, date(2027, 6, 30)),
    )
    back = when(
        replace(ADA, ends_before=ends), breaks=(AWAY,), training_planned_end_on=date(2027, 4, 30)
    )
    assert [step.amount for step in back.steps[:-1]] == [step.amount for step in when().steps[:-1]]
    still_away = when(
        replace(ADA, ends_before=ends[:1]),
        breaks=(Period(AWAY.first),),
        training_planned_end_on=date(2027, 6, 30),
    )
    assert still_away.due_by(LATE) == 6 * Decimal("764.44")
    undated = [step.amount for step in still_away.steps[:-1] if step.due_on is None]
    assert undated == [Decimal("611.55")] * 14 + [Decimal("611.66")]


def test_what_is_left_behind_a_break_has_no_day_while_the_end_is_past() -> None:
    agreed = replace(ADA, ends_before=(EndBefore(BACK_ON, date(2026, 4, 30)),))
    found = when(agreed, breaks=(AWAY,), training_planned_end_on=date(2026, 4, 30))
    assert [step.amount for step in found.steps] == [
        *[Decimal("1720.00")] * 6, Decimal("3440.00"), Decimal("3440.00"),
    ]  # fmt: skip
    assert [step.due_on for step in found.steps[6:]] == [None, None]
    ended = {"training_planned_end_on": date(2026, 4, 30), "ended_on": date(2026, 8, 1)}
    done = when(agreed, breaks=(AWAY,), outcome=Outcome.COMPLETED, **ended)
    assert done.due_by(date(2026, 8, 1)) == Decimal("17200.00")
    nothing_left = replace(agreed, price=Decimal("0.00"))
    found = when(nothing_left, breaks=(AWAY,), training_planned_end_on=date(2026, 4, 30))
    assert len(found.steps) == 7, "six months and the completion, and nothing without a day"


def test_a_break_of_which_no_plan_is_recorded_is_taken_to_be_in_the_plan() -> None:
    found = when(breaks=(AWAY,))
    amounts = [step.amount for step in found.steps[:-1]]
    assert amounts == [Decimal("860.00")] * 16
    assert not [s for s in found.steps if s.due_on in (date(2026, 3, 31), date(2026, 4, 30))]


# --- changes of provider --------------------------------------------------------------------------

CHANGED_ON = date(2026, 3, 1)
FIRST_SIX = 6 * Decimal("764.44")


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


def test_one_price_is_split_between_the_contracts_by_month() -> None:
    agreed = changed("17200.00", "17200.00", is_rest=True)
    old, new = when(agreed), when(the_new_one(agreed))
    assert (old.price, old.never_due, old.due_by(LATE)) == (FIRST_SIX, 0, FIRST_SIX)
    assert (old.months, old.months_gone) == (6, 6)
    assert new.steps[0].due_on == date(2026, 3, 31)
    assert new.price == Decimal("17200.00") - FIRST_SIX
    assert (*old.steps, *new.steps) == when().steps
    assert (agreed.has_left, agreed.here_until) == (True, date(2026, 2, 28))
    assert (the_new_one(agreed).has_left, the_new_one(agreed).here_until) == (False, None)
    assert ADA.here_until is None


def test_another_price_is_for_what_was_left_of_the_training() -> None:
    """£9,000 from March on: £7,200 in twelve months of £600, and £1,800 at completion."""
    agreed = changed("17200.00", "9000.00")
    old, new = when(agreed), when(the_new_one(agreed))
    assert (old.price, old.due_by(LATE)) == (Decimal("17200.00"), FIRST_SIX)
    assert old.never_due == Decimal("17200.00") - FIRST_SIX
    assert [step.amount for step in new.steps] == [Decimal("600.00")] * 12 + [Decimal("1800.00")]
    assert new.steps[0].due_on == date(2026, 3, 31)
    assert (old.band_unknown, new.band_unknown) == (0, Decimal("9000.00"))


def test_what_another_price_is_for_is_not_guessed_for_either_contract() -> None:
    agreed = changed("17200.00", "9000.00")
    unsaid = tuple(replace(stay, is_unsaid=True) for stay in agreed.stays)
    old, new = replace(agreed, stays=unsaid), the_new_one(replace(agreed, stays=unsaid))
    for each in (old, new):
        schedule_ = when(each)
        assert schedule_.says.startswith("Since a change the price is another: nobody has said")
        assert (schedule_.steps, schedule_.price) == ((), None)
    on = date(2026, 6, 1)
    spending = Spending(UUID(int=1), old, when(old), on, NOTHING)
    money = ContractMoney((spending,), NOTHING)
    assert (money.unsplit, money.unsaid) == (1, 1)


def test_what_was_agreed_at_the_change_is_not_guessed() -> None:
    old, new = changed(None, "9000.00"), the_new_one(changed("17200.00", None))
    assert when(old).says == "No price is recorded of the time before the change."
    assert when(new).says == (
        "What was agreed for the rest of the training at the change is not recorded."
    )
    spending = spent("10.00", agreed=new)
    assert (spending.price, spending.due, spending.band_unknown) == (None, None, 0)
    assert (spending.above_band, spending.within_band) == (None, None)
    assert when(the_new_one(old)).price == Decimal("9000.00")
    assert when(the_new_one(new)).price == Decimal("17200.00")


def test_a_provider_who_was_left_within_the_qualifying_period_earned_nothing() -> None:
    stays = changed("17200.00", "17200.00", is_rest=True).stays
    early = replace(ADA, stays=(stays[0], replace(stays[1], first_on=date(2025, 10, 12))))
    assert (when(early).price, when(early).steps) == (0, ())
    assert when(the_new_one(early)).price == Decimal("17200.00")
    in_time = replace(ADA, stays=(stays[0], replace(stays[1], first_on=date(2025, 10, 13))))
    assert when(in_time).price == Decimal("764.44")
    same = replace(early, stays=(replace(stays[0], is_left=False), early.stays[1]))
    assert when(same).price == Decimal("764.44"), "another contract with the same provider"


def test_who_leaves_after_a_change_is_paid_for_to_both() -> None:
    agreed = changed("17200.00", "17200.00", is_rest=True)
    left = {"ended_on": date(2026, 4, 30), "outcome": Outcome.WITHDRAWN}
    old, new = when(agreed, **left), when(the_new_one(agreed), **left)
    assert (old.price, new.due_by(LATE)) == (FIRST_SIX, 2 * Decimal("764.44"))
    assert old.never_due + new.never_due + old.due_by(LATE) + new.due_by(LATE) == ADA.price


def test_a_change_while_on_a_break_leaves_what_is_not_earned_to_the_new_provider() -> None:
    on_break = {"breaks": (Period(date(2026, 2, 1)),)}
    agreed = changed("17200.00", "17200.00", is_rest=True)
    assert when(agreed, **on_break).price == 5 * Decimal("764.44")
    new = when(the_new_one(agreed), **on_break)
    assert {step.due_on for step in new.steps} == {None}
    back = replace(agreed, ends_before=(EndBefore(date(2026, 4, 1), date(2027, 2, 28)),))
    closed = {"breaks": (Period(date(2026, 2, 1), date(2026, 3, 31)),)}
    assert when(back, **closed).price == 5 * Decimal("764.44")
    assert when(the_new_one(back), **closed).steps[0].due_on == date(2026, 4, 30)


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
    assert spending.risk_unknown == Decimal("10.00")


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


amounts = st.decimals(0, 100_000, places=2)
days = st.dates(date(2018, 1, 1), date(2027, 7, 31))


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
