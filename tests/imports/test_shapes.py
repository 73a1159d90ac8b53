"""Lists of every shape: groups over headings, units below, grids, several sheets alike, diaries."""

from __future__ import annotations

from datetime import date, time

import openpyxl
import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import diaries, labels, matching, reading, steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.records.hours import hours_rows


@pytest.fixture
def ada(make):
    return make.apprentice(
        given_names="Ada", family_name="King", uln="1000000043", weekly_minutes=35 * 60
    )


@pytest.fixture
def ben(make):
    return make.apprentice(given_names="Ben", family_name="Orr")


@pytest.fixture
def book(tmp_path):
    """Write sheets of rows as a workbook, with cells joined as told."""

    def write(sheets, merged=(), name="log.xlsx"):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for area in merged:
                sheet.merge_cells(area)
        path = tmp_path / name
        made.save(path)
        return path

    return write


def table(path, kind=Kind.HOURS):
    return reading.find_table(reading.read(path), kind)


def fields(path, kind=Kind.HOURS):
    return [column.field for column in matching.match(table(path, kind), kind).columns]


def logged(store):
    return sorted((row.name, row.done_on, row.minutes) for row in store.read(hours_rows))


# --- headings -----------------------------------------------------------------------------------


def test_a_row_of_groups_over_the_headings_is_read_with_them(listed):
    rows = [
        ["", "On the job", "", "Off the job", ""],
        ["Date", "Hours", "Notes", "Hours", "Notes"],
        ["05/01/2026", "7", "Helpdesk duty all day", "1.5", "Read about joins in SQL"],
    ]
    found = table(listed(rows))
    assert found.headings[1] == "On the job › Hours"
    assert found.heading_row == 2
    assert fields(listed(rows))[3] == "duration"


def test_planned_and_actual_tell_ends_apart(listed):
    rows = [
        ["Apprentice", "", "Planned", "", "Actual", ""],
        ["Name", "Course", "Start date", "End date", "Start date", "End date"],
        ["Ada", "Data analyst", "01/09/2025", "01/09/2027", "", "01/02/2026"],
    ]
    found = fields(listed(rows), Kind.APPRENTICES)
    assert found[2:4] == ["training_started_on", "training_planned_end_on"]
    assert found[5] == "ended_on"


def test_headings_joined_over_two_rows_need_no_second_heading(book, bring, ada, catalogued):
    rows = [
        ["Date", "Time spent", None, "Description"],
        [None, "Hours", "Minutes", None],
        [date(2026, 1, 5), 1, 30, "SQL joins"],
    ]
    path = book({"Log": rows}, ["A1:A2", "B1:C1", "D1:D2"])
    assert fields(path) == ["done_on", "duration", "minutes", "details"]
    bring(path, "hours", apprentice="Ada King")
    assert logged(catalogued) == [("Ada King", date(2026, 1, 5), 90)]


def test_a_preamble_right_above_the_headings_is_no_group(listed):
    rows = [["Name", "Ada King"], ["Date", "Hours"], ["05/01/2026", "1"]]
    assert table(listed(rows)).headings == ("Date", "Hours")


def test_units_below_the_headings_are_no_row_and_say_what_numbers_are(listed, bring, ada):
    rows = [["Date", "Duration"], ["(dd/mm/yyyy)", "(mins)"], ["05/01/2026", "20"]]
    report = bring(listed(rows), "hours", apprentice="Ada King").as_json()
    assert (report["rows_read"], report["minutes_imported"]) == (1, 20)


@pytest.mark.parametrize("above", [17, 59, 90])
def test_the_headings_may_stand_far_down_and_to_the_right(listed, above):
    preamble = [["", f"Line {number}", "of the introduction"] for number in range(above - 1)]
    rows = [*preamble, ["", "", "Date", "Hours"], ["", "", "05/01/2026", "1"]]
    found = table(listed(rows))
    assert (found.heading_row, len(found.rows)) == (above, 1)


@pytest.mark.parametrize(
    "heading", ["Durtaion", "Huors", "Duration of activty", "Time spnet", "Mintues"]
)
def test_a_slip_of_the_keyboard_in_a_heading_does_not_matter(listed, heading):
    assert fields(listed([["Dtae", heading], ["05/01/2026", "1"]])) in (
        ["done_on", "duration"],
        ["done_on", "minutes"],
    )


