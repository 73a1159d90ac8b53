"""One change told in words: which records it touched, and each field before and after it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.people import full_name
from apprentice_desk.records.base import Base, Kept
from apprentice_desk.records.change_images import LoggedRow, logged_changes
from apprentice_desk.records.changelog import KEYS_A_QUERY, ChangedRow, in_lots
from apprentice_desk.records.history_kinds import HIDDEN, called

MOST_RECORDS = 100
"""So many records of one change are told; an import touches thousands."""

BLANK = "blank"
GONE = "one that is not in this desk any more"

_LONGEST = 400
_NOT_TOLD = frozenset({"id", "changed_in"})
_NAMED_BY = ("title", "name", "reference", "file_name", "what", "question", "code", "period")
_LABELS = {
    "uln": "ULN",
    "ukprn": "UKPRN",
    "ksbs": "KSBs",
    "cpv_codes": "CPV codes",
    "lars_code": "LARS code",
    "born_on": "Date of birth",
    "sha256": "Fingerprint of the file",
    "size_bytes": "Size of the file",
    "apprentice_id": "Apprentice",
    "apprenticeship_id": "Apprentice",
}
_PACKED = frozenset({"clauses", "ticks", "field_values", "row_counts", "findings", "columns"})
"""Columns of JSON: told by what is in it, without its signs."""

_PLAIN_NUMBERS = frozenset({"number", "revision", "position", "programme_year", "level"})


Records = tuple[tuple[str, tuple[str, ...]], ...]
"""Keys of records by their table, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field that a change altered, in words; "blank" where there was, or is, nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """One record that a change touched.

    *what* is its kind and name, *how* whether it was added, changed or removed.  Without *fields*
    nothing is kept of how it was, as of somebody who was erased.
    """

    table: str
    row_id: str
    what: str
    how: str
    fields: tuple[ToldField, ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """The records of a change, in words, and how many more there are that are not told."""

    records: tuple[ToldRecord, ...]
    more: int


def one_of(records: Records) -> ColumnElement[bool]:
    """Return the condition that a line of the log is about one of *records*."""
    return or_(
        *(
            and_(ChangedRow.table_name == table, ChangedRow.row_id.in_(keys))
            for table, keys in records
        )
    )


def told_change(session: Session, number: int, records: Records = ()) -> ToldChange:
    """Return what the change of a *number* did, field by field.

    With *records* only what it did to those is told: of a list of people that was imported, whoever
    looks at one sees nothing of the others.
    """
    hidden = ChangedRow.table_name.not_in(sorted(HIDDEN))
    of = (ChangedRow.number == number) & hidden
    touched: Any = session.execute(
        select(ChangedRow.table_name, ChangedRow.row_id)
        .where(of & one_of(records) if records else of)
        .order_by(ChangedRow.table_name, ChangedRow.row_id)
        .limit(MOST_RECORDS)
    ).all()
    count = session.scalar(select(func.count()).select_from(ChangedRow).where(of)) or 0
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    keys: dict[type[Kept], set[str]] = defaultdict(set)
    for table, row_id in touched:
        if table in classes:  # one that a later format has no more cannot be told
            keys[classes[table]].add(row_id)
    found = next(
        (each for each in logged_changes(session, keys) if each.line.number == number), None
    )
    rows = found.rows if found is not None else ()
    names = _names(session, rows)
    told = sorted(
        (_told(row, names) for row in rows), key=lambda each: (each.table, each.what, each.row_id)
    )
    return ToldChange(tuple(told), count - len(told))


_Names = Mapping[tuple[str, UUID], str]


def _told(row: LoggedRow, names: _Names) -> ToldRecord:
    before, after = row.typed_before(), row.typed_after()
    table = row.record.__tablename__
    if before is None and row.before is None:
        how = "added"
    elif row.after is None:
        how = "removed"
    else:
        how = "changed"
    kept = after or before or {}
    what = " ".join(filter(None, (called(table), _called_by(row.record, kept, names))))
    fields = tuple(
        ToldField(
            label_of(column.name),
            words_of(column, (before or {}).get(column.name), names),
            words_of(column, (after or {}).get(column.name), names),
        )
        for column in row.record.__table__.columns
        if column.name not in _NOT_TOLD
        and (before or {}).get(column.name) != (after or {}).get(column.name)
    )
    return ToldRecord(
        table, row.row_id, what[:1].upper() + what[1:], how,
        tuple(each for each in fields if each.before != each.after),
    )  # fmt: skip


def _called_by(record: type[Kept], values: Mapping[str, Any], names: _Names) -> str:
    """Return by what a record is known: its own name, then whose it is."""
    parts = []
    if "family_name" in values:
        parts.append(full_name(values.get("given_names") or "", values["family_name"] or ""))
    else:
        own = next((values[name] for name in _NAMED_BY if values.get(name)), None)
        if own is not None:
            text = " ".join(str(own).split())
            parts.append(f"“{text[:60]}{'…' if len(text) > 60 else ''}”")
        elif isinstance(day := values.get("done_on") or values.get("due_on"), date):
            parts.append(f"of {show_day(day)}")
    for name in ("apprenticeship_id", "apprentice_id", "contract_id", "procurement_id"):
        key = values.get(name)
        if isinstance(key, UUID):
            parts.append(f"of {names.get((_refers_to(record, name), key), GONE)}")
            break
    return " ".join(filter(None, parts))


def _refers_to(record: type[Kept], column: str) -> str:
    keys = record.__table__.c[column].foreign_keys
    # A key that refers to nothing by itself is still somebody's, as in the ledger of what left.
    return next((key.column.table.name for key in keys), column.removesuffix("_id"))


def label_of(column: str) -> str:
    """Return the name of a column as words: "training_started_on" is "Training started"."""
    if column in _LABELS:
        return _LABELS[column]
    name = column
    for ending in ("_on", "_at", "_id", "_minutes"):
        name = name.removesuffix(ending)
    for beginning in ("is_", "has_"):
        name = name.removeprefix(beginning)
    words = (name or column).replace("_", " ").replace("ksb", "KSB")
    return words[:1].upper() + words[1:]


def words_of(column: Any, value: Any, names: _Names) -> str:
    """Return a value of a table's *column* as words."""
    match value:
        case None | "":
            return BLANK
        case bool():
            return "Yes" if value else "No"
        case Decimal():
            return show_pounds(value)
        case datetime():
            return show_instant(value)
        case date():
            return show_day(value)
        case UUID():
            table = next((key.column.table.name for key in column.foreign_keys), "")
            table = table or column.name.removesuffix("_id")
            return names.get((table, value), GONE)
        case bytes():
            return f"a file of {show_size(len(value))}"
        case int():
            return _number(column.name, value)
    text = " ".join((_unpacked(value) if column.name in _PACKED else str(value)).split())
    if not text:
        return BLANK
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _unpacked(text: str) -> str:
    """Return what is in a JSON text as words; as it stands where it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    match found:
        case dict():
            return ", ".join(f"{key}: {_plain(value)}" for key, value in found.items())
        case list():
            return f"{len(found):,} of them" if found else ""
    return str(found)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _number(name: str, value: int) -> str:
    if name.endswith("minutes"):
        return sentence(value)
    if name.endswith("_bytes"):
        return show_size(value)
    return str(value) if name in _PLAIN_NUMBERS else f"{value:,}"


# --- names of what is referred to -----------------------------------------------------------------


def _names(session: Session, rows: Iterable[LoggedRow]) -> _Names:
    """Return what the records are called that the values of *rows* refer to."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        for values in (row.typed_before(), row.typed_after()):
            for name, value in (values or {}).items():
                if isinstance(value, UUID) and name not in _NOT_TOLD:
                    wanted[_refers_to(row.record, name)].add(value)
    found: dict[tuple[str, UUID], str] = {}
    for table, keys in wanted.items():
        if table in Base.metadata.tables:
            for lot in in_lots(sorted(keys), KEYS_A_QUERY):
                for key, name in _names_in(session, table, lot):
                    found[table, key] = name
    return found


def _names_in(session: Session, table: str, keys: list[UUID]) -> Iterable[tuple[UUID, str]]:
    tables = Base.metadata.tables
    own = tables[table]
    if table == "apprenticeship":
        person = tables["apprentice"]
        found: Any = session.execute(
            select(own.c.id, person.c.given_names, person.c.family_name)
            .join(person, person.c.id == own.c.apprentice_id)
            .where(own.c.id.in_(keys))
        )
        return [(key, full_name(given, family) or "a role without a name")
                for key, given, family in found]  # fmt: skip
    if "family_name" in own.c:
        found = session.execute(
            select(own.c.id, own.c.given_names, own.c.family_name).where(own.c.id.in_(keys))
        )
        return [(key, full_name(given, family)) for key, given, family in found]
    column = next((own.c[name] for name in _NAMED_BY if name in own.c), None)
    if column is None:
        found = session.execute(select(own.c.id).where(own.c.id.in_(keys)))
        return [(key, f"another {called(table)}") for (key,) in found]
    found = session.execute(select(own.c.id, column).where(own.c.id.in_(keys)))
    return [(key, str(name or called(table))) for key, name in found]
