"""The line of a contract's days: today among them, and what falls on one day in one place."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.contract_line import how_far, in_words, line_days
from apprentice_desk.domain.contract_terms import Milestone, TermDay

TODAY = date(2026, 11, 24)
START = Milestone(date(2025, 3, 1), TermDay.START)
NOTICE = Milestone(date(2026, 12, 21), TermDay.NOTICE)
DECIDE = Milestone(date(2027, 2, 20), TermDay.DECIDE)
END = Milestone(date(2027, 2, 20), TermDay.END)


def test_today_stands_among_the_days_in_their_order() -> None:
    days = line_days((START, NOTICE, END), TODAY)
    assert [(each.on, each.words()) for each in days] == [
        (date(2025, 3, 1), "Starts"),
        (TODAY, "Today"),
        (date(2026, 12, 21), "Notice by"),
        (date(2027, 2, 20), "Ends"),
    ]


def test_what_falls_on_one_day_is_one_place_of_the_line() -> None:
    (_, both) = line_days((DECIDE, END), TODAY)
    assert both.words() == "Ends, extension to decide"
    assert both.has(TermDay.END)
    assert both.has(TermDay.DECIDE)
    assert not both.has(TermDay.NOTICE)


def test_a_day_that_is_today_is_said_with_it() -> None:
    (day,) = line_days((Milestone(TODAY, TermDay.NOTICE),), TODAY)
    assert day.is_today
    assert day.words() == "Today, notice by"


def test_a_contract_of_which_no_day_is_known_has_no_line() -> None:
    assert line_days((), TODAY) == ()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (TODAY, "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 12, 21), "in 27 days"),
        (date(2026, 11, 22), "2 days ago"),
        (date(2030, 1, 1), "in 1,134 days"),
    ],
)
def test_how_far_a_day_is_away_is_said_in_days(day: date, says: str) -> None:
    assert how_far(day, TODAY) == says


def test_the_line_is_told_in_one_sentence() -> None:
    assert in_words(line_days((START, NOTICE), TODAY), TODAY) == (
        "Starts: 1 Mar 2025, 633 days ago; Today: 24 Nov 2026; Notice by: 21 Dec 2026, in 27 days"
    )