def test_a_line_with_one_word_between_the_rows_is_left_out_by_name(listed, bring, ada):
    rows = [
        ["Date", "Hours", "What"], ["05/01/2026", "1", "SQL"], ["February 2026", "", ""],
        ["05/02/2026", "2", "Git"], ["", "3", ""],
    ]  # fmt: skip
    found = bring(listed(rows), "hours", apprentice="Ada King").as_json()
    assert [(each["row"], each["reason"]) for each in found["skipped"]] == [
        (3, "Only “February 2026” stands in this row."),
        (5, "A row of totals."),
    ]
    assert found["refused"] == []


def test_hours_without_a_day_that_are_no_sum_are_refused(listed, bring, ada):
    rows = [["Date", "Hours", "What"], ["05/01/2026", "1", "SQL"], ["", "3", ""]]
    (refused,) = bring(listed(rows), "hours", apprentice="Ada King").as_json()["refused"]
    assert "on which day" in refused["reason"]


def test_cells_joined_down_are_filled_but_hours_are_not_repeated(book, bring, ada, catalogued):
    rows = [
        ["Date", "Hours", "What I did"],
        [date(2026, 1, 5), 3, "SQL joins"],
        [None, None, "SQL views"],
    ]
    path = book({"Log": rows}, ["A2:A3", "B2:B3"])
    found = bring(path, "hours", apprentice="Ada King").as_json()
    assert found["minutes_imported"] == 180
    assert [each["row"] for each in found["refused"]] == [3]


# --- several sheets -----------------------------------------------------------------------------

HEAD = ("Date", "Hours", "What")


def test_sheets_of_one_shape_are_read_together_and_rows_keep_their_sheet(
    book, bring, ada, catalogued
):
    path = book(
        {
            "January": [HEAD, (date(2026, 1, 5), 1, "SQL"), (date(2026, 1, 6), "?", "SQL")],
            "Notes": [("Ask Pat",)],
            "February": [("My month",), HEAD, (date(2026, 2, 5), 2, "Git"), ("x", 2, "Git")],
        }
    )
    report = bring(path, "hours", apprentice="Ada King")
    found = report.as_json()
    assert (found["rows_read"], found["minutes_imported"]) == (4, 180)
    assert [(e["sheet"], e["row"], e["column"]) for e in found["refused"]] == [
        ("January", 3, "B"), ("February", 4, "A"),
    ]  # fmt: skip
    assert {row.source for row in catalogued.read(hours_rows)} == {
        "log.xlsx, January, row 2", "log.xlsx, February, row 3",
    }  # fmt: skip
    assert "IM457" in [note.code for note in report.notes]
    again = bring(path, "hours", apprentice="Ada King").as_json()
    assert again["rows_imported"] == 0


def test_a_person_can_read_only_one_of_the_sheets(book):
    path = book(
        {"May": [HEAD, (date(2026, 5, 5), 1, "a")], "June": [HEAD, (date(2026, 6, 5), 1, "b")]}
    )
    journey = steps.choose(steps.begin(Kind.HOURS), path)
    assert journey.table.joined == ("May", "June")
    alone = steps.read_together(journey, is_together=False)
    assert (alone.table.joined, alone.table.alike, len(alone.table.rows)) == (
        (), ("May", "June"), 1,
    )  # fmt: skip
    assert steps.read_together(alone, is_together=True).table == journey.table


def test_a_sheet_for_each_person_says_whose_hours_they_are(book, bring, ada, ben, catalogued):
    path = book(
        {
            "Ada King": [HEAD, (date(2026, 1, 5), 1, "SQL")],
            "Ben Orr": [HEAD, (date(2026, 1, 6), 2, "SQL")],
        }
    )
    assert bring(path, "hours").as_json()["refused"] == []
    assert logged(catalogued) == [
        ("Ada King", date(2026, 1, 5), 60), ("Ben Orr", date(2026, 1, 6), 120),
    ]  # fmt: skip


def test_sheets_called_like_nobody_are_of_the_apprentice_who_is_named(book, bring, ada):
    path = book(
        {
            "Autumn Term": [HEAD, (date(2026, 1, 5), 1, "SQL")],
            "Spring Term": [HEAD, (date(2026, 1, 6), 2, "SQL")],
        }
    )
    assert bring(path, "hours", apprentice="Ada King").as_json()["rows_imported"] == 2


