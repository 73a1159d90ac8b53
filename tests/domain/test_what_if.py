"""What would be if: other facts, other figures; what cannot be is said beside its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.off_the_job import HoursStatus, Logged
from apprentice_desk.domain.what_if import Assumed, check, what_if

RULES = resources.hours_rules()
START, END, DAY = date(2024, 9, 2), date(2026, 9, 1), date(2025, 6, 2)
FACTS = HoursFacts(
    Course(START, END, breaks=(Period(date(2025, 1, 6), date(2025, 1, 19)),)),
    START,
    ((START, 2_160),),
    agreed_minutes=30_000,
    logged=Logged(6_000, 1_680, date(2025, 5, 30)),
)


def test_nothing_assumed_changes_nothing():
    assert Assumed().is_nothing
    assert check(FACTS, Assumed(), DAY) == []
    found = what_if(FACTS, Assumed(), RULES, DAY)
    assert found.facts == FACTS
    assert found.figures == figures_of(FACTS, RULES, DAY)
    assert found.added_break_days == 0


def test_hours_a_week_from_now_change_the_forecast_but_not_the_pace():
    now = figures_of(FACTS, RULES, DAY)
    then = what_if(FACTS, Assumed(rate_minutes=600), RULES, DAY).figures
    assert then.pace_minutes == now.pace_minutes == 210
    assert now.weeks_left is not None
    assert then.forecast_minutes == round(6_000 + 600 * now.weeks_left)
    assert then.weeks_late == 0
    assert (now.status, then.status) == (HoursStatus.BEHIND, HoursStatus.BEHIND)
    assert what_if(FACTS, Assumed(rate_minutes=0), RULES, DAY).figures.forecast_minutes == 6_000


def test_a_later_end_lowers_what_is_needed_and_planned():
    now = figures_of(FACTS, RULES, DAY)
    then = what_if(FACTS, Assumed(end_on=date(2027, 9, 1)), RULES, DAY).figures
    assert then.needed_minutes < now.needed_minutes
    assert then.planned_to_date_minutes < now.planned_to_date_minutes


def test_a_break_takes_its_days_out_and_says_that_the_end_did_not_move():
    assumed = Assumed(break_first_on=date(2025, 8, 4), break_last_on=date(2025, 8, 31))
    found = what_if(FACTS, assumed, RULES, DAY)
    now = figures_of(FACTS, RULES, DAY)
    assert found.added_break_days == 28
    assert found.figures.weeks_left == now.weeks_left - 4
    assert found.facts.course.breaks[-1] == Period(date(2025, 8, 4), date(2025, 8, 31))
    moved = replace(assumed, end_on=date(2026, 9, 29))
    found = what_if(FACTS, moved, RULES, DAY)
    assert found.added_break_days == 0
    assert found.figures.weeks_left == now.weeks_left


def test_other_contracted_hours_hold_from_tomorrow():
    planned = replace(FACTS, weekly=(*FACTS.weekly, (date(2025, 9, 1), 1_800)))
    found = what_if(planned, Assumed(contracted_minutes=1_200), RULES, DAY)
    assert found.facts.weekly == ((START, 2_160), (date(2025, 6, 3), 1_200))
    assert found.figures.minimum.minutes < figures_of(planned, RULES, DAY).minimum.minutes
    slim = what_if(FACTS, Assumed(contracted_minutes=300), RULES, DAY)
    assert slim.recoverability.says == "cannot at contracted hours"


OPEN = replace(FACTS, course=Course(START, END, breaks=(Period(date(2025, 5, 1)),)))


@pytest.mark.parametrize(
    ("assumed", "code", "field"),
    [
        (Assumed(end_on=START), "WI001", "end_on"),
        (Assumed(end_on=DAY), "WI002", "end_on"),
        (Assumed(break_last_on=DAY), "WI003", "break_first_on"),
        (Assumed(break_first_on=DAY), "WI004", "break_last_on"),
        (
            Assumed(break_first_on=date(2025, 8, 4), break_last_on=date(2025, 8, 3)),
            "WI005",
            "break_last_on",
        ),
        (
            Assumed(break_first_on=date(2024, 9, 1), break_last_on=date(2024, 9, 9)),
            "WI006",
            "break_first_on",
        ),
        (Assumed(break_first_on=DAY, break_last_on=END), "WI007", "break_last_on"),
        (
            Assumed(break_first_on=date(2025, 1, 19), break_last_on=date(2025, 2, 1)),
            "WI008",
            "break_first_on",
        ),
        (Assumed(contracted_minutes=0), "WI009", "contracted_minutes"),
        (Assumed(contracted_minutes=10_081), "WI009", "contracted_minutes"),
        (Assumed(rate_minutes=2_161), "WI010", "rate_minutes"),
        (Assumed(rate_minutes=1_201, contracted_minutes=1_200), "WI010", "rate_minutes"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(assumed, code, field):
    (finding,) = check(FACTS, assumed, DAY)
    assert (finding.code, finding.place.field) == (code, field)
    assert finding.message.endswith(".")


def test_what_is_not_known_is_not_held_against_an_assumption():
    unknown = HoursFacts(Course())
    assumed = Assumed(1_200, date(2026, 1, 1), date(2025, 7, 1), date(2025, 7, 2))
    assert check(unknown, assumed, DAY) == []
    (found,) = check(unknown, Assumed(rate_minutes=10_081), DAY)
    assert found.message == "168 h 1 m a week is more than a week has."
    open_break = Assumed(break_first_on=date(2025, 8, 4), break_last_on=date(2025, 8, 9))
    assert [each.code for each in check(OPEN, open_break, DAY)] == ["WI008"]
    no_end = replace(FACTS, course=Course(START))
    assert check(no_end, open_break, DAY) == []


@given(st.integers(0, 2_160), st.integers(0, 2_160))
def test_more_hours_a_week_never_forecast_less(less, more):
    less, more = sorted((less, more))
    low, high = (
        what_if(FACTS, Assumed(rate_minutes=rate), RULES, DAY).figures for rate in (less, more)
    )
    assert low.forecast_minutes <= high.forecast_minutes
    if low.reached_on and high.reached_on:
        assert high.reached_on <= low.reached_on
    assert low.pace_minutes == Fraction(210)
