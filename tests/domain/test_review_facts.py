"""What a review is prepared from, and the questions that follow from it by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.domain.placement_days import HostStay
from apprentice_desk.domain.review_facts import (
    ActivityMinutes,
    KsbMove,
    KsbSaid,
    PlanItem,
    ReviewFacts,
    moves_in,
    period_first,
    plan_in,
    questions,
    ready_codes,
)
from apprentice_desk.domain.review_meetings import ActionDetails

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 24)
PRACTICE = resources.review_rules().practice_on(LAST)
ON_TRACK = Figures(
    30_000, None, 30_000, 12_000, 12_600, 600, Fraction(400), Fraction(380), Fraction(31), 31_000,
    date(2027, 6, 1), Fraction(0), HoursStatus.ON_TRACK, "10 h above plan",
)  # fmt: skip
QUIET = ReviewFacts(FIRST, LAST, last_entry_on=date(2026, 11, 20))


def asked(facts: ReviewFacts = QUIET, figures: Figures = ON_TRACK, **more: object) -> list[str]:
    return list(questions(facts, figures, PRACTICE, "Ada", **more))  # type: ignore[arg-type]


def test_where_all_is_well_nothing_is_asked() -> None:
    assert asked() == []


def test_the_period_begins_after_the_last_review_else_with_the_training() -> None:
    assert period_first(date(2026, 8, 31), date(2026, 1, 5), LAST) == FIRST
    assert period_first(None, date(2026, 1, 5), LAST) == date(2026, 1, 5)
    assert period_first(None, None, LAST) == LAST
    assert period_first(LAST, None, LAST) == LAST
    assert period_first(None, date(2027, 1, 5), LAST) == LAST


def test_sums_of_the_period() -> None:
    activities = (
        ActivityMinutes(Activity.WORKSHOP, 600, 0, 3),
        ActivityMinutes(Activity.ON_THE_JOB, 0, 90, 1),
    )
    facts = replace(QUIET, activities=activities)
    assert (facts.counting_minutes, facts.other_minutes) == (600, 90)


# --- hours ----------------------------------------------------------------------------------------


def test_being_behind_is_asked_about_with_how_far() -> None:
    behind = replace(ON_TRACK, status=HoursStatus.BEHIND, against_plan_minutes=-2_460)
    (question,) = asked(figures=behind)
    assert question == ("Ada is 41 h behind plan. Why, and what gives the time back, week by week?")
    slow = replace(ON_TRACK, status=HoursStatus.SLIPPING)
    assert asked(figures=slow) == ["At this pace Ada does not finish in time. What has to change?"]


@pytest.mark.parametrize(
    ("last_on", "asks"),
    [(date(2026, 10, 28), False), (date(2026, 10, 27), True), (None, True)],
)
def test_four_weeks_without_an_entry_are_asked_about(last_on: date | None, asks: bool) -> None:
    found = asked(replace(QUIET, last_entry_on=last_on))
    assert bool(found) is asks
    if asks:
        says = "since 27 Oct 2026" if last_on else "No hours that count have been logged yet"
        assert says in found[0]


def test_with_a_host_it_is_asked_which_hours_were_training() -> None:
    stay = HostStay(UUID(int=1), UUID(int=2), Period(date(2026, 11, 2)), "LOTI", date(2026, 11, 30))
    there = replace(QUIET, last_entry_on=date(2026, 10, 20), stays=(stay,))
    assert asked(there) == [
        "Ada is with LOTI until 30 Nov 2026, and nothing that counts has been logged since"
        " 20 Oct 2026. Which hours there were training?"
    ]


def test_a_break_is_no_time_without_an_entry() -> None:
    facts = replace(QUIET, last_entry_on=date(2026, 10, 20))  # 35 days before
    week = Period(date(2026, 10, 26), date(2026, 11, 1))
    course = Course(breaks=(week,))
    assert len(asked(facts, course=course)) == 1  # 28 days of training
    facts = replace(facts, last_entry_on=date(2026, 10, 21))
    assert len(asked(facts)) == 1
    assert asked(facts, course=course) == []


@pytest.mark.parametrize(
    "status", [HoursStatus.NOT_STARTED, HoursStatus.ENDED, HoursStatus.ON_A_BREAK]
)
def test_whoever_is_not_in_training_is_not_asked_for_entries(status: HoursStatus) -> None:
    facts = replace(QUIET, last_entry_on=None)
    assert asked(facts, replace(ON_TRACK, status=status, against_plan_minutes=None)) == []


# --- plan and entries -----------------------------------------------------------------------------


def item(title: str, due_on: date | None, **more: object) -> PlanItem:
    return PlanItem(title, due_on, 600, **{"is_mandatory": False, **more})  # type: ignore[arg-type]


def test_the_plan_is_what_was_done_what_is_overdue_and_what_comes() -> None:
    items = [
        item("Later", date(2026, 12, 9)),
        item("Some day", None),
        item("Today", LAST),
        item("Late", date(2026, 11, 23)),
        item("Done", date(2026, 8, 1), is_done=True, done_on=FIRST),
        item("Done when due", date(2026, 10, 1), is_done=True),
        item("Done before", date(2026, 9, 9), is_done=True, done_on=date(2026, 8, 31)),
        item("Done, nobody knows when", None, is_done=True),
    ]
    done, overdue, coming = plan_in(items, FIRST, LAST)
    assert [each.title for each in done] == ["Done", "Done when due"]
    assert [each.title for each in overdue] == ["Late"]
    assert [each.title for each in coming] == ["Today", "Later", "Some day"]


def test_mandatory_ones_are_asked_about_one_by_one_and_the_rest_together() -> None:
    must = [item(f"M{n}", date(2026, 10, n), is_mandatory=True) for n in range(1, 6)]
    found = asked(replace(QUIET, overdue=(*must, item("Other", date(2026, 10, 9)))))
    assert found[0] == (
        "“M1” is mandatory, was due by 1 Oct 2026 and is not done. When will it be?"
    )
    assert len(found) == 4
    assert found[3] == (
        "3 planned activities are overdue: “Other”, “M4” and “M5”. Do they still fit, or has the"
        " plan to change?"
    )
    assert asked(replace(QUIET, overdue=(item("Other", date(2026, 10, 9)),))) == [
        "A planned activity is overdue: “Other”. Does it still fit, or has the plan to change?"
    ]


def test_entries_without_evidence_and_hours_nobody_verified_are_asked_about() -> None:
    facts = replace(QUIET, counting_entries=5, without_evidence=2, unverified_minutes=450)
    assert asked(facts, line_manager="Grace Park") == [
        "2 of 5 entries of this period have no evidence. What is there to show for them?",
        "7 h 30 m of this period are not verified by anybody. Can Grace Park vouch for them?",
    ]
    one = replace(QUIET, counting_entries=1, without_evidence=1, unverified_minutes=60)
    first, second = asked(one)
    assert first == "1 of 1 entry of this period has no evidence. What is there to show for it?"
    assert "Can the line manager vouch" in second


# --- knowledge, skills and behaviours -------------------------------------------------------------


def said(code: str, status: KsbStatus, on: date, voice: Voice = Voice.APPRENTICE) -> KsbSaid:
    return KsbSaid(code, voice, status, on)


def test_what_moved_is_what_was_said_in_the_period_against_what_was_said_before() -> None:
    statements = [
        said("K10", KsbStatus.COMPLETED, date(2026, 10, 1)),
        said("K2", KsbStatus.COMPLETED, LAST, Voice.PROVIDER),
        said("K2", KsbStatus.IN_PROGRESS, date(2026, 8, 1)),
        said("K2", KsbStatus.READY_FOR_REVIEW, date(2026, 10, 1)),
        said("S1", KsbStatus.IN_PROGRESS, date(2026, 8, 1)),
        said("S1", KsbStatus.IN_PROGRESS, date(2026, 10, 1)),
        said("B1", KsbStatus.COMPLETED, date(2026, 11, 25)),
    ]
    assert moves_in(statements, FIRST, LAST) == (
        KsbMove("K2", Voice.APPRENTICE, KsbStatus.IN_PROGRESS, KsbStatus.READY_FOR_REVIEW),
        KsbMove("K2", Voice.PROVIDER, KsbStatus.NOT_STARTED, KsbStatus.COMPLETED),
        KsbMove("K10", Voice.APPRENTICE, KsbStatus.NOT_STARTED, KsbStatus.COMPLETED),
    )


def test_codes_are_ready_while_the_apprentice_says_so_and_nobody_has_completed_them() -> None:
    ready = KsbStatus.READY_FOR_REVIEW
    statements = [
        said("K2", ready, FIRST),
        said("K2", KsbStatus.COMPLETED, LAST, Voice.MANAGER),
        said("K3", ready, FIRST),
        said("K3", KsbStatus.IN_PROGRESS, LAST, Voice.MANAGER),
        said("K4", ready, FIRST),
        said("K4", KsbStatus.IN_PROGRESS, LAST),
        said("K5", ready, FIRST, Voice.MANAGER),
        said("K6", ready, date(2026, 11, 25)),
    ]
    assert ready_codes(statements, LAST) == ("K3",)


def test_codes_that_are_ready_and_a_standstill_are_asked_about() -> None:
    facts = replace(QUIET, ready=("K3",), has_ksbs=True)
    first, second = asked(facts)
    assert first.startswith("K3 is said to be ready for review.")
    assert second.startswith("No knowledge, skill or behaviour has moved on since 1 Sep 2026.")
    move = KsbMove("K3", Voice.MANAGER, KsbStatus.NOT_STARTED, KsbStatus.IN_PROGRESS)
    (only,) = asked(replace(facts, ready=("K3", "K4", "S1"), moves=(move,)))
    assert only.startswith("K3-4, S1 are said to be ready")


# --- gateway and last time ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2027, 3, 25), ""),
        (
            date(2027, 3, 24),
            "The gateway is planned for 24 Mar 2027. What is still missing for it?",
        ),
        (LAST, "The gateway is planned for 24 Nov 2026. What is still missing for it?"),
        (date(2026, 11, 23), "The gateway was planned for 23 Nov 2026. What holds it back?"),
    ],
)
def test_a_gateway_that_is_near_or_past_is_asked_about(on: date, says: str) -> None:
    assert asked(gateway_on=on) == ([says] if says else [])


def test_actions_that_are_overdue_and_old_concerns_are_asked_about() -> None:
    late = ActionDetails("Send the log", "Ada", date(2026, 11, 1))
    others = (ActionDetails("Meet", "Ada", LAST), ActionDetails("Think", "Ada"))
    facts = replace(QUIET, actions=(late, *others), last_concerns="Too little time.")
    assert facts.overdue_actions == (late,)
    assert asked(facts) == [
        "An action is overdue: “Send the log”. What keeps it?",
        "Last time this was a concern: Too little time. How is it now?",
    ]
    two = replace(QUIET, actions=(late, replace(late, what="Call")))
    assert asked(two) == ["2 actions are overdue: “Send the log” and “Call”. What keeps them?"]
