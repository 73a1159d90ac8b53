"""How a desk is reached: connections, the guard over every statement, errors in words.

All that is peculiar to SQLite or PostgreSQL stands here and in ``migrate``.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from apprentice_desk import policy
from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.records import soundness
from apprentice_desk.records.changelog import Notes
from apprentice_desk.records.doors import (
    NOT_A_DATABASE,
    File,
    driver_for,
    errors,
    foreign_part,
    holds_more,
    open_file,
)
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.marks import APPLICATION_ID as APPLICATION_ID
from apprentice_desk.records.troubles import Trouble, in_words, is_of_the_disk, trouble_of

_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = EXTRA",  # with FULL a power cut just after a commit can take it back
    "secure_delete = ON",
    "journal_mode = DELETE",  # not WAL: councils keep files on network drives
    "cache_spill = OFF",  # or the first full cache of a large change locks readers out
)
_OURS: dict[str, Any] = {
    "isolation_level": None,  # transactions begin where we say
    "check_same_thread": False,  # the pool hands a connection to one thread at a time
}
_KEPT_KIB = 32 * 1024
"""So much of an encrypted file a connection keeps decrypted: decrypting a page takes longer than
reading it, and SQLite's own 2 MB hold less than the totals of a large desk go through."""
_CLASHES = frozenset({"23001", "23503", "23505"})  # PostgreSQL: restricted, foreign key, unique
_READING = frozenset({"SELECT", "SHOW"})
_READING_PRAGMAS = frozenset(
    {
        "application_id", "cache_spill", "foreign_key_check", "foreign_key_list", "foreign_keys",
        "index_info", "index_list", "index_xinfo", "integrity_check", "journal_mode",
        "quick_check", "secure_delete", "synchronous", "table_info", "table_list", "table_xinfo",
    }
)  # fmt: skip
_TAKES_A_NAME = ("check", "info", "list")  # how those pragmas end that may have a bracket
_MAKING_ROWS = frozenset(
    {
        "sqlalchemy.engine.result", "sqlalchemy.engine._result_cy", "sqlalchemy.engine.cursor",
        "sqlalchemy.orm.loading", "sqlalchemy.engine._row_cy", "sqlalchemy.engine.row",
        "sqlalchemy.engine._processors_cy",
    }
)  # fmt: skip
"""SQLAlchemy's modules that make values of what the file holds."""
_NOT_REACHED = ("connection failed", "failed to resolve host", "connection timeout expired")
"""What psycopg says where there is no server, or none that lets anybody in."""
_NOT_LET_IN = re.compile(
    r"authentication failed|no password supplied|no pg_hba\.conf entry"
    r'|role "[^"]*" (does not exist|is not permitted)'
)
"""What a PostgreSQL server says to whom it does not know, after ``connection failed``."""
_BEGINNINGS = frozenset({"BEGIN", "BEGIN IMMEDIATE"})
_WRITERS_LOCK = 0x41644432  # PostgreSQL advisory lock: one change at a time, numbers in order

_NO_LIBRARY = "This computer lacks the library that speaks to PostgreSQL servers."
_GET_LIBRARY = "Ask IT for PostgreSQL's client library; on Debian and Ubuntu it is named libpq5."


def is_address(location: str | Path) -> bool:
    """Whether *location* is a database's address rather than a file's path."""
    return isinstance(location, str) and location.startswith("postgresql")


def engine_for(
    location: str | Path,
    *,
    is_read_only: bool,
    key: DeskKey | None = None,
    first: File | None = None,
) -> Engine:
    """Return the engine of a desk; nothing is opened before its first use.

    *key* opens a file that is encrypted; a database has none.  *first* is a connection to that
    file from ``recognised``, which the engine uses first and closes: opening one takes a while.

    Over it stands the guard: outside the flush and the store's own writing any statement that
    may write raises RuntimeError, and so does a commit that is not the store's.  Raises Problem for
    a database where those are switched off on this computer, its address makes no sense, or no
    library speaks to it.
    """
    if is_address(location):
        policy.in_force().refuse(policy.Feature.DATABASES)
        engine = _engine_of_server(str(location))
    else:
        path = Path(location).absolute()
        engine = create_engine(
            "sqlite+pysqlite://",
            creator=_Connecting(path, key, first, is_read_only=is_read_only),
            module=driver_for(key),
            poolclass=_Pool,  # the default without a name in the address is for memory only
        )
        event.listen(engine, "begin", _begin)
        event.listen(engine, "checkin", _leave_clean)
    event.listen(engine, "before_cursor_execute", _guard)
    event.listen(engine, "commit", _refuse_commit)
    return engine


def _engine_of_server(address: str) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True, poolclass=_Pool)
    except ArgumentError as error:
        raise Problem(
            "This is no address of a database, so nothing was opened.",
            "It is written as postgresql+psycopg://name@server/database.",
        ) from error
    except ImportError as error:  # an installed program on Linux has the system's own, if any
        raise Problem(_NO_LIBRARY, _GET_LIBRARY) from error


