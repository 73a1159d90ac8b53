"""How the cells and headings of a RowsTable are painted.

They ask the model's rows and columns directly, not through roles: a repaint then costs a few
milliseconds instead of a hundred.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.painting import (
    Badge,
    Bar,
    paint_badge,
    paint_bar,
    paint_tick,
    tick_width,
)
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

Index = QModelIndex | QPersistentModelIndex

PADDING_QUARTERS = 2.5
ROW_QUARTERS = 10
HEADING_QUARTERS = 9
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ARROW_QUARTERS = 3.5


class CellPainter(QStyledItemDelegate):
    """Paints the cells of *model*: text, badges, bars, row lines, the selected tint, the focus."""

    def __init__(self, model: RowsModel, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self.pointed_at = -1
        """The row that the mouse is over: a whole one is chosen, so a whole one answers."""
        self.refit()

    def refit(self) -> None:
        """Take up the theme's colours and sizes anew."""
        theme = self._theme
        self._fonts = {
            "text": theme.font("body"),
            "quiet": theme.font("body"),
            "strong": theme.font("strong"),
            "tick": theme.font("strong"),
        }
        self._metrics = {kind: QFontMetrics(font) for kind, font in self._fonts.items()}
        self._number_fonts = {kind: _for_numbers(font) for kind, font in self._fonts.items()}
        self._pad = theme.space(PADDING_QUARTERS)
        self._height = theme.space(ROW_QUARTERS)
        self._line = theme.colour("line")
        self._selected = theme.colour("row_selected")
        self._hover = theme.colour("row_hover")
        self._text = theme.colour("text")
        self._quiet = theme.colour("text_quiet")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room it would like."""
        return QSize(self._pad * 2, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        number, place = index.row(), index.column()
        row, column = self._model.row(number), self._model.columns[place]
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selected)
        elif number == self.pointed_at:
            painter.fillRect(rect, self._hover)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        inner = rect.adjusted(self._pad, 0, -self._pad, -1)
        shown = column.show(row)
        if shown is not None:
            if column.kind == "badge":
                if shown.text:
                    paint_badge(painter, inner, shown, self._theme)
            elif column.kind == "bar":
                paint_bar(painter, inner, shown, self._theme)
            elif column.kind == "tick":
                paint_tick(painter, inner, shown, self._theme)
                words = inner.adjusted(tick_width(self._theme), 0, 0, 0)
                self._paint_text(painter, words, column, row, shown.text)
            else:
                self._paint_text(painter, inner, column, row, str(shown))
        view = self._view
        if view.hasFocus():
            current = view.currentIndex()
            if current.isValid() and current.row() == number:
                self._paint_focus(painter, rect, place)

    def _paint_text(
        self, painter: QPainter, rect: QRect, column: Column, row: object, text: str
    ) -> None:
        kind = column.kind
        painter.setFont((self._number_fonts if column.right else self._fonts)[kind])
        colour = self._quiet if kind == "quiet" else self._text
        if column.tone is not None and (tone := column.tone(row)):
            colour = self._theme.tone(tone).text
        painter.setPen(colour)
        metrics = self._metrics[kind]
        if "\n" in text:
            text = " ".join(text.split())
        if metrics.horizontalAdvance(text) > rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _RIGHT if column.right else _LEFT, text)

    def _paint_focus(self, painter: QPainter, rect: QRect, place: int) -> None:
        """One ring around the whole row: each cell adds its top and bottom, the ends close it."""
        header = self._view.horizontalHeader()
        order = [
            header.logicalIndex(visual)
            for visual in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(visual))
        ]
        thick = max(2, self._theme.space(0.5))
        for meaning, inset, width in (("focus", 0, thick), ("focus_edge", thick, 1)):
            colour = self._theme.colour(meaning)
            left, top = rect.left(), rect.top() + inset
            across, bottom = rect.width(), rect.bottom() - inset - width + 1
            painter.fillRect(left, top, across, width, colour)
            painter.fillRect(left, bottom, across, width, colour)
            down = bottom + width - top
            if order and place == order[0]:
                painter.fillRect(left + inset, top, width, down, colour)
            if order and place == order[-1]:
                painter.fillRect(rect.right() - inset - width + 1, top, width, down, colour)

    def width_of(self, row: object, column: Column) -> int:
        """Return how wide a cell is in which all of its words can be read; 0 of a drawing."""
        if column.kind in ("badge", "bar"):
            return 0
        own = tick_width(self._theme) if column.kind == "tick" else 0
        words = " ".join(column.text(row).split())
        return self._metrics[column.kind].horizontalAdvance(words) + own + 2 * self._pad

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the tooltip, or the whole text of a cell that is cut short."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        row, column = self._model.row(index.row()), self._model.columns[index.column()]
        tip = column.tip(row) if column.tip is not None else ""
        if not tip:
            shown = column.show(row)
            text = column.text(row)
            if isinstance(shown, Bar):
                tip = text
            elif not isinstance(shown, Badge):
                room = option.rect.width() - 2 * self._pad
                is_cut = self._metrics[column.kind].horizontalAdvance(text) > room
                tip = text if is_cut or "\n" in text else ""
        QToolTip.showText(event.globalPos(), as_tip(tip), view.viewport(), option.rect)
        return True


def _for_numbers(font: QFont) -> QFont:
    """The font with figures of one width, so that they line up below each other."""
    numbers = QFont(font)
    numbers.setFeature(QFont.Tag("tnum"), 1)
    return numbers


class Headings(QHeaderView):
    """The headings of a table: quiet words, and an arrow on the one that it is sorted by."""

    def __init__(self, model: RowsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setDefaultAlignment(_LEFT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(super().sizeHint().width(), self._theme.space(HEADING_QUARTERS))

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter = QPainter(self.viewport())
        width = self.viewport().width()
        for place, column in enumerate(self._rows.columns):
            if self.isSectionHidden(place):
                continue
            left = self.sectionViewportPosition(place)
            size = self.sectionSize(place)
            if left + size >= 0 and left <= width:
                self._paint_heading(painter, QRect(left, 0, size, self.height()), place, column)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, width, self.height() - 1)
        painter.end()

    def _paint_heading(self, painter: QPainter, rect: QRect, place: int, column: Column) -> None:
        theme = self._theme
        font = theme.font("small strong")
        metrics = QFontMetrics(font)
        sorted_by, order = self._rows.sorted_by
        inner = rect.adjusted(theme.space(PADDING_QUARTERS), 0, -theme.space(PADDING_QUARTERS), -1)
        arrow = theme.space(ARROW_QUARTERS) if place == sorted_by else 0
        gap = theme.space(0.5) if arrow else 0
        room = inner.width() - arrow - gap
        text = metrics.elidedText(column.heading, Qt.TextElideMode.ElideRight, max(0, room))
        words = min(room, metrics.horizontalAdvance(text))
        start = inner.right() - words - arrow - gap + 1 if column.right else inner.left()
        painter.setFont(font)
        painter.setPen(theme.colour("text" if arrow else "text_quiet"))
        painter.drawText(QRect(start, inner.top(), words + 2, inner.height()), _LEFT, text)
        if arrow:
            name = "arrow-up" if order == Qt.SortOrder.AscendingOrder else "arrow-down"
            drawn = pixmap(name, "text", theme, ARROW_QUARTERS)
            at = QPoint(start + words + gap, inner.top() + (inner.height() - arrow) // 2)
            painter.drawPixmap(at, drawn)
