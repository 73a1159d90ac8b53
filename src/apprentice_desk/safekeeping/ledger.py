"""Noting files that left in the desk's ledger, and asking whether a file came from here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from apprentice_desk.clock import SystemClock
from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind, LeftRow
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import leaving
from apprentice_desk.records.store import Store

Leaves = Sequence[tuple[Path, Going]]
"""Files that were saved, each with what it is and who is in it."""

_MOST_NAMED = 200
_LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Compared:
    """A file held against the ledger, and the lines with exactly its bytes, the newest first."""

    facts: FileFacts
    same: tuple[LeftRow, ...]


def facts_of(path: str | Path) -> FileFacts:
    """Return a file's name, size and fingerprint, read piece by piece.

    Raises Problem where it cannot be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be read ({error.strerror}).",
            "Check that it is still there, and that no other program holds on to it.",
        ) from error
    return FileFacts(path.name, size, digest)


def note_left(store: Store, leaves: Leaves, at: datetime | None = None) -> tuple[UUID, ...]:
    """Write files that were saved into the ledger, as one final change; return the lines' keys.

    Nothing is noted in a desk that is open to read only.  *at* is when they left, now where it is
    None.  Raises Problem where a file is gone already, or the desk cannot be written to.
    """
    if store.is_read_only or not leaves:
        return ()
    at = at or SystemClock().now()
    facts = [facts_of(path) for path, _going in leaves]
    with store.change(_label(leaves), is_final=True) as session:
        return tuple(
            leaving.record_left(session, going, each, at, store.person)
            for each, (_path, going) in zip(facts, leaves, strict=True)
        )


def note_copy(
    store: Store, copy: Path, at: datetime | None = None, *, later_ones_too: bool = False
) -> tuple[UUID, ...]:
    """Write a copy of the whole desk, which went to another place than beside it, into the ledger.

    Everybody is in it.  With *later_ones_too* the line stands for all that will be made there, or
    each would make a change, and each change another copy.  Raises as ``note_left``.
    """
    note = f"Kept in {copy.parent}."
    if later_ones_too:
        note += " So is every later copy, which is not noted again."
    given = GivenTo("", "In case the desk is lost or damaged", note[:_LONGEST_NOTE])
    people = store.read(leaving.everybody)
    going = Going(LeftKind.BACKUP, apprentices=people, count=0, given=given)
    return note_left(store, [(copy, going)], at)


def _label(leaves: Leaves) -> str:
    path, going = leaves[0]
    kind = going.kind.value
    if len(leaves) == 1:
        return f"Save “{path.name[:_MOST_NAMED]}” ({kind})"
    return f"Save {len(leaves)} files ({kind} and so on)"


def compare_file(store: Store, path: str | Path) -> Compared:
    """Return where in the ledger a file stands with exactly these bytes.

    A file that was changed since, or only saved again by another program, has other bytes and is
    not found.  Raises Problem where it cannot be read.
    """
    facts = facts_of(path)
    return Compared(facts, store.read(leaving.files_like, facts.sha256))
