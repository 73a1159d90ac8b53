"""Trackers with habits of their own: weeks in rows, tables side by side, hours in words."""

from __future__ import annotations

from datetime import date, time

import openpyxl
import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import matching, reading
from apprentice_desk.imports.fields import Kind
from apprentice_desk.records.hours import hours_rows


@pytest.fixture
def ada(make):
    return make.apprentice(given_names="Ada", family_name="King", weekly_minutes=35 * 60)


@pytest.fixture
def ben(make):
    return make.apprentice(given_names="Ben", family_name="Orr")


@pytest.fixture
def book(tmp_path):
    def write(rows, title="Log", name="log.xlsx"):
        made = openpyxl.Workbook()
        made.active.title = title
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return write


def logged(store):
    return sorted((row.name, row.done_on, row.minutes) for row in store.read(hours_rows))


def of_ada(store):
    return [(day.day, minutes) for name, day, minutes in logged(store) if name == "Ada King"]


def codes(report):
    return {note.code: note.message for note in report.notes}


# --- weeks that stand in rows of their own ------------------------------------------------------

WEEKDAYS = ["Activity", "Mon", "Tue", "Wed", "Thu", "Fri", "Total"]


def test_blocks_of_weekdays_take_their_week_from_the_row_above(book, bring, ada, catalogued):
    path = book(
        [
            ["My off the job 2026"],
            ["Week commencing 3 Aug 2026"],
            WEEKDAYS,
            ["Webinar on SQL", 1, None, None, 2, None, 3],
            ["Shadowing", None, 3, None, None, None, 3],
            ["Total", 1, 3, 0, 2, 0, 6],
            [],
            ["Week commencing 10 Aug"],
            WEEKDAYS,
            ["Reading", None, None, "1h 30m", None, None, 1.5],
            ["Annual leave", None, None, None, None, 7, 7],
            ["Total", 0, 0, 1.5, 0, 7, 8.5],
        ]
    )
    report = bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 60), (4, 180), (6, 120), (12, 90), (14, 420)]
    assert report.as_json()["refused"] == []
    assert report.as_json()["minutes_read"] == 870
    assert [row.reason for row in report.review.all_rows if row.reason] == [
        "A row of totals.",
        "Only “Week commencing 10 Aug” stands in this row.",
        "A row of totals.",
    ]


def test_blocks_of_weekdays_without_any_week_are_declined(book, bring, ada):
    path = book([["My off the job 2026"], WEEKDAYS, ["Webinar", 1, None, None, 2, None, 3]])
    with pytest.raises(Problem, match="no column was found for the day"):
        bring(path, "hours", apprentice="Ada King")


def test_where_no_column_says_the_day_the_rows_between_do(book, bring, ada, catalogued):
    path = book(
        [
            ["OTJ tracker - Ada King"],
            ["What I did", "Hours", "KSBs"],
            ["Induction", 1, ""],
            ["Week commencing 3 Aug 2026"],
            ["SQL course", 3, "K1"],
            ["Reading", 1.5, "K2"],
            ["Great week, well done all"],
            ["Week commencing", date(2026, 8, 10)],
            ["Webinar", "2h", "K1"],
            ["Total", 7.5],
        ]
    )
    report = bring(path, "hours")
    assert of_ada(catalogued) == [(7, 90), (7, 180), (14, 120)]
    (refused,) = report.as_json()["refused"]
    assert (refused["row"], "on which day" in refused["reason"]) == (3, True)
    assert [each["row"] for each in report.as_json()["skipped"]] == [4, 7, 8, 10]
    assert "on its Friday" in codes(report)["IM465"]
    again = bring(path, "hours").as_json()
    assert again["rows_imported"] == 0


def test_days_of_the_week_are_those_of_the_week_above(book, bring, ada, catalogued):
    path = book(
        [
            ["Day", "What I did", "Time"],
            ["w/c 3 Aug 2026"],
            ["Monday", "SQL course", "3"],
            ["Weds", "Reading", "1.5"],
            ["w/c 10/08/2026"],
            ["Tue", "Webinar", "2h"],
        ]
    )
    report = bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 180), (5, 90), (11, 120)]
    assert "IM466" in codes(report)


