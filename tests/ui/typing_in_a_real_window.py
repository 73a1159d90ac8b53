"""Types into a real window like a person: opens the Hours page, logs an entry, closes.

Run by test_window.py under a real X server; the exit status tells how it went.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from apprentice_desk import app as builder
from apprentice_desk.clock import SystemClock

ENTRIES = (
    ("Apprentice", "Ada Obi"),
    ("Hours", "3:30"),
    ("What was learned", "Indexes and when they help"),
)

application = builder.application()
program = builder.Program(application, SystemClock(), sys.argv[1])
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
    assert window.shown == "hours", window.shown
    page = window.page("hours")
    assert page.isAncestorOf(application.focusWidget())
    for name, text in ENTRIES:
        move_to(name)
        write(text)
    press(Qt.Key.Key_Return)
    QTimer.singleShot(500, leave)


def move_to(name: str) -> None:
    """Tab on to the field of this accessible name."""
    for _ in range(20):
        here = application.focusWidget()
        if here.accessibleName().startswith(name) and here.inherits("QLineEdit"):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {name}")


def leave() -> None:
    """Close as Ctrl Q does."""
    press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(0, application.quit)


program.ready.connect(lambda: QTimer.singleShot(0, drive))
program.start()
sys.exit(application.exec())
