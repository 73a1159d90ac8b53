"""Backups: copying a desk, looking into a copy, comparing it with now, restoring it beside.

A copy is made by SQLite's own backup call between files of the same key, checked, written through
to the disk, given its name, and opened again before any older one is let go.  Nothing here ever
writes to the desk itself or over a file that is there.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import EllipsisType

from apprentice_desk import resources
from apprentice_desk.domain.backup_schedule import Schedule, is_stale
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.contents import (
    Held,
    all_in,
    changed_first_after,
    faults_in,
    held_in,
    looking_into,
    newest_in,
)
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, salt_of
from apprentice_desk.safekeeping.backup_comparing import Differences as Differences
from apprentice_desk.safekeeping.backup_comparing import difference
from apprentice_desk.safekeeping.copies import Backup as Backup
from apprentice_desk.safekeeping.copies import Made as Made
from apprentice_desk.safekeeping.copies import backups_of as backups_of
from apprentice_desk.safekeeping.copies import (
    folder_for,
    free_name,
    local,
    not_made,
    prune,
)
from apprentice_desk.safekeeping.copies import last_days as last_days

_PAGES_AT_ONCE = 2_000
"""So many pages (8 MB) are copied before whoever waits to write has a turn."""
_PART = ".part"
_PARTS_LAST_SECONDS = 3600
"""A copy that is so old and still not whole was left by a program that was ended."""


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


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How a desk stands against its newest good copy.

    *newest* is None without one.  *unsaved_since* is when the first change was made that is in no
    copy; None where all are.
    """

    newest: Backup | None
    unsaved_since: datetime | None

    @property
    def is_due(self) -> bool:
        """Whether something was changed that is in no copy."""
        return self.unsaved_since is not None


@dataclass(frozen=True, slots=True)
class KeptUp:
    """What ``keep_up`` did: the copies that were made, and what stood in the way, by place.

    *stale* is how the desk stands where what was changed is in no good copy for longer than the
    schedule says; None where that is not so.
    """

    made: tuple[Backup, ...] = ()
    problems: tuple[tuple[Path, Problem], ...] = ()
    stale: BackedUp | None = None


def schedule_on(now: datetime) -> Schedule:
    """Return the schedule in force."""
    return in_force(resources.backup_schedules(), local(now).date(), "Which backups are kept")


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


def verify(path: Path, key: DeskKey | None = None) -> Contents:
    """Open a copy, check every page and every tie between its records, and say what it holds.

    Raises NeedsPassphrase, OlderPassphrase or WrongPassphrase where *key* does not open it, and
    Problem, in words, where it is not there, no desk, or damaged.
    """
    fits = fitting(path, key)
    with looking_into(path, fits) as file:
        faults = faults_in(file)
        if faults:
            raise Problem(
                f"{path.name} is damaged: {faults[0]}.",
                "Choose another copy; this one is left as it is.",
            )
        return _contents(path, held_in(file), is_protected=fits is not None)


def compare(
    backup: Path,
    now: Path,
    key: DeskKey | None = None,
    now_key: DeskKey | EllipsisType | None = ...,
) -> Differences:
    """Return in what a copy differs from the desk at *now*.

    *key* opens the copy, and the desk too unless *now_key* is given.  Raises as ``verify``.
    """
    with looking_into(backup, fitting(backup, key)) as file:
        then = all_in(file)
    with looking_into(now, key if isinstance(now_key, EllipsisType) else now_key) as file:
        return difference(then, all_in(file))


def backed_up(desk: Path, key: DeskKey | None, places: Iterable[Path] = ()) -> BackedUp:
    """Return how the desk stands against the newest of its copies that opens.

    Raises Problem where the desk itself cannot be read.
    """
    return _standing(desk, key, backups_of(desk, places))


def _standing(desk: Path, key: DeskKey | None, copies: Iterable[Backup]) -> BackedUp:
    with looking_into(desk, key) as file:
        desk_id, number = newest_in(file)
        for copy in copies:
            if copy.desk not in ("", desk_id):
                continue
            with suppress(Problem):  # a copy that does not open is as good as none
                with looking_into(copy.path, fitting(copy.path, key)) as copied:
                    whose, copied_number = newest_in(copied)
                if whose == desk_id:
                    in_copy = copied_number if copied_number <= number else number - 1
                    return BackedUp(copy, changed_first_after(file, in_copy))
        return BackedUp(None, changed_first_after(file, 0))


def keep_up(
    desk: Path,
    key: DeskKey | None,
    now: datetime,
    second: Path | None = None,
    progress: Progress | None = None,
    *,
    is_by_hand: bool = False,
) -> KeptUp:
    """Make a copy beside the desk, and in the *second* place, where it changed since the last.

    Whoever asks for one (*is_by_hand*) gets it in any case.  One place that cannot be written to
    keeps nobody from the other.  Raises Cancelled when stopped.
    """
    made: list[Backup] = []
    problems: list[tuple[Path, Problem]] = []
    places = [desk.parent.absolute(), *([second.absolute()] if second is not None else [])]
    for place in places:
        try:
            copies = [each for each in backups_of(desk, places) if each.is_in(place)]
            if is_by_hand or not place.is_dir() or _standing(desk, key, copies).is_due:
                made.append(
                    make_backup(
                        desk, key, now, place=place, is_by_hand=is_by_hand, progress=progress
                    )
                )
        except Problem as problem:
            problems.append((place, problem))
    stale = None
    if problems:
        with suppress(Problem):  # it was said already
            found = backed_up(desk, key, places)
            if is_stale(found.unsaved_since, now, schedule_on(now)):
                stale = found
    return KeptUp(tuple(made), tuple(problems), stale)


