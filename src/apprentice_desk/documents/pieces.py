"""What a PDF is put together from: pieces of a known height, and how large things are on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apprentice_desk.documents.lettering import Line
from apprentice_desk.documents.pen import Pen
from apprentice_desk.documents.tagging import Element
from apprentice_desk.documents.tree import Table

LEADING = 1.35
PADDING = 3.5
"""Points of white above and below the text of a cell."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large things are on one kind of paper, in points."""

    edge: float
    """Paper left white at each side."""
    title: float
    headings: Mapping[int, float]
    """By level; deeper ones are as large as the text."""
    text: float
    small: float
    cell: float
    step: float
    """One step to the right: the room of a number or a dot."""
    keeps_lines: bool
    """Whether no line of a paragraph stands alone on a page, nor what announces something."""


LISTS = Scale(42.0, 18.0, {2: 13.0, 3: 11.0}, 9.5, 8.5, 8.5, 26.0, keeps_lines=False)
"""15 mm at the sides, which every printer can keep, and much on a page."""

PROSE = Scale(62.0, 19.0, {2: 13.5, 3: 11.5}, 10.5, 9.0, 9.5, 34.0, keeps_lines=True)
"""Lines of about eighty letters, which eyes can follow."""


@dataclass(frozen=True, slots=True)
class Text:
    """One element in one style, a piece for each of its lines, *left* points from the edge."""

    element: Element
    font: str
    size: float
    grey: float
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A number or a dot, *left* points from the edge, before the first line of a text."""

    line: Line
    element: Element
    left: float


@dataclass(slots=True)
class Rows:
    """How the rows of one table are drawn."""

    table: Table
    places: list[tuple[float, float]]
    """Left edge and width of each column."""
    size: float
    headings: list[list[Line]]
    body: Element
    heading_cells: list[Element]
    has_begun: bool = False

    @property
    def heading_height(self) -> float:
        """How high the row of headings is."""
        return self.height(self.headings)

    @property
    def line_height(self) -> float:
        """How high one line of a cell is."""
        return self.size * LEADING

    def height(self, cells: Sequence[Sequence[Line]]) -> float:
        """Return how high a row of *cells* is."""
        return self.lines_height(max(len(lines) for lines in cells))

    def lines_height(self, lines: int) -> float:
        """Return how high a row is whose longest cell has so many *lines*."""
        return lines * self.line_height + 2 * PADDING


@dataclass(slots=True)
class Piece:
    """What stays together: a line of text, (part of) a row of a table, or what draws itself.

    *draws* is given the pen and the upper edge of the piece.  A *bookmark* is its words and level,
    from 0.
    """

    height: float
    draws: Callable[[Pen, float], None] | None = None
    text: Text | None = None
    line: Line | None = None
    label: Label | None = None
    rows: Rows | None = None
    cells: list[list[Line]] = field(default_factory=list)
    row: list[Element] = field(default_factory=list)
    holds_next: bool = False
    begins_page: bool = False
    bookmark: tuple[str, int] | None = None


def pages_of(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Put *pieces* on pages of *room* points in height; there is at least one page."""
    pages: list[list[Piece]] = [[]]
    left, shown = room, None
    for number, piece in enumerate(pieces):
        needed = piece.height + _held_height(pieces, number, room)
        if piece.rows is not None and piece.rows is not shown:
            needed += piece.rows.heading_height
        if pages[-1] and (needed > left or piece.begins_page):
            pages.append([])
            left, shown = room, None
        if piece.rows is not None and piece.rows is not shown:
            shown = piece.rows
            left -= shown.heading_height
        elif piece.rows is None:
            shown = None
        left -= piece.height
        pages[-1].append(piece)
    return pages


def _held_height(pieces: Sequence[Piece], number: int, room: float) -> float:
    """How high the pieces are that may not be parted from this one."""
    height = 0.0
    while pieces[number].holds_next and number + 1 < len(pieces):
        number += 1
        height += pieces[number].height
        rows = pieces[number].rows
        if rows is not None:
            height += rows.heading_height
    return height if height <= room / 2 else 0.0


def row_parts(cells: list[list[Line]], most: int) -> Iterator[list[list[Line]]]:
    """Return the row in parts of at most so many lines: nearly always one."""
    for start in range(0, max(len(lines) for lines in cells), most):
        yield [lines[start : start + most] for lines in cells]
