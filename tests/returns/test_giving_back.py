"""What goes back to the boroughs: their own workbooks with the cells marked, and receipts."""

from __future__ import annotations

import json
import os
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import giving_back, receipts, workbook
from apprentice_desk.returns.giving_back import CONTENTS, folder_for, write_all
from apprentice_desk.returns.merge import find_files, merge
from apprentice_desk.returns.merged_workbook import WRITING
from apprentice_desk.returns.schema import load
from apprentice_desk.sheets import folders, read_workbook
from apprentice_desk.sheets.marking import write_marked
from returns.making import CAMDEN, HACKNEY, content, full_content

SCHEMA = load()
FINDINGS = "Hackney 2026-27 Q3 - findings.xlsx"
RECEIPT = "Hackney 2026-27 Q3 - receipt.json"


def put(folder: Path, name: str, borough=HACKNEY, apprentices=2, **changes) -> Path:
    path = folder / f"{name}.xlsx"
    workbook.write(full_content(borough, apprentices, **changes), SCHEMA, path)
    return path


def spoilt(path: Path, sheet: str = "Apprentices", cell: str = "F3", value: object = 9) -> Path:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


def merged(*paths: Path, **more):
    return merge(paths, schema=SCHEMA, **more)


@pytest.fixture
def incoming(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "merged.xlsx"


def names(out: Path) -> list[str]:
    return sorted(path.name for path in folder_for(out).iterdir())


def bytes_of(out: Path) -> dict[str, bytes]:
    every = [out, *folder_for(out).iterdir()]
    return {path.name: path.read_bytes() for path in every}


def test_every_borough_has_a_receipt_and_those_with_findings_their_workbook(incoming, out):
    put(incoming, "c", CAMDEN)
    spoilt(put(incoming, "h"))
    written = write_all(merged(incoming), out)
    assert written.folder.name == "merged - for the boroughs"
    assert names(out) == sorted(["Camden 2026-27 Q3 - receipt.json", FINDINGS, RECEIPT, CONTENTS])
    receipt = receipts.read(written.folder / RECEIPT)
    assert (receipt.state, receipt.left_out) == ("accepted in part", 1)
    assert out.is_file()


def test_the_marked_workbook_is_the_boroughs_own_with_fill_and_note(incoming, out):
    path = spoilt(put(incoming, "h"))
    write_all(merged(path), out)
    theirs = openpyxl.load_workbook(folder_for(out) / FINDINGS)
    own = openpyxl.load_workbook(path)
    assert theirs.sheetnames == [*own.sheetnames, "Findings"]
    cell = theirs["Apprentices"]["F3"]
    assert cell.value == 9
    assert cell.fill.fgColor.rgb == "00FCE4B0"
    assert "Row left out: " in cell.comment.text
    assert "(R103)" in cell.comment.text
    untouched = theirs["Apprentices"]["F2"]
    assert untouched.comment is None
    assert untouched.fill.fill_type is None
    assert list(theirs["Apprentices"].tables) == list(own["Apprentices"].tables)
    lists = [one.sqref for one in own["Apprentices"].data_validations.dataValidation]
    assert [one.sqref for one in theirs["Apprentices"].data_validations.dataValidation] == lists
    assert theirs["Return"].protection.sheet
    heading = theirs["Apprentices"]["A1"].comment
    assert heading.text == own["Apprentices"]["A1"].comment.text
    with zipfile.ZipFile(folder_for(out) / FINDINGS) as archive:
        notes = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".vml")]
    assert all("width:300px" in text and "width:144px" not in text for text in notes)
    rows = list(theirs["Findings"].values)
    assert rows[0][0] == "Level"
    assert ("Row left out", "h.xlsx", "Apprentices", 3, "F") in [row[:5] for row in rows]


def test_what_is_wrong_with_the_sheet_return_is_marked_beside_its_item(incoming, out):
    write_all(merged(spoilt(put(incoming, "h"), "Return", "B5", "Camden")), out)
    sheet = openpyxl.load_workbook(folder_for(out) / FINDINGS)["Return"]
    assert sheet["A5"].value == "Borough"
    assert "File refused" in sheet["B5"].comment.text


