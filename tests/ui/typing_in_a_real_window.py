"""Types into a real window like a person: opens the quick line, logs an entry, closes.

Run by test_window.py under a real X server; the exit status tells how it went.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.clock import SystemClock
from apprentice_desk.ui.quick_window import QuickLogWindow

LINE = "ada 3:30 today workshop Indexes and when they help"

application = starting.application()
program = Program(application, SystemClock(), sys.argv[1])
window = program.window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    here = application.focusWidget() or window
    QTest.keyClick(here, key, modifier)


def write(text: str) -> None:
    """Type a text where the keyboard is."""
    QTest.keyClicks(application.focusWidget(), text)


def drive() -> None:
    """Log hours with Ctrl L and the keyboard, then close with Ctrl Q."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    (line,) = window.findChildren(QuickLogWindow)
    QTest.qWaitForWindowActive(line)
    until(lambda: line.quick.knows_who_is_there, lambda: log(line))


def log(line: QuickLogWindow) -> None:
    """Write the line, log it, and leave once it is logged."""
    assert line.isAncestorOf(application.focusWidget())
    write(LINE)
    press(Qt.Key.Key_Return)
    until(lambda: line.said.text() and not line.quick.writer.is_busy, lambda: away(line))


def away(line: QuickLogWindow) -> None:
    """Close the line with Escape."""
    press(Qt.Key.Key_Escape)
    assert not line.isVisible()
    leave()


def until(holds: Callable[[], object], then: Callable[[], object]) -> None:
    """Do *then* as soon as something holds."""
    if holds():
        then()
    else:
        QTimer.singleShot(10, lambda: until(holds, then))


def leave() -> None:
    """Close as Ctrl Q does."""
    press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(0, application.quit)


program.ready.connect(lambda: QTimer.singleShot(0, drive))
program.start()
sys.exit(application.exec())
