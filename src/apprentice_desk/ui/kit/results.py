"""The list of what was found: groups with a heading each, the matched parts emphasised.

What matched is bold and underlined, never only coloured.  The list does not take the keyboard: it
stays in the box above (``search_box``), which moves the current line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from apprentice_desk.domain.searching import plain, spans
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.kit.tokens import FontRole

Index = QModelIndex | QPersistentModelIndex

_ICON_QUARTERS = 4.5
_EDGE_QUARTERS = 3
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line that can be chosen; *key* says to its maker what it stands for.

    *keys* is the shortcut that does the same.  *why_not* says why it cannot be chosen now.
    """

    key: Any
    title: str
    detail: str = ""
    icon: str = ""
    keys: str = ""
    why_not: str = ""

    @property
    def below(self) -> str:
        """What stands in the second line."""
        return f"Not now: {self.why_not}" if self.why_not else self.detail

    @property
    def says(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(
            part.strip() for part in (self.title, *self.below.split("·"), self.keys) if part.strip()
        )


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Lines below a heading, or without lines a note; *total* is how many there are in all."""

    heading: str
    lines: tuple[ResultLine, ...] = ()
    total: int = 0

    @property
    def counted(self) -> str:
        """Says how many of how many are shown, where it is not all."""
        many = len(self.lines)
        return f"{many:,} of {self.total:,}" if self.total > many else ""


class ResultsModel(QAbstractListModel):
    """Headings and lines, one below the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[ResultGroup | ResultLine] = []
        self.words: tuple[str, ...] = ()

    def replace(self, groups: Iterable[ResultGroup], words: tuple[str, ...]) -> None:
        """Show *groups*, and in them what *words* matched."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            self._rows += [group, *group.lines]
        self.words = words
        self.endResetModel()

    def row_at(self, number: int) -> ResultGroup | ResultLine:
        """Return the heading or line with this number, counted from 0."""
        return self._rows[number]

    def numbers(self) -> list[int]:
        """Return the numbers of the lines, without the headings."""
        return [n for n, row in enumerate(self._rows) if isinstance(row, ResultLine)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, ResultGroup):
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row.heading if role in spoken else None
        said: dict[int, str | None] = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.AccessibleTextRole: row.says,
            Qt.ItemDataRole.ToolTipRole: as_tip(row.below) or None,
        }
        return said.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen, headings not."""
        if index.isValid() and isinstance(self._rows[index.row()], ResultLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class _ResultPainter(QStyledItemDelegate):
    """Paints headings and lines."""

    def __init__(self, model: ResultsModel, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._model = model
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room it would like."""
        row, theme = self._model.row_at(index.row()), self._theme
        if isinstance(row, ResultGroup):
            return QSize(0, self._height("small strong") + theme.space(3.5))
        height = self._height("body") + theme.space(3)
        return QSize(0, height + (self._height("small") if row.below else 0))

    def _height(self, role: FontRole) -> int:
        return QFontMetrics(self._theme.font(role)).height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row, rect = self._model.row_at(index.row()), option.rect
        edge = self._theme.space(_EDGE_QUARTERS)
        if isinstance(row, ResultGroup):
            self._paint_heading(painter, rect.adjusted(edge, 0, -edge, 0), row)
            return
        is_current = self._view.currentIndex().row() == index.row()
        if is_current:
            painter.fillRect(rect, self._theme.colour("row_selected"))
            bar = QRect(rect.topLeft(), QSize(self._theme.space(0.75), rect.height()))
            painter.fillRect(bar, self._theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("row_hover"))
        self._paint_line(painter, rect.adjusted(edge, 0, -edge, 0), row)

    def _paint_heading(self, painter: QPainter, rect: QRect, group: ResultGroup) -> None:
        space = self._theme.space
        font = self._theme.font("small strong")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_quiet"))
        inner = rect.adjusted(0, space(2), 0, 0)
        counted = QFontMetrics(font).horizontalAdvance(group.counted)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                         group.counted)  # fmt: skip
        room = inner.width() - counted - (space(2) if counted else 0)
        words = QFontMetrics(font).elidedText(group.heading, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, _MIDDLE, words)

    def _paint_line(self, painter: QPainter, rect: QRect, line: ResultLine) -> None:
        theme, space = self._theme, self._theme.space
        inner = rect.adjusted(0, space(1.5), 0, -space(1.5))
        first = QRect(inner.topLeft(), QSize(inner.width(), self._height("body")))
        if line.icon:
            side = space(_ICON_QUARTERS)
            drawn = pixmap(line.icon, "text_quiet", theme, _ICON_QUARTERS)
            at = QPoint(first.left(), first.top() + (first.height() - side) // 2)
            painter.drawPixmap(at, drawn)
        indent = space(_ICON_QUARTERS) + space(2.5)
        room = first.adjusted(indent, 0, 0, 0)
        if line.keys:
            room.setRight(self._paint_keys(painter, first, line.keys) - space(2))
        tone = "text_quiet" if line.why_not else "text"
        words = self._model.words
        self._paint_words(painter, room, line.title, "body", tone, words)
        if line.below:
            second = QRect(
                first.left() + indent, first.bottom() + 1, inner.width() - indent,
                self._height("small"),
            )  # fmt: skip
            title = plain(line.title)  # what can be seen there need not be said twice
            others = tuple(word for word in words if word not in title)
            self._paint_words(painter, second, line.below, "small", "text_quiet", others)

    def _paint_keys(self, painter: QPainter, rect: QRect, keys: str) -> int:
        """Paint a shortcut at the right of *rect*; return where it begins."""
        font = self._theme.font("small")
        width = QFontMetrics(font).horizontalAdvance(keys) + 2 * self._theme.space(1.25)
        cap = QRect(rect.right() - width, rect.top(), width, rect.height())
        corner = self._theme.space(0.75)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(cap, corner, corner)
        painter.setPen(self._theme.colour("text_quiet"))
        painter.setFont(font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        painter.restore()
        return cap.left()

    def _paint_words(
        self,
        painter: QPainter,
        rect: QRect,
        words: str,
        role: FontRole,
        tone: str,
        matched: tuple[str, ...],
    ) -> None:
        """Paint one line of words, those *matched* bold and underlined, dots where cut off."""
        font = self._theme.font(role)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.Bold)
        strong.setUnderline(True)
        pieces: list[tuple[str, QFont]] = []
        done = 0
        for start, end in spans(words, matched):
            pieces += [(words[done:start], font), (words[start:end], strong)]
            done = end
        pieces.append((words[done:], font))
        painter.setPen(self._theme.colour(tone))
        left = rect.left()
        for piece, own in pieces:
            metrics = QFontMetrics(own)
            room = rect.right() - left
            width = metrics.horizontalAdvance(piece)
            painter.setFont(own)
            if width > room:
                piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, max(0, room))
                painter.drawText(QRect(left, rect.top(), room, rect.height()), _MIDDLE, piece)
                return
            painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), _MIDDLE, piece)
            left += width


class ResultList(QListView):
    """The list itself; *picked* carries the line that was clicked."""

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = ResultsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_ResultPainter(self.rows, theme, self))
        self.setProperty("role", "results")
        access.name(self, "What was found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_groups(self, groups: Iterable[ResultGroup], words: tuple[str, ...]) -> None:
        """Show *groups*; the first line is the current one, unless a note stands above it."""
        self.rows.replace(groups, words)
        if self.rows.numbers()[:1] == [1]:
            self.step_to(0)
        else:
            self.setCurrentIndex(QModelIndex())

    def current(self) -> ResultLine | None:
        """Return the current line; None without any."""
        index = self.currentIndex()
        row = self.rows.row_at(index.row()) if index.isValid() else None
        return row if isinstance(row, ResultLine) else None

    @property
    def place(self) -> int:
        """Which of the lines is current, counted from 0; -1 without any."""
        numbers = self.rows.numbers()
        row = self.currentIndex().row()
        return numbers.index(row) if row in numbers else -1

    @property
    def count(self) -> int:
        """How many lines there are, without the headings."""
        return len(self.rows.numbers())

    def step_to(self, place: int) -> None:
        """Make the line at *place* the current one, or the first or last beyond the ends."""
        numbers = self.rows.numbers()
        if not numbers:
            return
        number = numbers[max(0, min(place, len(numbers) - 1))]
        self.setCurrentIndex(self.rows.index(number))
        if number == numbers[0]:
            self.scrollToTop()  # with its heading
        self.viewport().update()

    def height_of(self, count: int) -> int:
        """Return the height in which the first *count* lines show, with their headings."""
        numbers = self.rows.numbers()[:count]
        last = numbers[-1] + 1 if numbers else 0
        return sum(self.sizeHintForRow(number) for number in range(last))

    def wanted_height(self) -> int:
        """Return the height in which everything shows."""
        return sum(self.sizeHintForRow(number) for number in range(self.rows.rowCount()))

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if isinstance(row, ResultLine):
            self.picked.emit(row)
