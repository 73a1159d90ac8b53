"""Whose a row or a log of hours is: what says so, and who of the desk may be meant."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from apprentice_desk.domain import identifiers
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import PERSON_FIELDS
from apprentice_desk.imports.identifying import Clues, People, Person
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options
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


def people_in(table: Table, matching: Matching, everyone: People, options: Options) -> set[UUID]:
    """Return the keys of the desk's apprenticeships that rows of the table may belong to."""
    persons: dict[UUID, Person] = {}
    everyone.heed(options)
    clues = clues_from(options.apprentice) if options.apprentice else preambles.read(table).clues
    found = everyone.find(clues)
    if isinstance(found, Person):
        persons[found.id] = found
    if matching.has(*PERSON_FIELDS):
        columns = RowReader.columns_of(matching)
        telling = [column.index for column in matching.columns if column.field in PERSON_FIELDS]
        seen: set[tuple[Cell, ...]] = set()  # one person has many rows
        for row in table.rows:
            said = tuple([row.cells[index] for index in telling])
            if said in seen:
                continue
            seen.add(said)
            found = everyone.find(clues_of(RowReader(table, columns, row)))
            if isinstance(found, Person):
                persons[found.id] = found
    return {each.id for person in persons.values() for each in person.programmes}


def clues_from(said: str) -> Clues:
    """Return what somebody named by a person may be known by: ULN, email, reference, name."""
    said = " ".join(said.split())
    try:
        return Clues(uln=identifiers.check_uln(said))
    except ValueError:
        if "@" in said:
            return Clues(email=said)
        return Clues(reference=said, name=said)
