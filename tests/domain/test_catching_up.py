"""Catching up: enough hours, never over the contracted week, never on a day that is off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.catching_up import (
    CannotCatchUp,
    Case,
    CatchUp,
    Wanted,
    catch_up,
    check,
    planned_by,
    read_spans,
    weeks_between,
)
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_facts import HoursFacts
from apprentice_desk.domain.off_the_job import Logged

DAY = date(2026, 11, 24)  # a Tuesday
CASE = Case(
    HoursFacts(Course(date(2025, 9, 1), date(2027, 8, 31)), logged=Logged(9_000)),
    30_000,
    2_160,
    DAY,
    resources.bank_holidays(),
)


def recovered(case: Case = CASE, **wanted) -> CatchUp:
    assert check(case, Wanted(**wanted)) == []
    found = catch_up(case, Wanted(**wanted))
    assert isinstance(found, CatchUp), found
    return found


def refused(case: Case = CASE, **wanted) -> CannotCatchUp:
    found = catch_up(case, Wanted(**wanted))
    assert isinstance(found, CannotCatchUp), found
    return found


def test_by_a_day_it_is_the_least_rate_in_quarters_of_an_hour():
    by = date(2027, 3, 31)
    found = recovered(by=by)
    assert found.needed_minutes == planned_by(CASE, by) - 9_000
    assert sum(week.minutes for week in found.weeks) == found.needed_minutes
    assert found.rate_minutes % 15 == 0
    less = catch_up(CASE, Wanted(by=by, rate_minutes=found.rate_minutes - 15))
    assert isinstance(less, CannotCatchUp)
    assert less.could == f"{sentence(found.rate_minutes)} a week would."
    assert "It is recovered by" in less.says


def test_weeks_leave_out_holidays_leave_reviews_and_breaks():
    case = replace(
        CASE,
        facts=replace(
            CASE.facts,
            course=replace(
                CASE.facts.course, breaks=(Period(date(2027, 1, 18), date(2027, 1, 22)),)
            ),
        ),
        reviews=frozenset({date(2026, 12, 9)}),
    )
    wanted = Wanted(leave="14/12/2026 to 18/12/2026; 6/1/2027")
    weeks = {week.first: week for week in weeks_between(case, wanted, date(2027, 1, 31))}
    days = {first: week.days for first, week in weeks.items()}
    assert days == {
        date(2026, 11, 25): 3,  # what is left of the first week
        date(2026, 11, 30): 5,
        date(2026, 12, 7): 4,  # a review
        date(2026, 12, 14): 0,  # leave
        date(2026, 12, 21): 4,  # Christmas Day
        date(2026, 12, 28): 3,  # Boxing Day's substitute and New Year's Day
        date(2027, 1, 4): 4,  # a day of leave
        date(2027, 1, 11): 5,
        date(2027, 1, 18): 0,  # a break
        date(2027, 1, 25): 5,
    }
    assert weeks[date(2026, 12, 7)].most_minutes == 2_160 * 4 // 5


def test_a_block_week_takes_the_whole_contracted_week_and_lowers_the_others():
    by = date(2027, 3, 31)
    found = recovered(by=by, block_on=date(2027, 1, 13))
    (block,) = [week for week in found.weeks if week.is_block]
    assert (block.first, block.minutes) == (date(2027, 1, 11), 2_160)
    assert found.rate_minutes < recovered(by=by).rate_minutes


def test_at_a_rate_it_is_the_earliest_week_that_has_caught_up():
    found = recovered(rate_minutes=1_200)
    total = sum(week.minutes for week in found.weeks)
    assert 9_000 + total == planned_by(CASE, found.by)
    before = found.weeks[-2].last
    assert 9_000 + sum(week.minutes for week in found.weeks[:-1]) < planned_by(CASE, before)
    assert recovered(rate_minutes=1_200, by=date(2027, 8, 1)).by == found.by


def test_what_cannot_be_says_what_could():
    soon = refused(by=DAY + timedelta(days=7))
    assert "working days to it have" in soon.says
    assert soon.could.startswith("With every contracted hour it would be recovered by ")
    slow = refused(rate_minutes=30)
    assert slow.says == "At 30 m a week it is not recovered by 31 Dec 2028."
    assert "a week recovers by the planned end, 31 Aug 2027." in slow.could
    both = refused(rate_minutes=30, by=date(2027, 6, 1))
    assert both.says == "30 m a week does not recover by 1 Jun 2027."
    assert refused(rate_minutes=30, by=DAY + timedelta(days=7)) == soon
    hopeless = replace(CASE, required_minutes=900_000)
    assert refused(hopeless, by=date(2027, 6, 1)).could == ""
    assert refused(hopeless, rate_minutes=30).could == ""
    ended = replace(CASE.facts, course=Course(date(2025, 9, 1), DAY))
    assert refused(replace(CASE, facts=ended), rate_minutes=15).could == ""
    endless = replace(CASE.facts, course=Course(date(2025, 9, 1)))
    assert refused(replace(CASE, facts=endless), rate_minutes=15).could == ""


def test_nobody_on_plan_has_to_catch_up():
    done = replace(CASE, facts=replace(CASE.facts, logged=Logged(29_999)))
    assert "nothing to catch up" in refused(done, by=date(2027, 1, 1)).says
    assert refused(done, rate_minutes=60).says == "Nobody who is on plan has to catch up."


def test_a_plan_with_dated_activities_is_what_is_caught_up_with():
    dated = ((date(2026, 10, 1), 9_600), (date(2027, 1, 15), 600), (date(2027, 5, 1), 9_000))
    case = replace(CASE, dated=dated)
    assert planned_by(case, date(2027, 1, 31)) == 10_200
    found = recovered(case, by=date(2027, 1, 31))
    assert found.needed_minutes == 1_200


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(), "CU001"),
        (Wanted(by=DAY), "CU002"),
        (Wanted(rate_minutes=2_161), "CU003"),
        (Wanted(rate_minutes=0), "CU004"),
        (Wanted(by=date(2027, 1, 1), block_on=DAY), "CU005"),
        (Wanted(by=date(2027, 1, 1), leave="some time"), "CU006"),
        (Wanted(by=date(2027, 1, 1), leave="1/1/2027 to 2/1/2027 to 3/1/2027"), "CU006"),
        (Wanted(by=date(2027, 1, 1), leave="9/1/2027 to 2/1/2027"), "CU006"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(wanted, code):
    assert [finding.code for finding in check(CASE, wanted)] == [code]


def test_spans_are_read_as_people_write_them():
    assert read_spans(" 21/12/2026 to 1/1/2027;\n15 Feb 2027 ; ", DAY) == (
        Period(date(2026, 12, 21), date(2027, 1, 1)),
        Period(date(2027, 2, 15), date(2027, 2, 15)),
    )
    assert read_spans("August 2027", DAY) == (Period(date(2027, 8, 1), date(2027, 8, 31)),)
    assert read_spans("1/2/2027 – 3/2/2027", DAY) == (Period(date(2027, 2, 1), date(2027, 2, 3)),)


@given(
    st.integers(0, 20_000),
    st.integers(300, 2_400),
    st.dates(DAY + timedelta(days=1), date(2028, 6, 30)),
    st.none() | st.dates(DAY + timedelta(days=1), date(2027, 6, 30)),
    st.none() | st.integers(15, 300),
)
def test_what_is_agreed_is_enough_and_fits_into_every_week(logged, week, by, block, rate):
    case = replace(
        CASE,
        facts=replace(CASE.facts, logged=Logged(logged)),
        contracted_minutes=week,
        reviews=frozenset({date(2026, 12, 9), date(2027, 3, 10)}),
    )
    wanted = Wanted(by, rate, "21/12/2026 to 1/1/2027", block)
    found = catch_up(case, wanted)
    if isinstance(found, CannotCatchUp):
        assert found.says
        return
    assert logged + sum(each.minutes for each in found.weeks) == planned_by(case, found.by)
    assert found.by <= by
    for each in found.weeks:
        assert 0 <= each.minutes <= each.most_minutes <= week
        assert each.is_block or each.minutes <= max(found.rate_minutes, 0)
