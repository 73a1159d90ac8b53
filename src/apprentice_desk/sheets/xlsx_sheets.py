"""The cells of one sheet of an Excel workbook, looked at before the reader lays them out.

Most sheets are written the way Excel does, and a few searches tell how far they reach.  A sheet
that is written otherwise, holds formulas or errors, or reaches too far is gone through tag by tag.
Described in ECMA-376, part 1, section 18.3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from apprentice_desk.sheets.cells import column_number
from apprentice_desk.sheets.limits import (
    FORMULA_WITHOUT_RESULT,
    KNOWN_ERRORS,
    MOST_CELLS,
    MOST_HIDDEN,
    WIDEST_LIST,
    damaged,
    error_cell,
    too_large,
)
from apprentice_desk.sheets.special import Reach, SpecialCells, TooFarError
from apprentice_desk.sheets.walking import DEEPEST, Edit, Walk, edited, whole_number

# Nearly every cell of nearly every sheet; one search for another saves three.
_UNUSUAL_CELL = re.compile(
    rb'<c(?=[\s/>])(?! r="[A-Z]{1,2}[0-9]{1,4}"(?: s="[0-9]+")?(?: t="\w+")? ?/?>)'
)
# A sheet whose cells all have at most two letters and four digits cannot be too large; this finds
# the first cell that needs a closer look.
_FAR_CELL = re.compile(rb'<c r="(?![A-Z]{1,2}[0-9]{1,4}")')
_FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*?(?<!/)>(?!</c>)')
# Ways to write a cell that those two would not see; other programs than a person's do not use them.
_ODD_CELL = re.compile(rb'<c r="(?![A-Z]{1,3}[0-9]{1,7}"(?: [\w:]+="\w*")* ?/?>)')
_ODD_TAG = re.compile(rb'<c(?:[>/\t\n\r]| (?!r="))')
# Not any tag that begins so: drop-down lists have a <formula1>.
_FORMULA = re.compile(rb"<f[\s/>]")
_COLUMN = re.compile(rb"<col\s([^<>]*)>")
_HIDDEN_ROW = re.compile(rb'<row\s[^<>]*?hidden="(?:1|true)"[^<>]*>')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"<>]*)"')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LIKE_NO_OTHER = b"#N/A"  # an error that the reader knows, in place of one that it does not


def look(name: str, part: bytes) -> tuple[SpecialCells, bytes | None]:
    """Return what is special in a sheet, and the part mended where the reader would not take it.

    Raises Problem when the sheet is too large or damaged.
    """
    mended = None
    has_special = _FORMULA.search(part) is not None or b't="e"' in part or b"t='e'" in part
    is_usual = _UNUSUAL_CELL.search(part) is None and b":sheetData" not in part
    if has_special or (not is_usual and (_is_written_oddly(part) or _reaches_far(part))):
        walk = _looked_through(name, part)
        found = walk.found
        if walk.edits:
            mended = edited(walk.part, walk.edits)
    else:
        found = SpecialCells()
    found.hidden_columns = _hidden_columns(part)
    if b' hidden="' in part:
        found.hidden_rows = _hidden_rows(part)
    return found, mended


def _looked_through(name: str, part: bytes) -> _SheetWalk:
    walk = _SheetWalk(name, part)
    try:
        last = walk.reach.last_column()
    except TooFarError:
        raise too_large(name) from None
    return _SheetWalk(name, part, last) if last < walk.reach.widest else walk


def _reaches_far(part: bytes) -> bool:
    """Return whether the filled cells reach beyond what is read without a closer look."""
    if not _FAR_CELL.search(part):
        return False
    last_row = last_column = 0
    columns: dict[bytes, int] = {}
    for match in _FILLED_CELL.finditer(part):
        letters = match[1]
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.decode("ascii"))
        last_column = max(last_column, column)
        last_row = max(last_row, int(match[2]))
    return last_row * last_column > MOST_CELLS or last_column > WIDEST_LIST


class _SheetWalk(Walk):
    """Each cell that holds anything; one without a reference follows the last.

    Those behind column *last_column* are left out.
    """

    def __init__(self, name: str, part: bytes, last_column: int | None = None) -> None:
        super().__init__(name, part)
        self.found = SpecialCells()
        self.reach = Reach()
        self.edits: list[Edit] = []
        self._last_column = last_column
        self._row = self._column = self._depth = 0
        self._cell: Mapping[str, str] | None = None  # what is said of the cell that is being read
        self._begins = self._value_begins = 0
        self._inside: set[str] = set()
        self._has_value = False
        self._error = ""
        self._edit: Edit | None = None
        self.go()

    def begin(self, tag: str, about: Mapping[str, str]) -> None:
        """Take the begin of a row, a cell or what is in it."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise damaged(self.name)
        kind = tag.rpartition(":")[2]
        if self._cell is not None:
            self._inside.add(kind)
            if kind == "v":
                self._value_begins = self.at()
        elif kind == "c":
            self._cell, self._begins = about, self.at()
            self._error, self._edit, self._has_value = "", None, False
            self._inside.clear()
        elif kind == "row":
            self._row, self._column = whole_number(about.get("r"), self._row + 1), 0

    def end(self, tag: str) -> None:
        """Take the end of a cell, or of its value."""
        self._depth -= 1
        if self._cell is None:
            return
        kind = tag.rpartition(":")[2]
        if kind == "v":
            self._take_value()
        elif kind == "c":
            self._take_cell(self._cell)
            self._cell = None

    def _take_value(self) -> None:
        assert self._cell is not None
        begin, end = self.part.find(b">", self._value_begins) + 1, self.at()
        self._has_value = self._has_value or end > begin
        if self._cell.get("t") == "e":
            self._error = self.text_from(self._value_begins)
            if self._error and self._error not in KNOWN_ERRORS:
                self._edit = begin, end, _LIKE_NO_OTHER

    def _take_cell(self, about: Mapping[str, str]) -> None:
        place = _place(about.get("r", ""), self._row, self._column + 1)
        if place is None:
            raise damaged(self.name)
        row, self._column = place
        if not self._inside:
            return
        if self._last_column is not None and self._column > self._last_column:
            self.edits.append((self._begins, self.part.find(b">", self.at()) + 1, b""))
            self.found.left_out.append(place)
            return
        try:
            self.reach.note(row, self._column, self._column)
        except TooFarError:
            raise too_large(self.name) from None
        if self._edit is not None:
            self.edits.append(self._edit)
        has_value = self._has_value or "is" in self._inside
        if "f" in self._inside:
            self.found.formulas.add(place)
        if about.get("t") == "e":
            self.found.unread[place] = error_cell(self._error)
        elif "f" in self._inside and not has_value and about.get("t") != "str":
            self.found.unread[place] = FORMULA_WITHOUT_RESULT


