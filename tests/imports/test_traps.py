"""The traps seen in real workbooks, by their number in the description of the layouts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import apprentices, known_people
from apprentice_desk.records.hours import hours_rows


@pytest.fixture
def ada(make):
    return make.apprentice(given_names="Ada", family_name="King", weekly_minutes=35 * 60)


@pytest.fixture
def log(bring, ada, listed, catalogued):
    """Bring rows in as Ada's and return what the report says, and the entries by day."""

    def bring_in(rows):
        report = bring(listed(rows), "hours", apprentice="Ada King")
        return report, list(reversed(catalogued.read(hours_rows)))

    return bring_in


def test_trap_1_the_header_stands_low_and_to_the_right_below_a_preamble(log):
    report, entries = log(
        [
            ["", "Off-the-job record"],
            [],
            ["", "", "Apprentice", "Ada King"],
            ["", "", "Weekly hours", "35"],
            ["", "", "Planned hours", "487"],
            [],
            ["", "", "", "Date", "Hours", "Notes"],
            ["", "", "", "05/01/2026", "1.5", "SQL"],
        ]
    )
    assert [(entry.done_on, entry.minutes) for entry in entries] == [(date(2026, 1, 5), 90)]
    assert report.as_json()["rows_read"] == 1


@pytest.mark.parametrize("place", [0, 1, 2])
def test_trap_2_an_example_row_is_not_imported(log, place):
    rows = [["Date", "Hours", "Notes"], ["05/01/2026", "1.5", "SQL"]]
    rows.insert(place, ["EG: 01/09/2025", "2", "Read a book"])
    _, entries = log(rows)
    assert [entry.done_on for entry in entries] == [date(2026, 1, 5)]


def test_trap_3_dates_of_every_form_stand_mixed_and_out_of_order(bring, ada, catalogued, tmp_path):
    book = openpyxl.Workbook()
    days = [
        date(2026, 1, 7), "06/01/2026", "4 October 2025", "2026/01/01", datetime(2025, 12, 3, 9),
        "3rd Feb 2026", "Mon 5 January 2026", "Sep 2025",
    ]  # fmt: skip
    book.active.append(["Date", "Hours"])
    for day in days:
        book.active.append([day, 1])
    book.save(tmp_path / "log.xlsx")
    found = bring(tmp_path / "log.xlsx", "hours", apprentice="Ada King").as_json()
    assert sorted(entry.done_on for entry in catalogued.read(hours_rows)) == [
        date(2025, 10, 4), date(2025, 12, 3), date(2026, 1, 1), date(2026, 1, 5),
        date(2026, 1, 6), date(2026, 1, 7), date(2026, 2, 3),
    ]  # fmt: skip
    assert [(e["row"], e["column"], e["value"]) for e in found["refused"]] == [(9, "A", "Sep 2025")]
    assert "a month, not a day" in found["refused"][0]["reason"]


def test_trap_3_a_month_alone_is_a_start_or_an_end_without_its_day(bring, listed, catalogued):
    rows = [
        ["Name", "Course", "Start date", "End date"],
        ["Zoe Quill", "Data analyst", "Sep 2025", "Mar 2027"],
    ]
    bring(listed(rows), "apprentices")
    (known,) = catalogued.read(known_people.known_people)
    details = catalogued.read(apprentices.held, known.apprenticeship_id).details
    assert (details.training_started_on, details.is_start_day_given) == (date(2025, 9, 1), False)
    assert (details.training_planned_end_on, details.is_end_day_given) == (date(2027, 3, 31), False)


