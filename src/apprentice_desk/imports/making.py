"""A table made of the rows below its headings, or of the cells of a grid.

Rows that hold nothing but formulas are left out, and so are examples ("EG: …") below the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import grid_cells, grids, hidden, values
from apprentice_desk.imports.fields import plain
from apprentice_desk.imports.grids import Axis, Grid
from apprentice_desk.imports.header_rows import Header
from apprentice_desk.imports.labels import Stretch
from apprentice_desk.imports.tables import BodyRow, Origin, Source, Table
from apprentice_desk.sheets import Cell, SheetCells, column_letter

_EXAMPLE_ROWS = 2  # an example stands right below the heading
_FAR_EXAMPLE_ROWS = 10  # one that says so in its first cell may stand farther down
_EXAMPLE = re.compile(r"(?:e\.?\s?g\.?|ex|example)\s*[:–-]|e\.g\.", re.IGNORECASE)
_EXAMPLE_ALONE = frozenset({"eg", "example", "example row", "sample", "for example"})


def of_rows(source: Source, sheet: SheetCells, header: Header) -> Table:
    """Return the table below *header*."""
    formulas = sheet.formulas
    filled = _joined_down(sheet, header.last + 1)
    rows, examples = [], []
    for at in range(header.last + 1, len(sheet.rows)):
        number, cells = sheet.row_number(at), sheet.rows[at]
        if not _is_typed(number, cells, formulas):
            continue
        below = at - header.last
        if below <= _FAR_EXAMPLE_ROWS and _is_example(cells, is_near=below <= _EXAMPLE_ROWS):
            examples.append(number)
            continue
        if number in filled:
            cells = tuple(
                filled[number].get(column, cell) if values.is_blank(cell) else cell
                for column, cell in enumerate(cells)
            )
        rows.append(BodyRow(number, cells))
    notes = []
    if examples:
        named = ", ".join(map(str, examples))
        rows_are = (
            f"Row {named} is an example" if len(examples) == 1 else f"Rows {named} are examples"
        )
        notes.append(
            Finding(
                Level.NOTE, "IM453", f"{rows_are} and not read.", "",
                Place(source.file_name, sheet.name, examples[0]),
            )
        )  # fmt: skip
    return Table(
        file_name=source.file_name,
        sheet=sheet.name,
        heading_row=sheet.row_number(header.at),
        headings=header.texts,
        rows=tuple(rows),
        preamble=_above(sheet, _first_of_table(sheet, header.first, header.at)),
        wide=wide_rows(sheet),
        lost=sheet.unread,
        notes=(
            *notes,
            *hidden.notes(source.file_name, sheet, header.texts, sheet.row_number(header.last)),
        ),
        header_words=frozenset(
            plain(values.text(cell))
            for row in sheet.rows[header.first : header.last + 1]
            for cell in row
        )
        - {""},
        other_sheets=other_sheets(source, (sheet.name,), are_hidden=False),
        hidden_sheets=other_sheets(source, (sheet.name,), are_hidden=True),
    )


def _first_of_table(sheet: SheetCells, first: int, at: int) -> int:
    """Return where the table begins; a lone text above its headings is a title too."""
    told = sum(not values.is_blank(cell) for cell in sheet.rows[first])
    return first + 1 if first < at and told == 1 else first


def wide_rows(sheet: SheetCells) -> frozenset[tuple[str, int]]:
    """Return the rows with a cell that reaches over several columns of just that row."""
    return frozenset(
        (sheet.name, area.first_row)
        for area in sheet.merged
        if area.first_row == area.last_row and area.last_column > area.first_column
    )


def _above(sheet: SheetCells, first: int) -> tuple[BodyRow, ...]:
    return tuple(
        BodyRow(sheet.row_number(at), sheet.rows[at])
        for at in range(first)
        if any(not values.is_blank(cell) for cell in sheet.rows[at])
    )


def other_sheets(source: Source, read: Sequence[str], *, are_hidden: bool) -> tuple[str, ...]:
    """Return the sheets that hold something and are not *read*: the hidden ones, or the others."""
    return tuple(
        one.name
        for one in source.workbook.sheets
        if one.rows and one.name not in read and one.is_hidden is are_hidden
    )


def _joined_down(sheet: SheetCells, body: int) -> dict[int, dict[int, Cell]]:
    """Return what cells joined over several rows say in those below the first, by row number.

    Lengths of time are not repeated: they were meant once.
    """
    filled: dict[int, dict[int, Cell]] = {}
    for area in sheet.merged:
        at, column = area.first_row - sheet.first_row, area.first_column - 1
        if area.last_row == area.first_row or not body <= at < len(sheet.rows):
            continue
        if column >= len(sheet.rows[at]):
            continue
        cell = sheet.rows[at][column]
        if values.is_blank(cell) or grids.length_of(cell) is not None:
            continue
        for number in range(area.first_row + 1, area.last_row + 1):
            filled.setdefault(number, {})[column] = cell
    return filled


def of_grid(source: Source, grid: Grid) -> Table:
    """Return the table that a grid becomes: a row for each of its cells with hours."""
    sheet = grid.sheet
    rows = tuple(
        BodyRow(
            number,
            made.cells,
            Origin(
                sheet.name, made.row, made.columns, made.words, True, made.period, made.left_out,
                made.part,
            ),
        )
        for number, made in enumerate(grid_cells.cells_of(grid), 1)
    )  # fmt: skip
    return Table(
        file_name=source.file_name,
        sheet=sheet.name,
        heading_row=sheet.row_number(grid.at),
        headings=grid.headings,
        letters=_letters(grid),
        rows=rows,
        preamble=_above(sheet, _first_of_table(sheet, grid.first, grid.at)),
        lost_by_sheet={sheet.name: sheet.unread} if sheet.unread else {},
        notes=_grid_notes(source, grid, rows),
        other_sheets=other_sheets(source, (sheet.name,), are_hidden=False),
        hidden_sheets=other_sheets(source, (sheet.name,), are_hidden=True),
    )


def _letters(grid: Grid) -> tuple[str, ...]:
    """Return what the columns that a grid becomes are called in its sheet."""
    skip = grid.week_column if grid.stretch is Stretch.WEEKDAY else None
    columns = [each.column for each in grid.across]
    reach = f"{column_letter(min(columns) + 1)} to {column_letter(max(columns) + 1)}"
    own = [column_letter(column + 1) for _, column in grid.down if column != skip]
    return (*own, *(reach for _ in grid.extras), reach, reach)


def _grid_notes(source: Source, grid: Grid, rows: Sequence[BodyRow]) -> tuple[Finding, ...]:
    place = Place(source.file_name, grid.sheet.name, grid.sheet.row_number(grid.at))
    across = {
        Axis.DAYS: "days, weeks or months",
        Axis.PEOPLE: "people",
        Axis.ACTIVITIES: "kinds of activity",
    }[grid.axis]
    notes = [
        Finding(
            Level.NOTE, "IM454",
            f"The list has {across} across: each cell with hours in it is a row of its own here.",
            "", place,
        )
    ]  # fmt: skip
    when = {
        Stretch.WEEK: "The hours of a week are entered on its Friday",
        Stretch.MONTH: "The hours of a month are entered on its last weekday",
    }.get(grid.stretch or Stretch.DAY)
    if when:
        split = any(row.origin is not None and row.origin.part[1] > 1 for row in rows)
        more = ", more than 24 hours on as many days before it as it takes" if split else ""
        notes.append(
            Finding(
                Level.NOTE, "IM455", f"{when}{more}; the list does not say the day.",
                "Put the day right by hand where it matters.", place,
            )
        )  # fmt: skip
    if grid.are_weeks_counted:
        first = grid.across[0]
        assert first.label is not None
        notes.append(
            Finding(
                Level.NOTE, "IM456",
                f"“{first.words}” is taken for {first.label.words}, by the week numbers of a year.",
                "If the weeks are counted from the start of the course, write their dates instead.",
                place,
            )
        )  # fmt: skip
    if grid.are_minutes:
        notes.append(
            Finding(
                Level.NOTE, "IM408",
                "The plain numbers are read as minutes: as hours most would not fit.",
                "Write hours and minutes as 1:30 if that is wrong.", place,
            )
        )  # fmt: skip
    heading = grid.sheet.row_number(grid.at)
    texts = [values.text(cell) for cell in grid.sheet.rows[grid.at]]
    return (*notes, *hidden.notes(source.file_name, grid.sheet, texts, heading))


def _is_typed(number: int, cells: Sequence[Cell], formulas: frozenset[tuple[int, int]]) -> bool:
    if not formulas:
        return not all(values.is_blank(cell) for cell in cells)
    return any(
        not values.is_blank(cell) and (number, column) not in formulas
        for column, cell in enumerate(cells, 1)
    )


def _is_example(cells: Sequence[Cell], *, is_near: bool) -> bool:
    said = [cell for cell in cells if isinstance(cell, str) and not values.is_blank(cell)]
    asked = said if is_near else said[:1]
    return any(_EXAMPLE.match(values.line(cell)) for cell in asked) or (
        bool(said) and plain(said[0]) in _EXAMPLE_ALONE
    )