def test_a_conflict_gives_both_back(incoming, out):
    paths = put(incoming, "a", revision=2), put(incoming, "b", revision=2, apprentices=3)
    write_all(merged(*paths), out)
    assert names(out) == sorted([
        "Hackney 2026-27 Q3 - findings (1 of 2).xlsx",
        "Hackney 2026-27 Q3 - findings (2 of 2).xlsx",
        RECEIPT,
        CONTENTS,
    ])  # fmt: skip
    first = read_workbook(folder_for(out) / "Hackney 2026-27 Q3 - findings (1 of 2).xlsx")
    assert "more than once" in first.sheet("Findings").rows[1][7]


def test_one_that_is_replaced_or_without_findings_is_not_given_back(incoming, out):
    spoilt(put(incoming, "old", revision=1))
    put(incoming, "new", revision=2)
    write_all(merged(incoming), out)
    assert names(out) == sorted([RECEIPT, CONTENTS])


def test_text_that_could_be_a_formula_stays_text(incoming, out):
    spoilt(put(incoming, "h"))
    book = openpyxl.load_workbook(incoming / "h.xlsx")
    cell = book["Barriers"]["B2"]
    cell.value = "=HYPERLINK(1)"
    cell.data_type = "s"
    book["Apprentices"]["F3"] = "=x"
    book["Apprentices"]["F3"].data_type = "s"
    book.save(incoming / "h.xlsx")
    write_all(merged(incoming), out)
    for path, sheet, at in (
        (out, "Barriers", "E2"),
        (out, "Findings", "G3"),
        (folder_for(out) / FINDINGS, "Barriers", "B2"),
        (folder_for(out) / FINDINGS, "Apprentices", "F3"),
        (folder_for(out) / FINDINGS, "Findings", "G3"),
    ):
        cell = openpyxl.load_workbook(path)[sheet][at]
        assert str(cell.value).startswith("="), (path.name, sheet, at)
        assert cell.data_type == "s", (path.name, sheet, at)


def test_a_source_that_is_no_xlsx_gets_one_with_the_same_cells(incoming, out):
    path = put(incoming, "h")
    book = read_workbook(spoilt(path))
    source = incoming / "by hand.ods"
    write_ods(source, book)
    path.unlink()
    write_all(merged(source), out)
    theirs = openpyxl.load_workbook(folder_for(out) / FINDINGS)
    assert "(R103)" in theirs["Apprentices"]["F3"].comment.text
    again = read_workbook(folder_for(out) / FINDINGS)
    assert [sheet.rows for sheet in again.sheets][:-1] == [
        sheet.rows for sheet in read_workbook(source).sheets
    ]
    assert theirs["Apprentices"]["L2"].number_format == "dd/mm/yyyy"


