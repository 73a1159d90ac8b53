"""What somebody else saves in the desk that is open is shown here.

A file has one writer, so it is followed where it is open to read only; a database has many, and is
followed in any case.  Both are looked at behind the window; what changed is told to the pages as
if it had been done here.  Where nothing can be read any more, or another file stands in the place
of the one that is open, it is said that what is shown is old.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.holding import file_of
from apprentice_desk.ui.destinations import OpenDesk

if TYPE_CHECKING:
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.records.change_lines import ChangeRow
    from apprentice_desk.records.changelog import Changes
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.messages import Message

_EVERY_MS = 5_000

State = tuple[int, int, int, int]
News = tuple["State", tuple[tuple["ChangeRow", "Changes"], ...]]


_IN_A_DATABASE: State = (0, 0, 0, 0)
"""A database has no file to look at: its newest change tells."""


class Following(QObject):
    """Reads what others save in *desk* every few seconds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._path = file_of(desk.store.location)
        self._state: State = _IN_A_DATABASE
        self._number = 0
        self._own: set[int] = set()
        """The changes that were made here, which the pages hear of by themselves."""
        self._read_at = desk.clock.now()
        self._is_old = False
        self._is_looking = False
        self._said_old: Message | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        is_in_a_database = is_address(desk.store.location)
        if is_in_a_database:
            desk.store.listen(lambda changes: self._own.add(changes.number))
        if is_in_a_database or (self._path is not None and desk.store.is_read_only):
            self._begin()

    def _begin(self) -> None:
        """Note what stands there now, before any page reads it: later changes are news."""
        try:
            self._state = _state_of(self._path)
            latest = self._desk.store.latest_change()
        except Problem:
            return  # the pages say so
        self._number = latest.number if latest is not None else 0
        self._timer.start()

    @property
    def is_old(self) -> bool:
        """Whether what is shown may not be what stands in the file."""
        return self._is_old

    def look(self) -> None:
        """Look at the file now, unless that is under way."""
        if self._is_looking or self._desk.store.is_locked:
            return
        path, known, number = self._path, self._state, self._number
        store = self._desk.store

        def work(_progress: Progress) -> News | None:
            state = _state_of(path)
            if path is not None:
                if state == known:
                    return None
                if state[:2] != known[:2]:
                    raise _ReplacedProblem(path)
            return state, store.changes_since(number)

        self._is_looking = True
        self._desk.jobs.run(
            "Looking for what others saved",
            work,
            done=self._on_looked,
            failed=self._on_failed,
            stopped=self._on_stopped,
            owner=self,
            is_quiet=True,
        )

    def _on_stopped(self) -> None:
        self._is_looking = False

    def _on_looked(self, found: News | None) -> None:
        self._is_looking = False
        self._read_at = self._desk.clock.now()
        if self._is_old:
            self._is_old = False
            self._say_again()
        if found is None:
            return
        self._state, lines = found
        if lines:
            self._number = lines[-1][0].number
        news = [each for each in lines if each[0].number not in self._own]
        self._own.difference_update([each for each in tuple(self._own) if each <= self._number])
        for _line, changes in news:
            self._desk.hear_of(changes)
        if news:
            self._say(news[-1][0], len(news))

    def _say_again(self) -> None:
        """Take back that what is shown is old."""
        messages = self._desk.messages
        if messages.current_problem is self._said_old:
            messages.dismiss()
        messages.say(f"{self._desk.store.name} can be read again; what you see is up to date.")

    def _say(self, last: ChangeRow, count: int) -> None:
        if not self._desk.store.is_read_only and self._desk.messages.current is not None:
            return  # what was saved here, with its Undo, is not talked over
        who = last.person or "Somebody"
        more = f" and {count - 1} more" if count > 1 else ""
        self._desk.messages.say(f"{who} saved “{last.label}”{more}; you see it here.")

    def _on_failed(self, problem: Problem) -> None:
        self._is_looking = False
        if self._is_old or self._desk.store.is_locked:
            return  # said already, or not to be read by anybody just now
        self._is_old = True
        name = self._desk.store.name
        at = f"{self._read_at.astimezone():%H:%M}"
        if isinstance(problem, _ReplacedProblem):
            self._timer.stop()
            self._desk.messages.warn(problem.what, problem.remedy, "Open it again", self._again)
        else:
            where = "its drive" if self._path is not None else "the network"
            self._desk.messages.warn(
                f"What you see is from {at}: {name} cannot be read just now.",
                f"It is tried again every few seconds. Check that {where} is connected.",
            )
            self._said_old = self._desk.messages.current_problem

    def _again(self) -> None:
        self._desk.go(OpenDesk(self._desk.store.location, is_read_only=True))


class _ReplacedProblem(Problem):
    """Another file stands in place of the one that is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"What you see is old: {path.name} was replaced by another file of that name.",
            "A backup was put there, or a tool that keeps folders in step brought another one.",
        )


def _state_of(path: Path | None) -> State:
    """Return what changes when somebody saves; raises Problem where the file is not there."""
    if path is None:
        return _IN_A_DATABASE
    try:
        found = path.stat()
    except OSError as error:
        raise Problem(f"{path.name} cannot be read ({error.strerror}).") from error
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
