"""The lines on what is open before a start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Mark, start_items
from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_start import Starting, start_needs

RULES = resources.programme_rules()
TODAY = date(2026, 9, 1)
NAMED = [rule.key for rule in RULES.start if rule.is_named]


def starting(started_on, *left, number=1, is_new=True, said=()):
    """Somebody with *left* open of what Today asks for; of the house's own items *said* holds."""
    marks = {key: Mark(key, date(2026, 5, 1)) for key in NAMED if key not in left}
    marks |= {mark.item: mark for mark in said}
    items = start_items(RULES.start, marks, started_on, TODAY, is_new=is_new)
    return Starting(UUID(int=number), f"Ada {number}", started_on, items, marks)


def needs(*people, whose=""):
    return start_needs(people, RULES.start_ahead, TODAY, whose)


@pytest.mark.parametrize(
    ("started_on", "urgency", "what"),
    [
        (date(2026, 9, 30), None, ""),  # 29 days ahead
        (date(2026, 9, 29), Urgency.SOON, "starts in 28 days"),
        (date(2026, 9, 7), Urgency.SOON, "starts in 6 days"),
        (date(2026, 9, 6), Urgency.NOW, "starts in 5 days"),
        (date(2026, 9, 1), Urgency.NOW, "starts today"),
        (date(2026, 8, 31), Urgency.NOW, "started on 31 Aug 2026"),
        (date(2026, 6, 9), Urgency.NOW, "started on 9 Jun 2026"),  # 84 days ago
    ],
)
def test_what_is_open_is_named_as_the_start_comes_near_and_after_it(started_on, urgency, what):
    found = needs(starting(started_on, "agreement_apprentice"))
    if urgency is None:
        assert found == []
        return
    (need,) = found
    assert (need.kind, need.urgency) == (NeedKind.START, urgency)
    assert need.what == f"Ada 1 {what}, with 1 item still open"
    assert need.target == Target(
        "apprentices", UUID(int=1), "agreement_apprentice", part="checklists"
    )
    assert (need.action, need.weight) == ("See to it", 1)


def test_why_says_by_when_and_where_no_rule_says_so():
    person = starting(date(2026, 9, 8), "initial_assessment", "agreement_employer", "plan_provider")
    (need,) = needs(person)
    assert need.why == (
        "By 8 Sep 2026: Agreement signed by employer and Training plan signed by provider."
        " Initial assessment: no rule that was read says by when, so by the start too"
    )
    assert need.action == "See to them"
    assert need.target.field == "initial_assessment"  # the first in the list's order
    (need,) = needs(starting(date(2026, 9, 8), "initial_assessment"))
    assert need.why.startswith("Initial assessment: no rule")


def test_what_a_rule_still_allows_is_said_once_training_has_started():
    plans = ("plan_employer", "plan_apprentice", "plan_provider", "agreement_employer")
    (need,) = needs(starting(date(2026, 8, 31), *plans))
    assert need.why == (
        "By 31 Aug 2026: Agreement signed by employer, Training plan signed by employer, Training"
        " plan signed by apprentice and 1 more. Where the training plan was agreed in writing"
        " before, it can be signed until 11 Oct 2026"
    )


def test_with_everything_dealt_with_nothing_is_said_of_how_a_borough_recruits():
    person = starting(date(2026, 9, 8))
    assert next(each.id for each in person.items if each.state.is_open) == "role_agreed"
    assert needs(person) == []


def test_those_who_started_long_ago_are_one_line():
    old = date(2026, 6, 8)  # 85 days ago
    people = [
        starting(old - timedelta(days=number), "agreement_employer", "eligibility", number=number)
        for number in range(3)
    ] + [starting(old - timedelta(days=9), "eligibility", number=9)]
    (need,) = needs(*people)
    assert (need.key, need.urgency) == ("start:long past", Urgency.LATER)
    assert need.what == "Papers of the start not recorded for 4 apprentices"
    assert need.why == (
        "Ada 0, Ada 1, Ada 2 and 1 more. Most often: Eligibility checked (4) and Agreement signed"
        " by employer (3). An auditor asks for them; tick off what is there"
    )
    assert need.target == Target("apprentices", UUID(int=0), "eligibility", part="checklists")
    assert (need.action, need.weight) == ("See the first", 4)
    (need,) = needs(people[0], whose="Grace  Park")
    assert (need.key, need.action) == ("start:long past:grace park", "See to it")


