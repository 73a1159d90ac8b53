"""A document drawn as a PDF: A4, the bundled font, its pages numbered, its structure tagged.

The tree becomes pieces of a known height, the pieces are put on pages, and only then is anything
drawn: so every page knows how many there are.  A piece that is taller than a page (a cell with a
very long note) goes on over the next.  Equal documents give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import assert_never

from reportlab.lib.pagesizes import A4, landscape

from apprentice_desk.documents.columns import GAP, shared_widths
from apprentice_desk.documents.lettering import REGULAR, STRONG, Lettering, Line
from apprentice_desk.documents.tagging import Element, TaggedCanvas
from apprentice_desk.documents.tree import (
    Document,
    Heading,
    KeyValues,
    NewPage,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.domain.progress import Progress
from apprentice_desk.sheets import check_target, replacing

EDGE = 42.0
"""Points of paper left white at each side: 15 mm, which every printer can keep."""

SAMPLE = "Sample, invented people"
SQUARES = (
    "□ stands for a character that the letters of this document do not have. It is there when the"
    " text is copied, searched or read out."
)
_MADE_BY = "Apprentice Desk"
_FOOT = 8.0
_FOOT_ROOM = 22.0
_LEADING = 1.35
_TITLE = 18.0
_HEADINGS = {2: 13.0, 3: 11.0}
_TEXT = 9.5
_SMALL = 8.5
_CELL = 8.5
_PADDING = 3.5
_INK, _QUIET, _RULE, _SHADE = 0.08, 0.33, 0.75, 0.93  # greys, from black to white
_BOX = 0.35  # dark enough for a poor copier
_STEPS = 50
_WIDEST_KEY = 0.5
"""The keys of pairs take at most this share of the page."""

_SIGNING = 46.0
"""How high one place to sign is."""

_DAY_ROOM = 110.0
"""How much of its line the day of a signature takes."""


@dataclass(slots=True)
class _Text:
    """Lines of one element in one style, a piece for each."""

    lines: list[Line]
    element: Element
    font: str
    size: float
    grey: float = _INK
    before: float = 0.0
    holds_next: bool = False


@dataclass(slots=True)
class _Rows:
    """How the rows of one table are drawn."""

    table: Table
    places: list[tuple[float, float]]
    """Left edge and width of each column."""
    headings: list[list[Line]]
    body: Element
    heading_cells: list[Element]
    has_begun: bool = False

    @property
    def heading_height(self) -> float:
        """How high the row of headings is."""
        return _row_height(self.headings)


@dataclass(slots=True)
class _Piece:
    """What stays together: a line of text, (part of) a row of a table, or what draws itself.

    *draws* is given the upper edge of the piece.
    """

    height: float
    draws: Callable[[float], None] | None = None
    text: _Text | None = None
    line: Line | None = None
    rows: _Rows | None = None
    cells: list[list[Line]] = field(default_factory=list)
    row: list[Element] = field(default_factory=list)
    holds_next: bool = False
    begins_page: bool = False


def page_count(document: Document) -> int:
    """Return how many pages *document* takes."""
    size = landscape(A4) if document.is_wide else A4
    canvas = TaggedCanvas(BytesIO(), pagesize=size)
    return _Drawing(document, canvas, Lettering(), size, Progress()).count()


def write(path: str | Path, document: Document, progress: Progress | None = None) -> Path:
    """Draw *document* and save it as *path*; return where it stands.

    Raises Problem if it cannot be saved there, or something that is no PDF would be lost.
    """
    path = check_target(path, ending=".pdf")
    progress = progress or Progress()
    lettering = Lettering()
    with replacing(path) as fresh:
        size = landscape(A4) if document.is_wide else A4
        canvas = TaggedCanvas(
            str(fresh),
            pagesize=size,
            invariant=1,
            pageCompression=1,
            lang=document.language,
            pdfVersion=(1, 7),
        )
        canvas.setTitle(document.title)
        canvas.setAuthor(_MADE_BY)
        canvas.setCreator(_MADE_BY)
        canvas.setSubject(SAMPLE if document.is_sample else "")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        _Drawing(document, canvas, lettering, size, progress).draw()
        canvas.save()
    return path


class _Drawing:
    """One document on its way to the canvas."""

    def __init__(
        self,
        document: Document,
        canvas: TaggedCanvas,
        lettering: Lettering,
        size: tuple[float, float],
        progress: Progress,
    ) -> None:
        self._document = document
        self._canvas = canvas
        self._lettering = lettering
        self._width, self._height = size
        self._room = self._width - 2 * EDGE
        self._body = self._height - 2 * EDGE - _FOOT_ROOM
        self._progress = progress

    def draw(self) -> None:
        """Lay everything out, then draw page by page."""
        pages = self._pages(list(self._pieces()))
        for number, pieces in enumerate(pages):
            self._progress.step(number, len(pages), "Drawing the pages")
            self._draw_page(pieces)
            self._draw_foot(number + 1, len(pages))
            self._canvas.showPage()
        self._progress.step(len(pages), len(pages), "Drawing the pages")

    def count(self) -> int:
        """Return on how many pages it comes to stand; nothing is drawn."""
        return len(self._pages(list(self._pieces())))

    # laying out

    def _pieces(self) -> Iterator[_Piece]:
        document, root = self._document, self._canvas.root
        if document.is_sample:
            yield from self._text(SAMPLE, root.add("P"), STRONG, _SMALL)
        yield from self._text(document.title, root.add("H1"), STRONG, _TITLE, holds_next=True)
        for block in document.blocks:
            match block:
                case Heading():
                    level = min(6, max(2, block.level))
                    size = _HEADINGS.get(level, _TEXT)
                    element = root.add(f"H{level}")
                    yield from self._text(
                        block.text, element, STRONG, size, before=size * 0.8, holds_next=True
                    )
                case Para():
                    size, grey = (_SMALL, _QUIET) if block.is_quiet else (_TEXT, _INK)
                    yield from self._text(
                        block.text, root.add("P"), REGULAR, size, before=3, grey=grey
                    )
                case Table():
                    yield from self._table(block)
                case KeyValues():
                    yield from self._pairs(block)
                case Signatures():
                    yield from self._signatures(block)
                case NewPage():
                    yield _Piece(0.0, begins_page=True)
                case _:  # pragma: no cover - the type check keeps it from being reached
                    assert_never(block)
        if self._lettering.has_squares:
            yield from self._text(SQUARES, root.add("P"), REGULAR, _SMALL, before=8, grey=_QUIET)

    def _text(
        self,
        text: str,
        element: Element,
        font: str,
        size: float,
        *,
        before: float = 0.0,
        grey: float = _INK,
        holds_next: bool = False,
    ) -> Iterator[_Piece]:
        lines = self._lettering.lines(text, self._room, font, size)
        drawn = _Text(lines, element, font, size, grey)
        for number, line in enumerate(lines):
            above = before if number == 0 else 0.0
            yield _Piece(size * _LEADING + above, text=drawn, line=line, holds_next=holds_next)

    def _table(self, table: Table) -> Iterator[_Piece]:
        if not table.columns:
            return
        letters, texts = self._lettering, [column.heading for column in table.columns]
        widths = shared_widths(table, self._room, letters, _CELL)
        places, left = [], EDGE
        for width in widths:
            places.append((left, width))
            left += width
        headings = [
            letters.lines(text, width - GAP, STRONG, _CELL)
            for text, width in zip(texts, widths, strict=True)
        ]
        element = self._canvas.root.add("Table", says=table.name)
        first = element.add("THead").add("TR")
        rows = _Rows(
            table,
            places,
            headings,
            element.add("TBody"),
            [first.add("TH", {"Scope": "Column"}) for _ in table.columns],
        )
        yield _Piece(8.0, holds_next=True)
        most = int((self._body - rows.heading_height - 2 * _PADDING) // (_CELL * _LEADING))
        for number, row in enumerate(table.rows):
            if number % _STEPS == 0:
                self._progress.step(number, len(table.rows), "Laying out the list")
            cells = [
                letters.lines(text, width - GAP, REGULAR, _CELL)
                for text, width in zip(row, widths, strict=True)
            ]
            line = rows.body.add("TR")
            elements = [line.add("TD") for _ in row]
            for part in _parts(cells, max(1, most)):
                high = max(_row_height(part), _lines_height(min(table.least_lines, most)))
                yield _Piece(high, rows=rows, cells=part, row=elements)
        if not table.rows:
            yield _Piece(0.0, rows=rows)

    def _pairs(self, block: KeyValues) -> Iterator[_Piece]:
        """Each pair is a row whose key is its heading."""
        if not block.pairs:
            return
        letters, element = self._lettering, self._canvas.root.add("Table", says=block.name)
        body = element.add("TBody")
        widest = max(letters.width(key, REGULAR, _TEXT) for key, _ in block.pairs)
        left = min(widest, self._room * _WIDEST_KEY) + 2 * GAP
        yield _Piece(4.0, holds_next=True)
        for key, value in block.pairs:
            row = body.add("TR")
            sides = (
                (letters.lines(key, left - GAP, REGULAR, _TEXT), EDGE, _QUIET),
                (letters.lines(value, self._room - left, REGULAR, _TEXT), EDGE + left, _INK),
            )
            elements = (row.add("TH", {"Scope": "Row"}), row.add("TD"))
            high = max(len(lines) for lines, _, _ in sides) * _TEXT * _LEADING + 3
            yield _Piece(high, lambda y, s=sides, e=elements: self._draw_pair(s, e, y))  # type: ignore[misc]

    def _draw_pair(
        self,
        sides: Sequence[tuple[list[Line], float, float]],
        elements: Sequence[Element],
        y: float,
    ) -> None:
        for (lines, left, grey), element in zip(sides, elements, strict=True):
            for number, line in enumerate(lines):
                baseline = y - _TEXT - number * _TEXT * _LEADING
                self._put(line, left, baseline, REGULAR, _TEXT, element, grey)

    def _signatures(self, block: Signatures) -> Iterator[_Piece]:
        """All of them are one piece, so that nobody signs a page alone."""
        places = [(person, self._canvas.root.add("P")) for person in block.people]

        def draw(y: float) -> None:
            for number, (person, element) in enumerate(places):
                self._draw_place(person, element, y - number * _SIGNING)

        yield _Piece(_SIGNING * len(places) + 4, draw)

    def _draw_place(self, person: Signatory, element: Element, y: float) -> None:
        canvas, base = self._canvas, y - _SIGNING + _SMALL * _LEADING + 4
        day = EDGE + self._room - _DAY_ROOM
        with canvas.artefact():
            canvas.setStrokeGray(_INK)
            canvas.setLineWidth(0.6)
            canvas.line(EDGE, base, day - 2 * GAP, base)
            canvas.line(day, base, EDGE + self._room, base)
        who = f"{person.role}: {person.name}" if person.name else person.role
        room = day - 2 * GAP - EDGE
        (line, *_) = self._lettering.lines(f"{who}, signature", room, REGULAR, _SMALL)
        below = base - _SMALL * _LEADING
        self._put(line, EDGE, below, REGULAR, _SMALL, element, _QUIET)
        (word,) = self._lettering.lines("Date", _DAY_ROOM, REGULAR, _SMALL)
        self._put(word, day, below, REGULAR, _SMALL, element, _QUIET)

    def _pages(self, pieces: Sequence[_Piece]) -> list[list[_Piece]]:
        pages: list[list[_Piece]] = [[]]
        left, shown = self._body, None
        for number, piece in enumerate(pieces):
            needed = piece.height + self._held_height(pieces, number)
            if piece.rows is not None and piece.rows is not shown:
                needed += piece.rows.heading_height
            if pages[-1] and (needed > left or piece.begins_page):
                pages.append([])
                left, shown = self._body, None
            if piece.rows is not None and piece.rows is not shown:
                shown = piece.rows
                left -= shown.heading_height
            elif piece.rows is None:
                shown = None
            left -= piece.height
            pages[-1].append(piece)
        return pages

    def _held_height(self, pieces: Sequence[_Piece], number: int) -> float:
        """How high the pieces are that may not be parted from this one."""
        height = 0.0
        while pieces[number].holds_next and number + 1 < len(pieces):
            number += 1
            height += pieces[number].height
            rows = pieces[number].rows
            if rows is not None:
                height += rows.heading_height
        return height if height <= self._body / 2 else 0.0

    # drawing

    def _draw_page(self, pieces: Sequence[_Piece]) -> None:
        y, shown = self._height - EDGE, None
        for piece in pieces:
            if piece.draws is not None:
                shown = None
                piece.draws(y)
            elif piece.rows is not None:
                if piece.rows is not shown:
                    shown = piece.rows
                    y = self._draw_headings(shown, y)
                self._draw_row(piece, piece.rows, y)
            elif piece.text is not None and piece.line is not None:
                shown = None
                text = piece.text
                baseline = y - piece.height + text.size * (_LEADING - 1)
                self._put(piece.line, EDGE, baseline, text.font, text.size, text.element, text.grey)
            y -= piece.height

    def _draw_headings(self, rows: _Rows, y: float) -> float:
        """Draw the row of headings; only the first is read, the others repeat it."""
        canvas, height = self._canvas, rows.heading_height
        with canvas.artefact():
            canvas.setFillGray(_SHADE)
            canvas.rect(EDGE, y - height, self._room, height, stroke=0, fill=1)
        if rows.has_begun:
            with canvas.artefact():
                self._draw_cells(rows, rows.headings, [None] * len(rows.places), y, STRONG)
        else:
            rows.has_begun = True
            self._draw_cells(rows, rows.headings, rows.heading_cells, y, STRONG)
        return y - height

    def _draw_row(self, piece: _Piece, rows: _Rows, y: float) -> None:
        if not piece.cells:
            return
        self._draw_cells(rows, piece.cells, piece.row, y, REGULAR)
        canvas = self._canvas
        with canvas.artefact():
            canvas.setStrokeGray(_RULE)
            canvas.setLineWidth(0.5)
            canvas.line(EDGE, y - piece.height, EDGE + self._room, y - piece.height)
            if rows.table.is_boxed:
                canvas.setStrokeGray(_BOX)
                for left, width in rows.places:
                    canvas.rect(left, y - piece.height, width, piece.height, stroke=1, fill=0)

    def _draw_cells(
        self,
        rows: _Rows,
        cells: Sequence[Sequence[Line]],
        elements: Sequence[Element | None],
        y: float,
        font: str,
    ) -> None:
        columns = zip(rows.table.columns, rows.places, cells, elements, strict=True)
        for column, (left, width), lines, element in columns:
            for number, line in enumerate(lines):
                x = left + GAP / 2
                if column.is_right:
                    x = left + width - GAP / 2 - self._lettering.width(line.shown, font, _CELL)
                baseline = y - _PADDING - _CELL - number * _CELL * _LEADING
                self._put(line, x, baseline, font, _CELL, element)

    def _put(
        self,
        line: Line,
        x: float,
        y: float,
        font: str,
        size: float,
        element: Element | None,
        grey: float = _INK,
    ) -> None:
        canvas = self._canvas
        if not line.shown:
            return
        canvas.setFont(font, size)
        canvas.setFillGray(grey)
        if element is None:
            canvas.drawString(x, y, line.shown)
            return
        with canvas.tagged(element, "" if line.shown == line.meant else line.meant):
            canvas.drawString(x, y, line.shown)

    def _draw_foot(self, number: int, total: int) -> None:
        canvas, letters = self._canvas, self._lettering
        page = f"Page {number} of {total}"
        mark = SAMPLE if self._document.is_sample else ""
        words = " · ".join(part for part in (mark, self._document.foot) if part)
        room = self._room - letters.width(page, REGULAR, _FOOT) - 4 * GAP
        with canvas.artefact():
            canvas.setFillGray(_QUIET)
            canvas.setFont(REGULAR, _FOOT)
            lines = letters.lines(words, room, REGULAR, _FOOT)
            for place, line in enumerate(reversed(lines[:2])):
                canvas.drawString(EDGE, EDGE + place * _FOOT * _LEADING, line.shown)
            canvas.drawRightString(self._width - EDGE, EDGE, page)


def _row_height(cells: Sequence[Sequence[Line]]) -> float:
    return _lines_height(max(len(lines) for lines in cells))


def _lines_height(lines: int) -> float:
    return lines * _CELL * _LEADING + 2 * _PADDING


def _parts(cells: list[list[Line]], most: int) -> Iterator[list[list[Line]]]:
    """The row in parts of at most so many lines: nearly always one."""
    for start in range(0, max(len(lines) for lines in cells), most):
        yield [lines[start : start + most] for lines in cells]
