"""Files that nobody should have to open, made by code: broken, wrong, or meant to do harm.

Workbooks are put together part by part here, since no library would write them.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>'

Parts = Mapping[str, str | bytes]


def zipped(*parts: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of *parts* in their order; a name may stand in it twice."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts:
            entry = zipfile.ZipInfo(name)
            entry.filename = name  # as it is: on Windows it would have got / for each \
            archive.writestr(entry, part, method)
    return made.getvalue()


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet with these rows as XML."""
    return (
        f'{PROLOGUE}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def xlsx(rows: str | bytes = "", more: Parts | None = None, about: str = "") -> bytes:
    """Return a workbook of one sheet: its rows as XML, or the whole part as bytes.

    *more* adds parts or takes the place of others; *about* goes into the workbook's part.
    """
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{PROLOGUE}<Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        "</Types>",
        "_rels/.rels": f'{PROLOGUE}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{PROLOGUE}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{about}'
        '<sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{PROLOGUE}<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{PROLOGUE}<styleSheet xmlns="{MAIN}"><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": rows if isinstance(rows, bytes) else sheet(rows),
    }
    return zipped(*{**parts, **(more or {})}.items())


def ods(rows: str, more: Parts | None = None, before: str = "", after: str = "") -> bytes:
    """Return a LibreOffice workbook of one sheet, its rows as XML; *after* are other sheets.

    A sheet of the style "no" is hidden.
    """
    content = (
        f'{PROLOGUE}{before}<office:document-content xmlns:office="{OASIS}:office:1.0"'
        f' xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0"'
        f' xmlns:style="{OASIS}:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' xmlns:calcext="{CALC}"><office:automatic-styles>'
        '<style:style style:name="no" style:family="table"><style:table-properties'
        ' table:display="false"/></style:style></office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="Log">{rows}</table:table>'
        f"{after}</office:spreadsheet></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": content,
    }
    return zipped(*{**parts, **(more or {})}.items())


def ods_row(*cells: str, about: str = "") -> str:
    """Return a row of a LibreOffice workbook."""
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def ods_text(text: str, about: str = "") -> str:
    """Return a cell with a text."""
    return (
        f'<table:table-cell office:value-type="string" {about}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods_error(name: str) -> str:
    """Return a formula that shows an error, as LibreOffice writes it."""
    return (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"'
        f' office:string-value="" calcext:value-type="error"><text:p>{name}</text:p>'
        "</table:table-cell>"
    )


# --- the old .xls: records in a stream, the stream in sectors -----------------------------------

Old = str | int | float | None


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def old_cell(row: int, column: int, value: Old) -> bytes:
    """Return the record of a cell, row and column from 0."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value[:2000].encode("utf-16-le", "surrogatepass")
        return record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return record(0x0203, place + struct.pack("<d", float(value or 0)))


def old_error(row: int, column: int, code: int = 0x2A) -> bytes:
    """Return the record of a cell that shows an error, #N/A unless told."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def old_formula(row: int, column: int, result: bytes) -> bytes:
    """Return the record of a cell with a formula (1) and the eight bytes of its *result*."""
    formula = struct.pack("<H", 3) + b"\x1e\x01\x00"
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + bytes(6) + formula)


def old_row(row: int, *, is_hidden: bool) -> bytes:
    """Return the record of a row, counted from 0."""
    about = 0x120 if is_hidden else 0x100
    return record(0x0208, struct.pack("<HHHHHHHH", row, 0, 4, 255, 0, 0, about, 15))


def old_columns(first: int, last: int, *, is_hidden: bool) -> bytes:
    """Return the record of columns, counted from 0."""
    return record(0x007D, struct.pack("<HHHHHH", first, last, 2_000, 15, is_hidden, 0))


def old_joined(*areas: tuple[int, int, int, int]) -> bytes:
    """Return the record of joined cells: first and last row, first and last column, from 0."""
    packed = b"".join(struct.pack("<HHHH", *area) for area in areas)
    return record(0x00E5, struct.pack("<H", len(areas)) + packed)


def old_stream(cells: bytes, more: bytes = b"", *, is_hidden: bool = False) -> bytes:
    """Return the stream of a workbook of one sheet; *more* are records about the workbook."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    formats = record(0x00E0, bytes(20)) + record(0x00E0, struct.pack("<HH", 0, 14) + bytes(16))
    name = b"Log"
    length = len(begin) + len(more) + len(formats) + 4 + 8 + len(name) + 4
    bound = record(0x0085, struct.pack("<IBBBB", length, is_hidden, 0, len(name), 0) + name)
    of_sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return begin + more + formats + bound + record(0x000A) + of_sheet + cells + record(0x000A)


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """Return an OLE file that holds *stream* under *name*."""
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    stream = stream.ljust(4096, b"\0")  # shorter ones would have to stand in the mini stream
    sectors = -(-len(stream) // 512)
    fats = 1
    while fats * 128 < sectors + 1 + fats:
        fats += 1
    chain = [fat_mark] * fats + [end]
    chain += [fats + 1 + at + 1 for at in range(sectors - 1)] + [end]
    chain += [free] * (fats * 128 - len(chain))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, fats, fats, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(fats), *[free] * (109 - fats))

    def entry(called: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (called + "\0").encode("utf-16-le") if called else b""
        return struct.pack(
            "<64sHBBIII16sI8s8sIII",
            text, len(text), kind, 1, free, free, child, bytes(16), 0, bytes(8), bytes(8),
            start, size, 0,
        )  # fmt: skip

    folder = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, fats + 1, len(stream))
    folder += entry("", 0, free, 0, 0) * 2
    return (
        header
        + struct.pack(f"<{len(chain)}I", *chain)
        + folder
        + stream.ljust(sectors * 512, b"\0")
    )


def xls(rows: Sequence[Sequence[Old]], more: bytes = b"") -> bytes:
    """Return an old workbook of one sheet with these rows."""
    cells = b"".join(
        old_cell(at, column, value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if value is not None
    )
    return ole(old_stream(cells, more))
