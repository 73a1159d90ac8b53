"""How the program writes a file: for its owner's eyes only, and whole or not there.

Every file that is written goes through here, settings as well as returns; a test lists what does
not, and why.  Where the system knows who may read a file (Linux, macOS), that is its owner alone,
whatever else is usual on that computer; on Windows the folder decides.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from apprentice_desk.domain.problems import Problem

OWN_FILE = 0o600
OWN_FOLDER = 0o700
_NO_NAME = (errno.ENAMETOOLONG, errno.EINVAL)
"""What a system says of a name that it does not take."""


def make(path: Path) -> None:
    """Make an empty file that its owner alone may read.

    Raises FileExistsError where there is one, and any other OSError where it cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, OWN_FILE)
    try:
        _give_to_owner(handle)
    finally:
        os.close(handle)


def _give_to_owner(handle: int) -> None:
    """Set what an unusual umask took away; a drive that knows no owners keeps its own ways."""
    if hasattr(os, "fchmod") and os.fstat(handle).st_mode & 0o777 != OWN_FILE:
        with suppress(OSError):
            os.fchmod(handle, OWN_FILE)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, as far as they are missing; new ones are the owner's alone.

    Raises OSError where that cannot be done.
    """
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for one in reversed(missing):
        with suppress(FileExistsError):  # somebody else was faster
            make_one_folder(one)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{path.name} is a file")


def make_one_folder(path: Path) -> None:
    """Make a folder that its owner alone may look into.

    Raises FileExistsError where there is something, and any other OSError where it cannot be made.
    """
    path.mkdir(OWN_FOLDER)
    if os.name == "posix" and path.stat().st_mode & 0o777 != OWN_FOLDER:
        with suppress(OSError):
            path.chmod(OWN_FOLDER)


@contextmanager
def swapped(path: Path) -> Iterator[Path]:
    """Give an empty, private file beside *path* to write, which takes its place at the end.

    It leaves no trace where something goes wrong; what was at *path* is then as it was.  Raises
    OSError.
    """
    fresh = path.with_name(f".{path.stem[:40]}-{os.urandom(4).hex()}{path.suffix[:20]}")
    try:
        make(fresh)
        yield fresh
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(path)
        settle_name(path.parent)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def settle_name(folder: Path) -> None:
    """Have the new name of a file survive a power cut, where a folder can be asked for that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Write *content* as the file *path*, whole or not at all; raises OSError."""
    with swapped(path) as fresh:
        fresh.write_bytes(content)


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Do as ``swapped``, for what a person asked for: it tells in words what went wrong.

    Raises Problem if the folder is missing, full, or may not be written, or if *path* is open in
    another program.
    """
    path = Path(path)
    try:
        with swapped(path) as fresh:
            yield fresh
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.parent.is_dir():  # Windows says the same of a name that is too long
            raise _no_name(path) from error
        raise Problem(
            f"“{path.name}” was not saved: the folder “{path.parent}” was not found.",
            "Choose another folder.",
        ) from error
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():  # Windows says of it only that it may not be replaced
            raise Problem(
                f"“{path.name}” was not saved: there is a folder of that name.",
                "Choose another name.",
            ) from error
        raise is_shut(path) from error
    except OSError as error:
        if error.errno in _NO_NAME:
            raise _no_name(path) from error
        raise Problem(
            f"“{path.name}” was not saved: the disk is full or cannot be reached.",
            "Make room, or choose another folder, and save again.",
        ) from error


def _no_name(path: Path) -> Problem:
    return Problem(
        f"Nothing was saved: a file cannot be called “{path.name[:40]}” here.",
        "Choose a shorter, simpler name.",
    )


def is_shut(path: Path) -> Problem:
    """Return what is said of a file that others hold on to, or that may not be written."""
    return Problem(
        f"“{path.name}” was not saved: it is open in another program, or the folder may not be"
        " written to.",
        "Close it there, or choose another folder, and save again.",
    )
