"""How columns were matched is found again by the headings, and can be given to others."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import column_files, matching, reading, remembering, steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Options
from apprentice_desk.imports.steps import Given
from apprentice_desk.records import import_memory
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.import_memory import MappingRow, mapping_rows
from imports.conftest import TODAY
from records.dumps import dump

LOG = (
    ("Day", "Time spent", "Remarks", "Room"),
    ("03/08/2026", "1:30", "Databases module", "2.14"),
    ("04/08/2026", "2", "Webinar on testing", "home"),
)
FIELDS = (("Day", "done_on"), ("Time spent", "duration"), ("Remarks", "title"), ("Room", ""))


@pytest.fixture
def given(rules) -> Given:
    return Given(rules, {}, {}, TODAY)


@pytest.fixture
def table(listed):
    def of(rows, kind=Kind.HOURS):
        return reading.find_table(reading.read(listed(rows)), kind)

    return of


def fields(matched) -> dict[str, str | None]:
    return {column.heading: column.field for column in matched.columns}


def remembered(catalogued, journey, given):
    """Import a journey and return the next one's start."""
    said = steps.say(journey, Options("Ada Lovelace"))
    done = steps.bring_in(steps.review(said, catalogued, given), catalogued)
    assert done.applied is not None
    return catalogued.read(mapping_rows)


# --- found again by the headings ----------------------------------------------------------------


def test_what_a_person_put_right_is_found_again_after_an_import(catalogued, make, listed, given):
    make.apprentice()
    first = steps.choose(steps.begin("hours"), listed(LOG))
    put_right = steps.hold(steps.hold(first, 2, "title"), 3, None)
    assert put_right.matching != first.matching
    known = remembered(catalogued, put_right, given)
    assert [(row.name, row.kind, row.last_used_on) for row in known] == [("list", "hours", TODAY)]

    again = steps.choose(steps.begin("hours"), listed(LOG), mappings=known)

    assert again.remembered == known[0]
    assert again.is_as_remembered
    assert fields(again.matching) == {
        "Day": "done_on", "Time spent": "duration", "Remarks": "title", "Room": None,
    }  # fmt: skip
    assert not steps.hold(again, 2, None).is_as_remembered


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 0, 3, 2)])
def test_the_order_of_the_columns_and_their_capitals_do_not_matter(
    catalogued, make, listed, given, order
):
    make.apprentice()
    first = steps.hold(steps.choose(steps.begin("hours"), listed(LOG)), 2, "title")
    known = remembered(catalogued, first, given)
    shuffled = [[row[at] for at in order] for row in LOG]
    shuffled[0] = [heading.upper() + ":" for heading in shuffled[0]]

    again = steps.choose(steps.begin("hours"), listed(shuffled, "other.csv"), mappings=known)

    assert again.is_as_remembered
    assert fields(again.matching)["REMARKS:"] == "title"


def test_other_headings_and_another_kind_of_list_are_not_found(catalogued, make, listed, given):
    make.apprentice()
    known = remembered(catalogued, steps.choose(steps.begin("hours"), listed(LOG)), given)
    longer = [(*row, extra) for row, extra in zip(LOG, ("Level", "", ""), strict=True)]

    assert steps.choose(steps.begin("hours"), listed(longer), mappings=known).remembered is None
    other_kind = [
        MappingRow(row.id, row.name, "apprentices", row.fingerprint, row.columns, row.last_used_on)
        for row in known
    ]
    assert steps.choose(steps.begin("hours"), listed(LOG), mappings=other_kind).remembered is None


def test_a_list_is_recognised_by_remembered_headings_that_mean_nothing_to_the_program(
    listed, make, store
):
    """Nobody could match them before without pointing at the row: so it is found at once."""
    rows = [("x1", "x2", "x3"), ("03/08/2026", "1:30", "Reading"), ("04/08/2026", "2", "More")]
    odd = listed(rows)
    source = reading.read(odd)
    mapping = make.mapping(
        fingerprint=reading.fingerprint_of(rows[0]),
        columns=(("x1", "done_on"), ("x2", "duration"), ("x3", "details")),
    )
    known = store.read(mapping_rows)
    assert mapping == known[0].id
    assert remembering.place_of(source, Kind.HOURS, known) == (source.workbook.sheets[0].name, 1)
    assert remembering.place_of(source, Kind.APPRENTICES, known) is None

    journey = steps.choose(steps.begin("hours"), odd, mappings=known)

    assert fields(journey.matching) == {"x1": "done_on", "x2": "duration", "x3": "details"}


def test_of_two_columns_with_one_heading_the_first_is_the_first_again(table):
    rows = (("Date", "Hours", "Notes", "Notes"), ("03/08/2026", "1:30", "a", "b"))
    matched = matching.match(table(rows), Kind.HOURS)
    columns = (("Date", "done_on"), ("Hours", "duration"), ("Notes", ""), ("Notes", "details"))

    applied = remembering.apply(matched, columns)

    assert [column.field for column in applied.columns] == [
        "done_on", "duration", None, "details",
    ]  # fmt: skip
    assert remembering.is_as(applied, columns)


