"""Names that are put everywhere a desk keeps or leaves anything, and how they are looked for.

``Places`` is where it all happens; ``leave_everywhere`` does with a desk what people do with it,
and has programs killed in the middle; ``found_below`` searches every byte of what is left.
"""

from __future__ import annotations

import base64
import io
import os
import re
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apprentice_desk import crashes, drafts, logs, settings
from apprentice_desk.__main__ import main
from apprentice_desk.commands import passphrases
from apprentice_desk.records import migrate
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.sealing import seal_of
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import backup
from apprentice_desk.ui.kit.opened_files import OpenedFiles

GIVEN, FAMILY = "Zephyrine", "Quillfeather"
CANARY = f"{GIVEN} {FAMILY}"
NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
PASSPHRASE = "three brown horses"
_MOST_INFLATED = 1 << 22


@dataclass(frozen=True)
class Places:
    """Where everything happens: all that is below *whole* but for *elsewhere* is searched."""

    whole: Path

    @property
    def desk(self) -> Path:
        return self.whole / "desks" / "hackney.desk"

    @property
    def settings(self) -> Path:
        """The cache's folder as well."""
        return self.whole / "settings"

    @property
    def temporary(self) -> Path:
        return self.whole / "tmp"

    @property
    def stick(self) -> Path:
        """The second place of backups."""
        return self.whole / "stick"

    @property
    def elsewhere(self) -> Path:
        """Where people have lists of their own, and put what they take out of the desk."""
        return self.whole / "elsewhere"

    def make(self) -> None:
        for name in ("desks", "settings", "tmp", "stick", "elsewhere"):
            (self.whole / name).mkdir(parents=True)

    def environment(self) -> dict[str, str]:
        """Return what a program must be told to keep to these places."""
        return {
            settings.FOLDER_VARIABLE: str(self.settings),
            "TMPDIR": str(self.temporary),
            "HOME": str(self.settings),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }


# --- leaving it everywhere ----------------------------------------------------------------------


def leave_everywhere(
    places: Places, key: DeskKey | None, fill: Callable[[Store, Any], None], maker: Callable
) -> None:
    """Do with the desk what people do, and have programs end badly; *fill* fills every table."""
    store = open_store(places.desk, person=CANARY, key=key)
    try:
        make = maker(store)
        fill(store, make)
        _put_names_in(make)
        line = store.undoable()
        assert line is not None
        store.undo(line.number)
        migrate.keep_copy(places.desk, "0001", key)
        for place in (None, places.stick):
            made = backup.make_backup(places.desk, key, NOW, place=place)
        backup.restore_beside(made.path, key, places.desk.with_name("restored.desk"))
    finally:
        store.close()
    _keep_a_draft(places, key)
    _open_a_copy(places)
    _crash(places)
    settings.save(settings.load().with_recent(str(places.desk), NOW))
    _import_and_send(places, key)
    killed(places, _IN_A_CHANGE, key)
    killed(places, _IN_AN_EXPORT, key)
    killed(places, _IN_A_NEW_PASSPHRASE, key)


def _put_names_in(make: Any) -> None:
    """Somebody with files of every kind, and a change whose label names them."""
    key = make.apprentice(given_names=GIVEN, family_name=FAMILY)
    entry_id = make.hours(key)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:t>{CANARY}</w:t>" * 40)
    make.evidence(entry_id, f"{CANARY}.txt", CANARY.encode())
    make.evidence(entry_id, "letter.docx", packed.getvalue())
    make.evidence(entry_id, "wide.txt", CANARY.encode("utf-16"))
    make.said(key, note=CANARY)
    make.hours(key)


def _keep_a_draft(places: Places, key: DeskKey | None) -> None:
    kept = drafts.Drafts(drafts.place_for(str(places.desk)), "priya", seal_of(key))
    kept.keep(drafts.Draft("a", f"Edit {CANARY}", "priya", NOW.isoformat(), {"name": CANARY}, {}))
    kept.close()


def _open_a_copy(places: Places) -> None:
    """Open a file in another program, and close the desk."""
    opened = OpenedFiles(settings.cache_folder() / "opened")
    path = opened.put(f"{CANARY}.txt", CANARY.encode())
    assert CANARY in path.read_text()
    opened.close()


def _crash(places: Places) -> None:
    """Have a fault while a name is in hand, and log around it."""
    log = logs.Log(settings.folder() / "logs")
    log.note(logs.Event.STARTED)
    try:
        _at_fault(CANARY)
    except ValueError as fault:
        kept = crashes.keep(settings.folder() / "faults", ValueError, fault.__traceback__, NOW)
        assert kept is not None
        log.note(logs.Event.FAULT, where=logs.site_of(fault.__traceback__))
    log.close()


def _at_fault(name: str) -> None:
    raise ValueError(f"{name} is at fault")


