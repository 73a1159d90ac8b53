"""Broken and hostile files are refused in words or read right, in bounded time and memory.

The files are made by ``hostile``; those that are heavy too have a module of their own.
"""

from __future__ import annotations

import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

import hostile
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import steps
from apprentice_desk.sheets import Area, SheetCells, read_workbook
from hostile import (
    MAIN,
    RELATIONS,
    ods,
    old_cell,
    old_stream,
    ole,
    record,
    sheet,
    xls,
    xlsx,
)

MIB = 1024 * 1024
HEADINGS = ("Name", "Date", "Hours", "Description")


def text_row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{"ABCDEF"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


RECORD = ("Ada King", "05/01/2026", "1.5", "Read")
LOG = text_row(1, *HEADINGS) + text_row(2, *RECORD)
ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell></table:table-row>"
)


@pytest.fixture
def only_sheet(tmp_path) -> Callable[[bytes, str], SheetCells]:
    """Read bytes as a file of this name; give its first sheet."""

    def reading(packed: bytes, name: str = "a.xlsx") -> SheetCells:
        (tmp_path / name).write_bytes(packed)
        return read_workbook(tmp_path / name).sheets[0]

    return reading


# --- refused, in words --------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "workbook with a definition of entities": (
        "a.xlsx",
        lambda: xlsx(
            (
                '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
                + sheet('<row><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')[38:]
            ).encode()
        ),
        "holds instructions to the program",
    ),
    "the same in UTF-16": (
        "a.xlsx",
        lambda: xlsx(f'<!DOCTYPE x SYSTEM "file:///etc/passwd">{sheet(LOG)[38:]}'.encode("utf-16")),
        "holds instructions to the program",
    ),
    "LibreOffice workbook that fetches a file": (
        "a.ods",
        lambda: ods(
            ODS_ROW.format("&c;"), before='<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        ),
        "holds instructions to the program",
    ),
    "LibreOffice workbook encrypted whole": (
        "a.ods",
        lambda: hostile.zipped(
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>"),
            ("encrypted-package", os.urandom(4096)),
        ),
        "is protected with a password",
    ),
    "old workbook with a password": (
        "a.xls",
        lambda: xls([HEADINGS], record(0x002F, b"\1\0\1\0\1\0" + bytes(48))),
        "is protected with a password",
    ),
    "new workbook encrypted": (
        "a.xlsx",
        lambda: ole(os.urandom(5_000), "EncryptedPackage"),
        "is protected with a password",
    ),
    "old workbook cut off": ("a.xls", lambda: xls([HEADINGS])[:3_000], "is damaged"),
    "old workbook of another program": (
        "a.xls",
        lambda: ole(bytes(5_000), "Contents"),
        "is not an Excel workbook",
    ),
    "old workbook whose sectors run in a circle": (
        "a.xls",
        lambda: (found := xls([HEADINGS]))[:520] + struct.pack("<I", 2) + found[524:],
        "is damaged",
    ),
    "old workbook that says it has millions of texts": (
        "a.xls",
        lambda: xls([HEADINGS], record(0x00FC, struct.pack("<II", 1, 2**31 - 1))),
        "is damaged",
    ),
    "old workbook that says it is as large as can be": (
        "a.xls",
        lambda: ole(
            old_stream(
                record(0x0200, struct.pack("<IIHHH", 0, 2**31, 0, 256, 0)) + old_cell(0, 0, 1)
            )
        ),
        "too large to be read",
    ),
    "old workbook with cells at opposite corners": (
        "a.xls",
        lambda: ole(old_stream(old_cell(0, 0, "a") + old_cell(65_535, 65_535, "z"))),
        "too large to be read",
    ),
    "a shared text that there is not": (
        "a.xlsx",
        lambda: xlsx(
            '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
            {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'},
        ),
        "is damaged",
    ),
    "more shared texts announced than there is room": (
        "a.xlsx",
        lambda: xlsx(
            LOG,
            {"xl/sharedStrings.xml": f"<sst xmlns='{MAIN}' uniqueCount = '4294967295'></sst>"},
        ),
        "is damaged",
    ),
    "the same with a number longer than any": (
        "a.xlsx",
        lambda: xlsx(
            LOG,
            {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{"9" * 5_000}"></sst>'},
        ),
        "is damaged",
    ),
    "a cell below all rows that there can be": (
        "a.xlsx",
        lambda: xlsx('<row r="1"><c r="B4294967295"><v>1</v></c><c r="C1"><v>1</v></c></row>'),
        "is damaged",
    ),
    "a row number longer than any": (
        "a.xlsx",
        lambda: xlsx(f'<row r="{"9" * 5_000}"><c ><v>1</v></c></row>'),
        "is too large",
    ),
    "a filled cell repeated with a plus": (
        "a.ods",
        lambda: ods(
            '<table:table-row><table:table-cell table:number-columns-repeated="+99999999"'
            ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        "is too large",
    ),
    "a part that is there twice": (
        "a.xlsx",
        lambda: twice("xl/worksheets/sheet1.xml"),
        "is damaged",
    ),
    "sheets without number": (
        "a.xlsx",
        lambda: xlsx(LOG, {"xl/workbook.xml": book_of(*(f"S{n}" for n in range(1_001)))}),
        "too large to be read",
    ),
    "many sheets that are large together": (
        "a.xlsx",
        lambda: xlsx(
            LOG + '<row r="9999"><c r="ZZ9999"><v>1</v></c></row>',
            {"xl/workbook.xml": book_of("A", "B", "C")},
        ),
        "too large to be read",
    ),
    "two sheets of one name": (
        "a.xlsx",
        lambda: xlsx(LOG, {"xl/workbook.xml": book_of("Log", "Log")}),
        "is damaged",
    ),
    "an encoding that there is not": (
        "a.xlsx",
        lambda: xlsx(LOG, {"xl/workbook.xml": b'<?xml version="1.0" encoding="UTF-0"?><a/>'}),
        "is damaged",
    ),
    "elements without end inside each other": (
        "a.ods",
        lambda: ods("<a>" * 100_000),
        "is damaged",
    ),
    "a length of time beyond all numbers": (
        "a.ods",
        lambda: ods(
            '<table:table-row><table:table-cell office:value-type="time"'
            ' office:time-value="PT99999999999999H0M0S"/></table:table-row>'
        ),
        "is damaged",
    ),
    "CSV with zeros": ("a.csv", lambda: b"Name,Date\nAda\0 King,5/1/2026\n", "not a CSV file that"),
    "UTF-16 that breaks off": (
        "a.csv",
        lambda: "Name,Date\nAda".encode("utf-16")[:-1],
        "not a CSV",
    ),
    "CSV in one line of 10 MiB": ("a.csv", lambda: b"x" * 10 * MIB, "begins in line 1 has no end"),
    "CSV with millions of cells in one line": ("a.csv", lambda: b"x," * 5 * MIB, "too large to be"),
    "CSV with one wide and many short lines": (
        "a.csv",
        lambda: b"1," * 16_000 + b"\n" + b"1\n" * 1_000,
        "too large to be read",
    ),
    "CSV with a quotation mark that is never closed": (
        "a.csv",
        lambda: b'Name,Date\n"Ada King,5/1/2026\nBen Orr,6/1/2026\n',
        "begins in line 2 has no end",
    ),
    "CSV with one that is never closed at its end": (
        "a.csv",
        lambda: b'Name\n"',
        "line 2 has no end",
    ),
}


def twice(name: str) -> bytes:
    parts = [("xl/workbook.xml", book_of("Log")), (name, sheet(LOG)), (name, sheet(""))]
    with warnings.catch_warnings(action="ignore"):  # zipfile says that it is there twice
        return hostile.zipped(*parts)


def book_of(*names: str) -> str:
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r1"/>' for at, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(kind, tmp_path):
    name, make, says = REFUSED[kind]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(Problem, match=says) as raised:
        read_workbook(tmp_path / name)
    assert name in raised.value.what
    assert raised.value.remedy


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_file_cut_off_anywhere_is_refused_in_words(kind, tmp_path):
    whole = {"xlsx": xlsx(LOG), "ods": ods(ODS_ROW.format("x") * 9), "xls": xls([HEADINGS] * 99)}[
        kind
    ]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(whole)
    assert read_workbook(path).sheets[0].rows
    for part in range(1, 58):  # what is left out after that may only fill a sector up
        path.write_bytes(whole[: len(whole) * part // 60])
        with pytest.raises(Problem):
            read_workbook(path)


# --- read right ---------------------------------------------------------------------------------


def test_a_workbook_with_macros_is_read_and_they_are_not(only_sheet):
    macros = {
        "xl/vbaProject.bin": ole(b"Sub Auto_Open()" * 400, "VBA"),
        "xl/macrosheets/x.bin": b"?",
    }
    assert only_sheet(xlsx(LOG, macros), "a.xlsm").rows[1][0] == "Ada King"


def test_what_is_linked_from_elsewhere_is_read_as_it_was_last_seen(only_sheet):
    """The link is never followed: it names a server that would learn of it."""
    linked = {
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships><Relationship Id="r1"'
        ' Target="file://elsewhere/share/a.xlsx" TargetMode="External"/></Relationships>',
    }
    cells = '<c r="A1"><f>[1]Sheet1!A1</f></c><c r="B1"><f>[1]Sheet1!B1</f><v>7.5</v></c>'
    found = only_sheet(xlsx(f'<row r="1">{cells}</row>', linked))
    assert found.rows == ((None, 7.5),)
    assert found.unread == {(1, 1): "a formula that was never worked out"}
    assert found.formulas == {(1, 1), (1, 2)}


def test_names_that_lead_out_of_the_zip_lead_nowhere(only_sheet, tmp_path):
    outside = {"../../evil.txt": "x", "/etc/evil.txt": "x", "..\\evil.txt": "x"}
    assert only_sheet(xlsx(LOG, outside)).rows[1][0] == "Ada King"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    assert not (tmp_path.parent.parent / "evil.txt").exists()


@pytest.mark.parametrize("says", ["A1:XFD1048576", "A1", "B9:A1"])
def test_what_a_sheet_says_of_its_size_is_not_believed(says, only_sheet):
    rows = sheet(LOG, f'<dimension ref="{says}"/>')
    assert [row[0] for row in only_sheet(xlsx(rows.encode())).rows] == ["Name", "Ada King"]


def test_days_counted_from_1904_are_the_days_that_were_typed(only_sheet):
    cell = '<row r="1"><c r="A1" s="1"><v>44567</v></c></row>'
    since_1904 = only_sheet(xlsx(cell, about='<workbookPr date1904="1"/>'))
    assert since_1904.rows == ((date(2026, 1, 7),),)
    assert only_sheet(xlsx(cell)).rows == ((date(2022, 1, 6),),)
    old = record(0x0203, struct.pack("<HHHd", 0, 0, 1, 44_567.0))
    found = only_sheet(ole(old_stream(old, record(0x0022, b"\1\0"))), "a.xls")
    assert found.rows == ((date(2026, 1, 7),),)


def test_merged_cells_hold_their_value_once_and_hidden_ones_are_read(tmp_path):
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("Hidden")
    shown.append(["Group", None, None])
    shown.append(["Name", "Date", "Hours"])
    shown.append(["Ada King", datetime(2026, 1, 5), 1.5])
    shown.merge_cells("A1:C1")
    shown.row_dimensions[3].hidden = True
    shown.column_dimensions["C"].hidden = True
    hidden.append(["x"])
    hidden.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx").sheets
    assert first.rows == (
        ("Group", None, None),
        ("Name", "Date", "Hours"),
        ("Ada King", date(2026, 1, 5), 1.5),
    )
    assert first.merged == (Area(1, 1, 1, 3),)
    assert first.hidden_columns == {3}
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_errors_and_formulas_of_an_old_workbook_are_told_from_typed_cells(only_sheet):
    cells = (
        old_cell(0, 0, "Hours")
        + hostile.old_error(1, 0)
        + hostile.old_formula(2, 0, struct.pack("<d", 5.0))
        + hostile.old_formula(3, 0, b"\x02\0\x17\0\0\0\xff\xff")  # #REF!
    )
    found = only_sheet(ole(old_stream(cells)), "a.xls")
    assert [row[0] for row in found.rows] == ["Hours", None, 5]
    assert found.unread == {
        (2, 1): "the error #N/A in place of a value",
        (4, 1): "the error #REF! in place of a value",
    }
    assert found.formulas == {(3, 1), (4, 1)}


def test_numbers_that_are_none_stay_text_for_a_person_to_see(only_sheet):
    cells = (
        '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>x</v></c></row>'
    )
    assert only_sheet(xlsx(cells)).rows == (("inf", "nan", "x"),)


def test_a_text_of_two_million_characters_is_cut_where_nothing_has_room_for_more(only_sheet):
    found = only_sheet(xlsx(text_row(1, "x" * 2_000_000, "y")))
    assert [len(cell) for cell in found.rows[0]] == [32_768, 1]


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_wide_text_is_read_with_its_mark_and_without(mark, only_sheet):
    text = "Name,Date\nZoë Król,5/1/2026\n"
    assert only_sheet(mark + text.encode("utf-16-le"), "a.csv").rows[1][0] == "Zoë Król"
    mark = mark[::-1]
    assert only_sheet(mark + text.encode("utf-16-be"), "a.csv").rows[1][0] == "Zoë Król"


def test_lines_pasted_from_files_of_two_kinds_are_each_read_in_their_own(only_sheet):
    packed = "Zoë,£1\n".encode() + "Chloë,£2\n".encode("cp1252") + "Król,3\n".encode()
    assert only_sheet(packed, "a.csv").rows == (("Zoë", "£1"), ("Chloë", "£2"), ("Król", "3"))


def test_quotation_marks_inside_a_cell_are_only_that(only_sheet):
    packed = b'Name,Size\n"Ada ""A"" King","5"\nBen,a 5" screen\n'
    assert only_sheet(packed, "a.csv").rows[1:] == (('Ada "A" King', "5"), ("Ben", 'a 5" screen'))


# --- and on through the import ------------------------------------------------------------------


def test_an_import_refuses_rows_whose_cells_are_lost_and_keeps_the_others(tmp_path):
    rows = (
        LOG
        + '<row r="3"><c r="A3" t="inlineStr"><is><t>Ada King</t></is></c><c r="B3" t="e">'
        + '<v>#REF!</v></c><c r="C3"><v>2</v></c></row>'
    )
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows))
    journey = steps.choose(steps.begin("hours"), tmp_path / "a.xlsx")
    assert journey.table is not None
    assert journey.table.lost == {(3, 2): "the error #REF! in place of a value"}
    assert len(journey.table.rows) == 2


def test_the_makers_of_files_make_good_ones_too(tmp_path):
    """Else every refusal above might be for another reason."""
    for name, packed in (("a.xlsx", xlsx(LOG)), ("a.ods", ods(ODS_ROW.format("x")))):
        (tmp_path / name).write_bytes(packed)
        assert zipfile.is_zipfile(tmp_path / name)
        assert read_workbook(tmp_path / name).sheets[0].rows
    (tmp_path / "a.xls").write_bytes(xls([HEADINGS, ("Zoë", 1, 2.5, None)]))
    assert read_workbook(tmp_path / "a.xls").sheets[0].rows == (HEADINGS, ("Zoë", 1, 2.5, None))
