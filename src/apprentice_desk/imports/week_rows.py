"""Rows between the entries that name a day, week or month: "Week commencing 7 Sept 2026".

Where no column says the day, the rows below such a row are of it; where a column says "Mon", that
is the Monday of its week.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import headings, labels, values
from apprentice_desk.imports.fields import GROUPED, Kind, grid_words, plain, synonyms
from apprentice_desk.imports.labels import Label, Stretch
from apprentice_desk.imports.tables import BodyRow, Origin, Table
from apprentice_desk.sheets import Cell

_MOSTLY = 0.6
_PREAMBLE = 40
_ENOUGH = 3  # cells that tell a row from one that only names a week


def marks_in(rows: Iterable[tuple[int, Sequence[Cell]]], around: Sequence[str]) -> dict[int, Label]:
    """Return which of numbered rows name nothing but a day, week or month, with the label of each.

    *around* are the words of title, sheet and file, for the year.
    """
    numbers: list[int] = []
    texts: list[Cell] = []
    of_two: set[int] = set()
    for number, cells in rows:
        told = _first_told(cells)
        if len(told) == 1 and isinstance(told[0], str | date):
            numbers.append(number)
            texts.append(told[0])
        elif len(told) == 2 and isinstance(told[0], str) and isinstance(told[1], str | date):
            numbers.append(number)
            of_two.add(number)
            texts.append(f"{values.line(told[0]).rstrip(': ')} {values.line(told[1])}")
    found = labels.read(texts, (), around, least=1)
    if found is None or found.is_without_year:
        return {}
    return {
        numbers[at]: label
        for at, label in found.by_column.items()
        if label.stretch is (Stretch.WEEK if numbers[at] in of_two else label.stretch)
        and label.stretch is not Stretch.WEEKDAY
    }


def _first_told(cells: Sequence[Cell]) -> list[Cell]:
    told: list[Cell] = []
    for cell in cells:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        told.append(cell)
        if len(told) == _ENOUGH:
            break
    return told


def weekday_of(cell: Cell) -> int | None:
    """Return which day of the week a cell names and nothing else, from 0 for Monday."""
    return labels.weekday(values.line(cell)) if isinstance(cell, str) else None


def monday_of(label: Label) -> date:
    """Return the Monday of the week that a label names or lies in."""
    first = label.first
    if first.weekday() == 6 and label.stretch is Stretch.WEEK:
        return first + timedelta(days=1)  # a week that is named by its Sunday begins after it
    return first - timedelta(days=first.weekday())


def with_days(table: Table) -> Table:
    """Return a log with the days that rows between its entries name; else as it is."""
    above = [cell for row in table.preamble[-_PREAMBLE:] for cell in row.cells if cell is not None]
    around = (*map(values.line, above), table.sheet, table.file_name)
    marks = marks_in(((row.number, row.cells) for row in table.rows), around)
    if not marks:
        return table
    found = headings.meanings(
        Kind.HOURS, table.headings, [table.column(at) for at in range(len(table.headings))]
    )
    day = next((at for at, meaning in enumerate(found) if meaning.field == "done_on"), None)
    if day is None:
        day = _of_weekdays(table, marks)
    if day is None:
        return _with_column(table, marks)
    if _are_weekdays(table, marks, day):
        return _with_weekdays(table, marks, day)
    rows = [
        _left_out(table, row) if row.number in marks and _told(row) > 1 else row
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows))


def _told(row: BodyRow) -> int:
    return sum(not values.is_blank(cell) for cell in row.cells)


def _left_out(table: Table, row: BodyRow, columns: tuple[int, ...] | None = None) -> BodyRow:
    """Return a row that names a week as one that is no entry."""
    words = " ".join(values.line(cell) for cell in row.cells if not values.is_blank(cell))
    why = f"Names when the rows below it were: “{words}”."
    columns = columns or tuple(range(len(row.cells)))
    cells = (*row.cells, *(None for _ in columns[len(row.cells) :]))
    return BodyRow(row.number, cells, Origin(table.sheet, row.number, columns, left_out=why))


def _label_of(marks: Mapping[int, Label], numbers: Sequence[int], number: int) -> Label | None:
    at = bisect_right(numbers, number) - 1
    return marks[numbers[at]] if at >= 0 else None


def _of_weekdays(table: Table, marks: Mapping[int, Label]) -> int | None:
    """Return the column whose cells are mostly days of the week."""
    for column in range(len(table.headings)):
        if _are_weekdays(table, marks, column):
            return column
    return None


def _are_weekdays(table: Table, marks: Mapping[int, Label], column: int) -> bool:
    told = [
        row.cells[column]
        for row in table.rows[:200]
        if row.number not in marks and not values.is_blank(row.cells[column])
    ]
    named = sum(weekday_of(cell) is not None for cell in told)
    return bool(told) and named >= _MOSTLY * len(told)


def _with_weekdays(table: Table, marks: Mapping[int, Label], day: int) -> Table:
    """Return the table with days of the week as the days of the week that is named above them."""
    numbers = sorted(marks)
    rows = []
    for row in table.rows:
        label = _label_of(marks, numbers, row.number)
        weekday = weekday_of(row.cells[day])
        if row.number in marks:
            rows.append(_left_out(table, row))
            continue
        if label is None or weekday is None:
            rows.append(row)
            continue
        cells = list(row.cells)
        cells[day] = monday_of(label) + timedelta(days=weekday)
        rows.append(row._replace(cells=tuple(cells)))
    note = Finding(
        Level.NOTE, "IM466", "Days of the week are those of the week that is named above them.", "",
        Place(table.file_name, table.sheet, numbers[0]),
    )  # fmt: skip
    texts = list(table.headings)
    if not headings.heading_scores(texts[day], Kind.HOURS).get("done_on"):
        texts[day] = f"{texts[day]}{GROUPED}{synonyms(Kind.HOURS)['done_on'][0]}"
    return replace(table, rows=tuple(rows), headings=tuple(texts), notes=(*table.notes, note))


def _with_column(table: Table, marks: Mapping[int, Label]) -> Table:
    """Return the table with a column more: the day that the nearest such row above names."""
    numbers = sorted(marks)
    rows = []
    for row in table.rows:
        label = _label_of(marks, numbers, row.number)
        columns = (*range(len(row.cells)), -1)
        if row.number in marks:
            rows.append(_left_out(table, row, columns))
            continue
        if label is None or not _may_be_entry(table, row):
            origin = Origin(table.sheet, row.number, columns)
            rows.append(BodyRow(row.number, (*row.cells, None), origin))
            continue
        period = label if label.first != label.last else None
        origin = Origin(table.sheet, row.number, columns, period=period)
        rows.append(BodyRow(row.number, (*row.cells, label.done_on), origin))
    heading = f"Rows above{GROUPED}{synonyms(Kind.HOURS)['done_on'][0]}"
    last = "; the hours of a week are entered on its Friday, of a month on its last weekday"
    are_long = any(label.first != label.last for label in marks.values())
    note = Finding(
        Level.NOTE, "IM465",
        "No column says the day: it is read from the rows between the entries"
        f"{last if are_long else ''}.",
        "Put the day right by hand where it matters." if are_long else "",
        Place(table.file_name, table.sheet, numbers[0]),
    )  # fmt: skip
    return replace(
        table,
        headings=(*table.headings, heading),
        letters=(*table.letters, "") if table.letters else (),
        rows=tuple(rows),
        lost=None,
        lost_by_sheet={table.sheet: table.lost} if table.lost else table.lost_by_sheet,
        notes=(*table.notes, note),
    )


def _may_be_entry(table: Table, row: BodyRow) -> bool:
    """Whether a row says more than one thing and is neither a sum nor the headings again."""
    told = [cell for cell in row.cells if not values.is_blank(cell)]
    words = [plain(values.line(cell)) for cell in told if isinstance(cell, str)]
    if len(told) < 2 or all(each in table.header_words for each in words):
        return False
    first = words[0] if words else ""
    is_sum = first in grid_words().totals or {"total", "totals", "subtotal"} & set(first.split())
    return not is_sum
