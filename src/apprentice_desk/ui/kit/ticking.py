"""A list whose rows are ticked with Space, and where each can be given its own hours by typing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from apprentice_desk.domain.durations import grid, parse_minutes
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.painting import Tick, tick_width
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme, set_role

_DIGITS = "0123456789.:"


class Ticks:
    """Which rows are ticked, and the minutes that were typed over for some; by their ids."""

    def __init__(self) -> None:
        self.chosen: set[Hashable] = set()
        self.minutes: dict[Hashable, int] = {}

    def column(self, heading: str, words: Callable[[Any], str], width: float = 18) -> Column:
        """Return the first column: the box with *words* of the row."""
        return Column(
            heading,
            lambda row: Tick(row.id in self.chosen, words(row)),
            sort=words,
            kind="tick",
            width=width,
        )

    def hours_column(self, given: Callable[[Any], int | None], heading: str = "Hours") -> Column:
        """Return the column of the hours: those typed over, else what *given* says."""

        def minutes(row: Any) -> int | None:
            return self.minutes.get(row.id, given(row))

        def show(row: Any) -> str:
            found = minutes(row)
            return "" if found is None else grid(found)

        return Column(heading, show, sort=minutes, right=True, width=5.5)


class TickTable(RowsTable):
    """A list of *ticks*; *hours_place* is the column that is typed over, -1 where none is.

    *ticked* is sent when rows are ticked or not any more, *typed* when hours are typed over, and
    *refused* with a sentence when they cannot be read.
    """

    KEYS = Keys(
        "In a list with boxes",
        (
            ("Space", "Tick the chosen rows, or tick them no more"),
            ("0 to 9", "Type hours for the row, over those for all; Delete takes them back"),
        ),
    )

    ticked = Signal()
    typed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        ticks: Ticks,
        columns: Iterable[Column],
        name: str,
        theme: Theme,
        *,
        hours_place: int = -1,
        stretch: int = 0,
    ) -> None:
        super().__init__(RowsModel(tuple(columns)), name, theme, stretch=stretch, several=True)
        self.rows.setParent(self)
        self.order.expect_changes()  # what is ticked and typed shows in other cells too
        self.ticks = ticks
        self._hours_place = hours_place
        self._line: _HoursLine | None = None
        said = "Space ticks"
        if hours_place >= 0:
            said += ", figures type the hours of the row"
        access.name(self, name, said)
        self.row_opened.connect(lambda _row: self.toggle())

    # ticking

    def tick(self, ids: Iterable[Hashable], *, is_ticked: bool = True) -> None:
        """Tick rows by their ids, or take their ticks away."""
        before = set(self.ticks.chosen)
        if is_ticked:
            self.ticks.chosen.update(ids)
        else:
            self.ticks.chosen.difference_update(ids)
        if self.ticks.chosen != before:
            self.viewport().update()
            self.ticked.emit()

    def tick_shown(self, *, is_ticked: bool) -> None:
        """Tick all rows that the filter leaves, or take their ticks away."""
        self.tick([row.id for row in self.rows.shown], is_ticked=is_ticked)

    def toggle(self) -> None:
        """Tick the chosen rows, or take the ticks away where the current one has one."""
        row, rows = self.chosen(), self.selected()
        if row is None:
            return
        is_ticked = row.id not in self.ticks.chosen
        self.tick([each.id for each in rows or [row]], is_ticked=is_ticked)
        access.announce(self, "Ticked" if is_ticked else "Not ticked")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks its row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or index.column() != 0:
            return
        left = self.visualRect(index).left()
        if event.position().x() < left + self._theme.space(2.5) + tick_width(self._theme):
            row = self.rows.row(index.row())
            self.tick([row.id], is_ticked=row.id not in self.ticks.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() == Qt.Key.Key_Space and plain:
            self.toggle()
        elif self._hours_place >= 0 and plain and event.text() and event.text() in _DIGITS:
            self.type_hours(event.text())
        elif self._hours_place >= 0 and event.key() == Qt.Key.Key_F2:
            self.type_hours()
        elif self._hours_place >= 0 and event.key() == Qt.Key.Key_Delete:
            self._forget([row.id for row in self.selected()])
        else:
            super().keyPressEvent(event)

    # hours

    def type_hours(self, text: str | None = None) -> None:
        """Open the line for the hours of the current row; *text* is what it begins with."""
        row = self.chosen()
        if row is None:
            return
        column = self.rows.columns[self._hours_place]
        if not self.isColumnHidden(self._hours_place):
            self.scrollTo(self.rows.index(self.currentIndex().row(), self._hours_place))
        line = self._line = _HoursLine(self, row.id, column.text(row) if text is None else text)
        access.name(line, f"Hours of {self.rows.columns[0].text(row)}")
        line.setGeometry(
            self.visualRect(self.rows.index(self.currentIndex().row(), self._hours_place))
        )
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is None:
            line.selectAll()

    def take_hours(self, row_id: Hashable, text: str) -> bool:
        """Take what was typed; False where it cannot be read, which is said."""
        if not text.strip():
            self._forget([row_id])
            return True
        try:
            minutes = parse_minutes(text)
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        self.ticks.minutes[row_id] = minutes
        self.tick([row_id])
        self.viewport().update()
        self.typed.emit()
        return True

    def leave_line(self, *, goes_on: bool = False) -> None:
        """Close the line; the keyboard comes back, to the next row where it *goes_on*."""
        line, self._line = self._line, None
        if line is None:
            return
        line.hide()
        line.deleteLater()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        number = self.currentIndex().row() + 1
        if goes_on and number < self.rows.rowCount():
            self.selectionModel().setCurrentIndex(
                self.rows.index(number, max(0, self.currentIndex().column())),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _forget(self, ids: Iterable[Hashable]) -> None:
        for each in ids:
            self.ticks.minutes.pop(each, None)
        self.viewport().update()
        self.typed.emit()


class _HoursLine(QLineEdit):
    """The line that opens over the hours of a row; leaving it keeps what can be read."""

    def __init__(self, table: TickTable, row_id: Hashable, text: str) -> None:
        super().__init__(text, table.viewport())
        self._table = table
        self._row_id = row_id
        self._is_over = False
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows keep it and go on, Escape leaves it as it was."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._keep(goes_on=True)
        elif key == Qt.Key.Key_Escape:
            self._is_over = True
            self._table.leave_line()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab keeps it too: Qt would take it away first."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self._keep(goes_on=event.key() == Qt.Key.Key_Tab)
            return True
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what can be read when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if not self._is_over and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._is_over = True
            self._table.take_hours(self._row_id, self.text())
            self.hide()
            self.deleteLater()

    def _keep(self, *, goes_on: bool) -> None:
        if self._table.take_hours(self._row_id, self.text()):
            self._is_over = True
            self._table.leave_line(goes_on=goes_on)
        else:
            set_role(self, tone="danger")
            self.selectAll()
