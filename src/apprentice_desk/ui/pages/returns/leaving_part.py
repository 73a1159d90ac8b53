"""The card on the page Returns that says what leaves this computer, and what left before."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from apprentice_desk.records.returns_sent import ReturnSentRow
from apprentice_desk.returns.gathering import Gathered
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.returns import columns
from apprentice_desk.ui.pages.returns.columns import Past


class LeavingPart(Card):
    """Names beside the codes that leave, and the returns that were sent, each with its state.

    The signals carry the return that is chosen; *asked_for_receipt* is about none.
    """

    asked_to_compare = Signal(object)
    asked_to_save = Signal(object)
    asked_for_findings = Signal(object)
    asked_for_receipt = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("What leaves this computer", desk.theme)
        self._desk = desk
        self._wanted: UUID | None = None
        self._build_leaving()
        self.body.addSpacing(desk.theme.space(2))
        self._build_past()
        self.body.addStretch(1)
        self._show_chosen(None)

    def _build_leaving(self) -> None:
        theme = self._desk.theme
        self.add(
            label(
                "Names, email addresses and dates of birth stay here. Each apprentice is a code"
                f" that only {self._desk.organisation.name} can trace back.",
                "quiet",
                wraps=True,
            )
        )
        self._traces = RowsModel(columns.TRACES, self)
        self.traces = RowsTable(self._traces, "Names and the codes that leave", theme)
        self.traces.setProperty("role", "inner")
        self.traces.set_fits(4)
        self.traces.set_empty("Nobody is in this return", "")
        self.add(self.traces)
        self.carried = label("", "quiet", wraps=True)
        self.add(self.carried)

    def _build_past(self) -> None:
        theme = self._desk.theme
        self.add(label("Sent before", "heading"))
        self._past = RowsModel(columns.HISTORY, self)
        self.sent = RowsTable(self._past, "Returns sent before", theme)
        self.sent.setProperty("role", "inner")
        self.sent.set_fits(4)
        self.sent.set_empty("Nothing was sent yet", "")
        self.sent.row_chosen.connect(self._show_chosen)
        self.sent.row_opened.connect(self._open)
        self.add(self.sent)
        self.words = label("", "quiet", wraps=True)
        self.add(self.words)
        self.compare = button("Compare", theme, self._on_compare, icon="arrow-left-right")
        self.save = button("Save again", theme, self._on_save, icon="save")
        self.found = button("What LOTI found", theme, self._on_found, icon="list-checks")
        self.receipt = button(
            "Read a receipt", theme, self.asked_for_receipt.emit, icon="file-down",
            tip="The small file that LOTI sends back; you can also drop it on this page.",
        )  # fmt: skip
        self.receipt.setEnabled(not self._desk.store.is_read_only)
        self.add(Flow([self.found, self.compare, self.save, self.receipt], theme))

    # showing

    def show_return(self, gathered: Gathered, history: Sequence[ReturnSentRow]) -> None:
        """Show what a return carries, and what was sent before."""
        self._traces.replace(columns.traces(gathered.apprentices))
        self.carried.setText(columns.carried(gathered.content))
        self._past.replace(columns.past(history))
        if self._wanted is not None and self.sent.choose(self._wanted):
            self._wanted = None
        self.sent.choose_first()
        self._show_chosen(self.sent.chosen())

    def choose(self, sent_id: UUID) -> None:
        """Choose a return that was sent, now and when the history is shown next."""
        self._wanted = sent_id
        self.sent.choose(sent_id)

    def _show_chosen(self, row: Past | None) -> None:
        self.words.setVisible(row is not None)
        self.words.setText("" if row is None else columns.past_words(row))
        is_kept = row is not None and row.sent.is_kept
        named = "" if row is None else columns.revision_words(row.sent)
        for choice in (self.compare, self.save):
            choice.setEnabled(is_kept)
            choice.setVisible(row is not None)
            access.name(choice, f"{choice.text()}: {named}")
        findings = row.sent.receipt.details.findings if row and row.sent.receipt else ()
        self.found.setVisible(bool(findings))
        access.name(self.found, f"{self.found.text()}: {named}")

    # what the person does

    def _open(self, row: Past) -> None:
        if row.sent.receipt is not None and row.sent.receipt.details.findings:
            self.asked_for_findings.emit(row)
        elif row.sent.is_kept:
            self.asked_to_compare.emit(row)

    def _on_compare(self) -> None:
        self.asked_to_compare.emit(self.sent.chosen())

    def _on_save(self) -> None:
        self.asked_to_save.emit(self.sent.chosen())

    def _on_found(self) -> None:
        self.asked_for_findings.emit(self.sent.chosen())
