"""What a sheet holds beside its values is known alike of .xlsx, .ods and .xls, and told."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from time import process_time
from xml.parsers import expat

import pytest

import hostile
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import steps
from apprentice_desk.sheets import Area, SheetCells, Workbook, read_workbook
from apprentice_desk.sheets.ods_content import OdsContent
from hostile import (
    MAIN,
    RELATIONS,
    ods,
    ods_error,
    ods_row,
    ods_text,
    old_cell,
    old_error,
    old_formula,
    old_stream,
    ole,
    record,
    sheet,
    xlsx,
)

HEADINGS = ("Name", "Date", "Hours", "Description")
ROW = ("Ada King", "05/01/2026", "1.5", "Read")
GAP = 'table:number-columns-repeated="{}"'
NEVER = "a formula that was never worked out"


def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def row(number: int, *words: str, more: str = "", about: str = "") -> str:
    cells = "".join(text(f"{'ABCDEF'[at]}{number}", each) for at, each in enumerate(words))
    return f'<row r="{number}" {about}>{cells}{more}</row>'


def old_texts(*rows: tuple[str, ...]) -> bytes:
    cells = [(at, column, each) for at, told in enumerate(rows) for column, each in enumerate(told)]
    return b"".join(old_cell(*cell) for cell in cells)


def ods_texts(*words: str, about: str = "", more: str = "") -> str:
    return ods_row(*map(ods_text, words), more, about=about)


@pytest.fixture
def book(tmp_path) -> Callable[[bytes, str], Workbook]:
    """Read bytes as a file of this ending."""

    def reading(packed: bytes, ending: str) -> Workbook:
        (tmp_path / f"list.{ending}").write_bytes(packed)
        return read_workbook(tmp_path / f"list.{ending}")

    return reading


@pytest.fixture
def only_sheet(book) -> Callable[[bytes, str], SheetCells]:
    return lambda packed, ending: book(packed, ending).sheets[0]


# --- joined cells -------------------------------------------------------------------------------

JOINED = {
    "xlsx": lambda: xlsx(
        sheet(
            row(1, "Log") + row(2, *HEADINGS) + row(3, *ROW) + row(4, "", *ROW[1:]),
            after='<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A3:A4"/>'
            "</mergeCells>",
        ).encode()
    ),
    "ods": lambda: ods(
        ods_row(
            ods_text("Log", 'table:number-columns-spanned="4" table:number-rows-spanned="1"'),
            f"<table:covered-table-cell {GAP.format(3)}/>",
        )
        + ods_texts(*HEADINGS)
        + ods_row(
            ods_text(ROW[0], 'table:number-columns-spanned="1" table:number-rows-spanned="2"'),
            *map(ods_text, ROW[1:]),
        )
        + ods_row("<table:covered-table-cell/>", *map(ods_text, ROW[1:]))
    ),
    "xls": lambda: ole(
        old_stream(
            old_texts(("Log",), HEADINGS, ROW)
            + b"".join(old_cell(3, at, ROW[at]) for at in (1, 2, 3))
            + hostile.old_joined((0, 0, 0, 3), (2, 3, 0, 0))
        )
    ),
}


@pytest.mark.parametrize("ending", JOINED)
def test_joined_cells_are_known_of_every_kind_of_workbook(ending, only_sheet, tmp_path):
    found = only_sheet(JOINED[ending](), ending)
    assert sorted(found.merged) == [Area(1, 1, 1, 4), Area(3, 1, 4, 1)]
    assert found.rows[3][0] is None
    journey = steps.choose(steps.begin("hours"), tmp_path / f"list.{ending}")
    assert journey.table is not None
    assert [each.cells[0] for each in journey.table.rows] == ["Ada King", "Ada King"]


def test_joined_cells_of_repeated_rows_and_cells_are_each_joined_for_themselves(only_sheet):
    wide = 'table:number-columns-spanned="2" table:number-rows-spanned="1"'
    covered = "<table:covered-table-cell/>"
    found = only_sheet(
        ods(
            ods_row("<table:table-cell/>", about='table:number-rows-repeated="4"')
            + ods_row(
                f"<table:table-cell {GAP.format(3)}/>",
                ods_text("x", wide),
                covered,
                about='table:number-rows-repeated="2"',
            )
            + ods_row(
                f'<table:table-cell table:number-rows-spanned="2" {GAP.format(2)}/>', ods_text("y")
            )
        ),
        "ods",
    )
    assert found.merged == (Area(5, 4, 5, 5), Area(6, 4, 6, 5), Area(7, 1, 7, 1), Area(7, 2, 7, 2))
    assert found.rows[4:] == (
        (None, None, None, "x"), (None, None, None, "x"), (None, None, "y", None),
    )  # fmt: skip


def test_joined_cells_without_end_take_no_time(only_sheet):
    """Each of them would be filled in over a million rows."""
    every = 'table:number-rows-spanned="1048576"'
    cells = ods_text("x", every) + f"<table:table-cell {every} {GAP.format(16_000)}/>"
    found = only_sheet(ods(ods_row(cells) * 50 + ods_texts("y")), "ods")
    assert len(found.rows) == 51
    assert {area.last_row for area in found.merged} == {51}
    assert len(found.merged) <= 20_000


# --- what is hidden -----------------------------------------------------------------------------

HIDDEN = {
    "xlsx": lambda: xlsx(
        sheet(
            row(1, *HEADINGS)
            + row(2, *ROW, about='hidden="1"')
            + row(3, *ROW)
            + row(4, *ROW, about='spans="1:4" hidden="true"')
            + '<row r="9" hidden="1"/>',
            before='<cols><col min="4" max="4" width="9" hidden="1"/></cols>',
        ).encode(),
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="Log" sheetId="1" r:id="r1"/>'
            '<sheet name="Old" sheetId="2" state="hidden" r:id="r1"/></sheets></workbook>'
        },
    ),
    "ods": lambda: ods(
        f"<table:table-column {GAP.format(3)}/>"
        '<table:table-column table:visibility="collapse"/>'
        + ods_texts(*HEADINGS)
        + ods_texts(*ROW, about='table:visibility="collapse"')
        + ods_texts(*ROW)
        + ods_texts(*ROW, about='table:visibility="filter"')
        + ods_row(
            "<table:table-cell/>",
            about='table:visibility="collapse" table:number-rows-repeated="1048572"',
        ),
        after='<table:table table:name="Old" table:style-name="no">'
        + ods_texts("x")
        + "</table:table>",
    ),
    "xls": lambda: ole(
        old_stream(
            hostile.old_columns(0, 2, is_hidden=False)
            + hostile.old_columns(3, 3, is_hidden=True)
            + b"".join(hostile.old_row(at, is_hidden=at in (1, 3, 8)) for at in range(9))
            + old_texts(HEADINGS, ROW, ROW, ROW)
        )
    ),
}


@pytest.mark.parametrize("ending", HIDDEN)
def test_what_is_hidden_is_read_and_told_of_every_kind_of_workbook(ending, book, tmp_path):
    found = book(HIDDEN[ending](), ending).sheets
    assert found[0].rows == (HEADINGS, ROW, ROW, ROW)
    assert found[0].hidden_rows == {2, 4}
    assert found[0].hidden_columns == {4}
    assert [one.is_hidden for one in found] == ([False, True] if ending != "xls" else [False])
    journey = steps.choose(steps.begin("hours"), tmp_path / f"list.{ending}")
    assert journey.table is not None
    assert len(journey.table.rows) == 3
    told = {note.code: note.message for note in journey.table.notes}
    assert told["IM452"].startswith("Column D “Description” is hidden in the file")
    assert told["IM465"] == "2 rows (2, 4) are hidden in the file, and read like the others."
    assert journey.table.hidden_sheets == (() if ending == "xls" else ("Old",))


def test_a_hidden_sheet_of_an_old_workbook_is_known_too(only_sheet):
    found = only_sheet(ole(old_stream(old_texts(HEADINGS), is_hidden=True)), "xls")
    assert found.is_hidden


def test_hidden_rows_that_follow_each_other_are_told_from_and_to(only_sheet, tmp_path):
    hidden = {2, 3, 4, 6}
    rows = "".join(
        row(number, *ROW, about='hidden="1"' if number in hidden else "") for number in range(2, 8)
    )
    only_sheet(xlsx(row(1, *HEADINGS) + rows), "xlsx")
    journey = steps.choose(steps.begin("hours"), tmp_path / "list.xlsx")
    assert journey.table is not None
    (note,) = [note for note in journey.table.notes if note.code == "IM465"]
    assert note.message.startswith("4 rows (2 to 4, 6) are hidden")


# --- errors -------------------------------------------------------------------------------------

NAMES = (
    "#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!",
    "#NV", "#WERT!", "#¡VALOR!", "#ССЫЛКА!", "Err:502", "Fehler:508",
)  # fmt: skip
ERRORS: dict[str, Callable[[str], bytes]] = {
    "xlsx": lambda name: xlsx(
        row(1, *HEADINGS)
        + row(2, *ROW)
        + row(3, *ROW[:2], more=f'<c r="C3" t="e"><f>A1</f><v>{name}</v></c>{text("D3", "x")}')
        + row(4, *ROW)
    ),
    "written oddly": lambda name: xlsx(
        row(1, *HEADINGS)
        + row(2, *ROW)
        + row(3, *ROW[:2], more=f"<c t='e' r='C3'><f/><v >{name}</v ></c>{text('D3', 'x')}")
        + row(4, *ROW)
    ),
    "ods": lambda name: ods(
        ods_texts(*HEADINGS)
        + ods_texts(*ROW)
        + ods_row(*map(ods_text, ROW[:2]), ods_error(name), ods_text("x"))
        + ods_texts(*ROW)
    ),
}


@pytest.mark.parametrize("kind", ERRORS)
@pytest.mark.parametrize("name", NAMES)
def test_an_error_is_named_and_only_its_row_is_lost(kind, name, only_sheet, tmp_path):
    ending = "ods" if kind == "ods" else "xlsx"
    found = only_sheet(ERRORS[kind](name), ending)
    assert found.unread == {(3, 3): f"the error {name} in place of a value"}
    assert found.rows == (HEADINGS, ROW, (*ROW[:2], None, "x"), ROW)
    assert found.formulas == {(3, 3)}
    journey = steps.choose(steps.begin("hours"), tmp_path / f"list.{ending}")
    assert journey.table is not None
    assert journey.table.lost == found.unread
    assert len(journey.table.rows) == 3


@pytest.mark.parametrize("name", ["", "x" * 31, "#N\nA", "\u202e#N/A", "&lt;b&gt;"])
def test_what_is_no_name_of_an_error_is_not_repeated(name, only_sheet):
    found = only_sheet(ERRORS["xlsx"](name), "xlsx")
    assert found.unread == {(3, 3): "an error in place of a value"}


def test_an_error_with_a_number_beside_it_is_still_one(only_sheet):
    """LibreOffice writes what it last worked out, or 0, into some of them."""
    cell = (
        '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">'
        "<text:p>Err:502</text:p></table:table-cell>"
    )
    found = only_sheet(ods(ods_row(cell, ods_text("x"))), "ods")
    assert found.rows == ((None, "x"),)
    assert found.unread == {(1, 1): "the error Err:502 in place of a value"}


def test_an_error_that_excel_writes_as_a_text_is_known_and_a_typed_one_is_a_text(only_sheet):
    formula = ods_text("#REF!", 'table:formula="of:=#REF!"')
    found = only_sheet(ods(ods_row(formula, ods_text("#REF!"))), "ods")
    assert found.rows == ((None, "#REF!"),)
    assert found.unread == {(1, 1): "the error #REF! in place of a value"}


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (0x2A, "the error #N/A in place of a value"),
        (0x24, "the error #NUM! in place of a value"),
        (0x2B, "the error #GETTING_DATA in place of a value"),
        (0x2D, "an error in place of a value"),
    ],
)
def test_an_error_of_an_old_workbook_is_named_by_its_number(number, says, only_sheet):
    result = bytes((2, 0, number, 0, 0, 0, 0xFF, 0xFF))
    far = old_texts(*[HEADINGS] * 60)  # so that the errors do not stand in the first sectors
    cells = old_error(60, 0, number) + old_formula(60, 1, result) + old_cell(60, 2, "x")
    found = only_sheet(ole(old_stream(far + cells)), "xls")
    assert found.rows[60] == (None, None, "x", None)
    assert found.unread == {(61, 1): says, (61, 2): says}


def test_an_error_in_a_repeated_row_is_known_in_each(only_sheet):
    repeated = ods_row(ods_error("#N/A"), ods_text("x"), about='table:number-rows-repeated="3"')
    found = only_sheet(ods(ods_texts("a", "b") + repeated), "ods")
    assert set(found.unread) == found.formulas == {(2, 1), (3, 1), (4, 1)}


# --- formulas and days --------------------------------------------------------------------------

FORMULAS = {
    "xlsx": lambda: xlsx(
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c></row>'
    ),
    "ods": lambda: ods(
        ods_row(
            '<table:table-cell table:formula="of:=1+1"/>'
            '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
            '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"'
            ' office:string-value=""/>'
        )
    ),
    "xls": lambda: ole(
        old_stream(
            old_formula(0, 0, b"\0\0\0\0\0\0\xff\xff")  # a text that does not follow
            + old_formula(0, 1, struct.pack("<d", 2.0))
            + old_formula(0, 2, b"\3\0\0\0\0\0\xff\xff")
        )
    ),
}


@pytest.mark.parametrize("ending", FORMULAS)
def test_a_formula_that_was_never_worked_out_is_told_from_one_that_came_to_nothing(
    ending, only_sheet
):
    found = only_sheet(FORMULAS[ending](), ending)
    assert found.unread == {(1, 1): NEVER}
    assert found.rows == ((None, 2),)
    assert found.formulas == {(1, 1), (1, 2), (1, 3)}


def test_a_formula_whose_text_follows_it_is_read(only_sheet):
    words = "Ada King".encode("utf-16-le")
    follows = record(0x0207, struct.pack("<HB", 8, 1) + words)
    cells = old_formula(0, 0, b"\0\0\0\0\0\0\xff\xff") + follows + old_cell(0, 1, "x")
    found = only_sheet(ole(old_stream(cells)), "xls")
    assert found.rows == (("Ada King", "x"),)
    assert found.unread == {}


def test_days_of_a_workbook_that_counts_from_1904_are_written_out_in_ods(only_sheet):
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        "</table:calculation-settings>"
    )
    cell = '<table:table-cell office:value-type="date" office:date-value="2026-01-07"/>'
    packed = ods(ods_row(cell))
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        content = archive.read("content.xml").decode()
    content = content.replace("<office:spreadsheet>", f"<office:spreadsheet>{settings}")
    assert only_sheet(ods("", {"content.xml": content}), "ods").rows == ((date(2026, 1, 7),),)


# --- links to elsewhere -------------------------------------------------------------------------


def test_what_an_ods_links_to_is_read_as_it_was_last_seen(book):
    """LibreOffice keeps the sheet that is linked to as a hidden one; the link is not followed."""
    cell = (
        "<table:table-cell table:formula=\"of:='file:///elsewhere/a.ods'#$S.A1\""
        ' office:value-type="float" office:value="7.5"/>'
    )
    linked = (
        '<table:table table:name="\'file:///elsewhere/a.ods\'#$S" table:style-name="no">'
        '<table:table-source xlink:type="simple" xlink:href="file:///elsewhere/a.ods"'
        ' table:table-name="S" table:mode="copy-results-only"/>'
        f"{ods_texts('kept')}</table:table>"
    )
    first, second = book(ods(ods_row(cell), after=linked), "ods").sheets
    assert first.rows == ((7.5,),)
    assert first.formulas == {(1, 1)}
    assert second.is_hidden


def test_what_an_old_workbook_links_to_is_read_as_it_was_last_seen(only_sheet):
    name = b"\1elsewhere.xls"
    links = record(0x01AE, struct.pack("<HHB", 1, len(name), 0) + name + b"\1\0\0S")
    links += record(0x0017, struct.pack("<HHHH", 1, 0, 0, 0))
    cells = old_formula(0, 0, struct.pack("<d", 7.5))
    found = only_sheet(ole(old_stream(cells, links)), "xls")
    assert found.rows == ((7.5,),)
    assert found.formulas == {(1, 1)}


# --- far to the right ---------------------------------------------------------------------------

FAR = {
    "xlsx": lambda more: xlsx(
        row(1, *HEADINGS, more='<c r="XFD1" s="1"></c>')
        + row(2, *ROW, more=f"{text('XFC2', more)}<c r='XFD2' s='1'/>")
        + row(3, *ROW, more='<c r="E3" s="1"/><c r="XFD3" t="e"><v>#SPILL!</v></c>')
    ),
    "ods": lambda more: ods(
        ods_texts(*HEADINGS, more=f"<table:table-cell {GAP.format(16_380)}/>")
        + ods_texts(
            *ROW,
            more=f"<table:table-cell {GAP.format(16_378)}/>{ods_text(more)}<table:table-cell/>",
        )
        + ods_texts(*ROW, more=f"<table:table-cell {GAP.format(16_379)}/>{ods_error('#N/A')}")
    ),
    "csv": lambda more: (
        f"{','.join(HEADINGS)}{',' * 16_380}\n{','.join(ROW)}{',' * 16_379}{more},\n"
        f"{','.join(ROW)}{',' * 16_380}y\n"
    ).encode(),
}


@pytest.mark.parametrize("ending", FAR)
def test_a_few_cells_far_to_the_right_are_left_out_and_named(ending, only_sheet, tmp_path):
    found = only_sheet(FAR[ending]("x"), ending)
    assert found.rows == (HEADINGS, ROW, ROW)
    assert found.left_out == ((2, 16_383), (3, 16_384))
    assert not found.unread
    journey = steps.choose(steps.begin("hours"), tmp_path / f"list.{ending}")
    assert journey.table is not None
    (note,) = [note for note in journey.table.notes if note.code == "IM466"]
    assert note.message == (
        "2 cells stand far to the right of all others, the first of them XFC2, and were left out."
    )
    assert (note.place.row, note.place.column) == (2, "XFC")


def test_one_cell_far_to_the_right_is_named_as_one(only_sheet, tmp_path):
    only_sheet(xlsx(row(1, *HEADINGS) + row(2, *ROW, more=text("XAA2", "x"))), "xlsx")
    journey = steps.choose(steps.begin("hours"), tmp_path / "list.xlsx")
    assert journey.table is not None
    (note,) = [note for note in journey.table.notes if note.code == "IM466"]
    assert note.message.startswith("A cell stands far to the right of all others, XAA2, and was")


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_columns_that_are_many_or_near_are_none_that_strayed(ending, only_sheet):
    """Then the list itself is wide, and nothing of it may be lost."""
    wide = [f"c{at}" for at in range(1_200)]
    packed = {
        "xlsx": lambda: xlsx(
            f'<row r="1">{"".join(f"<c><v>{at}</v></c>" for at in range(1_200))}</row>'
        ),
        "ods": lambda: ods(ods_texts(*wide)),
        "csv": lambda: ",".join(wide).encode(),
    }[ending]()
    found = only_sheet(packed, ending)
    assert len(found.rows[0]) == 1_200
    assert found.left_out == ()


def test_a_hundred_cells_may_stray_and_no_more(only_sheet):
    def made(strays: int) -> bytes:
        far = [",".join(ROW) + "," * 2_000 + "x"] * strays
        return "\n".join([",".join(HEADINGS), *far]).encode()

    assert len(only_sheet(made(100), "csv").left_out) == 100
    found = only_sheet(made(101), "csv")
    assert found.left_out == ()
    assert len(found.rows[1]) == 2_004


def test_texts_that_hold_nothing_make_no_column(only_sheet):
    empty = '<c r="CZ2" t="inlineStr"><is><t></t></is></c>'
    found = only_sheet(xlsx(row(1, *HEADINGS) + row(2, *ROW, more=empty)), "xlsx")
    assert found.rows == (HEADINGS, ROW)


@pytest.mark.parametrize("utf", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_workbook_in_utf_16_is_read_and_looked_at_as_closely(utf, only_sheet):
    """Or two cells at opposite corners could hide in it."""
    far = '<row r="2"><c r="A2"><v>7</v></c><c r="XFD1048576"><v>1</v></c></row>'
    book_part = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Zoë" sheetId="1"'
        ' r:id="r1"/></sheets></workbook>'
    )
    part = sheet(row(1, "Król") + far).replace("UTF-8", "UTF-16")
    found = only_sheet(xlsx(part.encode(utf), {"xl/workbook.xml": book_part.encode(utf)}), "xlsx")
    assert found.name == "Zoë"
    assert found.rows == (("Król",), (7,))
    assert found.left_out == ((1_048_576, 16_384),)
    with zipfile.ZipFile(BytesIO(ods(ods_texts("Król")))) as archive:
        content = archive.read("content.xml").decode().replace("UTF-8", "UTF-16").encode(utf)
    assert only_sheet(ods("", {"content.xml": content}), "ods").rows == (("Król",),)


def test_utf_16_that_breaks_off_is_damage(only_sheet):
    with pytest.raises(Problem, match="is damaged"):
        only_sheet(xlsx(sheet(row(1, "a")).encode("utf-16")[:-1]), "xlsx")


# --- and quickly --------------------------------------------------------------------------------


def test_going_through_an_ods_takes_little_longer_than_parsing_it():
    rows = ods_row("<table:table-cell/>" * 4, *map(ods_text, ROW)) * 20_000
    with zipfile.ZipFile(BytesIO(ods(rows))) as archive:
        part = archive.read("content.xml")

    def seconds(work: Callable[[], object]) -> float:
        begin = process_time()
        work()
        return process_time() - begin

    bare = min(seconds(lambda: expat.ParserCreate().Parse(part, True)) for _ in range(3))
    ours = min(seconds(lambda: OdsContent("a.ods", part)) for _ in range(3))
    assert ours / bare < 25  # about 9; with a tree of elements it was over 60
