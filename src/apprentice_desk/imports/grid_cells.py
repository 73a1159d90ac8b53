"""The rows that a grid becomes: one for each cell that tells hours, or parts of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import grid_words, plain
from apprentice_desk.imports.grids import Across, Axis, Grid, labels_at, length_of
from apprentice_desk.imports.labels import Label, Stretch
from apprentice_desk.sheets import Cell

TOTALS = "A row of totals."
_MOST_IN_ONE_DAY = 24 * 60
_PART = 8 * 60  # hours of one cell that are too many for a day are parted by working days


@dataclass(frozen=True, slots=True)
class GridCell:
    """One row that a grid becomes: its cells under ``Grid.headings``, each with its own column.

    *period* is what its heading stands for where that is more than a day, *left_out* why it is no
    entry, *parts* (number, of how many) where one cell's hours are too many for a day.
    """

    row: int
    column: int
    words: str
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]
    period: Label | None = None
    left_out: str = ""
    part: tuple[int, int] = (1, 1)


def cells_of(grid: Grid) -> Iterator[GridCell]:
    """Yield a row for each cell of the grid that says anything, from the top, left to right.

    Cells with nothing or 0 in them say nothing; a row of headings between moves the days on.
    """
    sheet, across = grid.sheet, grid.across
    before: dict[int, Cell] = {}
    headings_said = {plain(values.line(cell)) for cell in sheet.rows[grid.at]} - {""}
    for at in range(grid.body, len(sheet.rows)):
        row = sheet.rows[at]
        if all(values.is_blank(cell) for cell in row):
            continue
        said = {plain(values.line(cell)) for cell in row} - {""}
        if len(said) > 2 and said <= headings_said:
            continue
        if moved := _moved(grid, at, across):
            across = moved
            continue
        down = _filled(grid, at, before)
        why = _why_not(grid, down)
        if why == TOTALS:
            yield _of_totals(grid, at, across[0], down)
            continue
        if alone := _alone(grid, at, across):
            yield alone
            continue
        for each in across:
            yield from _of_cell(grid, at, each, down, why)


def _moved(grid: Grid, at: int, across: Sequence[Across]) -> tuple[Across, ...]:
    """Return the headings of the rows below, where a row of days stands in the middle."""
    if grid.axis is not Axis.DAYS or grid.stretch is Stretch.WEEKDAY or grid.extras:
        return ()
    row = grid.sheet.rows[at]
    if sum(length_of(cell) is not None for cell in row) * 2 > len(across):
        return ()
    found = labels_at(grid.sheet, at, grid.around, grid.starts)
    if found is None or found.is_without_year or not found.by_column:
        return ()
    return tuple(
        Across(column, values.line(row[column]), label) for column, label in found.by_column.items()
    )


def _filled(grid: Grid, at: int, before: dict[int, Cell]) -> dict[int, Cell]:
    """Return what a row is about, cells that reach over several rows filled in."""
    row = grid.sheet.rows[at]
    number = grid.sheet.row_number(at)
    told = {column: row[column] for _, column in grid.down}
    for column in told:
        if not values.is_blank(told[column]):
            continue
        in_area = any(
            area.first_column - 1 == column and area.first_row < number <= area.last_row
            for area in grid.sheet.merged
        )
        is_first = column == grid.down[0][1]
        others = any(not values.is_blank(cell) for at, cell in told.items() if at != column)
        if in_area or (is_first and others):
            told[column] = before.get(column)
    before.clear()
    before.update(told)
    return told


def _why_not(grid: Grid, down: dict[int, Cell]) -> str:
    said = [plain(values.line(cell)) for cell in down.values() if isinstance(cell, str)]
    said = [words for words in said if words]
    if any(words in grid_words().planned for words in said):
        return "These hours are planned or worked out, not done."
    if said and (said[0] in grid_words().totals or said[0].split()[0] in ("total", "totals")):
        return TOTALS
    if not said and grid.down and not any(not values.is_blank(c) for c in down.values()):
        return "Nothing stands beside it that says what these hours are."
    return ""


def _of_totals(grid: Grid, at: int, each: Across, down: dict[int, Cell]) -> GridCell:
    """Return one row for all cells of a row of totals: they are nobody's hours."""
    kept = [column for _, column in grid.down if column != _dropped(grid)]
    extras = [column for _, column in each.extras]
    cells = (*(down[column] for column in kept), *(None for _ in extras), None, None)
    columns = (*kept, *extras, each.column, each.column)
    return GridCell(
        grid.sheet.row_number(at), each.column, each.words, cells, columns, left_out=TOTALS
    )