def test_days_of_the_week_without_a_week_are_refused(book, bring, ada):
    path = book([["Day", "What I did", "Time"], ["Monday", "SQL", "3"], ["Tue", "Git", "2"]])
    found = bring(path, "hours", apprentice="Ada King").as_json()
    assert (found["rows_imported"], len(found["refused"])) == (0, 2)


def test_weeks_between_rows_that_have_their_days_change_nothing(book, bring, ada, catalogued):
    path = book(
        [
            ["Date", "Hours", "What"],
            ["Week commencing 3 Aug 2026"],
            [date(2026, 8, 20), 1, "SQL"],
            ["Week commencing 10 Aug 2026"],
            [date(2026, 8, 21), 2, "SQL again"],
        ]
    )
    bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(20, 60), (21, 120)]


# --- side by side -------------------------------------------------------------------------------

TWICE = ["Date", "Hours", "What", None, "Date", "Hours", "What"]


def test_two_people_side_by_side_are_each_read(book, bring, ada, ben, catalogued):
    path = book(
        [
            ["Ada King", None, None, None, "Ben Orr"],
            TWICE,
            [date(2026, 8, 3), 2, "SQL", None, date(2026, 8, 3), 5, "Course"],
            [date(2026, 8, 4), 1, "Reading", None, date(2026, 8, 24), "lots", "Quiz"],
            [date(2026, 8, 5), 3, "Webinar"],
        ]
    )
    report = bring(path, "hours")
    assert of_ada(catalogued) == [(3, 120), (4, 60), (5, 180)]
    assert logged(catalogued)[-1] == ("Ben Orr", date(2026, 8, 3), 300)
    (refused,) = report.as_json()["refused"]
    assert (refused["row"], refused["column"], refused["value"]) == (4, "F", "lots")
    assert "columns A to C and E to G" in codes(report)["IM464"]
    assert {row.source for row in catalogued.read(hours_rows)} >= {
        "log.xlsx, Log, row 3, columns A to C", "log.xlsx, Log, row 3, columns E to G",
    }  # fmt: skip
    assert bring(path, "hours").as_json()["rows_imported"] == 0


def test_two_months_side_by_side_are_one_persons(book, bring, ada, catalogued):
    path = book(
        [
            ["July", None, None, None, "August"],
            TWICE,
            [date(2026, 7, 3), 2, "SQL", None, date(2026, 8, 3), 5, "Course"],
        ]
    )
    bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 120), (3, 300)]


def test_another_kind_of_table_beside_a_log_is_not_read(book, bring, ada, catalogued):
    path = book(
        [
            ["Off the job hours", None, None, None, "Leave booked"],
            ["Date", "Hours", "What", None, "Date", "Days", "Reason"],
            [date(2026, 8, 3), 2, "SQL", None, date(2026, 8, 10), 5, "Holiday"],
            [None, None, None, None, date(2026, 8, 24), 1, "Dentist"],
        ]
    )
    report = bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 120)]
    assert [each["reason"] for each in report.as_json()["skipped"]] == [
        "Nothing stands in the columns that are read."
    ]


# --- days and hours as people write them --------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("approx 1.5 hrs", 90),
        ("~1 hour", 60),
        ("09:30 - 12:00", 150),
        ("2hrs + 30mins", 150),
        ("2 hrs (incl lunch)", 120),
        ("an hour and a half", 90),
    ],
)
def test_hours_among_words_are_read_and_worth_a_look(listed, bring, ada, cell, minutes):
    rows = [
        ["When was it?", "What did you get up to?", "How long for?"],
        ["Mon 3rd Aug 2026", "Training", cell],
        ["4/8/26", "Reading", "45 mins"],
    ]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert report.as_json()["minutes_imported"] == minutes + 45
    assert [f.place.row for f in report.findings if f.code == "IM459"] == [2]


