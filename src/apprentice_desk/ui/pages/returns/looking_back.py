"""The part of the page Returns that looks back: what LOTI found, and what differs since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.findings import FindingsCard
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.returns import columns
from apprentice_desk.ui.pages.returns.columns import DifferingRow, Past

_ACTION_BESIDE = 100
"""The width in quarters from which an action stands beside the words at the foot of a card."""

_WITH = Field("other", "Compare with", "choice", width=30)

NOW = "now"
"""What is compared with in place of a return that was sent: the return as it stands."""


class Comparison(Card):
    """What differs between two returns, row by row.

    *asked_to_compare* carries the return and what to compare it with: another Past, or NOW.
    """

    asked_to_compare = Signal(object, object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Compared", theme, flush=True)
        self._about: Past | None = None
        self._others: dict[str, Past] = {}
        self.choice = ChoiceInput(_WITH, theme)
        self.choice.edited.connect(self._on_chosen)
        self.other = FieldBlock(_WITH, self.choice, theme)
        self.summary = label("", wraps=True)
        self._model = RowsModel(columns.DIFFERENCES, self)
        self.table = RowsTable(self._model, "Rows that differ", theme, stretch=3)
        self.table.setProperty("role", "inner")
        self.table.set_fits(8)
        self.table.set_empty("Nothing differs", "Both say the same.")
        self.table.row_chosen.connect(self._show_chosen)
        self.words = label("", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = button("Close", theme, self.closed.emit, icon="x")
        edge = theme.space(4)
        head = QVBoxLayout()
        head.setContentsMargins(edge, 0, edge, theme.space(2))
        head.setSpacing(theme.space(2))
        head.addWidget(self.other)
        head.addWidget(self.summary)
        self.body.addLayout(head)
        self.add(self.table)
        self.body.addLayout(_foot(theme, self.words, self.close_button))

    def offer(self, about: Past, rows: Sequence[Past]) -> str | Past:
        """Offer what *about* can be compared with, and return what is chosen at first.

        That is the return before it, or else the return as it stands now.
        """
        self._about = about
        others = [row for row in rows if row.id != about.id and row.sent.is_kept]
        self._others = {str(row.id): row for row in others}
        pairs = [(key, columns.revision_words(row.sent)) for key, row in self._others.items()]
        self.choice.set_choices([(NOW, "The return as it stands now"), *pairs])
        before = [row for row in others if _order(row) < _order(about)]
        first = max(before, key=_order, default=None)
        self.choice.write(NOW if first is None else str(first.id))
        return NOW if first is None else first

    def show_differences(self, title: str, summary: str, rows: Sequence[DifferingRow]) -> None:
        """Show what differs."""
        self.heading.setText(title)
        access.name(self, title)
        access.name(self.table, f"{title}. {summary}")
        self.summary.setText(summary)
        self._model.replace(rows)
        self.table.choose_first()
        self._show_chosen(self.table.chosen())
        access.announce(self, f"{title}. {summary}")

    def _on_chosen(self) -> None:
        chosen = self.choice.read()
        if chosen is not None and self._about is not None:
            self.asked_to_compare.emit(self._about, self._others.get(chosen, NOW))

    def _show_chosen(self, row: DifferingRow | None) -> None:
        self.words.setVisible(row is not None)
        self.words.setText("" if row is None else f"{row.named}. {row.change.words()}.")
        access.name(self.words, self.words.text() or "What differs")


class LookingBack(QWidget):
    """One of both cards at a time, or neither; *closed* is sent when the person is done."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.comparison = Comparison(theme)
        self.found = FindingsCard(theme, "File", ("LOTI found nothing", ""))
        self.close_found = button("Close", theme, self.close_all, icon="x")
        self.found.body.addLayout(_foot(theme, QWidget(), self.close_found))
        self.comparison.closed.connect(self.close_all)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.found)
        down.addWidget(self.comparison)
        self._show(None)

    def show_found(self, row: Past) -> None:
        """Show what LOTI found in a return."""
        assert row.sent.receipt is not None  # the button is there only then
        findings = row.sent.receipt.details.findings
        title = (
            f"LOTI found {columns.counted(len(findings), 'thing')} in"
            f" {columns.revision_words(row.sent)}"
        )
        self.found.show_findings(title, [(each, each.place.file or "All") for each in findings])
        self._show(self.found)
        self.found.table.setFocus(Qt.FocusReason.OtherFocusReason)
        access.announce(self, title)

    def show_comparison(self) -> None:
        """Show the card of the comparison, to be filled."""
        self._show(self.comparison)

    def close_all(self) -> None:
        """Show neither."""
        self._show(None)
        self.closed.emit()

    def _show(self, card: QWidget | None) -> None:
        self.found.setVisible(card is self.found)
        self.comparison.setVisible(card is self.comparison)
        self.setVisible(card is not None)


def _order(row: Past) -> tuple[str, int]:
    return row.sent.period, row.sent.revision


def _foot(theme: Theme, words: QWidget, action: QWidget) -> QHBoxLayout:
    across = QHBoxLayout()
    across.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(3))
    across.setSpacing(theme.space(4))
    # An action stands below the words where a long one of them leaves it no room.
    parts = [words, Flow([action], theme)]
    across.addWidget(SideBySide(parts, theme, shares=(1, 0), narrowest=_ACTION_BESIDE))
    return across
