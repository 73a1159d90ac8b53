"""What tests of migrations share: a file's schema, its format, and the copies beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import sqlalchemy as sa

from apprentice_desk.records.desks import open_store


def ddl(path):
    """Return the statements that made a file's tables and indexes, in one form."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(kind, name): clauses(sql) for kind, name, sql in found}


def clauses(sql):
    """Return a statement's head and its clauses, sorted: their order means nothing to us."""
    head, _, inside = " ".join(sql.split()).partition("(")
    depth, clause, found = 0, "", []
    for letter in inside.rpartition(")")[0]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append(clause.strip())
            clause = ""
        else:
            clause += letter
    # A table that was rebuilt was renamed, and stands in quotes since.
    return head.strip().replace('"', ""), sorted([*found, clause.strip()])


def revision_of(location):
    opened = open_store(location, read_only=True)
    found = opened.read(
        lambda session: session.execute(sa.text("SELECT * FROM alembic_version")).scalar_one()
    )
    opened.close()
    return found


def copies_of(path):
    return sorted(path.parent.glob("* before format *"))
