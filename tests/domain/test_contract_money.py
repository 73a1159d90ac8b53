"""What is due for an apprentice on a day, to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import NOTHING, EndBefore, total
from apprentice_desk.domain.contract_sums import ContractMoney, Spending
from apprentice_desk.domain.vocabulary import PaymentKind
from domain.schedules import ADA, COURSE, LATE, changed, spent, the_new_one, when


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


FIRST_SIX = 6 * Decimal("764.44")


# --- changes of provider --------------------------------------------------------------------------


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
