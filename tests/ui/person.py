"""Somebody at the real window: presses keys, types, clicks, drops files, and counts all of it.

Everything goes through the window system's way in (QWindowSystemInterface, by QTest on windows):
a key goes wherever the keyboard is, a click to whatever lies there.  What is clicked is found by
its words or its accessible name, and has to be in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from apprentice_desk.app.program import Program
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.shell.window import Window
from ui.steps import Steps
from ui.waiting import let_work_get_on

SECONDS_TO_WAIT = 90
TURNS_TO_SETTLE = 8
_WITH_SHIFT = set('!"£$%^&*()_+{}:@~<>?|')
"""What a British keyboard has above other signs."""


class Person:
    """Whoever does a job at the window of *program*; files lie in *folder*."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self.folder = folder
        self.steps = Steps()

    @property
    def window(self) -> Window:
        """The window, to look at."""
        return self._program.window

    @property
    def desk(self) -> Desk:
        """The desk that is open, to look into."""
        assert self.window.desk is not None, "no desk is open"
        return self.window.desk

    # what is counted

    def decide(self, what: str) -> None:
        """Choose: *what* says between which things."""
        assert what
        self._count(decisions=1)

    def press(self, *chords: str) -> None:
        """Press keys such as "Ctrl+K", one chord after the other; each key of a chord counts."""
        for chord in chords:
            pressed = QKeySequence(chord)[0]
            self._count(keys=chord.count("+") + 1)
            QTest.keyClick(self._place(), pressed.key(), pressed.keyboardModifiers())
            self.settle()

    def write(self, text: str) -> None:
        """Type *text*; what needs Shift counts as two keys."""
        for sign in text:
            self._count(keys=2 if sign.isupper() or sign in _WITH_SHIFT else 1)
            QTest.keyClick(self._place(), sign)
        self.settle()

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard is at what is called so."""
        for _ in range(60):
            if self.keyboard_at() == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”")

    def click(self, name: str) -> None:
        """Click what is called so."""
        self._count(clicks=1)
        widget = self._called(name)
        centre = widget.rect().center()
        hit = QApplication.widgetAt(widget.mapToGlobal(centre))
        is_hit = hit is not None and (hit is widget or widget.isAncestorOf(hit))
        assert is_hit, f"“{name}” is not in sight"
        top = widget.window()
        handle = top.windowHandle()
        QTest.mouseClick(
            handle,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            widget.mapTo(top, centre),
        )
        self.settle()

    def drop(self, paths: Sequence[Path]) -> None:
        """Drag files onto the window: a press and a letting go, so two clicks."""
        self._count(clicks=2)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        handle = self.window.windowHandle()
        at = QPoint(handle.width() // 2, handle.height() // 2)
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(at, copy, data, buttons, keys)
        QApplication.sendEvent(handle, enter)
        assert enter.isAccepted(), "the window does not take what is dragged over it"
        drop = QDropEvent(QPointF(at), copy, data, buttons, keys, QEvent.Type.Drop)
        QApplication.sendEvent(handle, drop)
        assert drop.isAccepted(), "the window does not take what is dropped"
        self.settle()

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is done meanwhile belongs to another job."""
        before = self.steps
        yield
        self.steps = before

    def _count(self, keys: int = 0, clicks: int = 0, decisions: int = 0) -> None:
        had = self.steps
        self.steps = Steps(had.keys + keys, had.clicks + clicks, had.decisions + decisions)

    # what is seen

    def sees(self, words: str) -> bool:
        """Return whether *words* stand somewhere in the window that has the keyboard."""
        return any(words in text for text in self._texts())

    def wait_to_see(self, words: str) -> None:
        """Wait until *words* stand there."""
        self.until(lambda: self.sees(words), f"to see “{words}”")

    def keyboard_at(self) -> str:
        """Return the name or the words of what has the keyboard; "" where nothing has."""
        here = QApplication.focusWidget()
        words = here.text().replace("&", "") if isinstance(here, QAbstractButton) else ""
        return "" if here is None else here.accessibleName() or words

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds; fails when it takes too long."""
        timer = QElapsedTimer()
        timer.start()
        while not holds():
            waited = timer.elapsed() < SECONDS_TO_WAIT * 1000
            assert waited, f"waited in vain {what}; there stood: {self._texts()}"
            let_work_get_on()

    def settle(self) -> None:
        """Wait until nothing is under way and the layouts have settled."""
        left = TURNS_TO_SETTLE
        timer = QElapsedTimer()
        timer.start()
        while left:
            assert timer.elapsed() < SECONDS_TO_WAIT * 1000, "it never comes to rest"
            QApplication.sendPostedEvents()
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            desk = self.window.desk
            if desk is not None and desk.jobs.is_busy:
                left = TURNS_TO_SETTLE
                let_work_get_on()
            else:
                left -= 1

    def _place(self) -> QWindow:
        """The window that has the keyboard: what a window manager gives to the one on top."""
        top = QApplication.activeModalWidget() or self.window

        def has_keyboard() -> bool:
            here = QGuiApplication.focusWindow()
            return here is not None and (
                here == top.windowHandle() or QApplication.activePopupWidget() is not None
            )

        if not has_keyboard():  # a window manager gives it to a new window in a moment
            top.activateWindow()
            self.until(has_keyboard, "for the keyboard")
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _in_sight(self) -> list[QWidget]:
        top = self._top()
        return [each for each in (top, *top.findChildren(QWidget)) if each.isVisible()]

    def _texts(self) -> list[str]:
        found = []
        for each in self._in_sight():
            if isinstance(each, (QLabel, QAbstractButton)):
                found.append(each.text())
            found.append(each.accessibleName())
        return [text for text in dict.fromkeys(found) if text]

    def _called(self, name: str) -> QWidget:
        buttons = [each for each in self._in_sight() if _is_called(each, name)]
        pressed = [each for each in buttons if isinstance(each, QAbstractButton)] or buttons
        assert pressed, f"nothing is called “{name}”; there stood: {self._texts()}"
        assert pressed[0].isEnabled(), f"“{name}” cannot be used now"
        return pressed[0]


def _is_called(widget: QWidget, name: str) -> bool:
    text = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
    return name in (text, widget.accessibleName())
