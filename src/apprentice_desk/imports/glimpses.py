"""The sheet that a list stands in, as its file has it, for a person to see what was found where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apprentice_desk.imports import values
from apprentice_desk.imports.reading import Source, Table
from apprentice_desk.sheets import Cell, column_letter

_MOST_ROWS = 2_000
_MOST_COLUMNS = 200
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The rows of a sheet, its columns' letters, and the row that the headings stand in.

    *first_row* is the number of the first row; *cut* says in words what is not shown.
    """

    rows: Sequence[Sequence[Cell]]
    first_row: int
    letters: tuple[str, ...]
    heading_row: int
    cut: str = ""


def glimpse(source: Source, table: Table) -> Glimpse:
    """Return the sheet of *table*; of a long one the rows around its headings."""
    sheet = source.workbook.sheet(table.sheet)
    assert sheet is not None  # the table was found in it
    heading = table.heading_row - sheet.first_row
    start = max(0, heading - _MOST_ROWS // 2)
    rows = sheet.rows[start : start + _MOST_ROWS]
    width = max((_width(row) for row in rows), default=0)
    cut = []
    if len(rows) < len(sheet.rows):
        cut.append(f"{len(rows):,} of {len(sheet.rows):,} rows")
    if width > _MOST_COLUMNS:
        cut.append(f"{_MOST_COLUMNS} of {width:,} columns")
    return Glimpse(
        rows,
        sheet.row_number(start),
        tuple(column_letter(at + 1) for at in range(min(width, _MOST_COLUMNS))),
        table.heading_row,
        f"Shown are {' and '.join(cut)}." if cut else "",
    )


def say(cell: Cell) -> str:
    """Return what a cell says, on one line and not too long."""
    words = values.line(cell)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _width(row: Sequence[Cell]) -> int:
    for at in range(len(row) - 1, -1, -1):
        if not values.is_blank(row[at]):
            return at + 1
    return 0
