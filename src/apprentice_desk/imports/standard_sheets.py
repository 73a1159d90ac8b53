"""Reading knowledge, skills and behaviours from a spreadsheet: a column of codes, one of words.

The sheet with the most codes is read.  Where the headings do not say which column has the words it
is the one that holds most of them beside the codes.  Rows without a code are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import read_code
from apprentice_desk.domain.standards_text import HOW_TO_WRITE, ReadKsbs, read_ksb_lines
from apprentice_desk.sheets import Cell, SheetCells, Workbook, column_letter, read_workbook

_MOST_ROWS = 5_000
_MOST_COLUMNS = 60
_HEADINGS_ABOVE = 5
_WORDS = re.compile(r"descri|detail|words|wording|statement|text|requirement|criteri|what")
_NOT_WORDS = re.compile(r"note|comment|evidence|example|status|date|duty|duties|option|link")
_CODE = re.compile(r"[KSB]\s?0*[1-9][0-9]?[.:)]?", re.IGNORECASE)


def read_standard_sheet(path: str | Path) -> ReadKsbs:
    """Return the codes and words of the workbook at *path*, each place a row of a sheet.

    Raises Problem where it cannot be read, or no sheet has a column of codes.
    """
    return read_standard_workbook(read_workbook(path))


def read_standard_workbook(book: Workbook) -> ReadKsbs:
    """Return the codes and words of a workbook; raises Problem where there are none."""
    best = max(
        ((len(_coded(sheet, column)), sheet, column) for sheet, column in _columns(book)),
        key=lambda found: found[0],
        default=None,
    )
    if best is None or best[0] == 0:
        return _in_one_column(book)
    _, sheet, column = best
    coded = _coded(sheet, column)
    words = _words_column(sheet, column, [row for row, _ in coded])
    if words is None:
        raise Problem(
            f"Beside the codes in column {column_letter(column + 1)} of “{sheet.name}” there are"
            " no words.",
            "Put what each code asks into a column beside it.",
        )
    read = read_ksb_lines(
        (f"row {sheet.first_row + row}", f"{code}: {_text(sheet.rows[row], words)}")
        for row, code in coded
    )
    lines = {row for row, _ in coded}
    first = min(lines)
    left_out = [
        row
        for row in range(first, len(sheet.rows))
        if row not in lines and len(_text(sheet.rows[row], words).split()) > 2
    ]
    if not left_out:
        return read
    rows = "1 row has" if len(left_out) == 1 else f"{len(left_out)} rows have"
    note = Finding(
        Level.NOTE,
        "SL011",
        f"{rows} words and no code, and {'was' if len(left_out) == 1 else 'were'} left out"
        f" (row {sheet.first_row + left_out[0]}).",
        "Give it a code in the sheet if it belongs to the list.",
        Place(field="ksbs"),
    )
    return replace(read, findings=(*read.findings, note))


def _columns(book: Workbook) -> Iterator[tuple[SheetCells, int]]:
    for sheet in sorted(book.sheets, key=lambda each: each.is_hidden):
        width = len(sheet.rows[0]) if sheet.rows else 0
        for column in range(min(width, _MOST_COLUMNS)):
            yield sheet, column


def _coded(sheet: SheetCells, column: int) -> list[tuple[int, str]]:
    """Return the rows that have nothing but a code in *column*, each with it."""
    found = []
    for row, cells in enumerate(sheet.rows[:_MOST_ROWS]):
        text = _text(cells, column)
        if _CODE.fullmatch(text):
            found.append((row, read_code(text.rstrip(".:)"))))
    return found


def _words_column(sheet: SheetCells, codes: int, rows: Sequence[int]) -> int | None:
    above = range(max(0, rows[0] - _HEADINGS_ABOVE), rows[0])
    best: tuple[int, int] | None = None
    for column in range(min(len(sheet.rows[0]), _MOST_COLUMNS)):
        length = sum(len(_text(sheet.rows[row], column)) for row in rows)
        if column == codes or length < 2 * len(rows):
            continue
        heading = fold(" ".join(_text(sheet.rows[row], column) for row in above))
        worth = length
        if _WORDS.search(heading):
            worth *= 100
        if _NOT_WORDS.search(heading):
            worth //= 100
        if best is None or worth > best[0]:
            best = (worth, column)
    return None if best is None else best[1]


def _in_one_column(book: Workbook) -> ReadKsbs:
    """Return what a sheet says that has code and words in one cell."""
    best = ReadKsbs(())
    for sheet, column in _columns(book):
        read = read_ksb_lines(
            (f"row {sheet.first_row + row}", _text(cells, column))
            for row, cells in enumerate(sheet.rows[:_MOST_ROWS])
        )
        if len(read.ksbs) > len(best.ksbs):
            best = read
    if not best.ksbs:
        raise Problem(f"No column of “{book.file_name}” has codes such as K1 or S2.", HOW_TO_WRITE)
    return best


def _text(cells: Sequence[Cell], column: int) -> str:
    value = cells[column] if column < len(cells) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
