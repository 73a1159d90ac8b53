"""What can be done about a damaged desk: its newest good backup, and what would be missing in it.

The damaged file is read where it can be, and never written to.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.two_logs import LogLine
from apprentice_desk.records import soundness
from apprentice_desk.records.beside import compare_logs
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase, derive, salt_of
from apprentice_desk.records.soundness import Readable
from apprentice_desk.safekeeping.backup import (
    Backup,
    Contents,
    backups_of,
    compare,
    restore_beside,
    verify,
)


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was found for the damaged desk at *path*."""

    path: Path
    readable: Readable
    backup: Backup | None
    """The newest copy that passed its whole check; None where there is none."""
    contents: Contents | None
    """What that copy holds."""
    bad: tuple[Path, ...]
    """Newer copies that are not good either."""
    sealed: tuple[Path, ...]
    """Newer copies that another passphrase opens, or that were asked for one in vain."""
    missing: tuple[LogLine, ...] | None
    """The changes that the copy lacks, oldest first; None where the damaged file does not say."""
    differences: tuple[str, ...] = ()
    """What else the copy lacks, in sentences, where the damaged file can still be read."""

    @property
    def is_any_help(self) -> bool:
        """Whether there is anything to restore or to read."""
        return self.backup is not None or bool(self.sealed) or self.readable.is_any

    @property
    def missing_in_words(self) -> str:
        """What would be missing after restoring the copy, in one sentence."""
        if self.contents is None:
            return ""
        if self.missing is None:
            return "Whatever was saved after its newest change: the damaged file does not say what."
        if not self.missing:
            return "Nothing: it has every change that the damaged file has."
        return (
            f"{counted(len(self.missing), 'change')}, the first of them “{self.missing[0].label}”."
        )


def look_for_rescue(
    path: Path,
    key: DeskKey | None,
    places: Iterable[Path] = (),
    progress: Progress | None = None,
) -> Rescue:
    """Look what can be read of the desk at *path*, and for its newest good copy.

    *key* is that of the desk, None for a plain one; *places* are other folders with copies.
    Raises Cancelled when stopped.
    """
    progress = progress or Progress()
    progress.step(0, None, f"Looking what can be read of {path.name}")
    readable = soundness.readable(path, key)
    bad: list[Path] = []
    sealed: list[Path] = []
    for copy in backups_of(path, places):
        progress.step(0, None, f"Checking {copy.path.name}")
        try:
            contents = verify(copy.path, key)
        except (NeedsPassphrase, WrongPassphrase):
            sealed.append(copy.path)
            continue
        except Problem:
            bad.append(copy.path)
            continue
        missing, differences = _lacks(copy.path, path, key)
        return Rescue(
            path, readable, copy, contents, tuple(bad), tuple(sealed), missing, differences
        )
    return Rescue(path, readable, None, None, tuple(bad), tuple(sealed), None)


def _lacks(
    copy: Path, path: Path, key: DeskKey | None
) -> tuple[tuple[LogLine, ...] | None, tuple[str, ...]]:
    """What the damaged desk at *path* has and *copy* has not, as far as it can be read."""
    try:
        copy_key = key if salt_of(copy) is not None else None
        missing = compare_logs(copy, path, copy_key, key).there
    except Problem:
        return None, ()
    with suppress(Problem):
        found = compare(copy, path, copy_key, key)
        people = [each for each in found.sentences if "change" not in each]
        return missing, tuple(people)
    return missing, ()


def key_with_a_copys_salt(
    path: Path, passphrase: str, places: Iterable[Path] = ()
) -> DeskKey | None:
    """Return the key that *passphrase* gives with the salt of one of the desk's copies.

    Only where it fits pages of the desk at *path*, whose own salt, the first 16 bytes, is then
    damaged: that tells this from a wrong passphrase, and opens what is left.  None otherwise.
    Each salt that is tried takes about 0.2 s; copies of one passphrase share theirs.
    """
    with suppress(Problem):
        tried = {salt_of(path)}
        for copy in backups_of(path, places):
            salt = salt_of(copy.path)
            if salt is None or salt in tried:
                continue
            tried.add(salt)
            key = derive(passphrase, salt)
            if soundness.is_key_of_later_pages(path, key):
                return key
    return None


def restore(rescue: Rescue, key: DeskKey | None, today: date, places: Iterable[Path] = ()) -> Path:
    """Restore the copy that was found beside the damaged desk, and return where it stands.

    Whoever was erased since the copy was made is taken out again, by the lists that lie beside the
    backups.  Raises Problem where it cannot be made, and nothing is left then.
    """
    from apprentice_desk.safekeeping import erasing  # SQLAlchemy, which looking does without

    copy = rescue.backup
    if copy is None:
        raise Problem("There is no good backup to restore.", "Look for one in another place.")
    folders = {each.path.parent for each in backups_of(rescue.path, places)}
    erased = [each for folder in folders for each in erasing.listed(folder)]
    return restore_beside(copy.path, key, free_place_beside(rescue.path, today), erased=erased)


def free_place_beside(path: Path, today: date) -> Path:
    """Return where a copy of the desk at *path* can be restored: beside it, under a free name."""
    stem = f"{path.stem} restored {today.isoformat()}"
    place, turn = path.with_name(f"{stem}.desk"), 2
    while place.exists():
        place, turn = path.with_name(f"{stem} ({turn}).desk"), turn + 1
    return place
