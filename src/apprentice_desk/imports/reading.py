"""A file as a source, and the table in it: heading row, body, what stands above.

Where the table begins is found by what its headings and cells mean, so a title, a preamble of
names and dates or an empty first column above or beside it do not matter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import headings, values
from apprentice_desk.imports.fields import NEEDED, Kind, plain
from apprentice_desk.sheets import Cell, SheetCells, Workbook, column_letter, formula_cells
from apprentice_desk.sheets import read_workbook as _read_workbook

_ROWS_LOOKED_AT = 60
_CANDIDATES = 6
_SAMPLE = 100
_EXAMPLE_ROWS = 2  # an example stands right below the heading
_EXAMPLE = re.compile(r"(?:e\.?\s?g\.?|ex|example)\s*[:–-]|e\.g\.", re.IGNORECASE)
_EXAMPLE_ALONE = frozenset({"eg", "example", "example row", "sample", "for example"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its workbook, and where it is."""

    path: Path
    workbook: Workbook

    @property
    def file_name(self) -> str:
        """The file's name without folders."""
        return self.workbook.file_name


class BodyRow(NamedTuple):
    """One row below the heading with at least one typed cell."""

    number: int
    """As the spreadsheet shows it."""
    cells: tuple[Cell, ...]


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
    """Sheets of the file that hold something and are not this one."""

    @property
    def fingerprint(self) -> str:
        """Stands for the headings, whatever their order, capitals and punctuation."""
        words = sorted(plain(heading) for heading in self.headings if heading)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]

    def column(self, index: int) -> list[Cell]:
        """Return the first cells of a column, enough to tell what it holds."""
        return [row.cells[index] for row in self.rows[:_SAMPLE]]


def read(path: str | Path) -> Source:
    """Read a file; raises Problem as ``sheets.read_workbook`` does."""
    path = Path(path)
    return Source(path, _read_workbook(path))


def find_table(source: Source, kind: Kind) -> Table:
    """Return the table of *source* that is most likely a list of *kind*.

    Raises Problem saying what was expected, which columns were looked for and which were found,
    where no table of the file can be one, or where the file is plainly a list of another kind.
    """
    found = _best(source, kind)
    other = _other(kind)
    likely = _best(source, other)
    is_other = likely is not None and not likely.missing
    if found is None or found.missing:
        raise _declined(source, kind, found, other if is_other else None)
    if likely is not None and is_other and likely.worth > found.worth * _PLAINLY:
        raise Problem(
            f"“{source.file_name}” does not look like {_WORDS[kind]} but like {_WORDS[other]}.",
            f"Import it as {other}. {_looked_for(kind)}",
        )
    return table_at(source, found.sheet.name, found.row_number)


def _other(kind: Kind) -> Kind:
    return Kind.HOURS if kind is Kind.APPRENTICES else Kind.APPRENTICES


def table_at(source: Source, sheet_name: str, heading_row: int) -> Table:
    """Return the table whose headings stand in row *heading_row* of a sheet, as a person said.

    Rows that hold nothing but formulas are left out, and so are examples ("EG: …") right below
    the heading.  Raises Problem when there is no such sheet or row.
    """
    sheet = source.workbook.sheet(sheet_name)
    index = heading_row - (sheet.first_row if sheet else 0)
    if sheet is None or not 0 <= index < len(sheet.rows):
        raise Problem(
            f"“{source.file_name}” has no row {heading_row} in a sheet “{sheet_name}”.",
            "Choose the sheet and the row that the headings stand in.",
        )
    formulas = formula_cells(source.path, sheet.name)
    rows = []
    for at in range(index + 1, len(sheet.rows)):
        number, cells = sheet.row_number(at), sheet.rows[at]
        if not _is_typed(number, cells, formulas):
            continue
        if at - index <= _EXAMPLE_ROWS and _is_example(cells):
            continue
        rows.append(BodyRow(number, cells))
    return Table(
        file_name=source.file_name,
        sheet=sheet.name,
        heading_row=heading_row,
        headings=tuple(values.text(cell) for cell in sheet.rows[index]),
        rows=tuple(rows),
        preamble=tuple(
            BodyRow(sheet.row_number(at), sheet.rows[at])
            for at in range(index)
            if any(not values.is_blank(cell) for cell in sheet.rows[at])
        ),
        lost=sheet.unread,
        other_sheets=tuple(
            other.name
            for other in source.workbook.sheets
            if other is not sheet and other.rows and not other.is_hidden
        ),
    )


def _is_typed(number: int, cells: Sequence[Cell], formulas: frozenset[tuple[int, int]]) -> bool:
    if not formulas:
        return not all(values.is_blank(cell) for cell in cells)
    return any(
        not values.is_blank(cell) and (number, column) not in formulas
        for column, cell in enumerate(cells, 1)
    )