@pytest.mark.parametrize("cell", ["1 day", "half a day", "2-3 hours", "all morning"])
def test_what_is_no_length_is_not_guessed(listed, bring, ada, cell):
    rows = [["Date", "What", "How long for?"], ["03/08/2026", "SQL", cell],
            ["04/08/2026", "SQL", "1h"]]  # fmt: skip
    (refused,) = bring(listed(rows), "hours", apprentice="Ada King").as_json()["refused"]
    assert (refused["row"], refused["column"]) == (2, "C")


def test_an_entry_is_not_taken_for_headings(listed):
    rows = [
        ["When was it?", "What did you get up to?", "How long for?", "Any KSBs?"],
        ["7/9/26", "Course day", "1 day", "K1"],
        ["8/9/26", "Course morning", "half a day", "K2"],
        ["9/9/26", "Workshop", "09:30 - 12:00", "S1"],
        ["10/9/26", "Quiz", "2 hrs (incl lunch)", "S1"],
    ]
    table = reading.find_table(reading.read(listed(rows)), Kind.HOURS)
    assert table.heading_row == 1
    assert [each.field for each in matching.match(table, Kind.HOURS).columns] == [
        "done_on", "details", "duration", "ksbs",
    ]  # fmt: skip


def test_a_day_that_stands_once_for_several_rows_is_carried_down(book, bring, ada, catalogued):
    path = book(
        [
            ["Date", "Time spent", "Task"],
            [date(2026, 8, 3), "1h", "Stand-up"],
            [None, "2h", "SQL"],
            [None, "30m", "Reading"],
            [None, "3h 30m", "Total"],
            [date(2026, 8, 4), "1h", "Quiz"],
            [None, "2h", "Shadowing"],
            [],
            [None, "4h", "Found on a sticky note"],
        ]
    )
    report = bring(path, "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 30), (3, 60), (3, 120), (4, 60), (4, 120)]
    assert [f.place.row for f in report.findings if f.code == "IM467"] == [3, 4, 7]
    assert [each["row"] for each in report.as_json()["refused"]] == [9]
    assert [(each["row"], each["reason"]) for each in report.as_json()["skipped"]] == [
        (5, "A row of totals.")
    ]


def test_one_day_that_is_missing_is_not_guessed(listed, bring, ada):
    rows = [["Date", "Hours", "Task"]]
    rows += [[f"{day:02}/08/2026", "1", f"Task {day}"] for day in range(3, 9)]
    rows.insert(4, ["", "2", "Which day was this?"])
    (refused,) = bring(listed(rows), "hours", apprentice="Ada King").as_json()["refused"]
    assert (refused["row"], "on which day" in refused["reason"]) == (5, True)


@pytest.mark.parametrize(
    "cell", ["03/08/2026 - 05/08/2026", "3 Aug 2026 to 5 Aug 2026", "03/08/2026–05/08/2026"]
)
def test_hours_of_several_days_are_entered_on_the_last(listed, bring, ada, catalogued, cell):
    rows = [["Dates", "Hours", "Task"], [cell, "21", "Course"], ["06/08/2026", "1", "Quiz"]]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(5, 1260), (6, 60)]
    assert "IM468" in [finding.code for finding in report.findings]


def test_a_summary_above_the_log_is_left_alone(book, bring, ada, catalogued):
    path = book(
        [
            ["Apprentice:", "Ada King"],
            ["Month", "Hours", "Target", "% done"],
            ["July", 6, 24, 0.25],
            ["August", 4, 24, 0.17],
            ["Total", 10, 48, 0.21],
            [],
            ["Detailed log"],
            ["Date", "Start", "Finish", "Activity", "KSB"],
            [date(2026, 7, 7), time(9), time(12), "SQL", "K1"],
            [date(2026, 8, 8), time(9), time(13), "Reading more", "K1"],
        ]
    )
    bring(path, "hours")
    assert of_ada(catalogued) == [(7, 180), (8, 240)]


# --- people above weeks, breaks between start and end, days without their year ------------------

WEEK = ["Week commencing", "Mon", "Tue", "Wed", "Thu", "Fri", "Total"]


