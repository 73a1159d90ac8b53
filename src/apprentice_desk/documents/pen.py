"""How lines of text come onto the canvas of a PDF, and the greys that things are drawn in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from itertools import groupby

from apprentice_desk.documents.lettering import Lettering, Line
from apprentice_desk.documents.runs import Mark
from apprentice_desk.documents.tagging import Element, TaggedCanvas

INK, QUIET, RULE, SHADE = 0.08, 0.33, 0.75, 0.93  # greys, from black to white
BOX = 0.35  # dark enough for a poor copier
_GROUNDS = {
    Mark.GAP: (SHADE, SHADE, SHADE),
    Mark.FILLED: (1.0, 0.96, 0.62),
    Mark.WRONG: (1.0, 0.89, 0.87),
}
_EDGES = {Mark.GAP: (BOX, BOX, BOX), Mark.WRONG: (0.65, 0.1, 0.1)}


class Pen:
    """Writes on *canvas* with *letters*."""

    def __init__(self, canvas: TaggedCanvas, letters: Lettering) -> None:
        self.canvas = canvas
        self.letters = letters

    def put(
        self,
        line: Line,
        x: float,
        y: float,
        font: str,
        size: float,
        element: Element | None,
        grey: float = INK,
    ) -> None:
        """Write *line* from *x* on as content of *element*; without one it is marked as nothing."""
        canvas = self.canvas
        if not line.shown:
            return
        for part in line.parts:
            if part.mark is not Mark.NONE:
                edges = (x + part.left, y, part.width, size)
                with nullcontext() if element is None else canvas.artefact():
                    self._box(part.mark, *edges)
        canvas.setFont(font, size)
        canvas.setFillGray(grey)
        meant = "" if line.shown == line.meant else line.meant
        for target, alike in groupby(line.parts, key=lambda part: part.target):
            parts = list(alike)
            owner = element if element is None or not target else element.add("Link")
            with nullcontext() if owner is None else canvas.tagged(owner, meant):
                for part in parts:
                    canvas.setFont(part.font, size)
                    canvas.drawString(x + part.left, y, part.shown)
            if target and owner is not None:
                first, last = parts[0], parts[-1]
                edges = (x + first.left, y - size / 4, x + last.left + last.width, y + size)
                canvas.link(owner, target, edges)
        if not line.parts:
            with nullcontext() if element is None else canvas.tagged(element, meant):
                canvas.drawString(x, y, line.shown)

    def rules(self, spans: Iterable[tuple[float, float]], y: float) -> None:
        """Draw lines to write on, from left to right of each span; they are not read."""
        with self.canvas.artefact():
            self.canvas.setStrokeGray(INK)
            self.canvas.setLineWidth(0.6)
            for left, right in spans:
                self.canvas.line(left, y, right, y)

    def _box(self, mark: Mark, x: float, y: float, width: float, size: float) -> None:
        """Shade a part; what is missing or wrong is boxed, so that it shows on a poor copy."""
        canvas = self.canvas
        canvas.setFillColorRGB(*_GROUNDS[mark])
        is_boxed = mark is not Mark.FILLED
        if is_boxed:
            canvas.setStrokeColorRGB(*_EDGES[mark])
            canvas.setLineWidth(0.5)
        canvas.rect(x - 1, y - size * 0.28, width + 2, size * 1.28, stroke=is_boxed, fill=1)
