"""What leaves a desk as a file: of which kind, who is in it, and who gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

NOT_NOTED = "It is not noted under “What left”: this desk is open to read only."
"""What is said where a file left a desk into which nothing can be written."""


class LeftKind(StrEnum):
    """What a file that left is, in the words that people use."""

    RETURN = "return"
    RETURN_AGAIN = "return, saved again"
    BLANK_RETURN = "blank return"
    MERGED = "merged returns"
    GIVEN_BACK = "receipt or findings for a borough"
    LIST = "list"
    RECORD = "record of one apprentice"
    FIGURES = "page that explains figures"
    REVIEW = "review paper"
    HOURS_LOG = "log of hours"
    POCKET_SHEETS = "pocket sheets"
    AUDIT = "audit rehearsal"
    DOCUMENT = "document"
    COPY = "copy of a file"
    CALENDAR = "calendar"
    ANSWERS = "answers to LOTI"
    CASE = "case for a mandate"
    WORDING = "pack of wording"
    PLACES = "places elsewhere"
    COLUMNS = "columns of a list"
    ROWS = "rows of an import"
    ACCESS = "access pack"
    RECOVERY = "recovery sheet"
    LOGS = "logs for support"
    HISTORY = "history"
    BACKUP = "backup of the desk"

    @property
    def shown(self) -> str:
        """How lists write it."""
        return f"{self.value[0].upper()}{self.value[1:]}"


@dataclass(frozen=True, slots=True)
class GivenTo:
    """What somebody adds afterwards: who gets the file, what for, and what else is to be known."""

    to_whom: str = ""
    purpose: str = ""
    note: str = ""


NOTHING_GIVEN = GivenTo()


@dataclass(frozen=True, slots=True)
class Going:
    """What is about to leave, and who is in it.

    *apprenticeships* and *apprentices* are keys; whoever is named twice counts once.  *count* is
    how many people there are in it where it is known otherwise; None, without keys, is not known.
    *given* is what is known of who gets it before anybody says so.
    """

    kind: LeftKind
    apprenticeships: frozenset[UUID] = frozenset()
    apprentices: frozenset[UUID] = frozenset()
    count: int | None = None
    given: GivenTo = NOTHING_GIVEN

    @classmethod
    def of(cls, kind: LeftKind, apprenticeships: Iterable[UUID | None]) -> Going:
        """Return what leaves with people in it; where there is none, nobody is in it."""
        return cls(kind, frozenset(each for each in apprenticeships if each), count=0)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it stands where it was saved: its name, bytes and SHA-256 in hexadecimal."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One file that left, as lists show it; *people_count* is None where it is not known."""

    id: UUID
    left_at: datetime
    person: str
    """Who saved it, as the computer knew them."""
    kind: LeftKind
    file_name: str
    size_bytes: int
    sha256: str
    people_count: int | None
    given: GivenTo
    changed_in: int

    @property
    def on(self) -> date:
        """The day, as this computer counts days."""
        return self.left_at.astimezone().date()
