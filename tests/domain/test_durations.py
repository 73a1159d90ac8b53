from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import durations

minutes = st.integers(0, durations.MOST_MINUTES)
either_way = st.integers(-durations.MOST_MINUTES, durations.MOST_MINUTES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7:30", 450),
        ("07:30", 450),
        ("7:30:00", 450),
        ("0:05", 5),
        ("7.5", 450),
        ("7,5", 450),
        (".5", 30),
        ("0,125", 8),
        ("7", 420),
        ("7h 30m", 450),
        ("7 h 30 m", 450),
        ("7h30", 450),
        ("7 hours and 5 minutes", 425),
        ("7 HRS 5 MINS", 425),
        ("1 h", 60),
        ("1.5 hours", 90),
        ("90m", 90),
        ("90 min", 90),
        ("90 minutes", 90),
        ("1,022", 61_320),
        ("1,02", 61),
        ("1,022.5", 61_350),
        ("1,022 h 30 m", 61_350),
        ("7.33", 440),
        ("\u00a07:30 ", 450),
        ("0", 0),
        ("9999", 599_940),
    ],
)
def test_times_are_read_as_people_write_them(text, expected):
    assert durations.parse_minutes(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a length of time"),
        ("7:60", "is not a length of time"),
        ("7:3", "is not a length of time"),
        ("7h 75m", "is not a length of time"),
        ("7.5.1", "is not a length of time"),
        ("0,125,300", "is not a length of time"),
        ("90.5 min", "is not a length of time"),
        ("half a day", "is not a length of time"),
        ("9" * 5000, "is not a length of time"),
        ("7:30:15", "is not a length of time"),
        ("-1", "less than no time"),
        ("−7:30", "less than no time"),
        ("10000", "more than 9,999 hours"),
        ("599941m", "more than 9,999 hours"),
    ],
)
def test_what_is_no_time_is_refused_in_words(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        durations.parse_minutes(text)


@pytest.mark.parametrize(
    ("given_minutes", "sentence", "grid"),
    [
        (450, "7 h 30 m", "7:30"),
        (45, "45 m", "0:45"),
        (420, "7 h", "7:00"),
        (0, "0 h", "0:00"),
        (-450, "−7 h 30 m", "−7:30"),
        (-45, "−45 m", "−0:45"),
        (61_350, "1,022 h 30 m", "1022:30"),
    ],
)
def test_sentences_and_grids(given_minutes, sentence, grid):
    assert durations.sentence(given_minutes) == sentence
    assert durations.grid(given_minutes) == grid


@pytest.mark.parametrize(
    ("a_week", "shown"),
    [
        (Fraction(366), "6.1 h a week"),
        (Fraction(363), "6.1 h a week"),
        (Fraction(3629, 10), "6.0 h a week"),
        (0, "0.0 h a week"),
        (174.0, "2.9 h a week"),
        (Fraction(-363), "−6.1 h a week"),
    ],
)
def test_rates_have_one_place_half_up(a_week, shown):
    assert durations.rate(a_week) == shown


def test_the_figure_kept_as_41_204_minutes_is_shown_as_686_73_hours():
    assert durations.round_up_to_minute(Fraction("686.72") * 60) == 41_204
    assert durations.decimal_hours(41_204) == Decimal("686.73")
    assert durations.minutes_from_hours("686.73") == 41_204


@pytest.mark.parametrize("hours", [Decimal("7.5"), "7.5", 7.5, " 7.50 "])
def test_hours_come_from_any_kind_of_cell(hours):
    assert durations.minutes_from_hours(hours) == 450


def test_whole_hours_and_hours_below_zero_are_let_through():
    assert durations.minutes_from_hours(7) == 420
    assert durations.minutes_from_hours("-0.5") == -30


@pytest.mark.parametrize("hours", ["", "seven", "NaN", float("inf")])
def test_what_is_no_number_of_hours_is_refused_in_words(hours):
    with pytest.raises(ValueError, match="is not a number of hours"):
        durations.minutes_from_hours(hours)


@given(minutes)
def test_every_way_of_showing_reads_back_exactly(given_minutes):
    for shown in (durations.sentence(given_minutes), durations.grid(given_minutes)):
        assert durations.parse_minutes(shown) == given_minutes
    assert durations.parse_minutes(str(durations.decimal_hours(given_minutes))) == given_minutes


@given(either_way)
def test_decimal_hours_return_exactly_as_minutes(given_minutes):
    shown = durations.decimal_hours(given_minutes)
    assert shown.as_tuple().exponent == -2
    assert durations.minutes_from_hours(shown) == given_minutes
    assert durations.minutes_from_hours(float(shown)) == given_minutes


@pytest.mark.parametrize(
    ("exact", "whole"), [("1/2", 1), ("-1/2", -1), ("1/3", 0), ("-2/3", -1), ("5", 5)]
)
def test_the_nearest_minute_is_half_away_from_zero(exact, whole):
    assert durations.nearest_minute(Fraction(exact)) == whole


@given(st.fractions(0, 10_000))
def test_a_rules_minimum_is_never_undercut(exact):
    rounded = durations.round_up_to_minute(exact)
    assert exact <= rounded < exact + 1


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("7 h 30 m of 40 h", "7\u00a0h 30\u00a0m of 40\u00a0h"),
        ("+12 wk", "+12\u00a0wk"),
        ("in 3 months, at 4 houses", "in 3 months, at 4 houses"),
        ("", ""),
    ],
)
def test_no_line_ends_between_a_figure_and_its_unit(words, together):
    assert durations.bound(words) == together
