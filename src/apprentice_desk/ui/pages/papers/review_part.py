"""The rows of a log that came back: what each would change, taken or left one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.imports.log_reading import LogReview, LogRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.papers.columns import ROW_COLUMNS, WITHOUT_ROW, review_in_words, says

_HINT = "Enter takes or leaves a row · nothing is written before you take the rows in"


class ReviewPart(QWidget):
    """Shows one review; *accepted* carries it with the rows that were taken, *left* nothing."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        theme = desk.theme
        self._is_read_only = desk.store.is_read_only
        self.review = LogReview("", (), 0)
        self.title = label("", "heading", wraps=True)
        self.counts = label("", "quiet", wraps=True)
        self.model = RowsModel(ROW_COLUMNS, self)
        self.table = RowsTable(self.model, "Rows of the log", theme, stretch=6)
        self.table.order.can_do_without(WITHOUT_ROW)
        self.table.setMinimumHeight(theme.space(52))
        self.table.set_empty(
            "Nothing in this log is new", "All that stands in it is in the desk already."
        )
        self.why = label("", wraps=True)
        self.toggle = QAction("Take or leave this row", self.table)
        self.toggle.setShortcut(QKeySequence("Space"))
        self.toggle.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.toggle.triggered.connect(lambda _checked=False: self._turn(self.table.chosen()))
        self.table.addAction(self.toggle)
        self.table.set_actions((self.toggle,))
        self.take_in = button("", theme, self._on_take_in, role="primary", icon="check")
        self.turn = button("Take or leave this row", theme, self.toggle.trigger)
        self.leave = button("Leave the log", theme, self.left.emit, icon="x")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        down.addWidget(self.title)
        down.addWidget(self.counts)
        down.addWidget(self.table, 1)
        down.addWidget(self.why)
        down.addWidget(label(_HINT, "small", wraps=True))
        down.addWidget(Flow((self.take_in, self.turn, self.leave), theme))
        self.table.row_opened.connect(self._turn)
        self.table.row_chosen.connect(self._on_chosen)
        self._allow()

    def show_review(self, review: LogReview) -> None:
        """Show what a log would change."""
        self.review = review
        self.title.setText(f"What “{review.file_name}” would change")
        self.counts.setText(review_in_words(review))
        self.model.replace(review.rows)
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()

    def _turn(self, row: LogRow | None) -> None:
        if row is None or not row.may_be_taken:
            return
        self.review = self.review.with_taken(row.id, is_taken=not row.is_taken)
        self.model.replace(self.review.rows)
        access.announce(self.table, "left" if row.is_taken else "taken")
        self._allow()

    def _on_chosen(self, row: LogRow | None) -> None:
        self.why.setText("" if row is None else says(row))
        self.why.setVisible(bool(self.why.text()))
        may_turn = row is not None and row.may_be_taken and not self._is_read_only
        self.toggle.setEnabled(may_turn)
        self.turn.setEnabled(may_turn)

    def _allow(self) -> None:
        count = len(self.review.taken)
        rows = "1 row" if count == 1 else f"{count:,} rows"
        self.take_in.setText(f"Take in {rows}" if count else "Take in the rows")
        self.take_in.setEnabled(bool(count) and not self._is_read_only)

    def _on_take_in(self) -> None:
        self.accepted.emit(self.review)
