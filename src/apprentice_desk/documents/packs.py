"""A pack: wording as one file, to be sent from one desk to others.

It is a zip with a manifest and the files of clauses and document types, always written the same
way.  What comes from outside is read as if it were made to do harm: whatever is not as it is
written here is refused in a sentence, and nothing of it is taken.
"""

from __future__ import annotations

import json
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from apprentice_desk.documents.wording import (
    Clause,
    DocumentType,
    read_clause,
    read_type,
)
from apprentice_desk.domain.own_wording import LONGEST_ID, fingerprint
from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets import check_target, replacing

ENDING = ".wording"
FORMAT = 1
MANIFEST = "pack.json"

MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 1_000
MOST_LETTERS = 40_000
"""Of one clause or document type: ten times what a long one has."""
MOST_INFLATED = 16 * 1024 * 1024
MOST_MANIFEST = 1024 * 1024
MOST_RATIO = 50
"""How many times its packed size a file may have; plain English comes to three or four."""
LONGEST_LINE = 200
LONGEST_NOTE = 4_000

_NAMED = re.compile(
    r"(?:clauses/(?P<clause>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.(?P<clause_version>[1-9][0-9]{0,3})\.md"
    r"|documents/(?P<type>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.(?P<type_version>[1-9][0-9]{0,3})\.toml)"
)
_ZIP = b"PK\x03\x04"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_IS_ENCRYPTED = 0x1
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_PLAIN = frozenset("\n\t\N{SOFT HYPHEN}")
_NOT_A_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, OSError, KeyError, IndexError,
)  # fmt: skip
"""What zipfile raises for bytes that are no zip, besides the error it has for it."""


