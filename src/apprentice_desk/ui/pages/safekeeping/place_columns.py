"""The columns of the lists in the part 'Where it stands'."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.two_logs import LogLine, TwoLogs
from apprentice_desk.safekeeping.conflict_copies import ConflictCopy
from apprentice_desk.ui.kit.rows import Badge, Column


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One second file as the list shows it."""

    copy: ConflictCopy

    @property
    def id(self) -> Path:
        """Its path."""
        return self.copy.path

    @property
    def badge(self) -> Badge:
        """Whether it can be looked into at once."""
        if self.copy.needs_passphrase:
            return Badge("Asks for its passphrase", "note", "lock")
        if self.copy.is_first:
            return Badge("The first of the two", "note", "file-text")
        return Badge("")


COPIES = (
    Column("File", lambda row: row.copy.path.name, kind="strong", width=34),
    Column("Written last", lambda row: table_instant(row.copy.changed_at), width=19,
           sort=lambda row: row.copy.changed_at),
    Column("Named as by", lambda row: row.copy.tool or "Several tools", width=16),
    Column("", lambda row: row.badge, kind="badge", width=20, called="Whether it can be read"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AloneLine:
    """One change that only one of two files has."""

    is_here: bool
    line: LogLine
    is_clash: bool

    @property
    def id(self) -> tuple[bool, int]:
        """Which side, and its number there."""
        return self.is_here, self.line.number

    @property
    def side(self) -> str:
        """Which of the two files has it."""
        return "This desk" if self.is_here else "The other file"

    @property
    def badge(self) -> Badge:
        """Whether the other file changed the same record."""
        return Badge("Changed in both", "warning", "triangle-alert") if self.is_clash else Badge("")


ALONE = (
    Column("Only in", lambda row: row.side, width=13),
    Column("When", lambda row: table_instant(row.line.recorded_at), width=21,
           sort=lambda row: row.line.recorded_at),
    Column("What", lambda row: row.line.label, kind="strong", width=22),
    Column("Who", lambda row: row.line.person or "Not known", width=12),
    Column("", lambda row: row.badge, kind="badge", width=17,
           called="Whether both files changed the same record"),
)  # fmt: skip


def alone_lines(two: TwoLogs) -> list[AloneLine]:
    """Return what each of two files has alone, the newest first."""
    lines = [AloneLine(True, line, line.number in two.clashes_here) for line in two.here]
    lines += [AloneLine(False, line, line.number in two.clashes_there) for line in two.there]
    return sorted(lines, key=lambda each: each.line.recorded_at, reverse=True)
