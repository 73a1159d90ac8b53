"""Everything a desk holds, as plain values, to compare before and after."""

from __future__ import annotations

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from apprentice_desk.records.store import Store

LOG = frozenset({"change_log", "change_row", "evidence_content"})
"""What no undo takes away: the log, and the bytes that it leaves to a table of their own."""

Dump = dict[str, list[tuple[object, ...]]]


def dump(store: Store, *, with_log: bool = False) -> Dump:
    """Return every column of every row of every table, read past the record classes."""
    return store.read(_tables, frozenset() if with_log else LOG)


def _tables(session: Session, left_out: frozenset[str]) -> Dump:
    names = set(inspect(session.connection()).get_table_names()) - left_out
    return {
        name: sorted(
            (tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))), key=repr
        )
        for name in sorted(names)
    }


def count(found: Dump) -> int:
    """Return how many rows there are, the alembic_version apart."""
    return sum(len(rows) for table, rows in found.items() if table != "alembic_version")
