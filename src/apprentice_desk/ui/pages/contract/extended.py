"""The part that asks whether a contract past its end was extended, for as long as nobody knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_terms import Extension, runs_to, unanswered_extension
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.needs_of_contracts import EXTENDED
from apprentice_desk.records import contract_days
from apprentice_desk.records.contract_days import ExtensionDetails, ExtensionRow
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.contract.part import ContractPart
from apprentice_desk.ui.pages.contract.terms import EXTENSION_FIELDS
from apprentice_desk.ui.planning import editing


class ExtendedPart(ContractPart):
    """A card with the question and its two answers; it is there only while it is asked."""

    tables = frozenset({"contract_extension"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._contract: ContractOverview | None = None
        self._asked: Extension | None = None
        self.dialog: FormDialog | None = None
        self.says = label("", "quiet", wraps=True)
        self.was = button("It was extended…", theme, self.enter_extension, role="primary")
        self.ended = button("It ended", theme, self.say_it_ended)
        self._answers = Flow((self.was, self.ended), theme)
        card = Card("Was it extended?", theme)
        card.add(self.says)
        card.add(self._answers)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        self._answers.setVisible(not desk.store.is_read_only)

    def show_contract(self, contract: ContractOverview) -> None:
        """Ask of *contract*, or be gone."""
        today = self._desk.clock.today()
        self._contract = contract
        self._asked = asked = unanswered_extension(contract.term, today)
        self.setVisible(asked is not None)
        last = runs_to(contract.term, today)
        if asked is None or last is None:
            return
        self.says.setText(
            f"The last day of this contract was {show_day(last)}. It may be extended to"
            f" {show_day(asked.to_on)}, and nothing is entered, so nobody can tell from here"
            " whether it runs on."
        )
        self.ended.setToolTip(as_tip(f"It ended on {show_day(last)}, and is not extended"))

    def take_keyboard(self) -> None:
        """Go to the first answer."""
        self.was.setFocus()

    def enter_extension(self) -> None:
        """Open the form of the extension; the day on which it was taken up is asked."""
        contract, asked = self._contract, self._asked
        if contract is None or asked is None:
            return
        self._desk.attempt(lambda: self._open_form(contract, asked))

    def _open_form(self, contract: ContractOverview, asked: Extension) -> None:
        desk = self._desk
        rows = desk.store.read(contract_days.extension_rows, contract.id)
        row = next((each for each in rows if each.number == asked.number), None)
        title = f"Enter extension, contract {contract.reference}"
        kind = editing.Kind(
            "extension",
            EXTENSION_FIELDS,
            ExtensionDetails,
            lambda details: self._check(details, contract.id, row),
            OpenContract(contract.id, EXTENDED),
        )
        details = ExtensionDetails(asked.to_on) if row is None else row.details

        def save(session: Any, given: ExtensionDetails) -> None:
            if row is None:
                contract_days.add_extension(session, contract.id, given)
            else:
                contract_days.correct_extension(session, row.id, given, row.changed_in)

        self.dialog = editing.add(
            desk, kind, details, title, f"contract extended:{contract.id}",
            save, self, label=lambda _given: title, confirm="Save",
        )  # fmt: skip
        self.dialog.form.focus("taken_on")

    def _check(
        self, details: ExtensionDetails, contract_id: UUID, row: ExtensionRow | None
    ) -> list[Finding]:
        found = contract_days.check_taking_up(details, self._desk.clock.today())
        key = None if row is None else row.id
        read = self._desk.store.read
        return found or read(contract_days.check_among, contract_id, details, key)

    def say_it_ended(self) -> None:
        """Take out what it might have been extended to."""
        contract, desk = self._contract, self._desk
        if contract is None or desk.store.is_read_only:
            return

        def act() -> None:
            with desk.change(f"Say that contract {contract.reference} ended") as session:
                contract_days.end_unextended(session, contract.id, desk.clock.today())

        desk.attempt(act)
