"""How a Word file looks: styles under their own names, so that whoever edits it changes one place.

The letters are Arial: every Windows and Mac that has Word has it, LibreOffice has one of the same
widths, and it is what guidance on accessible documents asks of councils, a plain face without
serifs.  The program's own Inter is on no council's computer and may not be sent along unasked.
Colours are left to whoever reads, except the grey of small print and the shade of headings of
tables; nothing is told by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from apprentice_desk.documents.tree import BULLET, DEEPEST, MOST_INDENTS

FONT = "Arial"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_GREY, _SHADE, _RULE, _BOX = "555555", "EDEDED", "BFBFBF", "595959"
_BESIDE = 4.0
"""Points of white at each side of a cell's text."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How large things are on one kind of paper, in points."""

    edge: float
    title: float
    headings: tuple[float, ...]
    """From level 2 on; deeper ones are as large as the text."""
    text: float
    small: float
    cell: float
    step: float
    dot: float
    """The room of a dot before a point of a list."""

    def heading(self, level: int) -> float:
        """Return how large a heading of *level* is; 1 is the title."""
        sizes = (self.title, *self.headings)
        return sizes[level - 1] if level <= len(sizes) else self.text


LISTS = Measures(42, 18, (13, 11), 10, 9, 9, 28, 14)
PROSE = Measures(62, 20, (14, 12), 11, 9.5, 10, 36, 18)


def styles(size: Measures, language: str) -> str:
    """Return every style that a document is written in, as the part of the file that has them."""
    letters = " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    spoken = quoteattr(language)
    return (
        f"<w:styles {NAMESPACE}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {letters}/>{_sized(size.text)}"
        f'<w:lang w:val={spoken} w:eastAsia={spoken} w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{''.join(_all(size))}</w:styles>"
    )


def numbering(size: Measures) -> str:
    """Return the list with dots, in every indent that the tree knows."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{BULLET}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_hanging(level * size.step + size.dot, size.dot)}</w:pPr></w:lvl>"
        for level in range(MOST_INDENTS + 1)
    )
    return (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings(language: str) -> str:
    """Return the settings of a file of today's Word; without them it opens as an old one."""
    uri = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compat}</w:compat><w:themeFontLang w:val={quoteattr(language)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def twips(points: float) -> int:
    """Return a length as Word counts it, in twentieths of a point."""
    return round(points * 20)


def _all(size: Measures) -> Iterator[str]:
    yield _style("Normal", _spaced(0, 6, 1.15), is_default=True)
    yield '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    yield '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
    yield '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    yield '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr>'
    yield f'<w:tblInd w:w="0" w:type="dxa"/>{_cell_margins()}</w:tblPr></w:style>'
    yield '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    yield '<w:name w:val="No List"/><w:uiPriority w:val="99"/></w:style>'
    for level in range(1, DEEPEST + 1):
        large = size.heading(level)
        yield _style(
            f"heading {level}",
            "<w:keepNext/><w:keepLines/>"
            f'{_spaced(0 if level == 1 else large, 4, 1.1)}<w:outlineLvl w:val="{level - 1}"/>',
            f"<w:b/><w:bCs/>{_sized(large)}",
            style_id=f"Heading{level}",
            follows="Normal",
        )
    small = f'<w:color w:val="{_GREY}"/>{_sized(size.small)}'
    point = _hanging(size.step, size.step)
    yield _style("Small Print", "", small)
    yield _style("Sample Mark", _spaced(0, 2, 1.1), f"<w:b/><w:bCs/>{_sized(size.small)}")
    yield _style("Numbered Text", point)
    yield _style("Numbered Point", _spaced(0, 3, 1.15) + point)
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    yield _style("List Bullet", listed + _spaced(0, 3, 1.15))
    yield _style("Table Text", _spaced(2, 2, 1.1), _sized(size.cell))
    yield _style("Table Heading", "<w:keepNext/>", "<w:b/><w:bCs/>", based_on="TableText")
    yield _style("Row Heading", "", "<w:b/><w:bCs/>", based_on="TableText")
    yield _style("Fact", _spaced(1, 1, 1.1))
    yield _style("Fact Name", "", f'<w:color w:val="{_GREY}"/>', based_on="Fact")
    kept = "<w:keepNext/><w:keepLines/>"
    yield _style("Signing Line", kept + _spaced(22, 0, 1.0))
    yield _style("Signing Words", f"<w:keepLines/>{_spaced(0, 4, 1.1)}", small)
    page = f'<w:color w:val="{_GREY}"/>{_sized(8)}'
    yield _style("header", _spaced(0, 0, 1.0), page, style_id="Header")
    yield _style("footer", _spaced(0, 0, 1.0), page, style_id="Footer")
    yield _letters("Defined Term", "<w:b/><w:bCs/>")
    yield _letters("Hyperlink", '<w:u w:val="single"/>')
    boxed = '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    yield _letters("Not Filled In", f"<w:b/><w:bCs/>{boxed}")
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    box = f'w:val="single" w:sz="6" w:space="0" w:color="{_BOX}"'
    yield _table("Desk Rows", f"<w:bottom {rule}/><w:insideH {rule}/>", _SHADED)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    yield _table("Desk Boxes", "".join(f"<w:{side} {box}/>" for side in sides), _SHADED)
    yield _table("Desk Facts", "", "", beside=0)


_OF_WORD = {
    "Normal",
    "List Bullet",
    "Hyperlink",
    "header",
    "footer",
    *(f"heading {n}" for n in range(1, 7)),
}
_SHADED = (
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/></w:tcPr></w:tblStylePr>'
)


def _style(
    name: str,
    paragraph: str,
    letters: str = "",
    *,
    style_id: str = "",
    based_on: str = "Normal",
    follows: str = "",
    is_default: bool = False,
) -> str:
    default = ' w:default="1"' if is_default else ""
    base = "" if is_default else f'<w:basedOn w:val="{based_on}"/>'
    then = f'<w:next w:val="{follows}"/>' if follows else ""
    return (
        f'<w:style w:type="paragraph"{default}{_custom(name)} w:styleId="{style_id or _id(name)}">'
        f'<w:name w:val="{name}"/>{base}{then}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _letters(name: str, letters: str) -> str:
    return (
        f'<w:style w:type="character"{_custom(name)} w:styleId="{_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


def _table(name: str, borders: str, first_row: str, beside: float = _BESIDE) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{_cell_margins(beside)}</w:tblPr>{first_row}</w:style>"
    )


def _custom(name: str) -> str:
    return "" if name in _OF_WORD else ' w:customStyle="1"'


def _id(name: str) -> str:
    return name.replace(" ", "")


def _cell_margins(beside: float = _BESIDE) -> str:
    sides = (("top", 0), ("left", beside), ("bottom", 0), ("right", _BESIDE))
    drawn = "".join(f'<w:{side} w:w="{twips(wide)}" w:type="dxa"/>' for side, wide in sides)
    return f"<w:tblCellMar>{drawn}</w:tblCellMar>"


def _sized(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spaced(before: float, after: float, lines: float) -> str:
    return (
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"'
        f' w:line="{round(lines * 240)}" w:lineRule="auto"/>'
    )


def _hanging(left: float, hanging: float) -> str:
    return f'<w:ind w:left="{twips(left)}" w:hanging="{twips(hanging)}"/>'
