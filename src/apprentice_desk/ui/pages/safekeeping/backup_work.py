"""What the part 'Backups' does in the background: reading the list, checking, comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.backup import BackedUp, Backup, Contents
from apprentice_desk.ui.pages.safekeeping.backup_columns import BackupLine

Known = dict[tuple[Path, int, int], Contents | Problem]
"""What was found in copies, by path, size and time of writing: they are read once."""


@dataclass(frozen=True, slots=True)
class BackupList:
    """The copies of a desk, and how the desk stands against the newest good one."""

    lines: tuple[BackupLine, ...]
    standing: BackedUp


def reading(
    desk: Path, key: DeskKey | None, second: Path | None, now: datetime, known: Known
) -> Callable[[Progress], BackupList]:
    """Return the work of reading the list; *known* is filled with what is found."""

    def work(progress: Progress) -> BackupList:
        progress.step(0, None, "Looking for backups")
        places = () if second is None else (second,)
        standing = backup.backed_up(desk, key, places)
        copies = backup.backups_of(desk, places)
        until = backup.last_days(copies, now, backup.schedule_on(now))
        lines = []
        for number, copy in enumerate(copies):
            progress.step(number, len(copies), "Reading backups")
            found = _looked_into(copy, key, known)
            lines.append(
                BackupLine(
                    copy,
                    found if isinstance(found, Contents) else None,
                    found if isinstance(found, Problem) else None,
                    is_second=second is not None and copy.is_in(second.absolute()),
                    is_checked=False,
                    kept_until=until[copy.path],
                )
            )
        return BackupList(tuple(lines), standing)

    return work


def checking(
    lines: Iterable[BackupLine], key: DeskKey | None
) -> Callable[[Progress], tuple[BackupLine, ...]]:
    """Return the work of checking every page of every copy; it gives them with what was found."""

    def work(progress: Progress) -> tuple[BackupLine, ...]:
        given = tuple(lines)
        checked = []
        for number, line in enumerate(given):
            progress.step(number, len(given), f"Checking the copy of {line.backup.made_at:%d %b}")
            try:
                contents = backup.verify(line.backup.path, key)
            except Problem as problem:
                checked.append(replace(line, contents=None, problem=problem, is_checked=True))
            else:
                checked.append(replace(line, contents=contents, problem=None, is_checked=True))
        return tuple(checked)

    return work


def _looked_into(copy: Backup, key: DeskKey | None, known: Known) -> Contents | Problem:
    try:
        about = copy.path.stat()
        mark = copy.path, about.st_size, about.st_mtime_ns
        if mark not in known:
            known[mark] = backup.look_into(copy.path, key)
        return known[mark]
    except OSError as error:  # it went meanwhile
        return Problem(f"{copy.path.name} cannot be read ({error.strerror}).")
    except Problem as problem:
        return problem