def _hidden_columns(part: bytes) -> set[int]:
    """Return the columns that a sheet hides; of a long stretch the first."""
    head = part[: part.find(b"<sheetData")]
    hidden: set[int] = set()
    for column in _COLUMN.findall(head):
        about = dict(_ATTRIBUTE.findall(column))
        if about.get(b"hidden") in (b"1", b"true"):
            first = _number_of(about, b"min", 0)
            last = _number_of(about, b"max", first)
            if first:
                hidden.update(range(first, min(last, first + MOST_HIDDEN) + 1))
    return hidden


def _hidden_rows(part: bytes) -> set[int]:
    rows = (dict(_ATTRIBUTE.findall(row)) for row in _HIDDEN_ROW.findall(part))
    return {_number_of(row, b"r", 0) for row in rows}


def _number_of(about: Mapping[bytes, bytes], key: bytes, otherwise: int) -> int:
    return whole_number(about.get(key, b"").decode("ascii", "ignore"), otherwise)


def _is_written_oddly(part: bytes) -> bool:
    """Return whether a sheet's cells must be parsed to be found, as they seldom must."""
    return (
        b":sheetData" in part
        or _ODD_TAG.search(part) is not None
        or _ODD_CELL.search(part) is not None
    )


def _place(reference: str, row: int, column: int) -> tuple[int, int] | None:
    """Return row and column of a reference such as C7, the place given for "", None for others."""
    if not reference:
        return row, column
    match = _REFERENCE.fullmatch(reference)
    return None if match is None else (int(match[2]), column_number(match[1].upper()))
