"""Logs of hours: whose, when, how long, whether they count, and what comes in only once."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records import apprentices, hours, known_people
from records.dumps import dump

HEAD = ["Name", "ULN", "Date", "Time spent", "Type", "Description", "KSBs", "Start time"]
GOOD = ["Ada King", "1000000043", "05/01/2026", "1:30", "Workshop", "SQL joins", "K1", "09:00"]


def row(**changes):
    cells = list(GOOD)
    for name, cell in changes.items():
        cells[HEAD.index(name.replace("_", " "))] = cell
    return cells


@pytest.fixture
def ada(make):
    """Ada King, on one apprenticeship from September 2025."""
    return make.apprentice(
        given_names="Ada",
        family_name="King",
        uln="1000000043",
        email="ada@example.org",
        employee_reference="HR1",
    )


def entries(store):
    return list(reversed(store.read(hours.hours_rows)))


@pytest.mark.parametrize(
    ("column", "letter", "cell", "says"),
    [
        ("ULN", "B", "1000000063", "last digit does not fit"),
        ("Date", "C", "30/02/2026", "February has no day 30"),
        ("Date", "C", "Christmas", "is not a day"),
        ("Date", "C", "Jan 2026", "a month, not a day"),
        ("Date", "C", "", "on which day"),
        ("Date", "C", "02/09/2026", "is still to come"),
        ("Time_spent", "D", "a while", "is not a length of time"),
        ("Time_spent", "D", "", "how long it took"),
        ("Time_spent", "D", "-1", "without a minus"),
        ("Time_spent", "D", "0", "does not fit in one day"),
        ("Time_spent", "D", "25:00", "does not fit in one day"),
        ("Time_spent", "D", "99999", "more than 9,999 hours"),
        ("Description", "F", "x" * 4001, "there is room for 4,000"),
        ("KSBs", "G", "x" * 401, "there is room for 400"),
    ],
)
def test_a_bad_cell_keeps_its_row_out_and_is_named(
    bring, catalogued, ada, listed, column, letter, cell, says
):
    report = bring(listed([HEAD, GOOD, row(**{column: cell})]), "hours")
    found = report.as_json()
    assert (found["rows_read"], found["rows_imported"]) == (2, 1)
    (refused,) = found["refused"]
    assert (refused["sheet"], refused["row"], refused["column"]) == ("list", 3, letter)
    assert refused["value"] == cell
    assert says in refused["reason"]
    assert len(entries(catalogued)) == 1


def test_every_minute_read_is_imported_skipped_or_refused(bring, ada, listed):
    rows = [HEAD, GOOD, GOOD, row(Date="?"), row(Time_spent="?"), row(Time_spent="45m")]
    report = bring(listed(rows), "hours")
    found = report.as_json()
    assert (found["minutes_read"], found["minutes_imported"]) == (90 + 90 + 90 + 45, 90 + 45)
    review = report.review
    assert review.minutes() == sum(review.minutes(fate) for fate in Fate)
    assert found["rows_read"] == found["rows_imported"] + len(found["skipped"]) + len(
        found["refused"]
    )


# --- whose --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clues",
    [
        {"ULN": "", "Name": "ADA  king"},
        {"ULN": "", "Name": "King, Ada"},
        {"Name": ""},
        {"ULN": " 1000 000 043 ", "Name": "A. King"},
    ],
    ids=str,
)
def test_a_person_is_found_by_uln_then_name(bring, catalogued, ada, listed, clues):
    assert bring(listed([HEAD, row(**clues)]), "hours").as_json()["rows_imported"] == 1
    assert [entry.apprenticeship_id for entry in entries(catalogued)] == [ada]


@pytest.mark.parametrize(
    ("heading", "cell"), [("Employee number", "hr1"), ("Email address", "ADA@example.org")]
)
def test_a_person_is_found_by_reference_or_email(bring, catalogued, ada, listed, heading, cell):
    path = listed([["Date", "Hours", heading], ["05/01/2026", "1.5", cell]])
    assert bring(path, "hours").as_json()["rows_imported"] == 1
    assert [entry.apprenticeship_id for entry in entries(catalogued)] == [ada]


@pytest.mark.parametrize("name", ["Ada Kign", "Ada Mary King", "King Ada"])
@pytest.mark.parametrize("add_missing", [False, True])
def test_a_name_that_is_only_like_a_known_one_is_never_taken(
    bring, catalogued, ada, listed, name, add_missing
):
    path = listed([HEAD, row(ULN="", Name=name)])
    (refused,) = bring(path, "hours", add_missing=add_missing).as_json()["refused"]
    assert (refused["column"], refused["value"]) == ("A", name)
    assert "Did you mean Ada King?" in refused["reason"]
    assert entries(catalogued) == []


def test_a_name_that_differs_by_its_number_is_another_person(bring, make, listed):
    make.apprentice(given_names="Person", family_name="1")
    path = listed([HEAD, row(ULN="", Name="Person 2")])
    assert bring(path, "hours", add_missing=True).as_json()["rows_imported"] == 1


def test_somebody_with_another_uln_is_not_meant(bring, ada, listed):
    (refused,) = bring(listed([HEAD, row(ULN="1000000027")]), "hours").as_json()["refused"]
    assert "There is no Ada King in the desk" in refused["reason"]


def test_two_people_of_one_name_are_told_apart_or_refused(bring, make, ada, listed):
    make.apprentice(given_names="Ada", family_name="King", uln="1000000027")
    found = bring(listed([HEAD, GOOD, row(ULN="", Description="b")]), "hours").as_json()
    assert found["rows_imported"] == 1
    assert "2 apprentices are called Ada King" in found["refused"][0]["reason"]


def test_a_log_that_names_nobody_needs_the_apprentice_named(bring, ada, listed):
    path = listed([["Date", "Hours"], ["05/01/2026", "1.5"]])
    with pytest.raises(Problem, match="whose hours"):
        bring(path, "hours")
    with pytest.raises(Problem, match="There is no Zoe Quill"):
        bring(path, "hours", apprentice="Zoe Quill")
    with pytest.raises(Problem, match="Did you mean Ada King"):
        bring(path, "hours", apprentice="Ada Kng", add_missing=True)
    assert bring(path, "hours", apprentice="1000000043").as_json()["rows_imported"] == 1


def test_naming_one_apprentice_does_not_take_the_hours_of_another(bring, make, ada, listed):
    make.apprentice(given_names="Ben", family_name="Orr")
    rows = [HEAD, row(), row(ULN="", Name="Ben Orr")]
    found = bring(listed(rows), "hours", apprentice="Ada King").as_json()
    assert (found["rows_imported"], [each["row"] for each in found["refused"]]) == (1, [3])
    only_ben = bring(listed([HEAD, row(ULN="", Name="Ben Orr")]), "hours", apprentice="Ada King")
    assert only_ben.as_json()["rows_imported"] == 0


def test_whoever_is_missing_is_added_once_with_the_course(bring, catalogued, listed):
    rows = [
        ["Name", "Course", "Date", "Hours"],
        ["Ben Orr", "Data analyst", "05/01/2026", "1"],
        ["ben orr", "Data analyst", "06/01/2026", "2"],
        ["Cy Lane", "", "06/01/2026", "3"],
    ]
    refused = bring(listed(rows), "hours").as_json()["refused"]
    assert [each["row"] for each in refused] == [2, 3, 4]
    report = bring(listed(rows), "hours", add_missing=True)
    assert report.as_json()["rows_imported"] == 3
    known = {each.name: each for each in catalogued.read(known_people.known_people)}
    assert known.keys() == {"Ben Orr", "Cy Lane"}
    assert known["Ben Orr"].standard_code == "ST0118"
    assert known["Cy Lane"].course_title == "Not known (from list.csv)"
    assert [finding.code for finding in report.notes] == ["IM405", "IM405"]
    assert bring(listed(rows), "hours", add_missing=True).as_json()["rows_imported"] == 0


def test_the_apprenticeship_whose_training_covers_the_day_gets_the_hours(
    bring, catalogued, ada, listed
):
    with catalogued.change("Next") as session:
        second = apprentices.enrol(
            session,
            apprentices.ApprenticeDetails(
                given_names="Ada",
                family_name="King",
                uln="1000000043",
                standard_code="ST0825",
                training_started_on=date(2027, 10, 1),
            ),
            apprentice_id=catalogued.read(apprentices.held, ada).apprentice_id,
        )
    rows = [HEAD, GOOD, row(Date="04/10/2027"), row(Date="04/09/2027")]
    bring(listed(rows), "hours", today=date(2028, 1, 1))
    assert [entry.apprenticeship_id for entry in entries(catalogued)] == [ada, second, second]


# --- when, how long -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cell", "minutes"),
    [
        ("Hours", "1.5", 90),
        ("Hours", "7,5", 450),
        ("Time spent", "1h 30m", 90),
        ("Time spent", "01:30:00", 90),
        ("Duration (mins)", "90", 90),
        ("Minutes", "45", 45),
        ("Time spent", "90m", 90),
        ("Duration in minutes", "1:30", 90),
    ],
)
def test_a_length_of_time_is_read_as_its_heading_says(
    bring, catalogued, ada, listed, heading, cell, minutes
):
    bring(listed([["Date", heading], ["05/01/2026", cell]]), "hours", apprentice="Ada King")
    assert [entry.minutes for entry in entries(catalogued)] == [minutes]


def test_the_same_time_in_hours_and_in_minutes_is_not_added_up(bring, ada, listed):
    rows = [["Date", "Hours", "Minutes"], ["05/01/2026", "1.5", "90"], ["06/01/2026", "2", "120"]]
    found = bring(listed(rows), "hours", apprentice="Ada King").as_json()
    assert found["minutes_imported"] == 90 + 120


def test_plain_numbers_that_can_only_be_minutes_are_minutes_and_noted(bring, ada, listed):
    rows = [["Date", "Duration"], ["05/01/2026", "90"], ["06/01/2026", "45"], ["07/01/2026", "20"]]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert report.as_json()["minutes_imported"] == 155
    assert [finding.code for finding in report.notes] == ["IM408"]


def test_begin_and_end_make_the_time_where_nothing_else_does(bring, ada, listed):
    rows = [
        ["Date", "From", "To"],
        ["05/01/2026", "9:15", "10.45"],
        ["06/01/2026", "1pm", "2:30pm"],
        ["07/01/2026", "14:00", "13:00"],
    ]
    found = bring(listed(rows), "hours", apprentice="Ada King").as_json()
    assert found["minutes_imported"] == 180
    assert [(each["column"], each["value"]) for each in found["refused"]] == [("C", "13:00")]


def test_days_before_the_training_come_in_and_do_not_count(bring, catalogued, ada, listed):
    report = bring(listed([HEAD, row(Date="29/08/2025"), GOOD]), "hours")
    assert [entry.counts for entry in entries(catalogued)] == [False, True]
    assert [(f.code, f.place.row, f.place.column) for f in report.findings] == [("IM401", 2, "C")]


# --- what it was --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "activity", "counts"),
    [
        ("Workshop", Activity.WORKSHOP, True),
        ("ANNUAL  leave", Activity.LEAVE, False),
        ("Protected Learning", Activity.SELF_STUDY, True),
        ("Electronic or distance learning, or self-study", Activity.ONLINE_LEARNING, True),
        ("Group work", Activity.OTHER_TRAINING, True),
        ("Zymurgy", Activity.OTHER_TRAINING, True),
        ("", Activity.OTHER_TRAINING, True),
    ],
)
def test_the_category_decides_what_it_was_and_whether_it_counts(
    bring, catalogued, ada, listed, said, activity, counts
):
    bring(listed([HEAD, row(Type=said)]), "hours")
    (entry,) = entries(catalogued)
    assert (entry.activity, entry.counts) == (activity, counts)


@pytest.mark.parametrize(
    ("heading", "cell", "counts", "codes"),
    [
        ("On/Off the Job", "On the job", False, []),
        ("On/Off the Job", "Off-the-job", True, []),
        ("Is this off the job?", "No", False, []),
        ("Is this off the job?", "Y", True, []),
        ("Off the job", "", True, []),
        ("On/Off the Job", "sideways", True, ["IM404"]),
    ],
)
def test_a_column_of_on_and_off_the_job_decides_too(
    bring, catalogued, ada, listed, heading, cell, counts, codes
):
    others = [row(Description="Reading", Date=f"{day}/01/2026") for day in range(12, 20)]
    rows = [[*HEAD, heading], [*GOOD, cell], *([*other, "Off the job"] for other in others)]
    report = bring(listed(rows), "hours")
    found = next(entry for entry in entries(catalogued) if entry.what == "SQL joins")
    assert found.counts is counts
    assert [finding.code for finding in report.findings] == codes


def test_a_diary_line_that_only_says_annual_leave_does_not_count(bring, catalogued, ada, listed):
    rows = [["Date", "Hours", "What I did"], ["05/01/2026", "7.5", "Annual leave"]]
    bring(listed(rows), "hours", apprentice="Ada King")
    (entry,) = entries(catalogued)
    assert (entry.activity, entry.counts) == (Activity.LEAVE, False)


def test_title_and_description_are_kept_together(bring, catalogued, ada, listed):
    rows = [["Date", "Hours", "Title", "Description"], ["05/01/2026", "1", "SQL", "Joins (K3, S2)"]]
    bring(listed(rows), "hours", apprentice="Ada King")
    (entry,) = entries(catalogued)
    assert (entry.what, entry.ksbs) == ("SQL: Joins (K3, S2)", "K3, S2")
    assert entry.source == "list.csv, row 2"


def test_a_start_time_that_cannot_be_read_is_only_noted(bring, catalogued, ada, listed):
    report = bring(listed([HEAD, row(Start_time="after lunch")]), "hours")
    assert [(f.code, f.place.column) for f in report.findings] == [("IM403", "H")]
    assert [entry.began_at for entry in entries(catalogued)] == [""]


# --- rows that are no entries, and entries twice ------------------------------------------------


def test_a_row_alike_in_every_field_is_skipped_and_one_at_another_time_is_not(bring, ada, listed):
    rows = [HEAD, GOOD, GOOD, row(Start_time="10:30"), row(Description="SQL views")]
    found = bring(listed(rows), "hours").as_json()
    assert found["rows_imported"] == 3
    assert found["skipped"] == [
        {
            "sheet": "list",
            "row": 3,
            "column": "C",
            "value": "05/01/2026",
            "reason": "The same as row 2 in every field.",
        }
    ]


def test_the_same_log_again_brings_in_nothing_and_says_why(bring, catalogued, ada, listed):
    path = listed([HEAD, GOOD, row(Date="06/01/2026")])
    bring(path, "hours")
    before = dump(catalogued, with_log=True)
    found = bring(path, "hours").as_json()
    assert (found["rows_imported"], found["minutes_read"], found["minutes_imported"]) == (0, 180, 0)
    assert [each["reason"] for each in found["skipped"]] == [
        "Already here: the desk has this entry."
    ] * 2
    assert dump(catalogued, with_log=True) == before


def test_totals_repeated_headings_and_remarks_beside_the_table_are_no_entries(bring, ada, listed):
    head = [*HEAD, "Signed off"]
    rows = [
        head,
        [*GOOD, ""],
        head,
        [""] * 8 + ["see above"],
        ["Total", "", "", "1:30", "", "", "", "", ""],
        [*row(Description="Total quality management"), ""],
    ]
    found = bring(listed(rows), "hours").as_json()
    assert (found["rows_read"], found["rows_imported"], found["refused"]) == (5, 2, [])
    assert [(each["row"], each["reason"]) for each in found["skipped"]] == [
        (3, "The headings again."),
        (4, "Nothing stands in the columns that are read."),
        (5, "A row of totals."),
    ]


def test_an_example_row_below_the_headings_is_not_read_at_all(bring, ada, listed):
    rows = [HEAD, row(Name="EG: Jo Bloggs", ULN="", Date="01/01/2020"), [], GOOD]
    assert bring(listed(rows), "hours").as_json()["rows_read"] == 1


def test_an_example_row_above_the_headings_is_not_read_either(bring, ada, listed):
    rows = [["e.g. Jo", "", "01/01/2020", "2h", "Workshop", "Reading", "", ""], HEAD, GOOD]
    assert bring(listed(rows), "hours").as_json()["rows_read"] == 1


def test_a_cell_that_shows_an_error_is_refused_by_name(bring, ada, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Date", "Hours"])
    sheet.append([date(2026, 1, 5), "#N/A"])
    sheet["B2"].data_type = "e"
    path = tmp_path / "log.xlsx"
    book.save(path)
    (refused,) = bring(path, "hours", apprentice="Ada King").as_json()["refused"]
    assert (refused["row"], refused["column"]) == (2, "B")
    assert "the error #N/A in place of a value" in refused["reason"]


def test_codes_that_the_standard_does_not_have_are_noted_and_kept(bring, listed, make):
    make.ksbs({"K1": "Stages", "K2": "Roles", "S1": "Write code"})
    make.apprentice(given_names="Ada", family_name="King", standard_version="1.1")
    rows = [[*GOOD[:6], cell, GOOD[7]] for cell in ("K1-3, S1", "K2", "teamwork")]
    for number, cells in enumerate(rows):
        cells[1], cells[2] = "", f"0{number + 5}/01/2026"
    report = bring(listed([HEAD, *rows]), "hours")
    (found,) = report.findings
    assert (found.code, found.level, found.place.row, found.place.column) == (
        "IM470", "note", 2, "G",
    )  # fmt: skip
    assert found.message == "The standard has no K3."
    assert found.remedy == "It has K1-2, S1. The code is kept as it stands."
    assert report.as_json()["rows_imported"] == 3
