"""The headings of a table: one row, or two with groups above, and perhaps units below.

"Off the job" over "Date | Hours | Notes" is a row of groups; "(dd/mm/yyyy) | (hh:mm)" below a row
of headings tells units.  A group reaches over the columns that are joined in the sheet, or, where
the file does not say, to the right until the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apprentice_desk.imports import headings, values
from apprentice_desk.imports.fields import GROUPED, OF_PEOPLE, Kind, plain, unit_words
from apprentice_desk.sheets import Area, Cell, SheetCells

_LONGEST_GROUP = 80
_IN_BRACKETS = re.compile(r"\(.{1,60}\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """Where headings stand in the rows of a sheet, counted from 0, and what they say.

    The rows from *first* to *last* hold groups, headings and units; *at* is that of the headings
    themselves.  Each of *texts* is a column's heading with its group and its unit.
    """

    first: int
    at: int
    last: int
    texts: tuple[str, ...]

    @property
    def is_grouped(self) -> bool:
        """Whether a row of groups stands above."""
        return self.first < self.at


def headers_at(sheet: SheetCells, at: int, kind: Kind | None = None) -> tuple[Header, ...]:
    """Return how the row at *at* may be read as headings: alone, below groups, or as the groups.

    What is worth most when it fits as well as the others stands first.
    """
    kinds = tuple(Kind) if kind is None else (kind,)
    found = []
    if at + 1 < len(sheet.rows) and _is_below(sheet, at, kinds):
        found.append(_header(sheet, at + 1, _carried(sheet, at, at + 1)))
    if at > 0 and _is_group_row(sheet, at - 1):
        found.append(_header(sheet, at, _carried(sheet, at - 1, at)))
    found.append(_header(sheet, at, None))
    return tuple(found)


def _header(sheet: SheetCells, at: int, groups: Sequence[str] | None) -> Header:
    own = [_words(cell) for cell in sheet.rows[at]]
    texts = own
    if groups is not None:
        texts = [
            group if not mine else mine if group in ("", mine) else f"{group}{GROUPED}{mine}"
            for group, mine in zip(groups, own, strict=True)
        ]
    last = at
    if at + 1 < len(sheet.rows) and _is_unit_row(sheet.rows[at + 1]):
        last = at + 1
        units = [values.line(cell).strip("() ") for cell in sheet.rows[last]]
        texts = [
            f"{text} ({unit})" if text and unit else text
            for text, unit in zip(texts, units, strict=True)
        ]
    return Header(at if groups is None else at - 1, at, last, tuple(texts))


def _words(cell: Cell) -> str:
    return values.text(cell).replace(GROUPED, " ")


def carried(sheet: SheetCells, at: int) -> tuple[str, ...]:
    """Return what each column of a row says, a value going on to the right until the next."""
    return _carried(sheet, at, None)


def _carried(sheet: SheetCells, at: int, own: int | None) -> tuple[str, ...]:
    """Return the group of each column; where cells are joined in the row only over those."""
    cells = [values.line(cell) for cell in sheet.rows[at]]
    areas = _areas(sheet, at)
    if areas:
        for area in areas:
            first, last = area.first_column - 1, min(area.last_column, len(cells))
            for column in range(first + 1, last):
                cells[column] = cells[first]
        return tuple(cells)
    below = sheet.rows[at + 1 if own is None else own] if at + 1 < len(sheet.rows) else cells
    for column in range(1, len(cells)):
        if not cells[column] and not values.is_blank(below[column]):
            cells[column] = cells[column - 1]
    return tuple(cells)


def _areas(sheet: SheetCells, at: int) -> list[Area]:
    """Return the joined cells of a row that reach over several columns of it."""
    number = sheet.row_number(at)
    return [
        area
        for area in sheet.merged
        if area.first_row == number and area.last_column > area.first_column
        and area.first_column <= len(sheet.rows[at])
    ]  # fmt: skip


def _is_group_row(sheet: SheetCells, at: int) -> bool:
    """Return whether the row at *at* groups the headings in the row below it."""
    cells, own = sheet.rows[at], sheet.rows[at + 1]
    told = [(column, cell) for column, cell in enumerate(cells) if not values.is_blank(cell)]
    words = [values.line(cell) for _, cell in told]
    if not told or not all(isinstance(cell, str) for _, cell in told):
        return False
    if any(len(each) > _LONGEST_GROUP or each.endswith(":") for each in words):
        return False
    if words[0].startswith("#") or _is_key_and_value(told):
        return False
    groups = set(_carried(sheet, at, at + 1)) - {""}
    over = {
        group
        for group, cell in zip(_carried(sheet, at, at + 1), own, strict=True)
        if not values.is_blank(cell)
    }
    is_more_than_a_title = len(over) > 1 or len(groups) > 1
    return is_more_than_a_title and (bool(_areas(sheet, at)) or _may_group(told, own))


def _may_group(told: Sequence[tuple[int, Cell]], own: Sequence[Cell]) -> bool:
    """Whether texts without joined cells may be groups: one of them has several columns."""
    columns = [column for column, _ in told]
    ends = [*columns[1:], len(own)]
    return any(
        sum(not values.is_blank(cell) for cell in own[first:end]) > 1
        for first, end in zip(columns, ends, strict=True)
    )


def _is_key_and_value(told: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row says "Name | Ada King", once or more, rather than grouping columns."""
    pairs = list(zip(told[::2], told[1::2], strict=False))
    if len(told) % 2 or any(value[0] - key[0] != 1 for key, value in pairs):
        return False

    def is_known(words: str) -> bool:
        return any(
            found >= 0.9
            for kind in OF_PEOPLE
            for found in headings.heading_scores(words, kind).values()
        )

    return all(
        is_known(values.line(key)) and not is_known(values.line(value))
        for (_, key), (_, value) in pairs
    )


def _is_below(sheet: SheetCells, at: int, kinds: Sequence[Kind]) -> bool:
    """Return whether the row below *at* holds the headings that the row at *at* groups."""
    cells, own = sheet.rows[at], sheet.rows[at + 1]
    told = [
        (column, values.line(cell)) for column, cell in enumerate(own) if not values.is_blank(cell)
    ]
    if len(told) < 2 or not all(isinstance(own[column], str) for column, _ in told):
        return False
    if not any(values.is_blank(cells[column]) for column, _ in told) or _is_unit_row(own):
        return False
    if not _is_group_row(sheet, at):
        return False
    likely = sum(
        any(
            found >= headings.ENOUGH
            for kind in kinds
            for found in headings.heading_scores(words, kind).values()
        )
        for _, words in told
    )
    return likely * 2 >= len(told)


def _is_unit_row(cells: Sequence[Cell]) -> bool:
    told = [cell for cell in cells if not values.is_blank(cell)]
    return bool(told) and all(
        isinstance(cell, str)
        and (
            plain(cell) in unit_words()
            or cell.strip().casefold() in unit_words()
            or _IN_BRACKETS.fullmatch(cell.strip()) is not None
        )
        for cell in told
    )
