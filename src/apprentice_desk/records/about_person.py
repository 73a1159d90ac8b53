"""Everything that the desk holds of one person, as it stands in the tables: for whoever asks.

Read from the tables themselves, by the same foreign keys as an erasure, so that nothing that a
later version keeps is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Table, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import Apprentice
from apprentice_desk.records.base import Base
from apprentice_desk.records.changelog import KEYS_A_QUERY, ChangedRow, ChangeLine, in_lots
from apprentice_desk.records.evidence import kept_content
from apprentice_desk.records.scrubbing import Owned, owned

_OURS = frozenset({"id", "changed_in", "sha256"})
_NOT_TOLD = frozenset({"left_file_person", "put_off_line"})
"""What left is told by the ledger itself; a line put off is a note of the program's own."""
_NAMED = {"provider": "name", "contract": "reference", "network_event": "name"}
"""What a key of another's record is shown as."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one table holds of a person: its columns, and the rows in order."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file about a person, by its name; the bytes are asked for by both."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Done:
    """One change that touched a person's records: when, by whom, and what it was called."""

    at: datetime
    person: str
    label: str


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """All that there is about a person."""

    id: UUID
    name: str
    code: str
    told: tuple[Told, ...]
    files: tuple[KeptFile, ...]
    done: tuple[Done, ...]


def about_person(session: Session, apprentice_id: UUID) -> AboutPerson:
    """Return all that the desk holds of a person; raises Conflict when they are gone."""
    person = session.get(Apprentice, apprentice_id)
    if person is None:
        raise Conflict("This apprentice was removed or erased meanwhile.")
    own = owned(session, {"apprentice": frozenset({apprentice_id})})
    told = []
    for table in Base.metadata.sorted_tables:
        if table.name in own and table.name not in _NOT_TOLD:
            found = _told(session, table, own[table.name])
            if found.rows:
                told.append(found)
    payments = Base.metadata.tables["payment"]
    keys = own.get("apprenticeship", frozenset())
    paid = session.scalars(select(payments.c.id).where(payments.c.apprenticeship_id.in_(keys)))
    of_payments = _told(session, payments, frozenset(paid))
    return AboutPerson(
        apprentice_id,
        full_name(person.given_names, person.family_name),
        person.code,
        (*told, of_payments) if of_payments.rows else tuple(told),
        _files(session, own),
        _done(session, own),
    )


def _told(session: Session, table: Table, keys: frozenset[UUID]) -> Told:
    shown = []
    for column in table.c:
        others = [key.column.table.name for key in column.foreign_keys]
        if column.name in _OURS or (others and others[0] not in _NAMED):
            continue
        shown.append((column, others[0] if others else ""))
    rows: list[tuple[Any, ...]] = []
    order = next((each for each in table.c if isinstance(each.type, Date)), table.c.id)
    for lot in in_lots(sorted(keys), KEYS_A_QUERY):
        columns = [column for column, _ in shown]
        found = session.execute(select(*columns).where(table.c.id.in_(lot)).order_by(order))
        rows.extend(
            tuple(
                _name(session, other, value) if other else value
                for value, (_, other) in zip(row, shown, strict=True)
            )
            for row in found.all()
        )
    return Told(table.name, tuple(column.name for column, _ in shown), tuple(rows))


def _name(session: Session, table: str, key: UUID | None) -> str:
    if key is None:
        return ""
    found = Base.metadata.tables[table]
    return str(session.scalars(select(found.c[_NAMED[table]]).where(found.c.id == key)).first())


def _files(session: Session, own: Owned) -> tuple[KeptFile, ...]:
    files: dict[tuple[str, str], KeptFile] = {}
    for name in ("document_made", "evidence"):
        table = Base.metadata.tables[name]
        for lot in in_lots(sorted(own.get(name, ())), KEYS_A_QUERY):
            found: Any = session.execute(
                select(table.c.file_name, table.c.sha256, table.c.size_bytes).where(
                    table.c.id.in_(lot), table.c.sha256.is_not(None)
                )
            )
            for row in found:
                files[row.file_name, row.sha256] = KeptFile(*row)
    return tuple(files[key] for key in sorted(files))


def _done(session: Session, own: Owned) -> tuple[Done, ...]:
    numbers: set[int] = set()
    for name, keys in own.items():
        for lot in in_lots(sorted(key.hex for key in keys), KEYS_A_QUERY):
            numbers.update(
                session.scalars(
                    select(ChangedRow.number).where(
                        ChangedRow.table_name == name, ChangedRow.row_id.in_(lot)
                    )
                )
            )
    done: list[Done] = []
    for some in in_lots(sorted(numbers), KEYS_A_QUERY):
        lines = session.scalars(select(ChangeLine).where(ChangeLine.number.in_(some)))
        done.extend(Done(line.recorded_at, line.person, line.label) for line in lines)
    return tuple(sorted(done, key=lambda each: each.at))


def person_file(session: Session, file: KeptFile) -> bytes:
    """Return the bytes of a file; raises Problem when they are not those that were kept."""
    return kept_content(session, file.name, file.sha256)