# --- grids --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "heads", "days"),
    [
        ("2026", ("w/c 5 Jan", "w/c 12 Jan", "w/c 19 Jan"), ((1, 9), (1, 16), (1, 23))),
        ("Hours 2025-26", ("Week 2", "Week 3", "Week 4"), ((1, 9), (1, 16), (1, 23))),
        ("2025/26", ("January", "February", "March"), ((1, 30), (2, 27), (3, 31))),
        ("", ("Jan-26", "Feb-26", "Mar-26"), ((1, 30), (2, 27), (3, 31))),
        ("", ("05/01/2026", "06/01/2026", "07/01/2026"), ((1, 5), (1, 6), (1, 7))),
        ("2026", ("w/e 11/01", "w/e 18/01", "w/e 25/01"), ((1, 9), (1, 16), (1, 23))),
        ("2026", ("5-9 Jan", "12-16 Jan", "19-23 Jan"), ((1, 9), (1, 16), (1, 23))),
        ("January 2026", ("5", "6", "7"), ((1, 5), (1, 6), (1, 7))),
    ],
)
def test_days_weeks_and_months_across_become_rows(
    listed, bring, ada, ben, catalogued, title, heads, days
):
    rows = [
        [title],
        ["", *heads, "Total"],
        ["Ada King", "1", "", "2h", "3"],
        ["Ben Orr", "", "4", "0", "4"],
    ]
    found = bring(listed(rows), "hours").as_json()
    assert found["refused"] == []
    first, second, third = (date(2026, *day) for day in days)
    assert logged(catalogued) == [
        ("Ada King", first, 60), ("Ada King", third, 120), ("Ben Orr", second, 240),
    ]  # fmt: skip


def test_a_finding_in_a_grid_names_its_row_and_its_column(listed, bring, ada):
    rows = [
        ["2026"],
        ["Name", "w/c 5 Jan", "w/c 12 Jan", "w/c 19 Jan"],
        ["Ada King", "1", "lots", "x"],
        ["Zed Nobody", "1", "", ""],
    ]
    found = bring(listed(rows), "hours").as_json()
    assert [(e["row"], e["column"], e["value"]) for e in found["refused"]] == [
        (3, "C", "lots"), (4, "A", "Zed Nobody"),
    ]  # fmt: skip
    assert [(e["row"], e["column"]) for e in found["skipped"]] == [(3, "D")]


def test_a_grid_without_a_year_is_declined_in_words(listed, bring, ada):
    rows = [["Name", "w/c 5 Jan", "w/c 12 Jan", "w/c 19 Jan"], ["Ada King", "1", "2", "3"]]
    with pytest.raises(Problem, match="but no year"):
        bring(listed(rows), "hours")


def test_a_week_that_still_goes_on_is_entered_today(listed, bring, ada, catalogued):
    rows = [["Name", "w/c 24 Aug 2026", "w/c 31 Aug 2026"], ["Ada King", "6", "2"]]
    bring(listed(rows), "hours")  # today is Tuesday 1 September 2026
    assert [day for _, day, _ in logged(catalogued)] == [date(2026, 8, 28), date(2026, 9, 1)]


def test_days_down_and_people_across_become_rows(listed, bring, ada, ben, catalogued):
    rows = [
        ["Date", "Ada King", "Ben Orr", "Total"],
        ["05/01/2026", "1", "2", "3"],
        ["06/01/2026", "", "3", "3"],
        ["Total", "1", "5", "6"],
    ]
    assert bring(listed(rows), "hours").as_json()["refused"] == []
    assert logged(catalogued) == [
        ("Ada King", date(2026, 1, 5), 60),
        ("Ben Orr", date(2026, 1, 5), 120),
        ("Ben Orr", date(2026, 1, 6), 180),
    ]


def test_days_down_and_activities_across_keep_their_kind(listed, bring, ada, catalogued):
    rows = [
        ["Date", "Workshop", "Mentoring", "Annual leave", "Total"],
        ["05/01/2026", "1", "2", "", "3"],
        ["06/01/2026", "", "", "7", "7"],
    ]
    bring(listed(rows), "hours", apprentice="Ada King")
    found = sorted((r.minutes, str(r.activity), r.counts) for r in catalogued.read(hours_rows))
    assert found == [(60, "workshop", True), (120, "mentoring", True), (420, "leave", False)]


