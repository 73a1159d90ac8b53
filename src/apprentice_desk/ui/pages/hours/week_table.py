"""The grid of a week with the keyboard: arrows, typing, Tab, Enter, copy, paste, delete.

It knows cells and keys; what they do is for whoever listens.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QWidget

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.kit import access, clipboard
from apprentice_desk.ui.kit.delegates import PADDING_QUARTERS, ROW_QUARTERS
from apprentice_desk.ui.kit.keys import Keys, asks_for_menu, menu_by_key
from apprentice_desk.ui.kit.painting import badge_size
from apprentice_desk.ui.kit.rows import Index
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.hours.first_column import FirstColumnTable
from apprentice_desk.ui.pages.hours.week_model import FIRST_DAY, NAME, WeekModel
from apprentice_desk.ui.pages.hours.week_painter import WeekHeadings, WeekPainter
from apprentice_desk.ui.pages.hours.week_people import AWAY

_NAME_CHARACTERS = 15
_LONGEST_ON_A_DAY = ("holiday", "Mon 30", "00:00")
_LONGEST_SUM = ("Needed", "000:00")
FEWEST_ROWS = 7
"""So many apprentices are always seen; more scroll inside the grid where there is no room."""


class WeekTable(FirstColumnTable):
    """Shows *model*.

    *entered* has a cell and what was typed there.  *pasted* has the text of a block, *copied*,
    *removed* and *nothing* the cells that are meant.  *chosen* has the current cell or None,
    *reached* is sent when the keyboard has come to one and it is to be seen.
    """

    KEYS = Keys(
        "In the grid of a week",
        (
            ("Arrow keys", "Go from day to day and from person to person"),
            ("0 to 9", "Type hours: 3:30, 1.5 or 90m; n for nothing this week"),
            ("Enter, Tab", "Take what was typed and go down, or to the next day"),
            ("F2", "Change what stands in the cell"),
            ("Escape", "Leave the cell as it was"),
            ("Ctrl+C", "Copy the chosen cells"),
            ("Shift+arrows", "Choose several cells"),
            ("Shift+F10", "Show what can be done: finish, reopen, verify and more"),
        ),
    )

    entered = Signal(object, str)
    pasted = Signal(str)
    chosen = Signal(object)
    given_up = Signal(object)
    reached = Signal()

    def __init__(self, model: WeekModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = model
        self._theme = theme
        self._actions: tuple[QAction, ...] = ()
        access.name(self, "Hours of the week", "Apprentices by days")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self._headings = WeekHeadings(model, theme, self, lambda: self.held_width)
        self.setHorizontalHeader(self._headings)
        self._headings.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.painter = WeekPainter(model, theme, self)
        self.painter.entered.connect(self._on_entered)
        self.setItemDelegate(self.painter)
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        model.columnsInserted.connect(lambda *_: self._share_width())
        model.modelAboutToBeReset.connect(self._note_place)
        self._place: tuple[int, int] = (0, FIRST_DAY)
        self._cell: Cell | None = None
        self._most_rows = FEWEST_ROWS
        self._gone: tuple[Cell, Cell] | None = None
        """A cell that is not shown any more, and the one that is current in its stead."""
        theme.changed.connect(self._refit)
        self._refit()

    # where one is

    @property
    def cell(self) -> Cell | None:
        """The current cell; None where no day is current."""
        return self._model.cell(self.currentIndex())

    def cells(self) -> tuple[Cell, ...]:
        """Return the chosen cells by row and day; a name stands for its whole row."""
        found: dict[Cell, None] = {}
        for index in sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column())):
            cell = self._model.cell(index)
            if cell is not None:
                found[cell] = None
            elif index.column() == NAME:
                person = self._model.people[index.row()]
                found.update(dict.fromkeys(Cell(person.id, day) for day in self._model.days))
        return tuple(found)

    def rows_from_here(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells from the upper left chosen one to the end of the grid, by row."""
        indexes = self.selectedIndexes() or [self.currentIndex()]
        top = min(index.row() for index in indexes)
        left = max(FIRST_DAY, min(index.column() for index in indexes)) - FIRST_DAY
        days = self._model.days[left:]
        return tuple(
            tuple(Cell(person.id, day) for day in days) for person in self._model.people[top:]
        )

    def go_to(self, cell: Cell) -> None:
        """Make *cell* the current one."""
        index = self._model.index_of(cell)
        if index.isValid():
            self._make_current(index)

    def take_keyboard(self) -> None:
        """Have the keyboard, in sight."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reached.emit()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer *actions* in the context menu; their keys hold while the grid has the keyboard."""
        self._actions = tuple(actions)
        self.addActions(self._actions)

    def _make_current(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def _note_place(self) -> None:
        self._place = (self.currentIndex().row(), self.currentIndex().column())
        self._cell = self.cell
        if self._gone is not None and self._gone[1] == self._cell:
            self._cell = self._gone[0]  # it may be back, as by Undo

    def _on_reset(self) -> None:
        self._share_width()
        self._fit_height()
        index = QModelIndex()
        if self._cell is not None:
            index = self._model.index_of(self._cell)
        if not index.isValid() and self._model.people:
            row = min(max(self._place[0], 0), len(self._model.people) - 1)
            column = min(max(self._place[1], FIRST_DAY), self._model.week_column - 1)
            index = self._model.index(row, column)
        if index.isValid():
            self._make_current(index)
        else:
            self.chosen.emit(None)
        wanted, here = self._cell, self.cell
        self._gone = (wanted, here) if wanted and here and wanted != here else None

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here; the others are Qt's."""
        self.reached.emit()  # nothing is typed where nobody sees it
        key, modifiers = event.key(), event.modifiers()
        is_plain = modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            if not self._model.is_read_only:
                self.pasted.emit(QGuiApplication.clipboard().text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self.edit(self.currentIndex())
        elif key == Qt.Key.Key_Escape and self.cell is not None:
            if self._model.give_up(self.cell):
                self.given_up.emit(self.cell)
            else:
                super().keyPressEvent(event)
        elif key == Qt.Key.Key_Home and is_plain:
            self._go(self.currentIndex().row(), FIRST_DAY)
        elif key == Qt.Key.Key_End and is_plain:
            self._go(self.currentIndex().row(), self._model.week_column - 1)
        elif asks_for_menu(event):
            self.contextMenuEvent(menu_by_key(self))
        else:
            super().keyPressEvent(event)

    def _go(self, row: int, column: int) -> None:
        index = self._model.index(row, column)
        if index.isValid():
            self._make_current(index)

    def _on_entered(self, cell: Cell, text: str, key: int) -> None:
        self.entered.emit(cell, text)
        index = self._model.index_of(cell)
        if not key or not index.isValid():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        row, column = index.row(), index.column()
        first, last = FIRST_DAY, self._model.week_column - 1
        if cell in self._model.refusals:
            return  # stay where something is to be mended
        if key == Qt.Key.Key_Tab:
            row, column = (row, column + 1) if column < last else (row + 1, first)
        elif key == Qt.Key.Key_Backtab:
            row, column = (row, column - 1) if column > first else (row - 1, last)
        elif key == Qt.Key.Key_Up:
            row -= 1
        else:
            row += 1
        if 0 <= row < self._model.rowCount():
            self._go(row, column)

    def copy(self) -> None:
        """Copy the rectangle around the chosen cells, as a spreadsheet takes it."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        rows = range(min(i.row() for i in indexes), max(i.row() for i in indexes) + 1)
        columns = range(min(i.column() for i in indexes), max(i.column() for i in indexes) + 1)
        clipboard.put_rows(
            [
                str(self._model.index(row, column).data(Qt.ItemDataRole.EditRole) or "")
                for column in columns
            ]
            for row in rows
        )

    def offer(self, action: QAction) -> None:
        """Offer one action more in the context menu; whoever made it answers its keys."""
        self._actions = (*self._actions, action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen cells."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.popup(where)

    # looks

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is current now, and draw the ring there."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self._model.cell(current))
        if self.hasFocus():
            self.reached.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Draw what is chosen."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard now."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self._go(0, FIRST_DAY)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard has gone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    @property
    def least_width(self) -> int:
        """The width from which on every column is seen whole."""
        bar = self.verticalScrollBar().sizeHint().width()
        return sum(self._least()) + bar + 2 * self.frameWidth()

    def fit(self, height: int) -> None:
        """Show as many rows as find room in *height*, but never fewer than always are seen."""
        rest = self._headings.sizeHint().height() + 2 * self.frameWidth() + 1
        self._most_rows = max(FEWEST_ROWS, (height - rest) // self._theme.space(ROW_QUARTERS))
        self._fit_height()

    def _refit(self) -> None:
        self.painter.refit()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._theme.space(ROW_QUARTERS))
        self._headings.updateGeometry()
        self.updateGeometries()
        self._share_width()
        self._fit_height()

    def _share_width(self) -> None:
        count = self._model.columnCount()
        if not count:
            return
        least, days = self._least(), len(self._model.days)
        spare = max(0, self.viewport().width() - sum(least))
        widths = list(least)
        widths[NAME] += spare // 4
        for place in range(FIRST_DAY, FIRST_DAY + days):
            widths[place] += (spare - spare // 4) * 2 // (2 * days + 3)
        widths[-1] += max(0, self.viewport().width() - sum(widths))
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        self._fit_height()

    def _least(self) -> list[int]:
        """Return the widths at which nothing that usually stands there is cut."""
        metrics = QFontMetrics(self._theme.font("strong"))
        pad = 2 * self._theme.space(PADDING_QUARTERS) + 1  # and the line between
        name = _NAME_CHARACTERS * metrics.averageCharWidth() + pad
        day, total = (
            max(map(metrics.horizontalAdvance, texts)) + pad
            for texts in (_LONGEST_ON_A_DAY, _LONGEST_SUM)
        )
        badges = (badge_size(badge, self._theme).width() for badge in AWAY.values())
        pace = round(max(badges)) + pad
        return [name, *[day] * len(self._model.days), total, total, pace]

    def _fit_height(self) -> None:
        rows = min(self._most_rows, max(1, self._model.rowCount()))
        height = rows * self._theme.space(ROW_QUARTERS) + self._headings.sizeHint().height()
        if self.horizontalHeader().length() > self.viewport().width():
            height += self.horizontalScrollBar().sizeHint().height()  # the rows stay in sight
        self.setFixedHeight(height + 2 * self.frameWidth() + 1)
