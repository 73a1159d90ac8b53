"""What a document says, as a tree of frozen nodes; how it looks is the renderers' affair.

A renderer matches on the class of a node and ends in ``assert_never``, so that a node added here
fails the type check wherever it is not drawn yet.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of *level* 2 to 6; level 1 is the document's title, which is drawn by itself."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; a line feed in *text* begins a new line.  *is_quiet* is small print."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; numbers stand *is_right*.

    With a *share* the column takes so much of the table's width, whatever stands in it: room to
    write by hand.  The others share what is left; some must be, unless all have a share.
    """

    heading: str
    is_right: bool = False
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below headings, one text for each column.

    *name* says to a screen reader what the table holds.  *is_boxed* draws every cell as a box, at
    least *least_lines* lines high, to write in by hand.  ValueError where a row is too short or
    too long.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_boxed: bool = False
    least_lines: int = 1

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"A row of {self.name} has {len(row)} cells.")


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Pairs of what something is and how much or who, below each other.

    *name* says to a screen reader what they are about.
    """

    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: in which *role*, and the *name* where it is known."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for each of *people* to sign and to write the day; it is never parted."""

    people: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Para | Table | KeyValues | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its title, then *blocks* in reading order.

    *is_wide* lies on its side.  *is_sample* is marked on every page as about invented people.
    *foot* stands at the bottom of every page, before the page's number.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    is_wide: bool = False
    is_sample: bool = False
    foot: str = ""