def _is_example(cells: Sequence[Cell]) -> bool:
    said = [cell for cell in cells if isinstance(cell, str) and not values.is_blank(cell)]
    return any(_EXAMPLE.match(values.line(cell)) for cell in said) or (
        bool(said) and plain(said[0]) in _EXAMPLE_ALONE
    )


# --- where the table begins ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    sheet: SheetCells
    row_number: int
    worth: float
    missing: tuple[str, ...]


def _best(source: Source, kind: Kind) -> _Candidate | None:
    sheets = [sheet for sheet in source.workbook.sheets if not sheet.is_hidden and sheet.rows]
    hopeful = [
        (-_promise(sheet.rows[at], kind), order, at, sheet)
        for order, sheet in enumerate(sheets or source.workbook.sheets)
        for at in range(min(len(sheet.rows), _ROWS_LOOKED_AT))
    ]
    hopeful.sort(key=lambda each: each[:3])
    best: _Candidate | None = None
    seen: set[tuple[str, ...]] = set()  # headings are repeated on each page; the first row counts
    for promise, _, at, sheet in hopeful[:_CANDIDATES]:
        texts = tuple(plain(values.text(cell)) for cell in sheet.rows[at])
        if (promise == 0 and best is not None) or texts in seen:
            continue
        seen.add(texts)
        candidate = _weighed(sheet, at, kind)
        if best is None or _rank(candidate) > _rank(best):
            best = candidate
    return best


def _rank(candidate: _Candidate) -> tuple[int, float]:
    return -len(candidate.missing), candidate.worth


def _promise(cells: Sequence[Cell], kind: Kind) -> float:
    """Return how much a row looks like headings, from its words alone."""
    texts = [values.text(cell) for cell in cells if isinstance(cell, str)]
    texts = [text for text in texts if text]
    if len(texts) < 2 or texts[0].startswith("#"):  # a remark, as scripts write them
        return 0.0
    best: dict[str, float] = {}
    for text in texts:
        for name, found in headings.heading_scores(text, kind).items():
            best[name] = max(best.get(name, 0.0), found)
    return sum(found for found in best.values() if found >= headings.ENOUGH)


def _weighed(sheet: SheetCells, at: int, kind: Kind) -> _Candidate:
    cells = sheet.rows[at]
    words = [values.text(cell) for cell in cells]
    below = sheet.rows[at + 1 : at + 1 + _SAMPLE]
    columns = [[row[index] for row in below] for index in range(len(cells))]
    found = headings.meanings(kind, words, columns)
    fields = {meaning.field for meaning in found if meaning.field}
    return _Candidate(
        sheet,
        sheet.row_number(at),
        sum(meaning.confidence for meaning in found if meaning.field),
        missing_words(kind, fields),
    )


def missing_words(kind: Kind, fields: set[str]) -> tuple[str, ...]:
    """Return in words what a list of *kind* must have and *fields* do not give."""
    return tuple(
        needed.words
        for needed in NEEDED[kind]
        if not any(all(name in fields for name in way) for way in needed.ways)
    )


_WORDS = {Kind.APPRENTICES: "a list of apprentices", Kind.HOURS: "a log of hours off the job"}
_MOST_NAMED = 8
_PLAINLY = 1.3


def _declined(source: Source, kind: Kind, found: _Candidate | None, likely: Kind | None) -> Problem:
    what = f"“{source.file_name}” does not look like {_WORDS[kind]}"
    named = _widest_row(source)
    if found is None or named is None:
        return Problem(f"{what}: no row of headings was found in it.", _looked_for(kind))
    row_number, texts = named
    shown = ", ".join(f"“{_short(heading)}”" for heading in texts[:_MOST_NAMED])
    more = len(texts) - _MOST_NAMED
    also = f" and {more} more" if more > 0 else ""
    hint = f" It looks like {_WORDS[likely]}: import it as {likely}." if likely else ""
    return Problem(
        f"{what}: no column was found for {'; nor for '.join(found.missing)}."
        f" Row {row_number} has {shown}{also}.",
        _looked_for(kind) + hint,
    )


def _widest_row(source: Source) -> tuple[int, list[str]] | None:
    """Return the row with the most words of all that may be headings, to name it to a person."""
    widest: tuple[int, list[str]] | None = None
    for sheet in source.workbook.sheets:
        for at, cells in enumerate(sheet.rows[:_ROWS_LOOKED_AT]):
            texts = [values.line(cell) for cell in cells if isinstance(cell, str)]
            texts = [text for text in texts if text and values.plain_number(text) is None]
            if texts and (widest is None or len(texts) > len(widest[1])):
                widest = sheet.row_number(at), texts
    return widest


def _looked_for(kind: Kind) -> str:
    wanted = "; ".join(needed.words for needed in NEEDED[kind])
    return f"Such a list needs columns for {wanted}. Rename the headings, or choose another file."


def _short(heading: str) -> str:
    return heading if len(heading) <= 40 else heading[:39] + "…"


def letter(index: int) -> str:
    """Return the letter of the column at *index*, counted from 0."""
    return column_letter(index + 1)
