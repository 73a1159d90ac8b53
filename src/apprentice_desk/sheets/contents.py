"""What is inside a workbook file, looked at before any spreadsheet library opens it.

An .xlsx or .ods file is a zip of XML.  Reading one that was made to do harm, or merely damaged,
can take all memory: two cells at opposite corners of a sheet are enough to end the program, since
the reader lays a sheet out whole.  So the zip's directory, the true size of each part and the
extent of each sheet are checked here first.  The same look tells which cells hold a formula and
which show an error, neither of which the reader reports.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from apprentice_desk.sheets.cells import column_number
from apprentice_desk.sheets.limits import (
    ERROR_CELL,
    FORMULA_WITHOUT_RESULT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_INFLATED_BYTES,
    MOST_PARTS,
    MOST_SHEETS,
    MOST_TAGS,
    damaged,
    has_entities,
    not_supported,
    protected,
    too_large,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ODS_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_MOST_TAGS_ABOUT = 200_000  # of the parts that say which sheets there are
# An encoding that there is not, or that the parser does not take, is told in other ways.
_NO_XML = (ElementTree.ParseError, LookupError, ValueError)
_DEEPEST = 200
_MOST_DIGITS = 18
_CELLS = frozenset({"c", "table-cell", "covered-table-cell"})

# A sheet whose cells all have at most two letters and four digits cannot be too large; this finds
# the first cell that needs a closer look.
_FAR_CELL = re.compile(rb'<c r="(?![A-Z]{1,2}[0-9]{1,4}")')
_FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*?(?<!/)>')
# Ways to write a cell that those two would not see; other programs than a person's do not use them.
_ODD_CELL = re.compile(rb'<c r="(?![A-Z]{1,3}[0-9]{1,7}")')
_ODD_TAG = re.compile(rb'<c(?:[>/\t\n\r]| (?!r="))')
_ODD_MARKS = (b"<!DOCTYPE", b":sheetData")
# Not any tag that begins so: drop-down lists have a <formula1>.
_FORMULA = re.compile(rb"<f[\s/>]")
_COLUMN = re.compile(rb"<col\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"<>]*)"')
_MOST_HIDDEN = 200
_STRINGS = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"ount\s*=\s*[\"'](\d+)")


@dataclass(frozen=True, slots=True)
class FormulaOrError:
    """A cell that holds more or less than a typed value; row and column count from 1."""

    row: int
    column: int
    has_formula: bool
    lost: str


@dataclass(slots=True)
class SpecialCells:
    """The cells of one sheet that hold more or less than a typed value, by (row, column) from 1."""

    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)

    def note(self, cell: FormulaOrError) -> None:
        """Add what is special about a cell."""
        if cell.lost:
            self.unread[cell.row, cell.column] = cell.lost
        if cell.has_formula:
            self.formulas.add((cell.row, cell.column))


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
        if not self.is_ods and "xl/workbook.xml" not in self._entries:
            raise not_supported(name)
        self._holds_special: set[str] = set()
        self._hidden: dict[str, frozenset[int]] = {}
        for entry_name in self._entries:
            part = self._read(entry_name)
            self._check_part(part)
            if self.is_ods:
                if entry_name == "content.xml":
                    self._check_ods(part)
            elif b"sheetData" in part:
                self._check_sheet(entry_name, part)

    def special_cells(self) -> Mapping[str, SpecialCells]:
        """Return, by sheet name, the cells that hold a formula and those whose value is lost."""
        found: dict[str, SpecialCells] = {}
        if self.is_ods:
            for sheet, cell in self._ods_cells(self._read("content.xml")):
                if cell.has_formula or cell.lost:
                    found.setdefault(sheet, SpecialCells()).note(cell)
            return found
        for sheet, part in self._sheet_parts().items():
            if part in self._holds_special:
                special = found[sheet] = SpecialCells()
                for cell in self._cells(self._read(part)):
                    special.note(cell)
        return found

    def _check_part(self, part: bytes) -> None:
        """Refuse what makes a reader fetch or multiply text, or make room for too much of it."""
        if b"\0" in part[:64]:  # UTF-16
            part = part.replace(b"\0", b"")
        if not part[:1024].lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<"):
            return  # a picture, a macro: never looked into
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise has_entities(self._name)
        strings = _STRINGS.search(part) if b"sst" in part else None
        if strings and any(
            _number(count.decode(), 0) > len(part) for count in _COUNT.findall(strings[0])
        ):
            raise damaged(self._name)

    def hidden_columns(self) -> Mapping[str, frozenset[int]]:
        """Return, by sheet name, the columns that are not shown, counted from 1; none of .ods."""
        if self.is_ods or not self._hidden:
            return {}
        return {
            sheet: self._hidden[part]
            for sheet, part in self._sheet_parts().items()
            if part in self._hidden
        }

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

    def _walk(self, part: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
        """Yield the start and end of each element; raises Problem where the XML breaks off.

        Only what is inside a cell is kept until the cell ends; else the tree would grow to many
        times the size of the part.
        """
        if part.count(b"<") > MOST_TAGS:
            raise too_large(self._name)
        around: list[ElementTree.Element] = []
        cells = 0  # how many of those around are cells
        try:
            for event, element in ElementTree.iterparse(BytesIO(part), ("start", "end")):  # noqa: S314
                is_cell = element.tag.rpartition("}")[2] in _CELLS
                if event == "start":
                    around.append(element)
                    if len(around) > _DEEPEST:
                        raise damaged(self._name)
                    cells += is_cell
                    yield event, element
                    continue
                yield event, element
                around.pop()
                cells -= is_cell
                if around and not cells:
                    del around[-1][:]
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

    def _check_sheet(self, entry_name: str, part: bytes) -> None:
        if _FORMULA.search(part) or b't="e"' in part or b"t='e'" in part:
            self._holds_special.add(entry_name)
        if hidden := _hidden_columns(part):
            self._hidden[entry_name] = hidden
        last_row = last_column = 0
        is_far = _FAR_CELL.search(part) is not None
        if _is_written_oddly(part, is_far=is_far):
            for cell in self._cells(part):
                last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
        elif is_far:
            columns: dict[bytes, int] = {}
            for match in _FILLED_CELL.finditer(part):
                letters = match[1]
                column = columns.get(letters)
                if column is None:
                    column = columns[letters] = column_number(letters.decode("ascii"))
                last_column = max(last_column, column)
                last_row = max(last_row, int(match[2]))
        self._check_extent(last_row, last_column)

    def _check_extent(self, last_row: int, last_column: int) -> None:
        if last_row * last_column > MOST_CELLS or last_column > MOST_COLUMNS:
            raise too_large(self._name)

    def _cells(self, part: bytes) -> Iterator[FormulaOrError]:
        """Yield each cell that holds anything; one without a reference follows the last."""
        row = column = 0
        for event, element in self._walk(part):
            kind = element.tag.rpartition("}")[2]
            if event == "start":
                if kind == "row":
                    row, column = _number(element.get("r"), row + 1), 0
                continue
            if kind != "c":
                continue
            place = _place(element.get("r", ""), row, column + 1)
            if place is None:
                raise damaged(self._name)
            at_row, column = place
            inside = {child.tag.rpartition("}")[2]: child for child in element}
            if not inside:
                continue
            value = inside.get("v")
            has_value = (value is not None and bool(value.text)) or "is" in inside
            lost = ""
            if element.get("t") == "e":
                lost = ERROR_CELL
            elif "f" in inside and not has_value and element.get("t") != "str":
                lost = FORMULA_WITHOUT_RESULT
            yield FormulaOrError(at_row, column, "f" in inside, lost)

    def _check_ods(self, part: bytes) -> None:
        last_row = last_column = 0
        for _sheet, cell in self._ods_cells(part):
            last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
            self._check_extent(last_row, last_column)

    def _ods_cells(self, part: bytes) -> Iterator[tuple[str, FormulaOrError]]:
        """Yield (sheet, cell) of the filled cells, the last one where cells are repeated."""
        table, row, column, filled = "", 0, 0, False
        row_repeats = 1
        for event, element in self._walk(part):
            tag = element.tag
            if event == "start" and tag == f"{_ODS_TABLE}table":
                table, row = element.get(f"{_ODS_TABLE}name", ""), 0
            elif event == "start" and tag == f"{_ODS_TABLE}table-row":
                row_repeats = _number(element.get(f"{_ODS_TABLE}number-rows-repeated"), 1)
                column, filled = 0, False
            elif event == "end" and tag in (
                f"{_ODS_TABLE}table-cell",
                f"{_ODS_TABLE}covered-table-cell",
            ):
                column += _number(element.get(f"{_ODS_TABLE}number-columns-repeated"), 1)
                if element.get(f"{_ODS_OFFICE}value-type") is not None or len(element):
                    filled = True
                    is_error = element.get(f"{_ODS_CALC}value-type") == "error"
                    yield (
                        table,
                        FormulaOrError(
                            row + 1,
                            column,
                            element.get(f"{_ODS_TABLE}formula") is not None,
                            ERROR_CELL if is_error else "",
                        ),
                    )
            elif event == "end" and tag == f"{_ODS_TABLE}table-row":
                row += row_repeats
                if filled and row_repeats > 1:
                    yield table, FormulaOrError(row, column, has_formula=False, lost="")


def _hidden_columns(part: bytes) -> frozenset[int]:
    """Return the columns that a sheet hides; of a long stretch the first."""
    head = part[: part.find(b"<sheetData")]
    hidden: set[int] = set()
    for column in _COLUMN.findall(head):
        about = dict(_ATTRIBUTE.findall(column))
        if about.get(b"hidden") in (b"1", b"true"):
            first = _number(about.get(b"min", b"").decode("ascii", "ignore"), 0)
            last = _number(about.get(b"max", b"").decode("ascii", "ignore"), first)
            if first:
                hidden.update(range(first, min(last, first + _MOST_HIDDEN) + 1))
    return frozenset(hidden)


def _is_written_oddly(part: bytes, *, is_far: bool) -> bool:
    """Return whether a sheet's cells must be parsed to be found, as they seldom must.

    Where no cell *is_far*, every one was seen to be written as it should be.
    """
    return (
        part[:2] in (b"\xfe\xff", b"\xff\xfe")
        or b"\0" in part[:64]
        or any(mark in part for mark in _ODD_MARKS)
        or _ODD_TAG.search(part) is not None
        or (is_far and _ODD_CELL.search(part) is not None)
    )


def _number(text: str | None, otherwise: int) -> int:
    """Return a whole number as the reader takes it, with or without a plus, or *otherwise*."""
    digits = (text or "").removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return otherwise
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _place(reference: str, row: int, column: int) -> tuple[int, int] | None:
    """Return row and column of a reference such as C7, the place given for "", None for others."""
    if not reference:
        return row, column
    match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", reference)
    return None if match is None else (int(match[2]), column_number(match[1].upper()))
