"""Every change of a desk: found by words, person, days and kind, a page at a time.

A page is read with the same few statements, whatever the number of changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.base import Base, Kept
from apprentice_desk.records.change_images import keys_of
from apprentice_desk.records.changelog import ChangedRow, ChangeLine
from apprentice_desk.records.changes_told import Records, one_of
from apprentice_desk.records.history_kinds import KINDS

A_PAGE = 200
"""So many changes are read at a time."""

_TOO_MANY = frozenset({"off_the_job_entry"})
"""Tables whose records have a history of their own, and are too many to be looked through."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are wanted; what is blank narrows nothing.

    *words* stand in the label, each of them.  *kind* is a key of KINDS.  *first_at* is the first
    instant, *until_at* the first that is too late.  *records* are keys by table, in hexadecimal.
    """

    words: str = ""
    person: str | None = None
    kind: str = ""
    first_at: datetime | None = None
    until_at: datetime | None = None
    records: Records = ()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change as the history shows it; *touched* are tables with how many of their records."""

    number: int
    recorded_at: datetime
    person: str
    label: str
    is_final: bool
    is_undone: bool
    touched: tuple[tuple[str, int], ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.number


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Changes, the newest first, and whether there are older ones that are wanted too."""

    rows: tuple[HistoryRow, ...]
    has_more: bool


def history_page(
    session: Session, wanted: Wanted, before: int | None = None, most: int = A_PAGE
) -> HistoryPage:
    """Return the newest changes that are wanted, of those *before* a number where it is given."""
    query = _narrowed(wanted)
    if before is not None:
        query = query.where(ChangeLine.number < before)
    page = query.order_by(ChangeLine.number.desc()).limit(most + 1).subquery()
    found: Any = session.execute(
        select(
            page.c.number, page.c.recorded_at, page.c.person, page.c.label, page.c.is_final,
            ChangedRow.table_name, func.count(),
        )
        .outerjoin(ChangedRow, ChangedRow.number == page.c.number)
        .group_by(
            page.c.number, page.c.recorded_at, page.c.person, page.c.label, page.c.is_final,
            ChangedRow.table_name,
        )
        .order_by(page.c.number.desc(), ChangedRow.table_name)
    ).all()  # fmt: skip
    undone = _undone(session)
    lines: dict[int, tuple[Any, list[tuple[str, int]]]] = {}
    for *line, table, count in found:
        touched = lines.setdefault(line[0], (line, []))[1]
        if table is not None:
            touched.append((table, count))
    rows = tuple(
        HistoryRow(number, at, person, label, is_final, number in undone, tuple(touched))
        for (number, at, person, label, is_final), touched in lines.values()
    )
    return HistoryPage(rows[:most], len(rows) > most)


def history_rows(session: Session, wanted: Wanted) -> tuple[HistoryRow, ...]:
    """Return every change that is wanted, the newest first."""
    return history_page(session, wanted, most=_EVERY).rows


_EVERY = 10_000_000


def history_count(session: Session, wanted: Wanted) -> int:
    """Return how many changes are wanted."""
    return session.scalar(select(func.count()).select_from(_narrowed(wanted).subquery())) or 0


def people_of_history(session: Session) -> tuple[str, ...]:
    """Return who changed anything, by name; "" is somebody whose computer did not say."""
    return tuple(session.scalars(select(ChangeLine.person).distinct().order_by(ChangeLine.person)))


def records_about(session: Session, table: str, row_id: UUID) -> Records:
    """Return the keys of a record and of what belongs to it, by table; those that are gone too.

    What belongs to it are the records that name it, but for single entries of hours.
    """
    found: dict[str, tuple[str, ...]] = {table: (row_id.hex,)}
    if table == "apprenticeship":  # the person it is one of
        whose = select(Apprenticeship.apprentice_id).where(Apprenticeship.id == row_id)
        found["apprentice"] = tuple(key.hex for key in session.scalars(whose))
    for record in _classes():
        for column in record.__table__.c:
            if record.__tablename__ in _TOO_MANY:
                continue
            if any(key.column.table.name == table for key in column.foreign_keys):
                keys = keys_of(session, record, column.name, row_id)
                if keys:
                    known = set(found.get(record.__tablename__, ()))
                    found[record.__tablename__] = tuple(sorted(known | keys))
    return tuple(sorted(found.items()))


def _classes() -> Iterator[type[Kept]]:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Kept):
            yield mapper.class_


def _narrowed(wanted: Wanted) -> Select[Any]:
    query: Any = select(
        ChangeLine.number, ChangeLine.recorded_at, ChangeLine.person, ChangeLine.label,
        ChangeLine.is_final,
    )  # fmt: skip
    for word in wanted.words.split():
        query = query.where(func.lower(ChangeLine.label).contains(word.lower(), autoescape=True))
    if wanted.person is not None:
        query = query.where(ChangeLine.person == wanted.person)
    if wanted.first_at is not None:
        query = query.where(ChangeLine.recorded_at >= wanted.first_at)
    if wanted.until_at is not None:
        query = query.where(ChangeLine.recorded_at < wanted.until_at)
    if wanted.kind:
        query = query.where(_touches(ChangedRow.table_name.in_(KINDS[wanted.kind])))
    if wanted.records:
        of = one_of(wanted.records)
        query = query.where(ChangeLine.number.in_(select(ChangedRow.number).where(of)))
    narrowed: Select[Any] = query
    return narrowed


def _touches(rows: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(ChangedRow.number == ChangeLine.number, rows)


def _undone(session: Session) -> set[int]:
    """Return the numbers of the changes that do not stand: a later one took them back."""
    taken_back: set[int] = set()
    found: Iterable[Any] = session.execute(
        select(ChangeLine.number, ChangeLine.takes_back)
        .where(ChangeLine.takes_back.is_not(None))
        .order_by(ChangeLine.number.desc())
    )
    for number, takes_back in found:
        if number not in taken_back:
            taken_back.add(takes_back)
    return taken_back
