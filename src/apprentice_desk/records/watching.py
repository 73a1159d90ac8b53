"""Whether the file of an open desk is still the one that this program left.

While a desk is open for changes nobody else writes to it, and yet its file can become another:
its drive is taken away, somebody moves it, a program that keeps folders in step puts another
computer's version in its place or writes over it.  What is added to such a file, or read through
pages remembered of the old one, would mix the two.

A look costs one call to the system.  Where the file's place on the disk, its time or its size are
others, the change that was left as its newest tells: where the file has it, it is the same desk
(its drive is back, it was put in step with itself, or somebody went on from there), and else
nothing is written to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.doors import File, errors, open_file
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.troubles import Trouble, in_words

_NEWEST = "SELECT number, recorded_at FROM change_log ORDER BY number DESC LIMIT 1"
_OF_NUMBER = "SELECT recorded_at FROM change_log WHERE number = ?"


class Replaced(Problem):
    """Another file is where the desk's was, or somebody else wrote to it: nothing was written.

    *kept* is the copy that was made of what this program had; None where none could be.
    """

    def __init__(self, what: str, remedy: str, kept: Path | None = None) -> None:
        super().__init__(what, remedy)
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest change of a desk: its number and when it was recorded; 0 and None in a new one."""

    number: int = 0
    recorded_at: datetime | None = None


_Look = tuple[int, int, int]  # the file's number on its disk, when it was written to, its size


class Watch:
    """Looks after the file of one open desk; ``newest`` is the change that was left there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.newest: Newest | None = None
        self.kept: Path | None = None
        self._seen: _Look | None = None
        self.note()

    def note(self) -> None:
        """Remember how the file looks: it was just opened, or written to from here."""
        with suppress(OSError):  # what is wrong with it is said at the next change
            self._seen = self._looks()

    def _looks(self) -> _Look:
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def before_reading(self, engine: Engine, *, is_read_only: bool) -> None:
        """Drop what is remembered of the file's pages where it was written to or replaced.

        Whoever may write goes on reading the file that they had: it may have to be kept.
        """
        try:
            now = self._looks()
        except OSError:
            return  # what is open can perhaps still be read
        if self._seen is None or now == self._seen:
            return
        if is_read_only or now[0] == self._seen[0]:
            engine.dispose()
            self._seen = now

    def before_changing(self, engine: Engine, key: DeskKey | None, happened: str) -> None:
        """Make sure that the file is there and is the one that was left.

        *happened* says what was not done, if not.

        Raises Replaced where it is another, after keeping what this program has of its own, and
        Problem where it is not there.
        """
        try:
            now = self._looks()
        except FileNotFoundError as error:
            raise self._gone(engine, key, happened) from error
        except OSError as error:
            raise in_words(Trouble.NO_ANSWER, happened, self.path) from error
        if now == self._seen:
            return
        is_another = self._seen is not None and now[0] != self._seen[0]
        if is_another and self.newest is not None and not _has(self.path, key, self.newest):
            raise self._replaced(engine, key, happened)
        engine.dispose()
        self._seen = now

    def compare(self, found: Newest, left: datetime | None, whose: str, happened: str) -> None:
        """Compare what the file has with what was left in it.

        *found* is its newest change, *left* when the change was recorded that has the number of
        the one that was left; *whose* names the newest.  Raises Replaced where that is another.
        """
        if self.newest is not None and left != self.newest.recorded_at:
            raise Replaced(
                f"{happened} Another version of {self.path.name} was written over the one that is"
                f" open, as programs do that keep folders in step: {whose}.",
                "Nothing was added to it. Close the desk and open it again, then look whether your"
                " last changes are in it or in a copy beside it.",
                self.kept,
            )
        self.newest = found

    def is_to_be_put_back(self) -> bool:
        """Whether the journal of the last change is still there: then it does not stand."""
        try:
            return self.path.with_name(f"{self.path.name}-journal").stat().st_size > 0
        except OSError:
            return False

    def found(self, key: DeskKey | None) -> Newest | None:
        """Return the newest change in the file as it is on the disk; None where it does not say."""
        return _newest_in(self.path, key)

    def _gone(self, engine: Engine, key: DeskKey | None, happened: str) -> Problem:
        if not self.path.parent.is_dir():
            return Problem(
                f"{happened} {self.path.name} and its folder {self.path.parent} are not there.",
                "Connect the drive again, or put the folder back, then try again. Nothing that was"
                " saved before is lost by this.",
            )
        return Replaced(
            f"{happened} {self.path.name} is no longer in {self.path.parent}: it was moved,"
            " renamed or removed.",
            "Put it back and try again, or close the desk and open it where it is now."
            f"{self._kept_words(engine, key)}",
            self.kept,
        )

    def _replaced(self, engine: Engine, key: DeskKey | None, happened: str) -> Replaced:
        return Replaced(
            f"{happened} Another version of {self.path.name} was put in the place of the one that"
            " is open, as programs do that keep folders in step.",
            "Nothing was written over it. Close the desk, open it again and look whether your last"
            f" changes are in it.{self._kept_words(engine, key)}",
            self.kept,
        )

    def _kept_words(self, engine: Engine, key: DeskKey | None) -> str:
        if self.kept is None:
            self.kept = self._keep(engine, key)
        if self.kept is None:
            return ""
        return f" What is open here is kept beside it as {self.kept.name}."

    def _keep(self, engine: Engine, key: DeskKey | None) -> Path | None:
        """Copy the file that is still open, though it has no name any more; None if that fails."""
        at = datetime.now(UTC).astimezone()
        kept: Path | None = self.path.with_name(
            f"{self.path.stem} (kept {at:%Y-%m-%d %H%M}){self.path.suffix}"
        )
        assert kept is not None
        if kept.exists():
            return None  # never over anything
        try:
            with _still_open(engine) as ours:
                if self.newest is None or _newest(ours) != self.newest:
                    return None  # a connection that was made since, to what is there now
                with private_files.swapped(kept) as fresh:
                    _copy(ours, fresh, key)
        except (SQLAlchemyError, OSError):
            kept = None
        except errors():
            kept = None
        return kept


def _copy(ours: File, to: Path, key: DeskKey | None) -> None:
    """Copy what a connection has open; raises OSError where the copy is not whole."""
    with closing(open_file(to, "rw", key)) as target:
        ours.backup(target)
        if target.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise OSError(f"{to.name} is not whole")


@contextmanager
def _still_open(engine: Engine) -> Iterator[File]:
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        yield driver


def _newest_in(path: Path, key: DeskKey | None) -> Newest | None:
    """Return the newest change of the file that is at *path* now; None where it cannot be read."""
    try:
        with closing(open_file(path, "ro", key)) as file:
            return _newest(file)
    except errors():
        return None


def _has(path: Path, key: DeskKey | None, newest: Newest) -> bool:
    """Whether the file that is at *path* now goes on from the change *newest*."""
    try:
        with closing(open_file(path, "ro", key)) as file:
            row = file.execute(_OF_NUMBER, (newest.number,)).fetchone()
    except errors():
        return False
    return newest == (Newest() if row is None else Newest(newest.number, _instant(row[0])))


def _newest(file: File) -> Newest:
    row = file.execute(_NEWEST).fetchone()
    return Newest() if row is None else Newest(row[0], _instant(row[1]))


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)


def sync_folder(path: Path) -> bool:
    """Have the disk confirm what is in the folder of *path*; return whether it did.

    On Windows a folder cannot be asked, and need not be.
    """
    if os.name == "nt":  # pragma: no cover
        return True
    try:
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        return False
    return True
