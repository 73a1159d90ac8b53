"""Which contracts use which version of a clause: in a window of its own, to filter and to save."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.pieces import button, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.documents.columns import USE_COLUMNS, UseLine, read_uses
from apprentice_desk.ui.saving_lists import ListSaver

TITLE = "Wording in use"
_MOST_ROWS = 14
SAYS = "The wording in the newest documents of contracts that are not over."


class UsesDialog(QDialog):
    """The list; Enter goes to the contract."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, TITLE, SAYS)
        self.model = RowsModel(USE_COLUMNS, self)
        self.table = RowsTable(self.model, "Wording in use", theme, stretch=0)
        self.table.order.can_do_without((4, 3, 6))
        self.table.set_fits(_MOST_ROWS)
        self.filter = FilterBox(self.table, "clause, version, contract", theme)
        self.saver = ListSaver(desk, self, self.table, TITLE)
        self.table.set_empty(
            "No contract has a document yet",
            "Once an order form is issued, its clauses and their versions stand here.",
        )
        self.go = button("Go to the contract", theme, self._on_go)
        self.close_button = button("Close", theme, self.accept)
        edge = theme.space(4)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addLayout(row_of(theme, self.filter, self.saver.button()))
        down.addWidget(self.table)
        down.addLayout(row_of(theme, None, self.go, self.close_button))
        self.table.row_opened.connect(lambda _line: self._on_go())
        self.table.row_chosen.connect(lambda line: self.go.setEnabled(line is not None))
        wording = desk.store.read(library_of)
        self.model.replace(desk.store.read(read_uses, wording, desk.clock.today()))
        self.model.counted.connect(self.table.choose_first)
        self.table.choose_first()
        self.go.setEnabled(self.table.chosen() is not None)
        room = self.screen().availableSize() if self.screen() else self.size()
        wanted = self.sizeHint().height()
        self.resize(min(theme.space(220), room.width()), min(wanted, int(room.height() * 0.9)))
        self.filter.setFocus()

    def _on_go(self) -> None:
        line: UseLine | None = self.table.chosen()
        if line is not None:
            self.accept()
            self._desk.go(OpenContract(line.use.contract_id, "files"))
