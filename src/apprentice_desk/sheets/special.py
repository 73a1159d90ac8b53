"""What is special about the cells of a sheet, and how far those that are filled reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from apprentice_desk.sheets.cells import Area
from apprentice_desk.sheets.limits import (
    FAR_COLUMNS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_STRAYS,
    WIDEST_LIST,
)

Place = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(slots=True)
class SpecialCells:
    """What a sheet holds beside its values; the same as SheetCells says of each."""

    unread: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    """Of .ods only: those of the others the reader tells."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    left_out: list[Place] = field(default_factory=list)


class TooFarError(Exception):
    """The filled cells of a sheet reach farther than it can be read."""


class Reach:
    """How far the filled cells of a sheet reach, column by column."""

    def __init__(self) -> None:
        # By the last column of a run of equal cells: its first, how many cells, the last row.
        self._columns: dict[int, list[int]] = {}

    @property
    def widest(self) -> int:
        """The last column that holds anything, 0 when none does."""
        return max(self._columns, default=0)

    def note(self, last_row: int, first: int, last: int, cells: int = 1) -> None:
        """Note filled cells, *cells* of them in all, from column *first* to *last*."""
        known = self._columns.get(last)
        if known is None:
            if last > MOST_COLUMNS:
                raise TooFarError
            self._columns[last] = [first, cells, last_row]
            return
        known[1] += cells
        if first < known[0]:
            known[0] = first
        if last_row > known[2]:
            known[2] = last_row

    def last_column(self) -> int:
        """Return the last column that is to be read, 0 when there is none.

        A few cells far to the right of all others are left out where the sheet would be too wide
        or too large with them.  Raises TooFarError when it is too large all the same.
        """
        columns = sorted((last, *known) for last, known in self._columns.items())
        if not columns:
            return 0
        heights = list(accumulate((row for *_, row in columns), max))
        widest = columns[-1][0]
        is_small = widest * heights[-1] <= MOST_CELLS
        if is_small and widest <= WIDEST_LIST:
            return widest
        strays = 0
        for at in range(len(columns) - 1, 0, -1):
            _, first, cells, _ = columns[at]
            strays += cells
            if strays > MOST_STRAYS:
                break
            before = columns[at - 1][0]
            is_gap = first - before > FAR_COLUMNS
            if is_gap and before <= WIDEST_LIST and before * heights[at - 1] <= MOST_CELLS:
                return before
        if not is_small:
            raise TooFarError
        return widest
