"""Backups: copying a desk, looking into a copy, comparing it with now, restoring it beside.

A copy is made by SQLite's own backup call between files of the same key, checked, written through
to the disk, given its name, and opened again before any older one is let go.  Nothing here ever
writes to the desk itself or over a file that is there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import EllipsisType

from apprentice_desk.domain.backup_schedule import is_stale
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.contents import (
    ErasedKey,
    all_in,
    changed_first_after,
    erased_in,
    held_in,
    looking_into,
    newest_in,
)
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.backup_comparing import Differences as Differences
from apprentice_desk.safekeeping.backup_comparing import difference
from apprentice_desk.safekeeping.copies import Backup as Backup
from apprentice_desk.safekeeping.copies import Made as Made
from apprentice_desk.safekeeping.copies import backups_of as backups_of
from apprentice_desk.safekeeping.copies import (
    folder_for,
    free_name,
    local,
    prune,
    refuse_to_change,
)
from apprentice_desk.safekeeping.copies import last_days as last_days
from apprentice_desk.safekeeping.copies import schedule_on as schedule_on
from apprentice_desk.safekeeping.copying import PART, copy_checked, fitting, part_in, write_through
from apprentice_desk.safekeeping.copying import Contents as Contents
from apprentice_desk.safekeeping.copying import OlderPassphrase as OlderPassphrase
from apprentice_desk.safekeeping.copying import look_into as look_into
from apprentice_desk.safekeeping.copying import verify as verify
from apprentice_desk.safekeeping.restoring import restore_beside as restore_beside

_PARTS_LAST_SECONDS = 3600
"""A copy that is so old and still not whole was left by a program that was ended."""


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
    schedule says; None where that is not so.  *newest* is the newest copy in any of the places,
    which was made now or has all that the desk has; None where a copy could not be made.
    """

    made: tuple[Backup, ...] = ()
    problems: tuple[tuple[Path, Problem], ...] = ()
    stale: BackedUp | None = None
    newest: Backup | None = None


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
    found_before: list[Backup] = []
    places = [desk.parent.absolute(), *([second.absolute()] if second is not None else [])]
    for place in places:
        try:
            copies = [each for each in backups_of(desk, places) if each.is_in(place)]
            found_before += copies
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
    good = made or ([] if problems else found_before)
    newest = max(good, key=lambda each: each.made_at, default=None)
    return KeptUp(tuple(made), tuple(problems), stale, newest)


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
    refuse_to_change(desk)
    made_at = local(now)
    with looking_into(desk, key) as file:
        held, erased = held_in(file), erased_in(file)
    folder = folder_for(desk, (place or desk.parent).absolute(), held.desk)
    _clear_parts(folder)
    _tell_of_erased(folder, erased)
    with part_in(folder) as part:
        contents = copy_checked(desk, part, key, progress)
        path = free_name(desk, folder, made_at, is_by_hand=is_by_hand)
        part.replace(path)
        write_through(folder)
    if look_into(path, key).number != contents.number:
        raise Problem(
            f"The backup {path.name} does not hold what was copied.",
            "Check the drive that it is on. The older backups were left as they are.",
        )
    prune(desk, (folder.parent,), held.desk, now, schedule_on(now))
    return next(each for each in backups_of(desk, (folder.parent,)) if each.path == path)


def _tell_of_erased(folder: Path, erased: tuple[ErasedKey, ...]) -> None:
    """Say beside the copies who was erased, so that nobody comes back with an older one."""
    if not erased:
        return
    from apprentice_desk.safekeeping import erasing  # slow to import, and seldom needed

    with suppress(Problem):  # restoring refuses a list that cannot be read; a copy is made yet
        erasing.keep_list(folder, erasing.read_erased(erased))


def in_a_database() -> Problem:
    """Return the Problem of a desk that is no file."""
    return Problem(
        "This desk is in a database, which Apprentice Desk does not back up.",
        "Whoever runs the database server backs it up; ask them how often, and for how long.",
    )


def _clear_parts(folder: Path) -> None:
    with suppress(OSError):
        for left in folder.glob(f".*{PART}*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _PARTS_LAST_SECONDS:
                    left.unlink()
