"""Whether a desk's file is sound: what its beginning says, SQLite's check, what can still be read.

A file is never opened here by Python itself while this program may hold it: on POSIX, closing any
handle of a file drops every lock that the program's connections hold on it.  ``explain`` is for
files that could not be opened.  Nothing here writes.

How SQLite's header is laid out: "Database File Format", section 1.3.  How SQLCipher seals a page:
"SQLCipher Design", Database Encryption: AES-256, then an HMAC-SHA512 over page and page number,
whose key is derived from the key and the salt with every bit of 0x3a turned.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.doors import File, errors, open_file
from apprentice_desk.records.keys import SALT_BYTES, DeskKey

PAGE_BYTES = 4096
"""Of an encrypted file; one that is no whole number of pages is something else, or cut short."""

WHOLE_BYTES = 8 * 2**20
"""Up to this size a file is checked at one go; a larger one table by table, so that nobody who
saves meanwhile waits for long."""

_MAGIC = b"SQLite format 3\x00"
_HMAC_BYTES = 64
_RESERVED_BYTES = 80  # an initial vector of 16, then the HMAC
_SALT_MASK = 0x3A
_FAST_ROUNDS = 2
_LEAST_KINDS_OF_BYTES = 200
"""Of the 256 values of a byte an encrypted page of 4,096 has all but always every one."""

_CHECKED = "Its check met parts that are not as they were written."
_PEOPLE = "SELECT count(*) FROM apprentice"
_ENTRIES = "SELECT count(*) FROM off_the_job_entry"
_NEWEST = "SELECT max(recorded_at) FROM change_log"


@dataclass(frozen=True, slots=True)
class Readable:
    """What can still be read out of a damaged file; None and False where nothing can be."""

    people: int | None = None
    entries: int | None = None
    changed_at: datetime | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything can be read."""
        return self.people is not None or self.entries is not None or self.changed_at is not None


def explain(path: Path) -> str:
    """Say what is wrong with the beginning of a file that did not open; "" where nothing shows.

    Not for a file that this program has open.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(PAGE_BYTES)
    except OSError:
        return ""
    if not begins.strip(b"\x00"):
        return "It is empty." if not size else "Its beginning is empty."
    if begins.startswith(_MAGIC) and len(begins) >= 100:
        page = int.from_bytes(begins[16:18], "big")
        whole = (65_536 if page == 1 else page) * int.from_bytes(begins[28:32], "big")
        if size < whole:
            return f"It is cut short: {_shown(size)} of {_shown(whole)} are there."
        return "Parts of it are not as they were written."
    if begins.startswith(_MAGIC):
        return f"It is cut short: only {_shown(size)} are there."
    return ""


def _shown(size: int) -> str:
    return f"{size:,} bytes" if size < 10_000 else f"{size / 1024:,.0f} KB"


def looks_encrypted(path: Path) -> bool:
    """Whether a file may be an encrypted desk: whole pages whose bytes look like chance.

    Not for a file that this program has open.
    """
    try:
        if not path.stat().st_size or path.stat().st_size % PAGE_BYTES:
            return False
        with path.open("rb") as file:
            return len(set(file.read(PAGE_BYTES))) >= _LEAST_KINDS_OF_BYTES
    except OSError:
        return False


def is_key_of_first_page(path: Path, key: DeskKey) -> bool:
    """Whether *key* sealed the first page, so that it opens the file; in less than a millisecond.

    False says little: the page may be damaged, or half written by a program that was killed.  Not
    for a file that this program has open.
    """
    try:
        with path.open("rb") as file:
            page = file.read(PAGE_BYTES)
    except OSError:
        return False
    is_whole = len(page) == PAGE_BYTES and page.startswith(key.salt)
    return is_whole and _is_sealed(page, 1, _mac_key(key))


def is_key_of_later_pages(path: Path, key: DeskKey) -> bool:
    """Whether *key* sealed any of the first pages after the first, which may be damaged.

    It tells a damaged beginning from a wrong passphrase.  Where the first 16 bytes are damaged, a
    passphrase gives another key with them; with those of a backup it gives this one.  Not for a
    file that this program has open.
    """
    mac_key = _mac_key(key)
    try:
        with path.open("rb") as file:
            file.seek(PAGE_BYTES)
            for number in range(2, 34):
                page = file.read(PAGE_BYTES)
                if len(page) < PAGE_BYTES:
                    return False
                if _is_sealed(page, number, mac_key):
                    return True
    except OSError:
        return False
    return False


def _mac_key(key: DeskKey) -> bytes:
    """Return the key of the seals of a file's pages."""
    mac_salt = bytes(byte ^ _SALT_MASK for byte in key.salt)
    return hashlib.pbkdf2_hmac("sha512", key.raw, mac_salt, _FAST_ROUNDS, len(key.raw))


