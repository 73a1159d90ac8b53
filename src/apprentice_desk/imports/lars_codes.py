"""LARS codes in a list: the numbers by which a bulk upload names standards.

The program knows a few (``resources/lists/lars_codes.toml``); the others are asked for once each
and remembered in the desk, also when the answer is that nobody knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from apprentice_desk.domain import identifiers
from apprentice_desk.imports import values
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.sheets import Cell

UNKNOWN = "IM303"
"""The code of the note on a row whose LARS code means no standard here."""


@dataclass(frozen=True, slots=True)
class LarsCode:
    """A code in the list that the program does not know of itself.

    *standard_code* is what was answered before.  Not yet answered, it *is_open*.
    """

    code: str
    rows: int
    standard_code: str | None
    is_open: bool


def read(cell: Cell) -> str:
    """Return the code in a cell, "" in a blank one; ValueError where it is none."""
    said = values.said(cell)
    return identifiers.check_lars_code(said) if said else ""


def codes_in(
    table: Table,
    matching: Matching,
    unknown: frozenset[str],
    answers: Mapping[str, str | None],
) -> tuple[LarsCode, ...]:
    """Return the codes of a list that are *unknown* or were answered here, as they first stand."""
    column = matching.column_of("lars_code")
    if column is None:
        return ()
    counts: Counter[str] = Counter()
    for row in table.rows:
        try:
            counts[read(row.cells[column.index])] += 1
        except ValueError:
            continue  # its row says what is wrong with it
    return tuple(
        LarsCode(code, rows, answers.get(code), code not in answers)
        for code, rows in counts.items()
        if code in answers or code in unknown
    )
