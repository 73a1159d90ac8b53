"""Hours of somebody with a second apprenticeship: known again, whichever they were entered for."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.imports.rows import Fate
from apprentice_desk.records import apprentices, hours
from apprentice_desk.records.apprentices import ApprenticeDetails

HEAD = ["Name", "Date", "Hours", "What I did"]
LOG = [
    HEAD,
    ["Ada King", "07/09/2026", "2", "SQL joins with the data team"],
    ["Ada King", "08/09/2026", "1:30", "Reading about sampling"],
]
LATER = {"today": date(2026, 12, 1)}


@pytest.fixture
def first(make):
    """Ada's first apprenticeship, which ends in 2026."""
    return make.apprentice(
        given_names="Ada",
        family_name="King",
        standard_code="ST0070",
        training_started_on=date(2025, 9, 1),
        training_planned_end_on=date(2026, 9, 6),
    )


@pytest.fixture
def begin_second(catalogued, first):
    """Let Ada begin a second apprenticeship on a day."""

    def begin(started_on):
        person = catalogued.read(apprentices.held, first).apprentice_id
        details = ApprenticeDetails(
            given_names="Ada",
            family_name="King",
            standard_code="ST0118",
            training_started_on=started_on,
            training_planned_end_on=date(2028, 8, 31),
        )
        with catalogued.change("Enrol again") as session:
            return apprentices.enrol(session, details, apprentice_id=person)

    return begin


def entries(store):
    rows = store.read(hours.hours_rows)
    return sorted((row.done_on, row.minutes, row.apprenticeship_id) for row in rows)


def test_a_second_apprenticeship_begun_since_brings_nothing_in_twice(
    bring, catalogued, listed, first, begin_second
):
    path = listed(LOG)
    bring(path, "hours", **LATER)
    before = entries(catalogued)
    assert {key for *_, key in before} == {first}
    second = begin_second(date(2026, 9, 7))
    report = bring(path, "hours", **LATER)
    assert report.as_json()["rows_imported"] == 0
    assert entries(catalogued) == before
    (change,) = report.review.all_rows[0].correction.changes
    assert (change.words, change.old, change.new) == (
        "apprenticeship",
        "Business administrator from 01/09/2025",
        "Data analyst from 07/09/2026",
    )
    accepted = bring(path, "hours", accept_corrections=True, **LATER)
    assert accepted.as_json()["rows_imported"] == 2
    assert entries(catalogued) == [(day, minutes, second) for day, minutes, _ in before]
    last = bring(path, "hours", **LATER)
    assert [row.reason for row in last.review.all_rows] == [
        "Already here: the desk has this entry."
    ] * 2


def test_hours_of_a_day_that_both_apprenticeships_cover_stay_where_they_are(
    bring, catalogued, listed, first, begin_second
):
    early = [HEAD, ["Ada King", "04/09/2026", "2", "SQL joins with the data team"]]
    bring(listed(early), "hours", **LATER)
    begin_second(date(2026, 9, 1))
    (row,) = bring(listed(early), "hours", **LATER).review.all_rows
    assert (row.reason, row.correction) == ("Already here: the desk has this entry.", None)


def test_a_day_that_moves_into_the_next_apprenticeship_is_a_correction_of_both(
    bring, catalogued, listed, first, begin_second
):
    second = begin_second(date(2026, 9, 7))
    row = ["Ada King", "04/09/2026", "2", "SQL joins with the data team"]
    bring(listed([HEAD, row]), "hours", **LATER)
    assert entries(catalogued) == [(date(2026, 9, 4), 120, first)]
    row[1] = "09/09/2026"
    report = bring(listed([HEAD, row]), "hours", **LATER)
    assert report.as_json()["rows_imported"] == 0
    (change,) = report.review.all_rows[0].correction.changes
    assert (change.field, change.new) == ("done_on", "09/09/2026 (Data analyst from 07/09/2026)")
    bring(listed([HEAD, row]), "hours", accept_corrections=True, **LATER)
    assert entries(catalogued) == [(date(2026, 9, 9), 120, second)]


@pytest.mark.parametrize("what", ["SQL joins with the data team", "SQL joins, the data team"])
def test_hours_from_another_file_look_like_those_of_the_first_apprenticeship(
    bring, catalogued, listed, first, begin_second, what
):
    bring(listed(LOG), "hours", **LATER)
    before = entries(catalogued)
    begin_second(date(2026, 9, 7))
    other = listed([HEAD, ["Ada King", "07/09/2026", "2", what]], "other.csv")
    (row,) = bring(other, "hours", **LATER).review.all_rows
    assert row.fate is Fate.SKIPPED
    assert row.offered is not None
    assert entries(catalogued) == before


def test_the_hours_of_a_namesake_are_not_those_of_another_person(bring, catalogued, listed, make):
    for uln in ("1000000043", "1000000051"):
        make.apprentice(given_names="Ada", family_name="King", uln=uln)
    head = ["ULN", *HEAD[1:]]
    mine, theirs = (
        [uln, "04/08/2026", "2", "SQL joins with the data team"]
        for uln in ("1000000043", "1000000051")
    )
    bring(listed([head, mine]), "hours")
    assert bring(listed([head, theirs], "b.csv"), "hours").as_json()["rows_imported"] == 1
