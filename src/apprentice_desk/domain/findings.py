"""What a check found, where it found it and how to put it right.

Used by imports, returns, merges and forms alike, so that a finding looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class Level(StrEnum):
    """How much a finding holds back: a whole file, one row, or nothing."""

    FILE = "file"
    ROW = "row"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The level as a person reads it."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    Level.FILE: "File refused",
    Level.ROW: "Row left out",
    Level.NOTE: "Worth a look",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: in a sheet by row and column letter, or in a form by *field*.

    *field* is the attribute of our own Details or row class, so that a form can show the finding
    beside it.  What is not known stays empty.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    field: str = ""
    value: str = ""

    def words(self) -> str:
        """The place in one phrase, such as "return.xlsx, Apprentices, cell F7 (Level)"."""
        cell = ""
        if self.row is not None and self.column:
            cell = f"cell {self.column}{self.row}"
        elif self.row is not None:
            cell = f"row {self.row}"
        elif self.column:
            cell = f"column {self.column}"
        if self.heading:
            cell = f"{cell} ({self.heading})" if cell else self.heading
        return ", ".join(part for part in (self.file, self.sheet, cell) if part)


NOWHERE = Place()


class FindingJson(TypedDict):
    """A finding as the command line writes it with --json."""

    file: str
    sheet: str
    row: int | None
    column: str
    heading: str
    value: str
    code: str
    level: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    *code* names the rule; *message* says what is wrong and
    *remedy* how to put it right.
    """

    level: Level
    code: str
    message: str
    remedy: str = ""
    place: Place = NOWHERE

    def as_json(self) -> FindingJson:
        """Return the finding as plain values; *field* is ours alone and is left out."""
        return FindingJson(
            file=self.place.file,
            sheet=self.place.sheet,
            row=self.place.row,
            column=self.place.column,
            heading=self.place.heading,
            value=self.place.value,
            code=self.code,
            level=self.level.value,
            message=self.message,
            remedy=self.remedy,
        )


def refuses(findings: Iterable[Finding]) -> bool:
    """Return whether any of *findings* holds back a file or a row."""
    return any(finding.level is not Level.NOTE for finding in findings)
