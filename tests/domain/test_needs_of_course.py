"""The lines on pay and gateways."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Item, ItemState
from apprentice_desk.domain.checklist_gateway import Earliest, Gateway
from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_course import (
    NearGateway,
    Paid,
    gateway_needs,
    wage_needs,
)
from apprentice_desk.domain.wages import PayPer, PayRate, WageFacts

RULES = resources.wage_rules()
AHEAD = resources.programme_rules().ahead
NAMES = resources.programme_rules().names_of(None)
START = date(2025, 9, 1)


def paid(amount="9.00", born=date(2005, 6, 1), number=1, per=PayPer.HOUR, started=START):
    facts = WageFacts(born, started, (PayRate(START, Decimal(amount), per),))
    return Paid(UUID(int=number), f"Ada {number}", facts)


def test_pay_below_what_is_due_is_named_now():
    # From 1 September 2026 the first year is over: 21, so 12.71.
    (need,) = wage_needs([paid()], RULES, date(2026, 9, 1))
    assert (need.kind, need.urgency) == (NeedKind.WAGE, Urgency.NOW)
    assert need.what == "Ada 1 is paid £3.71 an hour too little"
    assert need.why.startswith("£9.00 an hour. £12.71 an hour is due, the rate for 21 and over")
    assert need.target == Target("apprentices", UUID(int=1), part="pay")
    assert (need.weight, need.rank) == (371, -371)


@pytest.mark.parametrize(
    ("today", "is_named"), [(date(2026, 7, 2), False), (date(2026, 7, 3), True)]
)
def test_a_rise_that_makes_pay_too_low_is_named_sixty_days_ahead(today, is_named):
    found = wage_needs([paid()], RULES, today)
    assert bool(found) is is_named
    if found:
        assert found[0].urgency is Urgency.SOON
        assert found[0].what == "From 1 Sep 2026 Ada 1 is due £12.71 an hour"
        assert found[0].why == (
            "Then the first 12 months are over, and £3.71 an hour would be missing"
        )


def test_pay_that_stays_enough_says_nothing_and_the_first_fall_is_named_once():
    assert wage_needs([paid("13.00")], RULES, date(2026, 7, 3)) == []
    # 19 on 20 August 2026 in the second year, and the rates of April: one line, of the first fall.
    whose = paid("8.00", date(2007, 8, 20), started=date(2024, 9, 1))
    (need,) = wage_needs([whose], RULES, date(2026, 7, 3))
    assert need.what == "From 20 Aug 2026 Ada 1 is due £10.85 an hour"


def test_pay_that_cannot_be_judged_is_one_line():
    people = [paid("20000.00", per=PayPer.YEAR, number=n) for n in (1, 2)]
    (need,) = wage_needs(people, RULES, date(2026, 7, 3))
    assert need.what == "Pay of 2 apprentices cannot be judged"
    assert need.why.startswith("Ada 1 and Ada 2. Pay is recorded by the year (£20,000.00)")
    assert (need.urgency, need.action) == (Urgency.LATER, "See the first")
    (need,) = wage_needs(people[:1], RULES, date(2026, 7, 3))
    assert (need.what, need.action) == ("Pay of 1 apprentice cannot be judged", "See pay")


def unpaid(number=1, born=date(2005, 6, 1), pay=()):
    return Paid(UUID(int=number), f"Ada {number}", WageFacts(born, START, pay))


def test_people_without_recorded_pay_are_one_quiet_line_and_named_once():
    people = [unpaid(), unpaid(2, born=None), paid("20.00", number=3)]
    (need,) = wage_needs(people, RULES, date(2026, 10, 1))
    assert (need.kind, need.urgency) == (NeedKind.WAGE, Urgency.LATER)
    assert (need.key, need.weight) == ("wage:not recorded", 2)
    assert need.what == "Pay not recorded for 2 apprentices"
    assert need.why == (
        "Ada 1 and Ada 2. Without it nobody can say whether they are paid what is due"
    )
    assert need.action == "Record the first"
    assert need.target == Target("apprentices", UUID(int=1), part="pay")
    (need,) = wage_needs(people[:1], RULES, date(2026, 10, 1), "Grace  Park")
    assert (need.key, need.action) == ("wage:not recorded:grace park", "Record it")


def test_pay_that_only_begins_later_is_not_recorded_today_and_judged_when_it_comes():
    later = (PayRate(date(2026, 10, 1), Decimal("9.00"), PayPer.HOUR),)
    found = wage_needs([unpaid(pay=later)], RULES, date(2026, 9, 15))
    assert [each.what for each in found] == [
        "From 1 Oct 2026 Ada 1 is due £12.71 an hour", "Pay not recorded for 1 apprentice",
    ]  # fmt: skip


def test_rates_that_run_out_are_named_once_somebody_is_paid():
    assert wage_needs([], RULES, date(2027, 3, 1)) == []
    assert [each.key for each in wage_needs([unpaid()], RULES, date(2027, 3, 1))] == [
        "wage:not recorded"
    ]
    (need,) = wage_needs([paid("20.00"), paid("20.00", number=2)], RULES, date(2027, 3, 1))
    assert need.what == "Wage rates are known to 31 Mar 2027 only"
    assert wage_needs([paid("20.00")], RULES, date(2027, 1, 30)) == []  # 31 March is 60 days off
    assert wage_needs([paid("20.00")], RULES, date(2027, 1, 31)) != []
    (need,) = wage_needs([paid("20.00")], RULES, date(2027, 4, 1))
    assert need.what == "Pay of 1 apprentice cannot be judged"
    assert "rates of 1 Apr 2027 are not known" in need.why


# --- gateway --------------------------------------------------------------------------------------


def near(planned_on, *titles, earliest=None):
    items = tuple(Item(title, title, ItemState.NOT_MET, "") for title in titles)
    return NearGateway(
        UUID(int=1), "Ada", planned_on, Gateway(items, Earliest(earliest, ""), NAMES)
    )


TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("planned_on", "urgency", "what"),
    [
        (date(2026, 10, 28), None, ""),
        (date(2026, 10, 27), Urgency.SOON, "is planned in 56 days, with 1 item open"),
        (date(2026, 9, 16), Urgency.SOON, "is planned in 15 days, with 1 item open"),
        (date(2026, 9, 15), Urgency.NOW, "is planned in 14 days, with 1 item open"),
        (date(2026, 9, 1), Urgency.NOW, "is planned today, with 1 item open"),
        (date(2026, 8, 31), Urgency.NOW, "was planned for 31 Aug 2026, with 1 item open"),
    ],
)
def test_a_gateway_with_open_items_is_named_in_time(planned_on, urgency, what):
    found = gateway_needs([near(planned_on, "English")], AHEAD, TODAY)
    if urgency is None:
        assert found == []
        return
    (need,) = found
    assert (need.urgency, need.what) == (urgency, f"Gateway for Ada {what}")
    assert need.target == Target("apprentices", UUID(int=1), "English", part="checklists")
    assert need.kind is NeedKind.GATEWAY


def test_what_is_open_and_the_earliest_day_say_why():
    planned = date(2026, 10, 1)
    (need,) = gateway_needs([near(planned, "A", "B", earliest=date(2026, 11, 2))], AHEAD, TODAY)
    assert need.why == "A and B. The earliest day is 2 Nov 2026"
    (need,) = gateway_needs([near(planned, "A", earliest=planned)], AHEAD, TODAY)
    assert need.why == "A"
    assert need.weight == 1


def test_a_gateway_with_nothing_open_is_named_once_it_should_have_been_passed():
    assert gateway_needs([near(TODAY)], AHEAD, TODAY) == []
    (need,) = gateway_needs([near(date(2026, 8, 31))], AHEAD, TODAY)
    assert need.what == "Gateway for Ada was planned for 31 Aug 2026"
    assert need.why == "Nothing is open: record that it was passed"
    assert need.target == Target("apprentices", UUID(int=1), part="checklists")
