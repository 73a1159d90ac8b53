"""What ending a contract would mean, on the days at its edges, and sums that reconcile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_ending import IfEnded, OnIt, if_ended
from apprentice_desk.domain.contract_money import Agreed, PriceFrom, Stay, schedule, total
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.contract_terms import Notice, Term
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import NoticeUnit

TODAY = date(2026, 11, 24)
HOLIDAYS = resources.bank_holidays()
TERM = Term(
    starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 20), notice=Notice(1, NoticeUnit.MONTHS)
)


def somebody(
    number: int,
    end: date | None = date(2027, 8, 31),
    price: Decimal | None = Decimal("12000.01"),
    paid: Decimal = Decimal("0.00"),
    ended_on: date | None = None,
    with_assessment: date | None = None,
    breaks: tuple[Period, ...] = (),
    stays: tuple[Stay, ...] = (),
) -> OnIt:
    course = Course(
        training_started_on=date(2025, 9, 1),
        training_planned_end_on=end,
        apprenticeship_planned_end_on=with_assessment,
        ended_on=ended_on,
        outcome=Outcome.WITHDRAWN if ended_on is not None else None,
        breaks=breaks,
    )
    agreed = Agreed(
        course, price, PriceFrom.AGREED if price else PriceFrom.NOWHERE, Decimal("15000.00"), 5,
        stays=stays,
    )  # fmt: skip
    due = schedule(agreed, resources.funding_rules(), TODAY)
    return OnIt(
        UUID(int=number), f"Person {number}", "Data analyst",
        Spending(UUID(int=number), agreed, due, TODAY, paid),
    )  # fmt: skip


def ended(*people: OnIt, on: date = TODAY, term: Term = TERM) -> IfEnded:
    found = if_ended(term, on, HOLIDAYS, people, Decimal("7.07"))
    assert found is not None
    return found


def test_notice_ends_the_contract_after_its_period_and_at_its_end_at_the_latest() -> None:
    assert ended().ending.last_on == date(2026, 12, 24)
    assert ended(on=date(2027, 2, 20)).ending.last_on == date(2027, 2, 20)
    assert if_ended(TERM, date(2027, 2, 21), HOLIDAYS, ()) is None


def test_without_a_notice_period_nobody_can_say() -> None:
    assert if_ended(Term(ends_on=date(2027, 2, 20)), TODAY, HOLIDAYS, ()) is None


def test_bank_holidays_that_are_not_known_are_a_problem() -> None:
    far = Term(ends_on=date(2099, 1, 1), notice=Notice(20, NoticeUnit.WORKING_DAYS))
    with pytest.raises(Problem, match="bank holidays"):
        if_ended(far, date(2098, 12, 1), HOLIDAYS, ())


def test_who_would_not_have_finished_is_affected() -> None:
    last = date(2026, 12, 24)
    found = ended(
        somebody(1, last),
        somebody(2, date(2026, 12, 25)),
        somebody(3, None),
        somebody(4, date(2026, 12, 1), with_assessment=date(2027, 3, 1)),
        somebody(5, ended_on=date(2026, 11, 23)),
        somebody(6, ended_on=date(2026, 12, 10)),
        somebody(7, ended_on=date(2027, 1, 10)),
    )
    assert [each.id.int for each in found.affected] == [2, 3, 4, 7]
    assert found.affected[2].planned_end_on == date(2027, 3, 1), "assessment is still to come"
    assert found.affected[1].planned_end_on is None


def test_who_is_past_the_planned_end_or_on_a_break_is_affected_and_it_is_said_why() -> None:
    """Their completion cannot be counted on by the last day, so it comes after it."""
    past, soon = date(2026, 11, 23), date(2026, 12, 1)
    found = ended(
        somebody(1, past),
        somebody(2, TODAY),
        somebody(3, soon, breaks=(Period(date(2026, 11, 1)),)),
        somebody(4, soon, breaks=(Period(date(2026, 9, 1), date(2026, 10, 31)),)),
        somebody(5, soon, breaks=(Period(date(2026, 12, 1)),)),
        somebody(6, past, ended_on=date(2026, 12, 10)),
    )
    assert [(each.id.int, each.why) for each in found.affected] == [
        (1, "the planned end is past"), (3, "on a break"),
    ]  # fmt: skip
    assert found.affected[0].due_after == Decimal("2400.00")
    assert found.affected[1].due_after == Decimal("12000.01") - Decimal("8960.00")
    alone = ended(somebody(1, past))
    assert (alone.due_by, alone.due_after) == (Decimal("9600.01"), Decimal("2400.00"))


def test_who_went_on_under_another_contract_is_not_affected_and_their_months_are_counted() -> None:
    price = Decimal("12000.01")
    stays = (
        Stay(None, price, PriceFrom.AGREED, is_left=True),
        Stay(date(2026, 3, 1), price, PriceFrom.AGREED, is_rest=True, is_here=False),
    )
    found = ended(somebody(1, stays=stays))
    assert found.affected == ()
    assert (found.due_by, found.due_after) == (6 * Decimal("400.00"), 0)
    turned = tuple(replace(each, is_here=not each.is_here) for each in stays)
    assert [each.id.int for each in ended(somebody(2, stays=turned)).affected] == [2]


def test_the_sums_reconcile_with_the_prices_to_the_penny() -> None:
    people = [
        somebody(1, paid=Decimal("4000.00")),
        somebody(2, date(2026, 12, 1), Decimal("9999.99"), Decimal("100.10")),
        somebody(3, ended_on=date(2026, 6, 30)),
        somebody(4, price=None, paid=Decimal("55.55")),
    ]
    found = ended(*people)
    prices = total(each.spending.agreed.price or Decimal(0) for each in people)
    assert found.due_by + found.due_after + found.never_due == prices
    assert found.never_due > 0
    assert found.due_after > 0
    assert found.unknown == 1
    known = Decimal("4162.72") - Decimal("55.55")  # nobody knows what is due for the fourth
    assert found.paid == known, "for whomever, and for nobody in particular"
    assert found.committed == found.due_by - known
    by_person = {each.id.int: each.due_after for each in found.affected}
    assert by_person[4] is None
    assert by_person[1] == found.due_after, "the others finish, or have left, by then"


def test_the_completion_of_who_finishes_by_the_last_day_is_committed() -> None:
    last = date(2026, 12, 24)
    for end, by in ((last, Decimal("12000.01")), (date(2026, 12, 25), Decimal("9600.01"))):
        found = ended(somebody(1, date(2026, 11, 30), with_assessment=end))
        assert (found.due_by, found.due_after) == (by, Decimal("12000.01") - by)
    nobody_knows = ended(somebody(1, None))
    assert nobody_knows.due_by == 0


def test_more_paid_than_will_be_due_is_below_nothing() -> None:
    assert ended(somebody(1, paid=Decimal("99999.00"))).committed < 0
