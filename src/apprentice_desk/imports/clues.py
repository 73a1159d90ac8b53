"""What a row says about its person, and what a person who imports calls somebody by."""

from __future__ import annotations

from functools import lru_cache

from apprentice_desk.domain import identifiers
from apprentice_desk.imports import values
from apprentice_desk.imports.identifying import Clues
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.sheets import Cell

_SAID_OF_A_PERSON = ("reference", "email", "full_name", "given_names", "family_name")


def clues_of(reader: RowReader) -> Clues:
    """Return what a row says about its person; a bad ULN refuses the row."""
    uln = reader.read("uln", "IM104", values.uln) or ""
    return _clues(uln, *[reader.cell(name) for name in _SAID_OF_A_PERSON])


@lru_cache(maxsize=2_000, typed=True)  # one person has many rows, read twice
def _clues(uln: str, reference: Cell, email: Cell, full: Cell, given: Cell, family: Cell) -> Clues:
    name = values.name(full)
    if not name:
        name = " ".join(part for part in (values.name(given), values.name(family)) if part)
    return Clues(uln, values.code(reference), values.code(email), name)


def clues_from(said: str) -> Clues:
    """Return what somebody named by a person may be known by: ULN, email, reference, name."""
    said = " ".join(said.split())
    try:
        return Clues(uln=identifiers.check_uln(said))
    except ValueError:
        if "@" in said:
            return Clues(email=said)
        return Clues(reference=said, name=said)
