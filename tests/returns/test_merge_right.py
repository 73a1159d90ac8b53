"""A merge is right on what really comes in: filled in by hand, changed, damaged, misnamed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Level
from apprentice_desk.returns import checks, receiving, workbook
from apprentice_desk.returns.merge import merge, write_merged
from apprentice_desk.returns.receiving import Fate, Incoming
from apprentice_desk.returns.schema import load
from apprentice_desk.sheets import read_workbook, reading
from hostile import ole
from returns.making import CAMDEN, HACKNEY, full_content
from returns.test_giving_back import write_ods

SCHEMA = load()


def put(folder: Path, name: str, borough=HACKNEY, apprentices=2, **changes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.xlsx"
    workbook.write(full_content(borough, apprentices, **changes), SCHEMA, path)
    return path


def edited(path: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def merged(*paths: Path, **more):
    return merge(paths, schema=SCHEMA, **more)


def codes(made, level: Level | None = None) -> list[str]:
    return [f.code for f in made.findings if level in (None, f.level)]


def by_hand(path: Path) -> Path:
    """Take out what only the program writes: tables, lists, revision, fingerprint, counts."""

    def edit(book):
        for sheet in book.worksheets:
            sheet.tables.clear()
        del book["Lists"]
        for row in book["Return"].iter_rows(min_row=2):
            if row[0].value in ("Revision", "Fingerprint", "Program version") or (
                str(row[0].value).startswith("Rows")
            ):
                row[1].value = None

    return edited(path, edit)


def test_a_return_filled_in_by_hand_merges_like_any_other(tmp_path):
    path = by_hand(put(tmp_path, "h"))
    made = merged(path)
    (state,) = made.boroughs
    assert (state.state, state.revision, state.rows["Apprentices"]) == ("accepted", None, 2)
    assert made.row_counts == merged(put(tmp_path / "own", "h")).row_counts
    assert codes(made) == ["R017"]


def test_a_return_saved_by_another_office_program_merges_like_any_other(tmp_path):
    path = by_hand(put(tmp_path, "h"))
    write_ods(tmp_path / "h.ods", read_workbook(path))
    path.unlink()
    made = merged(tmp_path)
    assert (made.boroughs[0].state, made.row_counts["Apprentices"]) == ("accepted", 2)


def test_columns_may_be_moved_and_others_added(tmp_path):
    def edit(book):
        sheet = book["Apprentices"]
        sheet.tables.clear()
        sheet.move_range("D1:D3", cols=40)
        sheet["D1"], sheet["D2"] = "Manager", "somebody"

    path = edited(put(tmp_path, "h"), edit)
    made = merged(path)
    assert made.row_counts["Apprentices"] == 2
    assert made.fingerprint == merged(put(tmp_path / "own", "h")).fingerprint
    assert codes(made) == ["R015"]
    write_merged(made, tmp_path / "out.xlsx")
    rows = read_workbook(tmp_path / "out.xlsx").sheet("Apprentices").rows
    assert "Manager" not in rows[0]
    assert "somebody" not in rows[1]


def test_a_cell_of_another_type_leaves_its_row_out_and_no_other(tmp_path):
    def edit(book):
        book["Apprentices"]["F2"] = "four"
        book["Contracts"]["H2"] = True

    made = merged(edited(put(tmp_path, "h"), edit))
    places = [(f.code, f.place.sheet, f.place.row) for f in made.findings if f.level is Level.ROW]
    assert ("R101", "Apprentices", 2) in places
    assert ("R101", "Contracts", 2) in places
    assert made.row_counts["Apprentices"] <= 1
    assert made.row_counts["Contracts"] == 0


def test_yes_and_one_in_the_same_column_are_not_the_same(tmp_path):
    """A dictionary takes True for 1, so a column that holds both is read cell by cell."""

    def edit(book):
        book["Apprentices"]["F2"] = True
        book["Apprentices"]["F3"] = 4
        book["Apprentices"]["P2"] = 1
        book["Apprentices"]["P3"] = True

    made = merged(edited(put(tmp_path, "h"), edit))
    found = [(f.place.column, f.place.row) for f in made.findings if f.code == "R101"]
    assert found == [("F", 2), ("P", 3)]


def test_the_code_of_another_borough_refuses_the_file_or_its_rows(tmp_path):
    def other_code(book):
        book["Return"]["B4"] = CAMDEN[0]

    made = merged(edited(put(tmp_path, "h"), other_code))
    assert (made.boroughs[0].name, made.boroughs[0].state) == ("Camden", "refused")
    assert "R006" in codes(made, Level.FILE)

    def both(book):
        other_code(book)
        book["Return"]["B5"] = "Camden"

    made = merged(edited(put(tmp_path, "h"), both))
    assert made.row_counts["Apprentices"] == 0
    assert codes(made, Level.ROW).count("R201") == 2


def test_a_missing_sheet_refuses_the_file(tmp_path):
    def edit(book):
        del book["Pledges"]

    made = merged(edited(put(tmp_path, "h"), edit))
    assert (made.boroughs[0].state, made.returns) == ("refused", ())
    assert made.boroughs[0].reason == "The sheet Pledges is missing."


def test_a_csv_called_xlsx_is_told_and_the_rest_merges(tmp_path):
    put(tmp_path, "h")
    (tmp_path / "c.xlsx").write_text("Apprentice,Number\nX,1\n")
    made = merged(tmp_path)
    assert [state.state for state in made.boroughs] == ["accepted"]
    (finding,) = made.findings
    assert (finding.code, finding.place.file) == ("R001", "c.xlsx")
    assert "inside it is a text or CSV file" in finding.message


def test_an_encrypted_workbook_is_told_and_the_rest_merges(tmp_path):
    put(tmp_path, "h")
    (tmp_path / "locked.xlsx").write_bytes(ole(b"x" * 5_000, "EncryptedPackage"))
    made = merged(tmp_path)
    assert [state.state for state in made.boroughs] == ["accepted"]
    assert "is protected with a password" in made.findings[0].message


def test_a_newer_format_is_refused_naming_both_versions(tmp_path):
    made = merged(
        edited(put(tmp_path, "h"), lambda book: book["Return"].__setitem__("B3", "2.0")),
        put(tmp_path, "c", CAMDEN),
    )
    assert [state.name for state in made.boroughs] == ["Camden"]
    (finding,) = made.findings
    assert finding.code == "R003"
    assert "format version 2.0; this program knows versions up to 1.0" in finding.message


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path, monkeypatch):
    path = put(tmp_path, "h")
    put(tmp_path, "c", CAMDEN)
    read_bytes = Path.read_bytes

    def meanwhile(self):
        packed = read_bytes(self)
        if self == path:
            self.write_bytes(packed + b" ")
        return packed

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    made = merged(tmp_path)
    assert [state.name for state in made.boroughs] == ["Camden"]
    assert "was being changed while it was read" in made.findings[0].message


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    put(tmp_path / "a", "return", HACKNEY)
    put(tmp_path / "b", "return", CAMDEN)
    made = merged(tmp_path)
    assert {one.name: one.file for one in made.boroughs} == {
        "Hackney": "a/return.xlsx",
        "Camden": "b/return.xlsx",
    }
    write_merged(made, tmp_path / "out.xlsx")
    rows = read_workbook(tmp_path / "out.xlsx").sheet("Apprentices").rows[1:]
    assert {row[:2] for row in rows} == {
        ("Camden", "b/return.xlsx"),
        ("Hackney", "a/return.xlsx"),
    }


def test_two_names_are_only_as_long_as_it_takes(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    put(tmp_path / "x" / "q3", "return", HACKNEY)
    put(tmp_path / "y" / "q3", "return", CAMDEN)
    put(tmp_path, "single", ("E09000025", "Newham", "NWM"))
    assert sorted(one.file for one in merged(tmp_path).returns) == [
        "single.xlsx",
        "x/q3/return.xlsx",
        "y/q3/return.xlsx",
    ]


def test_a_copy_of_one_name_in_another_folder_changes_no_name(tmp_path):
    path = put(tmp_path / "a", "return", HACKNEY)
    (tmp_path / "b").mkdir()
    shutil.copy(path, tmp_path / "b")
    (one,) = merged(tmp_path).returns
    assert one.file == "return.xlsx"


def test_findings_of_files_of_one_name_are_told_apart_too(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.xlsx").write_text("no workbook")
    assert [f.place.file for f in merged(tmp_path).findings] == ["a/x.xlsx", "b/x.xlsx"]


def test_in_the_list_of_files_those_of_one_name_keep_their_own_fates(tmp_path):
    put(tmp_path / "a", "return", HACKNEY, revision=1)
    put(tmp_path / "b", "return", HACKNEY, 3, revision=2)
    incoming = receiving.add(Incoming(SCHEMA, checks.known_boroughs()), [tmp_path])
    assert {line.file: line.fate for line in receiving.lines(incoming)} == {
        "a/return.xlsx": Fate.REPLACED,
        "b/return.xlsx": Fate.ACCEPTED,
    }
    path = incoming.received[0].path
    (line,) = receiving.lines(receiving.take_away(incoming, path))
    assert line.file == "return.xlsx"


def test_what_is_expected_may_depend_on_the_period_merged(tmp_path):
    put(tmp_path, "h")
    asked: list[Quarter] = []

    def expected(period):
        asked.append(period)
        return [CAMDEN[0]]

    made = merged(tmp_path, expected=expected)
    assert list(map(str, asked)) == ["2026-27 Q3"]
    assert [(one.name, one.state) for one in made.boroughs] == [
        ("Camden", "not received"),
        ("Hackney", "accepted"),
    ]
    asked.clear()
    (tmp_path / "h.xlsx").write_text("no")
    assert merged(tmp_path, expected=expected).boroughs == ()
    assert asked == []


def test_of_a_borough_that_sent_another_period_it_is_said(tmp_path):
    put(tmp_path, "h")
    put(tmp_path, "c", CAMDEN, period=Quarter.parse("2026-27 Q1"))
    made = merged(tmp_path, expected=[CAMDEN[0], "E09000001"])
    assert {one.name: one.reason for one in made.boroughs} == {
        "Camden": "No return for 2026-27 Q3 came in; what it sent is for 2026-27 Q1.",
        "City of London": "No return for 2026-27 Q3 came in.",
        "Hackney": "",
    }


def test_every_state_has_its_reason(tmp_path):
    put(tmp_path, "h1", revision=1, apprentices=1)
    put(tmp_path, "h3", revision=3, borough_name="Camden")
    edited(put(tmp_path, "h2", revision=2), lambda book: book["Apprentices"].__setitem__("F3", 9))
    put(tmp_path, "c1", CAMDEN, 1)
    put(tmp_path, "c2", CAMDEN, 2)
    reasons = {one.name: one.reason for one in merged(tmp_path).boroughs}
    assert reasons["Hackney"] == (
        "1 row is left out of it. Replaces h1.xlsx. Refused beside it: h3.xlsx."
    )
    assert reasons["Camden"].startswith("Camden sent revision 1 for 2026-27 Q3 more than once")


@pytest.mark.parametrize("name", ["sheet names", "whole"])
def test_nothing_is_asked_of_what_is_no_workbook(tmp_path, name):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x05\x06" + b"\0" * 18 if name == "whole" else b"no")
    assert reading.sheet_names(path) == ()
    assert reading.sheet_names(tmp_path / "none.xlsx") == ()
