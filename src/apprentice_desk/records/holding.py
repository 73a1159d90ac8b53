"""Who has a desk open: the lock file beside it.

``hackney.desk.lock`` names the person, the computer and the time.  The operating system's own
lock on that file tells whether the holder is still there: it goes when the program ends, even
when it ends badly.  In a synced folder that lock does not travel, so a file that names another
computer is believed until somebody says to take over.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from apprentice_desk import private_files
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem

_LONGEST = 4_000
"""Letters in a lock file; one that has more was not written by a desk."""
_FAR = 1 << 30  # the byte that is locked: beyond the text, which others must be able to read


class DeskInUse(Problem):
    """Somebody else has the desk open; it can still be opened to read.

    *may_be_taken_over* says that nobody on this computer's side holds it: another computer's lock
    file lies beside it, which is there while the desk is open and stays after a program that ended
    badly.
    """

    def __init__(
        self,
        desk: str,
        person: str,
        computer: str,
        since: str,
        lock: Path,
        *,
        may_be_taken_over: bool = False,
    ) -> None:
        who = person or "Somebody"
        where = f" on {computer}" if computer else ""
        when = f" since {since}" if since else ""
        left = (
            " If you are sure that nobody has it open, take it over, or delete the file"
            f" {lock.name} beside it."
        )
        super().__init__(
            f"{who} has {desk} open{where}{when}.",
            f"Open it to read only, or ask them to close it.{left if may_be_taken_over else ''}",
        )
        self.desk = desk
        self.person = person
        self.computer = computer
        self.since = since
        self.may_be_taken_over = may_be_taken_over


class NotWritable(Problem):
    """The desk cannot be changed where it stands; it can be opened to read only."""


@dataclass(slots=True)
class Hold:
    """A desk held open by this program; give it back with ``release``."""

    path: Path
    file: IO[str]

    def release(self) -> None:
        """Let go of the desk and remove the lock file."""
        if self.file.closed:
            return
        # The lock file stays where its drive is gone; whoever opens the desk next takes it over.
        with suppress(OSError):
            if sys.platform == "win32":  # pragma: no cover - an open file cannot be removed there
                self.file.close()
                self.path.unlink(missing_ok=True)
            else:  # removed while still locked, so that nobody can lock a file about to vanish
                self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.file.close()


def file_of(location: str) -> Path | None:
    """Return the path of a desk's file; None where the desk is a database."""
    return None if location.startswith("postgresql") else Path(location)


def one_name(location: str) -> str:
    """Return what is the same for one desk however its path is written."""
    return location if "://" in location else os.path.normcase(os.path.realpath(location))


def hold(desk: Path, person: str, now: datetime, *, take_over: bool = False) -> Hold:
    """Mark *desk* as open by *person* on this computer.

    Raises DeskInUse when someone has it open, and Problem when the folder cannot be written to.
    *take_over* ignores the word of another computer whose lock is gone.
    """
    path = desk.with_name(desk.name + ".lock")
    try:
        file = _opened(path, desk)
    except OSError as error:
        raise _unwritable(desk, error) from error
    file.seek(0)
    written = _read(file.read(_LONGEST + 1))
    is_elsewhere = bool(written) and written.get("computer") != platform.node()
    is_locked = _lock(file)
    if is_locked and not _is_still(file, path):  # its last holder was just letting go of it
        file.close()
        return hold(desk, person, now, take_over=take_over)
    if not is_locked or (is_elsewhere and not take_over):
        file.close()
        raise DeskInUse(
            desk.name,
            written.get("person", ""),
            written.get("computer", ""),
            _shown(written.get("since", "")),
            path,
            may_be_taken_over=is_locked,
        )
    held = Hold(path, file)
    who = {
        "person": person,
        "computer": platform.node(),
        "since": now.isoformat(),
        "pid": os.getpid(),
    }
    try:
        file.seek(0)
        file.truncate()
        file.write(json.dumps(who))
        file.flush()
    except OSError as error:
        with suppress(OSError):  # closing tries to write once more
            held.release()
        raise _unwritable(desk, error) from error
    return held


def _opened(path: Path, desk: Path) -> IO[str]:
    """Open the lock file; a new one may be read and written by whoever may do so with the desk.

    Raises OSError for a link, which would lead to another file, and for what is no file.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EINVAL, f"{path.name} is no file")
    try:
        rights = desk.stat().st_mode & 0o666
    except FileNotFoundError:  # it is about to be made
        rights = private_files.OWN_FILE
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, rights)
    if hasattr(os, "fchmod") and not os.fstat(handle).st_size:
        with suppress(OSError):  # where it was another person's
            os.fchmod(handle, rights)
    return os.fdopen(handle, "a+", encoding="utf-8", errors="replace")


def _unwritable(desk: Path, error: OSError) -> NotWritable:
    return NotWritable(
        f"{desk.name} cannot be opened for changes: its folder cannot be written to"
        f" ({error.strerror}).",
        "Open it to read only, or copy it to a folder of your own.",
    )


def _is_still(file: IO[str], path: Path) -> bool:
    """Whether *path* is still the file that was locked: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _read(text: str) -> dict[str, str]:
    try:
        written = json.loads(text) if len(text) <= _LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(written, dict):
        return {}
    return {key: value for key, value in written.items() if isinstance(value, str)}


def _shown(since: str) -> str:
    try:
        at = datetime.fromisoformat(since).astimezone()
        return f"{at:%H:%M} on {show_day(at.date())}"
    except (ValueError, OverflowError, OSError):
        return ""


def _lock(file: IO[str]) -> bool:
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
