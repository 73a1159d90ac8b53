"""The sheet that a list stands in, shown as the file has it."""

from __future__ import annotations

from datetime import date

from apprentice_desk.imports import glimpses, steps
from imports import trackers


def _seen(path):
    seen = steps.choose(steps.begin("hours"), path).glimpse
    assert seen is not None
    return seen


def test_nothing_is_seen_before_a_file_is_chosen():
    assert steps.begin("hours").glimpse is None


def test_rows_and_letters_are_those_of_the_file(listed):
    seen = _seen(listed([["Log of", "Ada King"], [], ["Date", "Hours", ""], ["05/01/2026", "1"]]))
    assert (seen.first_row, seen.heading_row, seen.cut) == (1, 3, "")
    assert seen.letters == ("A", "B")
    assert [glimpses.say(cell) for cell in seen.rows[2][:2]] == ["Date", "Hours"]


def test_what_stands_left_of_the_list_and_above_it_is_seen_too(tmp_path):
    seen = _seen(trackers.merged_beauty(tmp_path))
    said = [[glimpses.say(cell) for cell in row] for row in seen.rows]
    at = seen.heading_row - seen.first_row
    assert said[at][0] == ""
    assert said[at][1] == "Date of activity"
    assert "Time spent off the job" in said[at - 1]


def test_of_a_long_sheet_the_rows_around_the_headings_are_shown_and_it_says_so(listed):
    rows = [[f"{1 + at % 28:02}/09/2026", "1"] for at in range(3_000)]
    seen = _seen(listed([["Date", "Hours"], *rows]))
    assert len(seen.rows) == 2_000
    assert seen.cut == "Shown are 2,000 of 3,001 rows."


def test_of_a_wide_sheet_the_first_columns_are_shown_and_it_says_so(listed):
    extra = [f"Note {at}" for at in range(250)]
    seen = _seen(listed([["Date", "Hours", *extra], ["05/01/2026", "1", *extra]]))
    assert len(seen.letters) == 200
    assert seen.cut == "Shown are 200 of 252 columns."


def test_cells_are_said_on_one_line_and_not_too_long():
    assert glimpses.say(None) == ""
    assert glimpses.say("Date of\nactivity") == "Date of activity"
    assert glimpses.say(date(2026, 1, 5)) == "05/01/2026"
    assert glimpses.say("x" * 61) == "x" * 59 + "…"
    assert glimpses.say("x" * 60) == "x" * 60
