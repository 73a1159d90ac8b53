"""Bringing a desk up to date, or leaving it exactly as it was.

A step is a module of ``migrations/versions`` with ``REVISION``, ``COMES_AFTER`` and
``upgrade(operations)``; it imports nothing of ours, so that it does the same for ever.  All
missing steps run in one transaction on a desk whose copy was kept first.  Alembic is imported
only when there is something to do: importing it costs as much as the window itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, text

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.marks import HEAD as HEAD
from apprentice_desk.records.marks import STEPS as STEPS


def steps() -> tuple[ModuleType, ...]:
    """Return the step modules, oldest first."""
    return tuple(
        import_module(f"apprentice_desk.records.migrations.versions.{name}") for name in STEPS
    )


def revision(connection: Connection) -> str | None:
    """Return the revision that the desk is at; None where nothing has been made yet."""
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def missing(at: str | None, known: Sequence[ModuleType]) -> tuple[ModuleType, ...]:
    """Return the steps still to take from revision *at*.

    Raises Problem when *at* is not a revision that this program knows: the desk is newer.
    """
    if at is None:
        return tuple(known)
    names = [step.REVISION for step in known]
    if at not in names:
        raise Problem(
            f"This desk was last used by a newer Apprentice Desk (its format is {at}; this program"
            f" knows formats up to {names[-1]}).",
            "Nothing was changed. Update Apprentice Desk on this computer, then open the desk.",
        )
    return tuple(known[names.index(at) + 1 :])


def bring_up_to_date(connection: Connection, known: Sequence[ModuleType]) -> None:
    """Take every missing step inside the transaction that *connection* is in.

    The caller commits, or rolls back when this raises.  On SQLite the foreign keys are checked
    after the last step; a row without its parent raises Problem.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    context = MigrationContext.configure(connection)
    operations = Operations(context)
    for step in missing(revision(connection), known):
        step.upgrade(operations)
        if step.COMES_AFTER is None:
            connection.execute(
                text(
                    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
                    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
                )
            )
            connection.execute(text("INSERT INTO alembic_version VALUES ('')"))
        connection.execute(
            text("UPDATE alembic_version SET version_num = :at"), {"at": step.REVISION}
        )
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            tables = ", ".join(sorted({str(row[0]) for row in orphans}))
            raise Problem(
                f"The desk could not be brought up to date: records in {tables} point to records"
                " that are not there.",
                "The desk is as it was. Please send this message to whoever supports the program.",
            )


def keep_copy(path: Path, at: str, key: DeskKey | None = None) -> Path:
    """Copy the desk file with SQLite's own backup call, before its format changes.

    The copy of an encrypted file is encrypted with the same *key*.

    The copy stands beside the desk, named after the old format, and replaces no other copy.
    Returns its path.  Raises Problem, and leaves no half copy, when it cannot be made.
    """
    copy = path.with_name(f"{path.stem} before format {HEAD} (was {at}){path.suffix}")
    turn = 2
    while copy.exists():
        copy = path.with_name(f"{path.stem} before format {HEAD} (was {at}) {turn}{path.suffix}")
        turn += 1
    try:
        with (
            private_files.swapped(copy) as fresh,  # a name that nobody takes for a copy till then
            closing(open_file(path, "rw", key)) as source,
            closing(open_file(fresh, "rw", key)) as target,
        ):
            source.backup(target)
            if target.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise _no_copy(path, "the copy did not pass its check")
    except OSError as error:
        raise _no_copy(path, error.strerror or str(error)) from error
    except errors() as error:
        raise _no_copy(path, str(error)) from error
    return copy


def _no_copy(path: Path, why: str) -> Problem:
    return Problem(
        f"{path.name} has to be brought up to date, but no copy of it could be kept first ({why}).",
        "Nothing was changed. Free some space, or check that its folder can be written to.",
    )
