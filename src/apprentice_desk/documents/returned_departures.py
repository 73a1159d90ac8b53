"""What departs from what was sent: the kinds, how soon each is to be looked at, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apprentice_desk.documents.newer_wording import Words


class Kind(StrEnum):
    """What became of words that were sent; the worst first."""

    FIGURE = "Figure or date changed"
    DUTY = "Duty or “not” changed"
    CLAUSE_ADDED = "Clause added"
    ADDED = "Paragraph added"
    ROW_ADDED = "Row added"
    WORDS_ADDED = "Words added"
    PARTY = "Party or name changed"
    CLAUSE_REMOVED = "Clause taken out"
    REMOVED = "Paragraph taken out"
    ROW_REMOVED = "Row taken out"
    WORDS_REMOVED = "Words taken out"
    CELL = "Table changed"
    TITLE = "Heading changed"
    WORDS_CHANGED = "Words changed"
    MOVED = "Moved"
    MARKS = "Punctuation changed"

    @property
    def rank(self) -> int:
        """How soon it is to be looked at: additions and figures first."""
        return _RANKS[self]


_RANKS = {
    **dict.fromkeys(list(Kind)[:6], 0), Kind.PARTY: 1,
    **dict.fromkeys(list(Kind)[7:11], 2),
    Kind.CELL: 3, Kind.TITLE: 3, Kind.WORDS_CHANGED: 3, Kind.MOVED: 4, Kind.MARKS: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure, in the clause of *number* and *title*; *label* is that of the paragraph.

    *runs* are the words around it with both texts in one.  *is_tracked* says that it was shown
    as a change in the file.  *order* counts in the order of what was sent.
    """

    kind: Kind
    number: str
    title: str
    label: str
    detail: str
    before: str
    after: str
    runs: tuple[Words, ...]
    is_tracked: bool
    order: int

    @property
    def place(self) -> str:
        """The clause, as it is found: number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What was written into room that was left for it."""

    title: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: *departures* the worst first, and *filled_in* apart."""

    departures: tuple[Departure, ...]
    filled_in: tuple[FilledIn, ...]

    @property
    def by_place(self) -> tuple[Departure, ...]:
        """The departures in the order of what was sent."""
        return tuple(sorted(self.departures, key=lambda each: each.order))
