"""What a document says from beginning to end: its texts in reading order, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from apprentice_desk.documents.tree import (
    Block,
    Bullets,
    Clause,
    Document,
    Gap,
    Heading,
    KeyValues,
    NewPage,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
    Words,
    joined,
    plain,
)

_LONGEST_GREETING = 40
_MOST_LINES, _LONGEST_LINE = 10, 90
"""A paragraph with no more or longer lines may be an address or the end of a letter."""


def texts_of(document: Document) -> Iterator[Words]:
    """Return every text of *document* in reading order, but for what stands on every page."""
    yield from _texts(document.opening)
    yield document.title
    yield from _texts(document.blocks)


def gaps_of(document: Document) -> tuple[Gap, ...]:
    """Return what is missing in *document*, each once, in the order in which it is met."""
    found: dict[Gap, None] = {}
    for words in texts_of(document):
        if not isinstance(words, str):
            found.update((run, None) for run in words if isinstance(run, Gap))
    return tuple(found)


def announces(block: Block, follows: Block | None) -> bool:
    """Whether *block* is lost without what *follows*.

    That is one that ends in a colon, or in a comma ("Yours sincerely,"), what comes before such a
    greeting, what is signed, and what says what a table shows.
    """
    if follows is None or not isinstance(block, (Para, Numbered)):
        return False
    is_open = plain(block.text).rstrip().endswith((":", ","))
    return is_open or isinstance(follows, (Signatures, Table)) or _is_greeting(follows)


def _is_greeting(block: Block) -> bool:
    if not isinstance(block, Para):
        return False
    first = plain(block.text).strip().partition("\n")[0].rstrip()
    return first.endswith(",") and len(first) <= _LONGEST_GREETING


def is_one_piece(block: Para) -> bool:
    """Whether the lines of a paragraph are not parted: a greeting with who signs, an address."""
    lines = plain(block.text).splitlines()
    return 1 < len(lines) <= _MOST_LINES and max(map(len, lines)) <= _LONGEST_LINE


def is_held(point: int, points: int) -> bool:
    """Whether one point of a list is not parted from the next: no point stands alone."""
    return points > 1 and point in (0, points - 2)


def signing(person: Signatory, between: str = ": ") -> Words:
    """Return the words below the line on which *person* signs, *between* role and name."""
    return joined(person.role, between if plain(person.name) else "", person.name, ", signature")


def _texts(blocks: Sequence[Block]) -> Iterator[Words]:
    for block in blocks:
        match block:
            case Heading() | Para():
                yield block.text
            case Numbered():
                yield block.number
                yield block.text
            case Bullets():
                for pair in block.marked:
                    yield from pair
            case Table():
                yield from (column.heading for column in block.columns)
                for row in block.rows:
                    yield from row
            case KeyValues():
                for pair in block.pairs:
                    yield from pair
            case Signatures():
                for person in block.people:
                    yield person.role
                    yield person.name
            case NewPage():
                pass
            case Clause():
                yield block.number
                yield block.title
                yield from _texts(block.blocks)
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(block)
