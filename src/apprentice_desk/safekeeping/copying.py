"""Copying one file of a desk whole, and looking into a copy.

A copy is written under a name that nobody takes for a copy, checked, and written through to the
disk; whoever asked for it gives it its name.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.contents import Held, faults_in, held_in, looking_into, orphans_in
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, salt_of
from apprentice_desk.records.soundness import damaged, is_damage
from apprentice_desk.safekeeping.copies import not_made

_PAGES_AT_ONCE = 2_000
"""So many pages (8 MB) are copied before whoever waits to write has a turn."""
_NOT_KEPT = "The copy of it is not sound, so it was not kept."
PART = ".part"
"""How a copy ends that is not whole yet."""


class OlderPassphrase(NeedsPassphrase):
    """The copy was made under another passphrase than the desk has now."""

    def __init__(self, name: str) -> None:
        Problem.__init__(
            self,
            f"{name} was made under an earlier passphrase.",
            "Give the passphrase that the desk had then.",
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds: people, entries, its newest change, when it was made, its format.

    *desk* is the key of the desk it is of, *organisation* whose that is, *number* and *changed_at*
    are those of the newest change.
    """

    people: int
    entries: int
    changed_at: datetime | None
    made_at: datetime
    format: str
    number: int
    desk: str
    organisation: str
    is_protected: bool


def fitting(path: Path, key: DeskKey | None) -> DeskKey | None:
    """Return the key for a copy: none for a plain one, else *key*.

    Raises NeedsPassphrase where *key* is None, OlderPassphrase where it is another's, Problem where
    the file cannot be read.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    if key is None:
        raise NeedsPassphrase(path.name)
    if salt != key.salt:
        raise OlderPassphrase(path.name)
    return key


def look_into(path: Path, key: DeskKey | None = None) -> Contents:
    """Return what a copy holds, without checking every page of it; raises as ``verify`` does."""
    fits = fitting(path, key)
    with looking_into(path, fits) as file:
        return _contents(path, held_in(file), is_protected=fits is not None)


def verify(path: Path, key: DeskKey | None = None, *, takes_orphans: bool = False) -> Contents:
    """Open a copy, check every page and every tie between its records, and say what it holds.

    With *takes_orphans* a record without the one that it belongs to is let pass.

    Raises NeedsPassphrase, OlderPassphrase or WrongPassphrase where *key* does not open it, and
    Problem, in words, where it is not there, no desk, or damaged.
    """
    fits = fitting(path, key)
    with looking_into(path, fits) as file:
        faults = faults_in(file) or (() if takes_orphans else orphans_in(file))
        if faults:
            raise Problem(
                f"{path.name} is damaged: {faults[0]}.",
                "Choose another copy; this one is left as it is.",
            )
        return _contents(path, held_in(file), is_protected=fits is not None)


def _contents(path: Path, held: Held, *, is_protected: bool) -> Contents:
    made_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return Contents(
        held.people,
        held.entries,
        held.changed_at,
        made_at,
        held.format,
        held.number,
        held.desk,
        held.organisation,
        is_protected,
    )


@contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """Turn what the system and the driver raise into a Problem about *folder*."""
    try:
        yield
    except OSError as error:
        raise not_made(folder, error) from error
    except errors() as error:
        raise Problem(
            f"No copy was made in {folder} ({error}).",
            "Free some space, or check the drive. The desk and older backups are as they were.",
        ) from error


def empty_file(path: Path) -> Path:
    """Make an empty file for its owner only."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


@contextmanager
def part_in(folder: Path) -> Iterator[Path]:
    """Give an empty file for its owner only, which is gone at the end unless it was renamed."""
    part = folder / f".{secrets.token_hex(8)}{PART}"
    with _said_of(folder):
        try:
            yield empty_file(part)
        finally:
            for left in (part, part.with_name(part.name + "-journal")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


@contextmanager
def private_folder_in(folder: Path) -> Iterator[Path]:
    """Give a folder for its owner only, which is gone at the end with all that is in it."""
    with (
        _said_of(folder),
        tempfile.TemporaryDirectory(
            prefix=".", suffix=PART, dir=folder, ignore_cleanup_errors=True
        ) as name,
    ):
        yield Path(name)


def copy_checked(
    source: Path, part: Path, key: DeskKey | None, progress: Progress | None
) -> Contents:
    """Copy a file into *part* by SQLite's backup call, check it and write it to the disk.

    Raises Damaged where *source* is: what has records without those that they belong to is copied
    all the same, since nothing is gained by having no copy of it.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress.step(total - remaining, total, "Copying")

    try:
        with (
            closing(open_file(source, "rw", key)) as file,
            closing(open_file(part, "rw", key)) as copy,
        ):
            copy.execute("PRAGMA synchronous = OFF")  # written through once, at the end
            file.backup(copy, pages=_PAGES_AT_ONCE, progress=told, sleep=0.05)
            if progress is not None:
                progress.step(0, None, "Checking")
            if faults_in(copy):
                raise damaged(source, _NOT_KEPT)
            held = held_in(copy)
    except errors() as error:
        if is_damage(str(error)):
            raise damaged(source, _NOT_KEPT) from error
        raise
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    return _contents(part, held, is_protected=key is not None)


def write_through(folder: Path) -> None:
    """Have the system write the folder's names to the disk, where it can be asked to."""
    if sys.platform == "win32":  # pragma: no cover - a folder cannot be opened there
        return
    with suppress(OSError):  # some network drives
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
