"""How what drives the window by itself waits: without keeping the work from getting on."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer

MS_BETWEEN_LOOKS = 2


def let_work_get_on() -> None:
    """Take the events of the next moment; whoever looks all the time holds up the threads."""
    loop = QEventLoop()
    QTimer.singleShot(MS_BETWEEN_LOOKS, loop.quit)
    loop.exec()
