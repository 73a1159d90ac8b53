"""A grid whose first column stays in sight while the others scroll sideways below it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from apprentice_desk.ui.kit.rows import Index
from apprentice_desk.ui.kit.theme import Theme

_FIRST = 0


class FirstColumnTable(QTableView):
    """Holds its first column at the left edge, unless that would take half of the room or more.

    It is one grid still: keys, mouse and screen readers find the column where it is seen.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = theme
        self.horizontalScrollBar().valueChanged.connect(self._repaint)

    @property
    def held_width(self) -> int:
        """How much of the left edge the first column covers now; 0 where it stands by itself."""
        width = self.columnWidth(_FIRST) if self.model() is not None else 0
        is_held = self.horizontalScrollBar().value() > 0 and 2 * width < self.viewport().width()
        return width if is_held else 0

    def _repaint(self) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    # where things are

    def visualRect(self, index: Index) -> QRect:
        """Return where a cell is seen."""
        rect = super().visualRect(index)
        if self.held_width and index.column() == _FIRST:
            rect.moveLeft(0)
        return rect

    def indexAt(self, place: QPoint) -> QModelIndex:
        """Return the cell that is seen at *place*."""
        if 0 <= place.x() < self.held_width:
            row = self.rowAt(place.y())
            return self.model().index(row, _FIRST) if row >= 0 else QModelIndex()
        return super().indexAt(place)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, and out from below the first column."""
        super().scrollTo(index, hint)
        if index.isValid() and index.column() != _FIRST:
            below = self.held_width - self.columnViewportPosition(index.column())
            if below > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - below)

    # looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, and the first column over what has scrolled below it."""
        super().paintEvent(event)
        width = self.held_width
        if not width:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(
            0, 0, width, self.viewport().height(), self._colours.colour("surface_raised")
        )
        for row in range(self.model().rowCount()):
            place = QRect(0, self.rowViewportPosition(row), width, self.rowHeight(row))
            if not place.intersects(self.viewport().rect()):
                continue
            index = self.model().index(row, _FIRST)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = place
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            self.itemDelegate().paint(painter, option, index)
        edge = self._colours.colour("line_strong")
        painter.fillRect(width - 1, 0, 1, self.viewport().height(), edge)
        painter.end()
