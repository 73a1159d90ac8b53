"""A sheet of a spreadsheet as it stands in its file: letters across, row numbers down.

To look at and to choose a row in; nothing in it can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme, set_role
from apprentice_desk.ui.kit.tips import as_tip

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_WIDEST = 26
_NARROWEST = 8
_WEIGHED = 40
"""Rows that decide how wide a column is; those of a whole sheet would take too long."""


class SheetModel(QAbstractTableModel):
    """The cells of one sheet.

    *text* gives what a cell says; *marked_row* is the one that stands out, as its number in the
    file.  What stands above it is quiet.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[Sequence[object]] = ()
        self._first_row = 1
        self._letters: Sequence[str] = ()
        self._text: Callable[[Any], str] = str
        self.marked_row = 0

    def show_rows(
        self,
        rows: Sequence[Sequence[object]],
        first_row: int,
        letters: Sequence[str],
        text: Callable[[Any], str],
        marked_row: int,
    ) -> None:
        """Show the cells of other rows; the first of them is row *first_row* of the file."""
        self.beginResetModel()
        self._rows, self._first_row, self._letters = rows, first_row, letters
        self._text, self.marked_row = text, marked_row
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._letters)

    def row_number(self, row: int) -> int:
        """Return the number that a row has in the file."""
        return self._first_row + row

    def words(self, row: int, column: int) -> str:
        """Return what a cell says; "" where the row is not as wide."""
        cells = self._rows[row]
        return self._text(cells[column]) if column < len(cells) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says and how it looks."""
        if not index.isValid():
            return None
        number = self.row_number(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self.words(index.row(), index.column())
            return words if role == Qt.ItemDataRole.DisplayRole else as_tip(words)
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font("strong" if number == self.marked_row else "small")
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = "text_quiet" if number < self.marked_row else "text"
            return self._theme.colour("accent_text" if number == self.marked_row else tone)
        if role == Qt.ItemDataRole.BackgroundRole and number == self.marked_row:
            return self._theme.colour("accent_soft")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marked = ", headings" if number == self.marked_row else ""
            words = self.words(index.row(), index.column()) or "blank"
            return f"{self._letters[index.column()]} {number}{marked}: {words}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's letter or a row's number."""
        is_across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._letters[section] if is_across else str(self.row_number(section))
        return None


class SheetView(QTableView):
    """A sheet to look at.  Enter or a double click sends *row_opened* with the row's number."""

    row_opened = Signal(int)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = 7
        self.rows = SheetModel(theme, self)
        access.name(self, name)
        set_role(self, "sheet")
        self.setModel(self.rows)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._refit)
        self._refit()

    def show_rows(
        self,
        rows: Sequence[Sequence[object]],
        first_row: int,
        letters: Sequence[str],
        text: Callable[[Any], str],
        marked_row: int,
    ) -> None:
        """Show other rows, with *marked_row* and what stands around it in view."""
        self.rows.show_rows(rows, first_row, letters, text, marked_row)
        self._refit()
        at = marked_row - first_row
        self.setCurrentIndex(self.rows.index(at, 0))
        self.clearSelection()
        self.scrollTo(
            self.rows.index(max(0, at - 2), 0), QAbstractItemView.ScrollHint.PositionAtTop
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.rows.row_number(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self.rows.row_number(index.row()))

    def _refit(self) -> None:
        theme, model = self._theme, self.rows
        height = theme.space(7)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(height)
        character = QFontMetrics(theme.font("body")).averageCharWidth()
        first = max(0, model.marked_row - model.row_number(0) - 2)
        weighed = range(first, min(model.rowCount(), first + _WEIGHED))
        for column in range(model.columnCount()):
            longest = max((len(model.words(row, column)) for row in weighed), default=0)
            width = min(_WIDEST, max(_NARROWEST, longest + 2))
            self.setColumnWidth(column, width * character)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the scroll bar below where the columns need one."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        rows = max(1, min(self._most, self.rows.rowCount())) * self._theme.space(7)
        height = rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        if self.horizontalHeader().length() > self.viewport().width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)
