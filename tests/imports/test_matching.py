"""Columns are told by what their headings mean and what stands below them."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import headings, matching, reading
from apprentice_desk.imports.fields import FIELDS, Kind, plain, standings, synonyms


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("DateOfBirth", "date of birth"),
        ("EPAOrgID", "epa org id"),
        ("activity_type", "activity type"),
        ("Time-spent\u00a0(hrs)\n", "time spent hrs"),
        ("KSBs", "ksbs"),
        ("D.O.B.", "dob"),
        ("Provider’s ref", "providers ref"),
    ],
)
def test_headings_are_compared_as_plain_words(heading, words):
    assert plain(heading) == words


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_has_words_and_none_is_first_for_two_fields(kind):
    found = synonyms(kind)
    assert found.keys() == {field.name for field in FIELDS[kind]}
    firsts = [words[0] for words in found.values()]
    assert len(firsts) == len(set(firsts))


def test_every_status_word_has_one_meaning():
    assert len(standings()) >= 20


def found(head, *rows, kind=Kind.HOURS):
    columns = [list(column) for column in zip(*rows, strict=True)]
    return [meaning.field for meaning in headings.meanings(kind, head, columns)]


def test_a_misspelt_heading_is_understood():
    assert found(["Adress", "Durration", "Dscription"], ["x", "1:30", "Read a book on SQL"]) == [
        None,
        "duration",
        "details",
    ]


def test_the_cells_decide_between_two_meanings_of_a_heading():
    assert found(["Activity"], ["Workshop"], ["Online learning"]) == ["activity"]
    assert found(["Activity"], ["Built a dashboard for housing"], ["Wrote up the report"]) == [
        "details"
    ]


def test_cells_that_contradict_a_heading_win():
    assert found(["Start date of the course (days since)"], [12], [13]) == [None]


def test_cells_that_speak_for_themselves_need_no_heading():
    assert found(["Q7", "Zz", "Colonne 3"], ["1000000043", "K1, S2", "05/01/2026"]) == [
        "uln",
        "ksbs",
        "done_on",
    ]


def test_a_long_heading_is_understood_by_its_words():
    heading = (
        "Please tell us the time spent on this piece of learning,\nincluding any breaks (hh:mm)"
    )
    assert found([heading], ["1:30"], ["0:45"]) == ["duration"]


def test_no_field_is_given_twice_unless_it_may_be():
    head = ["Date", "Activity date", "Knowledge", "Skills"]
    rows = [["05/01/2026", "05/01/2026", "K1", "S1"]]
    assert found(head, *rows) == ["done_on", None, "ksbs", "ksbs"]


@pytest.fixture
def table(listed):
    rows = [["Name", "Date", "Hours", "Logged date"], ["Ada", "05/01/2026", "1", "06/01/2026"]]
    return reading.find_table(reading.read(listed(rows)), Kind.HOURS)


def test_a_person_can_say_what_a_column_holds(table):
    before = matching.match(table, Kind.HOURS)
    assert before.column_of("done_on").index == 1
    assert before.columns[3].alternatives == ("done_on",)
    after = matching.change(before, 3, "done_on")
    assert [column.field for column in after.columns] == [
        "full_name", None, "duration", "done_on",
    ]  # fmt: skip
    assert matching.change(after, 3, None).missing == ("the day",)


def test_a_field_or_column_that_there_is_not_is_refused(table):
    before = matching.match(table, Kind.HOURS)
    with pytest.raises(Problem, match="nothing called"):
        matching.change(before, 0, "shoe_size")
    with pytest.raises(Problem, match="no column 9"):
        matching.change(before, 8, "done_on")


def test_the_fingerprint_stands_for_the_headings_whatever_their_order(listed):
    def fingerprint(*head):
        return reading.table_at(reading.read(listed([head, ["x"] * 3])), "list", 1).fingerprint

    assert fingerprint("Date", "Time-spent", "Name") == fingerprint("NAME", "date", "time spent")
    assert fingerprint("Date", "Time-spent", "Name") != fingerprint("Date", "Hours", "Name")


def test_what_stands_above_the_headings_is_kept(listed):
    rows = [["Log of", "Ada King"], [], ["Date", "Hours"], ["05/01/2026", "1"]]
    table = reading.find_table(reading.read(listed(rows)), Kind.HOURS)
    assert (table.heading_row, [row.number for row in table.rows]) == (3, [4])
    assert [(row.number, row.cells) for row in table.preamble] == [(1, ("Log of", "Ada King"))]


def test_a_row_or_sheet_that_there_is_not_is_refused(listed):
    source = reading.read(listed([["Date", "Hours"], ["05/01/2026", "1"]]))
    with pytest.raises(Problem, match="has no row 9"):
        reading.table_at(source, "list", 9)
    with pytest.raises(Problem, match="in a sheet “other”"):
        reading.table_at(source, "other", 1)


def test_a_file_without_headings_is_declined(listed):
    with pytest.raises(Problem, match="no row of headings"):
        reading.find_table(reading.read(listed([["1", "2"], ["3", "4"]])), Kind.HOURS)


@pytest.mark.parametrize("heading", ["Hours required", "Required hours", "OTJ hours required"])
def test_the_order_of_a_headings_words_does_not_matter(listed, heading):
    rows = [["Name", "Programme", "Start date", heading], ["Ada King", "Data", "05/01/2026", "400"]]
    source = reading.read(listed(rows))
    table = reading.find_table(source, Kind.APPRENTICES)
    matched = matching.match(table, Kind.APPRENTICES)
    assert matched.columns[3].field == "agreed_minutes"


def test_words_in_another_order_are_told_from_the_same_words():
    same = headings.heading_scores("required hours", Kind.APPRENTICES)["agreed_minutes"]
    turned = headings.heading_scores("hours required", Kind.APPRENTICES)["agreed_minutes"]
    assert headings.ENOUGH < turned < same
