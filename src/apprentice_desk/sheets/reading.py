"""Reading a workbook or CSV file into typed cells.

Dates come as date where the time is midnight, whole numbers as int, blanks and empty texts as
None.  Text is kept as it stands, non-breaking spaces included: what it means is for the caller.
Everything that can be wrong with a file is raised as a Problem in words.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets.cells import Area, Cell, SheetCells, Workbook
from apprentice_desk.sheets.contents import Contents
from apprentice_desk.sheets.csv_files import csv_sheet
from apprentice_desk.sheets.kinds import not_a_workbook, unfinished, unreadable
from apprentice_desk.sheets.limits import (
    LONGEST_TEXT,
    MOST_AREAS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILE_BYTES,
    MOST_SHEETS,
    OLE,
    ZIP,
    damaged,
    protected,
    too_large,
)
from apprentice_desk.sheets.old_contents import OldContents
from apprentice_desk.sheets.special import Place, SpecialCells

WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_CSV_ENDINGS = frozenset({".csv", ".txt", ".tsv"})
_MOST_JOINED_ROWS = 1_000_000  # of all joined cells of a sheet; no two share a row and a column
_Ranges = Sequence[tuple[tuple[int, int], tuple[int, int]]]
_ABOUT = "xl/workbook.xml"
_MOST_ABOUT = 1024 * 1024
_SHEET_NAME = re.compile(rb"<sheet\s[^<>]*?\bname=\"([^\"]*)\"")
_ODS_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def read_workbook(path: str | Path) -> Workbook:
    """Read an .xlsx, .xlsm, .xls, .ods or .csv file whole.

    Raises Problem if the file is missing, empty, locked, damaged, protected with a password, too
    large, changed while it was read, or not what its name says.
    """
    path = Path(path)
    return read_packed(path.name, _bytes_of(path))


def read_packed(name: str, packed: bytes) -> Workbook:
    """Read the bytes of a workbook that is called *name*; raises Problem as read_workbook does."""
    path = Path(name)
    digest = hashlib.sha256(packed).hexdigest()
    if path.suffix.casefold() in _CSV_ENDINGS:
        return Workbook(name, (csv_sheet(path, packed),), digest)
    return Workbook(name, _sheets_of(path, packed), digest)


def sheet_names(path: str | Path) -> tuple[str, ...]:
    """Return the names of the sheets of an .xlsx, without reading what is on them.

    None of a file that is no such workbook, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = archive.getinfo(_ABOUT)
            if about.file_size > _MOST_ABOUT:
                return ()
            part = archive.read(about)
    # zipfile raises NotImplementedError for a way of packing that it does not know.
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, zlib.error):
        return ()
    return tuple(unescape(name.decode(errors="replace")) for name in _SHEET_NAME.findall(part))


def formula_cells(path: str | Path, sheet: str) -> frozenset[tuple[int, int]]:
    """Return the (row, column), from 1, of each cell of *sheet* that holds a formula.

    None for .csv.  Raises Problem as read_workbook does.
    """
    return next((s.formulas for s in read_workbook(path).sheets if s.name == sheet), frozenset())


def _bytes_of(path: Path) -> bytes:
    """Return the file's bytes, all from one moment."""
    try:
        before = path.stat()
        if path.is_dir():
            raise Problem(f"“{path.name}” is a folder, not a file.", "Choose a workbook inside it.")
        if problem := unfinished(path, is_empty=before.st_size == 0):
            raise problem
        if before.st_size > MOST_FILE_BYTES:
            raise too_large(path.name)
        packed = path.read_bytes()
        after = path.stat()
    except FileNotFoundError as error:
        raise Problem(
            f"“{path.name}” was not found.", "Check the name and the folder, and try again."
        ) from error
    except PermissionError as error:
        raise Problem(
            f"“{path.name}” may not be read, or another program has it open.",
            "Close it there, or ask for the right to read it, and try again.",
        ) from error
    except OSError as error:
        raise unreadable(path.name, error) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(packed)):
        raise Problem(
            f"“{path.name}” was being changed while it was read.",
            "Wait until it is saved or copied whole, and try again.",
        )
    if not packed:
        raise Problem(f"“{path.name}” is empty.", "Save it again, or ask for it again.")
    return packed


