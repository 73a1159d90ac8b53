"""Writing workbooks from a description: columns of a kind, rows of typed values, notes and lists.

Text is always written as text: a value that begins with =, +, - or @ never becomes a formula.
Blank is None or an empty text, never 0.  Equal content gives equal bytes.

write_workbook makes what people fill in or keep (tables, drop-down lists, notes, protection), and
holds it in memory; write_long_workbook makes plain sheets of any length in little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, Literal

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets import in_memory
from apprentice_desk.sheets.allowing import Limits, limits
from apprentice_desk.sheets.cells import column_letter
from apprentice_desk.sheets.saving import NO_TIME, copy_settled, replacing

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

Kind = Literal[
    "text", "integer", "number", "money", "hours", "percent", "date", "instant", "yes-no"
]
Value = str | int | Decimal | float | bool | date | datetime | None

_FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "integer": "0",
    "number": "General",
    "money": "£#,##0.00",
    "hours": "0.00",
    "percent": '0.0"%"',  # 93.5 stands for 93.5 %, so Excel's own % (93.5 = 9350 %) is wrong
    "date": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm:ss",
    "yes-no": "@",
}
MADE_BY = "Apprentice Desk"
"""Stands where Office would put a person's name."""

_LISTS = "Lists"
_LONGEST_TEXT = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADING_FILL = "1F3A5F"
_HEADING_TEXT = "FFFFFF"
_LABEL_FILL = "E8EDF3"
MARK_FILL = "FCE4B0"
"""The fill of cells that are marked."""

_LEFT: Mapping[str, Any] = {"horizontal": "left", "indent": 1}
_FONT = "Calibri"
_LINE_HEIGHT = 15.0  # points, of 11 point text
_MORE_ROWS = 1_000  # drop-down lists reach this far below the rows, for a table that grows


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its heading, what it holds, how wide it is (in characters) and its help.

    *choices* become a drop-down list; *note* is shown when the pointer rests on the heading.
    On a protected sheet only columns with is_locked=False can be typed in.  Numbers and days stand
    at the right unless is_left.
    """

    heading: str
    kind: Kind = "text"
    width: float = 14
    note: str = ""
    choices: tuple[str, ...] = ()
    is_locked: bool = True
    is_wrapped: bool = False
    is_left: bool = False
    between: Limits | None = None
    """The least and the most that may be typed into its cells."""
    refuses: str = ""
    """What is said to whoever types something else."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet to be written: headings in the first row, then *rows* of values.

    *table_name* makes an Excel table of the rows, if there are any.  *blank_rows* is how many
    empty rows the lists cover at least.  *marks* colours single cells and gives each a note;
    *cells* describes single cells otherwise than their column does.  The keys of both are (index
    of the row in *rows*, index of the column), from 0.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: Iterable[Sequence[Value]] = ()
    table_name: str = ""
    freeze: bool = True
    is_protected: bool = False
    is_hidden: bool = False
    has_filter: bool = False
    blank_rows: int = 0
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], ColumnSpec] = field(default_factory=dict)


def write_workbook(
    path: str | Path,
    specs: Sequence[SheetSpec],
    *,
    title: str = "",
    made_at: datetime = NO_TIME,
) -> None:
    """Write *specs* as a styled .xlsx whose properties name no person.

    *made_at* is what the properties give as time of making; take it from the content, so that the
    same content gives the same bytes.  Raises Problem if the file cannot be written.
    """
    # Late: openpyxl takes a fifth of a second to import.
    from openpyxl import Workbook as Book

    # First: a row that fails should fail before anything is made.
    specs = [replace(spec, rows=[[_kept(v) for v in row] for row in spec.rows]) for spec in specs]
    book = Book(write_only=True)
    book.properties.creator = MADE_BY
    book.properties.title = title or None
    choices = _Choices()
    styles = _Styles(in_memory.add_sheet(book, specs[0].name))
    for number, spec in enumerate(specs):
        sheet = book.worksheets[0] if number == 0 else in_memory.add_sheet(book, spec.name)
        _write_sheet(sheet, spec, styles, choices)
    if choices.lists:
        _write_lists(in_memory.add_sheet(book, _LISTS), choices, styles)
    save_settled(path, in_memory.saved(book), made_at)


