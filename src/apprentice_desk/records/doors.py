"""The one way to a desk's file: a connection of SQLite, or of SQLCipher where it has a key.

Apart from ``connecting`` so that a desk can be looked into without SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import DeskKey

WAIT_SECONDS = 5.0
NOT_A_DATABASE = "not a database"
"""What SQLite says of a file without its header, and SQLCipher of a wrong key."""

File = sqlite3.Connection
"""What a connection can do; SQLCipher's is of a class of its own that can do the same."""


def driver_for(key: DeskKey | None) -> Any:
    """Return the module that opens such a file; SQLCipher's is imported only for a key."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def errors() -> tuple[type[Exception], ...]:
    """Return what a connection may raise: the two drivers share no class of errors.

    Of a damaged schema SQLite repeats bytes that are no text, which the driver cannot say.
    """
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    own = (sqlite3.Error, UnicodeDecodeError)
    return own if cipher is None else (*own, cipher.Error)


def open_file(path: Path, mode: str, key: DeskKey | None = None, **options: Any) -> File:
    """Return a connection to the file at *path*; *mode* is SQLite's ro, rw or rwc.

    One that is made is its owner's alone, and so are its journals: SQLite gives them its rights.
    Nothing is read yet: a wrong key is met at the first statement.  Raises what ``errors`` gives.
    """
    if mode == "rwc":
        with suppress(OSError):  # SQLite says what is wrong, if anything is
            private_files.make(path.absolute())
    options = {"timeout": WAIT_SECONDS} | options
    file: File = driver_for(key).connect(_address(path, mode), uri=True, **options)
    try:
        unlock(file, key)
    except errors():
        file.close()
        raise
    return file


def _address(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def unlock(file: File, key: DeskKey | None) -> None:
    """Hand its key to a connection, before anything is read; without a key nothing is done."""
    if key is not None:
        file.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key is written to stderr
        file.execute(key.pragma)
    file.execute("PRAGMA temp_store = MEMORY")  # no page of a desk in anybody's temporary folder
    _mistrust(file)


def _mistrust(file: File) -> None:
    """Have SQLite take a file for what somebody else may have made to do harm.

    As "Defense Against The Dark Arts" of its documentation says: nothing that stands in the schema
    may call what has effects, and damaged cells are met before they are used.
    """
    file.execute("PRAGMA trusted_schema = OFF")
    file.execute("PRAGMA cell_size_check = ON")
    if sys.version_info >= (3, 12) and hasattr(file, "setconfig"):  # SQLCipher's has none
        file.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        file.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        file.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)


_FOREIGN = """
    SELECT type, name FROM sqlite_master WHERE type NOT IN ('table', 'index')
    UNION ALL
    SELECT 'table of another kind', name FROM sqlite_master
    WHERE type = 'table' AND coalesce(rootpage, 0) = 0
    UNION ALL
    SELECT 'column that works itself out', made.name || '.' || col.name
    FROM sqlite_master AS made, pragma_table_xinfo(made.name) AS col
    WHERE made.type = 'table' AND coalesce(made.rootpage, 0) > 0 AND col.hidden > 0
    LIMIT 1
"""


def foreign_part(file: File) -> str:
    """Return what a file holds that no desk ever has: a trigger, a view or the like; "" if nothing.

    SQLite would carry it out whenever the desk is read or written.  Raises what ``errors`` gives.
    """
    found = file.execute(_FOREIGN).fetchone()
    return "" if found is None else f"a {found[0]} called “{str(found[1])[:40]}”"


def holds_more(path: Path, foreign: str) -> Problem:
    """Return what is said of a file with something in it that no desk has."""
    return Problem(
        f"{path.name} holds {foreign}, which a desk never does, so it was not opened: it would be"
        " carried out with all that you do.",
        "Ask whoever it came from, or restore a backup.",
    )


def makes_no_sense(happened: str) -> Problem:
    """Return what is said then; *happened* says what was not done."""
    return Problem(
        f"{happened} Something stands in the file that a desk cannot hold.",
        "It is damaged, or another program wrote to it: restore a backup.",
    )


def open_workbench() -> File:
    """Return a connection of SQLCipher to no file, which files of different keys are attached to.

    It has ``sqlcipher_export``, which copies one attached file into another.
    """
    from sqlcipher3 import dbapi2

    file: File = dbapi2.connect(":memory:", uri=True, isolation_level=None, timeout=WAIT_SECONDS)
    file.execute("PRAGMA cipher_log_level = NONE")
    file.execute("PRAGMA temp_store = MEMORY")
    return file


def attach(bench: File, path: Path, mode: str, key: DeskKey | None, name: str) -> None:
    """Attach the file at *path* to a workbench as *name*; raises what ``errors`` gives."""
    secret = "" if key is None else f"x'{key.raw.hex()}{key.salt.hex()}'"
    bench.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (_address(path, mode), secret))
