"""The hours of one day: no more than it has, and not twice at the same time."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.calendar import clocks_change_on, monday_of
from apprentice_desk.domain.days_hours import Stretch, check_sum, check_times, minute_of_day
from apprentice_desk.domain.findings import Level

DAY = date(2026, 8, 3)
CLOCKS_BACK = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("00:00", 0), ("09:30", 570), ("23:59", 1439), ("24:00", None), ("09:60", None),
        ("9:30", None), ("09.30", None), ("-1:30", None), ("٠٩:٣٠", None), ("0930:", None),
        ("", None), ("09:30\n", None), (":0930", None),
    ],
)  # fmt: skip
def test_a_time_of_day_is_two_and_two_figures(text, minute):
    assert minute_of_day(text) == minute


def test_a_day_has_24_hours():
    assert check_sum(DAY, 1440, 0) == []
    assert check_sum(DAY, 90, 1350) == []
    (found,) = check_sum(DAY, 91, 1350)
    assert (found.code, found.level, found.place.field) == ("HO008", Level.ROW, "minutes")
    assert found.message == (
        "3 Aug 2026 would have 24 h 1 m with this entry: 22 h 30 m are logged on it already."
    )


def test_the_25_hour_day_of_october_has_no_more():
    """Nobody trains round the clock: the hour that comes twice is no reason to log it."""
    assert [each.code for each in check_sum(CLOCKS_BACK, 25 * 60, 0)] == ["HO008"]


@pytest.mark.parametrize(
    ("began_at", "minutes", "overlaps"),
    [
        ("09:00", 60, False), ("09:00", 61, True), ("10:30", 30, True), ("09:30", 240, True),
        ("12:00", 60, False), ("11:59", 60, True), ("", 240, False),
    ],
)  # fmt: skip
def test_times_that_overlap_are_worth_a_look(began_at, minutes, overlaps):
    others = [Stretch(120, "10:00"), Stretch(600)]
    found = check_times(DAY, Stretch(minutes, began_at), others)
    assert [(each.code, each.level, each.place.field) for each in found] == (
        [("HO009", Level.NOTE, "began_at")] if overlaps else []
    )
    if overlaps:
        assert found[0].message == (
            "2 h from 10:00 are logged on 3 Aug 2026, at the same time as this entry."
        )


def test_on_the_night_of_the_clocks_nothing_is_said_that_may_be_wrong():
    """From 0:30 for two hours ends at half past one, for the second time."""
    (found,) = check_times(CLOCKS_BACK, Stretch(60, "01:30"), [Stretch(120, "00:30")])
    assert found.message == (
        "2 h from 00:30 are logged on 25 Oct 2026: the clocks change that day, so the two may"
        " overlap or not."
    )


@pytest.mark.parametrize(
    ("day", "changes"),
    [
        (date(2026, 3, 29), True), (date(2026, 10, 25), True), (date(2027, 10, 31), True),
        (date(2026, 10, 18), False), (date(2026, 10, 26), False), (date(2026, 11, 29), False),
        (date(2024, 3, 31), True), (date(2024, 3, 24), False),
    ],
)  # fmt: skip
def test_the_clocks_change_on_the_last_sundays_of_march_and_october(day, changes):
    assert clocks_change_on(day) is changes


def test_a_week_begins_on_its_monday():
    assert {monday_of(date(2026, 8, day)) for day in range(3, 10)} == {DAY}
    assert monday_of(date(2027, 1, 1)) == date(2026, 12, 28)