def test_a_field_that_is_given_to_another_column_is_let_go_of(table):
    matched = matching.match(table(LOG), Kind.HOURS)
    assert fields(matched)["Day"] == "done_on"

    applied = remembering.apply(matched, (("Room", "done_on"),))

    assert fields(applied)["Room"] == "done_on"
    assert fields(applied)["Day"] is None


def test_a_field_that_this_program_does_not_know_any_more_is_passed_over(table):
    matched = matching.match(table(LOG), Kind.HOURS)
    assert remembering.apply(matched, (("Day", "colour_of_pen"),)) == matched


def test_remembering_is_a_change_of_its_own_that_outlives_an_undo(catalogued, make, listed, given):
    make.apprentice()
    known = remembered(catalogued, steps.choose(steps.begin("hours"), listed(LOG)), given)
    imported, columns = catalogued.changes(2)
    assert columns.label == "Remember the columns of list"

    catalogued.undo(imported.number)

    assert catalogued.read(hours_rows) == ()
    assert catalogued.read(mapping_rows) == known


def test_the_same_columns_again_on_the_same_day_are_no_second_change(
    catalogued, make, listed, given
):
    make.apprentice()
    known = remembered(catalogued, steps.choose(steps.begin("hours"), listed(LOG)), given)
    later = [LOG[0], ("05/08/2026", "1", "Reading", "home")]
    journey = steps.choose(steps.begin("hours"), listed(later), mappings=known)

    assert remembered(catalogued, journey, given) == known

    labels = [change.label for change in catalogued.changes()]
    assert labels.count("Remember the columns of list") == 1
    assert labels[0] == "Import 1 entry of hours from list.csv"


def test_a_review_and_a_refused_import_remember_nothing(catalogued, make, listed, given):
    make.apprentice()
    before = dump(catalogued)
    journey = steps.say(
        steps.choose(steps.begin("hours"), listed([LOG[0], ("?", "?", "", "")])),
        Options("Ada Lovelace"),
    )
    reviewed = steps.review(journey, catalogued, given)
    with pytest.raises(Problem, match="no row to bring in"):
        steps.bring_in(reviewed, catalogued)
    assert dump(catalogued) == before


def test_the_command_line_reads_the_columns_as_they_are_remembered(bring, make, listed):
    make.apprentice()
    path = listed(LOG)
    make.mapping(
        fingerprint=reading.fingerprint_of(LOG[0]),
        columns=(
            ("Day", "done_on"),
            ("Time spent", "duration"),
            ("Remarks", ""),
            ("Room", "title"),
        ),
    )
    report = bring(path, "hours", apprentice="Ada Lovelace")
    assert [row.entry.details.what for row in report.review.rows] == ["2.14", "home"]
    assert report.notes[0].message == (
        "The columns are matched as they were last time (Diary of Ada)."
    )


def test_headings_on_a_hidden_sheet_are_not_taken_for_the_list(make, store, tmp_path):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Old")):
        sheet.append(LOG[0])
        sheet.append(LOG[1])
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    path = tmp_path / "log.xlsx"
    book.save(path)
    make.mapping(fingerprint=reading.fingerprint_of(LOG[0]))
    place = remembering.place_of(reading.read(path), Kind.HOURS, store.read(mapping_rows))
    assert place == ("Old", 1)


# --- named, renamed, forgotten ------------------------------------------------------------------


def test_the_columns_are_called_as_the_file_until_a_person_names_them(
    catalogued, make, listed, given
):
    make.apprentice()
    journey = steps.choose(steps.begin("hours"), listed(LOG))
    assert journey.name_of_columns == "list"

    named = steps.name_columns(journey, "  Our   diary ")
    assert named.name_of_columns == "Our diary"
    (known,) = remembered(catalogued, named, given)
    assert known.name == "Our diary"

    again = steps.choose(steps.begin("hours"), listed(LOG, "other.csv"), mappings=[known])
    assert again.name_of_columns == "Our diary"


def test_forgotten_columns_are_matched_by_their_headings_again(catalogued, make, listed, given):
    make.apprentice()
    first = steps.choose(steps.begin("hours"), listed(LOG))
    known = remembered(catalogued, steps.hold(first, 2, None), given)
    again = steps.choose(steps.begin("hours"), listed(LOG), mappings=known)
    assert again.matching != first.matching
    with catalogued.change("Forget") as session:
        import_memory.forget_mapping(session, known[0].id)

    afresh = steps.match_afresh(steps.know(again, catalogued.read(mapping_rows)))

    assert (afresh.remembered, afresh.matching) == (None, first.matching)


# --- as a file ----------------------------------------------------------------------------------


