"""The change log: audit trail, undo and announcement in one mechanism.

Every change has a number, a label, a time and a person (``ChangeLine``) and notes each row that
it touched (``ChangedRow``).  A row's image is a JSON object of plain values by column name, in
the encoding of ``base.plain``.  An inserted row stores no image: it is found in its table, or as
the image "before" of the change that touched it next.

``left_in`` is the row's ``changed_in`` after the change; blank where the change removed the row.
An undo puts back whole images, the old ``changed_in`` included: the row is again exactly what it
was, so the change before it can be undone too, and the undo itself can be undone (redo).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    event,
    insert,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, object_session
from sqlalchemy.orm.base import NO_VALUE

from apprentice_desk.domain import money
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.base import Base, Instant, Kept, Pence, Word, check_lengths, plain

_T = TypeVar("_T")

CHUNK = 5_000
"""Rows written at a time: enough for speed, small enough for memory."""

LEDGER = frozenset({"left_file", "left_file_person"})
"""The tables of what left: a change that touches no other notes what was done, and no more."""

KEYS_A_QUERY = 500
"""Keys in one IN list; SQLite and PostgreSQL both take many more."""


class ChangeLine(Base):
    """One change: what a person did, in the words of the menu."""

    __tablename__ = "change_log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str] = mapped_column(String(300))
    recorded_at: Mapped[datetime]
    person: Mapped[str] = mapped_column(String(200))
    desk: Mapped[str] = mapped_column(String(32))
    schema_revision: Mapped[str] = mapped_column(String(32))
    takes_back: Mapped[int | None]
    """Number of the change that this one undid."""
    is_final: Mapped[bool]


class ChangedRow(Base):
    """One row that a change touched."""

    __tablename__ = "change_row"
    __table_args__ = (Index("ix_change_row_record", "table_name", "row_id"),)

    number: Mapped[int] = mapped_column(ForeignKey("change_log.number"), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    before: Mapped[str | None]
    after: Mapped[str | None]
    left_in: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change touched, for whoever shows it."""

    number: int
    label: str
    touched: Mapping[str, frozenset[UUID]]
    is_final: bool = False
    """It cannot be undone."""

    @property
    def only_notes(self) -> bool:
        """Whether it did no more than note what left the desk: nothing is otherwise than before."""
        return self.touched.keys() <= LEDGER

    def touches(self, *tables: str) -> bool:
        """Whether any row of any of *tables* was touched."""
        return any(table in self.touched for table in tables)


Image = dict[str, Any]


@dataclass(slots=True)
class Noted:
    """What a change did to one row: its image before and after, and the change it is left in."""

    before: Image | None
    record: Kept | None = None  # still alive in the session: its image is read at the end
    after: Image | None = None
    left_in: int | None = None


@dataclass(slots=True)
class Notes:
    """What one change has touched so far."""

    number: int
    takes_back: int | None = None
    rows: dict[tuple[str, UUID], Noted] = field(default_factory=dict)
    inserted: dict[str, dict[UUID, None]] = field(default_factory=dict)  # ordered sets
    past_log: dict[str, set[UUID]] = field(default_factory=dict)  # erased: announced, not logged
    gate: int = 0  # above 0 while the flush or the store itself may write
    may_commit: bool = False  # only once the store has written the log
    is_spoilt: bool = False  # some rows of a chunk are in, some are not

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open the gate for the store's own statements."""
        self.gate += 1
        try:
            yield
        finally:
            self.gate -= 1

    def touched(self) -> dict[str, frozenset[UUID]]:
        """The keys of all touched rows, by table."""
        keys: dict[str, set[UUID]] = {
            table: set(ids) for table, ids in self.inserted.items() if ids
        }
        for table, row_id in self.rows:
            keys.setdefault(table, set()).add(row_id)
        for table, ids in self.past_log.items():
            if ids:
                keys.setdefault(table, set()).update(ids)
        return {table: frozenset(ids) for table, ids in keys.items()}


def notes_of(session: Session) -> Notes:
    """Return the notes of the change that *session* belongs to.

    Raises RuntimeError in a session that only reads.
    """
    notes = session.info.get("notes")
    if not isinstance(notes, Notes):
        raise RuntimeError("Only a change may write: use store.change.")  # noqa: TRY004 - ours
    return notes


def image(values: Mapping[str, Any]) -> Image:
    """Return the plain image of a row's values."""
    return {name: plain(value) for name, value in values.items()}


def typed(table: Table, row: Image) -> dict[str, Any]:
    """Return the values of a plain image as the table's columns want them.

    A column that the image does not know (made by a later migration) is left out.
    """
    return {
        column.name: _typed(column.type, row[column.name])
        for column in table.columns
        if column.name in row
    }


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Pence):
        return money.from_pence(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Word):
        return kind.words(value)
    python = kind.python_type
    if python is UUID:
        return UUID(hex=value)
    if python is date:
        return date.fromisoformat(value)
    if python is bytes:
        return bytes.fromhex(value)
    return value


# --- noting what the flush does -----------------------------------------------------------------


def _values(record: Kept) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in inspect(type(record)).columns}


