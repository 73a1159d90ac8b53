"""A document as a Word file, for whoever has to change it: styles, lists and tables of Word's own.

Numbers of clauses are text with a hanging indent, so that they stay what they are, and what other
clauses refer to, however the file is edited.  The content is in reading order, headings are
Word's headings, the headings of a table are repeated on every page.  Equal documents give equal
bytes, and nothing in them tells who made them, or on which computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, assert_never

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Pt

from apprentice_desk.documents.columns import GAP, shared_widths
from apprentice_desk.documents.docx_parts import add_run, add_tabs, empty_table, keep
from apprentice_desk.documents.docx_styles import (
    LISTS,
    PROSE,
    numbering,
    settings,
    styles,
    twips,
)
from apprentice_desk.documents.runs import Fragment, Link, Mark, lines_of, links_in, readable, tidy
from apprentice_desk.documents.telling import announces, is_held, is_one_piece, signing
from apprentice_desk.documents.tree import (
    DEEPEST,
    SEPARATOR,
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
from apprentice_desk.sheets import check_target, replacing
from apprentice_desk.sheets.saving import NO_TIME, copy_settled

_MADE_BY = "Apprentice Desk"
_SAMPLE = "Sample, invented people"
_A4 = (595.3, 841.9)
_DAY_ROOM = 110.0
_SHORT_ROW = 600
"""A row with more letters than this may go on over the next page; others are not parted."""

_LONGEST_PROPERTY = 255
_BELOW_LIST, _ABOVE_TABLE, _BELOW_TABLE = 6.0, 6.0, 8.0
_BETWEEN = 14.0
"""White between the parts of the head of a letter."""

_STANDS_APART = {"SigningLine", *(f"Heading{level}" for level in range(2, DEEPEST + 1))}
"""Styles of paragraphs that have enough white above them, whatever they stand below."""

_LETTER = 0.56
"""How wide a letter is on average, as a share of its height: enough to share out widths."""
_LETTER_OF_LINES = 0.5
"""The same within lines, where a little more or less evens out."""

_STEPS = 50
_WRITING = "Writing the document"


def write(
    path: str | Path,
    document: Document,
    progress: Progress | None = None,
    *,
    made_on: date | None = None,
) -> Path:
    """Save *document* as the Word file *path*; return where it stands.

    *made_on* is the day that the file's properties name.  Raises Problem if it cannot be saved
    there, or something that is no Word file would be lost.
    """
    path = check_target(path, ending=".docx")
    made = content(document, progress, made_on=made_on)
    with replacing(path) as fresh:
        fresh.write_bytes(made)
    return path


def content(
    document: Document, progress: Progress | None = None, *, made_on: date | None = None
) -> bytes:
    """Return *document* as the bytes of a Word file, which no file is needed for."""
    made_at = NO_TIME if made_on is None else datetime.combine(made_on, time(), UTC)
    loose, settled = BytesIO(), BytesIO()
    _Writing(document, progress or Progress()).made().save(loose)
    copy_settled(loose, settled, made_at)
    return settled.getvalue()


class _Estimate:
    """About how wide a text is, for sharing out the width of a table."""

    def width(self, text: str, font: str, size: float) -> float:
        return len(text) * size * _LETTER


class _Writing:
    """One document on its way into a Word file."""

    def __init__(self, document: Document, progress: Progress) -> None:
        self._document = document
        self._progress = progress
        size = PROSE if document.is_prose else LISTS
        self._size = replace(size, title=size.headings[0]) if document.opening else size
        width, height = _A4[::-1] if document.is_wide else _A4
        self._page = (width, height)
        self._room = width - 2 * self._size.edge
        self._word = docx.Document()
        self._end: Any = self._word.element.body.sectPr
        """What stands behind the last paragraph."""
        self._last: Any = None
        """What is said about the last paragraph."""
        self._begins_page = False
        self._is_below_table = False

    def made(self) -> Any:
        """Return the whole of it, ready to be saved."""
        document = self._document
        self._set_up()
        self._describe()
        self._edges()
        if document.is_sample:
            self._paragraph("SampleMark", _SAMPLE)
        for block in document.opening:
            self._blocks((block,))
            self._leave_white(_BETWEEN)
        self._paragraph("Heading1", document.title)
        self._blocks(document.blocks)
        self._progress.step(len(document.blocks), len(document.blocks), _WRITING)
        if self._is_below_table:
            self._paragraph("TableText", "")  # Word wants one behind the last table
        return self._word

    # the file

    def _set_up(self) -> None:
        """Put our styles, lists and settings where the library's template has its own."""
        word, language = self._word, self._document.language
        for part, ours in (
            (word.styles.element, styles(self._size, language)),
            (word.part.numbering_part.element, numbering(self._size)),
            (word.settings.element, settings(language)),
        ):
            part[:] = list(parse_xml(ours))
        for holder in (word.part.rels, word.part.package.rels):
            for key in [key for key, rel in holder.items() if _kind(rel.reltype) in _UNUSED]:
                del holder[key]

    def _describe(self) -> None:
        document, about = self._document, self._word.core_properties
        footer = document.footer
        for name, text in (
            ("title", document.title),
            ("subject", _SAMPLE if document.is_sample else ""),
            ("author", _MADE_BY),
            ("last_modified_by", _MADE_BY),
            ("comments", ""),
            ("language", document.language),
            ("identifier", footer.reference if footer else ""),
            ("version", footer.version if footer else ""),
        ):
            setattr(about, name, readable(tidy(text))[:_LONGEST_PROPERTY])
        about.created = about.modified = NO_TIME  # saving puts the day in
        about.revision = 1

    def _edges(self) -> None:
        """Set the size of the page, and what stands on every one."""
        document, edge = self._document, self._size.edge
        section = self._word.sections[0]
        width, height = self._page
        self._end.attrib.clear()
        section.page_width, section.page_height = Pt(width), Pt(height)
        if document.is_wide:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.left_margin = section.right_margin = section.top_margin = Pt(edge)
        section.bottom_margin = Pt(edge + 22)
        section.header_distance = section.footer_distance = Pt(edge * 0.6)
        if document.head:
            self._say(section.header.paragraphs[0]._p, document.head, has_links=False)
        foot = section.footer.paragraphs[0]._p
        add_tabs(foot, ((self._room, "right", ""),))
        mark = _SAMPLE if document.is_sample else ""
        words = SEPARATOR.join(filter(None, (mark, document.foot_words)))
        self._say(foot, words, has_links=False)  # they would need lists of their own
        foot.add_r().append(OxmlElement("w:tab"))
        for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            foot.add_r().add_t(words)
            shown = OxmlElement("w:fldSimple", {qn("w:instr"): field})
            shown.append(OxmlElement("w:r"))
            shown[0].add_t("1")
            foot.append(shown)

    # paragraphs

    def _paragraph(self, style: str, words: Words, number: str = "") -> Any:
        """Add a paragraph at the end; the *number* stands before a tab."""
        paragraph = OxmlElement("w:p")
        paragraph.style = style
        self._end.addprevious(paragraph)
        about = paragraph.get_or_add_pPr()
        if self._begins_page:
            about.pageBreakBefore_val = True
        if self._is_below_table and style not in _STANDS_APART:
            about.spacing_before = Pt(_BELOW_TABLE)
        self._begins_page = self._is_below_table = False
        self._last = about
        if number:
            paragraph.add_r().add_t(readable(tidy(number)))
            paragraph.add_r().append(OxmlElement("w:tab"))
        self._say(paragraph, words)
        return about

    def _leave_white(self, points: float) -> None:
        """Leave so much white below the last paragraph, if there is one."""
        if self._last is not None:
            self._last.spacing_after = Pt(points)

    def _say(self, paragraph: Any, words: Words, *, has_links: bool = True) -> None:
        for number, line in enumerate(lines_of(words)):
            if number:
                paragraph.add_r().append(OxmlElement("w:br"))
            for fragment in line:
                links = (
                    () if fragment.mark is Mark.GAP or not has_links else links_in(fragment.text)
                )
                self._add(paragraph, fragment, links)

    def _add(self, paragraph: Any, fragment: Fragment, links: Sequence[Link]) -> None:
        """Add part of a line, with what leads somewhere in it."""
        text, at = fragment.text, 0
        for link in links:
            if text[at : link.start]:
                add_run(paragraph, fragment.saying(text[at : link.start]))
            key = self._word.part.relate_to(link.target, RELATIONSHIP_TYPE.HYPERLINK, True)
            names = {prefix: nsmap[prefix] for prefix in ("w", "r")}
            linked = OxmlElement("w:hyperlink", {qn("r:id"): key}, names)
            add_run(linked, fragment.saying(text[link.start : link.end]), "Hyperlink")
            paragraph.append(linked)
            at = link.end
        if text[at:]:
            add_run(paragraph, fragment.saying(text[at:]))

    def _hang(self, about: Any, number: str, size: float, indent: int = 0) -> None:
        """Let a text hang beside its number, farther where that is long."""
        step = max(self._size.step, (len(number) + 1) * size * _LETTER)
        about.ind_left = Pt(indent * self._size.step + step)
        about.first_line_indent = Pt(-step)

    # blocks

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for number, block in enumerate(blocks):
            if blocks is self._document.blocks:
                self._progress.step(number, len(blocks), _WRITING)
            follows = blocks[number + 1] if number + 1 < len(blocks) else None
            self._block(block, is_kept=announces(block, follows))

    def _block(self, block: Block, *, is_kept: bool) -> None:
        match block:
            case Heading():
                self._paragraph(f"Heading{block.level}", block.text)
            case Para():
                about = self._paragraph("SmallPrint" if block.is_quiet else "Normal", block.text)
                keep(about, is_kept=is_kept)
                if is_one_piece(block):
                    about.keepLines_val = True
            case Numbered():
                about = self._paragraph("NumberedText", block.text, block.number)
                self._hang(about, block.number, self._size.text, block.indent)
                keep(about, is_kept=is_kept)
            case Bullets():
                self._list(block)
            case Table():
                self._table(block)
            case KeyValues():
                self._pairs(block)
            case Signatures():
                self._signatures(block)
            case NewPage():
                self._begins_page = True
            case Clause():
                about = self._paragraph(f"Heading{block.level}", block.title, block.number)
                self._hang(about, block.number, self._size.heading(block.level))
                self._blocks(block.blocks)
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(block)

    def _list(self, block: Bullets) -> None:
        for number, (label, words) in enumerate(block.marked):
            if block.labels:
                about = self._paragraph("NumberedPoint", words, label)
                self._hang(about, label, self._size.text, block.indent)
            else:
                about = self._paragraph("ListBullet", words)
                place = about.get_or_add_numPr()
                place.get_or_add_ilvl().val = block.indent
                place.get_or_add_numId().val = 1
            keep(about, is_kept=is_held(number, len(block.items)))
        self._leave_white(_BELOW_LIST)

    def _signatures(self, block: Signatures) -> None:
        day = self._room - _DAY_ROOM
        for number, person in enumerate(block.people, 1):
            lines = (
                (day - 2 * GAP, "left", "underscore"),
                (day, "left", ""),
                (self._room, "right", "underscore"),
            )
            self._paragraph("SigningLine", "")
            line = self._end.getprevious()
            add_tabs(line, lines)
            for _ in lines:
                line.add_r().append(OxmlElement("w:tab"))
            says = signing(person)
            if len(plain(says)) * self._size.small * _LETTER_OF_LINES > day - 2 * GAP:
                says = signing(person, between=":\n")  # or they would push Date from its place
            about = self._paragraph("SigningWords", says)
            words = self._end.getprevious()
            add_tabs(words, ((day, "left", ""),))
            words.add_r().append(OxmlElement("w:tab"))
            words.add_r().add_t("Date")
            keep(about, is_kept=number < len(block.people))

    # tables

    def _table(self, table: Table) -> None:
        if not table.columns:
            return
        widths = shared_widths(table, self._room, _Estimate(), self._size.cell)
        drawn = self._new_table(
            "DeskBoxes" if table.is_boxed else "DeskRows",
            table.name,
            widths,
            firstRow=True,
            firstColumn=table.has_row_headings,
        )
        headings = [column.heading for column in table.columns]
        styles_of_head = ["TableHeading"] * len(widths)
        rights = [column.is_right for column in table.columns]
        first = self._row(drawn, headings, widths, styles_of_head, rights)
        first.append(OxmlElement("w:tblHeader"))
        of_row = [
            "RowHeading" if table.is_heading(at) else "TableText" for at in range(len(widths))
        ]
        for number, row in enumerate(table.rows):
            if number % _STEPS == 0:
                self._progress.step(number, len(table.rows), "Writing the list")
            about = self._row(drawn, row, widths, of_row, rights)
            if table.least_lines > 1:
                high = twips(table.least_lines * self._size.cell * 1.3)
                about.append(OxmlElement("w:trHeight", {qn("w:val"): str(high)}))

    def _pairs(self, block: KeyValues) -> None:
        if not block.pairs:
            return
        longest = max(len(line) for key, _ in block.pairs for line in (key.splitlines() or [""]))
        left = min(longest * self._size.text * _LETTER + 2 * GAP, self._room / 2)
        widths = [left, self._room - left]
        drawn = self._new_table("DeskFacts", block.name, widths, firstRow=False, firstColumn=True)
        for pair in block.pairs:
            self._row(drawn, pair, widths, ["FactName", "Fact"], [False, False])

    def _new_table(self, style: str, name: str, widths: Sequence[float], **looks: bool) -> Any:
        if self._is_below_table or self._begins_page:
            self._paragraph("TableText", "")  # two tables would be one, and none begins a page
        self._leave_white(_ABOVE_TABLE)
        drawn = empty_table(style, name, widths, looks)
        self._end.addprevious(drawn)
        self._is_below_table = True
        return drawn

    def _row(
        self,
        drawn: Any,
        cells: Sequence[Words],
        widths: Sequence[float],
        styles_of: Sequence[str],
        rights: Sequence[bool],
    ) -> Any:
        """Add a row, and return what is said about it."""
        row, about = OxmlElement("w:tr"), OxmlElement("w:trPr")
        row.append(about)
        if sum(len(plain(words)) for words in cells) <= _SHORT_ROW:
            about.append(OxmlElement("w:cantSplit"))
        for words, width, style, is_right in zip(cells, widths, styles_of, rights, strict=True):
            cell, of_cell = OxmlElement("w:tc"), OxmlElement("w:tcPr")
            wide = {qn("w:w"): str(twips(width)), qn("w:type"): "dxa"}
            of_cell.append(OxmlElement("w:tcW", wide))
            paragraph = OxmlElement("w:p")
            paragraph.style = style
            if is_right:
                paragraph.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT
            self._say(paragraph, words)
            cell.append(of_cell)
            cell.append(paragraph)
            row.append(cell)
        drawn.append(row)
        return about


_UNUSED = {
    "stylesWithEffects",
    "webSettings",
    "fontTable",
    "theme",
    "customXml",
    "thumbnail",
    "extended-properties",
}
"""Parts of the library's template that would say what is not so, such as which Word wrote it."""


def _kind(reltype: str) -> str:
    return reltype.rpartition("/")[2]
