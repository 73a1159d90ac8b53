"""The desk as it was at the end of a day, put together from what is there and the change log.

A row that no change touched since is as it was; one that was touched is the image "before" of the
first change that did, and was not there if that has none.  The same query as for today goes over
the rows so found, in memory, so that a figure of then is worked out exactly as one of now.  Rules
and lists are those of the program as it is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import end_of_day_in_london
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.since_then import FACTS, SinceThen
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.records.base import Base, plain
from apprentice_desk.records.changelog import (
    KEYS_A_QUERY,
    ChangedRow,
    ChangeLine,
    Image,
    image,
    typed,
)
from apprentice_desk.records.hours import HoursRow, OffTheJobEntry, hours_rows
from apprentice_desk.records.learning import PlanActivity, PlanActivityRow, plan_rows
from apprentice_desk.records.standing import ApprenticeRow, rows_in_file

_ENTRIES = "off_the_job_entry"
_SMALL = (
    "provider",
    "standard",
    "contract",
    "apprentice",
    "apprenticeship",
    "break_in_learning",
    "weekly_hours",
    "plan_activity",
    "review",
    "secondment",
)
_OF_ENTRIES = ("apprenticeship_id", "done_on", "minutes", "counts")
_OTHERS = {
    "break_in_learning": ("breaks", ("first_on", "last_on")),
    "weekly_hours": ("contracted hours", ("from_on", "weekly_minutes")),
    "plan_activity": ("the learning plan", ("due_on", "planned_minutes", "status")),
}
"""What else figures are made of: how a sentence calls it, and the columns that matter."""


@dataclass(frozen=True, slots=True)
class Then:
    """The end of a day in the desk's own time.

    *change* is the number of the last change by then; None before the desk began, on the day
    *began_on*.  *is_newest*: nothing was changed since.
    """

    change: int | None
    began_at: datetime | None
    is_newest: bool


def then(session: Session, day: date) -> Then:
    """Return where the desk stood at the end of *day* in London."""
    last = _last_before(session, end_of_day_in_london(day))
    newest = session.execute(select(func.max(ChangeLine.number))).scalar_one()
    began = session.execute(
        select(ChangeLine.recorded_at).order_by(ChangeLine.number).limit(1)
    ).scalar()
    return Then(last, began, last == newest)


def _last_before(session: Session, over: datetime) -> int | None:
    """Return the number of the last change before *over*; None where all came later.

    Numbers are in order, times only while the computer's clock is right.  Where they contradict
    one another, the change is taken that leaves the fewest times on the wrong side.
    """
    early = ChangeLine.recorded_at < over
    last: int | None = session.execute(select(func.max(ChangeLine.number)).where(early)).scalar()
    late: int | None = session.execute(select(func.min(ChangeLine.number)).where(~early)).scalar()
    if last is None or late is None or last < late:
        return last
    between = select(ChangeLine.number, early).where(ChangeLine.number.between(late, last))
    best = gain = 0
    found = late - 1
    for number, is_early in session.execute(between.order_by(ChangeLine.number)):
        gain += 1 if is_early else -1
        if gain > best:
            best, found = gain, number
    return found or None


def rows_as_said(
    session: Session,
    day: date,
    change: int,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
) -> tuple[ApprenticeRow, ...]:
    """Return how every apprenticeship stood at the end of *day*, as the desk said after *change*.

    Nobody who was entered later is in it, and whoever was removed since still is.
    """
    with closing(sqlite3.connect(":memory:")) as memory:
        for name in _SMALL:
            table = Base.metadata.tables[name]
            _fill(memory, table, (_values(table, row) for row in _rows_then(session, name, change)))
        _fill_entries(memory, _minutes_then(session, day, change))
        return rows_in_file(memory, day, rules, role_families)


def entries_as_said(
    session: Session,
    apprenticeship_id: UUID,
    change: int,
    first: date | None = None,
    last: date | None = None,
) -> tuple[HoursRow, ...]:
    """Return somebody's entries from *first* to *last* as they were after *change*, newest first.

    They are without a name.
    """
    touched = _touched(session, _ENTRIES, change)
    now = [
        replace(row, name="")
        for row in hours_rows(session, apprenticeship_id=apprenticeship_id)
        if row.id.hex not in touched
    ]
    own = (row for row in touched.values() if row is not None and _owner(row) == apprenticeship_id)
    was = (typed(OffTheJobEntry.__table__, row) for row in own)  # type: ignore[arg-type]
    rows = now + [
        HoursRow(name="", **{each: row[each] for each in _ENTRY_VALUES if each in row})
        for row in was
    ]
    within = [
        row
        for row in rows
        if (first is None or first <= row.done_on) and (last is None or row.done_on <= last)
    ]
    within.sort(key=lambda row: row.began_at)
    return tuple(sorted(within, key=lambda row: row.done_on, reverse=True))


def plan_as_said(
    session: Session, apprenticeship_id: UUID, change: int
) -> tuple[PlanActivityRow, ...]:
    """Return somebody's learning plan as it was after *change*, by due date."""
    touched = _touched(session, "plan_activity", change)
    rows = [row for row in plan_rows(session, apprenticeship_id) if row.id.hex not in touched]
    for before in touched.values():
        if before is not None and _owner(before) == apprenticeship_id:
            values = typed(PlanActivity.__table__, before)  # type: ignore[arg-type]
            rows.append(PlanActivityRow(**{each: values[each] for each in _PLAN if each in values}))
    return tuple(sorted(rows, key=lambda row: (row.due_on or date.max, row.title)))


