"""LARS codes: the few that are known, and those that are asked for once and remembered."""

from __future__ import annotations

import pytest

from apprentice_desk import resources
from apprentice_desk.imports import lars_codes, steps
from apprentice_desk.imports.lars_codes import LarsCode
from apprentice_desk.imports.steps import Given
from apprentice_desk.records.apprentices import held
from apprentice_desk.records.import_memory import course_codes, remember_course
from apprentice_desk.records.known_people import known_people
from imports.conftest import TODAY
from imports.layouts import layout

HEAD = ("Name", "ULN", "LARS code", "Start date")
ROWS = (
    ("Ada King", "1000000000", "58", "08/09/2025"),
    ("Ben Orr", "1000000019", "122", "08/09/2025"),
    ("Cy Moss", "1000000027", "058", "08/09/2025"),
    ("Di Fox", "1000000043", "2", "08/09/2025"),
)


@pytest.fixture
def given(rules) -> Given:
    return Given(rules, {}, {}, TODAY)


@pytest.fixture
def review(catalogued, listed, given):
    def reviewed(*rows, head=HEAD):
        journey = steps.choose(steps.begin("apprentices"), listed([head, *(rows or ROWS)]))
        return steps.review(journey, catalogued, given)

    return reviewed


def courses(journey) -> list[str]:
    assert journey.review is not None
    return [
        row.entry.details.standard_code or row.entry.details.course_title
        for row in journey.review.rows
        if row.entry is not None
    ]


def notes(journey) -> list[str]:
    return [
        finding.message
        for row in journey.review.rows
        for finding in row.findings
        if finding.code in ("IM302", "IM303")
    ]


def answer(store, code, standard) -> None:
    with store.change(f"Remember LARS code {code}") as session:
        remember_course(session, code, standard)


def test_a_code_of_the_packaged_list_is_known_and_the_others_are_asked_for_once_each(review):
    journey = review()
    assert courses(journey)[3] == "ST0116"
    assert courses(journey)[0] == "Standard with LARS code 58"
    assert journey.codes == (LarsCode("58", 2, None, True), LarsCode("122", 1, None, True))
    assert journey.open_codes == journey.codes
    assert notes(journey)[0] == "The standard with LARS code 58 is not known."


def test_an_answer_is_remembered_and_used_by_the_next_list(catalogued, review):
    answer(catalogued, "58", "ST0118")
    journey = review()
    assert courses(journey) == ["ST0118", "Standard with LARS code 122", "ST0118", "ST0116"]
    assert journey.open_codes == (LarsCode("122", 1, None, True),)
    assert journey.codes[0] == LarsCode("58", 2, "ST0118", False)


def test_that_nobody_knows_is_an_answer_and_is_not_asked_again(catalogued, review):
    answer(catalogued, "122", None)
    journey = review()
    assert [code.code for code in journey.open_codes] == ["58"]
    assert "The standard with LARS code 122 is not known." in notes(journey)
    answer(catalogued, "122", "ST0310")
    assert courses(review())[1] == "ST0310"


def test_an_answer_of_this_desk_comes_before_the_packaged_list(catalogued, review):
    answer(catalogued, "2", "ST0825")
    assert courses(review())[3] == "ST0825"


def test_a_title_that_is_not_in_the_catalogue_gives_way_to_a_known_code(review):
    head = (*HEAD, "Course")
    known = (*ROWS[3], "Writing of programs")
    unknown = (*ROWS[0], "Writing of programs")
    journey = review(known, unknown, head=head)
    assert courses(journey) == ["ST0116", "Writing of programs"]
    assert notes(journey) == ["“Writing of programs” is not in the catalogue of standards."] * 2
    assert journey.codes == ()


def test_what_is_no_code_is_noted_and_not_asked_for(review):
    journey = review(("Ada King", "1000000000", "see contract", "08/09/2025"), *ROWS[1:2])
    assert notes(journey)[0] == "The standard with LARS code see contract is not known."
    assert [code.code for code in journey.codes] == ["122"]


def test_a_list_without_such_a_column_asks_nothing(review):
    journey = review(("Ada King", "ST0118"), ("Ben Orr", "ST0116"), head=("Name", "Standard code"))
    assert journey.codes == ()


def test_the_codes_of_a_bulk_upload_are_asked_for_and_come_in_when_answered(
    catalogued, given, bring
):
    journey = steps.choose(steps.begin("apprentices"), layout("12"))
    reviewed = steps.review(journey, catalogued, given)
    assert [(code.code, code.rows) for code in reviewed.open_codes] == [("58", 2), ("122", 1)]
    answer(catalogued, "58", "ST0118")
    report = bring(layout("12"), "apprentices")
    told = [finding.message for finding in report.findings if finding.code == "IM303"]
    assert told == ["The standard with LARS code 122 is not known."]
    persons = catalogued.read(known_people)
    taken = [catalogued.read(held, each.apprenticeship_id).details for each in persons]
    assert sorted(each.standard_code or "" for each in taken) == ["", "ST0118", "ST0118"]
    assert catalogued.read(course_codes) == {"58": "ST0118"}


def test_every_packaged_code_means_a_standard_of_the_packaged_catalogue():
    codes = {standard.code for standard in resources.standards_list().standards}
    assert len(resources.lars_codes()) >= 8
    assert set(resources.lars_codes().values()) <= codes


def test_a_blank_cell_holds_no_code():
    assert lars_codes.read(None) == ""
    assert lars_codes.read(58) == "58"
