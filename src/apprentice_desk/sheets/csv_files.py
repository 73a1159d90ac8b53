"""Reading a CSV file into text cells, whatever its letters, separators and quotation marks."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections import Counter
from io import StringIO
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets.cells import Cell, SheetCells
from apprentice_desk.sheets.limits import (
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    OLE,
    WIDEST_LIST,
    ZIP,
    too_large,
)
from apprentice_desk.sheets.special import Reach, TooFarError

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 131_072
_SAMPLE_BYTES = 4096
_LAST_LINE = "\0"  # no text that is read holds it


def csv_sheet(path: Path, packed: bytes) -> SheetCells:
    """Return the one sheet of the CSV file whose bytes are *packed*.

    Raises Problem when it is no text, holds no rows, has a quotation mark that is never closed
    or is too large.
    """
    text = _decoded(path, packed)
    delimiter = None
    if match := re.match(r'sep=([^\r\n"])\r?\n', text):
        # Excel writes and obeys this line, and does not count it as a row.
        delimiter, text = match[1], text[match.end() :]
    rows = _rows(path.name, text, delimiter or _split(text))
    left_out = _cut(path.name, rows)
    width = max(map(len, rows), default=0)
    cells: list[tuple[Cell, ...]] = [
        tuple([value[:LONGEST_TEXT] or None for value in row]) + (None,) * (width - len(row))
        for row in rows
    ]
    while cells and not any(cells[-1]):
        cells.pop()
    if not cells:
        raise Problem(f"“{path.name}” holds no rows.", "Save it again, or ask for it again.")
    return SheetCells(path.stem, tuple(cells), left_out=tuple(left_out))


def _rows(name: str, text: str, delimiter: str) -> list[list[str]]:
    """Return the rows; a last line of our own tells whether a quotation mark stays open."""
    reader = csv.reader(StringIO(f"{text}\n{_LAST_LINE}", newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    line = begins = 1  # of the row being read
    cells = 0
    try:
        for row in reader:
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise _never_closed(name, line)  # as csv says too, but any module may lift that
            if len(row) > MOST_COLUMNS:
                raise too_large(name)
            while row and not row[-1]:  # Excel writes a comma for each cell that is formatted
                row.pop()
            cells += len(row)
            if cells > MOST_CELLS:
                raise too_large(name)
            rows.append(row)
            begins, line = line, reader.line_num + 1
    except csv.Error as error:  # longer than csv takes: nearly always an open quotation mark
        raise _never_closed(name, line) from error
    if rows.pop() != [_LAST_LINE]:
        raise _never_closed(name, begins)
    return rows


def _cut(name: str, rows: list[list[str]]) -> list[tuple[int, int]]:
    """Cut off the few cells far to the right of all others, and return their places."""
    width = max(map(len, rows), default=0)
    if width <= WIDEST_LIST and width * len(rows) <= MOST_CELLS:
        return []
    reach = Reach()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value:
                reach.note(number, column, column)
    try:
        last = reach.last_column()
    except TooFarError:
        raise too_large(name) from None
    left_out = []
    for number, row in enumerate(rows, 1):
        left_out += [(number, at) for at, value in enumerate(row[last:], last + 1) if value]
        del row[last:]
    return left_out


def _never_closed(name: str, line: int) -> Problem:
    return Problem(
        f"“{name}” is damaged: a cell that begins in line {line:,} has no end.",
        "A quotation mark there is never closed. Put it right, or save the list as CSV again.",
    )


def _decoded(path: Path, packed: bytes) -> str:
    """Return the text of a CSV file: by its byte order mark, else UTF-8, else Windows-1252.

    Lines pasted together from files of both kinds are each read in their own way.
    """
    if packed.startswith((ZIP, OLE)):
        raise Problem(
            f"“{path.name}” is a workbook, not a CSV file.",
            "Give it the ending .xlsx, or save it as CSV in Excel.",
        )
    try:
        if wide := _wide_encoding(packed):
            text = packed.decode(wide).removeprefix("\ufeff")
        else:
            text = _narrow(packed)
    except UnicodeDecodeError as error:
        raise _no_text(path.name) from error
    if "\0" in text:
        raise _no_text(path.name)
    return text


def _wide_encoding(packed: bytes) -> str:
    """Return the name of UTF-16 as *packed* has it, by its mark or by where zeros stand, or ""."""
    if packed.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if packed.startswith(b"\xfe\xff"):
        return "utf-16-be"
    first, second = packed[:_SAMPLE_BYTES:2], packed[1:_SAMPLE_BYTES:2]
    for name, zeros, letters in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if zeros.count(0) * 2 > len(zeros) and not letters.count(0):
            return name
    return ""


def _narrow(packed: bytes) -> str:
    try:
        return packed.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "\n".join(map(_line, packed.removeprefix(BOM_UTF8).split(b"\n")))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252")


def _no_text(name: str) -> Problem:
    return Problem(
        f"“{name}” is not a CSV file that can be read.",
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
