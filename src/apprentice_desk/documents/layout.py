"""A document's tree laid out: each node becomes pieces of a known height, and elements that tag it.

Nothing is drawn here; what has to be drawn in a way of its own leaves a function for the pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from apprentice_desk.documents.columns import GAP, shared_widths
from apprentice_desk.documents.lettering import Lettering, Line
from apprentice_desk.documents.pen import INK, QUIET, Pen
from apprentice_desk.documents.pieces import (
    LEADING,
    LISTS,
    PADDING,
    PROSE,
    Label,
    Piece,
    Rows,
    Scale,
    Text,
    pages_of,
    row_parts,
)
from apprentice_desk.documents.runs import REGULAR, STRONG
from apprentice_desk.documents.tagging import Element
from apprentice_desk.documents.telling import announces, is_held, is_one_piece, signing
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
from apprentice_desk.domain.progress import Progress

SAMPLE = "Sample, invented people"
SQUARES = (
    "□ stands for a character that the letters of this document do not have. It is there when the"
    " text is copied, searched or read out."
)
FOOT_ROOM = 22.0
_STEPS = 50
_WIDEST_KEY = 0.5
"""The keys of pairs take at most this share of the page."""

_BETWEEN = 8.0
"""White between the parts of the head of a letter."""

_DOT_ROOM = 0.5
"""The room of a dot, as a share of that of a number."""

_SIGNING = 46.0
"""How high one place to sign is, whose words take one line."""

_DAY_ROOM = 110.0
"""How much of its line the day of a signature takes."""


class Layout:
    """One document on its way to pages of *size*."""

    def __init__(
        self,
        document: Document,
        root: Element,
        letters: Lettering,
        size: tuple[float, float],
        progress: Progress,
    ) -> None:
        self._document = document
        self._root = root
        self._letters = letters
        self.scale: Scale = PROSE if document.is_prose else LISTS
        width, height = size
        self._room = width - 2 * self.scale.edge
        self._body = height - 2 * self.scale.edge - FOOT_ROOM
        self._progress = progress

    def pages(self) -> list[list[Piece]]:
        """Return what comes to stand on each page; there is at least one."""
        return pages_of(list(self._pieces()), self._body)

    def _pieces(self) -> Iterator[Piece]:
        document, root, scale = self._document, self._root, self.scale
        if document.is_sample:
            yield from self._text(SAMPLE, root.add("P"), STRONG, scale.small)
        for block in document.opening:
            yield from self._blocks((block,), root)
            yield Piece(_BETWEEN, holds_next=True)
        has_headings = any(isinstance(block, (Heading, Clause)) for block in document.blocks)
        yield from self._text(
            document.title,
            root.add("H1"),
            STRONG,
            scale.headings[2] if document.opening else scale.title,
            before=_BETWEEN if document.opening else 0.0,
            holds_next=True,
            bookmark=(document.title, 0) if has_headings else None,
        )
        yield from self._blocks(document.blocks, root)
        if self._letters.has_squares:
            squares = root.add("P")
            yield from self._text(SQUARES, squares, REGULAR, scale.small, before=8, grey=QUIET)

    def _blocks(self, blocks: Sequence[Block], parent: Element) -> Iterator[Piece]:
        for number, block in enumerate(blocks):
            follows = blocks[number + 1] if number + 1 < len(blocks) else None
            pieces = self._block(block, parent)
            if self.scale.keeps_lines and announces(block, follows):
                yield from _holding(pieces)
            else:
                yield from pieces

    def _block(self, block: Block, parent: Element) -> Iterator[Piece]:
        scale = self.scale
        match block:
            case Heading():
                yield from self._heading("", block.text, block.level, parent)
            case Para():
                size, grey = (scale.small, QUIET) if block.is_quiet else (scale.text, INK)
                before = size * 0.6 if scale.keeps_lines else 3
                yield from self._text(
                    block.text,
                    parent.add("P"),
                    REGULAR,
                    size,
                    before=before,
                    grey=grey,
                    is_whole=scale.keeps_lines and is_one_piece(block),
                )
            case Numbered():
                element = parent.add("P")
                yield from self._labelled(
                    block.number, block.text, (element, element), block.indent, 0.6
                )
            case Bullets():
                yield from self._list(block, parent)
            case Table():
                yield from self._table(block, parent)
            case KeyValues():
                yield from self._pairs(block, parent)
            case Signatures():
                yield self._signatures(block, parent)
            case NewPage():
                yield Piece(0.0, begins_page=True)
            case Clause():
                section = parent.add("Sect")
                yield from self._heading(block.number, block.title, block.level, section)
                yield from self._blocks(block.blocks, section)
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(block)

    # text

    def _text(
        self,
        words: Words,
        element: Element,
        font: str,
        size: float,
        *,
        before: float = 0.0,
        grey: float = INK,
        holds_next: bool = False,
        is_whole: bool = False,
        left: float = 0.0,
        label: Label | None = None,
        bookmark: tuple[str, int] | None = None,
    ) -> Iterator[Piece]:
        lines = self._letters.flow(words, self._room - left, font, size)
        text = Text(element, font, size, grey, left)
        kept = {0, len(lines) - 2} if self.scale.keeps_lines and len(lines) > 1 else set()
        for number, line in enumerate(lines):
            is_first = number == 0
            yield Piece(
                size * LEADING + (before if is_first else 0.0),
                text=text,
                line=line,
                label=label if is_first else None,
                holds_next=holds_next or number in kept or (is_whole and number < len(lines) - 1),
                bookmark=bookmark if is_first else None,
            )

    def _heading(self, number: str, words: Words, level: int, parent: Element) -> Iterator[Piece]:
        size = self.scale.headings.get(level, self.scale.text)
        element = parent.add(f"H{level}")
        label, left = None, 0.0
        if number:
            label, left = self._label(number, element, 0.0, STRONG, size, self.scale.step)
        yield from self._text(
            words,
            element,
            STRONG,
            size,
            before=size * (1.1 if self.scale.keeps_lines else 0.8),
            holds_next=True,
            left=left,
            label=label,
            bookmark=(" ".join(filter(None, (number, plain(words)))), level - 1),
        )

    def _label(
        self, number: str, element: Element, left: float, font: str, size: float, step: float
    ) -> tuple[Label, float]:
        """A number, and where the text begins: a *step* on, or more where it is long."""
        (line,) = self._letters.lines(number, self._room, font, size)[:1]
        needed = self._letters.width(f"{line.shown} ", font, size) + GAP / 2
        # The space keeps number and text apart for whoever listens.
        spaced = Line(f"{line.shown} ", f"{line.meant} ")
        return Label(spaced, element, left), left + min(max(step, needed), self._room / 2)

    def _labelled(
        self,
        number: str,
        words: Words,
        elements: tuple[Element, Element],
        indent: int,
        before: float,
        share: float = 1.0,
    ) -> Iterator[Piece]:
        size, step = self.scale.text, self.scale.step
        of_label, of_text = elements
        label, left = self._label(number, of_label, indent * step, REGULAR, size, step * share)
        yield from self._text(
            words, of_text, REGULAR, size, before=size * before, left=left, label=label
        )

    def _list(self, block: Bullets, parent: Element) -> Iterator[Piece]:
        element = parent.add("L", {"ListNumbering": block.numbering}, owner="List")
        for number, (label, words) in enumerate(block.marked):
            item = element.add("LI")
            elements = (item.add("Lbl"), item.add("LBody"))
            before = 0.25 if number else 0.35
            share = 1.0 if block.labels else _DOT_ROOM
            point = self._labelled(label, words, elements, block.indent, before, share)
            if self.scale.keeps_lines and is_held(number, len(block.items)):
                point = _holding(point)
            yield from point

    # tables

    def _table(self, table: Table, parent: Element) -> Iterator[Piece]:
        if not table.columns:
            return
        letters, size, edge = self._letters, self.scale.cell, self.scale.edge
        widths = shared_widths(table, self._room, letters, size)
        places, left = [], edge
        for width in widths:
            places.append((left, width))
            left += width
        headings = [
            letters.lines(column.heading, width - GAP, STRONG, size)
            for column, width in zip(table.columns, widths, strict=True)
        ]
        element = parent.add("Table", says=table.name)
        first = element.add("THead").add("TR")
        cells_of_head = [first.add("TH", {"Scope": "Column"}) for _ in table.columns]
        rows = Rows(table, places, size, headings, element.add("TBody"), cells_of_head)
        yield Piece(8.0, holds_next=True)
        most = int((self._body - rows.heading_height - 2 * PADDING) // rows.line_height)
        fonts = [STRONG if table.is_heading(place) else REGULAR for place in range(len(widths))]
        for number, row in enumerate(table.rows):
            if number % _STEPS == 0:
                self._progress.step(number, len(table.rows), "Laying out the list")
            cells = [
                letters.flow(words, width - GAP, font, size)
                for words, width, font in zip(row, widths, fonts, strict=True)
            ]
            line = rows.body.add("TR")
            elements = [
                line.add("TH", {"Scope": "Row"}) if table.is_heading(place) else line.add("TD")
                for place in range(len(row))
            ]
            for part in row_parts(cells, max(1, most)):
                high = max(rows.height(part), rows.lines_height(min(table.least_lines, most)))
                yield Piece(high, rows=rows, cells=part, row=elements)
        if not table.rows:
            yield Piece(0.0, rows=rows)

    def _pairs(self, block: KeyValues, parent: Element) -> Iterator[Piece]:
        """Each pair is a row whose key is its heading."""
        if not block.pairs:
            return
        letters, size, edge = self._letters, self.scale.text, self.scale.edge
        body = parent.add("Table", says=block.name).add("TBody")
        widest = max(letters.width(key, REGULAR, size) for key, _ in block.pairs)
        left = min(widest, self._room * _WIDEST_KEY) + 2 * GAP
        yield Piece(4.0, holds_next=True)
        for key, value in block.pairs:
            row = body.add("TR")
            sides = (
                _Side(letters.lines(key, left - GAP, REGULAR, size), edge, QUIET,
                      row.add("TH", {"Scope": "Row"})),
                _Side(letters.flow(value, self._room - left, REGULAR, size), edge + left, INK,
                      row.add("TD")),
            )  # fmt: skip
            high = max(len(side.lines) for side in sides) * size * LEADING + 3
            yield Piece(high, _Pair(sides, size).draw)

    # places to sign

    def _signatures(self, block: Signatures, parent: Element) -> Piece:
        """All of them are one piece, so that nobody signs a page alone."""
        small, edge = self.scale.small, self.scale.edge
        right = edge + self._room
        day = right - _DAY_ROOM
        places = []
        for person in block.people:
            lines = self._letters.flow(signing(person), day - 2 * GAP - edge, REGULAR, small)
            (date,) = self._letters.lines("Date", _DAY_ROOM, REGULAR, small)
            places.append(_Place(lines, date, parent.add("P"), edge, day, right, small))
        return Piece(sum(place.height for place in places) + 4, _Signing(places).draw)


@dataclass(frozen=True, slots=True)
class _Side:
    """The key or the value of a pair."""

    lines: list[Line]
    left: float
    grey: float
    element: Element


@dataclass(frozen=True, slots=True)
class _Pair:
    sides: tuple[_Side, _Side]
    size: float

    def draw(self, pen: Pen, y: float) -> None:
        for side in self.sides:
            for number, line in enumerate(side.lines):
                baseline = y - self.size - number * self.size * LEADING
                pen.put(line, side.left, baseline, REGULAR, self.size, side.element, side.grey)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one person signs: from *left* to before *day*, the day from there to *right*."""

    lines: list[Line]
    date: Line
    element: Element
    left: float
    day: float
    right: float
    size: float

    @property
    def height(self) -> float:
        return _SIGNING + (len(self.lines) - 1) * self.size * LEADING

    def draw(self, pen: Pen, y: float) -> None:
        base = y - _SIGNING + self.size * LEADING + 4
        pen.rules(((self.left, self.day - 2 * GAP), (self.day, self.right)), base)
        for number, line in enumerate(self.lines):
            below = base - (number + 1) * self.size * LEADING
            pen.put(line, self.left, below, REGULAR, self.size, self.element, QUIET)
        below = base - self.size * LEADING
        pen.put(self.date, self.day, below, REGULAR, self.size, self.element, QUIET)


@dataclass(frozen=True, slots=True)
class _Signing:
    places: list[_Place]

    def draw(self, pen: Pen, y: float) -> None:
        for place in self.places:
            place.draw(pen, y)
            y -= place.height


def _holding(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces, of which the last holds what comes next."""
    *before, last = pieces
    yield from before
    yield replace(last, holds_next=True)