def write_long_workbook(
    path: str | Path,
    specs: Sequence[SheetSpec],
    *,
    title: str = "",
    made_at: datetime = NO_TIME,
    rows_beside: bool = False,
) -> None:
    """Write *specs* as plain sheets with frozen headings and a filter, a row at a time.

    For sheets of any length: tables, lists, notes and marks are left out.  The rows of a spec may
    be an iterator.  They wait in a private folder of the system's, or with *rows_beside* in one
    beside *path*: names are to be nowhere but where a person puts them, even if the program ends
    in the middle.  Raises Problem if the file cannot be written.
    """
    # Late: start-up must not pay for it.
    import xlsxwriter

    packed = BytesIO()
    beside = Path(path).absolute().parent if rows_beside and Path(path).parent.is_dir() else None
    with TemporaryDirectory(prefix=".", dir=beside, ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(
            packed,
            {
                "constant_memory": True,
                "tmpdir": folder,  # rows wait here, and none may be left behind
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.set_properties({"title": title, "author": MADE_BY, "created": made_at})
        try:
            styles = _LongStyles(book)
            for spec in specs:
                sheet = book.add_worksheet(spec.name)
                _write_long_sheet(sheet, spec, styles)
        finally:
            book.close()
    save_settled(path, packed, made_at)


def write_sheet_into(book: Any, spec: SheetSpec) -> None:
    """Add a sheet to a workbook that openpyxl has open; it has no drop-down lists."""
    sheet = book.create_sheet(spec.name)
    kept = replace(spec, rows=[[_kept(v) for v in row] for row in spec.rows])
    _write_sheet(sheet, kept, _Styles(sheet), _Choices())


def save_settled(path: str | Path, packed: IO[bytes], made_at: datetime) -> None:
    """Put a workbook, settled, in the place of *path*."""
    with replacing(path) as fresh, fresh.open("wb") as settled:
        copy_settled(packed, settled, made_at)


def written_text(text: str) -> str:
    """Return *text* as a workbook can hold it.

    Characters that XML refuses are left out and line ends become plain ones; raises Problem if it
    is longer than a cell can be.
    """
    text = _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _LONGEST_TEXT:
        raise Problem(
            f"A text of {len(text):,} characters is too long for a cell: “{text[:40]}…”.",
            f"Shorten it to at most {_LONGEST_TEXT:,} characters.",
        )
    return text


class _Choices:
    """The drop-down lists of a workbook: each different list stands once on the Lists sheet."""

    def __init__(self) -> None:
        self.lists: dict[tuple[str, ...], str] = {}

    def place(self, column: ColumnSpec) -> str:
        """Return where the column's list stands, as a reference."""
        self.lists.setdefault(column.choices, column.heading)
        letter = column_letter(list(self.lists).index(column.choices) + 1)
        return f"{_LISTS}!${letter}$2:${letter}${len(column.choices) + 1}"


class _Styles:
    """Makes styled cells; each style is worked out once, since openpyxl is slow at it."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        self._cell: Any = WriteOnlyCell
        self._alignment: type[Alignment] = Alignment
        self._font: type[Font] = Font
        self._fill: type[PatternFill] = PatternFill
        self._protection: type[Protection] = Protection
        self._sheet = sheet
        self._known: dict[tuple[Kind, bool, bool, bool, str], Any] = {}

    def heading(self, sheet: Any, column: ColumnSpec) -> Any:
        cell = self._cell(sheet, written_text(column.heading))
        cell.data_type = "s"
        cell.font = self._font(name=_FONT, sz=11, family=2, bold=True, color=_HEADING_TEXT)
        cell.fill = self._solid(_HEADING_FILL)
        cell.alignment = self._alignment(wrap_text=True, vertical="top", **_LEFT)
        if column.note:
            cell.comment = self.note(column.note)
        return cell

    def value(self, sheet: Any, value: Value, column: ColumnSpec, fill: str = "") -> Any:
        """Return a cell of the column's kind with a kept value; None stays a styled blank."""
        cell = self._cell(sheet)
        # Our own StyleArray is shared by many cells and never changed: openpyxl's setters would
        # look each style up again for each cell.
        cell._style = self._style(column, fill)
        if value is None:
            return cell
        cell.value = value
        if isinstance(value, str):
            keep_as_text(cell, value)
        return cell

    def note(self, text: str) -> Any:
        return as_note(text)

    def column(self, dimension: Any, column: ColumnSpec) -> None:
        """Give a whole column its width and the format that its empty cells have."""
        dimension.width = column.width
        dimension.hidden = column.is_hidden
        dimension._style = self._style(column, "")

    def _style(self, column: ColumnSpec, fill: str) -> Any:
        key = (column.kind, column.is_locked, column.is_wrapped, column.is_left, fill)
        if key not in self._known:
            cell = self._cell(self._sheet)
            cell.number_format = _FORMATS[column.kind]
            # The mark that Excel itself sets for '=1+1: typing in the cell keeps it text.
            cell.quotePrefix = column.kind in ("text", "yes-no")
            cell.alignment = self._alignment(
                vertical="top", wrap_text=column.is_wrapped or None, **_sides(column)
            )
            cell.protection = self._protection(locked=column.is_locked)
            if fill:
                cell.fill = self._solid(fill)
            self._known[key] = cell._style
        return self._known[key]

    def _solid(self, colour: str) -> Any:
        return self._fill("solid", start_color=colour, end_color=colour)


def keep_as_text(cell: Any, text: str) -> None:
    """Put *text* into a cell of openpyxl's, which takes one that begins with = for a formula."""
    cell.data_type = "s"
    cell._value = _LOOKS_ESCAPED.sub("_x005F_", text)


def as_note(text: str, author: str = MADE_BY) -> Any:
    """Return a note with the room that its text needs."""
    from openpyxl.comments import Comment

    lines = sum(len(part) // 42 + 1 for part in text.splitlines())
    return Comment(written_text(text), author, height=24 + 18 * lines, width=300)


def _sides(column: ColumnSpec) -> Mapping[str, Any]:
    """Return how a column is aligned; text a little in, to keep off a number before it."""
    if column.is_left or column.kind in ("text", "yes-no"):
        return _LEFT
    return {"horizontal": "right", "indent": 0}


def _lines(text: str, room: float) -> int:
    """Return the lines that *text* takes in a column with room for so many characters."""
    count = 0
    for part in text.split("\n"):
        used = 0.0
        count += 1
        for word in part.split(" "):
            if used and used + 1 + len(word) > room:
                count, used = count + 1, 0
            used += len(word) + (1 if used else 0)
            while used > room:
                count, used = count + 1, used - room
    return count


def _heading_height(columns: Sequence[ColumnSpec]) -> float:
    """Return the height in points that the wrapped headings take, beside the filter's button."""
    most = max(_lines(column.heading, max(5, column.width - 3)) for column in columns)
    return _LINE_HEIGHT * most + 3


def _row_height(columns: Sequence[ColumnSpec], row: Sequence[Value]) -> float | None:
    """Return the height in points of a row whose texts wrap, or None if one line is enough.

    Stated, since not every program works it out when it opens the file.
    """
    most = 1
    for column, value in zip(columns, row, strict=True):
        if column.is_wrapped and isinstance(value, str) and len(value) > column.width - 3:
            most = max(most, _lines(value, column.width - 2))
    return None if most == 1 else _LINE_HEIGHT * most


def _kept(value: Value) -> str | int | float | date | datetime | None:
    """Return *value* as a library takes it; a text of white space alone is a blank."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str):
        text = written_text(value)
        return text if text.strip() else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return value


def _write_sheet(sheet: Any, spec: SheetSpec, styles: _Styles, choices: _Choices) -> None:
    columns = spec.columns
    for number, column in enumerate(columns, 1):
        styles.column(sheet.column_dimensions[column_letter(number)], column)
    if spec.freeze:
        sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = _heading_height(columns)
    _lay_out_pages(sheet, len(columns))
    sheet.append([styles.heading(sheet, column) for column in columns])
    count = 0
    for index, row in enumerate(spec.rows):
        if height := _row_height(columns, row):
            sheet.row_dimensions[index + 2].height = height
        cells = []
        for at, (value, of_column) in enumerate(zip(row, columns, strict=True)):
            place = (index, at)
            column = spec.cells.get(place, of_column) if spec.cells else of_column
            mark = spec.marks.get(place) if spec.marks else None
            fill = MARK_FILL if mark else ""
            if spec.is_protected and column.is_locked and not fill:
                fill = _LABEL_FILL
            cell = styles.value(sheet, value, column, fill)
            note = mark or (column.note if column is not of_column else "")
            if note:
                cell.comment = styles.note(note)
            cells.append(cell)
        sheet.append(cells)
        count += 1
    _add_lists(sheet, spec, count, choices)
    last = f"{column_letter(len(columns))}{count + 1}"
    if spec.table_name and count:
        # Not add_table, which warns that the columns must be given even where they are.
        sheet.tables.add(_table(spec, last))
    elif spec.has_filter:
        sheet.auto_filter.ref = f"A1:{last}"
    if spec.is_hidden:
        sheet.sheet_state = "hidden"
    if spec.is_protected:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False  # reads: widening columns is allowed


def _table(spec: SheetSpec, last: str) -> Any:
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    table = Table(
        id=1,
        displayName=spec.table_name,
        name=spec.table_name,
        ref=f"A1:{last}",
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )
    # Given here, since a sheet written row by row cannot be asked for its headings afterwards.
    table.autoFilter = AutoFilter(ref=f"A1:{last}")
    table.tableColumns = [
        TableColumn(id=number, name=column.heading) for number, column in enumerate(spec.columns, 1)
    ]
    return table


def _add_lists(sheet: Any, spec: SheetSpec, count: int, choices: _Choices) -> None:
    last_row = 1 + max(count + _MORE_ROWS, spec.blank_rows)
    places = [
        (column, f"{column_letter(number)}2:{column_letter(number)}{last_row}")
        for number, column in enumerate(spec.columns, 1)
        if column.choices
    ]
    places += [
        (column, f"{column_letter(at + 1)}{index + 2}")
        for (index, at), column in sorted(spec.cells.items(), key=lambda item: item[0])
        if column.choices
    ]
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, cells in places:
        sheet.data_validations.append(
            DataValidation(
                type="list",
                formula1=choices.place(column),
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=column.heading[:32],
                error="Choose one of the list, or leave the cell blank if it is not known.",
                sqref=cells,
            )
        )
    for number, column in enumerate(spec.columns, 1):
        if column.between is not None:
            cells = f"{column_letter(number)}2:{column_letter(number)}{last_row}"
            sheet.data_validations.append(
                limits(column.heading, column.between, column.refuses, cells)
            )


def _write_lists(sheet: Any, choices: _Choices, styles: _Styles) -> None:
    """Write the hidden, protected sheet that drop-down lists point to: a list in each column."""
    longest = max(map(len, choices.lists))
    spec = SheetSpec(
        _LISTS,
        tuple(ColumnSpec(heading, width=30) for heading in choices.lists.values()),
        [
            [words[at] if at < len(words) else None for words in choices.lists]
            for at in range(longest)
        ],
        is_protected=True,
        is_hidden=True,
    )
    _write_sheet(sheet, spec, styles, _Choices())


def _lay_out_pages(sheet: Any, width: int) -> None:
    """Set up printing: A4 on its side, the headings on every page, all columns on few pages."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1 + width // 14
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


class _LongStyles:
    """The formats of a long workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[tuple[Kind, bool, bool, bool], Any] = {}

    def of(self, column: ColumnSpec, *, is_heading: bool = False) -> Any:
        """Return the format of a column's cells, or of its heading."""
        key = (column.kind, column.is_wrapped, column.is_left, is_heading)
        if key not in self._known:
            sides = _LEFT if is_heading else _sides(column)
            looks: dict[str, Any] = {"valign": "top", "align": sides["horizontal"]}
            looks["indent"] = sides["indent"]
            if is_heading:
                looks |= {"bold": True, "text_wrap": True}
                looks |= {"font_color": f"#{_HEADING_TEXT}", "bg_color": f"#{_HEADING_FILL}"}
            else:
                looks |= {"num_format": _FORMATS[column.kind], "text_wrap": column.is_wrapped}
            self._known[key] = self._book.add_format(looks)
        return self._known[key]


def _write_long_sheet(sheet: Any, spec: SheetSpec, formats: _LongStyles) -> None:
    columns = spec.columns
    styles = [formats.of(column) for column in columns]
    sheet.set_row(0, _heading_height(columns))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1 + len(columns) // 14, 0)
    sheet.repeat_rows(0)
    for at, column in enumerate(columns):
        heading = written_text(column.heading)
        sheet.write_string(0, at, heading, formats.of(column, is_heading=True))
    at_row = 0
    for at_row, row in enumerate(spec.rows, 1):
        if height := _row_height(columns, row):
            sheet.set_row(at_row, height)
        for at, value in enumerate(row):
            kept = _kept(value)
            if kept is None:
                continue
            if isinstance(kept, str):
                sheet.write_string(at_row, at, kept, styles[at])
            elif isinstance(kept, date):
                sheet.write_datetime(at_row, at, kept, styles[at])
            else:
                sheet.write_number(at_row, at, kept, styles[at])
    if at_row:
        sheet.autofilter(0, 0, at_row, len(columns) - 1)
