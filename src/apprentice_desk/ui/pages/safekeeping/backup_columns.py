"""The columns of the list of backups, and the changes that a comparison lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.contents import Change
from apprentice_desk.records.keys import NeedsPassphrase, WrongPassphrase
from apprentice_desk.safekeeping.backup import Backup, Contents, Differences, Made
from apprentice_desk.ui.kit.rows import Badge, Column

_SOUND = Badge("Good, checked now", "good", "circle-check")
_OPENS = Badge("Checked when made", "quiet", "check")
_LOCKED = Badge("Earlier passphrase", "note", "lock")
_DAMAGED = Badge("Damaged", "danger", "circle-alert")


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One copy as the list shows it.

    *contents* is None where it could not be looked into, and *problem* says why.  *kept_until* is
    None where it goes with the next copy that is made.
    """

    backup: Backup
    contents: Contents | None
    problem: Problem | None
    is_second: bool
    is_checked: bool
    kept_until: datetime | None

    @property
    def id(self) -> Path:
        """Its path."""
        return self.backup.path

    @property
    def needs_passphrase(self) -> bool:
        """Whether another passphrase than the desk's opens it."""
        return isinstance(self.problem, NeedsPassphrase | WrongPassphrase)

    @property
    def badge(self) -> Badge:
        """Whether it is good."""
        if self.needs_passphrase:
            return _LOCKED
        if self.problem is not None:
            return _DAMAGED
        return _SOUND if self.is_checked else _OPENS

    @property
    def place(self) -> str:
        """Where it is and why it was made, in words."""
        if self.backup.made is Made.BEFORE_FORMAT:
            return "Before a new format"
        where = "Second place" if self.is_second else "Beside the desk"
        return f"{where}, by hand" if self.backup.made is Made.BY_HAND else where


def _people(line: BackupLine) -> str:
    return "" if line.contents is None else f"{line.contents.people:,}"


def _entries(line: BackupLine) -> str:
    return "" if line.contents is None else f"{line.contents.entries:,}"


def _changed(line: BackupLine) -> datetime | None:
    return None if line.contents is None else line.contents.changed_at


def _last_change(line: BackupLine) -> str:
    changed_at = _changed(line)
    return "" if changed_at is None else table_instant(changed_at)


def _kept_until(line: BackupLine) -> str:
    if line.kept_until is None:
        return "The next one"
    return table_day(line.kept_until.date())


BACKUPS = (
    Column("Copy of", lambda line: table_instant(line.backup.made_at), kind="strong", width=21,
           sort=lambda line: line.backup.made_at),
    Column("People", _people, right=True, width=8, holds="integer",
           sort=lambda line: line.contents and line.contents.people),
    Column("Entries", _entries, right=True, width=9, holds="integer",
           sort=lambda line: line.contents and line.contents.entries),
    Column("Last change", _last_change, width=20, sort=_changed),
    Column("Size", lambda line: show_size(line.backup.size_bytes), right=True, width=9,
           sort=lambda line: line.backup.size_bytes),
    Column("Place", lambda line: line.place, width=23),
    Column("State", lambda line: line.badge, kind="badge", width=21,
           tip=lambda line: str(line.problem or "")),
    Column("Kept until", _kept_until, width=14, kind="quiet",
           sort=lambda line: line.kept_until and line.kept_until.date()),
)  # fmt: skip
LEFT_OUT_FIRST = (4, 7, 3, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change that only the desk, or only its copy, has."""

    change: Change
    is_there: bool

    @property
    def id(self) -> tuple[bool, int]:
        """Its side, and its number there."""
        return self.is_there, self.change.number

    @property
    def where(self) -> str:
        """Which of the two has it."""
        return "The copy" if self.is_there else "The desk"


CHANGES = (
    Column("When", lambda line: table_instant(line.change.recorded_at), width=20,
           sort=lambda line: line.change.recorded_at),
    Column("What", lambda line: line.change.label, kind="strong", width=40),
    Column("Who", lambda line: line.change.person or "Not known", width=16),
    Column("Only in", lambda line: line.where, width=12),
)  # fmt: skip


def change_lines(found: Differences) -> list[ChangeLine]:
    """Return the changes that one side lacks, newest first."""
    lines = [ChangeLine(each, is_there=False) for each in found.since]
    lines += [ChangeLine(each, is_there=True) for each in found.only_there]
    return sorted(lines, key=lambda line: line.change.recorded_at, reverse=True)
