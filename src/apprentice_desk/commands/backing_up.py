"""Backing a desk up, looking whether copies are good, and making a desk of one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from apprentice_desk.commands import passphrases
from apprentice_desk.commands.desks import person
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.marks import HEAD
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.backup import Contents
from apprentice_desk.safekeeping.ledger import note_copy


def back_up(location: str, now: datetime, to: str = "") -> int:
    """Copy the desk into the folder of its backups, beside it or in the folder *to*."""
    if is_address(location):
        raise backup.in_a_database()
    path, key = Path(location), passphrases.key_of(location)
    made = backup.make_backup(path, key, now, place=Path(to) if to else None, is_by_hand=True)
    held = backup.verify(made.path, key)
    print(f"Backed up to {made.path}: {in_words(held)}.")
    if to and Path(to).absolute() != path.absolute().parent:
        why = _note(path, key, made.path, now, held)
        if why:
            print(f"It is not noted under “What left”: {why}")
    return 0


def _note(desk: Path, key: DeskKey | None, copy: Path, now: datetime, held: Contents) -> str:
    """Note a copy that was put elsewhere in the desk's ledger; return why not, else ""."""
    if held.format != HEAD:
        return "the desk has an older format, which a copy leaves as it is."
    try:
        with closing(open_store(desk, person=person(), key=key)) as store:
            note_copy(store, copy, now)
    except Problem as problem:  # somebody has it open, or it may not be written to
        return problem.what
    return ""


def restore(file: str, to: str) -> int:
    """Make a desk at *to* of a copy; the copy stays as it is."""
    path = Path(file)
    key = passphrases.key_of(path)
    made = backup.restore_beside(path, key, Path(to))
    print(f"Restored as {made}: {in_words(backup.look_into(made, key))}.")
    return 0


def verify(files: Iterable[str]) -> int:
    """Check each file whole, and say what it holds; 1 where one is not good."""
    is_bad = False
    for file in files:
        path = Path(file)
        try:
            print(f"ok    {path.name}: {in_words(backup.verify(path, passphrases.key_of(path)))}")
        except Problem as problem:
            is_bad = True
            print(f"FAIL  {path.name}: {problem}")
    return int(is_bad)


def in_words(held: Contents) -> str:
    """Return what a copy holds: "24 people, 3,515 entries, last change on 29 Nov 2026, 09:12"."""
    people = "1 person" if held.people == 1 else f"{held.people:,} people"
    entries = "1 entry" if held.entries == 1 else f"{held.entries:,} entries"
    changed = ""
    if held.changed_at is not None:
        changed = f", last change on {show_instant(held.changed_at)}"
    protected = ", with a passphrase" if held.is_protected else ""
    return f"{people}, {entries}{changed}, format {held.format}{protected}"
