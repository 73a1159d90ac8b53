"""The dialog of a table's columns: which are shown, in which order, how wide; by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.column_order import STEP, ColumnOrder
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_PLACE = Qt.ItemDataRole.UserRole


class _Columns(QListWidget):
    """The list of them; Alt with Up or Down asks to move the chosen one."""

    asked_to_move = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in ways:
            self.asked_to_move.emit(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ColumnsDialog(QDialog):
    """Lists the columns of *table* from left to right; what is done shows at once."""

    def __init__(self, table: QTableView, order: ColumnOrder, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._order = order
        title = f"Columns: {table.accessibleName()}"
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, title)
        self.list = _Columns()
        self.list.setProperty("role", "choices")
        self.list.setProperty("ring", "always")
        access.name(
            self.list,
            "Columns from left to right",
            "Space shows or hides, Alt with Up or Down moves the chosen column",
        )
        self.up = button("Move up", theme, lambda: self._move(-1), icon="arrow-up")
        self.down = button("Move down", theme, lambda: self._move(1), icon="arrow-down")
        self.wider = button("Wider", theme, lambda: self._widen(STEP), icon="plus")
        self.narrower = button("Narrower", theme, lambda: self._widen(-STEP), icon="minus")
        self.reset = button("As at first", theme, self._reset, icon="rotate-ccw")
        self.close_button = button("Close", theme, self.accept, role="primary")
        self.close_button.setDefault(True)
        self.list.setMinimumHeight(theme.space(20))  # a small screen with large text has no more
        below = Flow([self.up, self.down, self.wider, self.narrower, self.reset], theme)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        edge = theme.space(6)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(edge, edge, edge, theme.space(4))
        inside.setSpacing(theme.space(3))
        inside.addWidget(label(title, "large", wraps=True))
        words = "From left to right; ticked ones are shown. The first always is."
        inside.addWidget(label(words, "quiet", wraps=True))
        inside.addWidget(self.list, 1)
        inside.addWidget(below)
        inside.addLayout(foot)
        self.list.asked_to_move.connect(self._move)
        self.list.currentItemChanged.connect(self._allow)
        self.list.itemChanged.connect(self._on_ticked)
        self._fill(0)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(140), room.width()), min(theme.space(120), int(room.height() * 0.9))
        )
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, chosen: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        columns = self._table.model().columns  # type: ignore[attr-defined]
        for number, place in enumerate(self._order.places):
            item = QListWidgetItem(columns[place].heading)
            item.setData(_PLACE, place)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | (Qt.ItemFlag.ItemIsUserCheckable if number else flags))
            is_shown = self._order.is_wanted(place)
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if place == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._allow()

    @property
    def _chosen(self) -> int:
        item = self.list.currentItem()
        return int(item.data(_PLACE)) if item is not None else 0

    def _allow(self, *_given: object) -> None:
        row, last = self.list.currentRow(), self.list.count() - 1
        is_shown = not self._table.isColumnHidden(self._chosen)
        self.up.setEnabled(row > 1)
        self.down.setEnabled(0 < row < last)
        self.wider.setEnabled(is_shown)
        self.narrower.setEnabled(is_shown)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        is_shown = item.checkState() == Qt.CheckState.Checked
        self._order.show(int(item.data(_PLACE)), is_shown=is_shown)
        self._allow()

    def _move(self, by: int) -> None:
        chosen = self._chosen
        if self._order.move(chosen, by):
            self._fill(chosen)
            access.announce(
                self.list,
                f"{self.list.currentItem().text()} is column {self.list.currentRow() + 1} now",
            )

    def _widen(self, by: float) -> None:
        self._order.widen(self._chosen, by)

    def _reset(self) -> None:
        self._order.as_at_first()
        self._fill(self._chosen)
