"""Everything a desk holds, as plain values, to compare before and after."""

from __future__ import annotations

from sqlalchemy.orm import Session

from apprentice_desk.records.store import Store

LOG = frozenset({"change_log", "change_row", "evidence_content"})
"""What no undo takes away: the log, and the bytes that it leaves to a table of their own."""

_NAMES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
Dump = dict[str, list[tuple[object, ...]]]


def dump(store: Store, *, with_log: bool = False) -> Dump:
    """Return every column of every row of every table, read past the record classes."""
    return store.read(_tables, frozenset() if with_log else LOG)


def _tables(session: Session, left_out: frozenset[str]) -> Dump:
    # By the driver itself: some hundred thousand tables are read for the tests of undo alone.
    connection = session.connection()
    driver = connection.connection.cursor()
    driver.execute(_NAMES[connection.dialect.name])
    names = {name for (name,) in driver.fetchall()} - left_out
    found: Dump = {}
    for name in sorted(names):
        driver.execute(f'SELECT * FROM "{name}"')
        found[name] = sorted(map(tuple, driver.fetchall()), key=repr)
    driver.close()
    return found


def count(found: Dump) -> int:
    """Return how many rows there are, the alembic_version apart."""
    return sum(len(rows) for table, rows in found.items() if table != "alembic_version")
