"""Writing workbooks that people fill in or keep: tables, drop-down lists, notes, protection.

Text is always written as text: a value that begins with =, +, - or @ never becomes a formula.
Blank is None or an empty text, never 0.  Equal content gives equal bytes.  A workbook is held in
memory here; ``long_writing`` makes plain sheets of any length in little memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apprentice_desk.sheets import in_memory
from apprentice_desk.sheets.allowing import limits
from apprentice_desk.sheets.cells import column_letter
from apprentice_desk.sheets.describing import (
    FORMATS,
    HEADING_FILL,
    HEADING_TEXT,
    LEFT,
    MADE_BY,
    ColumnSpec,
    Kind,
    SheetSpec,
    Value,
    alignment,
    as_written,
    heading_height,
    row_height,
    written_text,
)
from apprentice_desk.sheets.saving import NO_TIME, save_settled

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection


_LISTS = "Lists"
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LABEL_FILL = "E8EDF3"
MARK_FILL = "FCE4B0"
"""The fill of cells that are marked."""

_FONT = "Calibri"
_MORE_ROWS = 1_000  # drop-down lists reach this far below the rows, for a table that grows


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
    specs = [_as_written(spec) for spec in specs]
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


def write_sheet_into(book: Any, spec: SheetSpec) -> None:
    """Add a sheet to a workbook that openpyxl has open; it has no drop-down lists."""
    sheet = book.create_sheet(spec.name)
    _write_sheet(sheet, _as_written(spec), _Styles(sheet), _Choices())


def _as_written(spec: SheetSpec) -> SheetSpec:
    return replace(spec, rows=[[as_written(value) for value in row] for row in spec.rows])


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
        cell.font = self._font(name=_FONT, sz=11, family=2, bold=True, color=HEADING_TEXT)
        cell.fill = self._solid(HEADING_FILL)
        cell.alignment = self._alignment(wrap_text=True, vertical="top", **LEFT)
        if column.note:
            cell.comment = self.note(column.note)
        return cell

    def value(self, sheet: Any, value: Value, column: ColumnSpec, fill: str = "") -> Any:
        """Return a cell of the column's kind with a value as written; None stays a styled blank."""
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
            cell.number_format = FORMATS[column.kind]
            # The mark that Excel itself sets for '=1+1: typing in the cell keeps it text.
            cell.quotePrefix = column.kind in ("text", "yes-no")
            cell.alignment = self._alignment(
                vertical="top", wrap_text=column.is_wrapped or None, **alignment(column)
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


def _write_sheet(sheet: Any, spec: SheetSpec, styles: _Styles, choices: _Choices) -> None:
    columns = spec.columns
    for number, column in enumerate(columns, 1):
        styles.column(sheet.column_dimensions[column_letter(number)], column)
    if spec.freeze:
        sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = heading_height(columns)
    _lay_out_pages(sheet, len(columns))
    sheet.append([styles.heading(sheet, column) for column in columns])
    count = 0
    for index, row in enumerate(spec.rows):
        if height := row_height(columns, row):
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
