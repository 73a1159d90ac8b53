"""The columns of the lists in the part 'How long', and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.retention import Due, RetentionRule
from apprentice_desk.records.erasures import ErasureRow, HoldRow
from apprentice_desk.ui.kit.rows import Badge, Column

UNCHECKED = (
    "The source itself was not at hand when this was written. Check the figure against your"
    " borough's retention schedule before you erase anything by it."
)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One record whose time is over, with the reasons to keep it that can be taken back."""

    due: Due
    holds: tuple[HoldRow, ...]

    @property
    def id(self) -> UUID:
        """The key of the record."""
        return self.due.kept.id

    @property
    def badge(self) -> Badge:
        """Whether it is due, or kept for a reason."""
        if self.due.is_held:
            return Badge("Kept longer", "note", "lock")
        if self.due.is_by_hand:
            return Badge("By hand", "warning", "pencil")
        return Badge("Due", "warning", "clock")


DUE = (
    Column("Who or what", lambda line: line.due.kept.name, kind="strong", width=30),
    Column("Kind", lambda line: line.due.kept.kind.words, width=16),
    Column("What ended", lambda line: line.due.since, width=25,
           sort=lambda line: line.due.kept.last_on),
    Column("Kept until", lambda line: table_day(line.due.until_on), width=13,
           sort=lambda line: line.due.until_on),
    Column("", lambda line: line.badge, kind="badge", width=14, called="Whether it is due"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of keeping in force."""

    rule: RetentionRule

    @property
    def id(self) -> str:
        """Its kind."""
        return self.rule.kind.value


RULES = (
    Column("What", lambda line: line.rule.kind.words, kind="strong", width=17),
    Column("How long", lambda line: line.rule.why, width=48),
    Column("Source", lambda line: line.rule.source, width=30, kind="quiet"),
    Column(
        "",
        lambda line: Badge("") if line.rule.is_verified else Badge("Check it", "warning",
                                                                  "triangle-alert"),
        kind="badge",
        width=12,
        called="Whether the source was read",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """One erasure; it says no more than that there was one."""

    row: ErasureRow

    @property
    def id(self) -> UUID:
        """The key of the record of it."""
        return self.row.id


ERASED = (
    Column("When", lambda line: table_instant(line.row.details.erased_at), width=19,
           sort=lambda line: line.row.details.erased_at),
    Column("What", lambda line: line.row.details.kind.words, kind="strong", width=17),
    Column("Why", lambda line: _why(line), width=34),
    Column("By whom", lambda line: line.row.details.erased_by or "Not known", width=16),
    Column("Records", lambda line: f"{sum(count for _, count in line.row.counts):,}", right=True,
           width=9, sort=lambda line: sum(count for _, count in line.row.counts)),
)  # fmt: skip


def _why(line: ErasedLine) -> str:
    ground, note = line.row.details.ground, line.row.details.note
    words = f"{ground[:1].upper()}{ground[1:]}"
    return f"{words}: {note}" if note else words


def due_in_words(lines: tuple[DueLine, ...], today: date) -> str:
    """Return how much is due on a day, and how much is kept for a reason."""
    held = sum(line.due.is_held for line in lines)
    by_hand = sum(line.due.is_by_hand and not line.due.is_held for line in lines)
    is_due = len(lines) - held - by_hand
    if not lines:
        return f"Nothing is kept for longer than the rules say, as of {show_day(today)}."
    said = ""
    if is_due or not by_hand:
        said = f"{counted(is_due, 'record')} {'is' if is_due == 1 else 'are'} due to be erased."
    if by_hand:
        goes = "is to be decided on" if by_hand == 1 else "are to be decided on"
        said += f" {counted(by_hand, 'contract')} {goes} by hand."
    if held:
        said += f" {held:,} more {'is' if held == 1 else 'are'} kept for a reason."
    return f"{said} Nothing is erased by itself.".strip()
