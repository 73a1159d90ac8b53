"""The box above a table that narrows it as one types, and the line below that counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.pieces import icon_button
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme


class FilterBox(QLineEdit):
    """Narrows *table* to rows in which all typed words occur; Down goes there, Escape clears.

    *by* says what is searched, such as "name, standard, provider".
    """

    def __init__(
        self, table: RowsTable, by: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self.setPlaceholderText(f"Filter by {by}")
        access.name(self, f"Filter by {by}", "Down goes to the list, Escape clears")
        self._theme = theme
        self._clear = icon_button("x", "Clear the filter", theme, self.clear)
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does the same
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.hide()
        self.textChanged.connect(self._on_text_changed)
        table.filter_cleared.connect(self.clear)
        theme.changed.connect(self._refit)
        self._refit()

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._table.rows.filter(text)

    def _refit(self) -> None:
        self.setTextMargins(self._theme.space(6), 0, self._theme.space(6), 0)
        self._place_clear()

    def _place_clear(self) -> None:
        side = self._theme.space(6)
        self._clear.setGeometry(
            self.width() - side - self._theme.space(1), (self.height() - side) // 2, side, side
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is inside to the new size."""
        super().resizeEvent(event)
        self._place_clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.space(4)
        drawn = pixmap("search", "text_quiet", self._theme, 4)
        painter.drawPixmap(self._theme.space(2.5), (self.height() - side) // 2, drawn)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard now."""
        super().focusInEvent(event)
        self._table.rows.warm()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
            self._table.choose_first()
        else:
            super().keyPressEvent(event)


class CountLine(QLabel):
    """A line such as "8 of 24 shown · Enter opens" that follows *table*."""

    def __init__(
        self, table: RowsTable, hint: str = "Enter opens", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = table.rows
        self._hint = hint
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._table = table
        self._rows.counted.connect(self._count)
        table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self._count()

    def _count(self) -> None:
        shown, total = self._rows.rowCount(), self._rows.total
        counted = f"{shown:,} of {total:,} shown" if shown != total else f"{total:,} shown"
        if chosen := len(self._table.several()):
            self.setText(f"{chosen:,} chosen · {counted} · Ctrl C copies them")
            return
        self.setText(" · ".join(part for part in (counted, self._hint) if part))
