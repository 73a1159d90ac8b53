"""What a desk is locked for: nobody is there, the computer sleeps, its screen is locked.

Each is a ``Watcher`` that says why.  What the system itself tells stands in ``lock_system``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow

EVERY_MS = 5_000
ASLEEP_SECONDS = 60
"""A longer gap between two looks at the clock means that the computer slept; a busy one pauses."""

_BY_A_PERSON = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


class Watcher(QObject):
    """Says by *noticed* that the desk is to be locked, and why, from ``start`` to ``stop``.

    A second call of either does nothing.
    """

    noticed = Signal(str)

    def start(self) -> None:
        """Begin to watch."""
        raise NotImplementedError

    def stop(self) -> None:
        """Watch no more."""
        raise NotImplementedError

    def let_sleep(self) -> None:
        """Hear that the desk is locked: what was held up for that may go on."""


class PersonWatcher(Watcher):
    """Notices that nobody touched the program for *minutes*, and that the computer slept.

    Keys and the mouse are seen where they come into a window, once for each event and not once for
    each widget.  What comes first after a sleep, or too late, is held back: whoever presses a key
    at a desk that should have been locked sees it locked.  *keys* lock it at once, in whatever
    window they are pressed: those of an action reach neither dialogs nor windows of their own.
    *monotonic* and *wall* are the clocks.
    """

    def __init__(
        self,
        parent: QObject,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        keys: QKeySequence | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._monotonic = monotonic
        self._wall = wall
        self._minutes = 0
        self._touched = monotonic()
        self._looked = wall()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes; 0 is never."""
        self._minutes = minutes

    def start(self) -> None:
        """Begin to watch."""
        if self._timer.isActive():
            return
        self._touched, self._looked = self._monotonic(), self._wall()
        program = _program()
        program.focusWindowChanged.connect(self._watch_window)
        for window in QGuiApplication.topLevelWindows():
            self._watch_window(window)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        _program().focusWindowChanged.disconnect(self._watch_window)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time moves it to the front

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; hold back what comes when the desk is to be locked."""
        if event.type() not in _BY_A_PERSON:
            return False
        if self.look():
            return True
        self._touched = self._monotonic()
        if isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == self._keys:
            self.noticed.emit("")
            return True
        return False

    def look(self) -> bool:
        """Look at the clocks; return whether something was noticed."""
        now, looked = self._wall(), self._looked
        self._looked = now
        if now - looked > ASLEEP_SECONDS:
            self._touched = self._monotonic()
            self.noticed.emit("The computer was asleep.")
            return True
        if self._minutes and self._monotonic() - self._touched >= self._minutes * 60:
            self._touched = self._monotonic()
            self.noticed.emit(f"Nobody was here for {self._minutes} minutes.")
            return True
        return False


def _program() -> QGuiApplication:
    program = QGuiApplication.instance()
    assert isinstance(program, QGuiApplication)  # there is no window without
    return program
