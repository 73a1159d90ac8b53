"""What stands against a stay elsewhere: its day, its sentence and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_clashes import (
    ClashFacts,
    ClashKind,
    DatedActivity,
    OtherStay,
    RepeatedDay,
    clashes,
)
from apprentice_desk.domain.proposals import Repeat

TODAY = date(2026, 5, 20)
WINDOW = Period(date(2026, 6, 8), date(2026, 7, 3))
RULES = resources.clash_rules(TODAY)
COURSE = Course(
    training_started_on=date(2025, 9, 1),
    training_planned_end_on=date(2027, 3, 31),
)
CLEAR = ClashFacts(COURSE, last_review_on=date(2026, 5, 18))


def found(facts, window=WINDOW, today=TODAY):
    return clashes(facts, window, today, RULES)


def told(facts, window=WINDOW, today=TODAY):
    return [
        (each.kind, each.days, each.says, each.is_grave) for each in found(facts, window, today)
    ]


def only(facts, window=WINDOW, today=TODAY):
    (clash,) = found(facts, window, today)
    return clash


def test_nothing_stands_against_a_clear_window():
    assert found(CLEAR) == ()


def test_what_is_over_has_nothing_against_it():
    facts = replace(CLEAR, leave=(Period(date(2026, 6, 15), date(2026, 6, 19)),))
    assert found(facts)
    assert found(facts, today=date(2026, 7, 4)) == ()


def test_what_is_past_of_a_stay_under_way_is_not_named():
    leave = Period(date(2026, 6, 8), date(2026, 6, 9))
    assert found(replace(CLEAR, leave=(leave,)), today=date(2026, 6, 10)) == ()


# --- reviews --------------------------------------------------------------------------------------


def test_a_planned_review_stays_where_it_is():
    clash = only(replace(CLEAR, reviews=(date(2026, 6, 18),)))
    assert clash.kind is ClashKind.REVIEW
    assert clash.first_on == date(2026, 6, 18)
    assert clash.says == "A progress review is planned for 18 Jun 2026."
    assert "Keep it" in clash.remedy
    assert not clash.is_grave


def test_a_review_that_falls_due_in_it_and_is_not_planned_is_named():
    clash = only(replace(CLEAR, last_review_on=date(2026, 4, 1)))
    assert clash.says == (
        "A progress review falls due by 24 Jun 2026: one is due at least every 12 weeks."
    )
    assert clash.days == Period(date(2026, 6, 24), date(2026, 6, 24))


def test_a_review_that_is_planned_before_it_falls_due_is_enough():
    facts = replace(CLEAR, last_review_on=date(2026, 4, 1), reviews=(date(2026, 6, 12),))
    assert [each.first_on for each in found(facts)] == [date(2026, 6, 12)]


def test_one_that_is_planned_only_after_the_day_does_not_do():
    facts = replace(CLEAR, last_review_on=date(2026, 4, 1), reviews=(date(2026, 6, 30),))
    assert [each.first_on for each in found(facts)] == [date(2026, 6, 24), date(2026, 6, 30)]


def test_one_that_is_planned_before_the_stay_counts_as_held_but_not_a_missed_one():
    facts = replace(CLEAR, last_review_on=date(2026, 4, 1), reviews=(date(2026, 6, 5),))
    assert found(facts) == ()
    missed = replace(facts, reviews=(date(2026, 5, 1),))
    assert [each.first_on for each in found(missed)] == [date(2026, 6, 24)]


def test_without_any_review_the_start_counts():
    course = replace(COURSE, training_started_on=date(2026, 4, 1))
    assert only(ClashFacts(course)).first_on == date(2026, 6, 24)
    assert found(ClashFacts(Course())) == ()


# --- the course -----------------------------------------------------------------------------------


def test_training_that_has_not_started_stops_it():
    course = replace(COURSE, training_started_on=date(2026, 6, 15))
    clash = only(ClashFacts(course))
    assert (clash.kind, clash.is_grave) == (ClashKind.END, True)
    assert clash.days == Period(date(2026, 6, 8), date(2026, 6, 14))
    assert clash.says == "Training starts on 15 Jun 2026 only."


def test_a_start_after_the_whole_window_takes_all_of_it():
    course = replace(COURSE, training_started_on=date(2026, 9, 1))
    assert only(ClashFacts(course)).days == WINDOW


def test_training_that_is_planned_to_end_in_it_stops_it():
    course = replace(COURSE, training_planned_end_on=date(2026, 6, 30))
    clash = only(replace(CLEAR, course=course))
    assert (clash.kind, clash.is_grave) == (ClashKind.END, True)
    assert clash.days == Period(date(2026, 7, 1), date(2026, 7, 3))
    assert clash.says == "Training is planned to end on 30 Jun 2026."


def test_an_apprenticeship_that_has_ended_stops_all_of_it():
    course = replace(COURSE, ended_on=date(2026, 5, 1), training_planned_end_on=date(2026, 5, 30))
    clash = only(replace(CLEAR, course=course))
    assert clash.says == "The apprenticeship ends on 1 May 2026."
    assert clash.days == WINDOW


# --- the gateway ----------------------------------------------------------------------------------


def test_a_gateway_in_it_stops_it():
    clash = only(replace(CLEAR, gateway_planned_on=date(2026, 7, 3)))
    assert (clash.kind, clash.is_grave) == (ClashKind.GATEWAY, True)
    assert clash.says == "The gateway is planned for 3 Jul 2026."


def test_a_gateway_soon_after_it_is_named():
    clash = only(replace(CLEAR, gateway_planned_on=date(2026, 8, 28)))
    assert (clash.kind, clash.is_grave) == (ClashKind.GATEWAY, False)
    assert clash.first_on == date(2026, 8, 28)
    assert clash.says == ("The gateway is planned for 28 Aug 2026, 56 days after the stay may end.")


@pytest.mark.parametrize("day", [date(2026, 8, 29), date(2026, 6, 7)])
def test_a_gateway_long_after_or_before_it_is_not(day):
    assert found(replace(CLEAR, gateway_planned_on=day)) == ()


def test_assessment_that_has_begun_stops_it():
    course = replace(COURSE, assessment_began_on=date(2026, 5, 1))
    clash = only(replace(CLEAR, course=course, gateway_planned_on=date(2026, 6, 20)))
    assert (clash.kind, clash.is_grave, clash.days) == (ClashKind.GATEWAY, True, WINDOW)
    assert clash.says == "Assessment began on 1 May 2026."


# --- what falls into it ---------------------------------------------------------------------------


def test_a_break_stops_it():
    course = replace(
        COURSE, breaks=(Period(date(2026, 6, 29)), Period(date(2025, 12, 1), date(2026, 1, 5)))
    )
    clash = only(replace(CLEAR, course=course))
    assert (clash.kind, clash.is_grave) == (ClashKind.BREAK, True)
    assert clash.days == Period(date(2026, 6, 29), date(2026, 7, 3))
    assert clash.says == "On a break in learning from 29 Jun 2026 on."


def activity(kind, first, last, title="Unit 5"):
    return DatedActivity(title, kind, Period(first, last))


def test_an_exam_stops_it():
    day = date(2026, 6, 16)
    clash = only(replace(CLEAR, activities=(activity(Activity.ASSESSMENT, day, day),)))
    assert (clash.kind, clash.is_grave) == (ClashKind.EXAM, True)
    assert clash.says == "“Unit 5” is planned on 16 Jun 2026."


def test_training_days_of_the_plan_are_named_and_work_at_a_distance_is_not():
    first, last = date(2026, 6, 16), date(2026, 6, 18)
    facts = replace(
        CLEAR,
        activities=(
            activity(Activity.TEACHING, first, last),
            activity(Activity.ASSIGNMENT, first, last),
            activity(None, first, last),
            activity(Activity.WORKSHOP, date(2026, 8, 1), date(2026, 8, 1)),
            activity(Activity.TEACHING, date(2026, 6, 1), date(2026, 9, 1)),
            activity(Activity.ASSESSMENT, date(2026, 8, 1), date(2026, 8, 1)),
        ),
    )
    clash = only(facts)
    assert (clash.kind, clash.is_grave) == (ClashKind.TRAINING_DAY, False)
    assert clash.days == Period(first, last)
    assert clash.says == "“Unit 5” is planned from 16 Jun 2026 to 18 Jun 2026."


def again(activity=Activity.PROVIDER_DAY, **changes):
    values = {"weekdays": frozenset({3}), "first_on": date(2026, 1, 8)} | changes
    return RepeatedDay("College day", activity, Repeat(**values))


def test_a_session_that_comes_again_is_named_with_its_days():
    clash = only(replace(CLEAR, repeats=(again(),)))
    assert clash.kind is ClashKind.TRAINING_DAY
    assert clash.days == Period(date(2026, 6, 11), date(2026, 7, 2))
    assert clash.says == (
        "“College day” comes again on 11 Jun 2026, 18 Jun 2026, 25 Jun 2026 and 2 Jul 2026."
    )


def test_days_left_out_and_bank_holidays_are_none():
    left = again(leave_out=(Period(date(2026, 6, 9), date(2026, 6, 27)),))
    assert only(replace(CLEAR, repeats=(left,))).first_on == date(2026, 7, 2)
    window = Period(date(2026, 8, 31), date(2026, 8, 31))
    monday = again(weekdays=frozenset({0}))
    assert found(replace(CLEAR, last_review_on=date(2026, 8, 1), repeats=(monday,)), window) == ()


def test_what_can_be_done_from_anywhere_is_no_training_day():
    assert found(replace(CLEAR, repeats=(again(Activity.SELF_STUDY),))) == ()


def test_a_few_days_of_leave_are_told_and_leave_for_most_of_it_stops_it():
    short = only(replace(CLEAR, leave=(Period(date(2026, 7, 2), date(2026, 7, 10)),)))
    assert (short.kind, short.is_grave) == (ClashKind.LEAVE, False)
    assert short.days == Period(date(2026, 7, 2), date(2026, 7, 3))
    assert short.says == "On leave from 2 Jul 2026 to 10 Jul 2026."
    assert only(replace(CLEAR, leave=(Period(date(2026, 6, 8), date(2026, 6, 20)),))).is_grave
    assert only(
        replace(CLEAR, leave=(Period(date(2026, 6, 8), date(2026, 6, 8)),)),
        Period(date(2026, 6, 8), date(2026, 6, 8)),
    ).is_grave
    assert found(replace(CLEAR, leave=(Period(date(2026, 8, 3), date(2026, 8, 7)),))) == ()


def test_another_stay_stops_it_once_it_is_agreed():
    days = Period(date(2026, 6, 22), date(2026, 7, 17))
    agreed = only(replace(CLEAR, stays=(OtherStay("XMP-S2", "LOTI", days, is_fixed=True),)))
    assert (agreed.kind, agreed.is_grave) == (ClashKind.SECONDMENT, True)
    assert agreed.says == "With LOTI from 22 Jun 2026 to 17 Jul 2026 (XMP-S2)."
    asked = only(replace(CLEAR, stays=(OtherStay("XMP-S2", "LOTI", days, is_fixed=False),)))
    assert not asked.is_grave
    assert asked.says == "Asked for a place from 22 Jun 2026 to 17 Jul 2026 too (XMP-S2)."
    later = OtherStay("XMP-S3", "LOTI", Period(date(2026, 9, 1)), is_fixed=True)
    assert found(replace(CLEAR, stays=(later,))) == ()


def test_they_are_told_by_day_and_a_window_without_an_end_is_looked_at_for_half_a_year():
    facts = replace(
        CLEAR,
        leave=(
            Period(date(2026, 12, 6), date(2026, 12, 6)),
            Period(date(2026, 12, 8), date(2026, 12, 8)),
        ),
        reviews=(date(2026, 6, 18), date(2026, 6, 9)),
    )
    assert [each.first_on for each in found(facts, Period(date(2026, 6, 8)))] == [
        date(2026, 6, 9), date(2026, 6, 18), date(2026, 12, 6),
    ]  # fmt: skip


def test_every_clash_says_what_to_do():
    day = Period(date(2026, 6, 10), date(2026, 6, 12))
    facts = ClashFacts(
        replace(COURSE, breaks=(day,), training_planned_end_on=date(2026, 7, 1)),
        gateway_planned_on=date(2026, 6, 30),
        last_review_on=date(2026, 5, 1),
        reviews=(date(2026, 6, 9),),
        activities=(
            DatedActivity("Exam", Activity.ASSESSMENT, day),
            DatedActivity("Day", Activity.PROVIDER_DAY, day),
        ),
        leave=(day,),
        stays=(OtherStay("XMP-S2", "LOTI", day, is_fixed=True),),
    )
    every = found(facts)
    assert {each.kind for each in every} == set(ClashKind)
    assert all(each.remedy and each.says.endswith(".") for each in every)
