"""A fault of ours, told once: the dialog, and the hooks of all threads that lead to it.

What was half done has been rolled back by then.  The report that is kept names no person, no text
and no path (``crashes``).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from apprentice_desk import crashes
from apprentice_desk.clock import Clock
from apprentice_desk.domain.problems import Problem
from apprentice_desk.logs import Event, Log, site_of
from apprentice_desk.ui.kit.theme import Theme

if TYPE_CHECKING:
    from apprentice_desk.ui.kit.dialogs import Question


class CrashHook(QObject):
    """Leads unexpected exceptions of every thread to one dialog per distinct fault and run.

    A Problem that nobody took is none: a page wanted to read while the drive was away, or met
    damage.  It is said as any other.
    """

    _heard = Signal(object, object)
    _met = Signal(object)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        folder: Path,
        clock: Clock,
        log: Log,
        say: Callable[[Problem], object],
    ) -> None:
        super().__init__(window)
        self._log = log
        self._say = say
        self._window = window
        self._theme = theme
        self._folder = folder
        self._clock = clock
        self._told: set[str] = set()
        self.dialogs: list[Question] = []
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._met.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the main thread and of all others."""
        sys.excepthook = self.hear
        threading.excepthook = self._hear_thread

    def hear(
        self, kind: type[BaseException], value: BaseException, trace: TracebackType | None
    ) -> None:
        """Take note of an exception; on any thread."""
        if crashes.is_stop(kind):
            sys.__excepthook__(kind, value, trace)
            return
        from apprentice_desk.records.gate import DeskLocked

        if issubclass(kind, DeskLocked):  # a clock that ran on behind the lock, and no fault
            return
        if isinstance(value, Problem):
            self._met.emit(value)
            return
        self._heard.emit(kind, trace)

    def _hear_thread(self, args: threading.ExceptHookArgs) -> None:
        self.hear(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    def _tell(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        from apprentice_desk.ui.kit.dialogs import Question  # not on the way to the first paint

        if crashes.is_lack_of_memory(kind):
            # Each time: what to do about it is in the person's hands.
            self._log.note(Event.OUT_OF_MEMORY, at=site_of(trace))
            self._say(Problem(*crashes.OUT_OF_MEMORY))
            return
        mark = crashes.fingerprint(kind, trace)
        self._log.note(Event.FAULT, at=site_of(trace))
        if mark in self._told:
            return
        self._told.add(mark)
        path = crashes.keep(self._folder, kind, trace, self._clock.now())
        crashes.print_report(kind, trace, self._clock.now())
        question = Question(
            self._window,
            self._theme,
            "Something went wrong",
            "The program met a fault of its own. What you were doing was not half saved: it was"
            " taken back as a whole. A report without names or texts has been kept; please send it"
            " to whoever supports the program. You can go on working.",
            "Show the report",
            cancel_text="Close",
        )
        question.confirm.setEnabled(path is not None)
        if path is not None:
            url = QUrl.fromLocalFile(str(path))
            question.accepted.connect(lambda: QDesktopServices.openUrl(url))
        self.dialogs.append(question)
        question.open()
