"""The copies of a desk as files: where they stand, how they are named, which may go.

Beside the desk, and in a second place where one is given, stands a folder ``hackney backups`` with
``hackney 2026-11-29 0914.desk`` in it; one that a person asked for says ``by hand``.  Files and
folder are for their owner only.  A small file in the folder says of which desk the copies are, by
its key and without a name, so that two desks of one name are never taken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from apprentice_desk import private_files, resources
from apprentice_desk.domain.backup_schedule import Copied, Schedule, held_until, may_go
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.holding import NotWritable

MARK = "of.txt"
BEFORE_FORMAT = " before format "
"""What the name of a copy has that was made before the desk's format changed."""
_BY_HAND = " by hand"
_FOLDER = " backups"
_STAMP = "%Y-%m-%d %H%M"
_NAMED = re.compile(rf"(.+) \d{{4}}-\d{{2}}-\d{{2}} \d{{4}}(?:{_BY_HAND})?(?: \(\d+\))?")
_TURN = timedelta(microseconds=1)
_A_SECOND = timedelta(seconds=1)
"""More than all turns of a minute: a copy made just now is not dated ahead."""
_MOST_AT_ONCE = 10
"""So many copies go at one time at the most: a clock that is years ahead takes not all of them."""


class Made(StrEnum):
    """Why a copy was made, in words."""

    BY_ITSELF = "by itself"
    BY_HAND = "by hand"
    BEFORE_FORMAT = "before a new format"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a desk: where it is, when and why it was made, how large.

    *made_at* is a time on the clock on the wall, with its offset.  *desk* is the key of the desk
    that its folder is for; "" where it does not say.
    """

    path: Path
    made_at: datetime
    size_bytes: int
    made: Made
    desk: str = ""

    def is_in(self, place: Path) -> bool:
        """Whether it was made in that place by the schedule or by hand."""
        return self.made is not Made.BEFORE_FORMAT and self.path.parent.parent == place

    @property
    def copied(self) -> Copied:
        """What the schedule asks of it."""
        return Copied(self.made_at, is_by_hand=self.made is Made.BY_HAND)


def local(instant: datetime) -> datetime:
    """Return an instant as the clock on the wall shows it."""
    return instant.astimezone()


def schedule_on(now: datetime) -> Schedule:
    """Return the schedule in force."""
    return in_force(resources.backup_schedules(), local(now).date(), "Which backups are kept")


def desk_of(path: Path) -> Path | None:
    """Return where the desk stands, or stood, that the file at *path* is a backup of.

    None for a file that is none: a backup stands under its own name in a folder of backups.
    """
    named, folder = _NAMED.fullmatch(path.stem), path.absolute().parent
    if named is None or not _mark_of(folder):
        return None
    if not re.fullmatch(re.escape(named[1] + _FOLDER) + r"(?: \d+)?", folder.name):
        return None
    return folder.parent / f"{named[1]}{path.suffix}"


def refuse_to_change(path: Path) -> None:
    """Raise NotWritable where the file at *path* is a backup.

    What was done in it would go with it, and whoever was erased since would be back.
    """
    desk = desk_of(path)
    if desk is not None:
        raise NotWritable(
            f"{path.name} is a backup of {desk.name}, so it was not opened for changes: backups"
            " are removed once they are too old, and whoever was erased since is still in it.",
            "Open it to read only. To go on from it, choose Safekeeping, Backups, Restore beside.",
        )


def backups_of(desk: Path, places: Iterable[Path] = ()) -> tuple[Backup, ...]:
    """Return the copies of the desk at *desk*, newest first; the desk itself need not be there.

    *places* are further folders in which its copies are kept.  Copies made before a new format
    count too.  A place that cannot be reached holds none.  Of a backup they are its desk's.
    """
    desk = desk_of(desk) or desk
    found = [*_before_formats(desk)]
    for place in _each_once((desk.parent, *places)):
        for folder in folders_for(desk, place):
            found += _copies_in(folder, desk)
    return tuple(sorted(found, key=lambda each: (each.made_at, each.path.name), reverse=True))


def of_desk(path: Path, places: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return where the copies of the desk at *path* stand, by path."""
    return tuple(sorted(each.path for each in backups_of(path, places)))


def folder_for(desk: Path, place: Path, desk_id: str) -> Path:
    """Return the folder for copies in *place*, made if there is none yet, with its mark.

    Where ``hackney backups`` holds the copies of another desk it is ``hackney backups 2``.  Raises
    Problem where the place is not there or cannot be written to.
    """
    if not place.is_dir():
        raise Problem(
            f"No backup was made in {place}: this folder cannot be reached.",
            "Connect its drive, or choose another folder under Safekeeping, Backups.",
        )
    folder, turn = place / f"{desk.stem}{_FOLDER}", 2
    while folder.exists() and _mark_of(folder) not in ("", desk_id):
        folder, turn = place / f"{desk.stem}{_FOLDER} {turn}", turn + 1
    try:
        private_files.make_folder(folder)
        if desk_id and not _mark_of(folder):
            private_files.put(folder / MARK, f"{desk_id}\n".encode())
    except OSError as error:
        raise not_made(folder, error) from error
    return folder