class _Connecting:
    """Makes the connections of one engine: at first of the one that it was given, if any."""

    def __init__(
        self, path: Path, key: DeskKey | None, first: File | None, *, is_read_only: bool
    ) -> None:
        self._path = path
        self._key = key
        self._first = first
        self._mode = "ro" if is_read_only else "rwc"

    def __call__(self) -> File:
        connection, self._first = self._first, None
        if connection is None:
            connection = open_file(self._path, self._mode, self._key, **_OURS)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if self._key is not None:
                connection.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
        except errors():
            connection.close()
            raise
        return connection


def _begin(connection: Connection) -> None:
    is_change = connection.get_execution_options().get("desk_changes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_change else "BEGIN")


def _leave_clean(driver: Any, _record: object) -> None:
    """Roll back what a failed commit left open.

    A commit that a reader held up stays open in SQLite, and SQLAlchemy hands the connection back
    to the pool as it is: every later read and change of this program would fail.
    """
    if driver is not None and driver.in_transaction:
        driver.rollback()


class _Pool(QueuePool):
    """Closes what comes back after it was given up, as when its engine let go of all it had.

    SQLAlchemy leaves that to the collector, and until then Windows holds the file.
    """

    _is_given_up = False

    def dispose(self) -> None:
        self._is_given_up = True
        super().dispose()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        super()._do_return_conn(record)
        if self._is_given_up:
            super().dispose()


def _guard(
    connection: Connection,
    cursor: Any,
    statement: str,
    parameters: Any,
    context: Any,
    executemany: bool,
) -> None:
    """Refuse any statement that writes and is not the flush's or the store's own."""
    notes = connection.info.get("notes")
    if isinstance(notes, Notes) and notes.gate > 0:
        return
    words = statement.upper().strip(" \t\r\n(;").split(None, 1)
    word = words[0] if words else "A statement"
    is_one = ";" not in statement.rstrip(" \t\r\n;")
    if word in _READING and is_one and "FOR UPDATE" not in words[-1]:
        return
    if statement in _BEGINNINGS or (word == "PRAGMA" and is_one and _only_reads(words[-1])):
        return
    raise RuntimeError(f"{word} outside the flush and the store: it would escape the change log.")


def _only_reads(pragma: str) -> bool:
    before, bracket, _ = pragma.lower().partition("(")
    name = before.rpartition(".")[2].strip()
    return name in _READING_PRAGMAS and (not bracket or name.endswith(_TAKES_A_NAME))


def _refuse_commit(connection: Connection) -> None:
    notes = connection.info.get("notes")
    if isinstance(notes, Notes) and not notes.may_commit:
        connection.connection.rollback()  # SQLAlchemy takes a failed commit for the end of it
        raise RuntimeError("Only the store ends a change; nothing was saved.")


def is_clash(error: IntegrityError) -> bool:
    """Whether two records clash, rather than one breaking a rule of its own table."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _CLASHES
    return any(kind in str(error.orig) for kind in ("FOREIGN KEY", "UNIQUE"))


def said(
    error: DBAPIError, happened: str, location: str | Path = "", *, tries: bool = False
) -> Problem:
    """Translate a database error into a sentence; *happened* says what was not done.

    Damaged where the file at *location* is.  With *tries* a few bytes are written beside it where
    SQLite does not say why it could not write.
    """
    trouble = trouble_of(error.orig, Path(location) if tries and location else None)
    if trouble is not None:
        return in_words(trouble, happened, location)
    words = str(error.orig).lower()
    if _NOT_LET_IN.search(words):
        return Problem(
            f"{happened} The database server does not take this name and password.",
            "Check both in the address of the database, or ask whoever runs the server.",
        )
    if error.connection_invalidated or any(sign in words for sign in _NOT_REACHED):
        return Problem(
            f"{happened} The database server did not answer.",
            "Check the network or ask whoever runs the server.",
        )
    raise error  # ours: it goes to the crash report


def shown_name(engine: Engine, location: str | Path) -> str:
    """Return what sentences call the desk at *location*: its file, or its database."""
    return (engine.url.database or "") if is_address(location) else Path(location).name


def await_turn(connection: Connection) -> None:
    """Wait in a database until nobody else changes it, and hold the turn to the transaction's end.

    A file needs none: its transaction begins as the only one that writes.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))