def test_timesheets_of_people_below_each_other_are_each_theirs(book, bring, ada, ben, catalogued):
    path = book(
        [
            ["Digital team timesheets"],
            ["Ada King"],
            WEEK,
            [date(2026, 8, 3), 1, None, 2, None, None, 3],
            [date(2026, 8, 10), None, 1, None, None, None, 1],
            [],
            ["Ben Orr"],
            WEEK,
            [date(2026, 8, 3), None, 4, None, None, None, 4],
            ["Total", 1, 5, 2, 0, 0, 8],
        ]
    )
    report = bring(path, "hours")
    assert report.as_json()["refused"] == []
    assert of_ada(catalogued) == [(3, 60), (5, 120), (11, 60)]
    assert logged(catalogued)[-1] == ("Ben Orr", date(2026, 8, 4), 240)
    assert "2 people" in codes(report)["IM461"]


def test_people_and_weeks_may_both_stand_in_rows_of_their_own(book, bring, ada, ben, catalogued):
    tasks = ["Task", "Mon", "Tue", "Wed", "Thu", "Fri"]
    path = book(
        [
            ["Digital team timesheets 2026"],
            ["Apprentice: Ada King"], ["w/c 3 Aug"], tasks, ["SQL", 1, None, 2],
            ["Apprentice: Ben Orr"], ["w/c 3 Aug"], tasks, ["Python", None, 4],
            ["w/c 10 Aug"], tasks, ["Python", 5],
        ]
    )  # fmt: skip
    assert bring(path, "hours").as_json()["refused"] == []
    assert of_ada(catalogued) == [(3, 60), (5, 120)]
    assert logged(catalogued)[-2:] == [
        ("Ben Orr", date(2026, 8, 4), 240), ("Ben Orr", date(2026, 8, 10), 300),
    ]  # fmt: skip


def test_a_break_between_start_and_end_is_taken_off(book, bring, ada, catalogued):
    rows = [
        ["Date", "Start", "Lunch (mins)", "End", "Learning"],
        [date(2026, 8, 3), "9am", 30, "12.30pm", "SQL"],
        [date(2026, 8, 4), time(9), None, time(11), "Course"],
        [date(2026, 8, 5), "09:00", "1:00", "15:00", "Course"],
    ]
    bring(book(rows), "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 180), (4, 120), (5, 300)]


def test_a_break_changes_nothing_where_the_hours_are_told(book, bring, ada, catalogued):
    rows = [
        ["Date", "From", "To", "Break", "Net hours"],
        [date(2026, 8, 3), "09:00", "12:30", "0:30", "3:00"],
    ]
    bring(book(rows), "hours", apprentice="Ada King")
    assert of_ada(catalogued) == [(3, 180)]


@pytest.mark.parametrize(
    ("title", "day"), [("Learning log 2026", "3 Aug"), ("2026/27", "Mon 3 Aug"), ("2026", "3/8")]
)
def test_a_year_that_stands_above_is_taken_and_said(listed, bring, ada, catalogued, title, day):
    rows = [[title], ["Date", "Hrs", "Topic"], [day, "1", "SQL"], ["4 August", "2", "Git"]]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert [day for _, day, _ in logged(catalogued)] == [date(2026, 8, 3), date(2026, 8, 4)]
    assert [f.place.row for f in report.findings if f.code == "IM469"] == [3, 4]


def test_a_year_that_the_day_of_the_week_speaks_against_is_not_taken(listed, bring, ada):
    rows = [["Log 2025"], ["Date", "Hrs", "Topic"], ["Mon 3 Aug", "1", "SQL"],
            ["05/08/2026", "1", "Git"]]  # fmt: skip
    (refused,) = bring(listed(rows), "hours", apprentice="Ada King").as_json()["refused"]
    assert (refused["row"], refused["value"]) == (3, "Mon 3 Aug")


def test_a_day_without_any_year_is_refused(listed, bring, ada):
    rows = [["Date", "Hrs", "Topic"], ["3 Aug", "1", "SQL"], ["05/08/2026", "1", "Git"]]
    (refused,) = bring(listed(rows), "hours", apprentice="Ada King").as_json()["refused"]
    assert (refused["row"], refused["value"]) == (2, "3 Aug")
