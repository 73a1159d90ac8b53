"""The weeks of a catch-up as its agreement tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from apprentice_desk import resources
from apprentice_desk.documents.catch_up_weeks import facts_of_catch_up, spans
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.catching_up import Case, CatchUp, Wanted, Week, catch_up
from apprentice_desk.domain.hours_facts import HoursFacts
from apprentice_desk.domain.off_the_job import Logged

DAY = date(2026, 11, 24)
REVIEW = date(2026, 12, 9)
CASE = Case(
    HoursFacts(
        Course(date(2025, 9, 1), date(2027, 8, 31)),
        date(2025, 9, 1),
        ((date(2025, 9, 1), 2_160),),
        agreed_minutes=30_000,
        logged=Logged(9_000, 600, date(2026, 11, 20)),
    ),
    30_000, 2_160, DAY, resources.bank_holidays(), reviews=frozenset({REVIEW}),
)  # fmt: skip


def agreed(by: date) -> CatchUp:
    wanted = Wanted(by=by, leave="21/12/2026 to 1/1/2027; 15/2/2027", block_on=date(2027, 1, 13))
    found = catch_up(CASE, wanted)
    assert isinstance(found, CatchUp)
    return found


def test_few_weeks_stand_one_by_one_and_many_in_spans_with_the_same_sum() -> None:
    for by in (date(2027, 1, 31), date(2027, 8, 31)):
        whole = agreed(by)
        rows = spans(whole.weeks)
        assert [week for row in rows for week in row.weeks] == list(whole.weeks)
        total = sum(week.minutes for row in rows for week in row.weeks)
        assert total == whole.needed_minutes
    assert len(spans(agreed(date(2027, 1, 31)).weeks)) == 10
    long = agreed(date(2027, 8, 31))
    assert len(spans(long.weeks)) < 25 < len(long.weeks)
    words = [row.each for row in spans(agreed(date(2027, 1, 31)).weeks)]
    assert "none: no working day" in words
    assert "36 h, block week" in words


def test_a_week_after_all_is_done_says_so() -> None:
    found = catch_up(CASE, Wanted(by=date(2027, 1, 31)))
    assert isinstance(found, CatchUp)
    last = replace(found.weeks[-1], minutes=0)
    assert spans((last,))[0].each == "none left to do"


WEEK = Week(date(2026, 10, 5), date(2026, 10, 11), 5, 2160, 300)
BLOCK = Week(date(2026, 10, 12), date(2026, 10, 18), 5, 2160, 2160, is_block=True)
FOUND = CatchUp(date(2026, 10, 18), 300, 2460, (WEEK, BLOCK))


def test_weeks_are_told_with_what_is_done_in_each() -> None:
    facts = facts_of_catch_up(FOUND)
    table = facts["catch_up_weeks"]
    assert isinstance(table, TableValue)
    assert table.rows == (
        ("5 Oct 2026 to 11 Oct 2026", "5 h", "5 h"),
        ("12 Oct 2026 to 18 Oct 2026", "36 h, block week", "36 h"),
    )
    assert (facts["recovered_by_on"], facts["catch_up_rate"]) == (date(2026, 10, 18), "5 h")
    assert "catch_up_around" not in facts


def test_what_the_weeks_go_around_is_told_as_far_as_they_reach() -> None:
    leave = [
        Period(date(2026, 11, 2), date(2026, 11, 6)),
        Period(date(2026, 10, 15), date(2026, 10, 15)),
        Period(date(2026, 10, 8), date(2026, 10, 9)),
    ]
    reviews = [date(2026, 12, 1), date(2026, 10, 13), date(2026, 10, 6)]
    assert facts_of_catch_up(FOUND, reviews, leave)["catch_up_around"] == (
        "leave (8 Oct 2026 to 9 Oct 2026; 15 Oct 2026) and the days of progress reviews"
        " (6 Oct 2026, 13 Oct 2026)"
    )
    assert facts_of_catch_up(FOUND, (), leave[1:2])["catch_up_around"] == "leave (15 Oct 2026)"
    assert facts_of_catch_up(FOUND, reviews)["catch_up_around"] == (
        "the days of progress reviews (6 Oct 2026, 13 Oct 2026)"
    )
