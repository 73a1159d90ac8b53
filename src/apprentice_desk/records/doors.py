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
    """Return what a connection may raise: the two drivers share no class of errors."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)


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
