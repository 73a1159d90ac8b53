"""The table that shows a RowsModel: whole rows, set widths, keyboard, an empty state."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from apprentice_desk.ui.kit import access, clipboard
from apprentice_desk.ui.kit.column_order import ColumnOrder
from apprentice_desk.ui.kit.columns_dialog import ColumnsDialog
from apprentice_desk.ui.kit.delegates import ROW_QUARTERS, CellPainter, Headings
from apprentice_desk.ui.kit.focus import look_again
from apprentice_desk.ui.kit.keys import Keys, asks_for_menu, menu_by_key
from apprentice_desk.ui.kit.panels import EmptyState
from apprentice_desk.ui.kit.rows import Column, Index, RowsModel, fold
from apprentice_desk.ui.kit.theme import Theme

SECONDS_BETWEEN_LETTERS = 1.0


class RowsTable(QTableView):
    """A list of rows.

    *name* is what a screen reader calls it.  *stretch* is the column that takes up spare room.
    *several* allows more than one row to be selected.  Enter or a double click sends
    *row_opened* with the row; *row_chosen* has the current row whenever it changes, also in its
    values, and None when there is none.
    """

    KEYS = Keys(
        "In a list",
        (
            ("Enter", "Open the chosen row"),
            ("Up, Down", "Choose the row above or below"),
            ("Home, End", "Choose the first or last row"),
            ("Letters", "Choose the next row that begins with them"),
            ("Ctrl+C", "Copy the chosen rows"),
            ("Shift+F10", "Show what can be done with the row, sort, choose columns"),
            ("Escape", "Show all rows where the filter leaves none"),
        ),
    )

    row_opened = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self,
        model: RowsModel,
        name: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        stretch: int = 0,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._last_chosen: Any = None
        self._typed = ""
        self._typed_at = 0.0
        self._fits: int | None = None
        self._least = 0.0
        self._actions: tuple[QAction, ...] = ()
        access.name(self, name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if several
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self._headings = Headings(model, theme, self)
        self.setHorizontalHeader(self._headings)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._painter = CellPainter(model, theme, self)
        self.setItemDelegate(self._painter)
        self.setModel(model)
        self.order = ColumnOrder(self, model, theme, stretch)
        self._headings.sectionClicked.connect(self._on_heading_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._report_chosen)
        self._had_rows = model.rowCount() > 0
        model.layoutChanged.connect(self._on_rows_changed)
        self._empty = EmptyState(theme, "inbox", "Nothing here yet", "", parent=self.viewport())
        self._empty_words: tuple[str, str, str, Callable[[], object] | None] = (
            "Nothing here yet",
            "",
            "",
            None,
        )
        self._empty.hide()
        theme.changed.connect(self._refit)
        self._refit()
        self._show_empty()

    # rows

    @property
    def rows(self) -> RowsModel:
        """The model it shows."""
        return self._model

    def chosen(self) -> Any:
        """Return the current row, None if there is none."""
        number = self.currentIndex().row()
        return self._model.row(number) if 0 <= number < self._model.rowCount() else None

    def selected(self) -> list[Any]:
        """Return the selected rows from top to bottom."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._model.row(number) for number in numbers]

    def several(self) -> list[Any]:
        """Return the selected rows where there is more than one, else none."""
        if self.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection:
            return []
        rows = self.selected()
        return rows if len(rows) > 1 else []

    def choose(self, row_id: Hashable) -> bool:
        """Make the row with *row_id* current and visible; False if it is not shown."""
        number = self._model.number_of(row_id)
        if number < 0:
            return False
        self._go_to(number)
        return True

    def choose_first(self) -> None:
        """Make the first row current if none is."""
        if not self.currentIndex().isValid() and self._model.rowCount():
            self._go_to(0)

    def set_empty(
        self,
        title: str,
        sentence: str,
        action_text: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """Say what stands in place of rows while there are none at all.

        Where rows are only filtered out the table says so itself and offers to show all.
        """
        self._empty_words = (title, sentence, action_text, callback)
        self._show_empty()
        self._fit_height()

    def set_fits(self, most_rows: int) -> None:
        """Be as high as the rows are, up to *most_rows*, instead of filling the page."""
        self._fits = most_rows
        self._fit_height()

    def set_least(self, quarters: float) -> None:
        """Be never less high than so many quarters of the text's height, with rows or without."""
        self._least = quarters
        self._place_empty()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer *actions* in the context menu, before sorting and columns."""
        self._actions = tuple(actions)

    def show_all(self) -> None:
        """Take away what filter and keep hold back."""
        self._model.keep(None)
        self._model.filter("")
        self.filter_cleared.emit()

    filter_cleared = Signal()

    # what the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        last = self._model.rowCount() - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if (row := self.chosen()) is not None:
                self.row_opened.emit(row)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_Home and plain and last >= 0:
            self._go_to(0)
        elif key == Qt.Key.Key_End and plain and last >= 0:
            self._go_to(last)
        elif key == Qt.Key.Key_Escape and self._model.is_narrowed and not last >= 0:
            self.show_all()
        elif asks_for_menu(event):
            self.contextMenuEvent(menu_by_key(self))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next row whose first cell begins with what is typed in one go."""
        now = time.monotonic()
        fresh = now - self._typed_at > SECONDS_BETWEEN_LETTERS
        self._typed_at = now
        self._typed = search if fresh else self._typed + search
        count = self._model.rowCount()
        if not count or not self._model.columns:
            return
        column = self._model.columns[0]
        start = max(0, self.currentIndex().row()) + (1 if fresh else 0)
        begins = fold(self._typed)
        for step in range(count):
            number = (start + step) % count
            if fold(column.text(self._model.row(number))).startswith(begins):
                self._go_to(number)
                return

    def copy(self) -> None:
        """Copy the selected rows as text with tabs, headings first."""
        rows = self.selected()
        if not rows:
            return
        columns = [self._model.columns[place] for place in self.order.shown]
        cells = [[column.heading for column in columns]]
        cells += [[column.text(row) for column in columns] for row in rows]
        clipboard.put_rows(cells)

    def sort_by(self, place: int) -> None:
        """Sort by the column *place*; again for the other direction."""
        by, order = self._model.sorted_by
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        self._model.sort(place, descending if by == place and order == ascending else ascending)
        self._headings.viewport().update()
        self.viewport().update()

    def show_column(self, place: int, *, is_shown: bool) -> None:
        """Show or hide the column *place*; the others share the room."""
        self.order.show(place, is_shown=is_shown)

    def cut_short(self, row: object) -> list[Column]:
        """Return the columns that do not show all that they say of *row*, or are not shown."""
        return [
            column
            for place, column in enumerate(self._model.columns)
            if self.isColumnHidden(place)
            or self._painter.width_of(row, column) > self.columnWidth(place)
        ]

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu that sorts by a column and shows or hides columns, for a button."""
        menu = QMenu(parent)
        self._add_column_choices(menu)
        return menu

    def arrange_columns(self) -> None:
        """Open the dialog of the order and the widths of the columns."""
        ColumnsDialog(self, self.order, self._theme).open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the table, at the mouse or at the current row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions:
            menu.addAction(action)
        if self._actions:
            menu.addSeparator()
        count = len(self.selected())
        copy = QAction(f"Copy {count:,} rows" if count > 1 else "Copy row", menu)
        menu.addAction(copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(count))
        copy.triggered.connect(self.copy)
        self._add_column_choices(menu)
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            cell = self.visualRect(self.currentIndex())
            where = self.viewport().mapToGlobal(cell.bottomLeft())
        menu.popup(where)

    def _add_column_choices(self, menu: QMenu) -> None:
        by, _ = self._model.sorted_by
        sorting = menu.addMenu("Sort by")
        group = QActionGroup(sorting)
        for place, column in enumerate(self._model.columns):
            choice = QAction(column.heading, sorting)
            sorting.addAction(choice)
            choice.setCheckable(True)
            choice.setChecked(place == by)
            choice.setData(place)
            group.addAction(choice)
        sorting.triggered.connect(self._on_sort_chosen)
        showing = menu.addMenu("Columns")
        for place, column in enumerate(self._model.columns):
            choice = QAction(column.heading, showing)
            showing.addAction(choice)
            choice.setCheckable(True)
            choice.setChecked(not self.isColumnHidden(place))
            choice.setEnabled(place != 0)
            choice.setData(place)
        showing.triggered.connect(self._on_column_chosen)
        arrange = QAction("Arrange columns…", menu)
        menu.addAction(arrange)
        arrange.triggered.connect(self.arrange_columns)

    # signals

    def _on_sort_chosen(self, action: QAction) -> None:
        self.sort_by(int(action.data()))

    def _on_column_chosen(self, action: QAction) -> None:
        self.show_column(int(action.data()), is_shown=action.isChecked())

    def _on_heading_clicked(self, place: int) -> None:
        self.sort_by(place)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self._model.row(index.row()))

    def _on_rows_changed(self) -> None:
        self._show_empty()
        self._fit_height()
        if self.hasFocus() and not self._had_rows:  # the keyboard came first: now it shows where
            self.choose_first()
        self._had_rows = self._model.rowCount() > 0
        look_again(self)  # the ring lies around the table only while there is no row
        self._report_chosen()

    def _report_chosen(self) -> None:
        row = self.chosen()
        if row is self._last_chosen or (
            row is not None and self._last_chosen is not None and row == self._last_chosen
        ):
            self._last_chosen = row
            return
        self._last_chosen = row
        self.row_chosen.emit(row)

    # looks

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row that the mouse is over."""
        super().mouseMoveEvent(event)
        self._point_at(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Tint none any more."""
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, row: int) -> None:
        if row != self._painter.pointed_at:
            self._painter.pointed_at = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard now; an empty one hands it to what can be done instead.

        Not to Tab, which reaches that by itself and could not go back.
        """
        super().focusInEvent(event)
        self.choose_first()
        self.viewport().update()
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self._offer_keyboard()

    def _offer_keyboard(self) -> None:
        if self._empty.action.isVisible():
            self._empty.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard has gone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Draw the ring around the new current row."""
        super().currentChanged(current, previous)
        self.viewport().update()  # the ring is drawn by all cells of both rows

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns to rows that came while it was not shown."""
        super().showEvent(event)
        self.order.share_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is inside to the new size."""
        super().resizeEvent(event)
        self._share_width()
        self._place_empty()

    def changeEvent(self, event: QEvent) -> None:
        """Look enabled or not."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.viewport().update()

    def _go_to(self, number: int) -> None:
        column, shown = self.currentIndex().column(), self.order.shown
        if column not in shown:
            column = shown[0] if shown else 0
        index = self._model.index(number, column)
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def _refit(self) -> None:
        self._painter.refit()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._theme.space(ROW_QUARTERS))
        self._headings.updateGeometry()
        self.updateGeometries()
        self._share_width()
        self._fit_height()
        self._place_empty()

    def _share_width(self) -> None:
        self.order.share()
        self._fit_height()

    def _fit_height(self) -> None:
        if self._fits is None:
            return
        count = min(self._fits, max(1, self._model.rowCount()))
        rows = count * self._theme.space(ROW_QUARTERS)
        if not self._model.rowCount():  # the words that stand there instead need more room
            rows = max(rows, self._empty.heightForWidth(max(1, self.viewport().width())))
        height = self._headings.sizeHint().height() + rows
        if self._model.rowCount() and self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + 2 * self.frameWidth() + 1)

    def _show_empty(self) -> None:
        is_empty = self._model.rowCount() == 0
        if is_empty:
            if self._model.total and self._model.is_narrowed:
                asked = self._model.filter_text
                self._empty.set_words(
                    f"Nothing matches “{asked}”" if asked else "Nothing matches",
                    f"{self._model.total:,} are held back by the filter.",
                    "Show all",
                    self.show_all,
                )
            else:
                self._empty.set_words(*self._empty_words)
        had_keyboard = self._empty.action.hasFocus()
        # Headings alone are nothing to scroll to.
        policies = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policies.ScrollBarAlwaysOff if is_empty else policies.ScrollBarAsNeeded
        )
        self._empty.setVisible(is_empty)
        self._place_empty()
        if is_empty and self.hasFocus():
            self._offer_keyboard()
        elif had_keyboard and not is_empty:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_empty(self) -> None:
        if not self._empty.isHidden():
            self._empty.setGeometry(self.viewport().rect())
        if self._fits is None:
            least = self._theme.space(self._least)
            self.setMinimumHeight(max(least, self._room_for_words()))

    def _room_for_words(self) -> int:
        """Return the height that the words in place of rows need; 0 where there are rows."""
        if self._empty.isHidden():
            return 0
        words = self._empty.heightForWidth(max(1, self.viewport().width()))
        return self._headings.sizeHint().height() + words + 2 * self.frameWidth()
