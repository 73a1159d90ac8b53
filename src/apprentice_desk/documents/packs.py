"""A pack: wording as one file, to be sent from one desk to others.

It is a zip with a manifest and the files of clauses and document types, always written the same
way.  What comes from outside is read as if it were made to do harm: whatever is not as it is
written here is refused in a sentence, and nothing of it is taken.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from apprentice_desk import policy
from apprentice_desk.documents.pack_manifest import (
    ASK_AGAIN,
    LONGEST_LINE,
    LONGEST_NOTE,
    Manifest,
    Pack,
    PackItem,
    settled,
    written,
)
from apprentice_desk.domain.own_wording import LONGEST_ID
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.told_tables import hidden, shown
from apprentice_desk.sheets import check_target, replacing
from apprentice_desk.sheets.whole import read_whole

ENDING = ".wording"
MANIFEST = "pack.json"

MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 1_000
MOST_LETTERS = 40_000
"""Of one clause or document type: ten times what a long one has."""
MOST_INFLATED = 16 * 1024 * 1024
MOST_MANIFEST = 1024 * 1024
MOST_RATIO = 50
"""How many times its packed size a file may have; plain English comes to three or four."""

_NAMED = re.compile(
    r"(?:clauses/(?P<clause>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.(?P<clause_version>[1-9][0-9]{0,3})\.md"
    r"|documents/(?P<type>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.(?P<type_version>[1-9][0-9]{0,3})\.toml)"
)
_ZIP = b"PK\x03\x04"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_IS_ENCRYPTED = 0x1
_NOT_A_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, OSError, KeyError, IndexError,
)  # fmt: skip
"""What zipfile raises for no zip, NotImplementedError for packing that it does not know."""


# --- writing --------------------------------------------------------------------------------------


def check_pack(pack: Pack) -> None:
    """Raise Problem where *pack* cannot be sent: nobody could read it."""
    for called, words, longest in (
        ("title", pack.title, LONGEST_LINE),
        ("sender", pack.sender, LONGEST_LINE),
    ):
        if not words.strip():
            raise Problem(f"The pack has no {called}.", "Give it one.")
        if len(words) > longest or "\n" in words:
            raise Problem(
                f"The {called} of the pack is longer than one line of {longest} letters.",
                "Make it shorter; the note to readers has room.",
            )
    if len(pack.note) > LONGEST_NOTE:
        raise Problem(f"The note is longer than {LONGEST_NOTE:,} letters.", "Make it shorter.")
    for called, words in (("title", pack.title), ("sender", pack.sender), ("note", pack.note)):
        if found := hidden(words):
            raise Problem(
                f"The {called} holds a letter that cannot be seen ({found}).", "Take it out."
            )
    if not pack.items:
        raise Problem("Nothing was chosen for the pack.", "Choose clauses or document types.")
    if len(pack.items) > MOST_FILES:
        raise Problem(f"A pack holds {MOST_FILES:,} files at most.", "Make two of it.")


def write_pack(pack: Pack) -> bytes:
    """Return *pack* as one file, the same bytes for the same pack.

    Raises Problem for what no desk would read: no title, nothing chosen, or text that is too long.
    """
    check_pack(pack)
    items = sorted(
        (replace(each, text=settled(each.text)) for each in pack.items),
        key=lambda each: each.named,
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        _put(archive, MANIFEST, written(replace(pack, items=tuple(items))))
        for each in items:
            _put(archive, each.named, each.text)
    content = made.getvalue()
    try:
        read_pack(content, f"{pack.title}{ENDING}")
    except Problem as problem:  # what nobody could read is not sent
        raise Problem(problem.what, "The pack was not made: put the wording right first.") from None
    return content


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    # Not packed: how tightly that is done differs from one computer to the next.
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = 3  # else it tells which system it was made on
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, text.encode())


def save_pack(pack: Pack, path: str | Path) -> Path:
    """Write *pack* to *path*, whole or not at all, and return where it stands; Problem if not."""
    policy.in_force().refuse(policy.Feature.WORDING_PACKS)
    content = write_pack(pack)
    path = check_target(path, ending=ENDING)
    with replacing(path) as fresh:
        fresh.write_bytes(content)
    return path


# --- reading --------------------------------------------------------------------------------------

_NEVER = "Nothing was taken from it. Ask whoever sent it how it was made."


def load_pack(path: str | Path) -> Pack:
    """Return the pack in the file *path*.

    Raises Problem where it cannot be read or is none, or packs are switched off.
    """
    policy.in_force().refuse(policy.Feature.WORDING_PACKS)
    path = Path(path)
    return read_pack(read_whole(path, MOST_BYTES), path.name)


def read_pack(content: bytes, called: str) -> Pack:
    """Return the pack of which *content* is the file, named *called*.

    Raises Problem, and takes nothing, for what is no pack, for a newer format, and where anything
    in it is not as it should be.
    """
    if len(content) > MOST_BYTES:
        raise Problem(f"“{called}” is larger than any pack of wording.", _NEVER)
    if not content.startswith(_ZIP):
        raise Problem(
            f"“{called}” is no pack of wording.",
            f"Packs end in {ENDING}, and are made with “Export a pack…”.",
        )
    parts = _unpacked(content, called)
    if MANIFEST not in parts:
        raise Problem(f"“{called}” is no pack of wording: it does not say what it is.", _NEVER)
    about = Manifest(_text(parts.pop(MANIFEST), MANIFEST, called), called)
    pack = about.pack({named: _text(part, named, called) for named, part in parts.items()})
    for item in pack.items:
        _try(item, called)
    return pack


def _unpacked(content: bytes, called: str) -> dict[str, bytes]:
    """Return the files of a zip by name, each whole and none larger than it may be."""
    damaged = Problem(f"“{called}” is damaged or incomplete.", ASK_AGAIN)
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, called)
            for entry in entries:
                name = entry.orig_filename
                with archive.open(entry) as part:
                    parts[name] = part.read(entry.file_size + 1)
                if len(parts[name]) != entry.file_size:
                    raise damaged
    except _NOT_A_ZIP as error:
        raise damaged from error
    return parts


def _check_directory(entries: Iterable[zipfile.ZipInfo], called: str) -> None:
    """Raise Problem for anything in a zip that a pack does not have, before it is unpacked."""
    seen: set[str] = set()
    inflated = 0
    for entry in entries:
        name = entry.orig_filename  # as it stands there: on Windows the other makes / of \
        if name != MANIFEST and not is_wording_name(name):
            raise Problem(f"“{called}” holds “{shown(name)}”, which is no wording.", _NEVER)
        if name in seen:
            raise Problem(f"“{called}” holds “{name}” twice.", _NEVER)
        seen.add(name)
        if entry.flag_bits & _IS_ENCRYPTED:
            raise Problem(
                f"“{called}” is protected with a password.", "Ask for the pack without one."
            )
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Problem(f"“{called}” is packed in a way that is not read.", ASK_AGAIN)
        inflated += entry.file_size
        most = MOST_MANIFEST if name == MANIFEST else 4 * MOST_LETTERS
        if (
            entry.file_size > most
            or entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
            or inflated > MOST_INFLATED
        ):
            raise Problem(f"“{called}” holds more than wording ever comes to.", _NEVER)
    if len(seen) > MOST_FILES + 1:
        raise Problem(f"“{called}” holds more than {MOST_FILES:,} files.", _NEVER)


def is_wording_name(name: str) -> bool:
    """Return whether *name* is that of a clause or document type in a library."""
    found = _NAMED.fullmatch(name)
    return found is not None and len(found["clause"] or found["type"]) <= LONGEST_ID


def _text(part: bytes, named: str, called: str) -> str:
    """Return a file as text; letters that hide, or show text otherwise than it is, are refused.

    What would come is compared word by word, and that has to show all there is.
    """
    try:
        text = settled(part.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem(f"“{named}” in “{called}” is no text.", ASK_AGAIN) from None
    if found := hidden(text):
        raise Problem(
            f"“{named}” in “{called}” holds a letter that cannot be seen ({found}).", _NEVER
        )
    if named != MANIFEST and len(text) > MOST_LETTERS:
        raise Problem(f"“{named}” in “{called}” is longer than {MOST_LETTERS:,} letters.", _NEVER)
    return text


def _try(item: PackItem, called: str) -> None:
    """Raise Problem where the wording of an item cannot be read, or is called otherwise."""
    of_it = f"“{called}” holds wording that is not in order"
    try:
        found = item.read()
    except Problem as problem:
        raise Problem(f"{of_it}: {problem.what}", _NEVER) from None
    except (ValueError, RecursionError):
        raise Problem(f"{of_it}: {item.named} cannot be read.", _NEVER) from None
    if (found.id, found.version) != (item.id, item.version):
        raise Problem(
            f"{item.named} in “{called}” says that it is {found.id}, version {found.version}.",
            _NEVER,
        )
