"""Writing workbooks of any length, a row at a time: plain sheets with headings and a filter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apprentice_desk.sheets.describing import (
    FORMATS,
    HEADING_FILL,
    HEADING_TEXT,
    LEFT,
    MADE_BY,
    ColumnSpec,
    Kind,
    SheetSpec,
    alignment,
    as_written,
    heading_height,
    row_height,
    written_text,
)
from apprentice_desk.sheets.saving import NO_TIME, save_settled


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


class _LongStyles:
    """The formats of a long workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[tuple[Kind, bool, bool, bool], Any] = {}

    def of(self, column: ColumnSpec, *, is_heading: bool = False) -> Any:
        """Return the format of a column's cells, or of its heading."""
        key = (column.kind, column.is_wrapped, column.is_left, is_heading)
        if key not in self._known:
            sides = LEFT if is_heading else alignment(column)
            looks: dict[str, Any] = {"valign": "top", "align": sides["horizontal"]}
            looks["indent"] = sides["indent"]
            if is_heading:
                looks |= {"bold": True, "text_wrap": True}
                looks |= {"font_color": f"#{HEADING_TEXT}", "bg_color": f"#{HEADING_FILL}"}
            else:
                looks |= {"num_format": FORMATS[column.kind], "text_wrap": column.is_wrapped}
            self._known[key] = self._book.add_format(looks)
        return self._known[key]


def _write_long_sheet(sheet: Any, spec: SheetSpec, formats: _LongStyles) -> None:
    columns = spec.columns
    styles = [formats.of(column) for column in columns]
    sheet.set_row(0, heading_height(columns))
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
        if height := row_height(columns, row):
            sheet.set_row(at_row, height)
        for at, value in enumerate(row):
            kept = as_written(value)
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
