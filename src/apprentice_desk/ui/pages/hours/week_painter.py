"""How the grid of a week is painted, and the line in which the hours of a cell are typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.delegates import HEADING_QUARTERS, PADDING_QUARTERS, ROW_QUARTERS
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.painting import paint_badge
from apprentice_desk.ui.kit.rows import Index
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.hours.week_model import NAME, WeekModel

LONGEST = 40
"""Characters that a cell takes; a length of time is far below it."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICON_QUARTERS = 3.5


class CellEdit(QLineEdit):
    """The line in which the hours of one cell are typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self.setAlignment(_RIGHT)
        self.setProperty("role", "cell")


class WeekPainter(QStyledItemDelegate):
    """Paints *model*'s cells: a ring around the chosen one, lines between the days.

    *entered* has the cell, what was typed, and the key that ended it.
    """

    entered = Signal(object, str, int)

    def __init__(self, model: WeekModel, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self.refit()

    def refit(self) -> None:
        """Take up the theme's colours and sizes anew."""
        theme = self._theme
        self._font = theme.font("body")
        self._strong = theme.font("strong")
        self._metrics = QFontMetrics(self._strong)
        self._pad = theme.space(PADDING_QUARTERS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room it would like."""
        return QSize(self._pad * 2, self._theme.space(ROW_QUARTERS))

    # painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, model, rect = self._theme, self._model, option.rect
        cell = model.cell(index)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:  # painted over: the style has filled it already
            is_here = index == self._view.currentIndex()
            painter.fillRect(rect, theme.colour("field" if is_here else "row_selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver and cell is not None:
            painter.fillRect(rect, theme.colour("row_hover"))
        line = theme.colour("line")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if index.column() < model.week_column:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        inner = rect.adjusted(self._pad, 0, -self._pad, -1)
        if index.column() == model.pace_column:
            badge = model.badge(model.people[index.row()])
            if badge is not None:
                paint_badge(painter, inner, badge, theme)
        else:
            self._paint_text(painter, inner, index, cell)
        if index == self._view.currentIndex():
            self._paint_ring(painter, rect)

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index, cell: Cell | None) -> None:
        theme, model = self._theme, self._model
        text = str(model.data(index) or "")
        person = model.people[index.row()]
        is_strong = index.column() in (NAME, model.week_column)
        colour = theme.colour("text")
        if cell is not None and (model.is_waiting(cell) or not model.minutes(cell)):
            colour = theme.colour("text_quiet")
        if cell is not None and cell in model.refusals:
            colour = theme.tone("danger").text
            self._paint_icon(painter, rect, "circle-alert", "danger")
        elif cell is not None and any(not each.counts for each in model.entries(cell)):
            self._paint_icon(painter, rect, "x", "text_quiet")
        elif cell is not None and model.minutes(cell) and model.is_at_host(cell):
            self._paint_icon(painter, rect, "arrow-left-right", "text_quiet")
        elif index.column() == NAME and model.is_finished(person):
            icon = QRect(rect)
            icon.setLeft(rect.right() - theme.space(_ICON_QUARTERS))
            self._paint_icon(painter, icon, "lock", "text_quiet")
            rect = rect.adjusted(0, 0, -theme.space(_ICON_QUARTERS + 1), 0)
        painter.setFont(self._strong if is_strong else self._font)
        painter.setPen(colour)
        if self._metrics.horizontalAdvance(text) > rect.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LEFT if index.column() == NAME else _RIGHT, text)

    def _paint_icon(self, painter: QPainter, rect: QRect, icon: str, meaning: str) -> None:
        drawn = pixmap(icon, meaning, self._theme, _ICON_QUARTERS)
        side = self._theme.space(_ICON_QUARTERS)
        painter.drawPixmap(rect.left(), rect.top() + (rect.height() - side) // 2, drawn)

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        """Show where one is: strong while the grid has the keyboard, a line while it has not."""
        theme = self._theme
        if not self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.restore()
            return
        thick = max(2, theme.space(0.5))
        for meaning, inset, width in (("focus", 0, thick), ("focus_edge", thick, 1)):
            colour = theme.colour(meaning)
            ring = rect.adjusted(inset, inset, -inset, -inset)
            painter.fillRect(ring.left(), ring.top(), ring.width(), width, colour)
            painter.fillRect(ring.left(), ring.bottom() - width + 1, ring.width(), width, colour)
            painter.fillRect(ring.left(), ring.top(), width, ring.height(), colour)
            painter.fillRect(ring.right() - width + 1, ring.top(), width, ring.height(), colour)

    # typing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the line in which the cell is typed."""
        made = CellEdit(parent)
        cell = self._model.cell(index)
        if cell is not None:
            person = self._model.person(cell.apprenticeship_id)
            access.name(
                made,
                f"Hours of {person.name} on {cell.day:%A} {show_day(cell.day)}",
                "For example 3:30, 1.5 or 90m; n for nothing this week",
            )
        made.setFont(self._font)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, CellEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Fill the cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand on what was typed when the cell is left with the mouse; keys do so themselves."""
        cell = self._model.cell(index)
        if isinstance(editor, CellEdit) and editor.isModified() and cell is not None:
            editor.setModified(False)
            self.entered.emit(cell, editor.text(), 0)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter, Tab and the arrows end the typing and say where to go next."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, CellEdit):
            assert isinstance(event, QKeyEvent)
            key = event.key()
            if key in _ENDING:
                index = self._view.currentIndex()
                cell = self._model.cell(index)
                text, is_typed = editor.text(), editor.isModified()
                editor.setModified(False)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                if cell is not None:
                    if not is_typed:
                        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
                    self.entered.emit(cell, text, key)
                return True
        return super().eventFilter(editor, event)


_ENDING = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


class WeekHeadings(QHeaderView):
    """The headings of the grid: quiet words.

    *held* is asked how wide the first one is held at the left edge, over what scrolled below it.
    """

    def __init__(
        self, model: WeekModel, theme: Theme, parent: QWidget, held: Callable[[], int]
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._week = model
        self._theme = theme
        self._held = held
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(super().sizeHint().width(), self._theme.space(HEADING_QUARTERS))

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter, theme, model = QPainter(self.viewport()), self._theme, self._week
        pad = theme.space(PADDING_QUARTERS)
        line = theme.colour("line")
        font = theme.font("small strong")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        width = self._held()
        for place in range(model.columnCount()):
            below = width if place != NAME else 0
            painter.setClipRect(below, 0, self.viewport().width() - below, self.height())
            left = 0 if width and place == NAME else self.sectionViewportPosition(place)
            rect = QRect(left, 0, self.sectionSize(place), self.height())
            inner = rect.adjusted(pad, 0, -pad, -1)
            text = metrics.elidedText(
                str(model.headerData(place, Qt.Orientation.Horizontal)),
                Qt.TextElideMode.ElideRight,
                inner.width(),
            )
            is_left = place in (NAME, model.pace_column)
            painter.setPen(theme.colour("text_quiet"))
            painter.drawText(inner, _LEFT if is_left else _RIGHT, text)
            if place < model.week_column:
                edge = theme.colour("line_strong") if width and place == NAME else line
                painter.fillRect(rect.right(), 0, 1, rect.height(), edge)
        painter.setClipping(False)
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, line)
        painter.end()
