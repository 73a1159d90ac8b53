"""Writing behind the window: whoever types never waits for the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.jobs import Job

Change = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Writing:
    """One change that is on its way; *content* is whatever its maker needs to know it by."""

    number: int
    label: str
    content: Any = None


class Writer(QObject):
    """Writes one change after the other, each with its label and its own Undo.

    *written* has the Writing once it stands in the desk, *refused* the Writing and the Problem,
    *taken_back* the Writing that was stopped before it began.
    """

    written = Signal(object)
    refused = Signal(object, object)
    taken_back = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last = 0
        self._under_way: list[tuple[Writing, Job]] = []

    @property
    def is_busy(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._under_way)

    def write(self, label: str, change: Change, content: Any = None) -> Writing:
        """Do *change*, which is given the session, after what is on its way already."""
        self._last += 1
        writing = Writing(self._last, label, content)
        store = self._desk.store

        def work(progress: Progress) -> None:
            if progress.is_stopped:
                raise Cancelled
            with store.change(label) as session:
                change(session)

        job = self._desk.jobs.run(
            label,
            work,
            done=partial(self._on_done, writing),
            failed=partial(self._on_failed, writing),
            stopped=partial(self._on_stopped, writing),
            writes=True,
            owner=self,
        )
        self._under_way.append((writing, job))
        return writing

    def take_back(self) -> bool:
        """Stop the newest change that is not written yet; False where there is none."""
        if not self._under_way:
            return False
        self._under_way[-1][1].stop()
        return True

    def _end(self, writing: Writing) -> None:
        self._under_way = [each for each in self._under_way if each[0] is not writing]

    def _on_done(self, writing: Writing, _result: None) -> None:
        self._end(writing)
        self._desk.say_saved(writing.label)
        self.written.emit(writing)

    def _on_failed(self, writing: Writing, problem: Problem) -> None:
        self._end(writing)
        self.refused.emit(writing, problem)

    def _on_stopped(self, writing: Writing) -> None:
        self._end(writing)
        self.taken_back.emit(writing)
