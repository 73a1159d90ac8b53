"""What was sent, unit by unit, as it is held against what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from apprentice_desk.documents.returned_words import Token, label_at, tidied, tokens_of
from apprentice_desk.documents.telling import signing
from apprentice_desk.documents.tree import (
    Block,
    Bullets,
    Clause,
    Document,
    Heading,
    KeyValues,
    NewPage,
    Numbered,
    Para,
    Signatures,
    Table,
    Words,
    plain,
)

SAMPLE = "Sample, invented people"
DATE = "Date"


class UnitKind(StrEnum):
    """What a unit is in the document."""

    HEADING = "heading"
    TITLE = "title of a clause"
    PARAGRAPH = "paragraph"
    ITEM = "point"
    COLUMNS = "headings of a table"
    ROW = "row of a table"
    SIGNATURE = "signature"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, a point, a row: what has a place of its own, in the clause it belongs to.

    *label* is its number, which is no part of the text; a point also has that of the paragraph
    *above* it.  *cells* says of a row up to which place
    of the text each cell goes; *has_blanks* that some of them were left blank to be filled in.
    *table* tells the tables apart.
    """

    kind: UnitKind
    text: str
    number: str = ""
    title: str = ""
    label: str = ""
    above: str = ""
    cells: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    table: int = 0
    has_blanks: bool = False
    tokens: tuple[Token, ...] = ()

    @property
    def place(self) -> str:
        """Its number, with that of the paragraph above it."""
        return f"{self.above} {self.label}".strip()

    def cell(self, at: int) -> int:
        """Return in which cell of a row the place *at* of the text stands."""
        return sum(end <= at for end in self.cells)


def units_of(document: Document) -> tuple[Unit, ...]:
    """Return what *document* says in reading order, but for what stands on every page."""
    return tuple(
        replace(unit, tokens=tokens_of(unit.text))
        for unit in _Sent().units(document)
        if tokens_of(unit.text)
    )


def edges_of(document: Document) -> tuple[str, ...]:
    """Return what stands at the top and the bottom of every page of *document*."""
    return tuple(
        filter(None, (document.head, document.foot_words, f"{SAMPLE} · {document.foot_words}"))
    )


class _Sent:
    def __init__(self) -> None:
        self._number = self._title = self._above = ""
        self._tables = 0

    def units(self, document: Document) -> Iterator[Unit]:
        if document.is_sample:
            yield self._unit(UnitKind.MARK, SAMPLE)
        yield from self._blocks(document.opening)
        self._title = document.title
        yield self._unit(UnitKind.HEADING, document.title)
        yield from self._blocks(document.blocks)

    def _unit(self, kind: UnitKind, words: Words, label: str = "") -> Unit:
        return Unit(kind, tidied(plain(words)).text, self._number, self._title, label)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Unit]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Unit]:
        match block:
            case Heading():
                text = tidied(plain(block.text)).text
                cut = label_at(text)
                self._number, self._title, self._above = "", text, ""
                yield self._unit(UnitKind.HEADING, text[cut:].lstrip(), text[:cut].strip())
            case Para():
                yield self._unit(UnitKind.PARAGRAPH, block.text)
            case Numbered():
                self._above = block.number
                yield self._unit(UnitKind.PARAGRAPH, block.text, block.number)
            case Bullets():
                for label, words in block.marked:
                    unit = self._unit(UnitKind.ITEM, words, label if block.labels else "")
                    yield replace(unit, above=self._above)
            case Table():
                yield from self._table(block)
            case KeyValues():
                self._tables += 1
                for pair in block.pairs:
                    yield self._row(pair, ("", ""), has_blanks=not all(map(plain, pair)))
            case Signatures():
                for person in block.people:
                    words = f"{plain(signing(person))} {DATE}"
                    yield self._unit(UnitKind.SIGNATURE, words)
            case NewPage():
                pass
            case Clause():
                around = self._number, self._title
                self._number, self._title, self._above = block.number, block.title, ""
                yield self._unit(UnitKind.TITLE, block.title, block.number)
                yield from self._blocks(block.blocks)
                self._number, self._title = around
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(block)

    def _table(self, table: Table) -> Iterator[Unit]:
        self._tables += 1
        headings = tuple(column.heading for column in table.columns)
        yield replace(self._row(headings, headings), kind=UnitKind.COLUMNS)
        for row in table.rows:
            blank = table.is_boxed and any(not plain(cell).strip() for cell in row)
            yield self._row(row, headings, has_blanks=blank)

    def _row(
        self, cells: Sequence[Words], columns: tuple[str, ...], *, has_blanks: bool = False
    ) -> Unit:
        texts = [tidied(plain(cell)).text for cell in cells]
        ends, at = [], 0
        for text in texts:
            at += len(text) + 1
            ends.append(at)
        return replace(
            self._unit(UnitKind.ROW, "\t".join(texts)),
            cells=tuple(ends),
            columns=columns,
            table=self._tables,
            has_blanks=has_blanks,
        )
