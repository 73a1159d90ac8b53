"""Cells to lines: finding the headings of a sheet, taking each row, remembering where it stood."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from operator import itemgetter
from typing import Any

from apprentice_desk.domain.findings import Finding, Place
from apprentice_desk.returns import checks
from apprentice_desk.returns.checks import SheetPlaces
from apprentice_desk.returns.registry import Check
from apprentice_desk.returns.rows import Line, ReturnHeader
from apprentice_desk.returns.schema import FieldSchema, ReturnSchema, SheetSchema
from apprentice_desk.returns.taking import Taken, taker_of
from apprentice_desk.returns.values import Typed, blank, clean, from_cell, show, show_cell
from apprentice_desk.sheets import Cell, SheetCells, column_letter

_HEADINGS_WITHIN = 30  # rows from the top in which the headings may stand
_KIND_WORDS = {
    "integer": "a number",
    "money": "a number",
    "hours": "a number of hours",
    "percent": "a number",
    "date": "a date",
    "instant": "a date and time",
}
# Without these nobody can say which of several returns counts, so they must be readable.
_DECIDING = ("borough_code", "period", "revision", "is_sample", "prepared_at")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def heading_key(cell: Cell) -> str:
    """Return what two headings have in common if they are the same to a person."""
    return clean(show_cell(cell)).casefold()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the sheet Return says, item by item: the cell, and the row and column of it."""

    items: Sequence[FieldSchema]
    found: Mapping[str, tuple[Cell, int, int]]

    def cell(self, states: str) -> Cell:
        """Return the cell of the item that states the format or its version."""
        return self._at({item.states: item for item in self.items}[states])[0]

    def value(self, item: FieldSchema) -> Typed:
        """Return an item's value, or blank where it cannot be understood."""
        try:
            return from_cell(item.kind, self._at(item)[0], item.identifier)[0]
        except ValueError:
            return blank(item.kind)

    def header(self, schema: ReturnSchema, file: str) -> tuple[ReturnHeader | None, list[Finding]]:
        """Return the header, or None if whose it is or for when cannot be told."""
        findings: list[Finding] = []
        values: dict[str, Any] = {}
        has_failed = False
        for item in schema.items:
            if not item.takes:
                continue
            cell, row, column = self._at(item)
            place = Place(
                file,
                schema.header_sheet,
                row or None,
                column_letter(column) if column else "",
                item.name,
                item.takes,
                show_cell(cell),
            )
            try:
                value, _ = from_cell(item.kind, cell, item.identifier)
                message = "" if value not in (None, "") or not item.is_required else "It is blank."
            except ValueError as error:
                value, message = blank(item.kind), f"{item.message} {error}"
            if not message and item.takes == "revision" and isinstance(value, int) and value < 1:
                message = item.message
            if message:
                is_deciding = item.takes in _DECIDING
                has_failed = has_failed or is_deciding
                check = checks.HEADER_ITEM if is_deciding else checks.HEADER_ITEM_NOTE
                findings.append(
                    check.finding(place, item=item.name, message=message, remedy=item.rule)
                )
            values[item.takes] = value
        if has_failed:
            return None, findings
        values["is_sample"] = bool(values["is_sample"])
        period = values["period"]
        for takes, day in (("period_first_on", period.first), ("period_last_on", period.last)):
            stated = values.pop(takes)
            if stated is not None and stated != day:
                item = next(item for item in schema.items if item.takes == takes)
                findings.append(
                    checks.OTHER_DAYS.finding(
                        Place(file, schema.header_sheet, heading=item.name),
                        item=item.name,
                        value=show("date", stated),
                        period=period,
                        day=show("date", day),
                    )
                )
        header = ReturnHeader(**values)
        if header.revision is None and header.prepared_at is None:
            findings.append(checks.PREPARED_AT_MISSING.finding(Place(file, schema.header_sheet)))
        return header, findings

    def _at(self, item: FieldSchema) -> tuple[Cell, int, int]:
        return self.found.get(heading_key(item.name), (None, 0, 0))


def read_header(sheet: SheetCells, items: Sequence[FieldSchema]) -> Stated:
    """Return what the sheet Return says: each item's value stands to the right of its name."""
    wanted = {heading_key(item.name) for item in items}
    found: dict[str, tuple[Cell, int, int]] = {}
    for index, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            label = heading_key(_IN_BRACKETS.sub("", cell).rstrip(" :"))
            if label in wanted and label not in found:
                value = row[at + 1] if at + 1 < len(row) else None
                found[label] = (value, sheet.row_number(index), at + 2)
                break
    return Stated(items, found)


