"""The copies of a desk that still hold somebody who is erased, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.backup import schedule_on
from apprentice_desk.safekeeping.copies import Backup, Made, backups_of, last_days
from apprentice_desk.safekeeping.copying import fitting
from apprentice_desk.safekeeping.erasing import Erased, still_holds


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a desk that hold a record, and the day by which the last of them is gone.

    *unread* could not be opened, so they may hold it too.  *last_on* is None where one is kept
    until somebody removes it.
    """

    holding: tuple[Backup, ...] = ()
    unread: int = 0
    last_on: date | None = None


def copies_with(
    desk: Path, key: DeskKey | None, places: Iterable[Path], erased: Iterable[Erased], now: datetime
) -> Copies:
    """Return which copies of the desk hold any of *erased*, and until when."""
    every = tuple(erased)
    copies = backups_of(desk, places)
    until = last_days(copies, now, schedule_on(now))
    holding, unread = [], 0
    for copy in copies:
        count = still_holds(copy.path, _key_for(copy.path, key), every)
        unread += count is None
        if count:
            holding.append(copy)
    ends = [until[copy.path] for copy in holding]
    last_on = max((end or now for end in ends), default=now).date()
    return Copies(tuple(holding), unread, last_on)


def _key_for(path: Path, key: DeskKey | None) -> DeskKey | None:
    try:
        return fitting(path, key)
    except Problem:
        return key  # another passphrase than today's: it cannot be opened, and is counted so


def folders_of(desk: Path, places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders in which there are copies of the desk, made by the schedule."""
    made = (copy for copy in backups_of(desk, places) if copy.made is not Made.BEFORE_FORMAT)
    return tuple(dict.fromkeys(copy.path.parent for copy in made))
