"""What the fuzzer does to a list: to its cells, to the parts of its zip, to its bytes.

A list begins as rows of text.  ``written`` gives them as a file of some kind with real types in
it, and each mutation is drawn from one random generator, so that a seed makes the same file again.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

from apprentice_desk.imports import values
from hostile import ods, ods_row, xls

Value = str | int | float | bool | date | datetime | time | timedelta | None
Rows = list[list[Value]]

KINDS = ("csv", "xlsx", "ods", "xls")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")

# --- cells --------------------------------------------------------------------------------------

_WORDS: tuple[Value, ...] = (
    "", " ", "\u00a0", "n/a", "-", "=1+1", "=HYPERLINK(\"x\")", "@x", "+1", "-7", "−3 h", "7:30",
    "25:99", "7h 30m", "1,022", "1e400", "inf", "nan", "∞", "½", "٣", "0x1F", "1" * 40, "9" * 400,
    "31/02/2026", "29/02/2100", "00/00/0000", "32 Sep 2026", "Sep 2025", "2027-03", "12/31/2026",
    "1/1/1", "today", "4 August 20266", "K1,2,8, S2-99, B1 to 900", "K" * 300, "K999999-1000000",
    "(((((((((", "[redacted]", "1234567890", "9999999999", "ST0116", "TOTAL", "Grand total",
    "Ada King; Ben Orr", "a\nb\r\nc", "\t", "a\tb,c;d", '"', '""', "'", "\ufeff", "\u202e",
    "\u200b" * 50, "e\u0301" * 100, "😀", "\x0b", "x" * 5_000, "K1 " * 3_000, "(" * 5_000,
    0, -1, 1, 24, 25, 0.1 + 0.2, 1e15, -1e15, 1e300, 5e-324, 10**18, 45_000, True, False, None,
    date(1900, 1, 1), date(2026, 4, 8), date(9999, 12, 31), datetime(1899, 12, 31, 23, 59),
    datetime(2026, 10, 25, 1, 30), time(0, 0), time(23, 59, 59), timedelta(hours=30),
)  # fmt: skip


def _place(rows: Rows, random: Random) -> tuple[int, int] | None:
    at = random.randrange(len(rows)) if rows else 0
    return (at, random.randrange(len(rows[at]))) if rows and rows[at] else None


def _odd_cell(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        rows[place[0]][place[1]] = random.choice(_WORDS)


def _odd_column(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        for row in rows[random.randrange(2) :]:
            if len(row) > place[1]:
                row[place[1]] = random.choice(_WORDS)


def _glued(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        row, at = rows[place[0]], place[1]
        row[at] = f"{row[at]}{random.choice(_WORDS)}"


def _cut_text(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        row, at = rows[place[0]], place[1]
        text = str(row[at] or "")
        row[at] = text[: random.randint(0, len(text))]


def _swapped(rows: Rows, random: Random) -> None:
    one, other = _place(rows, random), _place(rows, random)
    if one and other:
        kept = rows[one[0]][one[1]]
        rows[one[0]][one[1]] = rows[other[0]][other[1]]
        rows[other[0]][other[1]] = kept


def _row_moved(rows: Rows, random: Random) -> None:
    if rows:
        rows.insert(random.randrange(len(rows) + 1), rows.pop(random.randrange(len(rows))))


def _row_again(rows: Rows, random: Random) -> None:
    if rows:
        row = random.choice(rows)
        for _ in range(random.choice((1, 2, 30))):
            rows.insert(random.randrange(len(rows) + 1), list(row))


def _row_gone(rows: Rows, random: Random) -> None:
    if len(rows) > 1:
        rows.pop(random.randrange(len(rows)))


def _row_cut(rows: Rows, random: Random) -> None:
    if rows:
        row = random.choice(rows)
        del row[random.randrange(len(row) + 1) :]


def _rows_above(rows: Rows, random: Random) -> None:
    above = [[random.choice(_WORDS) for _ in range(random.randint(0, 4))] for _ in range(5)]
    rows[0:0] = above[: random.randint(1, 5)]


def _columns_mixed(rows: Rows, random: Random) -> None:
    width = max(map(len, rows), default=0)
    order = random.sample(range(width), width)
    for row in rows:
        row[:] = [row[at] if at < len(row) else None for at in order]


def _column_again(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        for row in rows:
            row.append(row[place[1]] if place[1] < len(row) else None)


def _column_gone(rows: Rows, random: Random) -> None:
    if place := _place(rows, random):
        for row in rows:
            del row[place[1] : place[1] + 1]


def _turned(rows: Rows, random: Random) -> None:
    width = max(map(len, rows), default=0)
    wide = [row + [None] * (width - len(row)) for row in rows]
    rows[:] = [list(column) for column in zip(*wide, strict=True)]


_OF_CELLS: tuple[Callable[[Rows, Random], None], ...] = (
    _odd_cell, _odd_cell, _odd_cell, _odd_column, _glued, _cut_text, _swapped, _row_moved,
    _row_again, _row_gone, _row_cut, _rows_above, _columns_mixed, _column_again, _column_gone,
    _turned,
)  # fmt: skip


def change_cells(rows: Sequence[Sequence[str]], random: Random) -> Rows:
    """Return *rows* with a few cells, rows or columns changed."""
    changed: Rows = [list(row) for row in rows]
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        random.choice(_OF_CELLS)(changed, random)
    return changed


# --- files --------------------------------------------------------------------------------------


def written(rows: Rows, kind: str, random: Random) -> bytes:
    """Return *rows* as a file of *kind*, one of KINDS; texts that are days or numbers become so."""
    if kind == "csv":
        return _csv(rows, random)
    typed = [[_typed(cell, random) for cell in row] for row in rows]
    if kind == "xlsx":
        return _xlsx(typed, random)
    if kind == "ods":
        return ods("".join(_ods_row(row, random) for row in typed))
    return xls([[_plain(cell) for cell in row[:250]] for row in typed])


def _typed(cell: Value, random: Random) -> Value:
    if not isinstance(cell, str) or random.random() < 0.3:
        return cell
    if (number := values.plain_number(cell)) is not None:
        return float(number)
    try:
        day = values.day(cell)
    except ValueError:
        return cell
    return day.day if day is not None else cell


def _csv(rows: Rows, random: Random) -> bytes:
    made = StringIO()
    delimiter = random.choice(",,,;\t")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(made, delimiter=delimiter, quoting=quoting).writerows(rows)
    return made.getvalue().encode(random.choice(_ENCODINGS), "replace")


def _xlsx(rows: Rows, random: Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    down, right = random.choice(((0, 0), (0, 0), (3, 1), (200, 30)))
    for at, row in enumerate(rows, 1 + down):
        for column, value in enumerate(row, 1 + right):
            try:
                sheet.cell(at, column).value = value
            except (IllegalCharacterError, ValueError):
                sheet.cell(at, column).value = "?"
    if random.random() < 0.1:
        sheet.cell(random.randint(1, 9), random.choice((1, 2, 900, 16_384))).value = "#N/A"
    if random.random() < 0.1:
        sheet.cell(random.randint(1, 9), random.choice((3, 500, 16_384))).value = "=1+1"
    if random.random() < 0.2:
        sheet.merge_cells(start_row=1, start_column=1, end_row=2, end_column=3)
    if random.random() < 0.2:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
    if random.random() < 0.2:
        book.create_sheet("Notes", random.choice((0, 1))).append(["Name", "Date"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


_ABOUT_ROWS = (
    'table:visibility="collapse"', 'table:visibility="filter"',
    'table:number-rows-repeated="2"', 'table:number-rows-repeated="9999"',
)  # fmt: skip
_ODS_ENDS = (
    '<table:table-cell table:number-columns-repeated="16000"/><table:table-cell a="x"/>',
    '<table:table-cell table:number-columns-repeated="2000"/><table:table-cell office:value="1"/>',
    '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"/>',
    '<table:table-cell table:formula="of:=1" calcext:value-type="error"><text:p>Err:502</text:p>'
    "</table:table-cell>",
)


def _ods_row(row: list[Value], random: Random) -> str:
    is_odd = random.random() < 0.03
    about, more = (random.choice(_ABOUT_ROWS), random.choice(_ODS_ENDS)) if is_odd else ("", "")
    return ods_row(*map(_ods_cell, row), more, about=about)


def _ods_cell(value: Value) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            kind = f'"boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'"float" office:value="{value}"'
        case date():
            kind = f'"date" office:date-value="{value.isoformat()}"'
        case time():
            kind = f'"time" office:time-value="PT{value.hour}H{value.minute}M{value.second}S"'
        case timedelta():
            kind = f'"time" office:time-value="PT{int(value.total_seconds()) // 3600}H00M00S"'
        case _:
            kind = '"string"'
    words = escape(_NOT_IN_XML.sub("", str(value)))
    return f"<table:table-cell office:value-type={kind}><text:p>{words}</text:p></table:table-cell>"


def _plain(value: Value) -> str | int | float | None:
    return str(value) if isinstance(value, date | time | timedelta) else value


# --- parts of a zip, and bytes ------------------------------------------------------------------

_PIECES = (
    b"", b"0", b"-1", b"4294967295", b"99999999999999999999", b"NaN", b"1e999", b"A0",
    b"XFD1048576", b"ZZZZ99999999", b"<", b">", b"&#0;", b"&x;", b"]]>", b"<!-- -->",
    b"<![CDATA[x]]>", b"\xff\xfe",
    b"<!DOCTYPE x [<!ENTITY x 'y'>]>", b't="s"', b't="e"', b's="99"', b"<f>", b"<v/>", b"<row/>",
    b' hidden="1"', b"#SPILL!", b'<c r="XFD7"><v>1</v></c>', b"<table:table-cell>",
    b' table:number-columns-spanned="2"', b' table:number-rows-spanned="9999999"',
    b' table:number-columns-repeated="16384"', b' calcext:value-type="error"',
)  # fmt: skip
_NUMBER = re.compile(rb"[0-9]+")
_TAG = re.compile(rb"<[^<>]*>")


def change_parts(packed: bytes, random: Random) -> bytes:
    """Return a zip with one or two of its parts changed inside, and all sums put right."""
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    telling = [
        at
        for at, (name, _) in enumerate(parts)
        if any(word in name for word in ("sheet", "content", "sharedStrings", "workbook", "styles"))
    ]
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        at = random.choice(telling if random.random() < 0.9 else range(len(parts)))
        name, part = parts[at]
        what = random.random()
        if what < 0.9:
            parts[at] = name, _changed_xml(part, random)
        elif what < 0.93:
            parts[at] = name, change_bytes(part, random)
        elif what < 0.95:
            parts[at] = random.choice(("../../evil", "/etc/x", "a\\b", name.upper())), part
        elif what < 0.97:
            parts.append(random.choice(parts))
        else:
            parts[at] = name, b""
    made = BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return made.getvalue()


def _changed_xml(part: bytes, random: Random) -> bytes:
    """Return XML with a number, a tag or a piece between them changed; mostly still XML."""
    what = random.random()
    if what < 0.7:
        found = list(_NUMBER.finditer(part))
        piece = random.choice((b"0", b"1", b"7", b"40000", b"2.5", *_PIECES[:10]))
    elif what < 0.85:
        found = list(_TAG.finditer(part))
        piece = random.choice((b"", random.choice(found)[0] if found else b""))
    else:
        begin = random.randint(0, len(part))
        return part[:begin] + random.choice(_PIECES) + part[begin:]
    if not found:
        return part
    there = random.choice(found)
    return part[: there.start()] + piece + part[there.end() :]


def change_bytes(packed: bytes, random: Random) -> bytes:
    """Return *packed* with some bytes flipped, taken out, doubled, put in, or its end cut off."""
    changed = bytearray(packed)
    for _ in range(random.choice((1, 1, 2, 8))):
        begin = random.randint(0, len(changed))
        end = min(len(changed), begin + random.choice((1, 2, 4, 40, 400)))
        what = random.random()
        if what < 0.5 and begin < len(changed):
            changed[begin] = random.choice(
                (0, 255, 34, 10, changed[begin] ^ 1 << random.randrange(8))
            )
        elif what < 0.65:
            del changed[begin:end]
        elif what < 0.8:
            changed[begin:begin] = changed[begin:end]
        elif what < 0.95:
            changed[begin:begin] = random.choice((random.randbytes(4), *_PIECES))
        else:
            del changed[begin:]
    return bytes(changed)
