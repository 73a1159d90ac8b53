"""Days that stand only in the first row of each day, with the rows below it left blank.

Only where a list does so again and again: one blank day among many is a slip, and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from apprentice_desk.imports import values
from apprentice_desk.imports.fields import grid_words, plain
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import BodyRow, Table
from apprentice_desk.sheets import Cell

_LEAST = 2  # days that go on in rows below


def carried_days(table: Table, matching: Matching) -> Mapping[int, tuple[int, Cell]]:
    """Return for each row that leaves its day blank which row above says it, and the cell there."""
    column = matching.column_of("done_on")
    times = [each.index for name in ("duration", "minutes") for each in matching.columns_of(name)]
    if column is None or not times:
        return {}
    if all(row.cells[column.index] is not None for row in table.rows):
        return {}
    found: dict[int, tuple[int, Cell]] = {}
    days: set[int] = set()
    dated = 0
    above: tuple[int, Cell] | None = None
    last: tuple[str, int] = ("", 0)
    for row in table.rows:
        sheet, number = place = table.place_of(row)
        if (sheet, number - 1) != last or (row.origin is not None and row.origin.is_cell):
            above = None  # a blank row or another sheet lies between
        last = place
        cell = row.cells[column.index]
        if not values.is_blank(cell):
            above = (number, cell) if _is_day(cell) else None
            dated += above is not None
        elif above is not None and _is_entry(row, times):
            found[row.number] = above
            days.add(above[0])
        else:
            above = None
    is_habit = len(days) >= _LEAST and len(days) * 3 >= dated
    return found if is_habit else {}


def _is_day(cell: Cell) -> bool:
    try:
        day = values.day(cell)
    except ValueError:
        return False
    return day is not None and day.is_day_given


def _is_entry(row: BodyRow, times: list[int]) -> bool:
    """Whether a row without a day tells a time and what was done, and is no sum."""
    told = [(at, cell) for at, cell in enumerate(row.cells) if not values.is_blank(cell)]
    texts = [plain(values.line(c)) for at, c in told if at not in times and isinstance(c, str)]
    totals = grid_words().totals | {"total", "totals", "subtotal"}
    if not texts or any(words in totals or totals & set(words.split()[:2]) for words in texts):
        return False
    return any(at in times for at, _ in told)
