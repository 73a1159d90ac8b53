"""A workbook given back with cells marked: each has another fill and a note that says why.

An Excel workbook keeps what it holds: formats, tables, lists, notes, protection, sums; what could
reach out of it becomes plain text.  Of any other file a plain Excel workbook is made, with the same
cells in the same places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets import in_memory
from apprentice_desk.sheets.cells import Workbook, cell_name
from apprentice_desk.sheets.describing import MADE_BY, SheetSpec, written_text
from apprentice_desk.sheets.limits import ZIP
from apprentice_desk.sheets.quieting import quieten, there
from apprentice_desk.sheets.reading import read_workbook
from apprentice_desk.sheets.saving import NO_TIME, save_settled
from apprentice_desk.sheets.writing import MARK_FILL, as_note, keep_as_text, write_sheet_into

Marks = Mapping[str, Mapping[tuple[int, int], str]]
"""By sheet, then by row and column from 1, what the note on a cell says."""

_DAY, _INSTANT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"


def write_marked(
    source: str | Path,
    digest: str,
    path: str | Path,
    marks: Marks,
    added: SheetSpec,
    *,
    made_at: datetime = NO_TIME,
) -> None:
    """Write the workbook *source* to *path* with *marks*, and *added* as its last sheet.

    Marks of an earlier time are taken out, and a sheet called as *added* is replaced.  The same
    source gives the same bytes.  Raises Problem if *source* is not what it was when it was read
    (by its SHA-256, *digest*), or if the file cannot be written.
    """
    source = Path(source)
    packed = _packed(source, digest)
    book = _opened(packed) or _made_anew(read_workbook(source))
    quieten(book)
    for sheet in book.worksheets:
        _take_marks_out(sheet)
        _enlarge_notes(sheet)
    by_name = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    for name, notes in marks.items():
        sheet = by_name.get(name.strip().casefold())
        if sheet is not None:
            for (row, column), text in notes.items():
                _mark(sheet, row, column, text)
    old = by_name.get(added.name.casefold())
    if old is not None and len(book.worksheets) > 1:
        book.remove(old)
    write_sheet_into(book, added)
    save_settled(path, in_memory.saved(book), made_at)


def _packed(source: Path, digest: str) -> bytes:
    try:
        packed = source.read_bytes()
    except OSError:
        packed = b""
    if hashlib.sha256(packed).hexdigest() != digest:
        raise Problem(
            f"“{source.name}” has changed since it was read, or is not there any more.",
            "Read all returns again, and then write the merged workbook.",
        )
    return packed


def _opened(packed: bytes) -> Any:
    """Return an Excel workbook as openpyxl has it; None for any other, or one it cannot open."""
    if not packed.startswith(ZIP) or b"xl/workbook.xml" not in packed:
        return None
    # Late: openpyxl takes a fifth of a second to import.
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out, such as slicers
            return load_workbook(BytesIO(packed), keep_links=False)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        # Other programs write parts that only openpyxl minds; the cells are known all the same.
        return None


def _made_anew(book: Workbook) -> Any:
    """Return a plain workbook with the cells of one that openpyxl cannot open."""
    from openpyxl import Workbook as Book

    made = Book()
    made.remove(made.worksheets[0])
    made.properties.creator = MADE_BY
    for cells in book.sheets:
        sheet = made.create_sheet(cells.name[:31] or "Sheet")
        if cells.is_hidden:
            sheet.sheet_state = "hidden"
        for index, row in enumerate(cells.rows):
            for at, value in enumerate(row):
                if value is None:
                    continue
                cell = sheet.cell(cells.row_number(index), at + 1)
                if isinstance(value, str):
                    keep_as_text(cell, written_text(value[:32_000]))
                    continue
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = _INSTANT if isinstance(value, datetime) else _DAY
        _widen(sheet)
    if all(sheet.sheet_state == "hidden" for sheet in made.worksheets):
        made.worksheets[0].sheet_state = "visible"
    return made


def _widen(sheet: Any) -> None:
    """Give columns the width of their headings: what a person reads first."""
    from openpyxl.utils import get_column_letter

    for number in range(1, (sheet.max_column or 0) + 1):
        longest = max(len(str(sheet.cell(row, number).value or "")) for row in (1, 2))
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(12, longest + 2))


def _filled(sheet: Any) -> Iterator[Any]:
    for cell in there(sheet):
        if cell.comment is not None:
            yield cell


def _take_marks_out(sheet: Any) -> None:
    from openpyxl.styles import PatternFill

    for cell in _filled(sheet):
        if cell.comment.author == MADE_BY and cell.fill.fgColor.rgb == f"00{MARK_FILL}":
            cell.fill = PatternFill()
            cell.comment = None


def _enlarge_notes(sheet: Any) -> None:
    """Give each note the room that it needs: their sizes are lost on being read."""
    for cell in _filled(sheet):
        cell.comment = as_note(cell.comment.text, cell.comment.author)


def _mark(sheet: Any, row: int, column: int, text: str) -> None:
    from openpyxl.styles import PatternFill

    cell = sheet.cell(row, column)
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            cell = sheet[cell_name(area.min_row, area.min_col)]
    before = cell.comment.text if cell.comment is not None else ""
    cell.fill = PatternFill("solid", start_color=MARK_FILL, end_color=MARK_FILL)
    cell.comment = as_note(f"{text}\n\n{before}".strip())
