"""The facts behind the figures: what the contracted week is, and which minimum follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_facts import HoursFacts, PlanDue, figures_of, minimum_of
from apprentice_desk.domain.off_the_job import HoursStatus, Logged
from apprentice_desk.domain.placement_days import HostStay

START, END = date(2024, 9, 2), date(2026, 9, 1)
FACTS = HoursFacts(
    Course(START, END),
    START,
    ((START, 2_160), (date(2025, 9, 2), 1_200)),
    "ST0116",
    "1.1",
    logged=Logged(6_000, 600, date(2025, 5, 30), 90),
)
DAY = date(2025, 6, 2)


def test_the_contracted_week_is_the_mean_over_the_training_and_the_latest_before_it():
    assert FACTS.mean_weekly_minutes == 1_680
    assert FACTS.weekly_minutes_on(date(2025, 9, 1)) == 2_160
    assert FACTS.weekly_minutes_on(date(2025, 9, 2)) == 1_200
    assert FACTS.weekly_minutes_on(date(2024, 9, 1)) is None
    to_start = replace(FACTS, course=Course())
    assert to_start.mean_weekly_minutes == 1_200
    assert replace(to_start, weekly=()).mean_weekly_minutes is None


def test_without_an_end_the_week_is_that_of_the_start():
    assert replace(FACTS, course=Course(START)).mean_weekly_minutes == 2_160


def test_no_minimum_without_a_start_or_a_rule_that_covers_it(rules):
    assert minimum_of(replace(FACTS, original_start_on=None), rules) is None
    assert minimum_of(FACTS, replace(rules, rules=())) is None
    assert minimum_of(FACTS, rules).rule.name == "6 hours a week"


def test_days_of_breaks_that_are_over_lower_the_weeks_of_the_minimum(rules):
    paused = replace(
        FACTS,
        course=replace(
            FACTS.course,
            breaks=(Period(date(2025, 1, 1), date(2025, 2, 28)), Period(date(2026, 8, 1))),
        ),
    )
    assert paused.moved_days == 59
    assert minimum_of(paused, rules).minutes < minimum_of(FACTS, rules).minutes


def test_the_figures_say_where_somebody_is_on_the_day(rules):
    def stay(first, last):
        return HostStay(UUID(int=1), UUID(int=2), Period(first, last), "LOTI")

    there = replace(FACTS, agreed_minutes=20_000, stays=(stay(DAY, date(2025, 6, 27)),))
    assert "; with LOTI until 27 Jun 2025; " in figures_of(there, rules, DAY).why
    assert "LOTI" not in figures_of(there, rules, date(2025, 6, 1)).why
    over = replace(there, stays=(stay(START, date(2025, 6, 1)),))
    assert "LOTI" not in figures_of(over, rules, DAY).why


def test_the_figures_are_those_of_the_plan_and_say_what_is_overdue(rules):
    plan = PlanDue(due_minutes=9_000, overdue=2, overdue_minutes=720)
    figures = figures_of(replace(FACTS, plan=plan, agreed_minutes=20_000), rules, DAY)
    assert figures.planned_to_date_minutes == 9_000
    assert figures.status is HoursStatus.BEHIND
    assert figures.why.startswith("50 h below plan; two activities overdue; needs ")


def test_a_rate_from_now_changes_the_forecast_and_leaves_the_pace(rules):
    facts = replace(FACTS, agreed_minutes=20_000)
    before, after = (
        figures_of(facts, rules, DAY),
        figures_of(facts, rules, DAY, from_now=Fraction(600)),
    )
    assert before.pace_minutes == after.pace_minutes == 75
    assert before.weeks_left is not None
    assert after.forecast_minutes == round(6_000 + 600 * before.weeks_left)
    assert after.reached_on == date(2025, 11, 13)  # 14,000 of 600 a week: 163.3 days
    assert figures_of(facts, rules, DAY, from_now=Fraction(0)).reached_on is None