def _sheets_of(path: Path, packed: bytes) -> tuple[SheetCells, ...]:
    by_name: Mapping[str, SpecialCells] = {}
    by_place: Sequence[SpecialCells] = ()
    is_ods = False
    if packed.startswith(ZIP):
        contents = Contents(path.name, packed)
        by_name, packed, is_ods = contents.special_cells(), contents.packed(), contents.is_ods
        del contents
    elif packed.startswith(OLE):
        old = OldContents(path.name, packed)
        by_place, packed = old.sheets, old.packed()
    else:
        raise not_a_workbook(path.name, packed)

    # Late: start-up must not pay for it.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(packed))
        read = []
        cells = 0
        if len(book.sheets_metadata) > MOST_SHEETS:
            raise too_large(path.name)
        if len(set(book.sheet_names)) < len(book.sheets_metadata):
            raise damaged(path.name)
        for at, about in enumerate(book.sheets_metadata):
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.total_height * sheet.total_width
            if cells > MOST_CELLS or sheet.total_width > MOST_COLUMNS:
                raise too_large(path.name)
            special = by_place[at] if at < len(by_place) else by_name.get(about.name)
            rows = _typed_rows(sheet.to_python(skip_empty_area=False), is_ods)
            merged = sheet.merged_cell_ranges
            is_hidden = about.visible != SheetVisibleEnum.Visible
            read.append(_sheet(about.name, rows, special or SpecialCells(), merged, is_hidden))
        return tuple(read)
    except PasswordError as error:
        raise protected(path.name) from error
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise damaged(path.name) from error
    except BaseException as error:
        # What the reader did not foresee at all: it cannot be named, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path.name) from error


def _sheet(
    name: str,
    rows: list[tuple[Cell, ...]],
    special: SpecialCells,
    merged: _Ranges | None,
    is_hidden: bool,
) -> SheetCells:
    """Return a sheet, ends without a value cut off."""
    _blank(rows, special.unread)
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    width = _width(rows)
    if rows and width < len(rows[0]):
        rows = [cells[:width] for cells in rows]
    areas = special.merged or _areas(merged)
    filled = (row for row in special.hidden_rows if 0 < row <= len(rows))
    return SheetCells(
        name=name,
        rows=tuple(rows),
        is_hidden=is_hidden,
        unread=special.unread,
        merged=tuple(_within(areas, len(rows))),
        hidden_rows=frozenset(
            row for row in filled if any(value is not None for value in rows[row - 1])
        ),
        hidden_columns=frozenset(special.hidden_columns),
        formulas=frozenset(special.formulas),
        left_out=tuple(special.left_out),
    )


def _blank(rows: list[tuple[Cell, ...]], places: Iterable[Place]) -> None:
    """Empty the cells at *places*: the reader may give what an error looks like."""
    by_row: dict[int, list[int]] = {}
    for row, column in places:
        if row <= len(rows) and column <= len(rows[row - 1]):
            by_row.setdefault(row - 1, []).append(column - 1)
    for at, columns in by_row.items():
        cells = list(rows[at])
        for column in columns:
            cells[column] = None
        rows[at] = tuple(cells)


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the last column that holds a value."""
    width = 0
    for cells in rows:
        last = len(cells)
        while last > width and cells[last - 1] is None:
            last -= 1
        width = max(width, last)
    return width


def _areas(ranges: _Ranges | None) -> list[Area]:
    """Return the joined cells as areas counted from 1; the reader counts from 0."""
    return [
        Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in (ranges or ())[:MOST_AREAS]
    ]


def _within(areas: Sequence[Area], rows: int) -> Iterator[Area]:
    """Yield the areas that begin within *rows*, cut off there, until they have too many rows."""
    room = _MOST_JOINED_ROWS
    for area in areas:
        if area.first_row > rows:
            continue
        cut = area._replace(last_row=min(area.last_row, rows))
        room -= cut.last_row - cut.first_row + 1
        if room < 0:
            return
        yield cut


def _typed_rows(rows: Sequence[Sequence[Any]], is_ods: bool) -> list[tuple[Cell, ...]]:
    # What most cells are is told here: a call for each of them takes longer than reading it did.
    return [
        tuple(
            [
                (value or None)
                if (kind := value.__class__) is str and not is_ods and len(value) < LONGEST_TEXT
                else int(value)
                if kind is float and value.is_integer() and -1e15 < value < 1e15
                else value
                if kind is date or (kind is float and isfinite(value))
                else _typed(value, is_ods)
                for value in row
            ]
        )
        for row in rows
    ]


def _typed(value: Cell, is_ods: bool) -> Cell:
    """Return what the reader gave as the narrowest type that says the same."""
    if isinstance(value, str):
        if is_ods and (match := _ODS_DURATION.fullmatch(value)):
            return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))
        return value[:LONGEST_TEXT] or None
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value
