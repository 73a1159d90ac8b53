"""The structure of a PDF: which marks on which page are the title, a paragraph or a cell.

ReportLab draws marks without meaning.  Here each is bracketed as the content of an element, and
the tree of elements is put into the file's catalogue, so that a screen reader knows headings,
tables and their reading order (ISO 32000-1, 14.7 and 14.8).  What repeats on every page is an
artefact: drawn, but not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from apprentice_desk.documents.runs import readable, tidy

_ABOUT = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
"""What a file says of itself where readers of PDF/UA look (ISO 14289-1, 5 and 7.1)."""


@dataclass(eq=False, slots=True)
class Element:
    """One element of the structure: a role such as "H1" or "TD", and what is in it.

    *about* are its attributes, such as the scope of a heading of a table, and *owner* is what
    they are attributes of; *says* is the summary of a table for those who cannot see it.
    """

    role: str
    about: dict[str, str] = field(default_factory=dict)
    says: str = ""
    owner: str = "Table"
    kids: list[Element | tuple[int, int | str]] = field(default_factory=list)
    """Elements, and marks: number of the page from 0, number of the mark on it, or name of a
    link."""

    def add(
        self,
        role: str,
        about: dict[str, str] | None = None,
        says: str = "",
        owner: str = "Table",
    ) -> Element:
        """Put one more element at the end and return it."""
        made = Element(role, about or {}, says, owner)
        self.kids.append(made)
        return made


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas whose marks belong to elements of ``root``."""

    def __init__(self, target: Any, **given: Any) -> None:
        super().__init__(target, **given)
        self._language: str = given.get("lang", "")
        self.root = Element("Document")
        self._pages: list[Any] = []
        self._marks: list[list[Element]] = [[]]
        """For each page the element that each of its marks belongs to."""
        self._links: list[tuple[PDFDictionary, Element]] = []
        self._is_linking = False
        """Whether the page being drawn has links."""
        self._bookmarks = 0
        self._bookmark_level = -1

    @contextmanager
    def tagged(self, element: Element, meant: str = "") -> Iterator[None]:
        """Draw inside as content of *element*; *meant* is its text where the marks differ."""
        page, marks = len(self._marks) - 1, self._marks[-1]
        number = len(marks)
        marks.append(element)
        element.kids.append((page, number))
        self._code.append(f"/{element.role} <</MCID {number}>> BDC")
        if meant:  # in a span of its own: that is where readers look for it
            self._code.append(f"/Span <</ActualText <{_hexadecimal(meant)}>>> BDC")
        yield
        self._code.extend(["EMC", "EMC"] if meant else ["EMC"])

    @contextmanager
    def artefact(self, edge: str = "") -> Iterator[None]:
        """Draw inside what is not to be read: rules, and what repeats on every page.

        *edge* is "Header" or "Footer" for what stands at the edge of each (ISO 32000-1, 14.8.2.2).
        """
        about = f"<</Type /Pagination /Subtype /{edge}>> BDC" if edge else "BMC"
        self._code.append(f"/Artifact {about}")
        yield
        self._code.append("EMC")

    def bookmark(self, words: str, level: int, y: float) -> None:
        """Let the reader's list of contents lead to *y* on this page; level 0 is the title.

        A level below the one before is at most one deeper, as readers want it.
        """
        self._bookmark_level = level = min(level, self._bookmark_level + 1)
        key = f"place-{self._bookmarks}"
        self._bookmarks += 1
        self.bookmarkPage(key, fit="XYZ", left=0, top=y)
        self.addOutlineEntry(readable(tidy(words)), key, level)

    def link(self, element: Element, target: str, edges: tuple[float, float, float, float]) -> None:
        """Let what is drawn between *edges* as content of *element* lead to *target*."""
        name = f"link-{len(self._links)}"
        address = target.removeprefix("mailto:")
        says = f"Open {target}" if address == target else f"Write to {address}"
        about = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray(edges),
                "Border": PDFArray([0, 0, 0]),
                "F": 4,  # printed along
                "Contents": PDFString(says),
                "A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(target)}),
            }
        )
        self._addAnnotation(about, name)
        element.kids.append((len(self._marks) - 1, name))
        self._links.append((about, element))
        self._is_linking = True

    def showPage(self) -> None:  # noqa: D102 - as ReportLab says
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages)
        page.Tabs = PDFName("S") if self._is_linking else None
        self._is_linking = False
        self._pages.append(page)
        self._marks.append([])

    def save(self) -> None:
        """Put the structure into the file, and save it."""
        document = self._doc
        made: dict[Element, PDFDictionary] = {}
        top = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        top.dict["K"] = document.Reference(self._build(self.root, top, made))
        numbers: list[Any] = []
        for number, marks in enumerate(self._marks[: len(self._pages)]):
            owners = PDFArray([document.Reference(made[element]) for element in marks])
            numbers += [number, document.Reference(owners)]
        for number, (link, element) in enumerate(self._links, len(self._pages)):
            link["StructParent"] = number
            numbers += [number, document.Reference(made[element])]
        top.dict["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        top.dict["ParentTreeNextKey"] = len(self._pages) + len(self._links)
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        title, language = (
            escape(readable(tidy(text))) for text in (document.info.title, self._language)
        )
        document.Catalog.Metadata = PDFStream(
            PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
            _ABOUT.format(title=title, language=language).encode("utf-8"),
            filters=[],
        )
        super().save()

    def _build(
        self, element: Element, parent: PDFDictionary, made: dict[Element, PDFDictionary]
    ) -> PDFDictionary:
        document = self._doc
        built = made[element] = PDFDictionary(
            {
                "Type": PDFName("StructElem"),
                "S": PDFName(element.role),
                "P": document.Reference(parent),
            }
        )
        about: dict[str, Any] = {name: PDFName(word) for name, word in element.about.items()}
        if element.says:
            about["Summary"] = PDFString(readable(element.says))
        if about:
            built.dict["A"] = PDFDictionary({"O": PDFName(element.owner), **about})
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(document.Reference(self._build(kid, built, made)))
            else:
                page, mark = kid
                at = document.Reference(self._pages[page])
                if isinstance(mark, str):
                    link = document.refAnnotation(mark)
                    kids.append(PDFDictionary({"Type": PDFName("OBJR"), "Pg": at, "Obj": link}))
                else:
                    kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": at, "MCID": mark}))
        built.dict["K"] = PDFArray(kids)
        return built


def _hexadecimal(text: str) -> str:
    return (b"\xfe\xff" + text.encode("utf-16-be", "replace")).hex()
