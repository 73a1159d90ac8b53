"""The search box with the list of what was found under it, for keyboard, mouse and screen reader.

It knows nothing of what is searched: whoever owns it listens to *typed* and hands it groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.pieces import keys_on, label
from apprentice_desk.ui.kit.results import ResultGroup, ResultLine, ResultList
from apprentice_desk.ui.kit.theme import Theme

WIDE_QUARTERS = 90
NARROW_QUARTERS = 62
_LIST_QUARTERS = 130
_BEGINS_QUARTERS = 6
"""Of what is typed, behind the sign."""
_BESIDE_TEXT = 2
"""Pixels that Qt keeps free on each side of a line's text."""
_STEP_OF_PAGE = 8
_PAUSE = 400
"""Milliseconds without a key after which the number of results is read out."""

_HINT = "↑ ↓ choose  ·  Enter opens  ·  Esc closes"
_SPOKEN_HINT = "Up and Down choose a result, Enter opens it, Escape closes the search"


class SearchBox(QLineEdit):
    """A box to type part of a word in, and below it the lines that were found.

    *typed* comes when the list is opened and after each letter; ``show_groups`` answers it, at
    once or later.  *chosen* carries the line that was chosen, *closed* comes when the list goes,
    *let_go* when the keyboard has nowhere to go back to.
    """

    typed = Signal(str)
    chosen = Signal(object)
    closed = Signal()
    let_go = Signal()

    def __init__(self, hint: str, keys: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._came_from: QWidget | None = None
        self.spoken = ""
        """What was last read out."""
        self.setProperty("role", "quick")
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        access.name(self, hint, _SPOKEN_HINT)
        self._keys = keys_on(self, keys)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "results")
        self.list = ResultList(theme, self.panel)
        self._foot = label(_HINT, "small", wraps=True)
        self._down = QVBoxLayout(self.panel)
        self._down.setSpacing(0)
        self._down.addWidget(self.list, 1)
        self._below = QVBoxLayout()
        self._below.addWidget(self._foot)
        self._down.addLayout(self._below)
        self.panel.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._say_count)
        self.textEdited.connect(self._on_edited)
        self.list.picked.connect(self._choose)
        theme.changed.connect(self._refit)
        self._refit()

    # its look

    def _refit(self) -> None:
        space = self._theme.space
        self._down.setContentsMargins(1, space(1), 1, 1)
        self._below.setContentsMargins(space(3), space(1.5), space(3), space(1.5))
        self._place_keys()
        if self.is_open:
            self._place_panel()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(WIDE_QUARTERS), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space(NARROW_QUARTERS), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_keys()
        if self.is_open:
            self._place_panel()

    def _place_keys(self) -> None:
        """Put the keys at the end of the box, where the words leave them room and none are typed.

        Without room for both the words stay, whole as long as they can be: the keys stand in the
        menu as well.
        """
        self.ensurePolished()  # else the words are measured in another font
        self._keys.adjustSize()
        space = self._theme.space
        gap, begins = space(2), space(_BEGINS_QUARTERS)
        frame = QStyleOptionFrame()
        self.initStyleOption(frame)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self)
        left = self.width() - self._keys.width() - gap
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        ends = inner.left() + begins + words + 2 * _BESIDE_TEXT
        self._keys.move(left, (self.height() - self._keys.height()) // 2)
        self._keys.setVisible(not self.text() and not self.hasFocus() and ends + gap <= left)
        self.setTextMargins(begins, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.space(4)
        drawn = pixmap("search", "text_quiet", self._theme, 4)
        painter.drawPixmap(self._theme.space(2.5), (self.height() - side) // 2, drawn)
        painter.end()

    # the list

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return not self.panel.isHidden()

    def start(self, came_from: QWidget | None = None) -> None:
        """Take the keyboard and show the list; Escape gives the keyboard back to *came_from*."""
        if came_from is not None and came_from is not self:
            self._came_from = came_from
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.open_list()

    def open_list(self) -> None:
        """Show the list, over whatever is below the box."""
        if self.is_open:
            return
        window = self.window()
        self.panel.setParent(window)  # over everything in it
        window.installEventFilter(self)
        self.typed.emit(self.text())
        self.panel.show()
        self._place_panel()
        self.panel.raise_()

    def close_list(self) -> None:
        """Hide the list and empty the box."""
        self._pause.stop()
        self.clear()
        self._place_keys()
        if not self.is_open:
            return
        self.window().removeEventFilter(self)
        self.panel.hide()
        self.closed.emit()

    def show_groups(self, groups: Sequence[ResultGroup], words: tuple[str, ...]) -> None:
        """Show what was found, with the parts that *words* are emphasised."""
        before = self.list.current()
        place = self.list.place
        is_same = words == self.list.rows.words and before is not None
        self.list.show_groups(groups, words)
        if is_same and before is not None and place > 0:  # found anew: the choice stays
            self._step_back_to(before)
        self._pause.start()
        if self.is_open:
            self._place_panel()

    def _step_back_to(self, line: ResultLine) -> None:
        rows = self.list.rows
        for place, number in enumerate(rows.numbers()):
            row = rows.row_at(number)
            if isinstance(row, ResultLine) and row.key == line.key:
                self.list.step_to(place)
                return

    def _place_panel(self) -> None:
        window, space = self.window(), self._theme.space
        edge = space(2)
        width = min(max(self.width(), space(_LIST_QUARTERS)), window.width() - 2 * edge)
        below = self.mapTo(window, QPoint(0, self.height() + space(1)))
        left = max(edge, min(below.x() + self.width() - width, window.width() - width - edge))
        foot = self._foot.heightForWidth(width - 2 - 2 * space(3)) + 2 * space(1.5)
        wanted = self.list.wanted_height() + foot + space(1) + 4
        height = max(foot + space(12), min(wanted, window.height() - below.y() - edge))
        self.panel.setGeometry(QRect(left, below.y(), width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.is_open:
            QTimer.singleShot(0, self, self._place_panel)
        return super().eventFilter(watched, event)

    # what the person does

    def _on_edited(self, text: str) -> None:
        self._place_keys()
        if self.is_open:
            self.typed.emit(text)
        else:
            self.open_list()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.open_list()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_keys()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the keyboard goes elsewhere in the window."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self._came_from = None
            self.close_list()
        self._place_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, choose, close; every other key is the text's."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._give_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.is_open:
            self.open_list()
        elif self.is_open and (place := self._place_after(key)) is not None:
            self.list.step_to(place)
            self._say_line()
        else:
            super().keyPressEvent(event)

    def _place_after(self, key: Qt.Key) -> int | None:
        place = self.list.place
        steps = {
            Qt.Key.Key_Down: place + 1,
            Qt.Key.Key_Up: place - 1,
            Qt.Key.Key_PageDown: place + _STEP_OF_PAGE,
            Qt.Key.Key_PageUp: place - _STEP_OF_PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.list.count - 1,
        }
        return steps.get(key)

    def _on_enter(self) -> None:
        line = self.list.current()
        if self.is_open and line is not None:
            self._choose(line)

    def _choose(self, line: ResultLine) -> None:
        if line.why_not:
            self._say(f"{line.title}: not now, {line.why_not}", at_once=True)
            return
        self._give_back()
        self.chosen.emit(line)

    def _give_back(self) -> None:
        """Close the list and give the keyboard back to where it came from."""
        before, self._came_from = self._came_from, None
        self.close_list()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()
            self.let_go.emit()

    # what is read out

    def _say_count(self) -> None:
        if not self.is_open:
            return
        line, count = self.list.current(), self.list.count
        headings = [
            row.heading
            for row in map(self.list.rows.row_at, range(self.list.rows.rowCount()))
            if isinstance(row, ResultGroup) and not row.lines
        ]
        counted = f"{count} {'result' if count == 1 else 'results'}" if count else ""
        first = f"first: {line.says}" if line is not None else ""
        self._say(". ".join(part for part in (*headings, counted, first) if part))

    def _say_line(self) -> None:
        line = self.list.current()
        if line is not None:
            self._say(f"{line.says}, {self.list.place + 1} of {self.list.count}", at_once=True)

    def _say(self, words: str, *, at_once: bool = False) -> None:
        self.spoken = words
        access.announce(self, words, at_once=at_once)
