"""Evidence of what was learned, a file, link or words: what may be kept, and under what name."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit

from apprentice_desk.domain.findings import Finding, Level, Place

MEGABYTE = 1024 * 1024
LONGEST_FILE_BYTES = 10 * MEGABYTE
LONGEST_TOTAL_BYTES = 1024 * MEGABYTE
"""All files of a desk together: it is copied whole for each backup."""

LONGEST_WORDS = 4_000
LONGEST_LINK = 2_000
LONGEST_TITLE = 300
LONGEST_NAME = 150
_LONGEST_NAME_BYTES = 200  # in UTF-8: file systems allow 255, and a copy may add " (2)"
_LONGEST_SUFFIX = 12


class EvidenceKind(StrEnum):
    """What stands for the learning."""

    FILE = "file"
    LINK = "link"
    TEXT = "text"


class EvidenceQuality(StrEnum):
    """How good the line manager finds a piece of evidence for what it is to show."""

    DRAFT = "draft"
    ENOUGH = "good enough"
    STRONG = "strong"


_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)
"""Devices of Windows, whatever stands behind a dot (Naming Files, Paths, and Namespaces)."""

_NOT_IN_A_NAME = re.compile(r'[<>:"|?*]')
_JOINERS = "\u200c\u200d"  # of Persian words and of emoji; every other invisible sign goes
_OPENED = frozenset(
    {
        "bmp", "csv", "doc", "docx", "gif", "heic", "jpeg", "jpg", "odp", "ods", "odt", "pdf",
        "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "webp", "xls", "xlsx",
    }
)  # fmt: skip


def safe_file_name(name: str) -> str:
    """Return *name* as it is kept and can be written on any system: without folder, shown as is.

    Path separators, device names of Windows, control characters and signs that turn the reading
    direction do not get through; the ending stays.  A name of nothing else becomes "file".
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(
        letter
        for letter in unicodedata.normalize("NFC", last)
        if letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    plain = " ".join(_NOT_IN_A_NAME.sub("_", visible).split()).strip(" .")
    short = _shortened(plain)
    stem = short.partition(".")[0].rstrip()
    if _RESERVED.fullmatch(stem):
        short = f"_{short}"
    return short or "file"


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_SUFFIX:
        stem, dot, ending = name, "", ""
    room = _LONGEST_NAME_BYTES - len((dot + ending).encode())
    letters = stem[: LONGEST_NAME - 1 - len(dot + ending)]
    short = letters.encode()[:room].decode(errors="ignore")
    return f"{short.rstrip(' .')}{dot}{ending}".strip(" .")


def may_be_opened(file_name: str) -> bool:
    """Whether a file of that name is a document or picture that its program may open.

    Anything else, programs and pages with scripts above all, may be saved and no more.
    """
    return file_name.rpartition(".")[2].casefold() in _OPENED


def check_file(name: str, size_bytes: int) -> list[Finding]:
    """Return why a file cannot be kept: it is empty, or too large."""
    shown = safe_file_name(name)
    if size_bytes == 0:
        return [_wrong("ED001", "file", f"“{shown}” is empty.", "Choose the file itself.")]
    if size_bytes > LONGEST_FILE_BYTES:
        return [
            _wrong(
                "ED002",
                "file",
                f"“{shown}” has {_megabytes(size_bytes)}; a file in a desk has 10 MB at most.",
                "Attach a smaller copy, or a link to where it is kept.",
            )
        ]
    return []


def check_total(name: str, size_bytes: int, kept_bytes: int) -> list[Finding]:
    """Return why a file does not fit beside the *kept_bytes* that the desk keeps already."""
    if kept_bytes + size_bytes <= LONGEST_TOTAL_BYTES:
        return []
    return [
        _wrong(
            "ED003",
            "file",
            f"“{safe_file_name(name)}” does not fit: this desk keeps {_megabytes(kept_bytes)} of"
            f" files, and {_megabytes(LONGEST_TOTAL_BYTES)} is the most.",
            "Attach a link to where it is kept.",
        )
    ]


def check_link(link: str) -> list[Finding]:
    """Return why *link* cannot be kept: only addresses of web pages are, as they are shown."""
    link = link.strip()
    if not link:
        return [_wrong("ED004", "link", "Paste the link.", "For example https://www.gov.uk/")]
    if any(unicodedata.category(letter)[0] in "CZ" for letter in link):
        return [
            _wrong(
                "ED005", "link", "A link has no spaces or invisible signs in it.",
                "Copy it again from the address bar.",
            )
        ]  # fmt: skip
    try:
        parts = urlsplit(link)
        host, user = parts.hostname, parts.username
    except ValueError:
        host, user, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        return [
            _wrong(
                "ED006",
                "link",
                "This is not the address of a web page.",
                "It begins with https:// or http://",
            )
        ]
    if user is not None:
        return [
            _wrong(
                "ED007",
                "link",
                "There is a name before an @ in this link: it may lead elsewhere than it says.",
                "Copy it again from the address bar.",
            )
        ]
    return []


def check_words(words: str) -> list[Finding]:
    """Return why *words* cannot be kept: there are none."""
    if not words.strip():
        return [_wrong("ED008", "words", "Write what shows the learning.", "A line is enough.")]
    return []


def show_size(size_bytes: int) -> str:
    """Return a size in a few signs, never less than it is: 340 bytes, 12 KB, 1.4 MB."""
    if size_bytes < 1024:
        return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"
    if size_bytes <= 1023 * 1024:
        return f"{-(-size_bytes // 1024)} KB"
    return _megabytes(size_bytes)


def _megabytes(size_bytes: int) -> str:
    tenths = -(-size_bytes * 10 // MEGABYTE)  # rounded up: never "10 MB; 10 MB at most"
    return f"{tenths // 10:,}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10:,} MB"


def _wrong(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
