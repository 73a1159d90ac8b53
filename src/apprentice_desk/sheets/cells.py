"""What a workbook looks like once it is read: sheets of typed cells, and the names of places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

# bool before int and datetime before date when telling them apart: each is also the other.
Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Area(NamedTuple):
    """A rectangle of cells by its first and last row and column, all counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet from its first cell (A1) on; rows[0] is the sheet's row *first_row*.

    Rows at the end that hold nothing are left out, and so are columns; each row is as wide as the
    sheet.  A text of more than 32,768 characters is cut there; nothing that is kept has room for as
    much.  *unread* names the cells whose value is lost to any reader: they show an error such as
    #N/A, or a formula that was never worked out.  They stand in rows as None, and what is said of
    them is which of the two it is, in words.  *merged* are the areas joined into one cell (their
    value stands in the first).  A row and a column are hidden when they are not shown, be it by
    hand or by a filter; *hidden_rows* are those that hold something.  *left_out* are filled cells
    so far to the right of all others that they are not read, a hundred at most.  Rows and columns
    are counted from 1; a CSV file knows only *left_out*.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 1
    is_hidden: bool = False
    unread: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    left_out: tuple[tuple[int, int], ...] = ()

    def row_number(self, index: int) -> int:
        """Return the row number that Excel shows for rows[index]."""
        return self.first_row + index


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as read: its file's name without folders, its sheets in their order.

    *digest* is the SHA-256 of the file's bytes; a CSV file is a workbook of one sheet.
    """

    file_name: str
    sheets: tuple[SheetCells, ...]
    digest: str = ""

    def sheet(self, name: str) -> SheetCells | None:
        """Return the sheet called *name*, whatever its capitals and spaces around, or None."""
        wanted = name.strip().casefold()
        return next((one for one in self.sheets if one.name.strip().casefold() == wanted), None)


def column_letter(number: int) -> str:
    """Return the letters of column *number*, counted from 1: 1 is A, 27 is AA."""
    if number < 1:
        raise ValueError(f"Columns are counted from 1, not {number}.")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of the column called *letters*, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as C7, from its row and column, both counted from 1."""
    return f"{column_letter(column)}{row}"
