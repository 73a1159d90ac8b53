"""Looking for words, days and numbers in files, however deep they lie in them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_CELL = re.compile(r"<c\b([^>]*)>(?:<f\b[^>]*>[^<]*</f>|<f\b[^>]*/>)?<v>([^<]*)</v>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SURE = 8
"""Shorter words may stand in compressed bytes by chance; there only their inflated form counts."""
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: *texts* in any encoding and case, *numbers* in cells."""

    texts: Mapping[str, str]
    """What it is, by the text."""
    numbers: Mapping[float, str]
    """What it is, by the number."""


def wanted(texts: Mapping[str, str], days: Iterable[date]) -> Wanted:
    """Look for *texts*, for those of them that are numbers, and for days in every usual form."""
    every = {text.casefold(): what for text, what in texts.items()}
    numbers = {float(text): what for text, what in texts.items() if text.isdecimal()}
    for day in days:
        what = f"the day {day}"
        month = _MONTHS[day.month - 1]
        every |= dict.fromkeys(
            (
                f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day:%Y}", f"{day:%d/%m/%y}",
                f"{day:%m/%d/%Y}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%d.%m.%Y}",
                f"{day:%d-%m-%Y}", f"{day.day} {month} {day:%Y}".casefold(),
                f"{day.day} {month[:3]} {day:%Y}".casefold(),
            ),
            what,
        )  # fmt: skip
        numbers[float((day - date(1899, 12, 30)).days)] = what
        numbers[float((day - date(1904, 1, 1)).days)] = what  # workbooks of old Macintoshes
    return Wanted(every, numbers)


def found(named: str, content: bytes, what: Wanted) -> list[str]:
    """Return what of *what* is in *content* or in anything that is packed into it, and where."""
    hits = []
    for where, piece in _pieces(named, content):
        texts = list(_readings(piece))
        least = _SURE if _is_zip(piece) else 1
        for text, meaning in what.texts.items():
            if len(text) >= least and any(text in reading for reading in texts):
                hits.append(f"{where}: {meaning} ({text})")
        for attributes, value in _CELL.findall(texts[0]):
            number = None if 't="s"' in attributes else _number(value)
            if number in what.numbers:
                hits.append(f"{where}: {what.numbers[number]} as the number {value} of a cell")
    return hits


def found_below(folder: Path, what: Wanted) -> list[str]:
    """Return what of *what* is in the files below *folder*, or in their names."""
    hits = []
    for path in sorted(folder.rglob("*")):
        named = str(path.relative_to(folder))
        hits += found(f"the name {named}", named.encode(), what)
        if path.is_file():
            hits += found(named, path.read_bytes(), what)
    return hits


def _pieces(named: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes as they are, and each part of a zip with its name, parts of parts too."""
    yield named, content
    if not _is_zip(content):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        yield f"{named}, comment", packed.comment
        for part in packed.infolist():
            yield f"{named}, a part's name", part.filename.encode()
            yield from _pieces(f"{named}, {part.filename}", packed.read(part))


def _is_zip(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def _readings(content: bytes) -> Iterator[str]:
    """Yield the bytes as text in small letters: as UTF-8, with escapes undone, as UTF-16."""
    plain = content.decode("utf-8", "replace").casefold()
    yield plain
    yield _ESCAPED.sub(lambda one: chr(int(one[1], 16)), html.unescape(plain)).casefold()
    for shift in (0, 1):
        for encoding in ("utf-16-le", "utf-16-be"):
            yield content[shift:].decode(encoding, "replace").casefold()


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
