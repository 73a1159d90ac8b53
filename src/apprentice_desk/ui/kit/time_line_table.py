"""The days of a time line as a table, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import day_with_weekday
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

SHOW_AS_TABLE = "Show the days as a table"
KEYS = "Ctrl+T"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One day of the table, what it is and how far away."""

    id: str
    on: date
    what: str
    how_far: str


COLUMNS = (
    Column("What", lambda row: row.what, kind="strong", width=34, tip=lambda row: row.what),
    Column(
        "Day",
        lambda row: day_with_weekday(row.on),
        lambda row: row.on,
        width=18,
        holds="date",
        value=lambda row: row.on,
    ),
    Column("How far", lambda row: row.how_far, lambda row: row.on, width=18),
)


class TimeLineTable(QDialog):
    """Lists the days; Escape closes it, and the keyboard goes back."""

    def __init__(self, parent: QWidget, rows: Sequence[TimeRow], title: str, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, title, theme, stretch=0)
        self.table.sort_by(1)
        self.model.replace(rows)
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label(title, "large", wraps=True))
        down.addWidget(self.table, 1)
        down.addLayout(row_of(theme, None, self.close_))
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(140), int(room.width() * 0.95)),
            min(theme.space(100), int(room.height() * 0.9)),
        )
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


def table_button(theme: Theme, act: Callable[[], object]) -> QPushButton:
    """Return the button below a time line that shows it as a table."""
    made = button("As a table", theme, act, role="small link")
    made.setToolTip(as_tip(f"{SHOW_AS_TABLE} ({KEYS})"))
    access.name(made, SHOW_AS_TABLE)
    return made
