"""What a list is once it is found: a file, its table, the rows and where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports.fields import plain
from apprentice_desk.imports.labels import Label
from apprentice_desk.sheets import Cell, Workbook, column_letter
from apprentice_desk.sheets import read_workbook as _read_workbook

_SAMPLE = 100
_MOST_COLUMNS = 1_000  # days across, for more than two years


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its workbook, and where it is."""

    path: Path
    workbook: Workbook

    @property
    def file_name(self) -> str:
        """The file's name without folders."""
        return self.workbook.file_name


class Origin(NamedTuple):
    """Where a row comes from that is not simply a row of the table's sheet.

    *columns* are the columns of its cells, counted from 0; -1 stands for no cell.  Of a row made
    from one cell of a grid *words* is the heading of that cell, *period* what it stands for where
    that is more than a day, *left_out* why it is no entry, *part* which of how many parts it is.
    """

    sheet: str
    row: int
    columns: tuple[int, ...]
    words: str = ""
    is_cell: bool = False
    period: Label | None = None
    left_out: str = ""
    part: tuple[int, int] = (1, 1)
    beside: str = ""
    """The columns of its table, where several stand side by side."""


class BodyRow(NamedTuple):
    """One row below the heading with at least one typed cell."""

    number: int
    """As the spreadsheet shows it; where there is an origin, only a number of its own."""
    cells: tuple[Cell, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it stands in one sheet.

    *lost* names the cells whose value cannot be read (errors, formulas never worked out) by (row,
    column), both from 1.  *preamble* is what stands above the heading row.
    """

    file_name: str
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[BodyRow, ...]
    preamble: tuple[BodyRow, ...] = ()
    lost: Mapping[tuple[int, int], str] | None = None
    other_sheets: tuple[str, ...] = ()
    """Sheets of the file that hold something and are not read."""
    hidden_sheets: tuple[str, ...] = ()
    """Hidden sheets of the file that hold something; they are not read."""
    alike: tuple[str, ...] = ()
    """Sheets of the same shape, this one first; none where it is the only one."""
    joined: tuple[str, ...] = ()
    """The sheets that are read together, this one first; none where it is read alone."""
    sheet_column: int | None = None
    """The column that says in which sheet a row stands, as names of people do."""
    lost_by_sheet: Mapping[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    """What is worth knowing about how it was read."""
    letters: tuple[str, ...] = ()
    """What its columns are called in the sheet, where they are not simply A, B, C."""
    header_words: frozenset[str] = frozenset()
    """The plain words of every cell of its heading rows."""
    preambles: Mapping[str, tuple[BodyRow, ...]] = field(default_factory=dict)
    """What stands above the headings of each of several sheets that are read together."""
    wide: frozenset[tuple[str, int]] = frozenset()
    """The rows, by sheet and number, with a cell that reaches over several columns."""

    def above(self, sheet: str) -> tuple[BodyRow, ...]:
        """Return what stands above the headings of a sheet."""
        return self.preambles.get(sheet, self.preamble if sheet == self.sheet else ())

    def place_of(self, row: BodyRow) -> tuple[str, int]:
        """Return the sheet that a row stands in, and its number there."""
        return (row.origin.sheet, row.origin.row) if row.origin else (self.sheet, row.number)

    @property
    def has_lost(self) -> bool:
        """Whether any cell's value cannot be read."""
        return bool(self.lost or self.lost_by_sheet)

    def lost_at(self, row: BodyRow, index: int) -> str | None:
        """Return why the cell of *row* at *index* cannot be read; None where it can."""
        if row.origin is None:
            return self.lost.get((row.number, index + 1)) if self.lost else None
        lost = self.lost_by_sheet.get(row.origin.sheet)
        return lost.get((row.origin.row, row.origin.columns[index] + 1)) if lost else None

    @property
    def fingerprint(self) -> str:
        """Stands for the headings, whatever their order, capitals and punctuation."""
        return fingerprint_of(self.headings)

    def column(self, index: int) -> list[Cell]:
        """Return the first cells of a column, enough to tell what it holds."""
        return [row.cells[index] for row in self.rows[:_SAMPLE]]


def fingerprint_of(headings: Iterable[str]) -> str:
    """Return what stands for *headings*, whatever their order, capitals and punctuation."""
    words = sorted(plain(heading) for heading in headings if heading)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def read(path: str | Path) -> Source:
    """Read a file; raises Problem as ``sheets.read_workbook`` does, and for a sheet too wide."""
    path = Path(path)
    source = Source(path, _read_workbook(path))
    for sheet in source.workbook.sheets:
        width = len(sheet.rows[0]) if sheet.rows else 0
        if width > _MOST_COLUMNS:
            raise Problem(
                f"The sheet “{sheet.name}” of “{source.file_name}” has cells as far as column"
                f" {column_letter(width)}; a list has at most {_MOST_COLUMNS:,} columns.",
                "Remove what stands far beside the list, or copy the list into a file of its own.",
            )
    return source


def letter(index: int) -> str:
    """Return the letter of the column at *index*, counted from 0."""
    return column_letter(index + 1)


def short(heading: str) -> str:
    """Return a heading short enough for a sentence."""
    return heading if len(heading) <= 40 else heading[:39] + "…"
