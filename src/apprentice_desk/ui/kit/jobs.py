"""Work that takes too long for the window: done by two workers, told of on the UI thread.

One worker writes, one reads and draws, so that a preview never waits behind an import.  Work is
an ordinary function of a Progress; it opens its own session.

Work begins once the window has laid out and painted what it was asked from: there is one
interpreter for both, and a page that is built while work goes on stands still for twice as long.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from shiboken6 import isValid

from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.kit import turns
from apprentice_desk.ui.kit.messages import Messages

Work = Callable[[Progress], Any]
_BEGIN = QEvent.Type(QEvent.registerEventType())
_AFTER_PAINTING = -10  # Qt paints at -1


class State(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Job(QObject):
    """One piece of work.  Its signals come on the UI thread; *ended* is the last of them."""

    progressed = Signal(int, object, str)
    started = Signal()
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.is_quiet = False
        """Whether it may be stopped without asking: nobody waits for it and nothing is lost."""
        self.is_shown = False
        """Whether its progress is shown somewhere, with Stop."""
        self.was_stopped = False
        """Whether a person asked it to stop."""
        self.state = State.WAITING
        self.done = 0
        self.total: int | None = None
        self.doing = ""
        self.progress = Progress()

    @property
    def is_over(self) -> bool:
        """Whether it is done, failed or stopped."""
        return self.state in (State.DONE, State.FAILED, State.STOPPED)

    def stop(self) -> None:
        """Ask it to stop at its next step; what it has changed is rolled back."""
        self.was_stopped = True
        self.progress.stop()


class _Task:
    """A job with what it does and whom it tells; passed between the threads."""

    def __init__(
        self,
        job: Job,
        work: Work,
        done: Callable[[Any], object] | None,
        failed: Callable[[Problem], object] | None,
        stopped: Callable[[], object] | None,
        newest_of: str | None,
        owner: QObject | None,
    ) -> None:
        self.job = job
        self.progress = job.progress
        self.work = work
        self.done = done
        self.failed = failed
        self.stopped = stopped
        self.newest_of = newest_of
        self.owner = owner
        self.has_owner = owner is not None
        self.began_at: float | None = None

    @property
    def is_heard(self) -> bool:
        """Whether whoever asked is still there."""
        return not self.has_owner or (self.owner is not None and isValid(self.owner))


class _Worker(QThread):
    """Does tasks one after the other until it is closed."""

    def __init__(self, post: Callable[[_Task, str, Any], None], parent: QObject) -> None:
        super().__init__(parent)
        self._post = post
        self._waiting: deque[_Task] = deque()
        self._at_work: _Task | None = None
        self._is_closed = False
        self._wake = threading.Condition()

    def add(self, task: _Task) -> list[_Task]:
        """Queue *task*; return the older ones of the same name, which it replaces."""
        with self._wake:
            dropped = []
            if task.newest_of is not None:
                dropped = [old for old in self._waiting if old.newest_of == task.newest_of]
                self._waiting = deque(old for old in self._waiting if old not in dropped)
                if self._at_work is not None and self._at_work.newest_of == task.newest_of:
                    self._at_work.progress.stop()
            self._waiting.append(task)
            self._wake.notify()
        return dropped

    def close(self) -> list[_Task]:
        """Stop what is under way, take no more; return what never began."""
        with self._wake:
            self._is_closed = True
            waiting, self._waiting = list(self._waiting), deque()
            if self._at_work is not None:
                self._at_work.progress.stop()
            self._wake.notify()
        return waiting

    def run(self) -> None:
        """Do tasks until closed."""
        while (task := self._next()) is not None:
            self._do(task)

    def _next(self) -> _Task | None:
        with self._wake:
            self._at_work = None
            while not self._waiting and not self._is_closed:
                self._wake.wait()
            if not self._waiting:
                return None
            self._at_work = self._waiting.popleft()
            return self._at_work

    def _do(self, task: _Task) -> None:
        self._post(task, "started", None)
        try:
            if task.progress.is_stopped:
                raise Cancelled
            result = task.work(task.progress)
        except Cancelled:
            self._post(task, "stopped", None)
        except Problem as problem:
            self._post(task, "failed", problem)
        except Exception as fault:  # noqa: BLE001 - passed on to the crash hook, on the UI thread
            self._post(task, "crashed", fault)
        else:
            self._post(task, "done", result)


class Jobs(QObject):
    """Runs work for the window.

    *messages* shows the problem of a job for which nobody else does.  *changed* is sent when a
    job begins or ends.
    """

    changed = Signal()
    worked = Signal(object, object, float)
    """Work ended: what it was, its State, and after how many seconds."""
    _posted = Signal()

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._writer: _Worker | None = None
        self._reader: _Worker | None = None
        self._mail: deque[tuple[_Task, str, Any]] = deque()
        self._open: list[_Task] = []
        self._to_begin: list[tuple[_Task, bool]] = []
        self._is_closed = False
        self._is_resting = False
        self._posted.connect(self._read_mail)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that wait or run, oldest first."""
        return tuple(task.job for task in self._open)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is done any more."""
        return self._is_closed

    @property
    def is_busy(self) -> bool:
        """Whether any job waits or runs."""
        return bool(self._open)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Problem], object] | None = None,
        stopped: Callable[[], object] | None = None,
        *,
        writes: bool = False,
        newest_of: str | None = None,
        owner: QObject | None = None,
        is_quiet: bool = False,
    ) -> Job:
        """Do *work* in the background and return its Job.

        *done* gets the result, *failed* the Problem (shown as a message if nobody takes it),
        *stopped* nothing; all on the UI thread, and none of them once *owner* is gone.  Any other
        exception goes to sys.excepthook.  *writes* puts it behind other writing.  Of several
        requests with the same *newest_of* only the newest is answered.  One that *is_quiet* is
        stopped without asking when the window closes.  Once closed, nothing is done or told any
        more: a page that is on its way out may still ask.
        """
        job = Job(title, self)
        job.is_quiet = is_quiet
        task = _Task(job, work, done, failed, stopped, newest_of, owner)
        job.progress = task.progress = Progress(self._reporter(task))
        if self._is_closed:
            job.state = State.STOPPED
            job.deleteLater()
            return job
        self._open.append(task)
        turns.begin()
        self.changed.emit()
        if not self._to_begin:
            QCoreApplication.postEvent(self, QEvent(_BEGIN), _AFTER_PAINTING)
        self._to_begin.append((task, writes))
        return job

    def customEvent(self, event: QEvent) -> None:
        """Begin what was asked for."""
        if self._is_resting:
            return
        to_begin, self._to_begin = self._to_begin, []
        for task, writes in to_begin:
            for dropped in self._worker(writes=writes).add(task):
                self._post(dropped, "stopped", None)

    def rest(self) -> None:
        """Begin nothing that is asked for until ``go_on``; what is under way goes on."""
        self._is_resting = True

    def go_on(self) -> None:
        """Begin what was asked for meanwhile."""
        self._is_resting = False
        if self._to_begin:
            QCoreApplication.postEvent(self, QEvent(_BEGIN), _AFTER_PAINTING)

    def stop_all_and_wait(self) -> None:
        """Stop every job, wait until none is under way, and tell those who asked for them."""
        # Whoever hears that a job is done may begin the next: that is stopped too.
        while self._to_begin or self._writer is not None or self._reader is not None:
            to_begin, self._to_begin = self._to_begin, []
            self._mail.extend((task, "stopped", None) for task, _writes in to_begin)
            workers = [each for each in (self._writer, self._reader) if each is not None]
            self._writer = self._reader = None
            for worker in workers:
                for task in worker.close():
                    self._mail.append((task, "stopped", None))
            for worker in workers:
                worker.wait()
            self._read_mail()
        self._read_mail()

    def close(self) -> None:
        """Stop every job as above, and take no more."""
        self._is_closed = True
        self.stop_all_and_wait()

    def _worker(self, *, writes: bool) -> _Worker:
        worker = self._writer if writes else self._reader
        if worker is None:
            worker = _Worker(self._post, self)
            if writes:
                self._writer = worker
            else:
                self._reader = worker
            worker.start()
        return worker

    def _reporter(self, task: _Task) -> Callable[[int, int | None, str], None]:
        def report(done: int, total: int | None, doing: str) -> None:
            self._post(task, "progressed", (done, total, doing))

        return report

    def _post(self, task: _Task, event: str, content: Any) -> None:
        """Leave word for the UI thread; called on any thread."""
        self._mail.append((task, event, content))
        self._posted.emit()

    def _read_mail(self) -> None:
        while self._mail:
            task, event, content = self._mail.popleft()
            self._tell(task, event, content)

    def _tell(self, task: _Task, event: str, content: Any) -> None:
        job = task.job
        if event == "progressed":
            job.done, job.total, job.doing = content
            job.progressed.emit(*content)
            return
        if event == "started":
            job.state = State.RUNNING
            task.began_at = time.monotonic()
            job.started.emit()
            return
        if event == "done" and task.newest_of is not None and self._is_overtaken(task):
            event = "stopped"
        if task in self._open:
            self._open.remove(task)
            turns.end()
        states = {"done": State.DONE, "stopped": State.STOPPED}
        job.state = states.get(event, State.FAILED)
        job.ended.emit()
        if task.began_at is not None:
            self.worked.emit(task.work, job.state, time.monotonic() - task.began_at)
        self.changed.emit()
        if event == "crashed":
            sys.excepthook(type(content), content, content.__traceback__)
        elif task.is_heard:
            self._answer(task, event, content)
        job.deleteLater()

    def _is_overtaken(self, task: _Task) -> bool:
        later = self._open[self._open.index(task) + 1 :] if task in self._open else []
        return any(other.newest_of == task.newest_of for other in later)

    def _answer(self, task: _Task, event: str, content: Any) -> None:
        if event == "stopped" and task.job.was_stopped:
            self._messages.say(f"“{task.job.title}” was stopped: nothing of it was done.")
        if event == "done" and task.done is not None:
            task.done(content)
        elif event == "stopped" and task.stopped is not None:
            task.stopped()
        elif event == "failed":
            if task.failed is not None:
                task.failed(content)
            else:
                self._messages.problem(content)
