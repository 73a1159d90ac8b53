"""A new day: a window that stands open over night shows it, whether or not somebody comes back.

Once a minute, and whenever somebody turns to the program, the clock is asked; that costs nothing
while the day is the same.  A page on which something is half typed waits until that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.dates import DateInput
from apprentice_desk.ui.kit.filters import FilterBox

EVERY_MS = 60_000


class NewDay(QObject):
    """Has pages read anew once another day has begun; *begun* is sent first, once for each day."""

    begun = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._today: Callable[[], date] | None = None
        self._pages: Mapping[str, ScrollingPage] = {}
        self._day: date | None = None
        self._behind: set[str] = set()
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.look)
        program = QGuiApplication.instance()
        assert isinstance(program, QGuiApplication)  # there is no window without
        program.applicationStateChanged.connect(self._on_state)

    def begin(self, today: Callable[[], date], pages: Mapping[str, ScrollingPage]) -> None:
        """Watch the days that *today* tells, for the *pages* that there are at the time."""
        self._today, self._pages = today, pages
        self._day = today()
        self._behind = set()
        self.timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._today = None
        self.timer.stop()

    def rest(self) -> Callable[[], None]:
        """Ask the clock no more until what is returned is called: then nothing is forgotten."""
        today, self._today = self._today, None

        def go_on() -> None:
            self._today = today
            self.look()

        return go_on

    def _on_state(self, _state: Qt.ApplicationState) -> None:
        self.look()

    def look(self) -> None:
        """Ask the clock; have pages read anew that still show the day before and are not in use."""
        if self._today is None:
            return
        today = self._today()
        if today != self._day:
            self._day = today
            self._behind = set(self._pages)
            self.begun.emit()
        for name in sorted(self._behind):
            page = self._pages.get(name)
            if page is not None and is_in_use(page):
                continue
            self._behind.discard(name)
            if page is not None:
                for given in page.findChildren(DateInput):
                    given.follow(today)
                page.note_stale()


def is_in_use(page: QWidget) -> bool:
    """Whether something is half done on *page*: typed, or in a dialog or a menu before it."""
    if getattr(page, "has_unsaved_changes", False):
        return True
    if not page.isVisible():
        return False
    if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
        return True
    here = page.window().focusWidget()
    return here is not None and page.isAncestorOf(here) and _holds_text(here)


def _holds_text(widget: QWidget) -> bool:
    """Whether somebody types into *widget*; a filter does not mind that its list is read anew."""
    if isinstance(widget, QLineEdit):
        is_filter = isinstance(widget, FilterBox)
        return not (is_filter or widget.isReadOnly()) and bool(widget.text())
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly() and bool(widget.toPlainText())
    return False
