"""How the columns of a list were matched before, found again by its headings.

The order of the columns does not matter, nor do capitals and punctuation; of several columns with
one heading the first is the first again.  What is remembered is headings and the names of our
fields: no cell, so nothing of anybody in the list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import FIELDS, IGNORED, Kind, field_named, plain
from apprentice_desk.imports.matching import MatchedColumn, Matching
from apprentice_desk.imports.reading import Source, Table, fingerprint_of
from apprentice_desk.records import import_memory
from apprentice_desk.records.import_memory import Columns, MappingDetails, MappingRow
from apprentice_desk.records.store import Store

_LONGEST_HEADING = 400
_LONGEST_NAME = 100
_ROWS_LOOKED_AT = 60


def columns_of(matching: Matching) -> Columns:
    """Return the headings of *matching*, each with its field; "" for one that is not read."""
    return tuple(
        (column.heading[:_LONGEST_HEADING], "" if column.field in (None, IGNORED) else column.field)
        for column in matching.columns
        if column.heading or column.field not in (None, IGNORED)
    )


def find(mappings: Iterable[MappingRow], kind: Kind, table: Table) -> MappingRow | None:
    """Return the mapping whose headings are exactly those of *table*; None without one."""
    return next(
        (
            each
            for each in mappings
            if each.kind == kind.value and each.fingerprint == table.fingerprint
        ),
        None,
    )


def notes_on(table: Table, known: MappingRow | None) -> tuple[Finding, ...]:
    """Return the note that the columns were matched as they are remembered, where they were."""
    if known is None:
        return ()
    return (
        Finding(
            Level.NOTE,
            "IM420",
            f"The columns are matched as they were last time ({known.name}).",
            "Match them otherwise in the window if that is wrong.",
            Place(table.file_name, table.sheet, table.heading_row),
        ),
    )


def place_of(source: Source, kind: Kind, mappings: Iterable[MappingRow]) -> tuple[str, int] | None:
    """Return the sheet and row where headings stand that are remembered; None without any."""
    known = {each.fingerprint for each in mappings if each.kind == kind.value}
    if not known:
        return None
    for sheet in source.workbook.sheets:
        if sheet.is_hidden:
            continue
        for at, cells in enumerate(sheet.rows[:_ROWS_LOOKED_AT]):
            if fingerprint_of([values.text(cell) for cell in cells]) in known:
                return sheet.name, sheet.row_number(at)
    return None


def apply(matching: Matching, columns: Columns) -> Matching:
    """Return *matching* with the fields that *columns* give to its headings.

    A column whose heading is not among them stays as it was matched, unless its field is given to
    another.  A field that this program does not know (any more) is passed over.
    """
    known = {field.name for field in FIELDS[matching.kind]}
    wanted: dict[str, list[str]] = defaultdict(list)
    for heading, field in columns:
        if not field or field in known:
            wanted[_key(heading)].append(field)
    taken: set[str] = set()
    changed: dict[int, MatchedColumn] = {}
    for column in matching.columns:
        if fields := wanted[_key(column.heading)]:
            field = _free(matching.kind, fields.pop(0), taken)
            changed[column.index] = replace(
                column, field=field or None, confidence=1.0 if field else 0.0
            )
    for column in matching.columns:
        if column.index not in changed:
            field = _free(matching.kind, column.field or "", taken)
            changed[column.index] = column if field else replace(column, field=None, confidence=0.0)
    return replace(matching, columns=tuple(changed[column.index] for column in matching.columns))


def _free(kind: Kind, field: str, taken: set[str]) -> str:
    """Return *field* and take note of it; "" where another column holds it."""
    if not field or field_named(kind, field).is_many:
        return field
    if field in taken:
        return ""
    taken.add(field)
    return field


def known_headings(matching: Matching, columns: Columns) -> tuple[int, int]:
    """Return how many headings of *columns* stand in the list too, and how many they are."""
    here = Counter(_key(column.heading) for column in matching.columns)
    theirs = Counter(_key(heading) for heading, _ in columns if _key(heading))
    return (here & theirs).total(), theirs.total()


def is_as(matching: Matching, columns: Columns) -> bool:
    """Return whether each column holds what *columns* say."""

    def told(these: Columns) -> Counter[tuple[str, str]]:
        return Counter((_key(heading), field) for heading, field in these if heading or field)

    return told(columns_of(matching)) == told(columns)


def name_for(table: Table) -> str:
    """Return what the columns of *table* are called until a person names them: as its file."""
    return Path(table.file_name).stem[:_LONGEST_NAME].strip() or "List"


def remember(store: Store, table: Table, matching: Matching, name: str, used_on: date) -> None:
    """Remember how the columns were matched, as a change of its own.

    Nothing is logged where it is known already and was used that day.
    """
    name = name.strip()[:_LONGEST_NAME] or name_for(table)
    details = MappingDetails(name, matching.kind.value, table.fingerprint, columns_of(matching))
    with store.change(f"Remember the columns of {name}") as session:
        import_memory.remember_mapping(session, details, used_on)


def take_over(matching: Matching, columns: Columns, file_name: str) -> Matching:
    """Return *matching* with the columns of a file; Problem where none of its headings is here."""
    here, every = known_headings(matching, columns)
    if not here:
        raise Problem(
            f"“{file_name}” is for a list with other headings: none of its {every} is in this one.",
            "Choose another file, or match the columns by hand.",
        )
    return apply(matching, columns)


def _key(heading: str) -> str:
    return plain(heading[:_LONGEST_HEADING])
