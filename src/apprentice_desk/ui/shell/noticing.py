"""What the window notices about itself: faults, standstills, bad ends; and the log of it all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from apprentice_desk import crashes, policy, portable, settings
from apprentice_desk.clock import Clock
from apprentice_desk.logs import Event, Log, code_of, site_of
from apprentice_desk.ui.kit.jobs import Jobs, State
from apprentice_desk.ui.shell.crash import CrashHook
from apprentice_desk.ui.shell.hang import HangWatch

if TYPE_CHECKING:
    from apprentice_desk.domain.problems import Problem
    from apprentice_desk.records.store import Store
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.shell.window import Window

_LONG_WORK_SECONDS = 1.0
"""Work that ends well sooner than this is not worth a line."""


class Noticing(QObject):
    """Notices for one run of the window, from the moment it is furnished until ``stop``."""

    def __init__(self, window: Window, theme: Theme, messages: Messages, clock: Clock) -> None:
        super().__init__(window)
        self.log = Log(settings.logs_folder())
        self._messages, self._clock = messages, clock
        self._faults = settings.faults_folder()
        CrashHook(window, theme, self._faults, clock, self.log, messages.problem).install()
        self._hang = HangWatch(self.log, self._faults, clock, self)
        messages.met_problem.connect(self._on_problem)
        self._is_over = self._has_desk = False
        self.log.note(Event.STARTED)
        held = policy.in_force()
        if held.is_set:
            self.log.note(
                Event.POLICY, settings=len(held.lines()), not_understood=len(held.troubles)
            )

    def begin(self) -> None:
        """Watch from now on, and tell what the run before left; not before the window is ready."""
        self._hang.start()
        nowhere = portable.why_nothing_is_kept()
        if nowhere is not None:
            self._messages.warn(nowhere.what, nowhere.remedy)
        ended, told = crashes.left_behind(self._faults, self._clock.now())
        for _ in range(ended - len(told)):
            self.log.note(Event.NOT_CLOSED)
        for _ in told:
            self.log.note(Event.CRASHED)
        if told:
            self._messages.warn(
                "Apprentice Desk came to a bad end last time.",
                "What was saved is in the desk. A report without names or texts has been kept;"
                " please send it to whoever supports the program.",
                "Show the report",
                lambda: _show(told[0]),
            )
        elif ended:
            self._messages.warn(
                "Apprentice Desk was not closed last time: something ended it, or the computer"
                " went off.",
                "What was saved is in the desk, and nothing is there by half. Where a form was"
                " half typed, it is offered again.",
            )

    def stop(self) -> None:
        """Notice no more; a second call does nothing."""
        self._hang.stop()
        if not self._is_over:
            self._is_over = True
            self.closed()
            self.log.note(Event.ENDED)
        self.log.close()

    def opened(self, store: Store) -> None:
        """Note that a desk was opened: how large it is and whether it is encrypted."""
        path = Path(store.location)
        size = path.stat().st_size if path.is_file() else 0
        self._has_desk = True
        self.log.note(
            Event.DESK_OPENED,
            bytes=size,
            encrypted=store.key is not None,
            read_only=store.is_read_only,
            database=size == 0,
        )

    def closed(self) -> None:
        """Note that the desk was closed; without one nothing is noted."""
        if self._has_desk:
            self._has_desk = False
            self.log.note(Event.DESK_CLOSED)

    def follow(self, jobs: Jobs) -> None:
        """Note the work of these jobs that takes long or fails."""
        jobs.worked.connect(self._on_worked)

    def _on_worked(self, work: object, state: State, seconds: float) -> None:
        if state is not State.FAILED and seconds < _LONG_WORK_SECONDS:
            return
        if callable(work):
            self.log.note(Event.WORK_ENDED, at=code_of(work), state=state, seconds=seconds)

    def _on_problem(self, problem: Problem) -> None:
        self.log.note(Event.PROBLEM, at=site_of(problem.__traceback__))


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
