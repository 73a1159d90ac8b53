"""Copies of files that other programs open: in a private folder, and gone when the desk is closed.

Each desk that is open has a folder of its own there, with a lock beside it by which another
program sees that it is in use.  What a crash or an open program left is removed at the next start.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
from pathlib import Path

from PySide6.QtCore import QLockFile

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem

_LOCK = ".lock"
_READ_ONLY = 0o400


class OpenedFiles:
    """The copies of one open desk, below *folder*, which need not exist and is nobody else's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own: Path | None = None
        self._lock: QLockFile | None = None
        self._turn = threading.Lock()

    def put(self, name: str, content: bytes) -> Path:
        """Write a copy that its owner alone can read, and nobody change; return where it stands.

        *name* is one that any system takes.  Raises Problem where it cannot be written.
        """
        try:
            with self._turn:
                place = self._folder_of_its_own() / secrets.token_hex(8)
                private_files.make_one_folder(place)
            path = place / name
            private_files.put(path, content)
            path.chmod(_READ_ONLY)
        except OSError as error:
            raise Problem(
                f"“{name}” could not be opened: no copy of it can be written on this computer"
                f" ({error.strerror}).",
                "Save a copy where there is room.",
            ) from error
        return path

    def _folder_of_its_own(self) -> Path:
        if self._own is None:
            private_files.make_folder(self.folder)
            self.folder.chmod(private_files.OWN_FOLDER)
            name = secrets.token_hex(8)
            lock = _lock(self.folder / f"{name}{_LOCK}")
            lock.tryLock(0)  # before the folder is there: whoever sweeps takes one without a lock
            own = self.folder / name
            private_files.make_one_folder(own)
            self._own, self._lock = own, lock
        return self._own

    def close(self) -> bool:
        """Remove the copies; one that a program holds on to goes at the next start.

        Return whether there were any.
        """
        with self._turn:
            was_used = self._own is not None
            if self._own is not None:
                _remove(self._own)
            if self._lock is not None:
                self._lock.unlock()
            self._own = self._lock = None
        with contextlib.suppress(OSError):
            self.folder.rmdir()  # where nothing else is in it
        return was_used

    def sweep(self) -> None:
        """Remove what was left by programs that are gone."""
        if not self.folder.is_dir():
            return
        for name in {path.name.removesuffix(_LOCK) for path in self.folder.iterdir()}:
            lock = _lock(self.folder / f"{name}{_LOCK}")
            if lock.tryLock(0):
                _remove(self.folder / name)
                lock.unlock()
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # however old: it holds as long as its program runs
    return lock


def _remove(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that can be done."""
    for within, _folders, names in os.walk(folder):
        for name in names:
            path = Path(within, name)
            with contextlib.suppress(OSError):
                if not path.is_symlink():
                    path.chmod(private_files.OWN_FILE)  # Windows removes nothing that is read-only
    shutil.rmtree(folder, ignore_errors=True)
