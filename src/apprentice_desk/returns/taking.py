"""The cells of one column taken as values: each different cell is worked out only once.

A sheet of thousands of rows has few different cells in most columns, so whole columns at a time
are many times faster than cells one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from apprentice_desk.returns.schema import FieldSchema
from apprentice_desk.returns.values import Typed, as_text, blank, from_cell
from apprentice_desk.sheets import Cell


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell's value, whether it had to be understood, and what is wrong with it in words."""

    value: Typed
    is_understood: bool = False
    wrong: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be said about it."""
        return not (self.is_understood or self.wrong)


class Taker:
    """Takes the cells of one column, and remembers those that something is to be said about."""

    def __init__(self, field: FieldSchema) -> None:
        self.field = field
        self._choices = {choice.casefold(): choice for choice in field.choices}

    def take(
        self, cells: Sequence[Cell]
    ) -> tuple[list[Typed], list[str], Iterator[tuple[int, Taken]]]:
        """Return the values, their texts (see values.as_text), and by index what is not plain."""
        keys: Sequence[Any] = cells
        if _are_told_apart(cells):
            known = {cell: self._taken(cell) for cell in set(cells)}
        else:
            # True is 1 to a dictionary, but not in a return.
            keys = [(cell.__class__, cell) for cell in cells]
            known = {key: self._taken(key[1]) for key in set(keys)}
        values = {key: taken.value for key, taken in known.items()}
        texts = {key: as_text(self.field.kind, value) for key, value in values.items()}
        odd = {key: taken for key, taken in known.items() if not taken.is_plain}
        found = ((at, odd[key]) for at, key in enumerate(keys) if key in odd) if odd else iter(())
        return (
            list(map(values.__getitem__, keys)),
            list(map(texts.__getitem__, keys)),
            found,
        )

    def _taken(self, cell: Cell) -> Taken:
        field = self.field
        try:
            value, is_understood = from_cell(field.kind, cell, field.identifier)
        except ValueError as error:
            return Taken(blank(field.kind), wrong=str(error))
        if isinstance(value, str) and self._choices:
            value = self._choices.get(value.casefold(), value)
        return Taken(value, is_understood)


def _are_told_apart(cells: Sequence[Cell]) -> bool:
    """Return whether equal cells of the column are always of the same kind."""
    classes = set(map(type, cells)) - {NoneType}
    return bool not in classes or len(classes) == 1