def free_name(desk: Path, folder: Path, made_at: datetime, *, is_by_hand: bool) -> Path:
    """Return the path of a copy made at *made_at*: newer than any other of its minute."""
    minute = made_at.replace(second=0, microsecond=0)
    turns = [
        (each.made_at - minute) // _TURN
        for each in _copies_in(folder, desk)
        if minute <= each.made_at < minute + _A_SECOND
    ]
    turn = max(turns, default=0) + 1
    name = f"{desk.stem} {made_at.strftime(_STAMP)}{_BY_HAND if is_by_hand else ''}"
    while True:
        path = folder / (name + (f" ({turn})" if turn > 1 else "") + desk.suffix)
        if not path.exists():
            return path
        turn += 1  # something else has the name


def last_days(
    copies: Iterable[Backup], now: datetime, schedule: Schedule
) -> dict[Path, datetime | None]:
    """Return until when each copy is kept at the latest; None for one that goes with the next."""
    found: dict[Path, datetime | None] = {}
    for group in _by_folder(copies).values():
        until = held_until((each.copied for each in group), local(now) + _A_SECOND, schedule)
        found |= {each.path: until[each.copied] for each in group}
    return found


def prune(
    desk: Path, places: Iterable[Path], desk_id: str, now: datetime, schedule: Schedule
) -> tuple[Path, ...]:
    """Remove the copies that the schedule no longer keeps; return which.

    Each folder is judged by itself, and only copies of this desk by their folder's mark.  One that
    cannot be removed stays until the next time.
    """
    gone: list[Path] = []
    copies = [each for each in backups_of(desk, places) if each.desk in ("", desk_id)]
    for group in _by_folder(copies).values():
        old = set(may_go((each.copied for each in group), local(now) + _A_SECOND, schedule))
        oldest_first = [each for each in reversed(group) if each.copied in old]
        for each in oldest_first[:_MOST_AT_ONCE]:
            with suppress(OSError):
                each.path.unlink()
                gone.append(each.path)
    return tuple(gone)


def not_made(folder: Path, error: OSError) -> Problem:
    """Return the Problem of a backup that the system did not let be written."""
    return Problem(
        f"No backup was made in {folder}: it cannot be written to ({error.strerror}).",
        "Free some space, or ask for the right to write there.",
    )


def _by_folder(copies: Iterable[Backup]) -> dict[tuple[Path, bool], list[Backup]]:
    groups: dict[tuple[Path, bool], list[Backup]] = {}
    for each in copies:
        groups.setdefault((each.path.parent, each.made is Made.BEFORE_FORMAT), []).append(each)
    return groups


def _each_once(places: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(place.absolute() for place in places))


def folders_for(desk: Path, place: Path) -> Iterator[Path]:
    """Give the folders in *place* that hold copies of the desk, or of another of its name."""
    pattern = re.compile(re.escape(f"{desk.stem}{_FOLDER}") + r"(?: \d+)?")
    with suppress(OSError):  # a drive that is away
        yield from sorted(
            each for each in place.iterdir() if pattern.fullmatch(each.name) and each.is_dir()
        )


def _copies_in(folder: Path, desk: Path) -> Iterator[Backup]:
    pattern = re.compile(
        re.escape(desk.stem)
        + r" (\d{4}-\d{2}-\d{2} \d{4})("
        + _BY_HAND
        + r")?(?: \((\d+)\))?"
        + re.escape(desk.suffix)
    )
    mark = _mark_of(folder)
    with suppress(OSError):
        for path in folder.iterdir():
            named = pattern.fullmatch(path.name)
            if named is None or path.is_symlink() or not path.is_file():
                continue
            with suppress(ValueError):  # no such day
                made_at = local(datetime.strptime(named[1], _STAMP))  # noqa: DTZ007 - made aware
                made_at += int(named[3] or 1) * _TURN  # of one minute the last is the newest
                made = Made.BY_HAND if named[2] else Made.BY_ITSELF
                yield Backup(path, made_at, path.stat().st_size, made, mark)


def _before_formats(desk: Path) -> Iterator[Backup]:
    pattern = re.compile(
        re.escape(desk.stem + BEFORE_FORMAT) + r"\w+ \(was \w+\)(?: \d+)?" + re.escape(desk.suffix)
    )
    with suppress(OSError):
        for path in desk.parent.iterdir():
            if pattern.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                about = path.stat()
                made_at = datetime.fromtimestamp(about.st_mtime).astimezone()
                yield Backup(path, made_at, about.st_size, Made.BEFORE_FORMAT)


def _mark_of(folder: Path) -> str:
    try:
        if not (folder / MARK).is_file():  # a pipe would be waited for for ever
            return ""
        with (folder / MARK).open(encoding="ascii", errors="replace") as file:
            return file.read(100).strip()
    except OSError:
        return ""
