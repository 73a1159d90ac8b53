"""The months of an apprenticeship, for a strip of the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.active_months import Month, MonthState, active_months
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period

COURSE = Course(date(2026, 1, 19), date(2026, 6, 10), breaks=(Period(date(2026, 3, 1)),))


def shown(months: tuple[Month, ...]) -> list[tuple[str, int, int, str, bool]]:
    return [
        (each.name, each.minutes, each.training_days, each.state, each.is_over) for each in months
    ]


def test_each_month_has_its_minutes_its_days_and_where_it_lies() -> None:
    course = replace(COURSE, breaks=(Period(date(2026, 2, 16), date(2026, 3, 31)),))
    by_day = [
        (date(2026, 1, 20), 60),
        (date(2026, 1, 31), 30),
        (date(2026, 3, 4), 15),
        (date(2026, 5, 1), 45),
        (date(2026, 5, 5), 10_000),  # after the day that is asked for
    ]
    assert shown(active_months(course, by_day, date(2026, 5, 4))) == [
        ("January 2026", 90, 13, "in training", True),
        ("February 2026", 0, 15, "in training", True),
        ("March 2026", 15, 0, "on a break", True),
        ("April 2026", 0, 30, "in training", True),
        ("May 2026", 45, 31, "in training", False),
        ("June 2026", 0, 10, "not yet", False),
    ]


def test_an_end_before_the_start_in_its_month_leaves_no_day_of_training() -> None:
    too_soon = date(2026, 1, 12)
    course = replace(COURSE, ended_on=too_soon, outcome=Outcome.WITHDRAWN, breaks=())
    assert [each.state for each in active_months(course, [], date(2026, 2, 1))] == [
        MonthState.OUTSIDE
    ]


def test_a_break_without_an_end_takes_what_is_still_to_come() -> None:
    states = [each.state for each in active_months(COURSE, [], date(2026, 4, 30))]
    assert states == [
        "in training",
        "in training",
        "on a break",
        "on a break",
        "not yet",
        "not yet",
    ]


@pytest.mark.parametrize(
    ("course", "last"),
    [
        (Course(date(2026, 1, 1)), "May 2026"),
        (Course(date(2026, 1, 1), date(2026, 3, 31)), "May 2026"),
        (Course(date(2026, 1, 1), date(2026, 8, 31)), "August 2026"),
        (Course(date(2026, 1, 1), date(2026, 8, 31), ended_on=date(2026, 4, 1)), "April 2026"),
        (
            Course(date(2026, 1, 1), date(2026, 8, 31), assessment_began_on=date(2026, 4, 1)),
            "March 2026",
        ),
        (
            Course(
                date(2026, 1, 1), assessment_began_on=date(2026, 4, 2), ended_on=date(2026, 7, 1)
            ),
            "April 2026",
        ),
        # It ended, but nobody knows when: not later than planned.
        (Course(date(2026, 1, 1), date(2026, 3, 31), outcome=Outcome.COMPLETED), "March 2026"),
        (Course(date(2026, 1, 1), date(2026, 8, 31), outcome=Outcome.WITHDRAWN), "May 2026"),
    ],
)
def test_the_months_run_to_where_training_ended(course: Course, last: str) -> None:
    months = active_months(course, [], date(2026, 5, 31))
    assert (months[0].name, months[-1].name) == ("January 2026", last)


def test_what_was_logged_outside_training_is_not_hidden() -> None:
    by_day = [(date(2025, 11, 3), 60), (date(2026, 1, 20), 60)]
    months = active_months(COURSE, by_day, date(2026, 1, 31))
    assert shown(months)[:2] == [
        ("November 2025", 60, 0, "outside training", True),
        ("January 2026", 60, 13, "in training", True),
    ]
    assert shown(active_months(Course(), by_day, date(2026, 1, 31))) == [
        ("November 2025", 60, 0, "outside training", True),
        ("January 2026", 60, 0, "outside training", True),
    ]
    assert active_months(Course(), [], date(2026, 1, 31)) == ()


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(
    days, days, st.lists(st.tuples(days, st.integers(1, 600))), st.none() | days, days,
    st.lists(st.lists(days, min_size=2, max_size=2)),
)  # fmt: skip
def test_no_minute_is_lost_and_no_month_comes_twice(
    start: date,
    planned: date,
    by_day: list[tuple[date, int]],
    ended: date | None,
    as_at: date,
    pauses: list[list[date]],
) -> None:
    breaks = tuple(Period(min(two), max(two)) for two in pauses)
    course = Course(start, planned, ended_on=ended, breaks=breaks)
    months = active_months(course, by_day, as_at)
    assert sum(each.minutes for each in months) == sum(m for day, m in by_day if day <= as_at)
    firsts = [each.first for each in months]
    assert firsts == sorted(set(firsts))
    for each in months:
        assert each.first.day == 1
        assert 0 <= each.training_days <= each.last.day
        if each.state is MonthState.IN_TRAINING:
            assert each.training_days > 0
