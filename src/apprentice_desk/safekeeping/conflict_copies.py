"""Second files of a desk that a tool for keeping folders in step made: found, and never touched.

Of the files beside a desk those count whose name is that of a second file of it and which are
desks of the same organisation.  What is encrypted with another passphrase cannot be looked into:
it is listed, and asked for its passphrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from apprentice_desk.domain.conflict_names import conflict_of
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.beside import organisation_in
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase, salt_of

_ENDING = ".desk"


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """One second file; *tool* made it, "" where its name does not say."""

    path: Path
    tool: str
    changed_at: datetime
    """When the file was written last, by the file system's word."""
    needs_passphrase: bool = False
    """It is encrypted otherwise than the desk, so nobody knows yet whether it is the same one."""
    is_first: bool = False
    """The desk that was asked about is the second file, and this is the one it was made from."""


def copies_beside(desk: Path, organisation: str, key: DeskKey | None) -> tuple[ConflictCopy, ...]:
    """Return the second files beside *desk*, the newest first.

    *organisation* is the key of the desk's own, in hexadecimal, *key* what opens it.  A folder
    that cannot be read has none; neither is a file that is no desk or of another organisation.
    """
    found = []
    for path, tool, is_first in _named_alike(desk):
        try:
            changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            own_key = key if salt_of(path) is not None else None
            if organisation_in(path, own_key) != organisation:
                continue
        except (NeedsPassphrase, WrongPassphrase):
            found.append(ConflictCopy(path, tool, changed_at, True, is_first))
            continue
        except (OSError, Problem):
            continue
        found.append(ConflictCopy(path, tool, changed_at, False, is_first))
    return tuple(sorted(found, key=lambda each: each.changed_at, reverse=True))


def _named_alike(desk: Path) -> list[tuple[Path, str, bool]]:
    """The files beside *desk* by whose names one is the other's second, with the tool."""
    try:
        names = sorted(path.name for path in desk.parent.iterdir())
    except OSError:
        return []
    found = []
    for name in names:
        path = desk.parent / name
        if path.suffix.casefold() != _ENDING or name == desk.name:
            continue
        tool = conflict_of(desk.stem, path.stem)
        is_first = tool is None
        if is_first:
            tool = conflict_of(path.stem, desk.stem)
        if tool is not None and not _is_one_file(path, desk):
            found.append((path, tool, is_first))
    return found


def _is_one_file(path: Path, desk: Path) -> bool:
    """Whether two names are one file: looked into, it would lose the locks that we hold on it."""
    try:
        return path.samefile(desk)
    except OSError:
        return True  # gone meanwhile, or not to be asked: left alone
