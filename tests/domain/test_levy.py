"""What becomes of a levy account: nothing is lost on the way, and nothing lapses unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.contract_money import NOTHING, total
from apprentice_desk.domain.levy import (
    Income,
    LevyRules,
    Lot,
    SpendBy,
    income_in,
    lots,
    month_of,
    runway,
)
from apprentice_desk.domain.problems import Problem

RULES = resources.levy_rules()
D = Decimal
NOV_28 = date(2026, 11, 28)
STEADY = (Income(date(2025, 1, 1), D("1000.00")),)


def first(year: int, month: int) -> date:
    return date(year, month, 1)


def test_money_of_before_august_2026_lasts_24_months_and_of_then_on_12() -> None:
    assert RULES.last_day(first(2026, 7)) == date(2028, 6, 30)
    assert RULES.last_day(first(2026, 8)) == date(2027, 7, 31)
    assert RULES.last_day(first(2024, 3)) == date(2026, 2, 28)
    assert RULES.last_day(first(2022, 3)) == date(2024, 2, 29), "a leap year"


def test_a_year_of_which_no_rule_is_known_is_a_problem_in_words() -> None:
    with pytest.raises(Problem) as found:
        RULES.last_day(first(2017, 4))
    assert found.value.what == "How long levy money lasts is not known for 1 Apr 2017."
    with pytest.raises(Problem, match="When levy money comes in is not known for 30 Apr 2017"):
        runway(D(1), date(2017, 4, 30), (), {}, RULES)
    assert RULES.first_month == first(2017, 5)


def test_what_is_left_came_in_last() -> None:
    assert lots(D("2500.00"), NOV_28, STEADY, RULES) == (
        Lot(first(2026, 9), date(2027, 8, 31), D("500.00")),
        Lot(first(2026, 10), date(2027, 9, 30), D("1000.00")),
        Lot(first(2026, 11), date(2027, 10, 31), D("1000.00")),
    )


@pytest.mark.parametrize(
    ("on", "newest"), [(date(2026, 11, 22), first(2026, 10)), (date(2026, 11, 23), first(2026, 11))]
)
def test_the_money_of_a_month_is_there_from_the_23rd(on: date, newest: date) -> None:
    assert lots(D("100.00"), on, STEADY, RULES)[-1].month == newest
    told = runway(D("100.00"), on, STEADY, {}, RULES).months
    assert told[0].month == first(2026, 11)
    assert told[0].income == (D("1000.00") if on.day == 22 else NOTHING)
    assert told[1].income == D("1000.00")


def test_what_no_known_income_accounts_for_is_of_unknown_age_and_never_lapses_unsaid() -> None:
    since = (Income(first(2026, 10), D("1000.00")),)
    found = runway(D("5000.00"), NOV_28, since, {}, RULES)
    assert found.held[0] == Lot(None, None, D("3000.00"))
    assert found.unknown == D("3000.00")
    assert found.months[-1].closing >= D("3000.00")
    assert found.lapsing == total(month.lapsed for month in found.months)
    assert runway(D("5000.00"), NOV_28, (), {}, RULES).unknown == D("5000.00")


def test_money_of_unknown_age_is_spent_first() -> None:
    since = (Income(first(2026, 10), D("1000.00")),)
    found = runway(D("5000.00"), NOV_28, since, {first(2026, 12): D("3500.00")}, RULES)
    assert found.spend_by[0] == SpendBy(
        date(2027, 9, 30), D("500.00"), D("500.00"), (first(2026, 10),)
    )


def test_money_that_lapsed_is_not_in_a_balance_but_older_that_lasts_longer_is() -> None:
    """In September 2027 the money of August 2026 has gone; that of July 2026 stays till 2028."""
    held = lots(D("14000.00"), date(2027, 9, 1), STEADY, RULES)
    months = [lot.month for lot in held]
    assert first(2026, 8) not in months
    assert months[:4] == [first(2026, 5), first(2026, 6), first(2026, 7), first(2026, 10)]
    assert months[-1] == first(2027, 8)
    assert total(lot.amount for lot in held) == D("14000.00")


def test_what_of_two_months_lapses_on_one_day_is_one_line() -> None:
    """Money of August 2025 lasts 24 months, of August 2026 12: both until 31 July 2027."""
    found = runway(D("16000.00"), NOV_28, STEADY, {}, RULES)
    (line,) = [each for each in found.spend_by if each.last_on == date(2027, 7, 31)]
    assert line.amount == D("2000.00")
    assert line.came_in == (first(2025, 8), first(2026, 8))


def test_the_oldest_goes_first_so_that_keeping_newer_money_takes_spending_the_older() -> None:
    """In July 2027 a year's money of before the change is still held, and lasts longer."""
    found = runway(D("16000.00"), NOV_28, STEADY, {}, RULES)
    (line,) = [each for each in found.spend_by if each.last_on == date(2027, 7, 31)]
    assert line.takes == D("13000.00"), "August 2025 to August 2026"
    kept = runway(D("16000.00"), NOV_28, STEADY, {first(2027, 7): line.takes}, RULES)
    assert kept.months[8].month == first(2027, 7)
    assert kept.months[8].lapsed == NOTHING


def test_what_is_held_from_before_a_rule_is_told() -> None:
    found = runway(D("6500.00"), NOV_28, STEADY, {}, RULES)
    assert found.from_before(first(2026, 8)) == D("2500.00")
    assert runway(D("6500.00"), NOV_28, (), {}, RULES).from_before(first(2026, 8)) == NOTHING


