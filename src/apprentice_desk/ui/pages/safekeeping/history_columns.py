"""What the history of a desk shows: its changes, and one of them field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.records.changes_told import BLANK, ToldChange
from apprentice_desk.records.desk_history import HistoryRow
from apprentice_desk.records.history_kinds import touched_in_words
from apprentice_desk.ui.kit.rows import Badge, Column

NOT_KNOWN = "Somebody without a name"


def who(row: HistoryRow) -> str:
    """Return who made a change, as their computer knew them."""
    return row.person or NOT_KNOWN


def touched(row: HistoryRow) -> str:
    """Return what a change touched."""
    return touched_in_words(row.touched)


def badge(row: HistoryRow) -> Badge:
    """Return whether a change stands, and whether it could be taken back."""
    if row.is_undone:
        return Badge("Undone", "quiet", "undo-2")
    return Badge("Permanent", "note", "lock") if row.is_final else Badge("")


COLUMNS = (
    Column("Number", lambda row: f"{row.number:,}", sort=lambda row: row.number, right=True,
           width=10, holds="integer", value=lambda row: row.number),
    Column("When", lambda row: table_instant(row.recorded_at), width=19,
           sort=lambda row: row.number),
    Column("What", lambda row: row.label, kind="strong", width=42, tip=lambda row: row.label),
    Column("Who", who, width=16, tip=who),
    Column("What it touched", touched, width=30, tip=touched),
    Column("", badge, kind="badge", width=14, called="Whether it stands"),
)  # fmt: skip

CAN_DO_WITHOUT = (0, 4, 5, 3)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One field of one record that a change touched; *how* the record was touched, without any."""

    id: int
    record: str
    field: str
    before: str
    after: str


def told_lines(told: ToldChange) -> Iterator[ToldLine]:
    """Yield what a change did, field by field."""
    number = 0
    for record in told.records:
        what = f"{record.what}, {record.how}" if record.how != "changed" else record.what
        if not record.fields:
            number += 1
            yield ToldLine(number, what, "Nothing more is kept of it", "", "")
        for field in record.fields:
            number += 1
            yield ToldLine(number, what, field.label, field.before, field.after)


def _quiet(value: str) -> str:
    return "" if value == BLANK else value


TOLD_COLUMNS = (
    Column("Record", lambda line: line.record, kind="strong", width=34,
           tip=lambda line: line.record),
    Column("Field", lambda line: line.field, width=24, tip=lambda line: line.field),
    Column("Before", lambda line: _quiet(line.before), width=28, tip=lambda line: line.before,
           say=lambda line: line.before),
    Column("After", lambda line: _quiet(line.after), width=28, tip=lambda line: line.after,
           say=lambda line: line.after),
)  # fmt: skip
