"""What a Word file that came back says, its tracked changes taken as made.

A .docx is a zip of XML from somebody else: each part is inflated only up to a limit, and one that
defines or fetches text is refused, as is one nested deeper than any document.  Numbers that Word
counts by itself are not in the text.  What stands at the top and bottom of every page is left out;
notes at the foot of a page and boxes of text follow the paragraph that they belong to.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.parsers import expat

from apprentice_desk.documents.returned_text import (
    MOST_LETTERS,
    Passage,
    ReturnedText,
    damaged,
    protected,
    says_nothing,
    too_large,
)
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress

_MOST_PARTS = 5_000
_MOST_BYTES = 80 * 1024 * 1024
_MOST_TAGS = 4_000_000
_DEEPEST = 250
_STEP = 20_000
_MAIN = "word/document.xml"
_NO_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
    EOFError, OSError,
)  # fmt: skip
"""What zipfile raises for what is no zip; NotImplementedError for packing it does not know."""


def read_word(name: str, packed: bytes, progress: Progress) -> ReturnedText:
    """Return what the .docx called *name* says.

    Raises Problem where it is damaged, protected, no Word file, too large, or says nothing.
    """
    parts = _Parts(name, packed)
    main = parts.main()
    beside = dirname(main)
    notes: dict[str, str] = {}
    for kind in ("footnotes", "endnotes"):
        for part in parts.beside(beside, kind):
            read = _Reading(name, parts.read(part), progress, {})
            notes.update((f"{kind[:-1]}{key}", text) for key, text in read.by_id().items())
    comments: list[str] = []
    for part in parts.beside(beside, "comments"):
        comments += _Reading(name, parts.read(part), progress, {}).by_id().values()
    body = _Reading(name, parts.read(main), progress, notes)
    body.go()
    passages = tuple(body.passages)
    if not any(each.text.strip() for each in passages):
        raise says_nothing(name)
    return ReturnedText(
        passages,
        has_tracked=body.has_tracked,
        comments=tuple(filter(None, (" ".join(each.split()) for each in comments))),
        notes=tuple(_notes(body.met)),
    )


def _notes(met: Counter[str]) -> list[str]:
    """Say what a person has to look at, since it cannot be compared."""
    found = []
    if met["picture"]:
        found.append(f"It holds {counted(met['picture'], 'picture')}: what they show is not read.")
    if met["hidden"]:
        found.append("It holds hidden words. They are compared as if they were seen.")
    if met["inside"]:
        found.append(f"It holds {counted(met['inside'], 'other file')}: that is not read.")
    return found


class _Parts:
    """The parts of a zipped document, each inflated when it is asked for."""

    def __init__(self, name: str, packed: bytes) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(packed))
        except _NO_ZIP as error:
            raise damaged(name) from error
        self._names = self._archive.namelist()
        if len(self._names) > _MOST_PARTS:
            raise too_large(name)

    def main(self) -> str:
        """Return the part that holds the text."""
        if "_rels/.rels" in self._names:
            about = self.read("_rels/.rels")
            for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^<>]*>", about):
                kind = re.search(rb"\bType\s*=\s*[\"'][^\"']*/officeDocument[\"']", tag)
                target = re.search(rb"\bTarget\s*=\s*[\"']([^\"']+)[\"']", tag)
                if kind and target:
                    part = normpath(target[1].decode("utf-8", "replace").lstrip("/"))
                    if part in self._names and part.startswith("word/"):
                        return part
        if _MAIN in self._names:
            return _MAIN
        if "EncryptedPackage" in self._names:
            raise protected(self._name)
        raise Problem(
            f"“{self._name}” is no Word document: inside it is another kind of file.",
            "Choose the Word document (.docx) or the PDF that came back.",
        )

    def beside(self, folder: str, kind: str) -> list[str]:
        """Return the parts of a *kind*, such as "comments", beside the main one."""
        wanted = re.compile(rf"{re.escape(join(folder, kind))}\d*\.xml")
        return [each for each in self._names if wanted.fullmatch(each)]

    def read(self, part: str) -> bytes:
        """Inflate one part; Problem where that goes wrong or comes to too much."""
        try:
            entry = self._archive.getinfo(part)
            if entry.flag_bits & 0x1:
                raise protected(self._name)
            if entry.file_size > _MOST_BYTES:
                raise too_large(self._name)
            with self._archive.open(entry) as opened:
                return opened.read(_MOST_BYTES)
        except _NO_ZIP as error:
            raise damaged(self._name) from error


@dataclass(slots=True)
class _Paragraph:
    """One on its way; *after* is what follows it: notes at the foot, boxes of text."""

    row: int | None
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    is_heading: bool = False
    added: list[tuple[int, int]] = field(default_factory=list)
    gone: list[tuple[int, str]] = field(default_factory=list)
    after: list[Passage] = field(default_factory=list)

    def made(self) -> Passage:
        return Passage(
            "".join(self.parts), self.is_heading, self.row, tuple(self.added), tuple(self.gone)
        )


_IN, _OUT = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_ABOUT = frozenset({"rPr", "trPr", "tcPr", "tblPr", "sectPr", "numPr"})
_WORDS = frozenset({"t", "delText"})
_STANDS_FOR: Mapping[str, str] = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": " ",
}  # fmt: skip
_PICTURES = frozenset({"blip", "imagedata"})
_HEADING = re.compile(r"(?:heading|title|berschrift|titre)", re.IGNORECASE)


class _Reading:
    """One way through a part, tag by tag; names are taken without their prefix."""

    def __init__(
        self, name: str, part: bytes, progress: Progress, notes: Mapping[str, str]
    ) -> None:
        self._name, self._part, self._progress, self._notes = name, part, progress, notes
        self.passages: list[Passage] = []
        self.met: Counter[str] = Counter()
        self.has_tracked = False
        self._path: list[str] = []
        self._open: list[_Paragraph] = []
        self._rows: list[int] = []
        self._last_row = 0
        self._in = self._out = self._left_out = 0
        self._tags = self._letters = 0
        self._id = ""
        self._by_id: dict[str, list[Passage]] = {}

    def by_id(self) -> Mapping[str, str]:
        """Go through notes or comments, and return the text of each."""
        self.go()
        return {
            key: " ".join(each.text for each in found if each.text.strip())
            for key, found in self._by_id.items()
        }

    def go(self) -> None:
        """Go through the whole part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(self._part, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise damaged(self._name) from error
        finally:  # or the part would stay in memory for as long as the two hold each other
            parser.StartElementHandler = parser.EndElementHandler = None
            parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None

    def _refuse(self, *_about: object) -> None:
        raise Problem(
            f"“{self._name}” holds instructions to the program that reads it, as no ordinary"
            " document does.",
            "It was not opened. Ask whoever sent it to save it again in Word or LibreOffice.",
        )

    def _begin(self, tag: str, about: Mapping[str, str]) -> None:
        self._tags += 1
        if self._tags % _STEP == 0:
            self._progress.step(self._tags, 0, "Reading the Word file")
        if self._tags > _MOST_TAGS or len(self._path) > _DEEPEST:
            raise too_large(self._name)
        local = tag.rpartition(" ")[2]
        above = self._path[-1] if self._path else ""
        self._path.append(local)
        # What was before a change of look, and what older readers are shown in place of a choice.
        if self._left_out or local == "Fallback" or local.endswith("Change"):
            self._left_out += 1
            return
        if above not in _ABOUT:
            self._in += local in _IN
            self._out += local in _OUT
            self.has_tracked |= local in _IN or local in _OUT
        if above == "r" and local in _STANDS_FOR:
            self._add(_STANDS_FOR[local])
        take = _TAKES.get(local)
        if take is not None:
            take(self, above, {key.rpartition(" ")[2]: value for key, value in about.items()})

    def _end(self, _tag: str) -> None:
        local = self._path.pop()
        if self._left_out:
            self._left_out -= 1
            return
        if not (self._path and self._path[-1] in _ABOUT):
            self._in -= local in _IN
            self._out -= local in _OUT
        if local == "p" and self._open:
            self._close()
        elif local == "tr" and self._rows:
            self._rows.pop()

    def _say(self, text: str) -> None:
        if not self._left_out and self._path and self._path[-1] in _WORDS:
            self._add(text)

    def _add(self, text: str) -> None:
        if not self._open:
            return
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise too_large(self._name)
        paragraph = self._open[-1]
        if self._out:
            paragraph.gone.append((paragraph.letters, text))
            return
        if self._in:
            paragraph.added.append((paragraph.letters, paragraph.letters + len(text)))
        paragraph.parts.append(text)
        paragraph.letters += len(text)

    # what is met

    def _paragraph(self, _above: str, _about: Mapping[str, str]) -> None:
        self._open.append(_Paragraph(self._rows[-1] if self._rows else None))

    def _close(self) -> None:
        paragraph = self._open.pop()
        found = [paragraph.made(), *paragraph.after]
        if self._open:
            self._open[-1].after += found
        elif self._id:
            self._by_id.setdefault(self._id, []).extend(found)
        else:
            self.passages += found

    def _row(self, _above: str, _about: Mapping[str, str]) -> None:
        self._last_row += 1
        self._rows.append(self._last_row)

    def _style(self, _above: str, about: Mapping[str, str]) -> None:
        if self._open and _HEADING.search(about.get("val", "")):
            self._open[-1].is_heading = True

    def _level(self, _above: str, about: Mapping[str, str]) -> None:
        if self._open and about.get("val", "9") != "9":  # the ninth is that of plain text
            self._open[-1].is_heading = True

    def _note(self, _above: str, about: Mapping[str, str]) -> None:
        key = f"{self._path[-1].removesuffix('Reference')}{about.get('id', '')}"
        text = self._notes.get(key, "")
        if self._open and text.strip() and not self._out:
            spans = ((0, len(text)),) if self._in else ()
            self._open[-1].after.append(Passage(text, added=spans))

    def _begin_id(self, _above: str, about: Mapping[str, str]) -> None:
        # The lines that part notes from the text are kept as notes too.
        is_line = about.get("type", "") in ("separator", "continuationSeparator")
        self._id = "" if is_line else about.get("id", "")
        if not self._id:
            self._left_out = 1

    def _hidden(self, _above: str, about: Mapping[str, str]) -> None:
        # What is said of the mark at the end of a paragraph hides no word.
        is_of_words = len(self._path) > 2 and self._path[-3] == "r"
        if is_of_words and about.get("val", "1") not in ("0", "false", "off"):
            self.met["hidden"] += 1

    def _count(self, _above: str, _about: Mapping[str, str]) -> None:
        self.met["picture" if self._path[-1] in _PICTURES else "inside"] += 1


_Take = Callable[[_Reading, str, Mapping[str, str]], None]
_TAKES: Mapping[str, _Take] = {
    "p": _Reading._paragraph,
    "tr": _Reading._row,
    "pStyle": _Reading._style,
    "outlineLvl": _Reading._level,
    "footnoteReference": _Reading._note,
    "endnoteReference": _Reading._note,
    "footnote": _Reading._begin_id,
    "endnote": _Reading._begin_id,
    "comment": _Reading._begin_id,
    "vanish": _Reading._hidden,
    "blip": _Reading._count,
    "imagedata": _Reading._count,
    "altChunk": _Reading._count,
    "OLEObject": _Reading._count,
}
