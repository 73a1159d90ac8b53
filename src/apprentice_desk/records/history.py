"""What was changed of one apprenticeship, when and by whom, and how a value is put back.

Read from the change log; nothing is kept twice.  The record is the person, the apprenticeship,
its breaks and its weekly hours, those that are gone included.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import apprentices
from apprentice_desk.records.apprentices import (
    NAMES,
    Apprentice,
    Apprenticeship,
    Break,
    Held,
    WeeklyHours,
)
from apprentice_desk.records.base import Kept
from apprentice_desk.records.changelog import ChangedRow, ChangeLine, Image, image, typed

_DETAILS = (Apprentice, Apprenticeship)
_SPELLS = (Break, WeeklyHours)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One detail that a change altered; *name* is its attribute of ApprenticeDetails."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class SpellChange:
    """A break or a weekly figure that a change added (*before* None), altered or removed.

    *kind* is "break" or "weekly hours"; the values stand by their column.
    """

    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change as far as it touched the record."""

    number: int
    label: str
    recorded_at: datetime
    person: str
    values: tuple[ValueChange, ...]
    spells: tuple[SpellChange, ...]
    began: bool
    """The apprenticeship was added by it."""
    touched_others: bool
    """It touched more than this record, as an import does."""
    may_be_taken_back: bool
    """It touched this record alone, and all that it touched is still as it left it."""


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """All changes of a record, newest first, and the record as it is now."""

    held: Held
    changes: tuple[RecordChange, ...]


@dataclass(slots=True)
class _Entry:
    record: type[Kept]
    row: Any
    before: Image | None
    after: Image | None
    is_as_left: bool


def record_history(session: Session, apprenticeship_id: UUID) -> RecordHistory:
    """Return what was changed of an apprenticeship and its person.

    Raises Conflict when it is gone.
    """
    held = apprentices.held(session, apprenticeship_id)
    keys: dict[type[Kept], set[str]] = {
        Apprentice: {held.apprentice_id.hex},
        Apprenticeship: {apprenticeship_id.hex},
        **{record: _spell_keys(session, record, apprenticeship_id) for record in _SPELLS},
    }
    logged: Any = session.execute(
        select(
            ChangedRow.number, ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before,
            ChangedRow.after, ChangedRow.left_in,
        )
        .where(
            or_(
                *(
                    and_(
                        ChangedRow.table_name == record.__tablename__,
                        ChangedRow.row_id.in_(sorted(ids)),
                    )
                    for record, ids in keys.items()
                )
            )
        )
        .order_by(ChangedRow.number)
    ).all()  # fmt: skip
    entries: dict[int, list[_Entry]] = defaultdict(list)
    for record, ids in keys.items():
        present = _present(session, record, ids)
        for row_id in ids:
            own = [
                row
                for row in logged
                if (row.table_name, row.row_id) == (record.__tablename__, row_id)
            ]
            for entry in _entries(record, own, present.get(row_id)):
                entries[entry.row.number].append(entry)
    return RecordHistory(held, _changes(session, entries, apprenticeship_id.hex))


def _spell_keys(session: Session, record: type[Kept], apprenticeship_id: UUID) -> set[str]:
    """The keys of breaks or weekly figures, of those too that are gone."""
    owner = record.__table__.c.apprenticeship_id
    there = session.execute(select(record.id).where(owner == apprenticeship_id)).scalars()
    mark = f'"apprenticeship_id":"{apprenticeship_id.hex}"'
    gone = session.execute(
        select(ChangedRow.row_id).where(
            ChangedRow.table_name == record.__tablename__,
            ChangedRow.before.contains(mark, autoescape=True),
        )
    ).scalars()
    return {key.hex for key in there} | set(gone)


def _present(session: Session, record: type[Kept], ids: Iterable[str]) -> dict[str, Image]:
    keys = [UUID(hex=row_id) for row_id in ids]
    table = record.__table__
    rows = session.execute(select(table).where(table.c.id.in_(keys))).mappings()
    return {row["id"].hex: image({str(k): v for k, v in row.items()}) for row in rows}


def _entries(record: type[Kept], own: Sequence[Any], now: Image | None) -> list[_Entry]:
    """What was logged of one row, each with the image that it left: an insert stores none."""
    befores = [None if row.before is None else json.loads(row.before) for row in own]
    found = []
    for place, row in enumerate(own):
        after = None if row.after is None else json.loads(row.after)
        if after is None and row.left_in is not None:
            after = befores[place + 1] if place + 1 < len(own) else now
        is_as_left = (now["changed_in"] if now is not None else None) == row.left_in
        found.append(_Entry(record, row, befores[place], after, is_as_left))
    return found


def _changes(
    session: Session, entries: Mapping[int, list[_Entry]], own_id: str
) -> tuple[RecordChange, ...]:
    numbers = sorted(entries, reverse=True)
    rows: Any = session.execute(
        select(ChangedRow.number, func.count().label("rows"))
        .where(ChangedRow.number.in_(numbers))
        .group_by(ChangedRow.number)
    )
    touched = {row.number: row.rows for row in rows}
    lines = session.scalars(
        select(ChangeLine).where(ChangeLine.number.in_(numbers)).order_by(ChangeLine.number.desc())
    )
    return tuple(
        _change(line, entries[line.number], touched[line.number], own_id) for line in lines
    )


def _change(line: ChangeLine, own: Sequence[_Entry], touched: int, own_id: str) -> RecordChange:
    values: list[ValueChange] = []
    spells: list[SpellChange] = []
    for entry in own:
        before, after = _typed(entry.record, entry.before), _typed(entry.record, entry.after)
        if entry.record in _SPELLS:
            kind = "break" if entry.record is Break else "weekly hours"
            spells.append(SpellChange(kind, before, after))
        elif before is not None and after is not None:
            values.extend(
                ValueChange(name, before[name], after[name])
                for name in NAMES
                if name in before and name in after and before[name] != after[name]
            )
    others = touched > len(own)
    is_safe = all(entry.is_as_left for entry in own) and not line.is_final
    began = any(entry.before is None and entry.row.row_id == own_id for entry in own)
    return RecordChange(
        number=line.number,
        label=line.label,
        recorded_at=line.recorded_at,
        person=line.person,
        values=tuple(sorted(values, key=lambda each: NAMES.index(each.name))),
        spells=tuple(spells),
        began=began,
        touched_others=others,
        may_be_taken_back=is_safe and not others and not began,
    )


def _typed(record: type[Kept], row: Image | None) -> dict[str, Any] | None:
    return None if row is None else typed(record.__table__, row)  # type: ignore[arg-type]


def put_values_back(session: Session, held: Held, values: Mapping[str, Any], today: date) -> None:
    """Give details of an apprenticeship the values that they once had.

    *held* is the record as the history was read.  Raises Conflict when it was changed since, and
    Problem in the words of the form when the old values do not go with what is there now.
    """
    details = replace(held.details, **values)
    found = apprentices.check(details, today, held.breaks)
    if refuses(found):
        name = full_name(held.details.given_names, held.details.family_name)
        raise Problem(
            f"This cannot be put back for {name}: {' '.join(each.message for each in found)}",
            "Change both in the form.",
        )
    apprentices.correct(session, held.apprenticeship_id, details, held.stamp)
