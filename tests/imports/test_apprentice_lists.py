"""Lists of apprentices: bad cells are named, people are known again, courses follow each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.records import apprentices, known_people, providers
from records.dumps import dump

HEAD = [
    "Name", "ULN", "Course", "Start date", "End date", "Date of birth", "Price", "Email",
    "Status", "Paused date", "Weekly hours", "Provider", "Your reference",
]  # fmt: skip
GOOD = [
    "Ada King", "1000000043", "Data analyst, Level: 4 (Standard)", "Sep 2025", "Mar 2027",
    "1 Jan 2004", "£15,000", "ada@example.org", "Live", "", "36", "Example College", "HR1",
]  # fmt: skip


def row(**changes):
    places = {name: at for at, name in enumerate(HEAD)}
    cells = list(GOOD)
    for name, cell in changes.items():
        cells[places[name.replace("_", " ")]] = cell
    return cells


def details(store):
    return [
        store.read(apprentices.held, known.apprenticeship_id)
        for known in store.read(known_people.known_people)
    ]


@pytest.mark.parametrize(
    ("column", "letter", "cell", "says"),
    [
        ("ULN", "B", "1000000063", "last digit does not fit"),
        ("ULN", "B", "12345", "it has ten digits"),
        ("Start_date", "D", "31/02/2026", "February has no day 31"),
        ("Start_date", "D", "soon", "is not a day"),
        ("End_date", "E", "01/13/2027", "there is no month 13"),
        ("End_date", "E", "Jan 2024", "Training is planned to end on"),
        ("Date_of_birth", "F", "1 Jan 1874", "outside the years"),
        ("Date_of_birth", "F", "1 Jan 2024", "makes an age of 1"),
        ("Price", "G", "fifteen thousand", "is not an amount of money"),
        ("Price", "G", "-15", "less than nothing"),
        ("Price", "G", "15000.123", "finer than a penny"),
        ("Email", "H", "ada at example", "not an email address"),
        ("Email", "H", "a@" + "x" * 300, "there is room for 200"),
        ("Paused_date", "J", "last week", "is not a day"),
        ("Weekly_hours", "K", "lots", "is not a length of time"),
        ("Weekly_hours", "K", "99", "between 1 and 60"),
        ("Name", "A", "n/a", "needs a name"),
        ("Course", "C", "", "Choose the standard"),
        ("Provider", "L", "P" * 201, "there is room for 200"),
        ("Your_reference", "M", "R" * 61, "there is room for 60"),
    ],
)
def test_a_bad_cell_keeps_its_row_out_and_is_named(
    bring, catalogued, listed, column, letter, cell, says
):
    path = listed([HEAD, GOOD, row(**{"ULN": "1000000027", "Your_reference": "HR2", column: cell})])
    report = bring(path, "apprentices")
    found = report.as_json()
    assert (found["rows_read"], found["rows_imported"]) == (2, 1)
    assert len(found["refused"]) == 1
    refused = found["refused"][0]
    assert {key: refused[key] for key in ("sheet", "row", "column", "value")} == {
        "sheet": "list",
        "row": 3,
        "column": letter,
        "value": cell,
    }
    assert says in refused["reason"]
    assert refused["reason"].count(".") >= 1
    assert len(details(catalogued)) == 1


def test_a_row_with_several_bad_cells_is_refused_once_and_names_them_all(bring, listed):
    report = bring(listed([HEAD, row(ULN="12", Price="x")]), "apprentices")
    (refused,) = report.as_json()["refused"]
    assert refused["column"] == "B"
    assert "Cell G2 (Price):" in refused["reason"]
    assert {finding.place.heading for finding in report.findings} == {"ULN", "Price"}


def test_blank_and_not_applicable_mean_nothing(bring, catalogued, listed):
    nothing = {
        "ULN": "N/A",
        "Start_date": "-",
        "End_date": "\u00a0",
        "Date_of_birth": "n/a",
        "Price": "tbc",
        "Email": "",
        "Status": "",
        "Weekly_hours": "unknown",
        "Provider": "None",
        "Your_reference": "N/A",
    }
    assert bring(listed([HEAD, row(**nothing)]), "apprentices").as_json()["rows_imported"] == 1
    (found,) = details(catalogued)
    assert found.details == apprentices.ApprenticeDetails(
        given_names="Ada", family_name="King", standard_code="ST0118"
    )


@pytest.mark.parametrize(
    "course",
    [
        "Data analyst, Level: 4 (Standard)",
        "DATA ANALYST",
        "Data Analyst (Level 4)",
        "Data analyst L4",
        "Level 4 Data Analyst",
        "Data analyst apprenticeship",
        "ST0118",
        "Data analyst - ST0118",
    ],
)
def test_a_course_is_found_by_title_and_level(bring, catalogued, listed, course):
    bring(listed([HEAD, row(Course=course)]), "apprentices")
    assert [found.details.standard_code for found in details(catalogued)] == ["ST0118"]


def test_a_title_in_capitals_or_without_its_bracket_is_found(bring, catalogued, listed):
    rows = [
        row(Course="DEVOPS ENGINEER"),
        row(ULN="", Name="Ben Orr", Your_reference="", Course="Cyber security technologist"),
    ]
    bring(listed([HEAD, *rows]), "apprentices")
    assert {found.details.standard_code for found in details(catalogued)} == {"ST0825", "ST0119"}


@pytest.mark.parametrize(
    ("course", "says"),
    [
        ("Lion tamer, Level: 4 (Standard)", "is not in the catalogue"),
        ("Data analyst, Level: 6 (Standard)", "at level 4, not level 6"),
    ],
)
def test_an_unknown_course_comes_in_as_it_is_written_with_a_note(
    bring, catalogued, listed, course, says
):
    report = bring(listed([HEAD, row(Course=course)]), "apprentices")
    (found,) = details(catalogued)
    assert (found.details.standard_code, found.details.course_title) == (None, course)
    (note,) = report.findings
    assert (note.code, note.place.column, note.place.row) == ("IM302", "C", 2)
    assert says in note.message


@pytest.mark.parametrize(
    ("changes", "breaks", "outcome", "ended_on", "codes"),
    [
        ({"Status": "Waiting to start"}, (), None, None, []),
        (
            {"Status": "Paused", "Paused_date": "Nov 2025"},
            (Period(date(2025, 11, 1)),), None, None, [],
        ),
        ({"Status": "On a break"}, (), None, None, ["IM306"]),
        ({"Status": "Live", "Paused_date": "Nov 2025"}, (), None, None, ["IM306"]),
        ({"Status": "Stopped"}, (), Outcome.WITHDRAWN, None, ["AP008"]),
        ({"Status": "Completed"}, (), Outcome.COMPLETED, None, ["AP008"]),
        ({"Status": "In the sauna"}, (), None, None, ["IM305"]),
    ],
)  # fmt: skip
def test_a_status_becomes_breaks_and_ends(
    bring, catalogued, listed, changes, breaks, outcome, ended_on, codes
):
    report = bring(listed([HEAD, row(**changes)]), "apprentices")
    assert report.as_json()["refused"] == []
    (found,) = details(catalogued)
    assert found.breaks == breaks
    assert (found.details.outcome, found.details.ended_on) == (outcome, ended_on)
    assert [finding.code for finding in report.findings] == codes


def test_an_actual_end_goes_with_how_it_ended(bring, catalogued, listed):
    head = [*HEAD, "Completion date"]
    bring(listed([head, [*row(Status="Completed"), "12/06/2026"]]), "apprentices")
    (found,) = details(catalogued)
    assert (found.details.outcome, found.details.ended_on) == (
        Outcome.COMPLETED,
        date(2026, 6, 12),
    )


def test_whole_days_are_marked_as_given(bring, catalogued, listed):
    bring(listed([HEAD, row(Start_date="08/09/2025", End_date="Mar 2027")]), "apprentices")
    (found,) = details(catalogued)
    assert (found.details.training_started_on, found.details.is_start_day_given) == (
        date(2025, 9, 8),
        True,
    )
    assert (found.details.training_planned_end_on, found.details.is_end_day_given) == (
        date(2027, 3, 31),
        False,
    )
    assert found.details.weekly_minutes == 36 * 60
    assert found.details.agreed_price == Decimal("15000.00")


# --- people known again -------------------------------------------------------------------------


def test_the_same_list_again_brings_in_nothing_and_says_why(bring, catalogued, listed):
    path = listed([HEAD, GOOD, row(Name="Ben Orr", ULN="", Your_reference="")])
    assert bring(path, "apprentices").as_json()["rows_imported"] == 2
    before = dump(catalogued, with_log=True)
    found = bring(path, "apprentices").as_json()
    assert found["rows_imported"] == 0
    assert [(each["row"], each["column"], each["value"]) for each in found["skipped"]] == [
        (2, "B", "1000000043"),
        (3, "A", "Ben Orr"),
    ]
    assert all("Already here" in each["reason"] for each in found["skipped"])
    assert dump(catalogued, with_log=True) == before


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Name": "Ada M King"},
        {"ULN": "", "Name": "KING, Ada"},
        {"ULN": "", "Your_reference": "", "Name": "ada king"},
        {"Start_date": "15/09/2025"},
    ],
    ids=str,
)
def test_the_same_person_and_course_in_one_list_comes_in_once(bring, listed, changes):
    first = row(Start_date="15/09/2025") if "Start_date" in changes else GOOD
    found = bring(listed([HEAD, first, row(**changes)]), "apprentices").as_json()
    assert (found["rows_imported"], len(found["skipped"])) == (1, 1)
    assert "The same as row 2" in found["skipped"][0]["reason"]


def test_a_month_is_the_same_start_as_a_day_in_it(bring, listed):
    found = bring(listed([HEAD, row(Start_date="15/09/2025"), GOOD]), "apprentices").as_json()
    assert [each["row"] for each in found["skipped"]] == [3]


def test_a_later_course_is_the_same_persons_next_apprenticeship(bring, catalogued, listed):
    later = row(Course="DevOps engineer", Start_date="May 2027", End_date="May 2029")
    assert bring(listed([HEAD, GOOD, later]), "apprentices").as_json()["rows_imported"] == 2
    found = catalogued.read(known_people.known_people)
    assert len({known.apprentice_id for known in found}) == 1
    assert [known.number for known in found] == [1, 2]


def test_a_later_course_of_someone_in_the_desk_is_their_next(bring, catalogued, make, listed):
    make.apprentice(
        uln="1000000043", email="old@example.org", training_planned_end_on=date(2026, 1, 31)
    )
    rows = [HEAD, row(Start_date="Feb 2026")]
    assert bring(listed(rows), "apprentices").as_json()["rows_imported"] == 1
    first, second = details(catalogued)
    assert first.apprentice_id == second.apprentice_id
    assert second.details.email == "old@example.org"
    assert second.details.employee_reference == "HR1"


def test_an_overlapping_course_is_refused_in_words(bring, catalogued, make, listed):
    make.apprentice(uln="1000000043")
    (refused,) = bring(listed([HEAD, GOOD]), "apprentices").as_json()["refused"]
    assert refused["column"] == "D"
    assert "Ada Lovelace is already on an apprenticeship from 1 Sep 2025" in refused["reason"]
    assert len(details(catalogued)) == 1


def test_a_course_may_follow_one_that_has_ended_on_a_day_not_known(bring, catalogued, listed):
    early = row(Status="Stopped", Start_date="Sep 2024", End_date="Sep 2027")
    later = row(Course="DevOps engineer", Start_date="Jan 2026")
    assert bring(listed([HEAD, early, later]), "apprentices").as_json()["rows_imported"] == 2
    bring(listed([HEAD, early, later], "again.csv"), "apprentices")
    assert len(details(catalogued)) == 2


def test_another_person_of_the_same_name_comes_in(bring, catalogued, listed):
    other = row(ULN="1000000027", Your_reference="HR2")
    assert bring(listed([HEAD, GOOD, other]), "apprentices").as_json()["rows_imported"] == 2


def test_the_temporary_uln_tells_nobody_apart(bring, listed):
    rows = [
        row(ULN="9999999999"),
        row(ULN="9999999999", Name="Ben Orr", Your_reference="HR2"),
    ]
    assert bring(listed([HEAD, *rows]), "apprentices").as_json()["rows_imported"] == 2


# --- providers ----------------------------------------------------------------------------------


def test_a_provider_of_the_desk_is_known_whatever_its_capitals(bring, catalogued, make, listed):
    key = make.provider(name="Example College Limited", ukprn=None)
    bring(listed([HEAD, row(Provider="EXAMPLE COLLEGE LTD")]), "apprentices")
    assert [found.details.provider_id for found in details(catalogued)] == [key]


def test_a_new_provider_gets_its_ukprn_from_the_look_up_list(bring, catalogued, listed):
    rows = [
        row(Provider="ABINGDON AND WITNEY COLLEGE"),
        row(Name="Ben Orr", ULN="", Your_reference="", Provider="Abingdon & Witney College"),
    ]
    bring(listed([HEAD, *rows]), "apprentices")
    (found,) = catalogued.read(providers.provider_rows)
    assert (found.name, found.ukprn) == ("ABINGDON AND WITNEY COLLEGE", "10000055")


def test_the_ukprn_that_another_provider_has_means_that_provider(bring, catalogued, make, listed):
    key = make.provider(name="Abingdon College Group", ukprn="10000055")
    bring(listed([HEAD, row(Provider="Abingdon and Witney College")]), "apprentices")
    assert [found.details.provider_id for found in details(catalogued)] == [key]