def test_nobody_is_named_twice_and_the_earliest_start_stands_first():
    later, sooner = date(2026, 9, 20), date(2026, 9, 3)
    found = needs(starting(later, "eligibility"), starting(sooner, "eligibility", number=2))
    assert [each.what.split(",")[0] for each in found] == [
        "Ada 2 starts in 2 days", "Ada 1 starts in 19 days",
    ]  # fmt: skip
    assert len({each.key for each in found}) == 2


# --- without a start ------------------------------------------------------------------------------

OFFERED = Mark("offered", date(2026, 8, 3), "Grace Park")
AGREED = Mark("role_agreed", date(2026, 7, 1))


def test_whoever_was_offered_a_place_is_named_without_a_day_that_nobody_knows():
    left = ("initial_assessment", "eligibility", "agreement_employer", "plan_provider")
    (need,) = needs(starting(None, *left, said=[AGREED, OFFERED]))
    assert (need.key, need.kind) == (f"start:{UUID(int=1).hex}", NeedKind.START)
    assert (need.urgency, need.weight) == (Urgency.SOON, 4)
    assert need.what == "Ada 1 was offered a place on 3 Aug 2026, with 4 items still open"
    assert need.why == (
        "Open since then: Initial assessment, Eligibility checked, Agreement signed by employer"
        " and 1 more. No start is recorded, so nobody can say by when they are due"
    )
    assert need.target == Target(
        "apprentices", UUID(int=1), "initial_assessment", part="checklists"
    )
    assert needs(starting(None, said=[OFFERED])) == []  # nothing is open


def test_an_existing_employee_has_a_place_once_the_role_is_agreed():
    person = starting(None, "eligibility", is_new=False, said=[AGREED])
    (need,) = needs(person)
    assert need.what == "Ada 1 has a role, agreed on 1 Jul 2026, with 1 item still open"
    # Of somebody who came for it, that says nothing of a place; nor where nobody knows.
    for is_new in (True, None):
        (need,) = needs(starting(None, "eligibility", is_new=is_new, said=[AGREED]))
        assert need.key == "start:not offered"


def test_a_place_without_a_day_is_one_all_the_same():
    without = Mark("role_agreed", is_not_needed=True, note="Agreed in the old list")
    (need,) = needs(starting(None, "eligibility", is_new=False, said=[without]))
    assert need.what == "Ada 1 has a place, with 1 item still open"
    assert need.why.startswith("Open: Eligibility checked. No start is recorded")


def test_those_of_whom_no_offer_is_recorded_are_one_line():
    people = [starting(None, "eligibility", number=n, said=[AGREED]) for n in (2, 1)]
    (need,) = needs(*people)
    assert (need.key, need.urgency) == ("start:not offered", Urgency.LATER)
    assert need.what == "No start and no offer recorded for 2 apprentices"
    assert need.why.startswith("Ada 1 and Ada 2. Once a place is offered")
    assert need.target == Target("apprentices", UUID(int=1), "offered", part="checklists")
    assert (need.action, need.weight) == ("See the first", 2)
    (need,) = needs(starting(None, is_new=False), whose="Grace  Park")
    assert (need.key, need.action) == ("start:not offered:grace park", "See to it")
    assert need.target.field == "role_agreed"


@pytest.mark.parametrize(
    ("said", "is_new", "why", "action", "field", "part"),
    [
        ([], True, "Open: Role agreed and Advertised", "See to it", "role_agreed", "checklists"),
        ([AGREED], True, "Open: Advertised", "See to it", "advertised", "checklists"),
        ([AGREED], False, "Agreed and advertised", "Enter the name", "given_names", ""),
    ],
)
def test_a_role_that_nobody_is_named_for_has_a_line_of_its_own(
    said, is_new, why, action, field, part
):
    person = replace(starting(None, "eligibility", is_new=is_new, said=said),
                     name="Role: Data analyst, nobody named yet", is_vacancy=True)  # fmt: skip
    (need,) = needs(person)
    assert (need.what, need.urgency, need.action) == (person.name, Urgency.LATER, action)
    assert need.why == f"{why}. Enter the name once a place is offered to somebody"
    assert need.target == Target("apprentices", UUID(int=1), field, part=part)


def test_an_offer_stands_among_the_starts_and_becomes_one_of_them():
    offered = starting(None, "eligibility", said=[OFFERED])
    soon = starting(date(2026, 9, 20), "eligibility", number=2, said=[OFFERED])
    assert [each.target.record_id.int for each in needs(offered, soon)] == [2, 1]
    (need,) = needs(starting(date(2026, 9, 20), "eligibility", said=[OFFERED]))
    assert need.key == needs(offered)[0].key  # so that what was put off stays so