def test_the_first_month_is_what_is_left_of_it() -> None:
    """What falls due after the balance in its own month is paid from it, not forgotten."""
    found = runway(D("500.00"), NOV_28, STEADY, {first(2026, 11): D("200.00")}, RULES, 1)
    (only,) = found.months
    assert (only.opening, only.due, only.closing) == (D("500.00"), D("200.00"), D("300.00"))


def test_what_the_account_cannot_pay_is_short_and_not_carried_on() -> None:
    found = runway(D("100.00"), NOV_28, STEADY, {first(2026, 12): D("5000.00")}, RULES, 3)
    december, january = found.months[1:]
    assert (december.paid, december.short) == (D("1100.00"), D("3900.00"))
    assert found.first_short is december
    assert january.opening == NOTHING
    assert january.short == NOTHING
    assert runway(D("100.00"), NOV_28, STEADY, {}, RULES).first_short is None


def test_another_income_holds_from_its_month_on() -> None:
    both = (*STEADY, Income(first(2026, 12), D("900.00")))
    assert income_in(first(2024, 12), both) is None
    assert income_in(first(2026, 11), both) == D("1000.00")
    assert income_in(first(2027, 1), both) == D("900.00")
    ended = (*STEADY, Income(first(2027, 1), NOTHING))
    assert [month.income for month in runway(NOTHING, NOV_28, ended, {}, RULES, 3).months] == [
        NOTHING, D("1000.00"), NOTHING,
    ]  # fmt: skip


def test_a_month_without_income_has_no_money_in_a_balance() -> None:
    gap = (Income(first(2026, 9), D("10.00")), Income(first(2026, 10), NOTHING))
    held = lots(D("10.00"), NOV_28, gap, RULES)
    assert [lot.month for lot in held] == [first(2026, 9)]


# --- what always holds ----------------------------------------------------------------------------

amounts = st.integers(0, 500_000).map(lambda pence: D(pence) / 100)
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
months = st.dates(date(2017, 5, 1), date(2031, 12, 31)).map(month_of)
incomes = st.dictionaries(months, amounts, max_size=4).map(
    lambda found: tuple(Income(month, amount) for month, amount in found.items())
)


@st.composite
def dues(draw: st.DrawFn, on: date) -> dict[date, Decimal]:
    ahead = draw(st.dictionaries(st.integers(0, 30), amounts, max_size=8))
    return {add_months(month_of(on), number): amount for number, amount in ahead.items()}


@given(st.data(), amounts, days, incomes, st.integers(1, 40))
def test_nothing_is_lost_and_all_that_lapses_is_named(
    data: st.DataObject, balance: Decimal, on: date, known: tuple[Income, ...], count: int
) -> None:
    due = data.draw(dues(on))
    found = runway(balance, on, known, due, RULES, count)
    assert total(lot.amount for lot in found.held) == balance
    assert len(found.months) == count
    opening = balance
    for month in found.months:
        assert month.opening == opening
        assert month.opening + month.income - month.paid - month.lapsed == month.closing
        assert month.paid + month.short == month.due == due.get(month.month, NOTHING)
        assert min(month.paid, month.short, month.lapsed, month.closing) >= NOTHING
        opening = month.closing
    assert found.lapsing == total(month.lapsed for month in found.months)
    by_month: dict[date, Decimal] = {}
    for line in found.spend_by:
        assert line.came_in
        assert line.amount > NOTHING
        by_month[month_of(line.last_on)] = line.amount
    assert by_month == {month.month: month.lapsed for month in found.months if month.lapsed}


@given(st.data(), amounts, days, incomes)
def test_more_that_is_due_never_makes_more_lapse(
    data: st.DataObject, balance: Decimal, on: date, known: tuple[Income, ...]
) -> None:
    due, more = data.draw(dues(on)), data.draw(dues(on))
    both = {month: due.get(month, NOTHING) + more.get(month, NOTHING) for month in {*due, *more}}

    def lapses(wanted: dict[date, Decimal]) -> list[Decimal]:
        return [month.lapsed for month in runway(balance, on, known, wanted, RULES, 36).months]

    assert all(less <= before for less, before in zip(lapses(both), lapses(due), strict=True))


@given(st.data(), amounts, days, incomes)
def test_spending_what_it_takes_keeps_what_would_lapse_first_and_less_does_not(
    data: st.DataObject, balance: Decimal, on: date, known: tuple[Income, ...]
) -> None:
    due = data.draw(dues(on))
    found = runway(balance, on, known, due, RULES, 36)
    for line in found.spend_by[:1]:
        month = month_of(line.last_on)

        def lapsed(more: Decimal, month: date = month) -> Decimal:
            wanted = {**due, month: due.get(month, NOTHING) + more}
            told = runway(balance, on, known, wanted, RULES, 36).months
            (there,) = [each for each in told if each.month == month]
            return there.lapsed

        assert line.takes >= line.amount == lapsed(NOTHING)
        assert lapsed(line.takes) == NOTHING
        assert lapsed(line.takes - D("0.01")) == D("0.01")


def test_rules_are_verified_once_each_of_them_was_read_where_it_stands() -> None:
    def read(is_verified: bool, rules: LevyRules) -> LevyRules:
        return replace(
            rules,
            expiry=tuple(replace(each, is_verified=is_verified) for each in rules.expiry),
            income_days=tuple(replace(each, is_verified=is_verified) for each in rules.income_days),
        )

    all_read = read(is_verified=True, rules=RULES)
    assert all_read.is_verified
    first_unread = replace(all_read.expiry[0], is_verified=False)
    assert not replace(all_read, expiry=(first_unread, *all_read.expiry[1:])).is_verified
    assert not replace(
        all_read, income_days=read(is_verified=False, rules=RULES).income_days
    ).is_verified
