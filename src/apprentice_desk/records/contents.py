"""What a desk's file holds, read past SQLAlchemy and never written to.

For whoever looks at copies of a desk: they may be of any format that was ever released, and are
not brought up to date for being looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apprentice_desk.domain.leaving import LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.connecting import recognise
from apprentice_desk.records.doors import File, errors, open_file
from apprentice_desk.records.keys import DeskKey

_FIRST_AFTER = """
SELECT recorded_at FROM change_log AS line
WHERE number > ? AND EXISTS (
  SELECT 1 FROM change_row AS touched
  WHERE touched.number = line.number AND NOT (
    touched.before IS NULL AND (
      touched.table_name = 'left_file_person'
      OR (
        touched.table_name = 'left_file'
        AND touched.row_id IN (SELECT id FROM left_file WHERE kind = ?)
      )
    )
  )
)
ORDER BY number LIMIT 1
"""

KINDS = (
    ("apprenticeship", "apprenticeship"),
    ("review", "review"),
    ("evidence", "evidence file"),
    ("provider", "provider"),
    ("contract", "contract"),
    ("procurement", "procurement"),
    ("payment", "payment"),
    ("secondment", "secondment"),
    ("document_made", "document"),
    ("return_sent", "return"),
    ("network_event", "event"),
    ("barrier", "barrier"),
    ("story", "story"),
)
"""Other records that a comparison counts: their tables, and what one is called."""

_NAMED = "given_names <> '' OR family_name <> ''"  # a role that nobody has yet is no person


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds: whose desk, how much, and its newest change.

    *format* is the revision of its tables; *number* and *changed_at* are of the newest change.
    """

    desk: str
    organisation: str
    is_sample: bool
    people: int
    entries: int
    number: int
    changed_at: datetime | None
    format: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log."""

    number: int
    label: str
    recorded_at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class ErasedKey:
    """One erasure as the file holds it: all words, and the key as hexadecimal."""

    kind: str
    key: str
    erased_at: str
    ground: str


@dataclass(frozen=True, slots=True)
class Inside:
    """All that a comparison looks at: names by the keys of people, keys of entries, counts, log.

    *altered_in* is the number of the change by which each entry has its present values.
    """

    held: Held
    names: dict[str, str]
    altered_in: dict[str, int]
    counts: dict[str, int]
    changes: tuple[Change, ...]


@contextmanager
def looking_into(path: Path, key: DeskKey | None) -> Iterator[File]:
    """Give a connection that only reads; what the driver raises becomes a Problem.

    Raises NeedsPassphrase or WrongPassphrase where *key* is missing or another's, and Problem where
    it is no desk, damaged or cannot be read.
    """
    recognise(path, key)
    try:
        with closing(open_file(path, "ro", key)) as file:
            yield file
    except errors() as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> Problem:
    """Return the Problem of a file that could not be read through."""
    words = str(error)
    if "no such" in words:
        return Problem(
            f"{path.name} holds no whole desk.", "Choose another copy; this one is left as it is."
        )
    if "locked" in words:
        return Problem(
            f"{path.name} cannot be read just now: somebody is writing to it.",
            "Wait a moment and try again.",
        )
    return Problem(
        f"{path.name} cannot be read through: it is damaged, or its drive does not answer.",
        "Choose another copy; this one is left as it is.",
    )


def held_in(file: File) -> Held:
    """Return what a file holds; raises what the driver raises."""
    desk, organisation, is_sample = file.execute(
        "SELECT id, name, is_sample FROM organisation"
    ).fetchone() or ("", "", 0)
    number, changed_at = file.execute(
        "SELECT number, recorded_at FROM change_log ORDER BY number DESC LIMIT 1"
    ).fetchone() or (0, None)
    return Held(
        desk,
        organisation,
        bool(is_sample),
        _count(file, f"SELECT count(*) FROM apprentice WHERE {_NAMED}"),  # noqa: S608 - our words
        _count(file, "SELECT count(*) FROM off_the_job_entry"),
        number,
        None if changed_at is None else datetime.fromisoformat(changed_at),
        file.execute("SELECT version_num FROM alembic_version").fetchone()[0],
    )


def newest_in(file: File) -> tuple[str, int]:
    """Return whose desk a file is, by its key, and the number of its newest change."""
    desk = file.execute("SELECT id FROM organisation").fetchone() or ("",)
    number = file.execute("SELECT max(number) FROM change_log").fetchone()[0]
    return desk[0], number or 0


def changed_first_after(file: File, number: int) -> datetime | None:
    """Return when the first change after *number* was made; None where there is none.

    That a copy was made is noted after it is there: such a change alone asks for no other copy.
    Only for a file of the newest format.
    """
    found = file.execute(_FIRST_AFTER, (number, LeftKind.BACKUP.value)).fetchone()
    return None if found is None else datetime.fromisoformat(found[0])


def erased_in(file: File) -> tuple[ErasedKey, ...]:
    """Return who was erased; nobody in a file of a format that knew no erasing."""
    if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'erasure'").fetchone():
        return ()
    return tuple(
        ErasedKey(*row)
        for row in file.execute("SELECT kind, subject_key, erased_at, ground FROM erasure")
    )


def faults_in(file: File) -> tuple[str, ...]:
    """Return what is wrong with a file's pages, as SQLite names it; nothing where it is sound."""
    said = tuple(row[0] for row in file.execute("PRAGMA integrity_check(20)"))
    return () if said == ("ok",) else said


def orphans_in(file: File) -> tuple[str, ...]:
    """Return which records lack the one that they belong to."""
    return tuple(
        f"a record of {table} without the one of {parent} that it belongs to"
        for table, _row, parent, _key in file.execute("PRAGMA foreign_key_check").fetchmany(20)
    )


def all_in(file: File) -> Inside:
    """Return all that a comparison looks at; raises what the driver raises."""
    tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return Inside(
        held_in(file),
        {
            row_id: f"{given} {family}".strip()
            for row_id, given, family in file.execute(
                f"SELECT id, given_names, family_name FROM apprentice WHERE {_NAMED}"  # noqa: S608
            )
        },
        dict(file.execute("SELECT id, changed_in FROM off_the_job_entry")),
        {
            table: _count(file, f"SELECT count(*) FROM {table}") if table in tables else 0  # noqa: S608
            for table, _one in KINDS
        },
        tuple(
            Change(number, label, datetime.fromisoformat(recorded_at), person)
            for number, label, recorded_at, person in file.execute(
                "SELECT number, label, recorded_at, person FROM change_log ORDER BY number"
            )
        ),
    )


def _count(file: File, query: str) -> int:
    count: int = file.execute(query).fetchone()[0]
    return count
