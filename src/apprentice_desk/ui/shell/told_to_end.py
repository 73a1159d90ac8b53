"""A system that shuts down or a terminal that closes: the program is told to end, and does so.

Unix tells by signals.  Left to themselves they end the program on the spot, with the lock of its
desk still there.  Windows and a desktop's session close the window instead, as a person does.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

TOLD_BY = ("SIGTERM", "SIGHUP", "SIGINT")


class ToldToEnd(QObject):
    """Does *then* in the window's own turn once the system has told *program* to end.

    Python answers a signal when it has its turn, for which a window that nobody touches may wait
    for ever: a pipe wakes it.
    """

    def __init__(self, program: QObject, then: Callable[[], object]) -> None:
        super().__init__(program)
        self._then = then
        self._reading, writing = os.pipe()
        for end in (self._reading, writing):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for name in TOLD_BY:
            signal.signal(getattr(signal, name), lambda *_: None)
        notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda *_: self._on_told())

    def _on_told(self) -> None:
        if set(os.read(self._reading, 4096)) & {getattr(signal, name) for name in TOLD_BY}:
            self._then()