@dataclass(frozen=True, slots=True)
class PackItem:
    """One file of wording, by its name in a library, with who approved it at the sender.

    One that *is_withdrawn* was taken out of force there.
    """

    named: str
    text: str
    approved_by: str = ""
    approved_on: date | None = None
    is_withdrawn: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its text."""
        return fingerprint(self.text)

    @property
    def is_clause(self) -> bool:
        """Whether it is a clause, and not a document type."""
        return self.named.startswith("clauses/")

    @property
    def id(self) -> str:
        """The id of the clause or of the type."""
        return self._parts[0]

    @property
    def version(self) -> int:
        """Its version."""
        return int(self._parts[1])

    @property
    def _parts(self) -> list[str]:
        return self.named.partition("/")[2].split(".")

    def read(self) -> Clause | DocumentType:
        """Return what it holds; raises Problem where it cannot be read."""
        return read_clause(self.text, self.named) if self.is_clause else self.read_type()

    def read_type(self) -> DocumentType:
        """Return the document type that it holds; raises Problem where it cannot be read."""
        return read_type(self.text, self.named)


@dataclass(frozen=True, slots=True)
class Pack:
    """What is sent: wording, from whom, when, and what is said about it."""

    title: str
    sender: str
    made_on: date
    program_version: str
    items: tuple[PackItem, ...]
    note: str = ""

    @property
    def source(self) -> str:
        """Where wording came from, as the desk keeps it."""
        return f"{self.title}, from {self.sender}"


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
        if found := _hidden(words):
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
    manifest = {
        "format": FORMAT,
        "title": pack.title,
        "sender": pack.sender,
        "made_on": pack.made_on.isoformat(),
        "note": settled(pack.note).removesuffix("\n") if pack.note else "",
        "program_version": pack.program_version,
        "files": [
            {
                "named": each.named,
                "version": each.version,
                "fingerprint": each.fingerprint,
                "approved_by": each.approved_by,
                "approved_on": "" if each.approved_on is None else each.approved_on.isoformat(),
                "is_withdrawn": each.is_withdrawn,
            }
            for each in items
        ],
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        _put(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
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


def settled(text: str) -> str:
    """Return *text* with plain ends of lines, and one at its end."""
    return "\n".join(text.splitlines()) + "\n"


def save_pack(pack: Pack, path: str | Path) -> Path:
    """Write *pack* to *path*, whole or not at all, and return where it stands; Problem if not."""
    content = write_pack(pack)
    path = check_target(path, ending=ENDING)
    with replacing(path) as fresh:
        fresh.write_bytes(content)
    return path


# --- reading --------------------------------------------------------------------------------------

_ASK_AGAIN = "Nothing was taken from it. Ask whoever sent it for the pack again."
_NEVER = "Nothing was taken from it. Ask whoever sent it how it was made."


def load_pack(path: str | Path) -> Pack:
    """Return the pack in the file *path*; raises Problem where it cannot be read or is none."""
    path = Path(path)
    called = path.name
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Problem(f"“{called}” is a folder.", "Choose the pack in it.")
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            raise Problem(f"“{called}” is not a file.", "Choose another.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Problem(f"“{called}” is not there.", "Look where it was saved.") from None
    except (OSError, ValueError) as error:
        raise Problem(
            f"“{called}” could not be read.", "Close it in other programs, or copy it elsewhere."
        ) from error
    return read_pack(content, called)


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
    about = _Manifest(_text(parts.pop(MANIFEST), MANIFEST, called), called)
    pack = about.pack({named: _text(part, named, called) for named, part in parts.items()})
    for item in pack.items:
        _try(item, called)
    return pack


def _unpacked(content: bytes, called: str) -> dict[str, bytes]:
    """Return the files of a zip by name, each whole and none larger than it may be."""
    damaged = Problem(f"“{called}” is damaged or incomplete.", _ASK_AGAIN)
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, called)
            for entry in entries:
                with archive.open(entry) as part:
                    parts[entry.filename] = part.read(entry.file_size + 1)
                if len(parts[entry.filename]) != entry.file_size:
                    raise damaged
    except _NOT_A_ZIP as error:
        raise damaged from error
    return parts


def _check_directory(entries: Iterable[zipfile.ZipInfo], called: str) -> None:
    """Raise Problem for anything in a zip that a pack does not have, before it is unpacked."""
    seen: set[str] = set()
    inflated = 0
    for entry in entries:
        name = entry.filename
        if name != MANIFEST and not is_wording_name(name):
            raise Problem(f"“{called}” holds “{_shown(name)}”, which is no wording.", _NEVER)
        if name in seen:
            raise Problem(f"“{called}” holds “{name}” twice.", _NEVER)
        seen.add(name)
        if entry.flag_bits & _IS_ENCRYPTED:
            raise Problem(
                f"“{called}” is protected with a password.", "Ask for the pack without one."
            )
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Problem(f"“{called}” is packed in a way that is not read.", _ASK_AGAIN)
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


def _shown(name: str) -> str:
    """Return *name* as it can be shown: nothing in it that turns or hides what stands by it."""
    plain = "".join(each if unicodedata.category(each) not in _HIDDEN else "?" for each in name)
    return plain[:80]


def _text(part: bytes, named: str, called: str) -> str:
    """Return a file as text; letters that hide, or show text otherwise than it is, are refused.

    What would come is compared word by word, and that has to show all there is.
    """
    try:
        text = settled(part.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem(f"“{named}” in “{called}” is no text.", _ASK_AGAIN) from None
    if found := _hidden(text):
        raise Problem(
            f"“{named}” in “{called}” holds a letter that cannot be seen ({found}).", _NEVER
        )
    if named != MANIFEST and len(text) > MOST_LETTERS:
        raise Problem(f"“{named}” in “{called}” is longer than {MOST_LETTERS:,} letters.", _NEVER)
    return text


def _hidden(text: str) -> str:
    """Return the code of the first letter in *text* that cannot be seen; "" for none."""
    for each in text:
        if each not in _PLAIN and unicodedata.category(each) in _HIDDEN:
            return f"U+{ord(each):04X}"
    return ""


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


class _Manifest:
    """What a pack says about itself, asked for key by key; what is not as it should be is named."""

    def __init__(self, text: str, called: str) -> None:
        self._called = called
        try:
            found: Any = json.loads(text, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise self._wrong("it cannot be read") from None
        self._values: Mapping[str, Any] = self._table(found, "it")
        self._check_format()

    def _wrong(self, what: str) -> Problem:
        return Problem(
            f"What “{self._called}” says about itself is not in order: {what}.", _ASK_AGAIN
        )

    def _table(self, found: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(found, dict):
            raise self._wrong(f"{where} is no table")
        return found

    def _check_format(self) -> None:
        found = self._values.get("format")
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise self._wrong("it does not say of which format it is")
        if found > FORMAT:
            by = self._values.get("program_version")
            made = f" by Apprentice Desk {_shown(by)}" if isinstance(by, str) and by else ""
            raise Problem(
                f"“{self._called}” was made{made} in format {str(found)[:6]} of packs; this program"
                f" reads format {FORMAT}.",
                "Install the newer program, then import it again.",
            )

    def pack(self, texts: Mapping[str, str]) -> Pack:
        """Return the pack, its files being *texts* by name; every one is listed, and as listed."""
        self._check_keys(
            self._values,
            {"format", "title", "sender", "made_on", "note", "program_version", "files"},
            "it",
        )
        listed = self._values["files"]
        if not isinstance(listed, list) or not listed:
            raise self._wrong("it lists no files")
        items = [self._item(each, texts) for each in listed]
        names = {each.named for each in items}
        if len(names) != len(items):
            raise self._wrong("it lists a file twice")
        for named in sorted(set(texts) - names):
            raise self._wrong(f"{named} is in the pack and not listed")
        return Pack(
            title=self._line(self._values, "title"),
            sender=self._line(self._values, "sender"),
            made_on=self._day(self._values, "made_on"),
            program_version=self._line(self._values, "program_version", may_lack=True),
            note=self._words(self._values, "note", LONGEST_NOTE),
            items=tuple(sorted(items, key=lambda each: each.named)),
        )

    def _item(self, found: Any, texts: Mapping[str, str]) -> PackItem:
        values = self._table(found, "a file in its list")
        self._check_keys(
            values,
            {"named", "version", "fingerprint", "approved_by", "approved_on", "is_withdrawn"},
            "a file in its list",
        )
        named = self._line(values, "named")
        if named not in texts:
            raise self._wrong(f"it lists {_shown(named)}, which is not in the pack")
        item = PackItem(
            named,
            texts[named],
            self._line(values, "approved_by", may_lack=True),
            self._day(values, "approved_on") if values["approved_on"] != "" else None,
            self._yes_no(values, "is_withdrawn"),
        )
        version = values["version"]
        if not isinstance(version, int) or version != item.version or version is True:
            raise self._wrong(f"it gives {named} another version")
        if values["fingerprint"] != item.fingerprint:
            raise Problem(
                f"{named} in “{self._called}” is not as it was sent: its fingerprint is another.",
                _ASK_AGAIN,
            )
        return item

    def _check_keys(self, values: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(keys - values.keys()):
            raise self._wrong(f"{where} lacks {key}")
        for key in sorted(values.keys() - keys):
            raise self._wrong(f"{where} has {_shown(key)}, which is not known")

    def _words(self, values: Mapping[str, Any], key: str, longest: int) -> str:
        found = values[key]
        if not isinstance(found, str):
            raise self._wrong(f"{key} is no text")
        if len(found) > longest:
            raise self._wrong(f"{key} is longer than {longest:,} letters")
        if code := _hidden(found):
            raise self._wrong(f"{key} holds a letter that cannot be seen ({code})")
        return found

    def _line(self, values: Mapping[str, Any], key: str, *, may_lack: bool = False) -> str:
        found = self._words(values, key, LONGEST_LINE)
        if "\n" in found or not (may_lack or found.strip()):
            raise self._wrong(f"{key} is not one line of text")
        return found

    def _day(self, values: Mapping[str, Any], key: str) -> date:
        try:
            return date.fromisoformat(values[key])
        except (TypeError, ValueError):
            raise self._wrong(f"{key} is no day such as 2026-11-29") from None

    def _yes_no(self, values: Mapping[str, Any], key: str) -> bool:
        found = values[key]
        if not isinstance(found, bool):
            raise self._wrong(f"{key} is neither true nor false")
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a table of JSON in which no key stands twice; ValueError where one does."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found