def _import_and_send(places: Places, key: DeskKey | None) -> None:
    """Import a list, say what became of its rows, send a return: the command line's way."""
    people = places.elsewhere / "people.csv"
    people.write_text(
        "First name,Surname,Course,Start date,End date\n"
        f"{GIVEN},{FAMILY},ST0116,01/09/2025,31/08/2027\n",
        encoding="utf-8",
    )
    words = places.elsewhere / "words.txt"
    words.write_text(PASSPHRASE, encoding="utf-8")
    with passphrases.from_file(str(words)):
        fates = places.elsewhere / "fates.xlsx"
        into = ["--into", str(places.desk), "--add-missing", "--fates", str(fates)]
        assert main(["import", str(people), "--as", "apprentices", *into]) == 0
        to = ["--to", str(places.elsewhere / "return.xlsx"), "--send-anyway"]
        assert main(["return", str(places.desk), "--period", "2026-27 Q1", *to]) in (0, 1)


_BEGINS = """
import os, signal, sys
from pathlib import Path
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.desks import open_store

desk, raw, salt, name, out = sys.argv[1:]
key = DeskKey(bytes.fromhex(raw), bytes.fromhex(salt)) if raw else None
journal = Path(desk + "-journal")

def end(*_, **__):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""
_IN_A_CHANGE = """
from sqlalchemy import select
from apprentice_desk.records.apprentices import Apprentice
store = open_store(desk, key=key)
with store.change(f"Rename {name}") as session:
    for each in session.scalars(select(Apprentice)):
        each.given_names = each.given_names[::-1]
    session.flush()
    assert journal.stat().st_size > 512
    end()
"""
_IN_AN_EXPORT = """
from apprentice_desk.sheets import ColumnSpec, SheetSpec, in_memory, write_workbook
in_memory.saved = end
spec = SheetSpec("People", [ColumnSpec("Name")], [[name]] * 2000)
write_workbook(Path(out) / "list.xlsx", [spec])
"""
_IN_A_NEW_PASSPHRASE = """
from apprentice_desk.safekeeping import recrypting, vault
recrypting._check = end
vault.protect(Path(desk), key, vault.fresh_key("a kettle on the roof"))
"""


def killed(places: Places, code: str, key: DeskKey | None) -> None:
    """Run a program that ends in the middle of *code*, by its own hand."""
    raw, salt = (key.raw.hex(), key.salt.hex()) if key else ("", "")
    ran = subprocess.run(
        [sys.executable, "-c", _BEGINS + code, str(places.desk), raw, salt, CANARY,
         str(places.elsewhere)],
        env=os.environ | places.environment(),
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    # On Windows every such signal ends a program at once, and the number becomes its status.
    by_hand = signal.SIGTERM if sys.platform == "win32" else -signal.SIGKILL
    assert ran.returncode == by_hand, ran.stderr
    assert CANARY not in ran.stdout + ran.stderr


# --- looking for it -----------------------------------------------------------------------------


def _pattern(word: str) -> bytes:
    """Return *word* in small letters or capitals, one byte a letter or two."""
    return b"\\x00?".join(re.escape(letter.encode()) for letter in word)


_NAMES = re.compile(
    b"|".join(
        [_pattern(word) for word in (GIVEN, FAMILY)]
        + [word.encode().hex().encode() for word in (GIVEN, FAMILY)]
    ),
    re.IGNORECASE,
)
_WORD = re.compile(rb"q\x00?z(?:\x00?[a-z]){6,}", re.IGNORECASE)
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")


def found_below(places: Places, words: frozenset[str]) -> dict[str, list[str]]:
    """Return the files that a name or one of *words* is in, or whose own names say one.

    *words* begin with "qz", in small letters.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(places.whole.rglob("*")):
        if path.is_relative_to(places.elsewhere):
            continue
        named = path.relative_to(places.whole).as_posix()
        hits = _found(path.name.encode(), words)
        if path.is_file():
            for content in _readings(path.read_bytes()):
                hits |= _found(content, words)
        if hits:
            found[named] = sorted(hits)
    return found


def _found(content: bytes, words: frozenset[str]) -> set[str]:
    hits = {match[0].replace(b"\0", b"").decode() for match in _NAMES.finditer(content)}
    for match in _WORD.finditer(content):
        letters = match[0].replace(b"\0", b"").decode().lower()
        hits |= {word for word in words if letters.startswith(word)}
    return hits


def _readings(content: bytes) -> Iterator[bytes]:
    """Yield the bytes as they are, and whatever in them looks packed, unpacked."""
    yield content
    for match in _PACKED.finditer(content):
        at = match.start()
        if match[0] == b"PK\x03\x04":  # a part of a zip: its name and what else it says are as long
            lengths = content[at + 26 : at + 30]
            at += 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
            inflating = zlib.decompressobj(-15)
        else:
            inflating = zlib.decompressobj(47)
        try:
            inflated = inflating.decompress(content[at:], _MOST_INFLATED)
        except zlib.error:
            continue
        yield inflated


def secrets_below(places: Places, passphrase: str, key: DeskKey) -> list[str]:
    """Return the files that the passphrase or the key is in, however it is written."""
    forms = [passphrase.encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [key.raw, base64.b64encode(key.raw), base64.b85encode(key.raw)]
    forms += [key.raw.hex().encode(), key.raw.hex().upper().encode(), repr(key.raw).encode()]
    return [
        path.relative_to(places.whole).as_posix()
        for path in sorted(places.whole.rglob("*"))
        if path.is_file() and not path.is_relative_to(places.elsewhere)
        if any(form in content for content in _readings(path.read_bytes()) for form in forms)
    ]
