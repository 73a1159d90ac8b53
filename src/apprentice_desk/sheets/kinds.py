"""What a file is that is no workbook, told by its name, its first bytes and the names inside it."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets.limits import damaged

# What browsers add to the name of a file until it has come whole.
_DOWNLOADS = frozenset({".crdownload", ".part", ".partial", ".opdownload", ".download"})
# What Excel and LibreOffice lay beside a workbook for as long as it is open.
_MARK_OF_OPEN = re.compile(r"~\$(.+)|\.~lock\.(.+)#")
# How Windows numbers that a file in the cloud cannot be had (winerror.h, ERROR_CLOUD_FILE_...).
_CLOUD_ERRORS = frozenset({*range(358, 399), 404, 426, 434, 475})

_EXPORT = "Open it in the program that made it and save or export it as an Excel workbook (.xlsx)."
_AS_TABLE = (
    "A list in it has to be copied into a workbook first, in Excel or LibreOffice; or ask for"
    " the workbook that it was made from."
)
_BY_FIRST_BYTES = (
    (b"%PDF", "a PDF document", _AS_TABLE),
    (b"{\\rtf", "a text document", _AS_TABLE),
    (b"\x89PNG", "a picture", _AS_TABLE),
    (b"\xff\xd8\xff", "a picture", _AS_TABLE),
    (b"GIF8", "a picture", _AS_TABLE),
    (b"BM", "a picture", _AS_TABLE),
    (b"II*\0", "a picture", _AS_TABLE),
    (b"MM\0*", "a picture", _AS_TABLE),
    (b"7z\xbc\xaf\x27\x1c", "a packed folder", "Unpack it, and choose the workbook inside."),
    (b"Rar!", "a packed folder", "Unpack it, and choose the workbook inside."),
    (b"\x1f\x8b", "a packed file", "Unpack it, and choose the workbook inside."),
    (b"SQLite format 3", "a database", _EXPORT),
)
_BY_NAME_INSIDE = (
    ("word/document.xml", "a Word document", _AS_TABLE),
    ("ppt/presentation.xml", "a PowerPoint presentation", _AS_TABLE),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", _EXPORT),
    ("Index/Document.iwa", "a document of Numbers, Pages or Keynote", _EXPORT),
    ("Index.zip", "a document of Numbers, Pages or Keynote", _EXPORT),
    # The streams of an OLE file, in small letters.
    ("worddocument", "a Word document", _AS_TABLE),
    ("powerpoint document", "a PowerPoint presentation", _AS_TABLE),
    ("__properties_version1.0", "a message", "Save what is attached to it, and choose that."),
)
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml")


def unfinished(path: Path, *, is_empty: bool) -> Problem | None:
    """Return the Problem for a file that is still on its way here, or only tells of another."""
    name = path.name
    beside = (path.with_name(f"{name}{ending}") for ending in sorted(_DOWNLOADS))
    if path.suffix.casefold() in _DOWNLOADS or (is_empty and any(p.exists() for p in beside)):
        return Problem(
            f"“{name}” is still being downloaded.",
            "Wait until the browser has done, and choose the file that is there then.",
        )
    if match := _MARK_OF_OPEN.fullmatch(name):
        return Problem(
            f"“{name}” only says that “{match[1] or match[2]}” is open in another program.",
            "Choose the workbook itself.",
        )
    return None


def unreadable(name: str, error: OSError) -> Problem:
    """Return the Problem for a file that the computer does not give."""
    if getattr(error, "winerror", None) in _CLOUD_ERRORS:
        return Problem(
            f"“{name}” is kept in OneDrive or another cloud and is not on this computer.",
            "Choose “Always keep on this device” for it in its folder, wait for the tick, and try"
            " again.",
        )
    return Problem(
        f"“{name}” could not be read.",
        "Copy it to this computer, if it is on a drive that may be out of reach.",
    )


def not_a_workbook(name: str, packed: bytes, inside: Container[str] = ()) -> Problem:
    """Return the Problem for a file that is another thing, whatever its name says.

    *inside* are the names of the parts of a zip, or of the streams of an OLE file.
    """
    start = packed[:4096]
    if start.startswith(b"PK\x05\x06"):  # a zip with nothing in it
        return damaged(name)
    what = f"“{name}” is not an Excel workbook"
    for part, kind, remedy in _BY_NAME_INSIDE:
        if part in inside:
            return Problem(f"{what}: inside it is {kind}.", remedy)
    if start.startswith(b"PK"):
        return Problem(
            f"{what}: inside it is another kind of document, or a packed folder.",
            "Open it in the program that made it and save it as an Excel workbook (.xlsx), or"
            " unpack it and choose the workbook inside.",
        )
    for begins, kind, remedy in _BY_FIRST_BYTES:
        if start.startswith(begins):
            return Problem(f"{what}: inside it is {kind}.", remedy)
    if start[4:8] == b"ftyp":
        return Problem(f"{what}: inside it is a picture or a film.", _AS_TABLE)
    if start[8:12] == b"WEBP":
        return Problem(f"{what}: inside it is a picture.", _AS_TABLE)
    if not start.strip(b"\0"):
        return Problem(
            f"{what}: it holds nothing but zeros, as after a copy that was broken off.",
            "Copy or download it again, or ask for it again.",
        )
    if b"\0" in start:
        return Problem(f"{what}.", "Choose a file that Excel or LibreOffice saved as a workbook.")
    text = "a web page or other text" if _is_web(start) else "a text or CSV file"
    return Problem(
        f"{what}: inside it is {text}.",
        "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx); renaming it "
        "is not enough.",
    )


def _is_web(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB)
