"""Files that are made to take all memory or time are refused, or read, within bounds.

Each is read by a process of its own that may take only so much of either.  Lists and workbooks
have their own in ``test_heavy_files``.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from hostile import zipped

MIB = 1024 * 1024
MEMORY = 2_048 * MIB
SECONDS = 60
"""A bound against hanging; the slowest takes a few seconds."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of memory are set as Linux does"
)

READER = """
import json, resource, sys
from datetime import date
from pathlib import Path
kind, path, memory, seconds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.problems import Problem
from apprentice_desk import drafts, settings
from apprentice_desk.documents import packs, returned_reading
from apprentice_desk.imports import calendars, column_files, standard_files
from apprentice_desk.imports.fields import Kind
from apprentice_desk.returns import giving_back, placements, receipts, workbook
from apprentice_desk.sheets.whole import read_whole
AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))
READ = {
    "calendar": lambda: len(calendars.read_calendar(
        read_whole(path, calendars.MOST_BYTES), AUTUMN).entries),
    "returned": lambda: len(returned_reading.read_file(path, (), Progress()).passages),
    "wording": lambda: len(packs.load_pack(path).items),
    "placements": lambda: len(placements.load(path).words),
    "standard": lambda: len(standard_files.read_standard_file(path)),
    "columns": lambda: len(column_files.read(path, Kind.HOURS)),
    "receipt": lambda: receipts.read(path).borough_code,
    "return": lambda: workbook.read(path).is_accepted,
    "drafts": lambda: len(drafts.Drafts(path).waiting()),
    "settings": lambda: settings.load() == settings.Settings(),
    "folder": lambda: giving_back._contents(path.parent),
}
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
try:
    print(json.dumps(READ[kind]()))
except Problem as problem:
    print(json.dumps(f"Problem: {problem}"))
"""


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{each}\r\nEND:VEVENT\r\n" for each in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()


STARTS = "UID:1\r\nSUMMARY:x\r\nDTSTART:20260901T090000Z"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
ENDS = "</w:body></w:document>"


def word(body: str, *more: tuple[str, str | bytes], before: str = "", ends: str = ENDS) -> bytes:
    return zipped(("word/document.xml", f"{before}{WORD}{body}{ends}"), *more)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def lying_zip() -> bytes:
    """Return a .docx whose directory says that a part is small, and it is not."""
    packed = word(paragraph("x" * 100 * MIB))
    at = packed.rindex(b"PK\x01\x02")
    return packed[: at + 24] + struct.pack("<I", 1_000) + packed[at + 28 :]


