"""Why a desk's file did not do what was asked, in words that somebody can act on.

SQLite has a number for what went wrong but passes on no reason of the system's: that a journal
cannot be made may be a full disk, a drive that was mounted to read only, or one that is gone.  So
a few bytes are then written beside the desk, to hear it from the system.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from apprentice_desk.domain.problems import Damaged, Problem


class Trouble(Enum):
    """What can be wrong with a file or where it lies."""

    BUSY = auto()
    FULL = auto()
    NO_RIGHT = auto()
    DAMAGED = auto()
    NO_ANSWER = auto()
    MOVED = auto()


_BY_CODE = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.NO_RIGHT,
    sqlite3.SQLITE_PERM: Trouble.NO_RIGHT,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_IOERR: Trouble.NO_ANSWER,
    sqlite3.SQLITE_CANTOPEN: Trouble.NO_ANSWER,
    sqlite3.SQLITE_PROTOCOL: Trouble.NO_ANSWER,
    sqlite3.SQLITE_NOLFS: Trouble.FULL,  # larger than this system can keep
}
_BY_WORDS = (
    ("is locked", Trouble.BUSY),
    ("disk is full", Trouble.FULL),
    ("no space left", Trouble.FULL),
    ("readonly database", Trouble.NO_RIGHT),
    ("read-only", Trouble.NO_RIGHT),
    ("permission denied", Trouble.NO_RIGHT),
    ("is malformed", Trouble.DAMAGED),
    ("not a database", Trouble.DAMAGED),
    ("disk i/o", Trouble.NO_ANSWER),
    ("unable to open", Trouble.NO_ANSWER),
)
"""What a server says of its own disk, and what SQLite says; PostgreSQL has no such numbers."""
_BY_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.NO_RIGHT,
    errno.EACCES: Trouble.NO_RIGHT,
    errno.EPERM: Trouble.NO_RIGHT,
}
_PRIMARY = 0xFF  # the rest of the number is SQLite's extended code
_NEVER_WRITTEN = frozenset(
    {
        sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_LOCK,
        sqlite3.SQLITE_IOERR_RDLOCK, sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
        sqlite3.SQLITE_IOERR_FSTAT, sqlite3.SQLITE_IOERR_NOMEM,
    }
)  # fmt: skip
_OF_THE_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TRIAL = b"\0" * 4096


class Unconfirmed(Problem):
    """The change stands in the file, or may do, but the disk did not confirm that it will stay."""


def code_of(error: BaseException | None) -> int:
    """Return SQLite's own number of an error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0)


def trouble_of(error: BaseException | None, path: Path | None = None) -> Trouble | None:
    """Return what an error of a database means; None where it is none of these.

    With *path* what went wrong in writing beside it is looked into: see ``tried``.
    """
    code = code_of(error)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return Trouble.MOVED
    found = _BY_CODE.get(code & _PRIMARY) if code else None
    if found is None:
        words = str(error).lower()
        found = next((trouble for sign, trouble in _BY_WORDS if sign in words), None)
    if found is Trouble.NO_ANSWER and path is not None and code not in _NEVER_WRITTEN:
        return tried(path) or found
    return found


def may_stand(error: BaseException | None) -> bool:
    """Whether a commit that failed so may have ended before it failed.

    Removing the journal ends it; what fails then is the folder's sync, after which the change is
    there.  Not every driver passes on SQLite's extended number that says so.
    """
    return (code_of(error) & _PRIMARY) == sqlite3.SQLITE_IOERR


def may_be_read_anew(error: BaseException | None) -> bool:
    """Whether a reader may do better with a new connection.

    So where it met the journal of a change that was cut off, which it cannot put back, and where
    a page makes no sense: a drive that failed once looks just like a damaged file.
    """
    is_cut_off = (code_of(error) & _PRIMARY) == sqlite3.SQLITE_READONLY
    return is_cut_off or trouble_of(error) is Trouble.DAMAGED


def is_of_the_disk(error: BaseException | None) -> bool:
    """Whether the disk failed, or what came from it makes no sense."""
    return (code_of(error) & _PRIMARY) in _OF_THE_DISK


def trial_of(path: Path) -> Path:
    """Return where ``tried`` writes."""
    return path.with_name(path.name + ".trial")


def tried(path: Path) -> Trouble | None:
    """Write a few bytes beside the file at *path*, and return what the system says to that.

    None where it goes well, or the reason is none that can be named.  Nothing stays of it.
    """
    trial = trial_of(path)
    try:
        no_link = getattr(os, "O_NOFOLLOW", 0)  # nobody's trap in a folder that others write to
        handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | no_link, 0o600)
        try:
            os.write(handle, _TRIAL)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return _BY_ERRNO.get(error.errno or 0)
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
    return None


def in_words(trouble: Trouble, happened: str, location: str | Path = "") -> Problem:
    """Return the sentence for a trouble; *happened* says what was not done.

    Damaged where the file at *location* is.
    """
    match trouble:
        case Trouble.BUSY:
            return Problem(
                f"{happened} Somebody else is writing to the desk.", "Wait a moment and try again."
            )
        case Trouble.FULL:
            return Problem(f"{happened} The disk is full.", "Free some space and try again.")
        case Trouble.NO_RIGHT:
            return Problem(
                f"{happened} The file or its folder cannot be written to.",
                "Ask for the right to write there, or copy the desk to a folder of your own.",
            )
        case Trouble.DAMAGED:
            remedy = "Restore a backup; do not go on with this file."
            return Damaged(f"{happened} The file is damaged.", remedy, Path(location))
        case Trouble.MOVED:
            return Problem(
                f"{happened} The file is no longer where it was opened, or another is in its"
                " place.",
                "Close the desk and open it again; nothing was written over what is there.",
            )
        case Trouble.NO_ANSWER:
            return Problem(
                f"{happened} The disk or network drive did not answer.",
                "Check the drive, then try again.",
            )
