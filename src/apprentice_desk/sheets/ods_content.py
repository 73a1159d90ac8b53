"""The cells of a LibreOffice workbook, looked at before the reader lays them out.

Tags are known by the names that the reader knows them by, prefix included; it passes over others.
Described in OASIS Open Document Format 1.3, part 3, section 9 (tables).
"""

from __future__ import annotations

from collections.abc import Mapping

from apprentice_desk.sheets.cells import Area
from apprentice_desk.sheets.limits import (
    FORMULA_WITHOUT_RESULT,
    KNOWN_ERRORS,
    MOST_AREAS,
    MOST_CELLS,
    MOST_HIDDEN,
    MOST_ROWS,
    damaged,
    error_cell,
    too_large,
)
from apprentice_desk.sheets.special import Place, Reach, SpecialCells, TooFarError
from apprentice_desk.sheets.walking import DEEPEST, Edit, Walk, edited, whole_number

_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_TABLE, _COLUMN, _ROW = "table:table", "table:table-column", "table:table-row"
_HIDDEN = frozenset({"collapse", "filter"})
_MOST_SPECIAL = 2_000_000
# Empty cells behind the last filled one of their row, each of which the reader makes room for.
_MOST_WASTE = 1_000_000


class OdsContent(Walk):
    """What content.xml says of each sheet, by its name; going through it checks it.

    Raises Problem when a sheet is too large or the part is damaged.
    """

    def __init__(self, name: str, part: bytes) -> None:
        super().__init__(name, part)
        self.sheets: dict[str, SpecialCells] = {}
        self._kept: list[tuple[str, int]] = []  # each sheet and the last column to be read of it
        self._is_cut = False
        self._sheet = ""
        self._found = SpecialCells()
        self._reach = Reach()
        self._row = self._row_repeats = self._column = self._columns = 0
        self._filled_to = self._last_begins = 0
        self._is_hidden = self._is_filled = self._is_inside = False
        self._waste = self._special = self._areas = self._depth = 0
        self._watched: tuple[int, int, Mapping[str, str]] | None = None
        self.go()

    def mended(self) -> bytes | None:
        """Return the part without what is not to be read; None where it is good as it is.

        That is what stands far to the right, and empty cells at the end of rows where they would
        take too much room.
        """
        if self._waste <= _MOST_WASTE and not self._is_cut:
            return None
        ends = _Ends(self.name, self.part, [last for _, last in self._kept])
        for (name, last), left_out in zip(self._kept, ends.left_out, strict=True):
            sheet = self.sheets[name]
            sheet.left_out += left_out
            sheet.formulas = {at for at in sheet.formulas if at[1] <= last}
            sheet.unread = {at: why for at, why in sheet.unread.items() if at[1] <= last}
        return edited(self.part, ends.edits)

    def begin(self, tag: str, about: Mapping[str, str]) -> None:
        """Take the begin of a sheet, column, row or cell."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise damaged(self.name)
        if tag in _CELLS:
            self._begin_cell(about)
        elif tag == _ROW:
            self._row_repeats = whole_number(about.get("table:number-rows-repeated"), 1)
            self._column = self._filled_to = self._last_begins = 0
            self._is_hidden = about.get("table:visibility") in _HIDDEN
        elif tag == _COLUMN:
            self._take_column(about)
        elif tag == _TABLE:
            # A name that is there twice is refused by whoever reads the sheets.
            self._sheet = about.get("table:name", "")
            self._found = self.sheets.setdefault(self._sheet, SpecialCells())
            self._reach = Reach()
            self._row = self._columns = 0

    def end(self, tag: str) -> None:
        """Take the end of a sheet, row or cell."""
        self._depth -= 1
        if tag in _CELLS:
            self._is_inside = False
            if self._watched is not None:
                self._take_watched(*self._watched)
                self._watched = None
        elif tag == _ROW:
            self._end_row()
        elif tag == _TABLE:
            self._end_table()

    def _take_column(self, about: Mapping[str, str]) -> None:
        repeats = whole_number(about.get("table:number-columns-repeated"), 1)
        if about.get("table:visibility") in _HIDDEN:
            first = self._columns + 1
            self._found.hidden_columns.update(range(first, first + min(repeats, MOST_HIDDEN)))
        self._columns += repeats

    def _begin_cell(self, about: Mapping[str, str]) -> None:
        if self._is_inside:
            raise damaged(self.name)
        self._is_inside = True
        self._last_begins = self._column
        if not about:
            self._column += 1
            return
        first = self._column + 1
        repeats = whole_number(about.get("table:number-columns-repeated"), 1)
        self._column += repeats
        if "table:number-columns-spanned" in about or "table:number-rows-spanned" in about:
            self._take_area(about, first, repeats)
        formula = "table:formula" in about
        if not (formula or is_filled(about)):
            return
        self._filled_to = self._column
        last_row = self._row + self._row_repeats
        try:
            self._reach.note(last_row, first, self._column, repeats * self._row_repeats)
        except TooFarError:
            raise too_large(self.name) from None
        if formula or about.get("calcext:value-type") == "error":
            self._special += repeats * self._row_repeats
            if self._special > _MOST_SPECIAL:
                raise too_large(self.name)
            self._watched = (first, self.at(), about)

    def _take_area(self, about: Mapping[str, str], first: int, repeats: int) -> None:
        """Note cells that are joined; where they are repeated, each is joined for itself."""
        wide = whole_number(about.get("table:number-columns-spanned"), 1)
        high = whole_number(about.get("table:number-rows-spanned"), 1)
        if wide * high < 2:
            return
        for row in range(self._row + 1, self._row + 1 + min(self._row_repeats, MOST_AREAS)):
            for column in range(first, first + min(repeats, MOST_AREAS)):
                if self._areas >= MOST_AREAS:
                    return
                self._areas += 1
                self._found.merged.append(Area(row, column, row + high - 1, column + wide - 1))

    def _take_watched(self, first: int, begin: int, about: Mapping[str, str]) -> None:
        """Note a formula, an error, or a formula that was never worked out."""
        formula = "table:formula" in about
        said = self.text_from(begin)
        shown = said or about.get("office:string-value", "")
        lost = ""
        if about.get("calcext:value-type") == "error" or shown in KNOWN_ERRORS:
            lost = error_cell(shown)
        elif not (said or is_filled(about)):
            lost = FORMULA_WITHOUT_RESULT
        for row in range(self._row + 1, self._row + 1 + self._row_repeats):
            for column in range(first, self._column + 1):
                if formula:
                    self._found.formulas.add((row, column))
                if lost:
                    self._found.unread[row, column] = lost

    def _end_row(self) -> None:
        self._waste += max(self._last_begins - self._filled_to, 0)
        first = self._row + 1
        self._row += self._row_repeats
        if not self._filled_to:
            return
        if self._row > MOST_CELLS:
            raise too_large(self.name)
        if self._is_hidden:
            self._found.hidden_rows.update(range(first, min(self._row, MOST_ROWS) + 1))

    def _end_table(self) -> None:
        try:
            last = self._reach.last_column()
        except TooFarError:
            raise too_large(self.name) from None
        self._kept.append((self._sheet, last))
        self._is_cut = self._is_cut or last < self._reach.widest


class _Ends(Walk):
    """The ends of rows that are not to be read, as edits, and the filled cells in them by sheet."""

    def __init__(self, name: str, part: bytes, last_columns: list[int]) -> None:
        super().__init__(name, part)
        self.edits: list[Edit] = []
        self.left_out: list[list[Place]] = []
        self._last_columns = iter(last_columns)
        self._last = self._row = self._row_repeats = self._column = 0
        self._from: int | None = None
        self.go()

    def begin(self, tag: str, about: Mapping[str, str]) -> None:
        """Note where a row holds nothing more to be read."""
        if tag in _CELLS:
            first = self._column + 1
            self._column += whole_number(about.get("table:number-columns-repeated"), 1)
            has_value = "table:formula" in about or is_filled(about)
            if has_value and self._column <= self._last:
                self._from = None
                return
            if self._from is None:
                self._from = self.at()
            if has_value:
                self.left_out[-1].append((self._row + 1, first))
        elif tag == _ROW:
            self._row_repeats = whole_number(about.get("table:number-rows-repeated"), 1)
            self._column, self._from = 0, None
        elif tag == _TABLE:
            self._last = next(self._last_columns)
            self.left_out.append([])
            self._row = 0

    def end(self, tag: str) -> None:
        """Cut a row there."""
        if tag == _ROW:
            self._row += self._row_repeats
            if self._from is not None:
                self.edits.append((self._from, self.at(), b""))


def is_filled(about: Mapping[str, str]) -> bool:
    """Return whether a cell with these attributes has a value."""
    return "office:value-type" in about or any(key.startswith("office:") for key in about)
