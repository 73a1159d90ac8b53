"""The first and the last step of an import: choosing a file, and what was brought in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card, EmptyState
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import sentences

_KINDS = (
    (Kind.APPRENTICES, "Apprentices"),
    (Kind.HOURS, "Hours off the job"),
    (Kind.CONTRACTS, "Contracts"),
    (Kind.PAYMENTS, "Payments"),
)
_WHICH = {
    Kind.APPRENTICES: "The download from “Manage your apprentices” as it comes, a provider's list"
    " or a spreadsheet of your own.",
    Kind.HOURS: "A log of hours from a provider, an e-portfolio or an apprentice.",
    Kind.CONTRACTS: "A register of contracts with providers, one contract in each row.",
    Kind.PAYMENTS: "A provider's schedule of invoices, or what the finance system has paid. Nothing"
    " is recorded before you have seen it beside what is due.",
}
_LOOK = {
    Kind.APPRENTICES: "Look at the list",
    Kind.HOURS: "Look at the hours",
    Kind.CONTRACTS: "Look at the contracts",
    Kind.PAYMENTS: "Look at the contracts",
}
_FORMATS = (
    "Excel (.xlsx, .xlsm, .xls), OpenDocument (.ods) or .csv. The file is only read, never changed,"
    " and macros in it are never run."
)


class ChoosePart(QWidget):
    """Step 1: what the list holds, and the file."""

    asked_for_file = Signal()
    kind_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = RadioChoice("What the list holds", _KINDS, theme, self.kind_chosen.emit)
        card = Card("", theme)
        self.invitation = EmptyState(theme, "file-up", "", "")
        card.add(self.invitation)
        self.show_kind(Kind.APPRENTICES)
        self.file_button: QPushButton = self.invitation.findChildren(QPushButton)[0]
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(self.kind)
        down.addWidget(card)

    def show_kind(self, kind: Kind) -> None:
        """Say what the list holds and which lists are meant."""
        self.kind.show_value(kind)
        words = f"{_WHICH[kind]}\n{_FORMATS}"
        self.invitation.set_words(
            "Drop a list here", words, "Choose a file", self.asked_for_file.emit
        )


class DonePart(QWidget):
    """Step 4: what was brought in, and how to take it back."""

    asked_to_undo = Signal()
    asked_for_another = Signal()
    asked_to_go = Signal()
    asked_to_save = Signal()
    asked_what_is_next = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.card = Card("Done", theme)
        self.words = label("", wraps=True)
        self.stayed_out = label("", tone="warning", wraps=True)
        self.needs = button("See what needs you", theme, self.asked_what_is_next.emit)
        self.needs.setToolTip("Go to Today, which names what is missing and the return that is due")
        self.undo = button("Undo the import", theme, self.asked_to_undo.emit, icon="undo-2")
        self.another = button("Import another list", theme, self.asked_for_another.emit)
        self.save = button("Save the list of rows", theme, self.asked_to_save.emit, icon="save")
        self.go = button("Look at them", theme, self.asked_to_go.emit, role="primary")
        self.card.add(self.words)
        self.card.add(self.stayed_out)
        self.card.body.addSpacing(theme.space(2))
        self.card.add(Flow([self.go, self.needs, self.another, self.save, self.undo], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)

    def show_journey(self, journey: Journey) -> None:
        """Show what came in."""
        if journey.applied is None:
            return
        self.card.heading.setText("Imported")
        self.words.setText(sentences.done(journey, journey.applied))
        out = sentences.stayed_out(journey.review) if journey.review is not None else ""
        self.stayed_out.setText(out)
        self.stayed_out.setVisible(bool(out))
        self.go.setText(_LOOK[journey.kind])
        self.go.setEnabled(True)
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Say that it was taken back."""
        self.card.heading.setText("Taken back")
        self.words.setText("Everything that came in with this list is out of the desk again.")
        self.stayed_out.hide()
        had_keyboard = self.undo.hasFocus()
        self.undo.setEnabled(False)
        if had_keyboard:
            self.another.setFocus(Qt.FocusReason.OtherFocusReason)