def _is_sealed(page: bytes, number: int, mac_key: bytes) -> bool:
    begins, ends = SALT_BYTES if number == 1 else 0, PAGE_BYTES - _RESERVED_BYTES + 16
    sealed, mac = page[begins:ends], page[ends : ends + _HMAC_BYTES]
    made = hmac.new(mac_key, sealed + number.to_bytes(4, "little"), "sha512").digest()
    return hmac.compare_digest(mac, made)


def check(path: Path, key: DeskKey | None, progress: Progress | None = None) -> None:
    """Have SQLite check the whole file, and every seal of an encrypted one.

    Raises Damaged where it is not sound, and Problem where it cannot be read just now.
    """
    progress = progress or Progress()
    try:
        with closing(open_file(path, "ro", key)) as file:
            wrong = _checked(file, path, progress)
    except errors() as error:
        if is_damage(str(error)):
            raise damaged(path, _CHECKED) from error
        raise Problem(
            f"{path.name} could not be checked ({error}).", "Try again in a moment."
        ) from error
    if wrong:
        raise damaged(path, _CHECKED)


def _checked(file: File, path: Path, progress: Progress) -> bool:
    if path.stat().st_size <= WHOLE_BYTES:
        progress.step(0, None, f"Checking {path.name}")
        return _is_wrong(file.execute("PRAGMA quick_check(1)").fetchall())
    tables = [
        str(name)
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if '"' not in name
    ]
    for number, table in enumerate(tables):
        progress.step(number, len(tables), f"Checking {path.name}")
        if _is_wrong(file.execute(f'PRAGMA quick_check("{table}")').fetchall()):
            return True
    return False


def _is_wrong(rows: Sequence[tuple[str, ...]]) -> bool:
    return [row[0] for row in rows] != ["ok"]


def is_damage(words: str) -> bool:
    """Whether an error of SQLite says that the file is damaged."""
    return any(
        sign in words for sign in ("malformed", "not a database", "encrypted", "can't decode")
    )


def damaged(path: Path, why: str = "") -> Damaged:
    """Return what is said of a desk whose file is damaged."""
    return Damaged(
        f"{path.name} is damaged.{f' {why}' if why else ''}",
        "Do not go on with this file: restore the newest good backup.",
        path,
    )


def readable(path: Path, key: DeskKey | None) -> Readable:
    """Return what can still be read out of a damaged file, which stays as it is."""
    try:
        with closing(open_file(path, "ro", key)) as file:
            return Readable(_count(file, _PEOPLE), _count(file, _ENTRIES), _newest(file))
    except errors():
        return Readable()


def _count(file: File, query: str) -> int | None:
    try:
        return int(file.execute(query).fetchone()[0])
    except errors():
        return None


def _newest(file: File) -> datetime | None:
    try:
        newest = str(file.execute(_NEWEST).fetchone()[0])
    except errors():
        return None
    try:
        return datetime.fromisoformat(newest)
    except ValueError:
        return None
