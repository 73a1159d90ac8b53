"""The rows behind a figure, in a window of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.delegates import ROW_QUARTERS
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.merge.behind import Behind

_WIDE = 320
_AROUND = 50
"""Quarters above and below the rows."""
_FEWEST_ROWS, _MOST_ROWS = 3, 14


class RowsDialog(QDialog):
    """Lists the rows that a figure is made of; Escape closes it, and the keyboard goes back."""

    def __init__(self, parent: QWidget, theme: Theme, behind: Behind) -> None:
        super().__init__(parent)
        self.setWindowTitle(behind.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, behind.title, behind.says)
        self.model = RowsModel(behind.columns, self)
        self.table = RowsTable(
            self.model, behind.title, theme, stretch=len(behind.columns) - 1, several=True
        )
        self.table.set_empty("There are no rows", "Nothing in these returns is counted here.")
        self.model.replace(behind.rows)
        self.copy = button("Copy all rows", theme, self.copy_all, icon="copy")
        self.copy.setEnabled(bool(behind.rows))
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label(behind.title, "large", wraps=True))
        down.addWidget(label(behind.says, "quiet", wraps=True))
        down.addWidget(self.table, 1)
        down.addLayout(row_of(theme, self.copy, None, self.close_))
        room = self.screen().availableSize()
        rows = min(_MOST_ROWS, max(_FEWEST_ROWS, len(behind.rows)))
        self.resize(
            min(theme.space(_WIDE), int(room.width() * 0.95)),
            min(theme.space(_AROUND + ROW_QUARTERS * rows), int(room.height() * 0.9)),
        )
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def copy_all(self) -> None:
        """Copy every row as text with tabs, for a spreadsheet."""
        self.table.selectAll()
        self.table.copy()
