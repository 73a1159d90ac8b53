"""Putting back what a change touched: the half of the change log that undo is made of.

A table may have a guard, which refuses where something hangs on a row that no foreign key tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Base, Kept
from apprentice_desk.records.changelog import (
    CHUNK,
    KEYS_A_QUERY,
    ChangedRow,
    Image,
    Noted,
    Notes,
    image,
    in_lots,
    notes_of,
    typed,
)


@dataclass(frozen=True, slots=True)
class _Step:
    row_id: UUID
    before: Image | None
    left_in: int | None


@dataclass(frozen=True, slots=True)
class PutBack:
    """A row that is about to be put back: as it stands *now*, and the plain image of it *before*.

    None is no row.
    """

    now: Mapping[str, Any] | None
    before: Image | None


Guard = Callable[[Session, Sequence[PutBack], str], None]
"""Looks at the rows of a table that an undo is about to put back, and at its label.

Raises Problem to refuse: then nothing is written.
"""

_GUARDS: dict[str, Guard] = {}


def before_putting_back(record_class: type[Kept]) -> Callable[[Guard], Guard]:
    """Let a guard look at rows of *record_class* before any of them is put back."""

    def guarded(guard: Guard) -> Guard:
        _GUARDS[record_class.__tablename__] = guard
        return guard

    return guarded


def put_back(session: Session, number: int, label: str) -> None:
    """Write the rows that change *number* touched back as they were before it.

    Raises Conflict, and writes nothing, when any of them has moved on since or something made
    since hangs on one of them; Problem when its tables are no longer those of the desk, and where
    the guard of a table refuses.
    """
    notes = notes_of(session)
    notes.takes_back = number
    connection = session.connection()
    steps: dict[str, list[_Step]] = {}
    for row in connection.execute(
        select(
            ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before, ChangedRow.left_in
        ).where(ChangedRow.number == number)
    ):
        before = None if row.before is None else json.loads(row.before)
        steps.setdefault(row.table_name, []).append(
            _Step(UUID(hex=row.row_id), before, row.left_in)
        )
    tables = [table for table in Base.metadata.sorted_tables if table.name in steps]
    if len(tables) < len(steps):
        raise Problem(
            f"“{label}” cannot be undone: the desk's format has changed since.",
            "Make a new change that puts things right.",
        )
    present = {table.name: _present(connection, table, steps[table.name]) for table in tables}
    for table in tables:
        for step in steps[table.name]:
            now = present[table.name].get(step.row_id)
            if (None if now is None else now["changed_in"]) != step.left_in:
                raise _moved_on(label)
    if _came_back_and_went(connection, number):
        raise _moved_on(label)
    for table in tables:
        if guard := _GUARDS.get(table.name):
            there = present[table.name]
            rows = [PutBack(there.get(each.row_id), each.before) for each in steps[table.name]]
            guard(session, rows, label)
    with notes.writing():
        for table in tables:  # parents first
            gone = [step for step in steps[table.name] if step.left_in is None]
            _bring_back(connection, notes, table, gone)
        for table in tables:
            altered = [s for s in steps[table.name] if s.before is not None and s.left_in]
            _set_back(connection, notes, table, altered, present[table.name])
        for table in reversed(tables):  # children first
            made = [step for step in steps[table.name] if step.before is None]
            _take_away(connection, notes, table, made, present[table.name])


def _came_back_and_went(connection: Connection, number: int) -> bool:
    """Whether a row that *number* removed was made again and removed again since.

    A row that is gone has no ``changed_in`` to tell one removal from another.
    """
    later = aliased(ChangedRow)
    return (
        connection.execute(
            select(later.number)
            .join(
                ChangedRow,
                and_(ChangedRow.table_name == later.table_name, ChangedRow.row_id == later.row_id),
            )
            .where(ChangedRow.number == number, ChangedRow.left_in.is_(None), later.number > number)
            .limit(1)
        ).first()
        is not None
    )


def _moved_on(label: str) -> Conflict:
    return Conflict(
        f"“{label}” cannot be undone: some of what it changed has been changed again since.",
        "Undo the later change first, or correct the record by hand.",
    )


def _present(
    connection: Connection, table: Table, steps: Sequence[_Step]
) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for chunk in in_lots(steps, KEYS_A_QUERY):
        keys = [step.row_id for step in chunk]
        for row in connection.execute(select(table).where(table.c.id.in_(keys))).mappings():
            found[row["id"]] = dict(row)
    return found


def _bring_back(connection: Connection, notes: Notes, table: Table, steps: Sequence[_Step]) -> None:
    for chunk in in_lots(steps, CHUNK):
        rows = []
        for step in chunk:
            assert step.before is not None  # what came and went in one change is not logged
            rows.append(typed(table, step.before))
            notes.rows[table.name, step.row_id] = Noted(
                before=None, left_in=step.before["changed_in"]
            )
        connection.execute(insert(table), rows)


def _set_back(
    connection: Connection,
    notes: Notes,
    table: Table,
    steps: Sequence[_Step],
    present: Mapping[UUID, Mapping[str, Any]],
) -> None:
    for step in steps:
        assert step.before is not None
        values = typed(table, step.before)
        del values["id"]
        connection.execute(update(table).where(table.c.id == step.row_id), values)
        notes.rows[table.name, step.row_id] = Noted(
            before=image(present[step.row_id]),
            after=step.before,
            left_in=step.before["changed_in"],
        )


def _take_away(
    connection: Connection,
    notes: Notes,
    table: Table,
    steps: Sequence[_Step],
    present: Mapping[UUID, Mapping[str, Any]],
) -> None:
    statement = delete(table).where(table.c.id == bindparam("key"))
    for chunk in in_lots(steps, CHUNK):
        for step in chunk:
            notes.rows[table.name, step.row_id] = Noted(before=image(present[step.row_id]))
        connection.execute(statement, [{"key": step.row_id} for step in chunk])
