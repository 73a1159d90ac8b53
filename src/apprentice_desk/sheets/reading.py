"""Reading a workbook or CSV file into typed cells.

Dates come as date where the time is midnight, whole numbers as int, blanks and empty texts as
None.  Text is kept as it stands, non-breaking spaces included: what it means is for the caller.
Everything that can be wrong with a file is raised as a Problem in words.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets.cells import Cell, SheetCells, Workbook
from apprentice_desk.sheets.contents import (
    MOST_FILE_BYTES,
    Contents,
    damaged,
    protected,
    too_large,
)

WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_CSV_ENDINGS = frozenset({".csv", ".txt", ".tsv"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 131_072
_ODS_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def read_workbook(path: str | Path) -> Workbook:
    """Read an .xlsx, .xlsm, .xls, .ods or .csv file whole.

    Raises Problem if the file is missing, empty, locked, damaged, protected with a password, too
    large, changed while it was read, or not what its name says.
    """
    path = Path(path)
    packed = _bytes_of(path)
    digest = hashlib.sha256(packed).hexdigest()
    if path.suffix.casefold() in _CSV_ENDINGS:
        return Workbook(path.name, (_csv_sheet(path, packed),), digest)
    return Workbook(path.name, _sheets_of(path, packed), digest)


def formula_cells(path: str | Path, sheet: str) -> frozenset[tuple[int, int]]:
    """Return the (row, column), from 1, of each cell of *sheet* that holds a formula.

    Known for .xlsx, .xlsm and .ods; none for .xls and .csv.  Raises Problem as read_workbook does.
    """
    path = Path(path)
    packed = _bytes_of(path)
    if not packed.startswith(_ZIP) or path.suffix.casefold() in _CSV_ENDINGS:
        return frozenset()
    return Contents(path.name, packed).formula_cells(sheet)


def _bytes_of(path: Path) -> bytes:
    """Return the file's bytes, all from one moment."""
    try:
        before = path.stat()
        if before.st_size > MOST_FILE_BYTES:
            raise too_large(path.name)
        if path.is_dir():
            raise Problem(f"“{path.name}” is a folder, not a file.", "Choose a workbook inside it.")
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
        raise Problem(
            f"“{path.name}” could not be read.",
            "Copy it to this computer, if it is on a drive that may be out of reach.",
        ) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(packed)):
        raise Problem(
            f"“{path.name}” was being changed while it was read.",
            "Wait until it is saved or copied whole, and try again.",
        )
    if not packed:
        raise Problem(f"“{path.name}” is empty.", "Save it again, or ask for it again.")
    return packed


def _sheets_of(path: Path, packed: bytes) -> tuple[SheetCells, ...]:
    if packed.startswith(_ZIP):
        contents = Contents(path.name, packed)
        unread = contents.unread_cells()
        is_ods = contents.is_ods
    elif packed.startswith(_OLE):
        # Names inside an OLE file are UTF-16; these two streams are how Office stores an
        # encrypted workbook, which is otherwise not told apart from an old .xls.
        if "EncryptedPackage".encode("utf-16-le") in packed:
            raise protected(path.name)
        unread, is_ods = {}, False
    elif packed.startswith(_EMPTY_ZIP):
        raise damaged(path.name)
    else:
        raise _not_what_it_says(path, packed)

    # Late: start-up must not pay for it.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        # A pyo3 panic is no Exception; the checks above are what keeps files from causing one.
        book = CalamineWorkbook.from_filelike(BytesIO(packed))
        return tuple(
            SheetCells(
                name=about.name,
                rows=_typed_rows(
                    book.get_sheet_by_name(about.name).to_python(skip_empty_area=False), is_ods
                ),
                is_hidden=about.visible != SheetVisibleEnum.Visible,
                unread=unread.get(about.name, {}),
            )
            for about in book.sheets_metadata
        )
    except PasswordError as error:
        raise protected(path.name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise damaged(path.name) from error


def _not_what_it_says(path: Path, packed: bytes) -> Problem:
    """Return the Problem for a file whose first bytes are no workbook's."""
    start = packed[:4096]
    if start.lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        looks_like = "a web page or other text"
    elif b"\0" in start:
        looks_like = ""
    else:
        looks_like = "a text or CSV file"
    what = f"“{path.name}” is not an Excel workbook"
    if looks_like:
        return Problem(
            f"{what}: inside it is {looks_like}.",
            "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx); renaming it "
            "is not enough.",
        )
    return Problem(f"{what}.", "Choose a file that Excel or LibreOffice saved as a workbook.")


def _typed_rows(rows: Sequence[Sequence[Cell]], is_ods: bool) -> tuple[tuple[Cell, ...], ...]:
    typed = [tuple([_typed(value, is_ods) for value in row]) for row in rows]
    while typed and not any(value is not None for value in typed[-1]):
        typed.pop()
    return tuple(typed)


def _typed(value: Cell, is_ods: bool) -> Cell:
    """Return what the reader gave as the narrowest type that says the same."""
    if isinstance(value, str):
        if is_ods and (match := _ODS_DURATION.fullmatch(value)):
            return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value


def _csv_sheet(path: Path, packed: bytes) -> SheetCells:
    text = _decoded(path, packed)
    delimiter = None
    if match := re.match(r"sep=(.)\r?\n", text):
        # Excel writes and obeys this line, and does not count it as a row.
        delimiter, text = match[1], text[match.end() :]
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter or _split(text)))
    except csv.Error as error:
        raise damaged(path.name) from error
    if any(len(value) > _LONGEST_CELL for row in rows for value in row):
        # A quotation mark that is never closed; csv has a limit too, but any module may lift it.
        raise damaged(path.name)
    width = max(map(len, rows), default=0)
    cells: list[tuple[Cell, ...]] = [
        tuple([value or None for value in row]) + (None,) * (width - len(row)) for row in rows
    ]
    while cells and not any(cells[-1]):
        cells.pop()
    if not cells:
        raise Problem(f"“{path.name}” holds no rows.", "Save it again, or ask for it again.")
    return SheetCells(path.stem, tuple(cells))


def _decoded(path: Path, packed: bytes) -> str:
    """Return the text of a CSV file: by its byte order mark, else UTF-8, else Windows-1252."""
    if packed.startswith((_ZIP, _OLE)):
        raise Problem(
            f"“{path.name}” is a workbook, not a CSV file.",
            "Give it the ending .xlsx, or save it as CSV in Excel.",
        )
    if packed.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Iterable[str] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = packed.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Problem(
        f"“{path.name}” is not a CSV file that can be read.",
        "Save it in Excel as “CSV UTF-8”, and try again.",
    )


def _split(text: str) -> str:
    """Return the delimiter under which most of the first lines have the same number of columns."""

    def fit(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(StringIO(text[:20_000], newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row, _ in zip(lines, range(30), strict=False) if row)
        widths.pop(1, None)
        width = max(widths, key=lambda width: (widths[width], width), default=0)
        return widths[width], width

    return max(_DELIMITERS, key=fit)
