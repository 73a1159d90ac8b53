"""Which column of a table holds which field, as found and as a person puts it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import headings
from apprentice_desk.imports.fields import FIELDS, Kind, field_named
from apprentice_desk.imports.reading import Table, letter, missing_words


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """One column: where it is, what it is taken for, how surely (0 to 1), what else it may be."""

    index: int
    letter: str
    heading: str
    field: str | None
    confidence: float
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What each column of a table holds."""

    kind: Kind
    columns: tuple[MatchedColumn, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What a list of this kind must have and no column gives, in words."""
        return missing_words(self.kind, {column.field for column in self.columns if column.field})

    def column_of(self, field: str) -> MatchedColumn | None:
        """Return the column that holds *field*, the first of several; None if there is none."""
        return next((column for column in self.columns if column.field == field), None)

    def columns_of(self, field: str) -> tuple[MatchedColumn, ...]:
        """Return every column that holds *field*."""
        return tuple(column for column in self.columns if column.field == field)

    def has(self, *fields: str) -> bool:
        """Whether any of *fields* has a column."""
        return any(column.field in fields for column in self.columns)


def match(table: Table, kind: Kind) -> Matching:
    """Return what each column of *table* most likely holds."""
    found = headings.meanings(
        kind, table.headings, [table.column(index) for index in range(len(table.headings))]
    )
    return Matching(
        kind,
        tuple(
            MatchedColumn(
                index,
                table.letters[index] if table.letters else letter(index),
                " ".join(heading.split()),
                meaning.field,
                meaning.confidence,
                meaning.alternatives,
            )
            for index, (heading, meaning) in enumerate(zip(table.headings, found, strict=True))
        ),
    )


def change(matching: Matching, index: int, field: str | None) -> Matching:
    """Return *matching* with the column at *index* holding *field*; None means not read.

    Another column that held the field lets go of it, unless several may hold it.  Raises Problem
    when there is no such column or field.
    """
    if field is not None and field not in {each.name for each in FIELDS[matching.kind]}:
        raise Problem(f"There is nothing called “{field}” in a list of {matching.kind}.")
    if not 0 <= index < len(matching.columns):
        raise Problem(f"The list has no column {index + 1}.")
    is_many = field is not None and field_named(matching.kind, field).is_many
    columns: Sequence[MatchedColumn] = [
        replace(column, field=field, confidence=1.0 if field else 0.0)
        if column.index == index
        else replace(column, field=None, confidence=0.0)
        if field is not None and column.field == field and not is_many
        else column
        for column in matching.columns
    ]
    return replace(matching, columns=tuple(columns))
