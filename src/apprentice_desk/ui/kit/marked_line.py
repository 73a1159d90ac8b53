"""A line of text in which words are underlined, and below which a list of completions may stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.theme import Theme


class MarkedLine(QLineEdit):
    """The line itself; words that could not be read are underlined.

    *hints* say how it is used, the longest first: while it is empty it shows the first of them
    that is not cut off.  *committed* is Enter, *stepped* Up or Down (-1, 1), *took* Tab on an open
    list, *left* Escape.
    """

    committed = Signal()
    stepped = Signal(int)
    took = Signal()
    left = Signal()

    KEYS = Keys(
        "In the quick line",
        (
            ("Enter", "Log what the chips say"),
            ("Down, Up", "Choose a completion"),
            ("Tab", "Take the completion"),
            ("Escape", "Close the list, then empty the line"),
        ),
    )

    def __init__(
        self, name: str, hints: Sequence[str], says: str, longest: int, theme: Theme
    ) -> None:
        super().__init__()
        self._theme = theme
        self.has_list = False
        self._wrong: tuple[tuple[int, int], ...] = ()
        self.setMaxLength(longest)
        self._hints = tuple(hints)
        self.setPlaceholderText(hints[0])
        self.setProperty("role", "line")
        access.name(self, name, says)

    def show_wrong(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these parts of the text."""
        if tuple(spans) != self._wrong:
            self._wrong = tuple(spans)
            self.update()

    def x_of(self, place: int) -> int:
        """Return where in the line the sign at *place* begins, in pixels."""
        shown = self.fontMetrics().horizontalAdvance(self.text()[:place])
        at_cursor = self.fontMetrics().horizontalAdvance(self.text()[: self.cursorPosition()])
        begin = self.cursorRect().center().x() - at_cursor
        return begin + shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the longest hint for which there is room."""
        super().resizeEvent(event)
        # What the style and the line itself keep free at both ends, and room for the cursor.
        room = self.width() - 4 * self._theme.space(2)
        fits = (each for each in self._hints if self.fontMetrics().horizontalAdvance(each) <= room)
        self.setPlaceholderText(next(fits, self._hints[-1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, and below words that were not understood a line of dots."""
        super().paintEvent(event)
        if not self._wrong:
            return
        painter = QPainter(self)
        pen = QPen(self._theme.tone("danger").text, max(2, self._theme.space(0.5)))
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        below = self.height() // 2 + self.fontMetrics().height() // 2 + 1
        for start, end in self._wrong:
            left, right = self.x_of(start), self.x_of(max(end, start + 1))
            painter.drawLine(max(0, left), below, min(self.width(), right), below)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Take Tab while there is a list to take from; otherwise it goes on as everywhere."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.has_list
        ):
            self.took.emit()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.has_list:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
