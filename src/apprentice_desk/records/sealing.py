"""A small sealed file beside a desk: an encrypted file of SQLite with one content in it.

So that what is kept beside an encrypted desk is encrypted in the same way and with the same key,
and any program that opens the desk opens it too.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from apprentice_desk.private_files import settle_name
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import SALT_BYTES, DeskKey

_CHUNK = 1024 * 1024


class NotOpenedError(ValueError):
    """The file is not sealed, is sealed with another key, or is damaged."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a desk's *key*."""

    key: DeskKey

    def close(self, path: Path, content: bytes) -> None:
        """Write *content* into the empty file at *path*; raises OSError where that fails."""
        try:
            with closing(open_file(path, "rw", self.key, isolation_level=None)) as file:
                file.execute("PRAGMA journal_mode = OFF")  # a new file: half of it is thrown away
                file.execute("PRAGMA synchronous = OFF")  # whoever puts it in its place sees to it
                file.execute("BEGIN")
                file.execute("CREATE TABLE sealed (content BLOB NOT NULL)")
                file.execute("INSERT INTO sealed VALUES (?)", (content,))
                file.execute("COMMIT")
        except errors() as error:
            raise OSError(f"not sealed: {error}") from error

    def open(self, path: Path) -> bytes:
        """Return what was sealed at *path*.

        Raises NotOpenedError where the key does not open it, and OSError where it is not there.
        """
        if not path.exists():
            raise FileNotFoundError(path)
        try:
            with closing(open_file(path, "ro", self.key)) as file:
                row = file.execute("SELECT content FROM sealed").fetchone()
        except errors() as error:
            raise NotOpenedError("not opened") from error
        if row is None or not isinstance(row[0], bytes):
            raise NotOpenedError("not opened")
        return row[0]

    def is_on(self, path: Path) -> bool:
        """Whether the file at *path* begins as one with this seal does.

        Raises OSError where it cannot be read.
        """
        with path.open("rb") as file:
            return file.read(SALT_BYTES) == self.key.salt


def seal_of(key: DeskKey | None) -> Seal | None:
    """Return the seal of a desk's *key*; None for a plain desk."""
    return None if key is None else Seal(key)


def put_in_place(path: Path, fresh: Path) -> bool:
    """Put *fresh* in the place of *path* in one move, and write over what stood there.

    Return whether that was written over.  A file with a second name elsewhere (a copy made by
    linking) is not written over, nor is what a link leads to: that is somebody's own.  Raises
    OSError where nothing was moved.
    """
    is_link = path.is_symlink()  # what it leads to is not ours to write over
    if is_link or not path.exists():
        fresh.replace(path)
        return not is_link
    if sys.platform == "win32":  # pragma: no cover - a file that is open cannot be replaced there
        aside = path.with_name(f".{path.name}.old")
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
            os.link(path, aside)
        fresh.replace(path)
        if not aside.exists():
            return False
        with aside.open("rb+", buffering=0) as file:
            is_overwritten = write_over(file.fileno())
        aside.unlink()
        return is_overwritten
    with path.open("rb+", buffering=0) as file:
        is_alone = os.fstat(file.fileno()).st_nlink == 1
        fresh.replace(path)
        settle_name(path.parent)
        return is_alone and write_over(file.fileno())


def write_over(handle: int) -> bool:
    """Write over every byte of an open file; return whether that succeeded."""
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        while left > 0:
            left -= os.write(handle, secrets.token_bytes(min(left, _CHUNK)))
        os.fsync(handle)
    except OSError:
        return False
    return True