def quoted_overlap(count: int = 20_000) -> bytes:
    """Return a zip whose entries all point to the same packed bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * MIB)
    packed = made.getvalue()
    at = packed.rindex(b"PK\x01\x02")
    end = packed.rindex(b"PK\x05\x06")
    entry = packed[at:end]
    many = entry * count
    tail = bytearray(packed[end:])
    struct.pack_into("<HHII", tail, 8, count % 65_536, count % 65_536, len(many), at)
    return packed[:at] + many + bytes(tail)


def pdf(*objects: bytes) -> bytes:
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)
    return bytes(made)


def stream(content: bytes, about: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(content), content)


REMARK = b"<</Type/Annot/Subtype/Text/Contents(x)/Rect[0 0 1 1]>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, more: bytes = b"", *, others: tuple[bytes, ...] = ()) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>" + more + b">>",
        content,
        FONT,
        *others,
    )


def text_bomb() -> bytes:
    lines = (b"(" + b"xy " * 100 + b") Tj T*\n") * 16_000
    return one_page(stream(zlib.compress(b"BT /F 9 Tf 10 TL 9 700 Td\n" + lines + b"ET", 9)))


def stream_bomb() -> bytes:
    """Return a page whose content inflates a millionfold, packed again and again."""
    packed = zlib.compress(zlib.compress(zlib.compress(b" " * 200 * MIB, 9), 9), 9)
    about = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return one_page(stream(packed, about))


def page_circle() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1999>>")


def form_bomb() -> bytes:
    """Return a page whose form draws another ten times, and so on: a hundred million letters."""
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>%s>>"
    forms = [
        stream(b"/X Do " * 10, about % (b"/XObject<</X %d 0 R>>" % number))
        for number in range(7, 14)
    ]
    last = stream(b"BT /F 9 Tf (x) Tj ET " * 10, about % b"")
    return one_page(stream(b"/X Do", b""), others=(*forms, last))


def picture_bomb() -> bytes:
    about = (
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/FlateDecode"
    )
    return one_page(
        stream(b"600 0 0 800 0 0 cm /X Do", b""),
        others=(stream(zlib.compress(bytes(64 * MIB), 9), about),),
    )


def deep(count: int = 200_000, inner: str = "") -> bytes:
    return ("[" * count + inner + "]" * count).encode()


def wide(key: str, value: str, mebibytes: int) -> bytes:
    return f'{{"{key}": [{",".join([value] * (mebibytes * MIB // (len(value) + 1)))}]}}'.encode()


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
    + "]>"
)
FETCHES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BLOWN = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>"

MANY_NAMES = " ".join(f'a{n}=""' for n in range(300_000))

BOMBS: dict[str, tuple[str, str, Callable[[], bytes], object]] = {
    "a calendar that repeats each second for ever": (
        "calendar", "a.ics",
        lambda: ics(f"{STARTS}\r\nRRULE:FREQ=SECONDLY"), int,
    ),
    "a thousand of them that seldom come": (
        "calendar", "a.ics",
        lambda: ics(*(f"{STARTS.replace('UID:1', f'UID:{n}')}\r\nRRULE:FREQ=YEARLY;BYMONTH=2;"
                      "BYMONTHDAY=30;INTERVAL=1" for n in range(1_000))), None,
    ),
    "a calendar of a million events": (
        "calendar", "a.ics", lambda: ics(*["UID:1\r\nDTSTART:20261101T090000Z"] * 400_000),
        "Problem",
    ),
    "a calendar of one line": (
        "calendar", "a.ics", lambda: ics(f"{STARTS}\r\nSUMMARY:{'x' * 30 * MIB}"), None,
    ),
    "a calendar folded a million times": (
        "calendar", "a.ics", lambda: ics(f"{STARTS}\r\nSUMMARY:{chr(10).join([' x'] * 8 * MIB)}"),
        None,
    ),
    "events within events": (
        "calendar", "a.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 1_000_000, None,
    ),
    "extra days without number": (
        "calendar", "a.ics",
        lambda: ics(f"{STARTS}\r\nRDATE:{','.join(['20261001T090000Z'] * 500_000)}"), None,
    ),
    "a .docx that inflates a thousandfold": (
        "returned", "a.docx", lambda: word(paragraph("x" * 100 * MIB)), "Problem",
    ),
    "a .docx whose directory lies": ("returned", "a.docx", lying_zip, "Problem"),
    "a .docx of parts that are all the same bytes": (
        "returned", "a.docx", quoted_overlap, "Problem",
    ),
    "a .docx of 60,000 parts": (
        "returned", "a.docx",
        lambda: word(paragraph("x"), *((f"word/{n}.xml", "") for n in range(60_000))), "Problem",
    ),
    "a .docx with entities within entities": (
        "returned", "a.docx", lambda: word(paragraph("&a12;"), before=LAUGHS), "Problem",
    ),
    "a .docx with one long entity, many times": (
        "returned", "a.docx", lambda: word(paragraph("&a;" * 100_000), before=BLOWN), "Problem",
    ),
    "a .docx that fetches a file": (
        "returned", "a.docx",
        lambda: word(paragraph("&a;"), before=FETCHES),
        "Problem",
    ),
    "a .docx as deep as can be": (
        "returned", "a.docx",
        lambda: word("<w:tbl><w:tr><w:tc>" * 500_000, ends=""), "Problem",
    ),
    "a .docx of millions of empty paragraphs": (
        "returned", "a.docx", lambda: word("<w:p/>" * 4_100_000), "Problem",
    ),
    "a .docx of names that are quadratic to compare": (
        "returned", "a.docx",
        lambda: word(f"<w:p {MANY_NAMES}/>" + paragraph("x")),
        None,
    ),
    "a PDF of a page of millions of letters": ("returned", "a.pdf", text_bomb, "Problem"),
    "a PDF whose page inflates a millionfold": ("returned", "a.pdf", stream_bomb, "Problem"),
    "a PDF whose pages run in a circle": ("returned", "a.pdf", page_circle, "Problem"),
    "a PDF with a picture of ten gigabytes": ("returned", "a.pdf", picture_bomb, "Problem"),
    "a PDF whose form draws itself apart": ("returned", "a.pdf", form_bomb, "Problem"),
    "a PDF nested without end": (
        "returned", "a.pdf",
        lambda: one_page(stream(b"", b""), b"/A" + b"[" * 2_000_000), "Problem",
    ),
    "a PDF of remarks without number": (
        "returned", "a.pdf",
        lambda: one_page(
            stream(b"BT /F 9 Tf (x) Tj ET", b""),
            b"/Annots[" + REMARK * 200_000 + b"]",
        ), "Problem",
    ),
    "a pack that inflates a thousandfold": (
        "wording", "a.wording",
        lambda: zipped(("clauses/a.1.md", "x" * 50 * MIB)), "Problem",
    ),
    "a pack of 20,000 files": (
        "wording", "a.wording",
        lambda: zipped(*((f"clauses/a{n}.1.md", "") for n in range(20_000))), "Problem",
    ),
    "a pack that says what it is without end": (
        "wording", "a.wording", lambda: zipped(("pack.json", deep())), "Problem",
    ),
    "placements as deep as can be": ("placements", "a.placements", deep, "Problem"),
    "placements without number": (
        "placements", "a.placements",
        lambda: b'{\n "placements": 1, "sender": "x", "program_version": "1", "boroughs": ['
        + b"{}," * 2_000_000 + b"{}]}", "Problem",
    ),
    "a number of a million digits": (
        "placements", "a.placements", lambda: b'{\n "placements": ' + b"9" * MIB + b"}", "Problem",
    ),
    "a standard as deep as can be": ("standard", "a.json", deep, "Problem"),
    "a standard without end": ("standard", "a.json", lambda: wide("ksbs", "{}", 12), "Problem"),
    "columns as deep as can be": ("columns", "a.json", lambda: deep(400_000), "Problem"),
    "a receipt as deep as can be": ("receipt", "a.json", deep, "Problem"),
    "a receipt without end": ("receipt", "a.json", lambda: wide("a", "{}", 16), "Problem"),
    "drafts as deep as can be": ("drafts", "a.drafts", deep, 0),
    "drafts larger than any": ("drafts", "a.drafts", lambda: wide("drafts", "[[]]", 65), 0),
    "settings as deep as can be": ("settings", "settings.json", deep, True),
    "settings of five megabytes": (
        "settings", "settings.json", lambda: wide("looks", "{}", 5), True,
    ),
    "settings of numbers that are none": (
        "settings", "settings.json",
        lambda: b'{"text_size": 1e999, "panels": [["a", NaN], ["b", 1e400]], "looks": [{"a": 1}]}',
        True,
    ),
    "the list of a folder as deep as can be": ("folder", "What is in this folder.json", deep, None),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_or_read_within_bounds(kind: str, tmp_path: Path) -> None:
    reads, name, make, expected = BOMBS[kind]
    path = tmp_path / name
    path.write_bytes(make())
    ran = run(reads, path, MEMORY)
    assert ran.returncode == 0, f"{ran.returncode}: {ran.stderr[-2_000:]}"
    said = json.loads(ran.stdout)
    if expected == "Problem":
        assert isinstance(said, str), said
        assert said.startswith("Problem: "), said
    elif isinstance(expected, type):
        assert isinstance(said, expected) or str(said).startswith("Problem: ")
    elif expected is not None:
        assert said == expected


def run(reads: str, path: Path, memory: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", READER, reads, str(path), str(memory), str(SECONDS)],
        capture_output=True,
        text=True,
        timeout=SECONDS * 3,
        check=False,
        env={**os.environ, "APPRENTICE_DESK_SETTINGS": str(path.parent)},
    )


def test_the_bounds_hold(tmp_path: Path) -> None:
    """So the tests above can fail."""
    path = tmp_path / "a.json"
    path.write_bytes(wide("a", "{}", 32))
    ran = run("receipt", path, 700 * MIB)
    assert ran.returncode != 0
    assert "MemoryError" in ran.stderr


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    said = json.loads(run("returned", tmp_path / "a.docx", MEMORY).stdout)
    assert "is not a file" in said