def _values_before(record: Kept) -> dict[str, Any]:
    state = inspect(record)
    values = {}
    for column in state.mapper.columns:
        history = state.attrs[column.key].history
        values[column.key] = history.deleted[0] if history.deleted else getattr(record, column.key)
    return values


def _notes_for(record: Kept) -> Notes:
    session = object_session(record)
    if session is None:
        raise RuntimeError("A record was written outside any change.")
    return notes_of(session)


def _refuse_long_text(record: Kept) -> None:
    """Raise Problem for a text longer than its column: SQLite would keep it, PostgreSQL not."""
    for finding in check_lengths(record, type(record)):
        raise Problem(finding.message, finding.remedy)


@event.listens_for(Kept, "before_insert", propagate=True)
def _before_insert(mapper: Mapper[Any], connection: Connection, record: Kept) -> None:
    notes = _notes_for(record)
    _refuse_long_text(record)
    record.changed_in = notes.number
    if inspect(record).attrs.id.loaded_value is NO_VALUE:
        record.id = uuid4()
    key = (record.__tablename__, record.id)
    removed = notes.rows.get(key)  # in this very change, and now made anew
    notes.rows[key] = Noted(before=removed.before if removed else None, record=record)


@event.listens_for(Kept, "before_update", propagate=True)
def _before_update(mapper: Mapper[Any], connection: Connection, record: Kept) -> None:
    session = object_session(record)
    if session is None or not session.is_modified(record, include_collections=False):
        return
    notes = notes_of(session)
    _refuse_long_text(record)
    key = (record.__tablename__, record.id)
    if key not in notes.rows and record.id not in notes.inserted.get(key[0], ()):
        notes.rows[key] = Noted(before=image(_values_before(record)), record=record)
    record.changed_in = notes.number


@event.listens_for(Kept, "before_delete", propagate=True)
def _before_delete(mapper: Mapper[Any], connection: Connection, record: Kept) -> None:
    notes = _notes_for(record)
    key = (record.__tablename__, record.id)
    noted = notes.rows.get(key)
    if record.id in notes.inserted.get(key[0], ()):
        del notes.inserted[key[0]][record.id]
    elif noted is None:
        notes.rows[key] = Noted(before=image(_values_before(record)))
    elif noted.before is None:
        del notes.rows[key]  # came and went in one change
    else:
        noted.record = None


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, context: object, instances: object) -> None:
    notes_of(session).gate += 1


@event.listens_for(Session, "after_flush_postexec")
def _after_flush(session: Session, context: object) -> None:
    notes_of(session).gate -= 1


def insert_many(session: Session, record_class: type[Kept], rows: Iterable[dict[str, Any]]) -> int:
    """Insert *rows* (attribute values) of *record_class* in chunks; return how many.

    Quicker than records one by one, logged by key, and taken back by the same undo.  Blank keys
    are made here.
    """
    notes = notes_of(session)
    session.flush()
    keys = notes.inserted.setdefault(record_class.__tablename__, {})
    count = 0
    for chunk in in_lots(rows, CHUNK):
        for row in chunk:
            row["changed_in"] = notes.number
            if row.get("id") is None:
                row["id"] = uuid4()
            keys[row["id"]] = None
        with notes.writing():
            notes.is_spoilt = True
            session.connection().execute(insert(record_class.__table__), chunk)  # type: ignore[arg-type]
            notes.is_spoilt = False
        count += len(chunk)
    return count


# --- writing the log ----------------------------------------------------------------------------


def write(session: Session, notes: Notes, line: Mapping[str, Any]) -> bool:
    """Write the change *line* and its rows; return whether there was anything to log.

    Raises RuntimeError when insert_many failed and the change went on all the same.
    """
    if notes.is_spoilt:
        raise RuntimeError("insert_many failed in this change; nothing was saved.")
    for noted in notes.rows.values():
        if noted.record is not None:
            after = image(_values(noted.record))
            noted.left_in = after["changed_in"]
            if noted.before is not None:
                noted.after = after
    if not notes.rows and not any(notes.inserted.values()):
        return False
    connection = session.connection()
    with notes.writing():
        connection.execute(insert(ChangeLine), {**line, "number": notes.number})
        for chunk in in_lots(_log_rows(notes), CHUNK):
            connection.execute(insert(ChangedRow.__table__), chunk)  # type: ignore[arg-type]
    return True


def _log_rows(notes: Notes) -> Iterator[dict[str, Any]]:
    for (table, row_id), noted in notes.rows.items():
        yield {
            "number": notes.number,
            "table_name": table,
            "row_id": row_id.hex,
            "before": _as_text(noted.before),
            "after": _as_text(noted.after),
            "left_in": noted.left_in,
        }
    for table, keys in notes.inserted.items():
        for row_id in keys:
            yield {
                "number": notes.number,
                "table_name": table,
                "row_id": row_id.hex,
                "before": None,
                "after": None,
                "left_in": notes.number,
            }


def _as_text(row: Image | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def in_lots(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield *items* in lists of at most *size*."""
    chunk: list[_T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
