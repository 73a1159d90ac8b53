"""One file of SQLite made anew with another key, or without one, and put in its own place.

The new file is written beside the old one under a name that ends in ``.fresh``, by
``sqlcipher_export``; it is closed, opened again with its key, checked and compared, written through
to the disk, and only then takes the old one's place in one move.  Until then the old file is not
touched; a file left over by a kill is written over by the next attempt.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.doors import (
    NOT_A_DATABASE,
    File,
    attach,
    errors,
    open_file,
    open_workbench,
)
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.sealing import put_in_place, write_over

_JOURNAL_BEGINS = 8
_MARKS = ("application_id", "user_version")
"""What a file's header says besides; ``sqlcipher_export`` leaves it out."""


@dataclass(frozen=True, slots=True)
class Recrypted:
    """What was compared, and whether the old file's bytes were written over."""

    tables: int
    rows: int
    is_overwritten: bool


def fresh_name(path: Path) -> Path:
    """Return where the new file is written before it takes the place of *path*."""
    return path.with_name(f".{path.name}.fresh")


def recrypt(
    path: Path,
    old: DeskKey | None,
    new: DeskKey | None,
    progress: Progress,
    total: int = 1,
    done: int = 0,
) -> Recrypted:
    """Make the file at *path*, whose key is *old*, anew with the key *new* in its place.

    Raises NeedsPassphrase, WrongPassphrase or Problem, and Cancelled after Stop; the file is then
    as it was.  Nobody may have a connection to it.
    """
    path = path.resolve()  # a link stays a link
    fresh = fresh_name(path)
    doing = f"Writing {path.name}"
    progress.step(done, total, doing)
    _refuse_missing(path)
    try:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()  # of an attempt that was killed
        private_files.make(fresh)
        try:
            counts = _export(path, old, fresh, new, progress, (done, total, doing))
            progress.step(done, total, doing)
            _check(path, fresh, new, counts)
            shutil.copymode(path, fresh)  # whoever could read it before still can
            _to_disk(fresh)
            progress.step(done, total, doing)
            _drop_dead_journal(path)
            is_overwritten = put_in_place(path, fresh)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return Recrypted(len(counts), sum(counts.values()), is_overwritten)


def unwritable(path: Path, error: OSError) -> Problem:
    """Return what is said where nothing could be written beside the file at *path*."""
    return Problem(
        f"{path.name} was not given its new key: its folder cannot be written to"
        f" ({error.strerror or error}).",
        "It is as it was. Free some space, or ask for the right to write there.",
    )


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise Problem(
            f"There is no desk at {path}, so nothing was changed.",
            "Check the name and the folder, and that its drive is connected.",
        )


def _export(
    path: Path,
    old: DeskKey | None,
    fresh: Path,
    new: DeskKey | None,
    progress: Progress,
    step: tuple[int, int, str],
) -> dict[str, int]:
    """Write the content of *path* into *fresh*; return how many rows each table has."""
    try:
        with closing(open_workbench()) as bench:
            attach(bench, path, "rw", old, "old")
            bench.execute("SELECT count(*) FROM old.sqlite_master").fetchone()
            attach(bench, fresh, "rwc", new, "fresh")
            bench.execute("PRAGMA fresh.journal_mode = OFF")  # what is half done is thrown away
            bench.execute("PRAGMA fresh.synchronous = OFF")  # written through once, at the end
            bench.execute("BEGIN IMMEDIATE")  # nobody writes to the old one meanwhile
            progress.step(*step)
            bench.execute("SELECT sqlcipher_export('fresh', 'old')").fetchone()
            for mark in _MARKS:
                (value,) = bench.execute(f"PRAGMA old.{mark}").fetchone()
                bench.execute(f"PRAGMA fresh.{mark} = {value}")
            schema = [_schema(bench, name) for name in ("old", "fresh")]
            counts = [_counts(bench, name) for name in ("old", "fresh")]
            bench.execute("COMMIT")
    except errors() as error:
        raise _said(path, old, str(error)) from error
    if schema[0] != schema[1] or counts[0] != counts[1]:
        raise _no_match(path)
    return counts[0]


def _check(path: Path, fresh: Path, new: DeskKey | None, counts: dict[str, int]) -> None:
    """Open what was written with its new key, as the program will, and compare."""
    try:
        with closing(open_file(fresh, "ro", new)) as file:
            is_sound = file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not is_sound or _counts(file, "main") != counts:
                raise _no_match(path)
    except errors() as error:
        raise _no_match(path) from error


def _schema(file: File, name: str) -> list[tuple[str, ...]]:
    query = f"SELECT type, name, tbl_name, sql FROM {name}.sqlite_master ORDER BY type, name"  # noqa: S608
    return [tuple(row) for row in file.execute(query)]


def _counts(file: File, name: str) -> dict[str, int]:
    """Return how many rows each table of a file has; *name* is one of ours."""
    tables = f"SELECT name FROM {name}.sqlite_master WHERE type = 'table'"  # noqa: S608
    return {
        table: file.execute(f"SELECT count(*) FROM {name}.{_quoted(table)}").fetchone()[0]  # noqa: S608
        for (table,) in file.execute(tables).fetchall()
    }


def _quoted(table: str) -> str:
    """Return a table's name as SQL takes any name."""
    return '"' + table.replace('"', '""') + '"'


def _said(path: Path, old: DeskKey | None, words: str) -> Problem:
    """Return what SQLite's *words* mean for whoever gives a desk another key."""
    if NOT_A_DATABASE in words or "encrypted" in words:
        return NeedsPassphrase(path.name) if old is None else WrongPassphrase(path.name)
    if "is locked" in words:
        return Problem(
            f"{path.name} was not given its new key: somebody else has it open.",
            "Ask them to close it, and try again.",
        )
    if "is full" in words:
        return Problem(
            f"{path.name} was not given its new key: the disk is full.",
            "It is as it was. It needs room for itself once more; free some space and try again.",
        )
    if "malformed" in words:
        return Problem(
            f"{path.name} was not given its new key: the file is damaged.",
            "It is as it was. Restore a backup; do not go on with this file.",
        )
    return Problem(
        f"{path.name} was not given its new key: it could not be read or written ({words}).",
        "It is as it was. Check the drive and its folder, then try again.",
    )


def _no_match(path: Path) -> Problem:
    return Problem(
        f"{path.name} was not given its new key: what was written does not match it.",
        "It is as it was. Check the disk, then try again.",
    )


def _drop_dead_journal(path: Path) -> None:
    """Write over and remove the journal that a killed program left, with pages of the old file.

    One that says how to go back was used when the file was read, and is gone.  One whose program
    was killed before it had said so begins with zeros; SQLite leaves it until the next change, and
    it must not stand beside the new file.
    """
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists():
        return
    with journal.open("rb+", buffering=0) as file:
        if any(file.read(_JOURNAL_BEGINS)):
            raise Problem(
                f"{path.name} was not given its new key: somebody else is writing to it.",
                "Ask them to close it, and try again.",
            )
        write_over(file.fileno())
    journal.unlink()


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
