"""One window per desk: a desk that this person has open already comes forward instead.

Each window listens on a local name made of its desk; whoever is about to open the same desk knocks
there.  Nothing is sent but that knock.  A name that a crash left behind answers nobody and is taken
over.  Others, on whichever computer, are kept out by the desk's lock file.

Qt's part for it is imported only once there is somebody to hear or to answer.
"""

from __future__ import annotations

import getpass
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk.records.holding import one_name

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_HERE = b"here\n"
_PATIENCE_MS = 5000
"""One that does not answer for so long counts as stuck, as in ``hang``; a slow computer may take a
second or two over a page.  Then the lock file says how things are."""


def name_of(location: str) -> str:
    """Return the local name of a desk, the same however its path is written; it says nothing."""
    mark = hashlib.sha256(f"{getpass.getuser()} {one_name(location)}".encode()).hexdigest()
    return f"apprentice-desk-{mark[:24]}"


class OneWindow(QObject):
    """Holds the name of this window's desk; *wanted* says that somebody opened the desk again."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._held = ""

    def hold(self, location: str, *, gives_way: bool = False) -> None:
        """Answer for the desk at *location* from now on; a name that cannot be had is done without.

        The window is of use without it: only the second opening is not noticed then.  What a crash
        left behind is replaced.  One that *gives_way* leaves the name to whoever may have it.
        """
        from PySide6.QtNetwork import QLocalServer

        self.release()
        name = name_of(location)
        if gives_way and _may_answer(name):
            return
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        server.listen(name)
        self._server, self._held = server, name

    def release(self) -> None:
        """Answer for no desk any more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
        self._server, self._held = None, ""

    def knock(self, location: str, taken: Callable[[], object], free: Callable[[], object]) -> None:
        """Do *taken* if another window has this desk and is coming forward, else *free*; once."""
        name = name_of(location)
        if name == self._held or not _may_answer(name):
            free()
        else:
            _Knock(name, taken, free, self)

    def _answer(self) -> None:
        if self._server is None:
            return
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_HERE)
            caller.flush()
            self.wanted.emit()


def _may_answer(name: str) -> bool:
    """Return whether anybody may listen there; elsewhere than on Windows there is a file then."""
    return sys.platform == "win32" or Path(QDir.tempPath(), name).exists()


def _let_others_come_forward() -> None:
    """Give up to whoever answers that this program, just started by the person, may come forward.

    Windows lets nobody else do so, and only has their sign in the bar blink.
    """
    if sys.platform == "win32":
        import ctypes

        anybody = -1  # ASFW_ANY
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)


class _Knock(QObject):
    """One attempt to reach the window of a desk."""

    def __init__(
        self,
        name: str,
        taken: Callable[[], object],
        free: Callable[[], object],
        parent: QObject,
    ) -> None:
        from PySide6.QtNetwork import QLocalSocket

        super().__init__(parent)
        self._taken, self._free = taken, free
        self._is_over = False
        _let_others_come_forward()
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._on_heard)
        self._socket.errorOccurred.connect(self._on_nobody)
        QTimer.singleShot(_PATIENCE_MS, self._on_nobody)
        self._socket.connectToServer(name)

    def _on_heard(self) -> None:
        self._end(self._taken)

    def _on_nobody(self, _error: object = None) -> None:
        self._end(self._free)

    def _end(self, then: Callable[[], object]) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._socket.abort()
        self.deleteLater()
        then()


def bring_forward(window: QWidget) -> None:
    """Put *window* before others; where the system refuses that, its sign in the bar asks."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
