"""The table in a file: where its headings stand, and whether it is a list of the kind asked for.

Where the table begins is found by what its headings and cells mean, so a title, a preamble of
names and dates or an empty first column above or beside it do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import (
    diaries,
    grids,
    headings,
    sheets_alike,
    side_by_side,
    values,
    week_rows,
)
from apprentice_desk.imports.fields import NEEDED, Kind, plain
from apprentice_desk.imports.grids import Axis, Grid
from apprentice_desk.imports.header_rows import Header, headers_at
from apprentice_desk.imports.making import of_grid, of_rows
from apprentice_desk.imports.tables import (
    BodyRow,
    Origin,
    Source,
    Table,
    fingerprint_of,
    letter,
    read,
    short,
)
from apprentice_desk.sheets import Cell, SheetCells

__all__ = [
    "BodyRow", "Origin", "Source", "Table", "find_table", "fingerprint_of", "letter",
    "missing_words", "read", "table_at",
]  # fmt: skip

_ROWS_LOOKED_AT = 60
_MOST_ROWS_LOOKED_AT = 300  # where the first have no headings
_CANDIDATES = 6
_MOST_HEADINGS = 200
_SAMPLE = 100
_SHEETS_LOOKED_AT = 100


def find_table(source: Source, kind: Kind, *, together: bool = True) -> Table:
    """Return the table of *source* that is most likely a list of *kind*.

    With *together* the sheets of the same shape are read with it.  Raises Problem saying what was
    expected, which columns were looked for and which were found, where no table of the file can be
    one, or where the file is plainly a list of another kind.
    """
    found = _best(source, kind)
    other, likely = _likeliest(source, kind)
    is_other = likely is not None and not likely.missing
    grid = _best_grid(source, found if kind is Kind.HOURS else None)
    if kind is Kind.HOURS and grid is not None and _is_chosen(grid, found):
        if grid.is_without_year:
            raise _without_year(source, grid)
        return _with_others(source, of_grid(source, grid), kind, together=together)
    if kind is Kind.HOURS and (dated := _dated_by_rows(source, found)) is not None:
        return _with_others(source, dated, kind, together=together)
    if found is None or (found.missing and not _waits_for_its_day(found, kind)):
        is_other = is_other or (kind is Kind.APPRENTICES and grid is not None)
        raise _declined(source, kind, found, other if is_other else None)
    if likely is not None and is_other and likely.worth > found.worth * _PLAINLY[kind]:
        raise Problem(
            f"“{source.file_name}” does not look like {_WORDS[kind]} but like {_WORDS[other]}.",
            f"Import it as {other}. {_looked_for(kind)}",
        )
    table = _of_rows(source, found.sheet, found.header, kind)
    return _with_others(source, table, kind, together=together)


def _waits_for_its_day(found: _Candidate, kind: Kind) -> bool:
    """Whether it is a list of payments but for a person's word which of its dates is meant.

    That of an invoice is not taken for the day on which it was paid.
    """
    return (
        kind is Kind.PAYMENTS
        and found.missing == missing_words(kind, {"amount", "contract"})
        and any("date" in plain(text).split() for text in found.header.texts)
    )


def _is_chosen(grid: Grid, found: _Candidate | None) -> bool:
    """Whether a file is read as a grid, though it may also have a table that is none."""
    if grid.is_without_year or grid.axis is Axis.PEOPLE:
        return found is None or bool(found.missing)
    return True


def _without_year(source: Source, grid: Grid) -> Problem:
    row = grid.sheet.row_number(grid.at)
    return Problem(
        f"The headings in row {row} of “{source.file_name}” name days, weeks or months,"
        " but no year.",
        "Write the year into a title above the table, such as “Hours 2026-27”, or into the"
        " headings, and save the file.",
    )


def _likeliest(source: Source, kind: Kind) -> tuple[Kind, _Candidate | None]:
    """Return which other kind of list a file is most likely, and the best that it has of it."""
    first, *others = (
        (_best(source, other), other) for other in _BY_LIKELIHOOD if other is not kind
    )
    found, other = first
    for candidate, its_kind in others:
        if candidate is None or candidate.missing:
            continue
        if found is None or found.missing or candidate.worth > found.worth:
            found, other = candidate, its_kind
    return other, found


def table_at(
    source: Source,
    sheet_name: str,
    heading_row: int,
    kind: Kind | None = None,
    *,
    together: bool = True,
) -> Table:
    """Return the table whose headings stand in row *heading_row* of a sheet, as a person said.

    With a *kind* it may be a grid.  Rows that hold nothing but formulas are left out, and so are
    examples ("EG: …") right below the heading.  Raises Problem when there is no such sheet or row.
    """
    sheet = source.workbook.sheet(sheet_name)
    index = heading_row - (sheet.first_row if sheet else 0)
    if sheet is None or not 0 <= index < len(sheet.rows):
        raise Problem(
            f"“{source.file_name}” has no row {heading_row} in a sheet “{sheet_name}”.",
            "Choose the sheet and the row that the headings stand in.",
        )
    weighed = [_weighed(sheet, header, kind or Kind.HOURS) for header in headers_at(sheet, index)]
    chosen = _chosen(weighed)
    if kind is Kind.HOURS:
        grid = grids.find(sheet, index, source.file_name)
        if grid is not None and not grid.is_without_year and _is_chosen(grid, chosen):
            return _with_others(source, of_grid(source, grid), kind, together=together)
    table = _of_rows(source, sheet, chosen.header, kind)
    return _with_others(source, table, kind, together=together) if kind else table


def _of_rows(source: Source, sheet: SheetCells, header: Header, kind: Kind | None) -> Table:
    table = of_rows(source, sheet, header)
    if kind is None:
        return table
    apart = side_by_side.one_below_another(table, sheet, header, kind)
    return week_rows.with_days(apart) if kind is Kind.HOURS and apart is table else apart


def _dated_by_rows(source: Source, found: _Candidate | None) -> Table | None:
    """Return a log that lacks nothing but the day, where rows between its entries name it."""
    if found is None or found.missing != missing_words(Kind.HOURS, {"duration"}):
        return None
    table = _of_rows(source, found.sheet, found.header, Kind.HOURS)
    is_dated = any(note.code in ("IM465", "IM466") for note in table.notes)
    return table if is_dated else None


def _with_others(source: Source, table: Table, kind: Kind, *, together: bool) -> Table:
    """Return *table* with the sheets of the same shape named, and with *together* read with it."""
    tables = [
        _in_sheet(source, sheet, kind)
        for sheet in source.workbook.sheets[:_SHEETS_LOOKED_AT]
        if sheet.rows and not sheet.is_hidden and sheet.name != table.sheet
    ]
    others = [other for other in tables if other is not None]
    return sheets_alike.with_others(source, table, others, kind, together=together)


def _in_sheet(source: Source, sheet: SheetCells, kind: Kind) -> Table | None:
    """Return the table of one sheet, None where there is none of this kind."""
    alone = Source(source.path, replace(source.workbook, sheets=(sheet,)))
    found = _best(alone, kind)
    grid = _best_grid(alone, found) if kind is Kind.HOURS else None
    if grid is not None and not grid.is_without_year and _is_chosen(grid, found):
        return of_grid(alone, grid)
    if kind is Kind.HOURS and (dated := _dated_by_rows(alone, found)) is not None:
        return dated
    if found is None or found.missing:
        return None
    return _of_rows(alone, found.sheet, found.header, kind)


# --- where the table begins ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    sheet: SheetCells
    header: Header
    worth: float
    missing: tuple[str, ...]


def _best(source: Source, kind: Kind) -> _Candidate | None:
    found = _best_of(source, kind, 0, _ROWS_LOOKED_AT)
    if found is None or found.missing:
        farther = _best_of(source, kind, _ROWS_LOOKED_AT, _MOST_ROWS_LOOKED_AT)
        if farther is not None and not farther.missing:
            return farther
    return found


def _best_of(source: Source, kind: Kind, first: int, last: int) -> _Candidate | None:
    sheets = [sheet for sheet in source.workbook.sheets if not sheet.is_hidden and sheet.rows]
    hopeful = [
        (-_promise(sheet.rows[at], kind), order, at, sheet)
        for order, sheet in enumerate(sheets or source.workbook.sheets)
        for at in range(first, min(len(sheet.rows), last))
        if first == 0 or _names_two(sheet.rows[at], kind)
    ]
    hopeful.sort(key=lambda each: each[:3])
    best: _Candidate | None = None
    seen: set[tuple[str, ...]] = set()  # headings are repeated on each page; the first row counts
    for promise, _, at, sheet in hopeful[:_CANDIDATES]:
        texts = tuple(plain(values.text(cell)) for cell in sheet.rows[at])
        if (promise == 0 and best is not None) or texts in seen:
            continue
        seen.add(texts)
        candidate = _chosen(
            [_weighed(sheet, header, kind) for header in headers_at(sheet, at, kind)]
        )
        if best is None or _rank(candidate) > _rank(best):
            best = candidate
    return best


def _best_grid(source: Source, found: _Candidate | None) -> Grid | None:
    """Return the grid with the most headings across, of those near the top of their sheets.

    Below the headings of a whole log that was *found* nobody begins a grid.
    """
    best: Grid | None = None
    for sheet in source.workbook.sheets:
        if sheet.is_hidden:
            continue
        last = _ROWS_LOOKED_AT
        if found is not None and not found.missing and found.sheet is sheet:
            last = found.header.at + 1
        for at in range(min(len(sheet.rows), last)):
            grid = grids.find(sheet, at, source.file_name)
            if grid is None:
                continue
            if best is None or len(grid.across) > len(best.across) + 1:
                best = grid
            break
    return best


def _rank(candidate: _Candidate) -> tuple[int, float]:
    return -len(candidate.missing), candidate.worth


def _chosen(candidates: Sequence[_Candidate]) -> _Candidate:
    """Return the reading of a heading row that lacks least; of equal ones the first, fullest."""
    least = min(len(candidate.missing) for candidate in candidates)
    return next(candidate for candidate in candidates if len(candidate.missing) == least)


def _names_two(cells: Sequence[Cell], kind: Kind) -> bool:
    """Whether two cells are headings to the letter: far down, others are not worth a look."""
    texts = (values.text(cell) for cell in cells if isinstance(cell, str))
    return sum(headings.is_known(text, kind) for text in texts) >= 2


def _promise(cells: Sequence[Cell], kind: Kind) -> float:
    """Return how much a row looks like headings, from its words alone."""
    texts = [values.text(cell) for cell in cells if isinstance(cell, str)]
    texts = [text for text in texts if text][:_MOST_HEADINGS]
    if len(texts) < 2 or texts[0].startswith("#"):  # a remark, as scripts write them
        return 0.0
    best: dict[str, float] = {}
    for text in texts:
        for name, found in headings.heading_scores(text, kind).items():
            best[name] = max(best.get(name, 0.0), found)
    return sum(found for found in best.values() if found >= headings.ENOUGH)


def _weighed(sheet: SheetCells, header: Header, kind: Kind) -> _Candidate:
    below = sheet.rows[header.last + 1 : header.last + 1 + _SAMPLE]
    columns = [[row[index] for row in below] for index in range(len(header.texts))]
    found = headings.meanings(kind, header.texts, columns)
    fields = {meaning.field for meaning in found if meaning.field}
    worth = sum(meaning.confidence for meaning in found if meaning.field)
    return _Candidate(
        sheet,
        header,
        worth - _AN_ENTRY * sum(_is_said_of_an_entry(cell) for cell in sheet.rows[header.at]),
        missing_words(kind, fields),
    )


def _is_said_of_an_entry(cell: Cell) -> bool:
    """Whether a cell holds a day or a length of time, as rows of entries do and headings do not."""
    if isinstance(cell, str):
        if not any(letter.isdigit() for letter in cell):
            return False
        if diaries.told_in(cell).lengths:
            return True
        try:
            return values.day(cell) is not None
        except ValueError:
            return False
    return isinstance(cell, date)


def missing_words(kind: Kind, fields: set[str]) -> tuple[str, ...]:
    """Return in words what a list of *kind* must have and *fields* do not give."""
    return tuple(
        needed.words
        for needed in NEEDED[kind]
        if not any(all(name in fields for name in way) for way in needed.ways)
    )


_WORDS = {
    Kind.APPRENTICES: "a list of apprentices",
    Kind.HOURS: "a log of hours off the job",
    Kind.CONTRACTS: "a list of contracts",
    Kind.PAYMENTS: "a list of payments",
}
_BY_LIKELIHOOD = (Kind.APPRENTICES, Kind.HOURS, Kind.CONTRACTS, Kind.PAYMENTS)
_MOST_NAMED = 8
_PLAINLY = {
    Kind.APPRENTICES: 1.3,
    Kind.HOURS: 1.3,
    Kind.CONTRACTS: 1.0,
    Kind.PAYMENTS: 1.0,
}
"""How much more a file has of another kind of list to be plainly that.

References and providers, by which contracts are known, stand in lists of apprentices too.
"""
_AN_ENTRY = 0.5


def _declined(source: Source, kind: Kind, found: _Candidate | None, likely: Kind | None) -> Problem:
    what = f"“{source.file_name}” does not look like {_WORDS[kind]}"
    named = _widest_row(source)
    if found is None or named is None:
        return Problem(f"{what}: no row of headings was found in it.", _looked_for(kind))
    row_number, texts = named
    shown = ", ".join(f"“{short(heading)}”" for heading in texts[:_MOST_NAMED])
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
