"""A team's hours in the funding year: sums, status and the two lines of the chart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.apprenticeship import Course, Status
from apprentice_desk.domain.hours_rules import StatusLimits
from apprentice_desk.domain.off_the_job import Figures, HoursStatus, planned_to_date
from apprentice_desk.domain.team_hours import DayMinutes, TeamHours, members, team_hours, year_start

TODAY = date(2026, 11, 23)
SINCE = date(2026, 8, 1)
LIMITS = StatusLimits(
    date(2010, 1, 1), Fraction("0.05"), Fraction("0.10"), Fraction(2), Fraction(8), "Ours"
)
COURSE = Course(date(2025, 9, 1), date(2027, 8, 31))
FIGURES = Figures(
    30_000, None, 30_000, None, 0, None, None, None, None, None, None, None,
    HoursStatus.ON_TRACK, "",
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    logged_minutes_since: int = 0
    planned_minutes_since: int | None = 1000
    status: Status = Status.LIVE
    course: Course = COURSE
    figures: Figures = FIGURES
    id: UUID = field(default_factory=uuid4)


def team(
    *people: Member,
    by_day: tuple[DayMinutes, ...] = (),
    activities: dict[UUID, tuple[DayMinutes, ...]] | None = None,
) -> TeamHours:
    return team_hours(people, by_day, activities or {}, TODAY, LIMITS)


def test_the_year_is_that_of_the_funding_rules() -> None:
    assert year_start(date(2026, 7, 31)) == date(2025, 8, 1)
    assert year_start(SINCE) == SINCE


def test_who_is_on_programme_with_a_plan_is_added_up() -> None:
    people = [
        Member(900),
        Member(450, 500, Status.ON_A_BREAK),
        Member(70, 0, Status.IN_ASSESSMENT),
        Member(333, None),
        Member(777, 800, Status.COMPLETED),
        Member(777, 800, Status.PLANNED),
    ]
    found = team(*people)
    assert [person.logged_minutes_since for person in members(people)] == [900, 450, 70]
    assert (found.people, found.without_plan) == (3, 1)
    assert (found.logged_minutes, found.planned_minutes) == (1420, 1500)
    assert found.since_on == SINCE


@pytest.mark.parametrize(
    ("logged", "status"),
    [
        (2000, HoursStatus.ON_TRACK),
        (950, HoursStatus.ON_TRACK),
        (949, HoursStatus.SLIPPING),
        (900, HoursStatus.SLIPPING),
        (899, HoursStatus.BEHIND),
    ],
)
def test_the_limits_are_shares_of_what_was_planned(logged: int, status: HoursStatus) -> None:
    assert team(Member(logged)).status is status


def test_a_team_without_a_plan_has_no_status_and_no_lines() -> None:
    assert team(Member(500, None), by_day=((SINCE, 500),)) == TeamHours(
        SINCE, 0, 1, 0, 0, HoursStatus.NO_PLAN
    )
    assert team() == TeamHours(SINCE, 0, 0, 0, 0, HoursStatus.NO_PLAN)


def test_the_plan_runs_from_the_day_before_the_year_to_its_end() -> None:
    one, other = Member(), Member(course=replace(COURSE, training_started_on=date(2026, 10, 1)))
    found = team(one, other)
    days = [day for day, _ in found.planned]
    assert len(days) == 13
    assert (days[0], days[1], days[-1]) == (
        date(2026, 7, 31), date(2026, 8, 31), date(2027, 7, 31),
    )  # fmt: skip
    for day, minutes in found.planned:
        expected = 0
        for person in (one, other):
            by_then = planned_to_date(person.course, 30_000, day)
            before = planned_to_date(person.course, 30_000, date(2026, 7, 31))
            assert by_then is not None
            assert before is not None
            expected += by_then - before
        assert minutes == expected
    assert found.planned[0][1] == 0
    assert found.planned[-1][1] > found.planned[-2][1]


def test_a_plan_with_days_steps_by_them() -> None:
    person = Member()
    plan = ((date(2026, 7, 1), 600), (date(2026, 8, 31), 60), (date(2026, 9, 1), 30))
    found = dict(team(person, activities={person.id: plan}).planned)
    assert found[date(2026, 7, 31)] == 0
    assert found[date(2026, 8, 31)] == 60
    assert found[date(2026, 9, 30)] == 90
    assert found[date(2027, 7, 31)] == 90


def test_who_has_a_dated_plan_that_was_dropped_since_counts_nothing() -> None:
    """No activities and nothing required: the row was read a moment before."""
    person = Member(figures=replace(FIGURES, required_minutes=None))
    assert {minutes for _, minutes in team(person).planned} == {0}


def test_the_log_runs_to_today() -> None:
    found = team(Member(90), by_day=((date(2026, 8, 3), 60), (date(2026, 9, 7), 30)))
    assert found.logged == (
        (date(2026, 7, 31), 0), (date(2026, 8, 3), 60), (date(2026, 9, 7), 90), (TODAY, 90),
    )  # fmt: skip
    found = team(Member(90), by_day=((TODAY, 90),))
    assert found.logged == ((SINCE - timedelta(days=1), 0), (TODAY, 90))