def test_text_of_another_kind_of_file_stays_text_too(incoming, out):
    path = spoilt(put(incoming, "h"), "Barriers", "B2", "x")
    book = read_workbook(path)
    sheets = [
        replace(sheet, rows=tuple(tuple("=1+1" if c == "x" else c for c in r) for r in sheet.rows))
        for sheet in book.sheets
    ]
    write_ods(incoming / "by hand.ods", replace(book, sheets=tuple(sheets)))
    path.unlink()
    write_all(merged(incoming), out)
    cell = openpyxl.load_workbook(folder_for(out) / FINDINGS)["Barriers"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def write_ods(path: Path, book) -> None:
    """Write the cells of a workbook as LibreOffice would, as far as a reader can tell."""
    from datetime import date, datetime
    from xml.sax.saxutils import escape, quoteattr

    def cell(value) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = "office:value-type"
        if isinstance(value, datetime | date):
            return f'<table:table-cell {kind}="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell {kind}="float" office:value="{value}"/>'
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell {kind}="string">{text}</table:table-cell>'

    tables = "".join(
        f"<table:table table:name={quoteattr(sheet.name)}>"
        + "".join(
            f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in sheet.rows
        )
        + "</table:table>"
        for sheet in book.sheets
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )


def test_a_borough_sends_the_marked_workbook_again_once_it_is_put_right(incoming, out, tmp_path):
    write_all(merged(spoilt(put(incoming, "h"))), out)
    path = tmp_path / "put right.xlsx"
    path.write_bytes((folder_for(out) / FINDINGS).read_bytes())
    spoilt(path, value=4)
    spoilt(path, "Return", "B9", 2)
    made = merged(path, incoming / "h.xlsx")
    (state,) = made.boroughs
    assert (state.file, state.left_out, state.replaced) == ("put right.xlsx", 0, ("h.xlsx",))
    assert "R016" not in [finding.code for finding in made.findings]


def test_marks_of_an_earlier_time_are_taken_out(incoming, out, tmp_path):
    write_all(merged(spoilt(put(incoming, "h"))), out)
    path = tmp_path / "h.xlsx"
    path.write_bytes((folder_for(out) / FINDINGS).read_bytes())
    spoilt(path, value=4)
    spoilt(path, cell="F2", value=99)
    write_all(merged(path), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(folder_for(tmp_path / "m.xlsx") / FINDINGS)
    assert book.sheetnames.count("Findings") == 1
    assert book["Apprentices"]["F3"].comment is None
    assert book["Apprentices"]["F3"].fill.fill_type is None
    assert "(R103)" in book["Apprentices"]["F2"].comment.text


def take_zone() -> None:
    """Have the zone of TZ hold; Windows has one for all programs, and it stays."""
    if sys.platform != "win32":
        time.tzset()


def test_the_same_set_gives_the_same_bytes_at_another_time(incoming, out, tmp_path, monkeypatch):
    put(incoming, "c", CAMDEN)
    spoilt(put(incoming, "h"))
    paths = list(incoming.iterdir())
    write_all(merged(*paths), out)
    before = bytes_of(out)
    for path in paths:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    take_zone()
    moments = iter(range(2_000_000_000, 2_100_000_000))
    monkeypatch.setattr(time, "time", lambda: float(next(moments)))
    try:
        (tmp_path / "other").mkdir()
        other = tmp_path / "other" / "merged.xlsx"
        write_all(merged(*reversed(paths), *paths), other)
    finally:
        monkeypatch.undo()
        take_zone()
    assert bytes_of(other) == before


def test_writing_again_replaces_what_a_merge_wrote_and_keeps_what_others_put_there(incoming, out):
    spoilt(put(incoming, "h"))
    write_all(merged(incoming), out)
    (folder_for(out) / "notes.txt").write_text("call them")
    (folder_for(out) / "old").mkdir()
    (folder_for(out) / "old" / "x.txt").write_text("x")
    put(incoming, "h")
    write_all(merged(incoming), out)
    assert names(out) == sorted([RECEIPT, CONTENTS, "notes.txt", "old"])
    assert (folder_for(out) / "old" / "x.txt").read_text() == "x"
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_somebody_changed_there_is_not_lost(incoming, out):
    spoilt(put(incoming, "h"))
    write_all(merged(incoming), out)
    (folder_for(out) / FINDINGS).write_text("mine")
    before = bytes_of(out)
    with pytest.raises(Problem, match="was changed since it was written"):
        write_all(merged(incoming), out)
    assert bytes_of(out) == before
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("text", [None, "no json", '{"format": "other"}', '{"format": []}', "[]"])
def test_a_folder_that_no_merge_wrote_is_left_as_it_is(incoming, out, text):
    put(incoming, "h")
    folder_for(out).mkdir()
    (folder_for(out) / "mine.txt").write_text("mine")
    if text is not None:
        (folder_for(out) / CONTENTS).write_text(text)
    with pytest.raises(Problem, match="was not written by a merge"):
        write_all(merged(incoming), out)
    assert not out.exists()
    assert (folder_for(out) / "mine.txt").read_text() == "mine"


def test_a_file_in_the_folders_place_is_left_as_it_is(incoming, out):
    put(incoming, "h")
    folder_for(out).write_text("mine")
    with pytest.raises(Problem, match="was not written by a merge"):
        write_all(merged(incoming), out)
    assert folder_for(out).read_text() == "mine"


def test_an_empty_folder_may_be_filled(incoming, out):
    put(incoming, "h")
    folder_for(out).mkdir()
    write_all(merged(incoming), out)
    assert RECEIPT in names(out)


def test_no_return_and_nothing_foreign_is_overwritten(incoming, out, tmp_path):
    path = put(incoming, "h")
    other = put(tmp_path, "another return", CAMDEN)
    before = other.read_bytes()
    with pytest.raises(Problem, match="is no merged workbook"):
        write_all(merged(path), other)
    assert other.read_bytes() == before
    with pytest.raises(Problem, match="one of the files that are read"):
        write_all(merged(path), path, [path])
    assert [one.name for one in tmp_path.iterdir() if "boroughs" in one.name] == []


def test_what_was_given_back_is_not_read_as_a_return_unless_it_was_changed(incoming):
    spoilt(put(incoming, "h"))
    out = incoming / "merged.xlsx"
    write_all(merged(incoming), out)
    found = find_files([incoming], leaving_out=[out])
    assert [path.name for path in found] == ["h.xlsx"]
    spoilt(folder_for(out) / FINDINGS, value=4)
    found = find_files([incoming], leaving_out=[out])
    assert [path.name for path in found] == ["h.xlsx", FINDINGS]


def test_a_return_that_changed_since_it_was_read_stops_the_writing(incoming, out):
    path = spoilt(put(incoming, "h"))
    made = merged(path)
    spoilt(path, value=8)
    with pytest.raises(Problem, match=r"“h.xlsx” has changed since it was read"):
        write_all(made, out)
    path.unlink()
    with pytest.raises(Problem, match="was not found"):
        write_all(made, out)
    assert list(out.parent.iterdir()) == []


def test_stopped_half_way_it_leaves_what_was_there(incoming, out):
    put(incoming, "h")
    write_all(merged(incoming), out)
    before = bytes_of(out)
    put(incoming, "c", CAMDEN)
    progress = Progress(lambda _done, _total, _doing: progress.stop())
    with pytest.raises(Cancelled):
        write_all(merged(incoming), out, progress=progress)
    assert bytes_of(out) == before
    assert sorted(path.name for path in out.parent.iterdir()) == [
        "merged - for the boroughs",
        "merged.xlsx",
    ]


def test_stopped_among_the_rows_of_the_workbook_it_leaves_what_was_there(incoming, out):
    put(incoming, "h")
    write_all(merged(incoming), out)
    before = bytes_of(out)
    put(incoming, "c", CAMDEN)
    made, told = merged(incoming), []

    class StopsWhileWriting(Progress):
        def step(self, done, total, doing):
            if doing == WRITING:
                told.append((done, total))
                self.stop()
            super().step(done, total, doing)

    with pytest.raises(Cancelled):
        write_all(made, out, progress=StopsWhileWriting())
    assert told == [(0, sum(made.row_counts.values()))]
    assert bytes_of(out) == before


def test_if_the_workbook_cannot_take_its_place_the_folder_comes_back(incoming, out, monkeypatch):
    put(incoming, "h")
    write_all(merged(incoming), out)
    before = bytes_of(out)
    put(incoming, "c", CAMDEN)
    made = merged(incoming)
    into = Path.replace

    def shut(self, target):
        if Path(target) == out:
            raise PermissionError
        return into(self, target)

    monkeypatch.setattr(Path, "replace", shut)
    with pytest.raises(Problem, match=r"“merged.xlsx” was not saved"):
        write_all(made, out)
    assert bytes_of(out) == before
    assert len(list(out.parent.iterdir())) == 2


def test_if_the_folder_cannot_take_its_place_nothing_does(incoming, out, monkeypatch):
    put(incoming, "h")
    write_all(merged(incoming), out)
    before = bytes_of(out)
    put(incoming, "c", CAMDEN)
    made = merged(incoming)
    rename = Path.rename

    def shut(self, target):
        if " new " in self.name:
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", shut)
    with pytest.raises(Problem, match="was left as it was"):
        write_all(made, out)
    assert bytes_of(out) == before


def test_where_the_former_folder_cannot_come_back_it_is_said(tmp_path, monkeypatch):
    folder = tmp_path / "f"
    folder.mkdir()
    swap = folders.FolderSwap(folder)
    swap.put_in_place()

    def shut(self, target):
        raise PermissionError

    monkeypatch.setattr(Path, "rename", shut)
    with pytest.raises(Problem, match="is new already, but what belongs to it was not saved"):
        swap.put_back()


def test_a_swap_that_was_cut_off_is_taken_back_by_the_next_one(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "x").write_text("former")
    swap = folders.FolderSwap(folder)
    folder.rename(swap._former)  # and there the program was ended
    folders.FolderSwap(folder).put_back()
    assert (folder / "x").read_text() == "former"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_without_a_folder_to_save_in_it_is_said(tmp_path):
    with pytest.raises(Problem, match="was not found, or may not be written to"):
        folders.FolderSwap(tmp_path / "none" / "f")


def test_the_contents_name_the_merged_workbook_that_they_belong_to(incoming, out):
    put(incoming, "h")
    write_all(merged(incoming), out)
    found = json.loads((folder_for(out) / CONTENTS).read_text("utf-8"))
    assert found["merged"] == {"file": "merged.xlsx", "digest": giving_back._digest(out)}
    assert list(found["files"]) == [RECEIPT]


def test_a_merge_in_which_nothing_stands_still_says_what_was_found(incoming, out):
    spoilt(put(incoming, "h"), "Return", "B5", "Camden")
    write_all(merged(incoming, expected=[CAMDEN[0]]), out)
    assert names(out) == sorted([FINDINGS, RECEIPT, CONTENTS])
    assert read_workbook(out).sheet("Picture").rows[0][0] == "Part"


def test_a_mark_on_joined_cells_stands_on_the_first(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "S"
    book.active["A1"] = "x"
    book.active.merge_cells("A1:B2")
    path = tmp_path / "j.xlsx"
    book.save(path)
    added = giving_back.findings_spec([])
    digest = read_workbook(path).digest
    write_marked(path, digest, tmp_path / "m.xlsx", {"s": {(2, 2): "why"}, "none": {}}, added)
    marked = openpyxl.load_workbook(tmp_path / "m.xlsx")["S"]
    assert marked["A1"].comment.text == "why"


def test_a_row_is_marked_in_its_first_cell_where_the_column_is_missing(incoming, out):
    book = openpyxl.load_workbook(put(incoming, "h"))
    book["Pledges"].delete_cols(2)
    book["Pledges"].tables.clear()
    book.save(incoming / "h.xlsx")
    write_all(merged(incoming), out)
    assert FINDINGS in names(out)


def test_the_sheet_return_may_be_missing_altogether(incoming, out):
    made = merged(spoilt(put(incoming, "h")))
    assert giving_back._labels(incoming / "h.xlsx", made)
    openpyxl.Workbook().save(incoming / "x.xlsx")
    assert giving_back._labels(incoming / "x.xlsx", made) == {}


def test_a_workbook_that_openpyxl_minds_is_made_anew(tmp_path, monkeypatch):
    path = put(tmp_path, "h")

    def minds(*_args, **_more):
        raise ValueError

    monkeypatch.setattr(openpyxl, "load_workbook", minds)
    digest = read_workbook(path).digest
    added = giving_back.findings_spec([])
    write_marked(path, digest, tmp_path / "m.xlsx", {"Apprentices": {(3, 6): "why"}}, added)
    monkeypatch.undo()
    marked = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert marked["Apprentices"]["F3"].comment.text == "why"
    assert marked["Lists"].sheet_state == "hidden"


def test_a_workbook_of_hidden_sheets_alone_shows_its_first(tmp_path):
    from apprentice_desk.sheets import SheetCells, Workbook, marking

    made = marking._made_anew(Workbook("x", (SheetCells("S", (("a",),), is_hidden=True),)))
    assert made["S"].sheet_state == "visible"


def test_content_is_full(incoming, out):
    """The rows of every sheet reach the merged workbook, each with where it came from."""
    put(incoming, "h")
    write_all(merged(incoming), out)
    book = read_workbook(out)
    made = full_content()
    for sheet in SCHEMA.sheets:
        rows = book.sheet(sheet.name).rows
        assert rows[0][:3] == ("Borough", "Source file", "Source row")
        assert len(rows) == 1 + len(made.lines(sheet.resource)) > 1
        assert {row[:2] for row in rows[1:]} == {("Hackney", "h.xlsx")}
    assert content().header == made.header
