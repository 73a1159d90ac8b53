"""The cells of one column taken as values: each different cell is worked out only once.

A sheet of thousands of rows has few different cells in most columns, and the returns of many
boroughs say much the same, so whole columns at a time are many times faster than cells one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from apprentice_desk.returns.schema import FieldSchema
from apprentice_desk.returns.values import PLACES, Typed, as_text, blank, from_cell, text_of_number
from apprentice_desk.sheets import Cell

_MOST_REMEMBERED = 4_096  # of each column
_MOST_COLUMNS = 256


class Taken(NamedTuple):
    """A cell's value, and its text as values.as_text has it.

    *is_understood* where it was of another type, *wrong* says in words why it has no value.
    """

    value: Typed
    text: str
    is_understood: bool = False
    wrong: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be said about it."""
        return not (self.is_understood or self.wrong)


class Column(NamedTuple):
    """What the cells of a column say, and by index those that something is to be said about."""

    values: list[Typed]
    texts: list[str]
    odd: list[tuple[int, Taken]]


class Taker:
    """Takes the cells of one column, and remembers what it made of them; threads may share it."""

    def __init__(self, field: FieldSchema) -> None:
        self._field = field
        self._places = PLACES.get(field.kind)
        self._choices = {choice.casefold(): choice for choice in field.choices}
        self._known: dict[Cell | tuple[type, Cell], Taken] = {}

    def take(self, cells: Sequence[Cell]) -> Column:
        """Return what the cells say."""
        if self._places is not None and (column := _numbers(cells, self._places)):
            return column
        known, found = self._known, {}
        if bool in set(map(type, cells)):
            # True is 1 to a dictionary, but not in a return.
            takens = [
                known.get((cell.__class__, cell)) or self._taken((cell.__class__, cell), cell)
                for cell in cells
            ]
            are_plain = False
        else:
            for cell in set(cells):
                found[cell] = known.get(cell) or self._taken(cell, cell)
            takens = list(map(found.__getitem__, cells))
            are_plain = not any(taken[2] or taken[3] for taken in found.values())
        odd = [] if are_plain else [pair for pair in enumerate(takens) if not pair[1].is_plain]
        return Column([taken[0] for taken in takens], [taken[1] for taken in takens], odd)

    def _taken(self, key: Cell | tuple[type, Cell], cell: Cell) -> Taken:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        taken = self._known[key] = self._made(cell)
        return taken

    def _made(self, cell: Cell) -> Taken:
        field = self._field
        try:
            value, is_understood = from_cell(field.kind, cell, field.identifier)
        except ValueError as error:
            return Taken(blank(field.kind), "", wrong=str(error))
        if isinstance(value, str) and self._choices:
            value = self._choices.get(value.casefold(), value)
        return Taken(value, as_text(field.kind, value), is_understood)


def _numbers(cells: Sequence[Cell], places: int) -> Column | None:
    """Return a column of amounts that need no rounding, and blanks; None if it has others.

    Hardly an amount stands in a return twice, so there is nothing to remember.
    """
    texts: dict[Cell, str] = {}
    for cell in set(cells):
        text = "" if cell is None else text_of_number(places, cell)
        if not text and cell is not None:
            return None
        texts[cell] = text
    if bool in set(map(type, cells)):  # True is 1 to a dictionary
        return None
    values = {cell: Decimal(text) if text else None for cell, text in texts.items()}
    return Column(list(map(values.__getitem__, cells)), list(map(texts.__getitem__, cells)), odd=[])


@lru_cache(_MOST_COLUMNS)
def taker_of(field: FieldSchema) -> Taker:
    """Return the taker of a column, with all that it remembers."""
    return Taker(field)