def test_trap_4_running_totals_far_below_are_no_entries(bring, ada, catalogued, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Date", "Hours", "Running total"])
    sheet.append([date(2026, 1, 5), 2, "=SUM(B$2:B2)"])
    for row in range(3, 500):
        sheet.cell(row, 3, f"=SUM(B$2:B{row})")
    book.save(tmp_path / "log.xlsx")
    found = bring(tmp_path / "log.xlsx", "hours", apprentice="Ada King").as_json()
    assert (found["rows_read"], found["minutes_imported"]) == (1, 120)


def test_trap_5_the_category_decides_whether_hours_count(log):
    _, entries = log(
        [
            ["Date", "Hours", "Type of training"],
            ["05/01/2026", "7", "Annual Leave"],
            ["06/01/2026", "3", "Protected Learning"],
            ["07/01/2026", "7", "On-the-job"],
        ]
    )
    assert [(entry.activity, entry.counts) for entry in entries] == [
        (Activity.LEAVE, False), (Activity.SELF_STUDY, True), (Activity.ON_THE_JOB, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("K1, K2, K6", "K1-2, K6"),
        ("K2,S2", "K2, S2"),
        ("K1,2,8, S2", "K1-2, K8, S2"),
        ("K4-7, S1-2", "K4-7, S1-2"),
        ("", ""),
        ("n/a", ""),
        ("Applied K1 and S2 to the report", "K1, S2"),
        ("K\u00a03,\u00a0S4", "K3, S4"),
    ],
)
def test_trap_6_codes_of_knowledge_skills_and_behaviours_are_kept_short(log, cell, codes):
    _, (entry,) = log([["Date", "Hours", "KSBs"], ["05/01/2026", "1", cell]])
    assert entry.ksbs == codes


def test_trap_6_codes_may_be_buried_in_brackets_in_a_sentence(log):
    _, (entry,) = log(
        [["Date", "Hours", "Notes", "KSBs"], ["05/01/2026", "1", "Joins (K3-4, S2) in SQL", ""]]
    )
    assert entry.ksbs == "K3-4, S2"


def test_trap_7_hard_spaces_and_not_applicable_say_nothing(log):
    report, (entry,) = log(
        [
            ["Date", "Hours", "Type", "Notes", "KSBs", "Start time"],
            ["05/01/2026\u00a0", "\u00a01.5", "\u00a0", "SQL\u00a0joins", "n/a", "\u00a0"],
            ["\u00a0", "\u00a0", "\u00a0", "\u00a0", "\u00a0", "\u00a0"],
        ]
    )
    assert (entry.minutes, entry.what, entry.ksbs, entry.began_at) == (90, "SQL joins", "", "")
    assert report.as_json()["rows_read"] == 1
    assert report.findings == ()


def test_trap_8_twins_administration_and_jokes_are_told_apart(log):
    row = ["05/01/2026", "1.5", "Workshop", "SQL"]
    report, entries = log(
        [
            ["Date", "Hours", "Type", "Notes"],
            row, row,
            ["06/01/2026", "2", "Admin", "Filled in this log"],
            ["", "", "", "If you read this, you owe me a coffee"],
        ]
    )  # fmt: skip
    assert [(entry.what, entry.counts) for entry in entries] == [
        ("SQL", True), ("Filled in this log", False),
    ]  # fmt: skip
    assert [each["row"] for each in report.as_json()["skipped"]] == [3, 5]
    assert report.as_json()["refused"] == []


@pytest.mark.parametrize(
    "cell", ["1.5", "1:30", "1h 30m", "90m", "1,5", "01:30:00", "1 hr 30 mins"]
)
def test_trap_9_lengths_are_read_in_every_form(log, cell):
    _, (entry,) = log([["Date", "Time spent"], ["05/01/2026", cell]])
    assert entry.minutes == 90


@pytest.mark.parametrize("cell", [1.5, time(1, 30), timedelta(hours=1, minutes=30)])
def test_trap_9_lengths_are_read_as_a_spreadsheet_keeps_them(
    bring, ada, catalogued, tmp_path, cell
):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Time spent"])
    book.active.append([date(2026, 1, 5), cell])
    book.save(tmp_path / "log.xlsx")
    bring(tmp_path / "log.xlsx", "hours", apprentice="Ada King")
    assert [entry.minutes for entry in catalogued.read(hours_rows)] == [90]


def test_trap_9_hours_and_minutes_may_stand_in_two_columns(log):
    _, entries = log(
        [["Date", "Hours", "Minutes"], ["05/01/2026", "1", "30"], ["06/01/2026", "", "45"]]
    )
    assert [entry.minutes for entry in entries] == [90, 45]


def test_trap_9_nine_hours_on_a_seven_hour_day_come_in_with_a_note(log):
    report, entries = log(
        [
            ["Date", "Hours", "Notes"],
            ["05/01/2026", "9", "Hackathon"],
            ["06/01/2026", "5", "Lecture"],
            ["06/01/2026", "2:30", "Reading"],
            ["07/01/2026", "7", "Lecture"],
        ]
    )
    assert sum(entry.minutes for entry in entries) == (9 + 5 + 2.5 + 7) * 60
    notes = [(f.place.row, f.place.column, f.message) for f in report.findings if f.code == "IM450"]
    assert [note[:2] for note in notes] == [(2, "B"), (4, "B")]
    assert notes[0][2].startswith("9 h is more than the day's contracted hours: 7 h a day")
    assert notes[1][2].startswith("With 2 h 30 m here the day has 7 h 30 m, more than the day's")


def test_trap_10_headings_are_matched_by_meaning_not_equality(log):
    _, (entry,) = log(
        [
            [
                "Date on which the\nactivity took place",
                "How long did it take?\n(in hours, to the nearest quarter of an hour, please)",
                "Please describe what you did, what you learned from it and how you will apply it "
                "to your role in\nthe team over the next few weeks (max. 200 words)",
            ],
            ["05/01/2026", "1.25", "Read about joins in SQL"],
        ]
    )
    assert (entry.minutes, entry.what) == (75, "Read about joins in SQL")


def test_trap_11_places_and_particulars_that_nobody_asked_for_stay_out(log):
    report, (entry,) = log(
        [
            ["Date", "Hours", "Notes", "Location", "Mobile", "Ethnicity", "Base"],
            [
                "05/01/2026",
                "1",
                "SQL",
                "Civic Centre",
                "07700 900123",
                "Prefer not to say",
                "E8 1EA",
            ],
        ]
    )
    assert "Civic Centre" not in repr(entry)
    assert "E8 1EA" not in repr(entry)
    (note,) = [note for note in report.notes if note.code == "IM451"]
    for named in ("D “Location”", "E “Mobile”", "F “Ethnicity”", "G “Base”"):
        assert named in note.message
    assert "900123" not in note.message
