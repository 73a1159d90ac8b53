"""What the change log holds of some records: each change with the values before and after it.

Nothing is kept twice: the values after a change are those before the next one, or those of now.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.records.base import Kept
from apprentice_desk.records.changelog import ChangedRow, ChangeLine, Image, image, typed

Keys = Mapping[type[Kept], set[str]]
"""The keys of records by their class, in hexadecimal, as the log has them."""


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """What one change did to one record; *is_as_left* while nothing else has touched it since."""

    number: int
    record: type[Kept]
    row_id: str
    before: Image | None
    after: Image | None
    is_as_left: bool

    def typed_before(self) -> dict[str, Any] | None:
        """Return the values before it; None where the record was added."""
        return _typed(self.record, self.before)

    def typed_after(self) -> dict[str, Any] | None:
        """Return the values after it; None where the record was removed."""
        return _typed(self.record, self.after)


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One change and what it did to the records asked for; *touched_others* if more than that."""

    line: ChangeLine
    rows: tuple[LoggedRow, ...]
    touched_others: bool

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it touched those records alone, and all that it touched is as it left it."""
        is_safe = all(each.is_as_left for each in self.rows) and not self.line.is_final
        return is_safe and not self.touched_others


def keys_of(session: Session, record: type[Kept], column: str, owner_id: UUID) -> set[str]:
    """Return the keys of the records of an owner, of those too that are gone."""
    owner = record.__table__.c[column]
    there = session.execute(select(record.id).where(owner == owner_id)).scalars()
    mark = f'"{column}":"{owner_id.hex}"'
    gone = session.execute(
        select(ChangedRow.row_id).where(
            ChangedRow.table_name == record.__tablename__,
            ChangedRow.before.contains(mark, autoescape=True),
        )
    ).scalars()
    return {key.hex for key in there} | set(gone)


def logged_changes(session: Session, keys: Keys) -> tuple[LoggedChange, ...]:
    """Return what was changed of these records, the newest first."""
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
    by_record: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in logged:
        by_record[row.table_name, row.row_id].append(row)
    found: dict[int, list[LoggedRow]] = defaultdict(list)
    for record, ids in keys.items():
        present = _present(session, record, ids)
        for row_id in ids:
            own = by_record[record.__tablename__, row_id]
            for each in _rows(record, own, present.get(row_id)):
                found[each.number].append(each)
    return _with_lines(session, found)


def _present(session: Session, record: type[Kept], ids: Iterable[str]) -> dict[str, Image]:
    keys = [UUID(hex=row_id) for row_id in ids]
    table = record.__table__
    rows = session.execute(select(table).where(table.c.id.in_(keys))).mappings()
    return {row["id"].hex: image({str(k): v for k, v in row.items()}) for row in rows}


def _rows(record: type[Kept], own: Sequence[Any], now: Image | None) -> list[LoggedRow]:
    """What was logged of one record, each with the image that it left: an insert stores none."""
    befores = [None if row.before is None else json.loads(row.before) for row in own]
    found = []
    for place, row in enumerate(own):
        after = None if row.after is None else json.loads(row.after)
        if after is None and row.left_in is not None:
            after = befores[place + 1] if place + 1 < len(own) else now
        is_as_left = (now["changed_in"] if now is not None else None) == row.left_in
        found.append(LoggedRow(row.number, record, row.row_id, befores[place], after, is_as_left))
    return found


def _with_lines(session: Session, found: Mapping[int, list[LoggedRow]]) -> tuple[LoggedChange, ...]:
    numbers = sorted(found, reverse=True)
    counted: Any = session.execute(
        select(ChangedRow.number, func.count().label("rows"))
        .where(ChangedRow.number.in_(numbers))
        .group_by(ChangedRow.number)
    )
    touched = {row.number: row.rows for row in counted}
    lines = session.scalars(
        select(ChangeLine).where(ChangeLine.number.in_(numbers)).order_by(ChangeLine.number.desc())
    )
    return tuple(
        LoggedChange(
            line, tuple(found[line.number]), touched[line.number] > len(found[line.number])
        )
        for line in lines
    )


def _typed(record: type[Kept], row: Image | None) -> dict[str, Any] | None:
    return None if row is None else typed(record.__table__, row)  # type: ignore[arg-type]