def test_a_timesheet_of_weekdays_takes_the_day_from_its_week(listed, bring, ada, catalogued):
    rows = [
        ["Week commencing", "Mon", "Tue", "Wed", "Thu", "Fri", "Total"],
        ["05/01/2026", "1", "", "", "", "2", "3"],
        ["12/01/2026", "", "4", "", "", "", "4"],
    ]
    bring(listed(rows), "hours", apprentice="Ada King")
    assert [(day, minutes) for _, day, minutes in logged(catalogued)] == [
        (date(2026, 1, 5), 60), (date(2026, 1, 9), 120), (date(2026, 1, 13), 240),
    ]  # fmt: skip


def test_planned_beside_actual_is_not_taken_for_done(book, bring, ada, catalogued):
    rows = [
        ["Hours 2026"],
        ["Apprentice", "January", None, "February", None, "March", None],
        [None, "Planned", "Actual", "Planned", "Actual", "Planned", "Actual"],
        ["Ada King", 6, 5, 6, 7, 6, None],
    ]
    path = book({"Grid": rows}, ["A2:A3", "B2:C2", "D2:E2", "F2:G2"])
    bring(path, "hours")
    assert [minutes for *_, minutes in logged(catalogued)] == [300, 420]


def test_rows_of_planned_hours_are_left_out_and_said(listed, bring, ada, catalogued):
    rows = [
        ["2026"],
        ["Name", "", "January", "February", "March"],
        ["Ada King", "Planned", "6", "6", "6"],
        ["", "Actual", "5", "7", ""],
    ]
    found = bring(listed(rows), "hours").as_json()
    assert [minutes for *_, minutes in logged(catalogued)] == [300, 420]
    assert {each["reason"] for each in found["skipped"]} == {
        "These hours are planned or worked out, not done."
    }


def test_more_hours_than_a_day_has_are_parted_over_the_last_days(listed, bring, ada, catalogued):
    rows = [["2026"], ["Name", "January", "February"], ["Ada King", "40", "1"]]
    report = bring(listed(rows), "hours")
    found = logged(catalogued)
    assert [minutes for *_, minutes in found] == [480] * 5 + [60]
    assert [day.day for _, day, _ in found][:5] == [26, 27, 28, 29, 30]
    assert [f.code for f in report.findings].count("IM460") == 5
    assert "as many days before it as it takes" in report.notes[1].message


def test_the_same_grid_again_brings_in_nothing(listed, bring, ada):
    path = listed([["2026"], ["Name", "January", "February"], ["Ada King", "40", "1"]])
    bring(path, "hours")
    assert bring(path, "hours").as_json()["rows_imported"] == 0


# --- diaries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 hours on Git branching, 45 mins quiz (K4)", 165),
        ("1h 30m reading", 90),
        ("2hrs30mins", 150),
        ("half an hour with my mentor", 30),
        ("one and a half hours", 90),
        ("1½ hours", 90),
        ("from 2pm to 4.30pm", 150),
        ("11:30 - 1:00 workshop", 90),
        ("9:30-11:00 lecture (1.5 hours)", 90),
        ("1 hour reading, 30 mins quiz, 1h 30m in total", 90),
        ("1 hour reading, 1 hour quiz", 120),
        ("2-3 hours", None),
        ("Chapter 3, pages 20 to 30", None),
        ("Finished unit 4 at 10", None),
    ],
)
def test_lengths_of_time_are_found_inside_text(text, minutes):
    assert diaries.told_in(text).minutes == minutes


def test_a_text_column_is_no_diary_where_a_column_says_the_time(listed):
    rows = [["Date", "Hours", "What I did today"], ["05/01/2026", "1", "2 hours on Git"]]
    assert fields(listed(rows)) == ["done_on", "duration", "details"]


def test_a_label_that_names_no_day_is_none():
    assert labels.read(["Name", "Status", "Alerts"], (), ("2026",)) is None
    assert labels.read([time(1), True, None], (), ("2026",)) is None
    assert labels.read(["Week 4", "Week 60", "31 Feb"], (), ("2026",)) is None
