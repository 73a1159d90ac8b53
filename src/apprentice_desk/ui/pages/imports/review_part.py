"""The third step of an import: every row with its fate, and sums that add up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate
from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import columns


class ReviewPart(QWidget):
    """Step 3: every row with its fate, and the sums."""

    ticked = Signal(object, bool)
    asked_back = Signal()
    asked_on = Signal()

    def __init__(self, kind: Kind, theme: Theme) -> None:
        super().__init__()
        self._sums = label("", "strong", wraps=True)
        self._notes = label("", tone="warning", wraps=True)
        self.narrow = RadioChoice(
            "Show",
            (
                (None, "All rows"),
                (Fate.IMPORTED, "Coming in"),
                (Fate.SKIPPED, "Left out"),
                (Fate.REFUSED, "Refused"),
            ),
            theme,
            self._on_narrowed,
        )
        self.narrow.show_value(None)
        self.model = RowsModel(columns.columns_of(kind), self)
        self.table = RowsTable(self.model, "Rows of the list", theme, stretch=6, several=True)
        self.table.setProperty("role", "inner")
        self.table.set_fits(12)
        self.table.row_chosen.connect(lambda _row: self._show_chosen())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.table.row_opened.connect(lambda _row: self._on_turn())
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._on_turn)
        self._why = label("", wraps=True)
        self.turn = button("Leave out", theme, self._on_turn)
        self.back = button("Back to the columns", theme, self.asked_back.emit, icon="arrow-left")
        self.forward = button("Import", theme, self.asked_on.emit, role="primary")
        self._read_only = label(
            "This desk is open to read only, so nothing can come in.", tone="warning", wraps=True
        )
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        card = Card("Rows of the list", theme, flush=True)
        edge = theme.space(4)
        above = QVBoxLayout()
        above.setContentsMargins(edge, 0, edge, theme.space(2))
        above.addWidget(self.narrow)
        below = QVBoxLayout()
        below.setContentsMargins(edge, theme.space(1), edge, theme.space(3))
        below.addWidget(self._why)
        below.addWidget(Flow([self.turn], theme))
        card.body.addLayout(above)
        card.add(self.table)
        card.body.addLayout(below)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for part in (
            self._sums,
            self._notes,
            card,
            self._read_only,
            Flow([self.back, self.forward], theme),
        ):
            down.addWidget(part)

    def show_journey(self, journey: Journey, *, is_read_only: bool) -> None:
        """Show the rows, their fates and the sums."""
        review = journey.review
        if review is None:
            return
        self._sums.setText(columns.sums(review))
        said = " ".join(f"{note.message} {note.remedy}".strip() for note in journey.notes)
        self._notes.setText(said)
        self._notes.setVisible(bool(said))
        self.model.replace(columns.lines(review))
        self.table.choose_first()
        count = review.count(Fate.IMPORTED)
        self.forward.setText(
            f"Import {columns.counted(count, 'row')}" if count else "Nothing to import"
        )
        self.forward.setEnabled(count > 0 and not is_read_only)
        self._read_only.setVisible(is_read_only)
        self._show_chosen()

    def _on_narrowed(self, fate: Fate | None) -> None:
        self.model.keep(None if fate is None else lambda line: line.fate is fate)

    def _turnable(self) -> list[columns.Line]:
        """Return the selected rows that can be taken in or left out."""
        return [line for line in self.table.selected() if is_turnable(line)]

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        self._why.setText(f"Row {chosen.id}: {chosen.why}" if chosen and chosen.why else "")
        self._why.setVisible(bool(chosen and chosen.why))
        turnable = self._turnable()
        is_in = any(line.fate is Fate.IMPORTED for line in turnable)
        rows = "this row" if len(turnable) == 1 else f"these {len(turnable)} rows"
        self.turn.setEnabled(bool(turnable))
        if not turnable:
            self.turn.setText("Leave out")
        else:
            self.turn.setText(f"Leave {rows} out" if is_in else f"Take {rows} in again")

    def _on_turn(self) -> None:
        turnable = self._turnable()
        if turnable:
            is_in = any(line.fate is Fate.IMPORTED for line in turnable)
            self.ticked.emit([line.id for line in turnable], not is_in)


def is_turnable(line: columns.Line) -> bool:
    """Return whether a person may take the row in or leave it out."""
    return line.fate is Fate.IMPORTED or line.badge.text == columns.BY_YOU.text
