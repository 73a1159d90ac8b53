"""Single cells, in every way that people and spreadsheets write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from apprentice_desk.imports import values


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (" a\u00a0 b\t", "a b"),
        ("a\r\nb \n", "a\nb"),
        ("\u200bK1\ufeff", "K1"),
        ("\u202aAda \u202eibO\u202c", "Ada ibO"),
        ("\u00a0", ""),
        (12, "12"),
        (1.5, "1.5"),
        (True, "Yes"),
        (date(2026, 8, 4), "04/08/2026"),
        (datetime(2026, 8, 4, 9, 5), "04/08/2026 09:05"),
        (time(9, 5), "09:05"),
        (timedelta(hours=30), "30:00"),
        (None, ""),
    ],
)
def test_a_cell_is_said_tidily(cell, words):
    assert values.text(cell) == words


@pytest.mark.parametrize("word", ["n/a", "N/A", " - ", "TBC", "none", "\u00a0"])
def test_words_for_nothing_are_nothing(word):
    assert values.said(word) == ""
    assert values.day(word) is None
    assert values.minutes(word) is None
    assert values.pounds(word) is None
    assert values.uln(word) is None
    assert values.clock(word) == ""


def test_a_name_may_look_like_a_word_for_nothing():
    assert [values.name(cell) for cell in ("Nil", "Na", "n/a")] == ["Nil", "Na", ""]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (time(1, 0), 60),
        (time(0, 29, 30), 30),
        (timedelta(hours=26), 26 * 60),
        (datetime(1900, 1, 1, 1, 30), 25 * 60 + 30),
        (date(1900, 1, 1), 24 * 60),
        (1, 60),
        (0.25, 15),
        ("1:30", 90),
        (1.0000001, 60),
    ],
)
def test_a_length_of_time_in_a_cell_is_minutes(cell, minutes):
    assert values.minutes(cell) == minutes


@pytest.mark.parametrize(
    "cell",
    [True, date(2026, 1, 5), datetime(2026, 1, 5, 1, 30), -1, timedelta(hours=-1), "x", 1e9,
     float("inf"), float("nan")],
)  # fmt: skip
def test_what_is_no_length_of_time_is_refused_in_words(cell):
    with pytest.raises(ValueError, match=r"\w.*\."):
        values.minutes(cell)


def test_plain_numbers_are_minutes_where_the_heading_says_so():
    cells = (90, "90", "1:30", time(1, 30))
    assert [values.minutes(cell, are_minutes=True) for cell in cells] == [90] * 4


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("9:15", "09:15"), ("9.15am", "09:15"), ("2pm", "14:00"), ("12am", "00:00"), ("0915", "09:15"),
     (time(9, 15), "09:15"), (timedelta(hours=9, minutes=15), "09:15"), ("23:59:30", "23:59")],
)  # fmt: skip
def test_a_time_of_day_is_read(cell, clock):
    assert values.clock(cell) == clock


@pytest.mark.parametrize("cell", ["25:00", "13pm", "9", "noonish", "0am"])
def test_what_is_no_time_of_day_is_refused(cell):
    with pytest.raises(ValueError, match="is not a time of day"):
        values.clock(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("£15,000", "15000.00"), (15000, "15000.00"), (12.5, "12.50"), ("15000.5", "15000.50")],
)
def test_a_price_is_pounds(cell, amount):
    assert values.pounds(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", [True, date(2026, 1, 1), -1, "1,5", 0.001, float("nan"), 1e12])
def test_what_is_no_price_is_refused(cell):
    with pytest.raises(ValueError, match=r"\w.*\."):
        values.pounds(cell)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("K1,S2", "K1, S2"),
        ("K1, K2, K6", "K1-2, K6"),
        ("K1,2,8, S2", "K1-2, K8, S2"),
        ("K4-7, S1-2", "K4-7, S1-2"),
        ("k4 to k7; s1", "K4-7, S1"),
        ("K7-4, S1", "K4, K7, S1"),
        ("K150, K1", "K150, K1"),
        ("k1/s2", "K1, S2"),
        ("K\u00a01", "K1"),
        ("K1 K1", "K1"),
        ("Used joins (K3, S2) at work", "K3, S2"),
        ("n/a", ""),
        ("teamwork", "teamwork"),
        ("K1.2, K1.3", "K1.2, K1.3"),
    ],
)
def test_codes_of_knowledge_skills_and_behaviours_are_kept_short(cell, codes):
    assert values.ksbs(cell) == codes


def test_plain_numbers_take_the_letter_of_their_heading():
    assert values.ksbs("1, 4", "S") == "S1, S4"
    assert values.ksbs(3, "K") == "K3"


@pytest.mark.parametrize(
    ("cell", "heading", "is_off"),
    [
        ("Off the job", "x", True),
        ("ON-THE-JOB", "x", False),
        ("OTJ", "x", True),
        ("Yes", "Off the job?", True),
        ("No", "Off the job?", False),
        ("Yes", "On the job?", False),
        (False, "Counts", False),
        ("", "Off the job?", None),
    ],
)
def test_on_and_off_the_job_are_told_apart(cell, heading, is_off):
    assert values.is_off_the_job(cell, heading) is is_off


@pytest.mark.parametrize("cell", ["1" * 5000, "9" * 16, "1.5.2", "٣", "²", True, None])
def test_what_is_no_plain_number_or_too_long_a_one_is_none(cell):
    assert values.plain_number(cell) is None
