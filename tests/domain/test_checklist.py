"""The list before the start, and what somebody says of an item."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import ItemState, Mark, open_items, start_items
from apprentice_desk.domain.problems import Problem

RULES = resources.programme_rules()
TODAY = date(2026, 9, 1)


def listed(marks=(), started_on=None, is_new=True):
    found = start_items(
        RULES.start, {mark.item: mark for mark in marks}, started_on, TODAY, is_new=is_new
    )
    return {item.id: item for item in found}


def test_before_the_start_everything_is_still_to_be_done():
    items = listed()
    assert list(items)[:3] == ["role_agreed", "advertised", "offered"]
    assert {item.state for item in items.values()} == {ItemState.NOT_MET}
    assert items["eligibility"].why == "Not done yet."
    assert items["eligibility"].remedy.startswith("The provider checks right to work")
    assert all(item.can_be_marked and item.source for item in items.values())


def test_what_was_never_recorded_stands_out_once_training_has_started():
    assert listed(started_on=date(2026, 9, 1))["offered"].why == (
        "Not recorded, and training started on 1 Sep 2026."
    )
    assert listed(started_on=date(2026, 9, 2))["offered"].why == "Not done yet."


def test_by_when_an_item_is_due_stands_in_it_and_where_no_rule_says_so_that_does():
    items = listed(started_on=date(2026, 9, 2))
    assert items["agreement_apprentice"].why == "Not done yet; due by the start, 2 Sep 2026."
    assert items["agreement_apprentice"].due_on == date(2026, 9, 2)
    assert "By when: Audit criteria" in items["agreement_apprentice"].source
    assert items["initial_assessment"].due_on is None
    assert items["initial_assessment"].why == (
        "Not done yet; no rule that was read says by when, so it is asked for by the start,"
        " 2 Sep 2026."
    )
    assert "By when" not in items["initial_assessment"].source
    # 42 days of training from 2 September on, the first included: 29 in September, 13 in October.
    late = (
        "Where the training plan was agreed in writing before, it can be signed until 13 Oct 2026"
    )
    assert items["plan_provider"].late == late
    assert items["plan_provider"].why == f"Not done yet; due by the start, 2 Sep 2026. {late}."
    assert "Later: Funding rules 2025/26, P93.1.1" in items["plan_provider"].source
    unknown = listed()["plan_provider"]
    assert (unknown.why, unknown.due_on, unknown.late) == ("Not done yet.", None, "")


@pytest.mark.parametrize(
    ("started_on", "is_allowed"),
    [
        (date(2026, 7, 22), True),  # its 42nd day is 1 September
        (date(2026, 7, 21), False),
        (date(2025, 7, 31), False),  # before that rule
    ],
)
def test_a_plan_may_be_signed_later_while_the_rule_allows_it(started_on, is_allowed):
    item = listed(started_on=started_on)["plan_employer"]
    assert item.why.startswith("Not recorded, and training started on")
    assert bool(item.late) is is_allowed
    assert ("P93.1.1" in item.source) is (started_on >= date(2025, 8, 1))


def test_today_asks_for_papers_and_checks_and_not_for_how_a_borough_recruits():
    named = {item.id for item in listed().values() if item.is_named}
    assert named == {
        "initial_assessment", "prior_learning", "eligibility", "agreement_employer",
        "agreement_apprentice", "plan_employer", "plan_apprentice", "plan_provider",
    }  # fmt: skip


@pytest.mark.parametrize(("is_new", "state"), [(False, ItemState.NOT_NEEDED),
                                               (True, ItemState.NOT_MET),
                                               (None, ItemState.NOT_MET)])  # fmt: skip
def test_nobody_advertises_for_an_existing_employee(is_new, state):
    items = listed(is_new=is_new)
    assert items["advertised"].state is items["offered"].state is state
    assert items["role_agreed"].state is ItemState.NOT_MET


def test_prior_learning_is_asked_of_starts_from_august_2022_on():
    assert "prior_learning" not in listed(started_on=date(2022, 7, 31))
    assert "prior_learning" in listed(started_on=date(2022, 8, 1))


@pytest.mark.parametrize(
    ("mark", "state", "why"),
    [
        (Mark("offered", date(2026, 7, 1), "Grace Park"), "met",
         "Done on 1 Jul 2026 by Grace Park."),
        (Mark("offered", date(2026, 7, 1), note="By letter."), "met",
         "Done on 1 Jul 2026: By letter."),
        (Mark("offered"), "met", "Done."),
        (Mark("offered", is_not_needed=True, note="Stayed on"), "not needed",
         "Not needed: Stayed on."),
    ],
)  # fmt: skip
def test_what_somebody_said_is_said_again(mark, state, why):
    item = listed([mark])["offered"]
    assert (item.state.value, item.why) == (state, why)


def test_open_is_what_is_not_met_or_not_known():
    items = listed([Mark("offered", TODAY), Mark("advertised", is_not_needed=True, note="x")])
    left = {item.id for item in open_items(items.values())}
    assert left == set(items) - {"offered", "advertised"}
    assert [state for state in ItemState if state.is_open] == [
        ItemState.NOT_MET, ItemState.NOT_KNOWN,
    ]  # fmt: skip


# --- the rules behind it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "days"),
    [
        (date(2019, 9, 1), 12, 365),
        (date(2022, 7, 31), 12, 365),
        (date(2025, 7, 31), 12, 365),
        (date(2025, 8, 1), 8, 242),
    ],
)
def test_the_minimum_duration_follows_the_start(start, months, days):
    rule = RULES.duration_for(start)
    assert (rule.months, rule.days) == (months, days)


def test_a_start_that_no_rule_covers_is_a_problem():
    rules = RULES.__class__(
        *(getattr(RULES, name) if name != "durations" else RULES.durations[1:]
          for name in RULES.__dataclass_fields__)
    )  # fmt: skip
    with pytest.raises(Problem, match="No minimum duration is known for a start on 31 Jul 2022"):
        rules.duration_for(date(2022, 7, 31))


@pytest.mark.parametrize(("planned", "days"), [(365, 42), (168, 42), (167, 14), (14, 14), (13, 1)])
def test_the_qualifying_period_follows_what_was_planned(planned, days):
    found = RULES.qualifying_days(planned)
    assert found is not None
    assert found.days == days


def test_nothing_planned_has_no_qualifying_period():
    assert RULES.qualifying_days(0) is None


def test_things_have_both_names_where_the_model_is_not_known():
    old, new, both = (RULES.names_of(each) for each in (False, True, None))
    assert old.assessment == "end-point assessment (EPA)"
    assert new.assessment == "apprenticeship assessment"
    assert new.organisation == "assessment organisation"
    assert new.gateway == "gateway to completion"
    assert both.gateway == "gateway"
    assert both.assessment == "end-point assessment (EPA) or apprenticeship assessment"
    assert old.organisation in both.organisation
    assert both.organisation.endswith("or assessment organisation")
