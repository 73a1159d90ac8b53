"""What goes into a workbook comes out of it as it was, and no file does harm."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import sheets
from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets import ColumnSpec, SheetSpec, cell_name, column_letter, read_workbook
from apprentice_desk.sheets.describing import written_text

COLUMNS = (
    ColumnSpec("Text", note="A rule."),
    ColumnSpec("Whole", "integer"),
    ColumnSpec("Money", "money"),
    ColumnSpec("Hours", "hours"),
    ColumnSpec("Day", "date"),
    ColumnSpec("At", "instant"),
    ColumnSpec("Yes", "yes-no", choices=("Yes", "No")),
    ColumnSpec("List", choices=("one", "two")),
)
ROW = (
    "=1+1",
    4,
    Decimal("1234.50"),
    Decimal("686.73"),
    date(2026, 4, 3),
    datetime(2026, 4, 3, 10, 11, 12, tzinfo=UTC),
    True,
    "two",
)
WRITERS = [sheets.write_workbook, sheets.write_long_workbook]


def spec(rows=(ROW,), **more) -> SheetSpec:
    return SheetSpec("Main", COLUMNS, rows, **more)


@pytest.mark.parametrize("write", WRITERS)
def test_typed_values_come_back_as_they_were(write, tmp_path):
    path = tmp_path / "a.xlsx"
    write(path, [spec()])
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows == (
        tuple(column.heading for column in COLUMNS),
        (
            "=1+1",
            4,
            1234.5,
            686.73,
            date(2026, 4, 3),
            datetime(2026, 4, 3, 10, 11, 12),
            "Yes",
            "two",
        ),
    )


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("x")', "007", "1e5", "TRUE"]
)
def test_text_never_becomes_a_formula_or_a_number(write, text, tmp_path):
    path = tmp_path / "a.xlsx"
    write(path, [SheetSpec("Main", (ColumnSpec("Text"),), [(text,)])])
    assert read_workbook(path).sheets[0].rows[1] == (text,)
    assert sheets.formula_cells(path, "Main") == frozenset()
    assert openpyxl.load_workbook(path)["Main"]["A2"].data_type == "s"


def test_a_text_that_looks_like_a_formula_carries_the_mark_that_keeps_it_text(tmp_path):
    sheets.write_workbook(tmp_path / "a.xlsx", [spec()])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Main"]["A2"].quotePrefix


@pytest.mark.parametrize("write", WRITERS)
@given(text=st.text(max_size=60))
def test_any_text_comes_back_but_for_what_xml_refuses(write, text, tmp_path_factory):
    path = tmp_path_factory.mktemp("text") / "a.xlsx"
    write(path, [SheetSpec("Main", (ColumnSpec("Text"), ColumnSpec("B")), [(text, "x")])])
    kept = written_text(text)
    assert read_workbook(path).sheets[0].rows[1][0] == (kept if kept.strip() else None)


@pytest.mark.parametrize("write", WRITERS)
def test_blank_is_blank_and_zero_is_zero(write, tmp_path):
    path = tmp_path / "a.xlsx"
    write(path, [SheetSpec("Main", COLUMNS, [("", 0, Decimal(0), None, None, None, False, None)])])
    assert read_workbook(path).sheets[0].rows[1] == (None, 0, 0, None, None, None, "No", None)


def test_a_text_too_long_for_a_cell_is_refused_in_words(tmp_path):
    with pytest.raises(Problem, match="too long for a cell"):
        sheets.write_workbook(tmp_path / "a.xlsx", [SheetSpec("M", COLUMNS[:1], [("x" * 32_768,)])])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", ["write_workbook", "write_long_workbook"])
def test_equal_content_gives_equal_bytes_in_another_process(write, tmp_path):
    """Another hash seed and another moment: both have crept into saved files before."""
    program = (
        "import sys; from apprentice_desk import sheets as s;"
        "c=(s.ColumnSpec('A',note='n',choices=('x','y')),s.ColumnSpec('B',choices=('p','q')));"
        f"s.{write}(sys.argv[1],[s.SheetSpec('Main',c,[('x','q')],table_name='Main')],title='T')"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / f"{seed}.xlsx")],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.parametrize("write", WRITERS)
def test_no_time_of_saving_and_no_person_is_left_in_the_file(write, tmp_path):
    path = tmp_path / "a.xlsx"
    write(path, [spec()], made_at=datetime(2027, 1, 8, 9, 30, tzinfo=UTC))
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified == datetime(2027, 1, 8, 9, 30)
    assert {properties.creator, properties.lastModifiedBy} <= {"Apprentice Desk", None}


def test_rows_become_a_table_and_headings_alone_do_not(tmp_path):
    """Excel calls a file with a table of headings alone damaged."""
    full, empty = tmp_path / "full.xlsx", tmp_path / "empty.xlsx"
    sheets.write_workbook(full, [spec(table_name="Main")])
    sheets.write_workbook(empty, [spec(rows=(), table_name="Main")])
    table = openpyxl.load_workbook(full)["Main"].tables["Main"]
    assert table.ref == "A1:H2"
    assert [column.name for column in table.tableColumns] == [c.heading for c in COLUMNS]
    assert not openpyxl.load_workbook(empty)["Main"].tables


def test_lists_notes_formats_and_frozen_headings_are_there(tmp_path):
    sheets.write_workbook(tmp_path / "a.xlsx", [spec(marks={(0, 1): "Too small."})])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    main, lists = book["Main"], book["Lists"]
    assert main.freeze_panes == "A2"
    assert main["A1"].comment.text == "A rule."
    assert main["B2"].comment.text == "Too small."
    assert [main.cell(2, at).number_format for at in range(1, 9)] == [
        "@", "0", "£#,##0.00", "0.00", "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "@", "@",
    ]  # fmt: skip
    rules = {str(rule.sqref): rule.formula1 for rule in main.data_validations.dataValidation}
    assert rules == {"G2:G1002": "Lists!$A$2:$A$3", "H2:H1002": "Lists!$B$2:$B$3"}
    assert [cell.value for cell in lists["B"]] == ["List", "one", "two"]
    assert lists.sheet_state == "hidden"
    assert lists.protection.sheet
    assert not main.protection.sheet


def test_on_a_protected_sheet_only_what_is_not_locked_can_be_typed_in(tmp_path):
    columns = (ColumnSpec("Item"), ColumnSpec("Value", is_locked=False))
    protected = SheetSpec(
        "Return",
        columns,
        [("Sample", True)],
        is_protected=True,
        cells={(0, 1): ColumnSpec("Sample", "yes-no", is_locked=False, choices=("Yes", "No"))},
    )
    sheets.write_workbook(tmp_path / "a.xlsx", [protected])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Return"]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["B2"].protection.locked
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B2"


def test_a_failed_save_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("before")

    def rows():
        yield ROW
        raise RuntimeError("broke off")

    with pytest.raises(RuntimeError):
        sheets.write_long_workbook(path, [spec(rows())])
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named_in_words(tmp_path):
    with pytest.raises(Problem, match=r"was not saved: the folder .* was not found"):
        sheets.write_workbook(tmp_path / "none" / "a.xlsx", [spec()])


def raw_book(tmp_path: Path, fill, name: str = "raw.xlsx") -> Path:
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(tmp_path / name)
    return tmp_path / name


def test_what_people_type_is_read_as_the_narrowest_type(tmp_path):
    def fill(sheet):
        sheet["B3"] = 12.0
        sheet["C3"] = 0.1 + 0.2
        sheet["D3"] = True
        sheet["E3"] = datetime(2026, 4, 3)
        sheet["F3"] = datetime(2026, 4, 3, 9, 30)
        sheet["G3"] = timedelta(hours=30, minutes=30)
        sheet["H3"] = time(7, 30)
        sheet["I3"] = " \u00a0x "
        sheet["J5"] = ""

    sheet = read_workbook(raw_book(tmp_path, fill)).sheets[0]
    assert len(sheet.rows) == 3
    assert sheet.rows[2][1:9] == (
        12,
        0.3,
        True,
        date(2026, 4, 3),
        datetime(2026, 4, 3, 9, 30),
        timedelta(hours=30, minutes=30),
        time(7, 30),
        " \u00a0x ",
    )
    assert isinstance(sheet.rows[2][1], int)
    assert sheet.row_number(2) == 3


def test_formulas_and_errors_are_told_from_typed_cells(tmp_path):
    def fill(sheet):
        sheet["A1"] = 1
        sheet["B1"] = "=A1+1"
        sheet["AB20"] = "#N/A"

    path = raw_book(tmp_path, fill)
    assert sheets.formula_cells(path, "Sheet") == {(1, 2)}
    sheet = read_workbook(path).sheets[0]
    assert sheet.unread == {
        (1, 2): "a formula that was never worked out",
        (20, 28): "the error #N/A in place of a value",
    }


@pytest.mark.parametrize(
    ("packed", "rows"),
    [
        (b"\xef\xbb\xbfa,b\r\n1,\xc2\xa32\r\n\r\n", (("a", "b"), ("1", "£2"))),
        (b"a;b\n1,5;2\n", (("a", "b"), ("1,5", "2"))),
        (b"a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
        ("a,b\n1,2".encode("utf-16"), (("a", "b"), ("1", "2"))),
        (b"a,b\n\xa31,x\x92s\n", (("a", "b"), ("£1", "x’s"))),
        (b'sep=;\r\na;b\r\n"x\r\ny";\r\n', (("a", "b"), ("x\r\ny", None))),
        (b"a,b\n1\n", (("a", "b"), ("1", None))),
    ],
)
def test_csv_is_read_whatever_its_letters_and_marks(packed, rows, tmp_path):
    (tmp_path / "a.csv").write_bytes(packed)
    book = read_workbook(tmp_path / "a.csv")
    assert book.sheets[0].rows == rows
    assert sheets.formula_cells(tmp_path / "a.csv", "a") == frozenset()


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (b"\x00\x01\x81\x8d", "is not a CSV file that can be read"),
        (b"a,b\x81\x8d", "is not a CSV file that can be read"),
        (b"PK\x03\x04", "is a workbook, not a CSV file"),
        (b" , \n,,\n".replace(b" ", b""), "holds no rows"),
        (b'a,"' + b"x" * 200_000, "is damaged"),
    ],
)
def test_a_csv_that_cannot_be_read_says_why(packed, says, tmp_path):
    (tmp_path / "a.csv").write_bytes(packed)
    with pytest.raises(Problem, match=says):
        read_workbook(tmp_path / "a.csv")


TABLE = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Main">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(path: Path, *rows: str, manifest: str = "<manifest/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", TABLE.format(rows="".join(rows)))
    return path


def ods_row(*cells: str, repeats: int = 1) -> str:
    repeated = f'table:number-rows-repeated="{repeats}"'
    return f"<table:table-row {repeated}>{''.join(cells)}</table:table-row>"


def ods_cell(value: int, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def test_a_libreoffice_workbook_is_read_like_any_other(tmp_path):
    path = ods(
        tmp_path / "a.ods",
        ods_row(ods_cell(1), ods_cell(2, 'table:formula="of:=[.A1]+1"')),
        ods_row("<table:table-cell/>", repeats=2),
        ods_row(
            '<table:table-cell office:value-type="time" office:time-value="PT30H15M00S"/>',
            '<table:table-cell office:value-type="string" calcext:value-type="error">'
            "<text:p>#N/A</text:p></table:table-cell>",
        ),
        ods_row("<table:table-cell/>", repeats=1_048_572),
    )
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows[0] == (1, 2)
    assert sheet.rows[3][0] == timedelta(hours=30, minutes=15)
    assert sheet.unread == {(4, 2): "the error #N/A in place of a value"}
    assert sheets.formula_cells(path, "Main") == {(1, 2)}
    assert sheets.formula_cells(path, "Other") == frozenset()


def test_a_filled_cell_repeated_over_a_whole_sheet_is_refused(tmp_path):
    repeated = ods_cell(1, 'table:number-columns-repeated="16384"')
    for path in (
        ods(tmp_path / "a.ods", ods_row(repeated, repeats=1_048_576)),
        ods(tmp_path / "b.ods", ods_row(ods_cell(1)), ods_row(repeated, repeats=1_000_000)),
    ):
        with pytest.raises(Problem, match="too large to be read"):
            read_workbook(path)


def test_a_libreoffice_workbook_with_a_password_is_refused_as_such(tmp_path):
    path = ods(tmp_path / "a.ods", ods_row(ods_cell(1)), manifest="<encryption-data/>")
    with pytest.raises(Problem, match="is protected with a password"):
        read_workbook(path)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = raw_book(tmp_path, lambda sheet: sheet.append([1]))
    read_bytes = Path.read_bytes

    def slowly(self):
        packed = read_bytes(self)
        self.write_bytes(packed + b"more")
        return packed

    monkeypatch.setattr(Path, "read_bytes", slowly)
    with pytest.raises(Problem, match="was being changed while it was read"):
        read_workbook(path)


def test_a_file_of_more_than_100_mib_is_not_even_opened(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    with pytest.raises(Problem, match="too large to be read"):
        read_workbook(path)


def test_where_a_folder_stands_nothing_is_saved(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(Problem, match=r"“a.xlsx” was not saved"):
        sheets.write_workbook(tmp_path / "a.xlsx", [spec()])
    assert len(list(tmp_path.iterdir())) == 1


def test_settling_takes_order_and_times_out_of_any_zipped_document(tmp_path):
    core = '<x xmlns:dcterms="d"><dcterms:created>2026</dcterms:created></x>'
    for name, parts in (("a", ["word/b.xml", "[Content_Types].xml"]), ("b", None)):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part in parts or ["[Content_Types].xml", "word/b.xml"]:
                archive.writestr(zipfile.ZipInfo(part, (2026, 1, len(name), 0, 0, 0)), part)
            archive.writestr("docProps/core.xml", core.replace("2026", f"2026-{name}"))
        sheets.settle(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as archive:
        assert archive.namelist() == ["[Content_Types].xml", "docProps/core.xml", "word/b.xml"]
        assert b">2000-01-01T00:00:00Z<" in archive.read("docProps/core.xml")


def test_a_workbook_gives_its_sheets_by_name_however_it_is_written(tmp_path):
    sheets.write_workbook(tmp_path / "a.xlsx", [spec()])
    book = read_workbook(tmp_path / "a.xlsx")
    assert book.sheet(" main ") is book.sheets[0]
    assert book.sheet("other") is None
    assert len(book.digest) == 64
    with pytest.raises(ValueError, match="counted from 1"):
        column_letter(0)


def repacked(path: Path, **parts: bytes) -> bytes:
    """Return the zip with some parts written anew."""
    made = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return made.getvalue()


def sheet_with(*cells: str) -> bytes:
    rows = "".join(f"<row>{cell}</row>" for cell in cells)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def lying(packed: bytes) -> bytes:
    """Return a zip whose biggest part says that it is only a hundred bytes.

    The sum fits what a reader has that asks for one byte more, so only the size can tell.
    """
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        entry = max(archive.infolist(), key=lambda entry: entry.file_size)
        head = archive.read(entry)[:101]
    at = packed.rindex(entry.filename.encode()) - 46
    fields = bytearray(packed)
    fields[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(head))
    fields[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(fields)


@pytest.fixture
def good(tmp_path) -> bytes:
    return raw_book(tmp_path, lambda sheet: sheet.append([1, 2])).read_bytes()


def with_flag(packed: bytes) -> bytes:
    """Return a zip that says its first part is encrypted."""
    at = packed.index(b"PK\x01\x02") + 8
    return packed[:at] + b"\x01" + packed[at + 1 :]


def zipped(method: int, **parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return made.getvalue()


NOT_WORKBOOKS = {
    "other zip": (lambda good: zipped(8, report=b"<x/>"), "another kind of document, or a packed"),
    "rare packing": (lambda good: zipped(zipfile.ZIP_BZIP2, xl__workbook=b"<x/>"), "is damaged"),
    "zip with password": (with_flag, "is protected with a password"),
    "thousands of parts": (
        lambda good: zipped(0, **{f"p{number}": b"" for number in range(5_001)}),
        "too large to be read",
    ),
    "flipped byte": (lambda good: good[:60] + bytes([good[60] ^ 255]) + good[61:], "is damaged"),
    "empty": (lambda good: b"", "is empty"),
    "csv renamed": (lambda good: b"a,b\n1,2\n", "inside it is a text or CSV file"),
    "web page": (lambda good: b"<html><table>", "inside it is a web page"),
    "picture": (lambda good: b"\x89PNG\r\n\x1a\n\0\0\0", "is not an Excel workbook"),
    "cut off": (lambda good: good[: len(good) // 2], "is damaged or incomplete"),
    "zip start alone": (lambda good: b"PK\x03\x04 rubbish", "is damaged or incomplete"),
    "empty zip": (lambda good: b"PK\x05\x06" + bytes(18), "is damaged or incomplete"),
    "lying zip": (lying, "is damaged or incomplete"),
    "encrypted": (
        lambda good: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le")
        ),
        "is protected with a password",
    ),
    "ole rubbish": (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is damaged"),
}


@pytest.mark.parametrize("kind", NOT_WORKBOOKS)
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(kind, good, tmp_path):
    make, says = NOT_WORKBOOKS[kind]
    path = tmp_path / "return.xlsx"
    path.write_bytes(make(good))
    with pytest.raises(Problem, match=says) as raised:
        read_workbook(path)
    assert "return.xlsx" in raised.value.what
    assert raised.value.remedy


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c  r = "XFD1048576"><v>1</v></c>',
        '<c r="&#88;FD1048576"><v>1</v></c>',
        '<c s="1" r="XFD1048576"><v>1</v></c>',
        '<c r="XFD1048576" x="/>"><v>1</v></c>',
    ],
)
def test_of_two_cells_at_opposite_corners_the_far_one_is_left_out(cell, good, tmp_path):
    """The reader lays a sheet out whole and ends the program when memory runs out."""
    path = tmp_path / "raw.xlsx"
    path.write_bytes(repacked(path, sheet1=sheet_with('<c r="A1"><v>1</v></c>', cell)))
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == ((1,),)
    assert sheet.left_out == ((1_048_576, 16_384),)


@pytest.mark.parametrize("cell", ['<c r="AA900000"><v>1</v></c>', '<c r="XFE1"><v>1</v></c>'])
def test_a_cell_too_far_from_the_list_to_be_read_and_too_near_to_be_left_out_is_too_much(
    cell, good, tmp_path
):
    path = tmp_path / "raw.xlsx"
    path.write_bytes(repacked(path, sheet1=sheet_with('<c r="A1"><v>1</v></c>', cell)))
    with pytest.raises(Problem, match="too large to be read"):
        read_workbook(path)


def test_far_cells_that_hold_nothing_do_no_harm(good, tmp_path):
    path = tmp_path / "raw.xlsx"
    cells = ('<c r="A1"><v>1</v></c>', '<c r="XFD1048576" s="0"/>')
    path.write_bytes(repacked(path, sheet1=sheet_with(*cells)))
    assert read_workbook(path).sheets[0].rows == ((1,),)


def test_a_workbook_that_inflates_without_end_is_refused(good, tmp_path):
    path = tmp_path / "raw.xlsx"
    path.write_bytes(repacked(path, sheet1=bytes(450 * 1024 * 1024)))
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(Problem, match="too large to be read"):
        read_workbook(path)


def test_broken_xml_inside_is_damage(good, tmp_path):
    path = tmp_path / "raw.xlsx"
    path.write_bytes(repacked(path, workbook=b"<workbook"))
    with pytest.raises(Problem, match="damaged"):
        read_workbook(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(Problem, match="was not found"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(Problem, match="is a folder"):
        read_workbook(tmp_path)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_named_as_excel_names_them(number, letters):
    assert column_letter(number) == letters
    assert cell_name(7, number) == f"{letters}7"


def test_workbooks_are_written_and_read_without_lxml():
    program = "import lxml.etree, apprentice_desk.sheets, openpyxl; print(openpyxl.LXML)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={key: value for key, value in os.environ.items() if key != "OPENPYXL_LXML"},
    )
    assert ran.stdout.strip() == "False"


def test_importing_the_door_opens_no_library():
    program = (
        "import sys, apprentice_desk.sheets;"
        "print({'openpyxl','xlsxwriter','python_calamine'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"