_PLAN = PlanActivityRow.__match_args__
_ENTRY_VALUES = tuple(name for name in HoursRow.__match_args__ if name != "name")


def since_then(session: Session, day: date, change: int) -> dict[UUID, SinceThen]:
    """Return by apprenticeship what was changed after *change* of what concerns *day*'s figures."""
    found: dict[UUID, SinceThen] = defaultdict(SinceThen)
    _note_entries(session, day, change, found)
    _note_details(session, change, found)
    for name, (words, columns) in _OTHERS.items():
        for before, after in _pairs(session, name, change):
            was, now = (
                None if row is None else [row[each] for each in columns] for row in (before, after)
            )
            if was == now:
                continue
            for owner in {_owner(row) for row in (before, after) if row is not None}:
                noted = found[owner]
                if words not in noted.others:
                    found[owner] = replace(noted, others=(*noted.others, words))
    return {key: since for key, since in found.items() if not since.is_nothing}


def _note_entries(session: Session, day: date, change: int, found: dict[UUID, SinceThen]) -> None:
    last = day.isoformat()
    for before, after in _pairs(session, _ENTRIES, change):
        was = before if before is not None and before["done_on"] <= last else None
        now = after if after is not None and after["done_on"] <= last else None
        if was is not None and now is not None and _owner(was) == _owner(now):
            if any(was[name] != now[name] for name in ("done_on", "minutes", "counts")):
                noted = found[_owner(now)]
                corrected = noted.corrected.plus(_counting(now) - _counting(was))
                found[_owner(now)] = replace(noted, corrected=corrected)
            continue
        if was is not None:
            noted = found[_owner(was)]
            found[_owner(was)] = replace(noted, removed=noted.removed.plus(-_counting(was)))
        if now is not None:
            noted = found[_owner(now)]
            found[_owner(now)] = replace(noted, later=noted.later.plus(_counting(now)))


def _note_details(session: Session, change: int, found: dict[UUID, SinceThen]) -> None:
    table = Base.metadata.tables["apprenticeship"]
    for before, after in _pairs(session, "apprenticeship", change):
        row = before if before is not None else after
        if row is None:
            continue  # came and went since
        key = UUID(hex=row["id"])
        if before is None:
            found[key] = replace(found[key], was_entered_later=True)
        elif after is None:
            found[key] = replace(found[key], is_gone=True)
        else:
            values = typed(table, before)
            changed = tuple(
                (name, values[name])
                for name in FACTS
                if name in before and before[name] != after[name]
            )
            found[key] = replace(found[key], facts=changed)


def _counting(row: Image) -> int:
    return int(row["minutes"]) if row["counts"] else 0


def _owner(row: Image) -> UUID:
    return UUID(hex=row["apprenticeship_id"])


