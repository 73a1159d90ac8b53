"""Saving a file so that it is whole or not there, and the same bytes for the same content."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from apprentice_desk.domain.problems import Problem
from apprentice_desk.private_files import is_shut
from apprentice_desk.private_files import replacing as replacing

# What stands for "when" in a file whose content says nothing of a time.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^<>]*>)[^<]*(</dcterms:\2>)")
_WORKBOOK = ".xlsx"
_BEGINS = {
    _WORKBOOK: b"PK",
    ".docx": b"PK",
    ".pdf": b"%PDF-",
    ".ics": b"BEGIN:VCALENDAR",
    ".wording": b"PK",
    ".placements": b'{\n "placements":',
}
_CALLED = {
    _WORKBOOK: "an Excel workbook",
    ".docx": "a Word document",
    ".pdf": "a PDF",
    ".ics": "a calendar",
    ".wording": "a pack of wording",
    ".placements": "a placements file",
}
_FIRST_PARTS = {"[Content_Types].xml": 0, "mimetype": 0, "_rels/.rels": 1}


def settle(path: str | Path, made_at: datetime = NO_TIME) -> None:
    """Rewrite a workbook's or document's zip with fixed order and times.

    Libraries stamp the moment of saving into the zip and into the document's properties; after
    this, equal content gives equal bytes.  *made_at* is what the properties say instead.
    """
    path = Path(path)
    # In this order both are closed before they change places: Windows replaces no open file.
    with replacing(path) as fresh, path.open("rb") as loose, fresh.open("wb") as settled:
        copy_settled(loose, settled, made_at)


def copy_settled(loose: IO[bytes], settled: IO[bytes], made_at: datetime) -> None:
    """Copy a zipped document as settle leaves it, part by part."""
    stamp = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(settled, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (_FIRST_PARTS.get(name, 2), name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells which system it was made on
            entry.external_attr = 0o600 << 16
            if name == _CORE:
                new.writestr(entry, _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", old.read(name)))
                continue
            with old.open(name) as part, new.open(entry, "w") as copy:
                shutil.copyfileobj(part, copy, 1024 * 1024)


def check_target(
    path: str | Path, inputs: Iterable[str | Path] = (), *, ending: str = _WORKBOOK
) -> Path:
    """Return *path* if a workbook may be saved there and nothing else is lost by it.

    *ending* is ".pdf" where a PDF is to be saved, ".docx" for Word, ".ics" for a calendar,
    ".wording" for a pack, ".placements" for places elsewhere.  Raises Problem if the name does not
    end so, if it is a folder's, if what is there is no such file (a desk, for one), or if it is one
    of *inputs*, that the file is made from.
    """
    path = Path(path)
    name = path.name or str(path)
    if path.is_dir():
        raise Problem(f"“{name}” is a folder.", "Give the name of a file in it.")
    called, begins_with = _CALLED[ending], _BEGINS[ending]
    if path.suffix.casefold() != ending:
        raise Problem(
            f"“{name}” does not end in {ending}, and {called} is written.",
            f"Give it a name such as “{path.stem or 'return'}{ending}”.",
        )
    if not path.exists():
        return path
    if any(Path(one).exists() and path.samefile(one) for one in inputs):
        raise Problem(
            f"“{name}” is one of the files that are read, and it would be lost.",
            "Choose another name to save under.",
        )
    try:
        with path.open("rb") as there:
            begins = there.read(len(begins_with))
    except OSError as error:
        raise is_shut(path) from error
    if begins not in (b"", begins_with):
        noun = called.partition(" ")[2]
        raise Problem(
            f"“{name}” is there already and is no {noun}, so it was left as it is.",
            "Choose another name to save under.",
        )
    return path


def save_settled(path: str | Path, packed: IO[bytes], made_at: datetime) -> None:
    """Put a workbook, settled, in the place of *path*."""
    with replacing(path) as fresh, fresh.open("wb") as settled:
        copy_settled(packed, settled, made_at)