class SheetReader:
    """Takes the rows of one sheet as lines; what is wrong with its cells becomes findings.

    *texts* are the lines as the fingerprint is made from them.  *unread* names the cells that a
    finding was made about, as (index of the line, attribute), with what stood there.
    """

    def __init__(self, sheet: SheetSchema, file: str) -> None:
        self.sheet = sheet
        self.lines: list[Line] = []
        self.rows: list[int] = []
        self.texts: list[tuple[str, ...]] = []
        self.findings: list[Finding] = []
        self.unread: dict[tuple[int, str], str] = {}
        self._file = file
        self._columns: dict[str, int] = {}
        self._understood: dict[str, list[tuple[Place, str]]] = {}

    @property
    def places(self) -> SheetPlaces:
        """Where the lines stand."""
        letters = {takes: column_letter(at + 1) for takes, at in self._columns.items()}
        return SheetPlaces(self.rows, letters)

    def read(self, cells: SheetCells | None) -> None:
        """Take every row below the headings that holds anything in a column of the return."""
        if cells is None:
            self._find(checks.SHEET_MISSING, Place(self._file, self.sheet.name))
            return
        top = self._headings_row(cells)
        if top is None:
            self._find(checks.NO_HEADINGS, Place(self._file, self.sheet.name))
            return
        self._take_headings(cells, top)
        self._take_rows(cells, top + 1)
        for found in self._understood.values():
            place, value = found[0]
            self._find(
                checks.UNDERSTOOD,
                place,
                kind=_KIND_WORDS[self.sheet.field(place.field).kind],
                rows="1 row" if len(found) == 1 else f"{len(found)} rows",
                value=value,
            )

    def _headings_row(self, cells: SheetCells) -> int | None:
        """Return the index of the row that has most of the headings, at least two of them."""
        wanted = {heading_key(field.name) for field in self.sheet.fields}
        counts: list[int] = []
        for row in cells.rows[:_HEADINGS_WITHIN]:
            found = {heading_key(cell) for cell in row if isinstance(cell, str)}
            counts.append(len(wanted & found))
            if counts[-1] == len(wanted):
                break  # no row has more
        most = max(counts, default=0)
        return counts.index(most) if most >= 2 else None

    def _take_headings(self, cells: SheetCells, top: int) -> None:
        by_key = {heading_key(field.name): field for field in self.sheet.fields}
        for at, cell in enumerate(cells.rows[top]):
            if cell is None:
                continue
            heading = clean(show_cell(cell))
            field = by_key.get(heading.casefold())
            place = Place(
                self._file,
                self.sheet.name,
                cells.row_number(top),
                column_letter(at + 1),
                field.name if field else heading,
            )
            if field is None:
                if heading:
                    self._find(checks.COLUMN_EXTRA, place)
            elif field.takes in self._columns:
                self._find(checks.COLUMN_TWICE, place)
            else:
                self._columns[field.takes] = at
        for field in self.sheet.fields:
            if field.takes not in self._columns:
                check = checks.COLUMN_MISSING if field.is_required else checks.COLUMN_MISSING_NOTE
                self._find(check, Place(self._file, self.sheet.name, heading=field.name))

    def _take_rows(self, cells: SheetCells, first: int) -> None:
        """Take the rows from index *first* on, a column at a time."""
        fields = [field for field in self.sheet.fields if field.takes in self._columns]
        places = [self._columns[field.takes] for field in fields]
        pick = itemgetter(*places)  # at least two headings were found
        lost = {place: why for place, why in cells.unread.items() if place[1] - 1 in places}
        rows_with_lost = {row for row, _ in lost}
        picked: list[tuple[Cell, ...]] = []
        for index in range(first, len(cells.rows)):
            row, number = pick(cells.rows[index]), cells.row_number(index)
            if not _is_blank(row) or number in rows_with_lost:
                picked.append(row)
                self.rows.append(number)
        if not picked:
            return
        values: dict[str, Sequence[Typed]] = {}
        texts: dict[str, Sequence[str]] = {}
        for field, at, column in zip(fields, places, zip(*picked, strict=True), strict=True):
            took = taker_of(field).take(column)
            values[field.takes], texts[field.takes] = took.values, took.texts
            for index, taken in took.odd:
                self._note(field, index, at, column[index], taken)
            for (row_number, column_number), why in lost.items():
                if column_number == at + 1 and row_number in self.rows:
                    index = self.rows.index(row_number)
                    self.unread[index, field.takes] = why
                    place = self._place(field, row_number, at, column[index])
                    self._find(checks.CELL_ERROR, place, why=why)
        self._make_lines(values, texts)

    def _note(self, field: FieldSchema, index: int, at: int, cell: Cell, taken: Taken) -> None:
        """Remember that a cell could not be taken, or had to be understood."""
        place = self._place(field, self.rows[index], at, cell)
        if taken.wrong:
            self.unread[index, field.takes] = show_cell(cell)
            words = {"message": field.message, "why": taken.wrong, "remedy": field.rule}
            self._find(checks.WRONG_TYPE, place, **words)
        else:
            shown = show(field.kind, taken.value)
            self._understood.setdefault(field.takes, []).append((place, shown))

    def _make_lines(
        self, values: Mapping[str, Sequence[Typed]], texts: Mapping[str, Sequence[str]]
    ) -> None:
        """Make the lines, and their texts for the fingerprint, of columns of equal length."""
        count = len(self.rows)
        kinds = {field.takes: field.kind for field in self.sheet.fields}
        attributes = [one.name for one in dataclass_fields(self.sheet.line_class)]
        self.lines = [object.__new__(self.sheet.line_class) for _ in range(count)]
        for name in attributes:
            column = values.get(name) or (blank(kinds[name]),) * count
            # A column at a time, into the slots: as their frozen class does it, in half the time.
            put = getattr(self.sheet.line_class, name).__set__
            deque(map(put, self.lines, column), maxlen=0)
        of_text = [texts.get(field.takes) or ("",) * count for field in self.sheet.fields]
        self.texts = list(zip(*of_text, strict=True))

    def _place(self, field: FieldSchema, row: int, at: int, cell: Cell) -> Place:
        return Place(
            self._file,
            self.sheet.name,
            row,
            column_letter(at + 1),
            field.name,
            field.takes,
            show_cell(cell),
        )

    def _find(self, check: Check, place: Place, **words: object) -> None:
        heading = {"heading": place.heading, "sheet": self.sheet.name}
        self.findings.append(check.finding(place, **(heading | words)))


def _is_blank(row: Sequence[Cell]) -> bool:
    for cell in row:
        if cell is not None and not (isinstance(cell, str) and not cell.strip()):
            return False
    return True
