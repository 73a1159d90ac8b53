"""One row of a table, read by field: its cells, its places, what is wrong, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from apprentice_desk.domain.findings import Finding, Level, Place, refuses
from apprentice_desk.imports import grids, values
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.fields import plain
from apprentice_desk.imports.grid_cells import TOTALS
from apprentice_desk.imports.labels import Label
from apprentice_desk.imports.matching import MatchedColumn, Matching
from apprentice_desk.imports.reading import BodyRow, Origin, Table
from apprentice_desk.imports.rows import Fate, Near, ReviewedRow
from apprentice_desk.sheets import Cell, column_letter

T = TypeVar("T")


class RowReader:
    """Reads the cells of one row by field; what cannot be read becomes a finding on its cell."""

    def __init__(
        self, table: Table, columns: Mapping[str, tuple[MatchedColumn, ...]], row: BodyRow
    ) -> None:
        self._table = table
        self._columns = columns
        self._row = row
        self.findings: list[Finding] = []
        self.near: tuple[Near, ...] = ()

    @staticmethod
    def columns_of(matching: Matching) -> Mapping[str, tuple[MatchedColumn, ...]]:
        """Return the columns by the field that they hold."""
        columns: dict[str, tuple[MatchedColumn, ...]] = {}
        for column in matching.columns:
            if column.field is not None:
                columns[column.field] = (*columns.get(column.field, ()), column)
        return columns

    @classmethod
    def each(cls, table: Table, matching: Matching) -> Iterator[RowReader]:
        """Yield a reader for each row of *table*."""
        columns = cls.columns_of(matching)
        for row in table.rows:
            yield cls(table, columns, row)

    @property
    def number(self) -> int:
        """The row's number in its sheet; a number of its own where it comes from elsewhere."""
        return self._row.number

    @property
    def row_number(self) -> int:
        """The row's number in its sheet."""
        return self._row.origin.row if self._row.origin else self._row.number

    @property
    def sheet(self) -> str:
        """The sheet that it stands in."""
        return self._row.origin.sheet if self._row.origin else self._table.sheet

    @property
    def called(self) -> str:
        """What a sentence calls the row: "row 7", "row 7, column D", "row 7 of “May”"."""
        called = f"row {self.row_number}"
        if (origin := self._row.origin) is None:
            return called
        if origin.is_cell:
            called += f", column {column_letter(origin.columns[-1] + 1)}"
        if origin.beside:
            called += f", {origin.beside}"
        if origin.part[1] > 1:
            called += f", part {origin.part[0]}"
        return f"{called} of “{origin.sheet}”" if self._table.joined else called

    @property
    def at(self) -> str:
        """Where it stands, in short; "" where its number says it."""
        if (origin := self._row.origin) is None:
            return ""
        letter = column_letter(origin.columns[-1] + 1) if origin.is_cell else ""
        if origin.beside:
            letter = column_letter(origin.columns[0] + 1)
        sheet = f" in {origin.sheet}" if self._table.joined else ""
        return f"{letter}{origin.row}{sheet}"

    @property
    def left_out(self) -> str:
        """Why the cell of a grid that it comes from is no entry; "" where it is one."""
        return self._row.origin.left_out if self._row.origin else ""

    @property
    def period(self) -> Label | None:
        """The week or month that its hours are of, where the list says no day."""
        return self._row.origin.period if self._row.origin else None

    @property
    def part(self) -> tuple[int, int]:
        """Which part of how many it is of the hours that its cell holds."""
        return self._row.origin.part if self._row.origin else (1, 1)

    @property
    def who(self) -> str:
        """The name that it holds, as it is written; "" where no column is for one."""
        whole = values.text(self.cell("full_name"))
        return whole or " ".join(
            part
            for name in ("given_names", "family_name")
            if (part := values.text(self.cell(name)))
        )

    def cell(self, name: str) -> Cell:
        """Return the cell of a field; None where it has no column."""
        columns = self._columns.get(name)
        return None if columns is None else self._row.cells[columns[0].index]

    def cells(self, name: str) -> list[tuple[MatchedColumn, Cell]]:
        """Return the columns and cells of a field that may stand in several."""
        return [(each, self._row.cells[each.index]) for each in self._columns.get(name, ())]

    def read(
        self, name: str, code: str, reader: Callable[[Cell], T | None], *, is_note: bool = False
    ) -> T | None:
        """Return what *reader* makes of a field's cell; None where it cannot read it.

        What it cannot read refuses the row, or with *is_note* is only noted.
        """
        columns = self._columns.get(name)
        if columns is None:
            return None
        column = columns[0]
        if self._table.has_lost:
            lost = self._table.lost_at(self._row, column.index)
            if lost is not None:
                self.find("IM100", name, f"This cell holds {lost}.", "Type the value itself in.")
                return None
        try:
            return reader(self._row.cells[column.index])
        except ValueError as error:
            self.find(code, name, str(error), level=Level.NOTE if is_note else Level.ROW)
            return None

    def place(self, *names: str) -> Place:
        """Return the cell of the first of *names* that has a column; else only the row."""
        for name in names:
            columns = self._columns.get(name)
            if columns is not None:
                column = columns[0]
                if self._row.origin is not None:
                    return self._place_of_origin(self._row.origin, column, name)
                return Place(
                    self._table.file_name,
                    self._table.sheet,
                    self.number,
                    column.letter,
                    column.heading,
                    name,
                    values.text(self._row.cells[column.index]),
                )
        origin = self._row.origin
        if origin is not None and origin.is_cell:
            return self._place_in_grid(origin, "")
        return Place(self._table.file_name, self.sheet, self.row_number)

    def _place_of_origin(self, origin: Origin, column: MatchedColumn, name: str) -> Place:
        at = origin.columns[column.index]
        if origin.is_cell and at == origin.columns[-1]:
            return self._place_in_grid(origin, name)
        said = values.text(self._row.cells[column.index])
        letter = column_letter(at + 1) if at >= 0 else ""
        return Place(
            self._table.file_name, origin.sheet, origin.row, letter, column.heading, name, said
        )

    def _place_in_grid(self, origin: Origin, name: str) -> Place:
        """Return the cell of a grid that holds the hours; its heading is what stands across."""
        return Place(
            self._table.file_name,
            origin.sheet,
            origin.row,
            column_letter(origin.columns[-1] + 1),
            origin.words,
            name,
            values.text(self._row.cells[-1]),
        )

    def find(
        self,
        code: str,
        name: str | tuple[str, ...],
        message: str,
        remedy: str = "",
        level: Level = Level.ROW,
    ) -> None:
        """Add a finding on the cell of a field, or of the first of several that has one."""
        names = (name,) if isinstance(name, str) else name
        self.findings.append(Finding(level, code, message, remedy, self.place(*names)))

    def take_over(self, findings: list[Finding], columns: Callable[[str], tuple[str, ...]]) -> None:
        """Add what a check of ours found, each on the cell of the column it comes from."""
        self.findings += [
            replace(finding, place=self.place(*columns(finding.place.field)))
            for finding in findings
        ]

    def take_over_if_new(
        self, findings: list[Finding], columns: Callable[[str], tuple[str, ...]]
    ) -> None:
        """Add what a check of ours found, but for cells that could not even be read."""
        refused = {each.place.field for each in self.findings if each.level is not Level.NOTE}
        self.take_over(
            [each for each in findings if refused.isdisjoint(columns(each.place.field))], columns
        )

    def is_refused(self) -> bool:
        """Whether anything found so far keeps the row out."""
        return bool(self.findings) and refuses(self.findings)

    def refused(self, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as refused: what keeps it out from left to right, then the notes."""
        findings = tuple(sorted(self.findings, key=_from_left))
        return ReviewedRow(
            self.number, Fate.REFUSED, None, "", findings[0].place, findings, minutes,
            near=self.near, who=self.who, at=self.at,
        )  # fmt: skip

    def skipped(self, reason: str, *names: str, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as skipped for *reason*, which the cell of the first of *names* shows."""
        return ReviewedRow(
            self.number, Fate.SKIPPED, None, reason, self.place(*names), (), minutes,
            who=self.who, at=self.at,
        )  # fmt: skip

    def offering(
        self, entry: T, correction: Correction, reason: str, *names: str
    ) -> ReviewedRow[T]:
        """Return the row as skipped until a person accepts its *correction*."""
        return ReviewedRow(
            self.number, Fate.SKIPPED, None, reason, self.place(*names),
            offered=entry, correction=correction, at=self.at,
        )  # fmt: skip

    def doubted(self, entry: T, reason: str, *names: str, waits: bool = False) -> ReviewedRow[T]:
        """Return the row as left out until a person takes it in: it looks like another one.

        With *waits* it is for another reason.
        """
        return ReviewedRow(
            self.number, Fate.SKIPPED, None, reason, self.place(*names), tuple(self.findings),
            offered=entry, near=self.near, at=self.at, waits=waits,
        )  # fmt: skip

    def imported(self, entry: T, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as imported, with the notes on it."""
        return ReviewedRow(
            self.number, Fate.IMPORTED, entry, "", self.place(), tuple(self.findings), minutes,
            near=self.near, at=self.at,
        )  # fmt: skip

    def why_no_entry(self) -> str:
        """Return why the row is no entry at all: a total, headings again, nothing that is read."""
        cells, table = self._row.cells, self._table
        told = [
            (at, cell)
            for at, cell in enumerate(cells)
            if not values.is_blank(cell) and at != table.sheet_column
        ]
        if len(told) > 1 and all(
            isinstance(cell, str)
            and (plain(cell) in table.header_words or plain(cell) == plain(table.headings[at]))
            for at, cell in told
        ):
            return "The headings again."
        read = [column for columns in self._columns.values() for column in columns]
        if not any(
            values.said(cells[c.index]) or (table.has_lost and table.lost_at(self._row, c.index))
            for c in read
            if c.index != table.sheet_column
        ):
            return "Nothing stands in the columns that are read."
        texts = [plain(cell) for _, cell in told if isinstance(cell, str)]
        if _is_of_totals(texts) and not self._has_day():
            return TOTALS
        if (
            len(told) == 1
            and len(read) > 1
            and grids.length_of(told[0][1]) is None
            and not (table.has_lost and any(table.lost_at(self._row, c.index) for c in read))
        ):
            return f"Only “{values.line(told[0][1])}” stands in this row."
        return ""

    def tells_only(self, *names: str) -> bool:
        """Return whether nothing stands in the row but in the columns of these fields."""
        told = {at for at, cell in enumerate(self._row.cells) if not values.is_blank(cell)}
        mine = {column.index for name in names for column in self._columns.get(name, ())}
        return told <= mine | {self._table.sheet_column}

    def _has_day(self) -> bool:
        try:
            return values.day(self.cell("done_on")) is not None
        except ValueError:
            return False


_TOTALS = frozenset({"total", "totals", "subtotal", "sum"})
_WHOLE_TOTALS = frozenset({"grand total", "sub total", "total hours", "hours total"})
_TOTAL_WORDS = 4


def _is_of_totals(texts: list[str]) -> bool:
    """Whether the first text of a row is called a total, or another says just that."""
    first = texts[0].split() if texts else []
    if len(first) <= _TOTAL_WORDS and _TOTALS.intersection((*first[:2], *first[-1:])):
        return True
    return any(words in _TOTALS or words in _WHOLE_TOTALS for words in texts)


def _from_left(finding: Finding) -> tuple[bool, int, str]:
    return finding.level is Level.NOTE, len(finding.place.column), finding.place.column