# --- rows as they were ----------------------------------------------------------------------------


def _touched(session: Session, name: str, change: int) -> dict[str, Image | None]:
    """What each row of a table that was touched after *change* was before; None: not there."""
    logged = session.execute(
        select(ChangedRow.row_id, ChangedRow.before)
        .where(ChangedRow.number > change, ChangedRow.table_name == name)
        .order_by(ChangedRow.number)
    )
    first: dict[str, str | None] = {}
    for row_id, before in logged:
        first.setdefault(row_id, before)
    return {key: None if before is None else json.loads(before) for key, before in first.items()}


def _present(session: Session, name: str, keys: Iterable[str]) -> dict[str, Image]:
    """Rows as they are now, by key; of entries, which may be many, only what figures need."""
    table, wanted = Base.metadata.tables[name], [UUID(hex=key) for key in keys]
    columns = [table.c[each] for each in _OF_ENTRIES] if name == _ENTRIES else list(table.c)
    names = [column.name for column in columns]
    found: dict[str, Image] = {}
    for start in range(0, len(wanted), KEYS_A_QUERY):
        some = table.c.id.in_(wanted[start : start + KEYS_A_QUERY])
        for key, *values in session.execute(select(table.c.id, *columns).where(some)):
            found[key.hex] = dict(zip(names, map(plain, values), strict=True))
    return found


def _pairs(session: Session, name: str, change: int) -> Iterator[tuple[Image | None, Image | None]]:
    """Each touched row as it was and as it is; None where it was or is not there."""
    touched = _touched(session, name, change)
    present = _present(session, name, touched)
    for key, before in touched.items():
        yield before, present.get(key)


def _rows_then(session: Session, name: str, change: int) -> Iterator[Image]:
    touched = _touched(session, name, change)
    table = Base.metadata.tables[name]
    for row in session.execute(select(table)).mappings():
        now = image({str(key): value for key, value in row.items()})
        if now.get("id") not in touched:
            yield now
    yield from (row for row in touched.values() if row is not None)


def _values(table: Table, row: Image) -> tuple[Any, ...]:
    """A row's plain values; a column that was added since has its default."""
    return tuple(
        row[column.name] if column.name in row else getattr(column.default, "arg", None)
        for column in table.columns
    )


def _minutes_then(
    session: Session, day: date, change: int
) -> dict[tuple[str, str, bool], tuple[int, int]]:
    """Minutes and number of entries by apprenticeship, day and whether they count."""
    sums: dict[tuple[str, str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    now = session.execute(
        text(
            "SELECT apprenticeship_id, done_on, counts, sum(minutes), count(*)"
            " FROM off_the_job_entry GROUP BY apprenticeship_id, done_on, counts"
        )
    )
    for owner, done_on, counts, minutes, count in now:
        sums[plain(owner), plain(done_on), bool(counts)] = (int(minutes), int(count))
    for before, after in _pairs(session, _ENTRIES, change):
        for row, sign in ((after, -1), (before, 1)):
            if row is not None:
                key = (row["apprenticeship_id"], row["done_on"], bool(row["counts"]))
                minutes, count = sums[key]
                sums[key] = (minutes + sign * row["minutes"], count + sign)
    last = day.isoformat()
    return {key: value for key, value in sums.items() if value[1] and key[1] <= last}


def _fill(memory: sqlite3.Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    memory.execute(f"CREATE TABLE {table.name} ({', '.join(names)})")
    marks = ", ".join("?" for _ in names)
    memory.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608 - ours


def _fill_entries(
    memory: sqlite3.Connection, sums: Mapping[tuple[str, str, bool], tuple[int, int]]
) -> None:
    memory.execute(f"CREATE TABLE {_ENTRIES} (apprenticeship_id, done_on, counts, minutes)")
    memory.executemany(
        f"INSERT INTO {_ENTRIES} VALUES (?, ?, ?, ?)",  # noqa: S608 - ours
        ((*key, minutes) for key, (minutes, _) in sums.items()),
    )
    memory.execute(
        f"CREATE INDEX totals ON {_ENTRIES} (apprenticeship_id, done_on, counts, minutes)"
    )
