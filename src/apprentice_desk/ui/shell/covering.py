"""Hiding everything that a window shows, and bringing it back as it was.

What is hidden is taken out of the window and not only covered: nothing of it is painted, found by
the mouse or the keyboard, or known to a screen reader.  It keeps what is typed, scrolled and chosen
in it, for no widget is made anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QWhatsThis, QWidget
from shiboken6 import isValid

from apprentice_desk.ui.kit import clipboard

_MOST_POPUPS = 20
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


@dataclass(frozen=True, slots=True)
class _Stashed:
    """One window that was taken away: a dialog, help, a sheet of shortcuts."""

    window: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    place: QRect
    had_keyboard: QWidget | None


class Cover(QObject):
    """Puts something else in the place of all that *window* and the program's windows show."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._content: QWidget | None = None
        self._had_keyboard: QWidget | None = None
        self._stashed: list[_Stashed] = []
        self._place: QWidget | None = None
        self._title = ""
        self._lets_pass = False

    @property
    def is_on(self) -> bool:
        """Whether everything is hidden."""
        return self._content is not None

    def put_on(self, instead: QWidget, title: str) -> None:
        """Hide everything, and show *instead* in the window, which is called *title*."""
        if self.is_on:
            return
        _close_popups()
        application = _application()
        was_in_front = application.activeWindow() is not None
        self._had_keyboard = self._window.focusWidget()
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(title)
        self._place = QWidget()  # never shown: what is in it has no window and is told to nobody
        shown = [each for each in application.topLevelWidgets() if each.isVisible()]
        for window in sorted(shown, key=_depth, reverse=True):  # a question before its dialog
            if window is not self._window:
                self._stash(window)
        self._content = self._window.takeCentralWidget()
        self._window.setCentralWidget(instead)
        if was_in_front:  # a dialog may have been
            self._window.activateWindow()
        clipboard.clear_ours()
        application.installEventFilter(self)

    def take_off(self) -> None:
        """Bring everything back; what is shown instead is gone then."""
        content = self._content
        if content is None:
            return
        _application().removeEventFilter(self)
        self._content = None
        instead = self._window.takeCentralWidget()
        if instead is not None:
            instead.deleteLater()
        self._window.setWindowTitle(self._title)
        self._window.setCentralWidget(content)
        content.show()
        _give_keyboard(self._had_keyboard)
        stashed, self._stashed = self._stashed, []
        for each in reversed(stashed):
            if isValid(each.window):
                _bring_back(each)
        if self._place is not None:
            self._place.deleteLater()
        self._place = self._had_keyboard = None

    def throw_away(self) -> None:
        """Bring back the window's own content only: what stood above it goes with the desk."""
        for each in self._stashed:
            if isValid(each.window):
                each.window.deleteLater()
        self._stashed = []
        self._had_keyboard = None
        self.take_off()

    @contextlib.contextmanager
    def letting_pass(self) -> Iterator[None]:
        """Let a window be shown for the length of the block that says nothing of the desk."""
        self._lets_pass = True
        try:
            yield
        finally:
            self._lets_pass = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take away whatever window is shown meanwhile, by work that ends or a clock."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and not self._lets_pass
            and not self._belongs_here(watched)
        ):
            watched.setWindowOpacity(0)  # until it is gone, in this turn of the event loop
            QTimer.singleShot(0, self, lambda: self._take_late(watched))
        return False

    def _take_late(self, window: QWidget) -> None:
        if self.is_on and isValid(window) and window.isVisible():
            window.setWindowOpacity(1)
            if window.windowType() in _PASSING:
                window.close()
            else:
                self._stash(window)

    def _belongs_here(self, window: QWidget) -> bool:
        """Whether it is a menu or small words of what is shown instead."""
        parent = window.parentWidget()
        is_ours = parent is None or parent.window() is self._window
        return is_ours and window.windowType() in _PASSING

    def _stash(self, window: QWidget) -> None:
        self._stashed.append(
            _Stashed(
                window,
                window.parentWidget(),
                window.windowFlags(),
                window.geometry(),
                window.focusWidget(),
            )
        )
        window.setParent(self._place, Qt.WindowType.Widget)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _bring_back(stashed: _Stashed) -> None:
    window, parent = stashed.window, stashed.parent
    if parent is not None and not isValid(parent):
        window.deleteLater()
        return
    window.setParent(parent, stashed.flags)
    window.setGeometry(stashed.place)
    window.show()
    _give_keyboard(stashed.had_keyboard)


def _give_keyboard(widget: QWidget | None) -> None:
    if widget is not None and isValid(widget):
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _close_popups() -> None:
    """Close menus, calendars, lists of choices, and the small words beside the pointer."""
    for _ in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    QToolTip.hideText()
    QWhatsThis.leaveWhatsThisMode()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # there is a window
    return application