def set_foreign_keys(connection: Connection, *, is_on: bool) -> None:
    """Turn foreign keys on or off; on the driver, since inside a transaction it does nothing."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {'ON' if is_on else 'OFF'}")


def compact(connection: Connection) -> None:
    """Let the database write itself anew, outside any transaction.

    Raises Problem where it cannot be done now.
    """
    driver: Any = connection.connection.driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    dialect: Any = connection.dialect
    try:
        if is_sqlite:
            driver.execute("VACUUM")
            return
        driver.autocommit = True
        try:
            driver.execute("VACUUM FULL")
        finally:
            driver.autocommit = False
    except dialect.loaded_dbapi.Error as error:
        raise Problem(
            f"The desk was not written anew ({error}).",
            "What was removed is overwritten in it all the same. Try again when nobody else has it"
            " open.",
        ) from error


def recognise(path: Path, key: DeskKey | None = None) -> None:
    """Refuse what is not a desk, as ``recognised`` does, and let go of it again."""
    recognised(path, key).close()


def recognised(path: Path, key: DeskKey | None = None) -> File:
    """Return a connection to a desk's file for ``engine_for``, or refuse what is not a desk.

    It is SQLite's own reading of the file that tells.  Raises NeedsPassphrase for a file without a
    SQLite header and no *key*, WrongPassphrase where *key* does not open it, and Problem otherwise.

    Never by opening it ourselves: on POSIX, closing any handle of a file drops every lock that
    this program's connections hold on it.
    """
    if _size(path) == 0:  # to SQLite that is a fine database with nothing in it
        raise _not_a_desk(path)
    try:
        try:
            file, mark, foreign = _read_mark(path, key)
        except errors() as error:
            if trouble_of(error) is not Trouble.DAMAGED:
                raise
            file, mark, foreign = _read_mark(path, key)  # a drive that failed once may look damaged
    except errors() as error:
        words = str(error)
        if NOT_A_DATABASE in words:
            raise _sealed_or_damaged(path, key) from error
        if soundness.is_damage(words):
            raise _not_a_desk(path) from error
        trouble = trouble_of(error)
        if trouble is Trouble.BUSY or is_of_the_disk(error):
            raise in_words(trouble or Trouble.NO_ANSWER, _not_opened(path), path) from error
        raise Problem(
            f"{path.name} was not opened: it cannot be read.",
            "Check that it is a file, that you may open files in that folder and that its drive is"
            " connected.",
        ) from error
    if mark == APPLICATION_ID and not foreign:
        return file
    file.close()
    if foreign:
        raise holds_more(path, foreign)
    raise Problem(
        f"{path.name} is a database of another program, not a desk, so it was not opened.",
        "Choose a file that ends in .desk.",
    )


def place_of(path: Path) -> tuple[int, int] | None:
    """Return what differs where another file was put in a file's place; None for no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_of_the_file(error: BaseException) -> bool:
    """Whether *error* came of a value that SQLAlchemy read and no desk can hold, such as no day."""
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_globals.get("__name__", "") in _MAKING_ROWS:
            return True
        at = at.tb_next
    return False


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem(
            f"There is no desk at {path}, so nothing was opened.",
            "Check the name and the folder, and that its drive is connected.",
        ) from error
    except PermissionError as error:
        raise Problem(
            f"{path.name} was not opened: it cannot be read.",
            "Check that you may open files in that folder.",
        ) from error
    except OSError as error:
        raise in_words(Trouble.NO_ANSWER, _not_opened(path), path) from error
    if stat.S_ISDIR(found.st_mode):  # Windows gives it a size, and then it seems to be damaged
        raise Problem(
            f"{path.name} was not opened: it cannot be read, since it is a folder.",
            "Choose a file that ends in .desk.",
        )
    return found.st_size


def _read_mark(path: Path, key: DeskKey | None) -> tuple[File, int, str]:
    """Return the file, the mark in its header, and what in a desk's no desk has, "" for nothing."""
    # Not read only: after a power cut SQLite must first put the file right.
    file = open_file(path, "rw", key, **_OURS)
    try:
        file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        mark: int = file.execute("PRAGMA application_id").fetchone()[0]
        return file, mark, foreign_part(file) if mark == APPLICATION_ID else ""
    except BaseException:
        file.close()
        raise


def answers(path: Path, key: DeskKey | None) -> bool:
    """Whether the disk gives the beginning of a desk's file, be it damaged or not."""
    try:
        file, _mark, _foreign = _read_mark(path, key)
    except errors() as error:
        return trouble_of(error) is not Trouble.NO_ANSWER
    file.close()
    return True


def _not_opened(path: Path) -> str:
    return f"{path.name} could not be opened."


def _sealed_or_damaged(path: Path, key: DeskKey | None) -> Problem:
    """Say honestly what is known of a file whose beginning SQLite, or the key, cannot read."""
    if key is None:
        is_sealed = soundness.looks_encrypted(path)
        return NeedsPassphrase(path.name) if is_sealed else _not_a_desk(path)
    if soundness.is_key_of_later_pages(path, key):
        why = "Its passphrase is right, but the beginning of the file is not as it was written."
        return soundness.damaged(path, why)
    return WrongPassphrase(path.name)


def _not_a_desk(path: Path) -> Damaged:
    why = soundness.explain(path)
    return Damaged(
        f"{path.name} is not a desk of Apprentice Desk, or it is damaged, so it was not opened."
        f"{f' {why}' if why else ''}",
        "Choose a file that ends in .desk, or restore a backup.",
        path,
    )
