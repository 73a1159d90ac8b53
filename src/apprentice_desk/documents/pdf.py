"""A document drawn as a PDF: A4, the bundled font, its pages numbered, its structure tagged.

The tree becomes pieces of a known height, the pieces are put on pages, and only then is anything
drawn: so every page knows how many there are.  A piece that is taller than a page (a cell with a
very long note) goes on over the next.  Equal documents give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4

from apprentice_desk.documents.columns import GAP
from apprentice_desk.documents.layout import SAMPLE, SQUARES, Layout
from apprentice_desk.documents.lettering import Lettering, Line
from apprentice_desk.documents.pen import BOX, QUIET, RULE, SHADE, Pen
from apprentice_desk.documents.pieces import LEADING, LISTS, PADDING, Piece, Rows
from apprentice_desk.documents.runs import REGULAR, STRONG, readable
from apprentice_desk.documents.tagging import Element, TaggedCanvas
from apprentice_desk.documents.tree import SEPARATOR, Document
from apprentice_desk.domain.progress import Progress
from apprentice_desk.sheets import check_target, replacing

__all__ = ["EDGE", "SAMPLE", "SQUARES", "page_count", "write"]

EDGE = LISTS.edge
_MADE_BY = "Apprentice Desk"
_FOOT = 8.0
_MORE = " …"
_HEAD_ABOVE = 14.0
"""The head of a page stands so far above its text."""


def page_count(document: Document) -> int:
    """Return how many pages *document* takes."""
    canvas = TaggedCanvas(BytesIO(), pagesize=_size(document))
    layout = Layout(document, canvas.root, Lettering(), _size(document), Progress())
    return len(layout.pages())


def write(path: str | Path, document: Document, progress: Progress | None = None) -> Path:
    """Draw *document* and save it as *path*; return where it stands.

    Raises Problem if it cannot be saved there, or something that is no PDF would be lost.
    """
    path = check_target(path, ending=".pdf")
    with replacing(path) as fresh:
        _draw_into(str(fresh), document, progress or Progress())
    return path


def content(document: Document, progress: Progress | None = None) -> bytes:
    """Return *document* as the bytes of a PDF, which no file is needed for."""
    drawn = BytesIO()
    _draw_into(drawn, document, progress or Progress())
    return drawn.getvalue()


def _draw_into(target: str | BytesIO, document: Document, progress: Progress) -> None:
    letters = Lettering()
    canvas = TaggedCanvas(
        target,
        pagesize=_size(document),
        initialFontName=REGULAR,  # its own choice would be named in the file and not be in it
        invariant=1,
        pageCompression=1,
        lang=document.language,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(readable(document.title))
    canvas.setAuthor(_MADE_BY)
    canvas.setCreator(_MADE_BY)
    canvas.setSubject(SAMPLE if document.is_sample else "")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    _draw(document, canvas, letters, progress)
    canvas.save()


def _size(document: Document) -> tuple[float, float]:
    width, height = A4
    return (height, width) if document.is_wide else (width, height)


def _draw(document: Document, canvas: TaggedCanvas, letters: Lettering, progress: Progress) -> None:
    """Lay everything out, then draw page by page."""
    layout = Layout(document, canvas.root, letters, _size(document), progress)
    pages = layout.pages()
    drawing = _Drawing(document, Pen(canvas, letters), layout.scale.edge)
    for number, pieces in enumerate(pages):
        progress.step(number, len(pages), "Drawing the pages")
        drawing.draw_page(pieces)
        drawing.draw_edges(number + 1, len(pages))
        canvas.showPage()
    progress.step(len(pages), len(pages), "Drawing the pages")


class _Drawing:
    """Pieces on their way to the canvas."""

    def __init__(self, document: Document, pen: Pen, edge: float) -> None:
        self._document = document
        self._pen = pen
        self._canvas = pen.canvas
        self._letters = pen.letters
        self._width, self._height = _size(document)
        self._edge = edge
        self._room = self._width - 2 * edge

    def draw_page(self, pieces: Sequence[Piece]) -> None:
        """Draw *pieces* below each other."""
        y, shown = self._height - self._edge, None
        for piece in pieces:
            if piece.bookmark is not None:
                self._canvas.bookmark(*piece.bookmark, y)
            if piece.draws is not None:
                shown = None
                piece.draws(self._pen, y)
            elif piece.rows is not None:
                if piece.rows is not shown:
                    shown = piece.rows
                    y = self._draw_headings(shown, y)
                self._draw_row(piece, piece.rows, y)
            elif piece.text is not None and piece.line is not None:
                shown = None
                self._draw_line(piece, y)
            y -= piece.height

    def _draw_line(self, piece: Piece, y: float) -> None:
        text, line, label = piece.text, piece.line, piece.label
        assert text is not None
        assert line is not None
        baseline = y - piece.height + text.size * (LEADING - 1)
        left, put = self._edge, self._pen.put
        if label is not None:
            put(label.line, left + label.left, baseline, text.font, text.size, label.element)
        put(line, left + text.left, baseline, text.font, text.size, text.element, text.grey)

    def _draw_headings(self, rows: Rows, y: float) -> float:
        """Draw the row of headings; only the first is read, the others repeat it."""
        canvas, height = self._canvas, rows.heading_height
        with canvas.artefact():
            canvas.setFillGray(SHADE)
            canvas.rect(self._edge, y - height, self._room, height, stroke=0, fill=1)
        fonts = [STRONG] * len(rows.places)
        if rows.has_begun:
            with canvas.artefact():
                self._draw_cells(rows, rows.headings, [None] * len(rows.places), y, fonts)
        else:
            rows.has_begun = True
            self._draw_cells(rows, rows.headings, rows.heading_cells, y, fonts)
        return y - height

    def _draw_row(self, piece: Piece, rows: Rows, y: float) -> None:
        if not piece.cells:
            return
        table, canvas = rows.table, self._canvas
        fonts = [STRONG if table.is_heading(at) else REGULAR for at in range(len(rows.places))]
        self._draw_cells(rows, piece.cells, piece.row, y, fonts)
        with canvas.artefact():
            canvas.setStrokeGray(RULE)
            canvas.setLineWidth(0.5)
            canvas.line(self._edge, y - piece.height, self._edge + self._room, y - piece.height)
            if table.is_boxed:
                canvas.setStrokeGray(BOX)
                for left, width in rows.places:
                    canvas.rect(left, y - piece.height, width, piece.height, stroke=1, fill=0)

    def _draw_cells(
        self,
        rows: Rows,
        cells: Sequence[Sequence[Line]],
        elements: Sequence[Element | None],
        y: float,
        fonts: Sequence[str],
    ) -> None:
        columns = zip(rows.table.columns, rows.places, cells, elements, fonts, strict=True)
        for column, (left, width), lines, element, font in columns:
            for number, line in enumerate(lines):
                x = left + GAP / 2
                if column.is_right:
                    x = left + width - GAP / 2 - self._letters.line_width(line, font, rows.size)
                baseline = y - PADDING - rows.size - number * rows.line_height
                self._pen.put(line, x, baseline, font, rows.size, element)

    def draw_edges(self, number: int, total: int) -> None:
        """Draw what stands on every page, which is not read: its head and its foot."""
        canvas, letters, edge = self._canvas, self._letters, self._edge
        page = f"Page {number} of {total}"
        mark = SAMPLE if self._document.is_sample else ""
        words = SEPARATOR.join(filter(None, (mark, self._document.foot_words)))
        room = self._room - letters.width(page, REGULAR, _FOOT) - 4 * GAP
        with canvas.artefact("Footer"):
            canvas.setFillGray(QUIET)
            canvas.setFont(REGULAR, _FOOT)
            for place, shown in enumerate(reversed(self._edge_lines(words, room, 2))):
                canvas.drawString(edge, edge + place * _FOOT * LEADING, shown)
            canvas.drawRightString(self._width - edge, edge, page)
        if self._document.head:
            with canvas.artefact("Header"):
                canvas.setFillGray(QUIET)
                canvas.setFont(REGULAR, _FOOT)
                (shown,) = self._edge_lines(self._document.head, self._room, 1)
                canvas.drawString(edge, self._height - edge + _HEAD_ABOVE, shown)

    def _edge_lines(self, words: str, room: float, most: int) -> list[str]:
        """At most so many lines of what stands on every page; dots where there is more of it."""
        letters = self._letters
        lines = [line.shown for line in letters.lines(words, room, REGULAR, _FOOT)]
        if len(lines) <= most:
            return lines
        narrow = room - letters.width(_MORE, REGULAR, _FOOT)
        *kept, last = [line.shown for line in letters.lines(words, narrow, REGULAR, _FOOT)][:most]
        return [*kept, last + _MORE]
