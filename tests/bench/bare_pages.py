"""A document drawn by ReportLab alone, as a good engineer would: platypus, no tags.

The same blocks, font, sizes and bookmarks, headings of tables on every page, pages that say of how
many they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from apprentice_desk import resources
from apprentice_desk.documents import tree
from apprentice_desk.documents.pieces import LEADING, PROSE

_FONTS = {"Plain": "Inter-Regular.ttf", "Strong": "Inter-SemiBold.ttf"}
_GREY, _SHADE = Color(0.75, 0.75, 0.75), Color(0.93, 0.93, 0.93)
_GRID = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, _GREY),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


def _style(name: str, size: float, font: str = "Plain", **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * LEADING, **more)


_TEXT = _style("text", PROSE.text, spaceBefore=PROSE.text * 0.6)
_SMALL = _style("small", PROSE.small, spaceBefore=PROSE.small * 0.6)
_CELL = _style("cell", PROSE.cell)
_CELL_RIGHT = _style("cell-right", PROSE.cell, alignment=2)
_CELL_STRONG = _style("cell-strong", PROSE.cell, "Strong")
_TITLE = _style("title", PROSE.title, "Strong", keepWithNext=1)
_HEADINGS = {
    level: _style(f"h{level}", size, "Strong", spaceBefore=size * 1.1, keepWithNext=1)
    for level, size in PROSE.headings.items()
}
_INDENTED = {
    indent: _style(
        f"indented-{indent}",
        PROSE.text,
        spaceBefore=PROSE.text * 0.4,
        leftIndent=PROSE.step * (indent + 1),
        bulletIndent=PROSE.step * indent,
        bulletFontName="Plain",
        bulletFontSize=PROSE.text,
    )
    for indent in range(4)
}


class _Template(SimpleDocTemplate):  # type: ignore[misc]
    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Paragraph) and flowable.style.fontName == "Strong":
            name = flowable.style.name
            if name == "title" or name.startswith("h"):
                key = f"place-{self.seq.nextf('place')}"
                self.canv.bookmarkPage(key)
                level = 0 if name == "title" else int(name[1:]) - 1
                self.canv.addOutlineEntry(flowable.getPlainText(), key, level)


class _Numbered(Canvas):  # type: ignore[misc]
    """Keeps its pages until it knows how many there are: the known recipe."""

    def __init__(self, *given: Any, foot: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        self._foot, self._kept = foot, list[dict[str, Any]]()

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._kept, 1):
            kept = self._kept
            self.__dict__.update(state)
            self._kept = kept
            self.setFont("Plain", 8)
            self.drawString(PROSE.edge, PROSE.edge, self._foot)
            words = f"Page {number} of {len(self._kept)}"
            self.drawRightString(A4[0] - PROSE.edge, PROSE.edge, words)
            super().showPage()
        super().save()


def register() -> None:
    """Let ReportLab know the font."""
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", file))))
    pdfmetrics.registerFontFamily("Plain", normal="Plain", bold="Strong")


def write(path: Path, document: tree.Document) -> Path:
    """Draw *document* into a file."""
    template = _Template(
        str(path),
        pagesize=A4,
        leftMargin=PROSE.edge,
        rightMargin=PROSE.edge,
        topMargin=PROSE.edge,
        bottomMargin=PROSE.edge + 22,
        title=document.title,
        lang=document.language,
        pageCompression=1,
        invariant=1,
    )
    story = [
        *_flow(document.opening, template.width),
        Paragraph(escape(document.title), _TITLE),
        *_flow(document.blocks, template.width),
    ]
    template.build(
        story,
        canvasmaker=lambda *given, **more: _Numbered(*given, foot=document.foot_words, **more),
    )
    return path


def _words(words: tree.Words) -> str:
    if isinstance(words, str):
        return escape(words).replace("\n", "<br/>")
    return "".join(
        run if isinstance(run, str) else f"<b>{escape(run.text)}</b>" for run in words
    ).replace("\n", "<br/>")


def _flow(blocks: Sequence[tree.Block], room: float) -> Iterator[Flowable]:
    for block in blocks:
        match block:
            case tree.Heading():
                yield Paragraph(_words(block.text), _HEADINGS[block.level])
            case tree.Clause():
                yield Paragraph(escape(block.heading), _HEADINGS[block.level])
                yield from _flow(block.blocks, room)
            case tree.Para():
                yield Paragraph(_words(block.text), _SMALL if block.is_quiet else _TEXT)
            case tree.Numbered():
                yield Paragraph(_words(block.text), _INDENTED[block.indent], block.number)
            case tree.Bullets():
                for label, words in block.marked:
                    yield Paragraph(_words(words), _INDENTED[block.indent], label)
            case tree.Table():
                yield Spacer(1, 8)
                yield _table(block, room)
            case tree.Signatures():
                for person in block.people:
                    yield Spacer(1, 40)
                    yield Paragraph(f"{_words(person.role)}: {_words(person.name)}", _SMALL)
            case tree.NewPage():
                yield PageBreak()
            case _:
                raise TypeError(type(block).__name__)


def _table(table: tree.Table, room: float) -> Table:
    rows = [[Paragraph(escape(column.heading), _CELL_STRONG) for column in table.columns]]
    for row in table.rows:
        styles = [
            _CELL_STRONG if table.is_heading(at) else _CELL_RIGHT if column.is_right else _CELL
            for at, column in enumerate(table.columns)
        ]
        rows.append([Paragraph(_words(words), of) for words, of in zip(row, styles, strict=True)])
    each = room / len(table.columns)
    return Table(rows, [each] * len(table.columns), repeatRows=1, style=_GRID)