def _alone(grid: Grid, at: int, across: Sequence[Across]) -> GridCell | None:
    """Return one row for a lone text that is about nothing but itself; it may name a person."""
    told = [(column, c) for column, c in enumerate(grid.sheet.rows[at]) if not values.is_blank(c)]
    kept = [column for _, column in grid.down if column != _dropped(grid)]
    if len(told) != 1 or not isinstance(told[0][1], str):
        return None
    (column, text), is_kept = told[0], told[0][0] in kept
    if not is_kept and column != _dropped(grid):
        return None
    extras = [column for _, column in across[0].extras]
    cells = tuple(text if each == column else None for each in kept)
    return GridCell(
        grid.sheet.row_number(at), column, "",
        (*cells, *(None for _ in extras), None if is_kept else text, None),
        (*kept, *extras, across[0].column if is_kept else column, across[0].column),
        left_out=f"Only “{values.line(told[0][1])}” stands in this row.",
    )  # fmt: skip


def _dropped(grid: Grid) -> int | None:
    """Return the column of the week's day, whose place the weekday takes."""
    return grid.week_column if grid.stretch is Stretch.WEEKDAY else None


def _of_cell(
    grid: Grid, at: int, each: Across, down: dict[int, Cell], why: str
) -> Iterator[GridCell]:
    cell = grid.sheet.rows[at][each.column]
    number = grid.sheet.row_number(at)
    if (number, each.column + 1) not in grid.sheet.unread:
        if not values.said(cell) or length_of(cell) == 0:
            return
        if not why and plain(values.line(cell)) in grid_words().nothing_done:
            why = f"“{values.line(cell)}” stands for no hours."
    label, across = each.label, each.words
    across_cell: Cell = across
    if label is not None and grid.stretch is Stretch.WEEKDAY:
        across_cell = _weekday(grid, at, down, label)
    elif label is not None:
        across_cell = label.done_on
    kept = [column for _, column in grid.down if column != _dropped(grid)]
    extras = [column for _, column in each.extras]
    row = grid.sheet.rows[at]
    told = [*(down[column] for column in kept), *(row[column] for column in extras)]
    columns = (*kept, *extras, each.column, each.column)
    period = label if label and label.first != label.last else None
    for part, (day, length) in enumerate(_parts(grid, cell, across_cell, period), 1):
        many = _parts_count(grid, cell, period)
        yield GridCell(
            number, each.column, across, (*told, day, length), columns, period, why, (part, many)
        )


def _weekday(grid: Grid, at: int, down: dict[int, Cell], label: Label) -> Cell:
    """Return the day that a weekday is in the week of its row, or of a row above that names it."""
    if grid.weeks:
        above = grid.monday_at(at)
        return above + timedelta(days=label.first.weekday()) if above is not None else None
    column = grid.week_column
    try:
        week = values.day(down[column]) if column is not None else None
    except ValueError:
        return down[column] if column is not None else None
    if week is None:
        return None
    monday = monday_of(week.day)
    if week.day.weekday() == 6:  # a week that is named by its Sunday begins on the day after
        monday = week.day + timedelta(days=1)
    return monday + timedelta(days=label.first.weekday())


def _parts_count(grid: Grid, cell: Cell, period: Label | None) -> int:
    minutes = length_of(cell)
    if period is None or minutes is None or grid.are_minutes or minutes <= _MOST_IN_ONE_DAY:
        return 1
    count = -(-minutes // _PART)
    return count if count <= len(period.weekdays()) else 1


def _parts(grid: Grid, cell: Cell, day: Cell, period: Label | None) -> list[tuple[Cell, Cell]]:
    """Return the day and length of a cell, or of its parts where it is too much for one day."""
    count = _parts_count(grid, cell, period)
    minutes = length_of(cell)
    if count == 1 or period is None or minutes is None:
        return [(day, cell)]
    days = period.weekdays()[-count:]
    each, more = divmod(minutes, count)
    return [(on, timedelta(minutes=each + (place < more))) for place, on in enumerate(days)]
