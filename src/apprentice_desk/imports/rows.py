"""What becomes of the rows of a list: each has exactly one fate, and the fates add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from apprentice_desk.domain.findings import Finding, Level, Place, refuses
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import Kind, plain
from apprentice_desk.imports.matching import MatchedColumn, Matching
from apprentice_desk.imports.reading import BodyRow, Table
from apprentice_desk.sheets import Cell

T = TypeVar("T")


class Fate(StrEnum):
    """What becomes of a row."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports says beforehand.

    *apprentice* (a name, ULN, reference or email) is whose hours a log without a person column
    holds.  *add_missing* adds people of an hours log who are not in the desk.
    """

    apprentice: str = ""
    add_missing: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedRow(Generic[T]):
    """One row with its fate.

    *entry* is what an imported row brings in.  A skipped row says why in *reason*, with the cell
    in *place*; the findings of a refused row say why, and those of an imported one are notes.
    *minutes* is the time that the row tells of, whatever its fate.
    """

    number: int
    fate: Fate
    entry: T | None = None
    reason: str = ""
    place: Place = field(default_factory=Place)
    findings: tuple[Finding, ...] = ()
    minutes: int = 0


BY_HAND = "Left out by hand."


@dataclass(frozen=True, slots=True)
class Review(Generic[T]):
    """A whole list, read and weighed against the desk, before anything is written.

    *unticked* are the numbers of rows that a person leaves out.  *notes* are about the list as a
    whole.
    """

    file_name: str
    sheet: str
    kind: Kind
    matching: Matching
    all_rows: tuple[ReviewedRow[T], ...]
    notes: tuple[Finding, ...] = ()
    unticked: frozenset[int] = frozenset()

    @property
    def rows(self) -> tuple[ReviewedRow[T], ...]:
        """Every row with its fate, those left out by hand among the skipped."""
        if not self.unticked:
            return self.all_rows
        return tuple(
            replace(row, fate=Fate.SKIPPED, entry=None, reason=BY_HAND, findings=())
            if row.fate is Fate.IMPORTED and row.number in self.unticked
            else row
            for row in self.all_rows
        )

    def with_fate(self, fate: Fate) -> tuple[ReviewedRow[T], ...]:
        """Return the rows of one fate."""
        return tuple(row for row in self.rows if row.fate is fate)

    def entries(self) -> tuple[tuple[ReviewedRow[T], T], ...]:
        """Return the rows to be imported, each with what it brings in."""
        return tuple((row, row.entry) for row in self.rows if row.entry is not None)

    def count(self, fate: Fate | None = None) -> int:
        """Return how many rows there are, or have one fate."""
        return len(self.rows if fate is None else self.with_fate(fate))

    def minutes(self, fate: Fate | None = None) -> int:
        """Return the minutes of all rows, or of those with one fate."""
        return sum(row.minutes for row in (self.rows if fate is None else self.with_fate(fate)))

    def untick(self, number: int) -> Review[T]:
        """Return the review with row *number* left out."""
        return replace(self, unticked=self.unticked | {number})

    def tick(self, number: int) -> Review[T]:
        """Return the review with row *number* taken in again."""
        return replace(self, unticked=self.unticked - {number})


class RowReader:
    """Reads the cells of one row by field; what cannot be read becomes a finding on its cell."""

    def __init__(
        self, table: Table, columns: Mapping[str, tuple[MatchedColumn, ...]], row: BodyRow
    ) -> None:
        self._table = table
        self._columns = columns
        self._row = row
        self.findings: list[Finding] = []

    @classmethod
    def each(cls, table: Table, matching: Matching) -> Iterator[RowReader]:
        """Yield a reader for each row of *table*."""
        columns: dict[str, tuple[MatchedColumn, ...]] = {}
        for column in matching.columns:
            if column.field is not None:
                columns[column.field] = (*columns.get(column.field, ()), column)
        for row in table.rows:
            yield cls(table, columns, row)

    @property
    def number(self) -> int:
        """The row's number in its sheet."""
        return self._row.number

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
        if self._table.lost:
            lost = self._table.lost.get((self.number, column.index + 1))
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
                return Place(
                    self._table.file_name,
                    self._table.sheet,
                    self.number,
                    column.letter,
                    column.heading,
                    name,
                    values.text(self._row.cells[column.index]),
                )
        return Place(self._table.file_name, self._table.sheet, self.number)

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
        return refuses(self.findings)

    def refused(self, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as refused: what keeps it out from left to right, then the notes."""
        findings = tuple(sorted(self.findings, key=_from_left))
        return ReviewedRow(
            self.number, Fate.REFUSED, None, "", findings[0].place, findings, minutes
        )

    def skipped(self, reason: str, *names: str, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as skipped for *reason*, which the cell of the first of *names* shows."""
        return ReviewedRow(self.number, Fate.SKIPPED, None, reason, self.place(*names), (), minutes)

    def imported(self, entry: T, minutes: int = 0) -> ReviewedRow[T]:
        """Return the row as imported, with the notes on it."""
        return ReviewedRow(
            self.number, Fate.IMPORTED, entry, "", self.place(), tuple(self.findings), minutes
        )

    def why_no_entry(self) -> str:
        """Return why the row is no entry at all: a total, headings again, nothing that is read."""
        cells = self._row.cells
        told = [(at, cell) for at, cell in enumerate(cells) if not values.is_blank(cell)]
        headings = self._table.headings
        if len(told) > 1 and all(
            isinstance(cell, str) and plain(cell) == plain(headings[at]) for at, cell in told
        ):
            return "The headings again."
        read = [column for columns in self._columns.values() for column in columns]
        if not any(
            values.said(cells[c.index]) or (self.number, c.index + 1) in (self._table.lost or {})
            for c in read
        ):
            return "Nothing stands in the columns that are read."
        first = next((plain(cell).split() for _, cell in told if isinstance(cell, str)), [])
        if _TOTALS.intersection(first[:2]) and len(first) <= _TOTAL_WORDS and not self._has_day():
            return "A row of totals."
        return ""

    def _has_day(self) -> bool:
        try:
            return values.day(self.cell("done_on")) is not None
        except ValueError:
            return False


_TOTALS = frozenset({"total", "totals", "subtotal", "sum"})
_TOTAL_WORDS = 4


def _from_left(finding: Finding) -> tuple[bool, int, str]:
    return finding.level is Level.NOTE, len(finding.place.column), finding.place.column