def check_second_place(desk: Path, folder: Path) -> None:
    """Raise Problem where copies of the desk cannot be kept in *folder* besides."""
    place, own = folder.absolute(), desk.absolute().parent
    if place == own or (own in place.parents and place.name.startswith(f"{desk.stem} backups")):
        raise Problem(
            "Copies are kept there already: it is the desk's own folder.",
            "Choose a folder on another drive, so that one of the two is left when a disk fails.",
        )
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise Problem(
            f"Nothing can be written in {place}.", "Choose another folder, or ask for the right to."
        )


def make_backup(
    desk: Path | str,
    key: DeskKey | None,
    now: datetime,
    *,
    place: Path | None = None,
    is_by_hand: bool = False,
    progress: Progress | None = None,
) -> Backup:
    """Copy the desk into the folder of its backups, check the copy, and let go of what is too old.

    *place* is another folder than the desk's own.  The desk may be open and be written to
    meanwhile; the copy is then of what is there at the end.  Raises Cancelled when stopped, and
    Problem when no good copy could be made; none is left half made, and no older one is touched.
    """
    if is_address(desk):
        raise in_a_database()
    desk = Path(desk)
    made_at = local(now)
    with looking_into(desk, key) as file:
        held = held_in(file)
    folder = folder_for(desk, (place or desk.parent).absolute(), held.desk)
    _clear_parts(folder)
    with _part_in(folder) as part:
        contents = _copy(desk, part, key, progress)
        path = free_name(desk, folder, made_at, is_by_hand=is_by_hand)
        part.replace(path)
        _write_through(folder)
    if look_into(path, key).number != contents.number:
        raise Problem(
            f"The backup {path.name} does not hold what was copied.",
            "Check the drive that it is on. The older backups were left as they are.",
        )
    prune(desk, (folder.parent,), held.desk, now, schedule_on(now))
    made = Made.BY_HAND if is_by_hand else Made.BY_ITSELF
    return Backup(
        path, made_at.replace(second=0, microsecond=0), path.stat().st_size, made, held.desk
    )


def in_a_database() -> Problem:
    """Return the Problem of a desk that is no file."""
    return Problem(
        "This desk is in a database, which Apprentice Desk does not back up.",
        "Whoever runs the database server backs it up; ask them how often, and for how long.",
    )


def restore_beside(
    backup: Path,
    key: DeskKey | None,
    to: Path,
    *,
    erase: Callable[[Path, DeskKey | None], object] | None = None,
) -> Path:
    """Make a desk at *to* of a copy, which stays as it is; return its path.

    *erase* is called with the new file and its key before it has its name, to take out again who
    was erased since.  Raises Problem where a file is at *to* already, the copy is not good or the
    folder cannot be written to; nothing is left half made then.
    """
    if to.exists():
        raise Problem(
            f"{to.name} exists already and was left as it is.", "Choose another file name."
        )
    if not to.parent.is_dir():
        raise Problem(
            f"Nothing was restored: there is no folder {to.parent}.", "Choose another folder."
        )
    fits = fitting(backup, key)
    verify(backup, fits)
    with _private_folder_in(to.parent) as private:
        restored = private / to.name
        _copy(backup, _empty(restored), fits, None)
        if erase is not None:
            erase(restored, fits)
        try:
            os.link(restored, to)  # unlike a rename it never takes another file's place
        except FileExistsError as error:
            raise Problem(
                f"{to.name} exists already and was left as it is.", "Choose another file name."
            ) from error
        except OSError:  # a file system without links
            restored.replace(to)
        _write_through(to.parent)
    return to


# --- copying ------------------------------------------------------------------------------------


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


def _empty(path: Path) -> Path:
    """Make an empty file for its owner only."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


@contextmanager
def _part_in(folder: Path) -> Iterator[Path]:
    """Give an empty file for its owner only, which is gone at the end unless it was renamed."""
    part = folder / f".{secrets.token_hex(8)}{_PART}"
    with _said_of(folder):
        try:
            yield _empty(part)
        finally:
            for left in (part, part.with_name(part.name + "-journal")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


@contextmanager
def _private_folder_in(folder: Path) -> Iterator[Path]:
    """Give a folder for its owner only, which is gone at the end with all that is in it."""
    with (
        _said_of(folder),
        tempfile.TemporaryDirectory(
            prefix=".", suffix=_PART, dir=folder, ignore_cleanup_errors=True
        ) as name,
    ):
        yield Path(name)


def _copy(source: Path, part: Path, key: DeskKey | None, progress: Progress | None) -> Contents:
    """Copy a file into *part* by SQLite's backup call, check it and write it to the disk."""

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress.step(total - remaining, total, "Copying")

    with (
        closing(open_file(source, "rw", key)) as file,
        closing(open_file(part, "rw", key)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")  # written through once, at the end
        file.backup(copy, pages=_PAGES_AT_ONCE, progress=told, sleep=0.05)
        if progress is not None:
            progress.step(0, None, "Checking")
        faults = faults_in(copy)
        if faults:
            raise Problem(
                f"The copy of {source.name} is not sound, so it was not kept: {faults[0]}.",
                "The desk itself may be damaged. Close it, and restore an older backup beside it.",
            )
        held = held_in(copy)
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    return _contents(part, held, is_protected=key is not None)


def _write_through(folder: Path) -> None:
    """Have the system write the folder's names to the disk, where it can be asked to."""
    if sys.platform == "win32":  # pragma: no cover - a folder cannot be opened there
        return
    with suppress(OSError):  # some network drives
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear_parts(folder: Path) -> None:
    with suppress(OSError):
        for left in folder.glob(f".*{_PART}*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _PARTS_LAST_SECONDS:
                    left.unlink()
