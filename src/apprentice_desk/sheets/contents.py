"""What is inside a workbook file, looked at before any spreadsheet library opens it.

An .xlsx or .ods file is a zip of XML.  Reading one that was made to do harm, or merely damaged,
can take all memory: two cells at opposite corners of a sheet are enough to end the program, since
the reader lays a sheet out whole.  So the zip's directory, the true size of each part and the
extent of each sheet are checked here first.  The same look tells what the reader does not report,
such as which cells hold a formula, and takes out what would make it refuse the whole file.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from apprentice_desk.sheets import xlsx_sheets
from apprentice_desk.sheets.kinds import not_a_workbook
from apprentice_desk.sheets.limits import (
    MOST_INFLATED_BYTES,
    MOST_PARTS,
    MOST_SHEETS,
    damaged,
    has_entities,
    protected,
    too_large,
)
from apprentice_desk.sheets.ods_content import OdsContent
from apprentice_desk.sheets.special import SpecialCells
from apprentice_desk.sheets.walking import narrow, whole_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_TAGS_ABOUT = 200_000  # of the parts that say which sheets there are
# An encoding that there is not, or that the parser does not take, is told in other ways.
_NO_XML = (ElementTree.ParseError, LookupError, ValueError)
_STRINGS = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"ount\s*=\s*[\"'](\d+)")


class Contents:
    """The parts of one zipped workbook, each checked and inflated when it is asked for.

    Making one checks the whole file: raises Problem when it is damaged, protected, no workbook or
    too large.
    """

    def __init__(self, name: str, packed: bytes) -> None:
        self._name = name
        self._packed = packed
        try:
            with zipfile.ZipFile(BytesIO(packed)) as archive:
                entries = archive.infolist()
        # zipfile raises NotImplementedError for a way of packing that it does not know.
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise damaged(name) from error
        if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_INFLATED_BYTES:
            raise too_large(name)
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) != len(entries):
            raise damaged(name)
        if b"encryption-data" in self._read("META-INF/manifest.xml"):
            raise protected(name)
        self.is_ods = "content.xml" in self._entries
        kind = self._read("mimetype") if self.is_ods else b""
        is_other = bool(kind) and not kind.startswith(_SPREADSHEET)
        if is_other or not (self.is_ods or "xl/workbook.xml" in self._entries):
            raise not_a_workbook(name, packed, self._entries)
        self._by_part: dict[str, SpecialCells] = {}
        self._by_sheet: dict[str, SpecialCells] = {}
        self._mended: dict[str, bytes] = {}
        for entry_name in self._entries:
            part = self._read(entry_name)
            if entry_name.endswith((".xml", ".rels")):
                written, part = part, narrow(name, part)
                if part is not written:  # the reader would find nothing in it
                    self._mended[entry_name] = part
            self._check_part(part)
            if self.is_ods:
                if entry_name == "content.xml":
                    self._look_at_ods(part)
            elif b"sheetData" in part:
                self._look_at_sheet(entry_name, part)

    def special_cells(self) -> Mapping[str, SpecialCells]:
        """Return, by sheet name, what a sheet holds beside its values."""
        if self.is_ods or not self._by_part:
            return self._by_sheet
        parts = self._sheet_parts().items()
        return {sheet: self._by_part[part] for sheet, part in parts if part in self._by_part}

    def packed(self) -> bytes:
        """Return the file for the reader: as it is, or without what the reader would not take."""
        if not self._mended:
            return self._packed
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for entry_name in self._entries:
                part = self._mended.get(entry_name)
                archive.writestr(entry_name, self._read(entry_name) if part is None else part)
        return made.getvalue()

    def _look_at_ods(self, part: bytes) -> None:
        content = OdsContent(self._name, part)
        mended = content.mended()
        self._by_sheet = content.sheets
        if mended is not None:
            self._mended["content.xml"] = mended

    def _look_at_sheet(self, entry_name: str, part: bytes) -> None:
        self._by_part[entry_name], mended = xlsx_sheets.look(self._name, part)
        if mended is not None:
            self._mended[entry_name] = mended

    def _check_part(self, part: bytes) -> None:
        """Refuse what makes a reader fetch or multiply text, or make room for too much of it."""
        if not part[:1024].lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<"):
            return  # a picture, a macro: never looked into
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise has_entities(self._name)
        strings = _STRINGS.search(part) if b"sst" in part else None
        if strings and any(
            whole_number(count.decode(), 0) > len(part) for count in _COUNT.findall(strings[0])
        ):
            raise damaged(self._name)

    def _read(self, entry_name: str) -> bytes:
        """Inflate one part to exactly the size that the directory states; anything else is damage.

        zipfile stops at the stated size without a word, but the reader used afterwards would go
        on, so a part that holds more than it says must be found here.
        """
        entry = self._entries.get(entry_name)
        if entry is None:
            return b""
        if entry.flag_bits & 0x1:
            raise protected(self._name)
        header = self._packed[entry.header_offset : entry.header_offset + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise damaged(self._name)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        begin = entry.header_offset + 30 + name_length + extra_length
        packed = self._packed[begin : begin + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            part = packed
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            unpack = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                part = unpack.decompress(packed, entry.file_size + 1)
            except zlib.error as error:
                raise damaged(self._name) from error
        else:
            raise damaged(self._name)
        if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
            raise damaged(self._name)
        return part

    def _parsed(self, entry_name: str) -> ElementTree.Element:
        part = self._read(entry_name)
        if part.count(b"<") > _MOST_TAGS_ABOUT:
            raise too_large(self._name)
        try:
            return ElementTree.fromstring(part)  # noqa: S314 - size is checked
        except _NO_XML as error:
            raise damaged(self._name) from error

    def _sheet_parts(self) -> dict[str, str]:
        """Return the part that holds each sheet, by the sheet's name."""
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self._parsed("xl/_rels/workbook.xml.rels")
        }
        parts: dict[str, str] = {}
        sheets = list(self._parsed("xl/workbook.xml").iter(f"{_MAIN}sheet"))
        if len(sheets) > MOST_SHEETS:
            raise too_large(self._name)
        for sheet in sheets:
            target = targets.get(sheet.get(_RELATION, ""), "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            parts[sheet.get("name", "")] = part
        return parts
