"""Every KSB of the standard with the day on which it is first touched: a dialog over the plan."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.planning_coverage import KsbCover, warnings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.filters import CountLine
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentice.plan_columns import COVER_COLUMNS
from apprentice_desk.ui.saving_lists import ListSaver

UNCHECKED = (
    "The KSBs of this version of the standard are not loaded: these are the codes that are named"
    " in the plan and the log, unchecked."
)


class CoverageDialog(QDialog):
    """The KSBs in the order of the standard; a heading sorts them."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        covers: Sequence[KsbCover],
        parent: QWidget,
        *,
        is_known: bool,
        whose: UUID,
    ) -> None:
        super().__init__(parent)
        theme = desk.theme
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        count = len(warnings(covers))
        self.says = label(
            UNCHECKED if not is_known else "" if count else "Everything is touched in time.",
            "quiet", wraps=True,
        )  # fmt: skip
        self.says.setVisible(bool(self.says.text()))
        self.model = RowsModel(COVER_COLUMNS, self)
        self.table = RowsTable(self.model, title, theme, stretch=4)
        self.table.set_empty("No KSBs are named", "Load the standard, or name codes in the plan.")
        self.model.replace(covers)
        self.saver = ListSaver(desk, self, self.table, title, whom=lambda _row: whose)
        self.close_button = button("Close", theme, self.accept)
        down = QVBoxLayout(self)
        edge = theme.space(5)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(3))
        down.addWidget(label(title, "large", wraps=True))
        down.addWidget(self.says)
        down.addWidget(self.table, 1)
        down.addWidget(CountLine(self.table, "a heading sorts"))
        down.addWidget(Flow([self.saver.button(), self.close_button], theme))
        room = parent.window().size()
        self.resize(
            min(theme.space(240), int(room.width() * 0.96)),
            min(theme.space(180), int(room.height() * 0.96)),
        )

    def open(self) -> None:
        """Show it, with the keyboard in the list."""
        super().open()
        self.table.choose_first()
        self.table.setFocus()
