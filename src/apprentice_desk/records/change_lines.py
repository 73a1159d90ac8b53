"""The lines of the change log as lists show them, and which change an undo would take back.

What notes and writes them is ``changelog``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from apprentice_desk.records.changelog import LEDGER, ChangedRow, ChangeLine, Changes
from apprentice_desk.records.watching import Newest

_UNDO = "Undo: "
_REDO = "Redo: "


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the change log as lists show it."""

    number: int
    label: str
    recorded_at: datetime
    person: str
    takes_back: int | None
    is_final: bool
    """It cannot be undone: it began the desk, or something left the desk with it."""


def newest_line(connection: Connection) -> Any:
    """Return number, time, label and person of the newest change; None without one."""
    return connection.execute(
        select(ChangeLine.number, ChangeLine.recorded_at, ChangeLine.label, ChangeLine.person)
        .order_by(ChangeLine.number.desc())
        .limit(1)
    ).first()


def recorded(connection: Connection, newest: Newest | None) -> datetime | None:
    """Return when the file has the change recorded that was the newest; None without one."""
    if newest is None:
        return None
    query = select(ChangeLine.recorded_at).where(ChangeLine.number == newest.number)
    at: datetime | None = connection.execute(query).scalar()
    return at


def desk_key(session: Session) -> str:
    """Return the key of the desk's organisation; "" before it has one."""
    key = session.execute(text("SELECT id FROM organisation")).scalar()
    return key.hex if isinstance(key, UUID) else str(key or "")


def _rows(lines: Any) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            line.number, line.label, line.recorded_at, line.person, line.takes_back, line.is_final
        )
        for line in lines
    )


def newest_lines(session: Session, limit: int) -> tuple[ChangeRow, ...]:
    """Return the newest changes, newest first."""
    return _rows(
        session.scalars(select(ChangeLine).order_by(ChangeLine.number.desc()).limit(limit))
    )


def latest_instant(session: Session) -> datetime | None:
    """Return the latest time that any change has; None without one."""
    return session.scalar(select(func.max(ChangeLine.recorded_at)))


def changes_since(session: Session, number: int) -> tuple[tuple[ChangeRow, Changes], ...]:
    """Return what was changed after change *number*, oldest first, with what it touched."""
    lines = _rows(
        session.scalars(
            select(ChangeLine).where(ChangeLine.number > number).order_by(ChangeLine.number)
        )
    )
    touched: dict[int, dict[str, set[UUID]]] = {line.number: {} for line in lines}
    rows = session.execute(
        select(ChangedRow.number, ChangedRow.table_name, ChangedRow.row_id).where(
            ChangedRow.number > number
        )
    )
    for in_change, table, row_id in rows:
        touched[in_change].setdefault(table, set()).add(UUID(hex=row_id))
    return tuple(
        (line, Changes(line.number, line.label, _frozen(touched[line.number]), line.is_final))
        for line in lines
    )


def _frozen(touched: dict[str, set[UUID]]) -> dict[str, frozenset[UUID]]:
    return {table: frozenset(keys) for table, keys in touched.items()}


def line_of(session: Session, number: int) -> ChangeRow | None:
    """Return change *number*; None where there is none."""
    rows = _rows(session.scalars(select(ChangeLine).where(ChangeLine.number == number)))
    return rows[0] if rows else None


def is_only_noted(session: Session, number: int) -> bool:
    """Return whether a change touched nothing but the ledger of what left."""
    others = (
        select(ChangedRow.number)
        .where(ChangedRow.number == number, ChangedRow.table_name.not_in(sorted(LEDGER)))
        .limit(1)
    )
    return session.execute(others).first() is None


def still_standing(lines: Iterable[ChangeRow]) -> Iterator[ChangeRow]:
    """Yield those of *lines*, newest first, that were neither taken back nor take one back."""
    taken_back: set[int] = set()
    for line in lines:
        if line.number in taken_back:
            continue
        if line.takes_back is None:
            yield line
        else:
            taken_back.add(line.takes_back)


def label_of_undo(line: ChangeRow) -> str:
    """Return what a change is called that takes *line* back: undoing an undo is to redo."""
    if line.takes_back is not None and line.label.startswith(_UNDO):
        return _REDO + line.label.removeprefix(_UNDO)
    if line.takes_back is not None and line.label.startswith(_REDO):
        return _UNDO + line.label.removeprefix(_REDO)
    return _UNDO + line.label