def test_columns_go_out_to_a_file_and_come_back(listed, tmp_path):
    put_right = steps.hold(steps.choose(steps.begin("hours"), listed(LOG)), 2, "title")
    put_right = steps.hold(put_right, 3, None)
    path = tmp_path / "Columns of diary.json"

    steps.save_columns(put_right, path)

    assert json.loads(path.read_text("utf-8")) == {
        "format": "apprentice-desk-columns",
        "version": 1,
        "kind": "hours",
        "columns": [{"heading": heading, "field": field} for heading, field in FIELDS],
    }
    fresh = steps.choose(steps.begin("hours"), listed(LOG))
    loaded = steps.load_columns(fresh, path)
    assert fields(loaded.matching) == fields(put_right.matching)
    assert loaded.loaded == "Columns of diary.json"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_file_for_a_list_with_some_of_these_headings_says_how_many(listed, tmp_path):
    path = tmp_path / "columns.json"
    column_files.write(path, Kind.HOURS, (*FIELDS, ("Tutor", "")))
    loaded = steps.load_columns(steps.choose(steps.begin("hours"), listed(LOG)), path)
    assert loaded.loaded == "columns.json (4 of its 5 headings are in this list)"


def test_the_file_holds_nothing_of_anybody(listed, tmp_path):
    rows = [("Apprentice", "Date", "Hours"), ("Ada Lovelace", "03/08/2026", "2")]
    journey = steps.choose(steps.begin("hours"), listed(rows, "Ada Lovelace.csv"))
    path = tmp_path / "columns.json"
    steps.save_columns(journey, path)
    assert "Lovelace" not in path.read_text("utf-8")


def written(**changes) -> str:
    whole = {
        "format": "apprentice-desk-columns",
        "version": 1,
        "kind": "hours",
        "columns": [{"heading": "Day", "field": "done_on"}],
    }
    return json.dumps(whole | changes)


FAULTS = {
    "no JSON": ("Day: done_on", "not readable as JSON"),
    "nested without end": ("[" * 100_000, "not readable as JSON"),
    "another JSON": ('{"name": "x"}', "is not a file of columns"),
    "a list": ("[]", "is not a file of columns"),
    "no version": (written(version="one"), "its version is not a number"),
    "a newer version": (written(version=2), "made by a newer Apprentice Desk: its version is 2"),
    "no kind": (written(kind="rents"), "does not say whether it is for apprentices or hours"),
    "another kind": (written(kind="apprentices"), "is for a list of apprentices, and this is one"),
    "no columns": (written(columns=[]), "it has no list of columns"),
    "a column without a field": (
        written(columns=[{"heading": "Day"}]), "its column 1 is not a heading and a field",
    ),
    "a column that is a text": (
        written(columns=["Day"]), "its column 1 is not a heading and a field",
    ),
    "an unknown field": (
        written(columns=[{"heading": "Day", "field": "salary"}]),
        "its column 1 (“Day”) holds “salary”, which is nothing that a list of hours can hold",
    ),
    "a field twice": (
        written(
            columns=[{"heading": "A", "field": "done_on"}, {"heading": "B", "field": "done_on"}]
        ),
        "both “A” and “B” hold the same: day",
    ),
    "other headings": (
        written(columns=[{"heading": "Tag", "field": "done_on"}]),
        "is for a list with other headings: none of its 1 is in this one",
    ),
    "too large": (written(note="x" * 1_000_001), "is too large to be a file of columns"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_of_a_file_is_said_in_words(fault, listed, tmp_path):
    text, sentence = FAULTS[fault]
    path = tmp_path / "columns.json"
    path.write_text(text, "utf-8")
    journey = steps.choose(steps.begin("hours"), listed(LOG))
    with pytest.raises(Problem) as caught:
        steps.load_columns(journey, path)
    assert sentence in caught.value.what
    assert "columns.json" in caught.value.what
    assert caught.value.remedy


def test_a_file_that_is_not_there_and_one_that_cannot_be_written_are_said(listed, tmp_path):
    journey = steps.choose(steps.begin("hours"), listed(LOG))
    with pytest.raises(Problem, match=r"“no\.json” cannot be read"):
        steps.load_columns(journey, tmp_path / "no.json")
    with pytest.raises(Problem, match=r"“columns\.json” was not saved"):
        steps.save_columns(journey, tmp_path / "nowhere" / "columns.json")


def test_a_failed_save_leaves_what_was_there(listed, tmp_path):
    journey = steps.choose(steps.begin("hours"), listed(LOG))
    there = tmp_path / "columns.json"
    there.mkdir()
    (there / "mine").write_text("x")
    with pytest.raises(Problem, match="was not saved"):
        steps.save_columns(journey, there)
    assert (there / "mine").read_text() == "x"
    assert [each for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("step", ["match_afresh", "save_columns", "load_columns"])
def test_a_step_before_its_time_is_refused_in_words(step, tmp_path: Path):
    start = steps.begin(Kind.HOURS)
    acts = {
        "match_afresh": lambda: steps.match_afresh(start),
        "save_columns": lambda: steps.save_columns(start, tmp_path / "a.json"),
        "load_columns": lambda: steps.load_columns(start, tmp_path / "a.json"),
    }
    with pytest.raises(Problem, match="yet"):
        acts[step]()
    assert start.name_of_columns == ""
    assert not start.is_as_remembered
