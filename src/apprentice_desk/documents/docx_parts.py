"""Pieces of a Word file as Word keeps them: runs of text, tab stops, a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from apprentice_desk.documents.docx_styles import twips
from apprentice_desk.documents.runs import Fragment, Mark, readable, tidy

_LOOKS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
"""What a table tells of itself, and the bits of older versions of Word for it."""


def add_run(holder: Any, fragment: Fragment, style: str = "") -> None:
    """Add a piece of text at the end of *holder*, as it is marked."""
    run = OxmlElement("w:r")
    holder.append(run)
    if fragment.is_bold:
        style = "DefinedTerm"
    if fragment.mark is Mark.GAP:
        style = "NotFilledIn"
    if style:
        run.style = style
    if fragment.mark is Mark.GAP:
        run.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
    if _is_from_the_right(fragment):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    run.add_t(readable(fragment.text))


def keep(about: Any, *, is_kept: bool) -> None:
    """Hold a paragraph on the page of the next one, where it is to be."""
    if is_kept:
        about.keepNext_val = True


def add_tabs(paragraph: Any, stops: Sequence[tuple[float, str, str]]) -> None:
    """Give a paragraph its tab stops: where, which way, and what leads there."""
    tabs = paragraph.get_or_add_pPr().get_or_add_tabs()
    for at, way, leader in stops:
        given = {"val": way, "pos": str(twips(at))} | ({"leader": leader} if leader else {})
        tabs.append(OxmlElement("w:tab", {qn(f"w:{key}"): value for key, value in given.items()}))


def _is_from_the_right(fragment: Fragment) -> bool:
    """Whether all letters of a fragment are written from right to left."""
    ways = {unicodedata.bidirectional(letter) for letter in fragment.text}
    return bool(ways & {"R", "AL"}) and "L" not in ways


def empty_table(style: str, name: str, widths: Sequence[float], looks: Mapping[str, bool]) -> Any:
    """Return a table without rows, its columns as *widths* say; *name* is read out for it."""
    drawn, about = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    look = {**dict.fromkeys(_LOOKS, False), "noHBand": True, "noVBand": True, **looks}
    together = sum(bit for key, bit in _LOOKS.items() if look[key])
    for tag, given in (
        ("tblStyle", {"val": style}),
        ("tblW", {"w": str(twips(sum(widths))), "type": "dxa"}),
        ("tblLayout", {"type": "fixed"}),
        (
            "tblLook",
            {"val": f"{together:04X}"} | {k: str(int(is_so)) for k, is_so in look.items()},
        ),
        ("tblCaption", {"val": readable(tidy(name))}),
    ):
        attributes = {qn(f"w:{key}"): value for key, value in given.items()}
        about.append(OxmlElement(f"w:{tag}", attributes))
    grid = OxmlElement("w:tblGrid")
    for width in widths:
        grid.append(OxmlElement("w:gridCol", {qn("w:w"): str(twips(width))}))
    drawn.append(about)
    drawn.append(grid)
    return drawn
