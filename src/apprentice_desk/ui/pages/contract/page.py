"""The page of one contract: its days as a line, and below it what it is about, card by card.

It is reached from the list of contracts, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.records.contract_overview import (
    MADE_OF,
    ContractOverview,
    contract_overview,
)
from apprentice_desk.ui.contracting.contracts import Contracts
from apprentice_desk.ui.desk import Desk, OpenContract, OpenPage
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.contract.part import PARTS, Column, ContractPart
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown


class ContractPage(ScrollingPage):
    """One contract: a part over the whole width, and two columns of them below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._key: UUID | None = None
        self._contract: ContractOverview | None = None
        self.dialog: FormDialog | None = None
        self.back = button("Back to the list", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to the list of contracts (Alt+Left)")
        self.edit = button("Edit", theme, self._on_edit, icon="pencil")
        self.edit.setToolTip("Change what was agreed (Ctrl+E)")
        self.header = PageHeader("", "", theme, (self.edit, self.back))
        self.nothing = EmptyState(
            theme,
            "file-text",
            "No contract is chosen",
            "Choose one in the list of contracts, or search for its reference.",
            "Go to the list",
            self._go_back,
        )
        self.parts: dict[str, ContractPart] = {}
        columns: dict[Column, QWidget] = {name: QWidget() for name in ("wide", "main", "side")}
        filled: dict[Column, QVBoxLayout] = {}
        for name, column in columns.items():
            filled[name] = QVBoxLayout(column)
            filled[name].setContentsMargins(0, 0, 0, 0)
            filled[name].setSpacing(theme.space(GAP_QUARTERS))
        for place in PARTS:
            made = self.parts[place.name] = place.make(desk)
            filled[place.column].addWidget(made)
        used = {place.column for place in PARTS}
        below = [columns[name] for name in ("main", "side") if name in used]
        for name in ("main", "side"):
            filled[name].addStretch(1)
        self._all = QWidget()
        down = QVBoxLayout(self._all)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(GAP_QUARTERS))
        if "wide" in used:
            down.addWidget(columns["wide"])
        down.addWidget(SideBySide(below, theme, shares=(7, 4), narrowest=190))
        for each in (self.header, self.nothing, self._all):
            self.put(each)
        self.put_spare()
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to the list of contracts", "Alt+Left", self.back.click)
        add_key(self, "Edit this contract", "Ctrl+E", self.edit.click)
        self._show()

    # showing

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed in a part and not saved."""
        return any(part.has_unsaved_changes for part in self.parts.values())

    @property
    def contract(self) -> ContractOverview | None:
        """The contract that is shown."""
        return self._contract

    def part(self, name: str) -> ContractPart:
        """Return the part of this name."""
        return self.parts[name]

    def refresh(self) -> None:
        """Read the contract anew, and what its parts show."""
        if self._key is None:
            return
        self._contract = self._desk.store.read(contract_overview, self._key)
        if self._contract is None:
            self._key = None
        self._show()

    def _show(self) -> None:
        contract = self._contract
        self.edit.setVisible(contract is not None and not self._desk.store.is_read_only)
        self.nothing.setVisible(contract is None)
        self._all.setVisible(contract is not None)
        if contract is None:
            self.header.set_words("Contract", "")
        else:
            self.header.set_words(contract.name.replace(" ·", "\u00a0·"), _about(contract))
            for part in self.parts.values():
                part.show_contract(contract)
        self.header.arrange()

    def _on_changed(self, changes: Any) -> None:
        tables = {table for part in self.parts.values() for table in part.tables}
        if changes.touches(*MADE_OF, *tables):
            self.note_stale()

    # coming and going

    def arrive(self, destination: OpenContract) -> None:
        """Show a contract, as another page asked, and one of its parts."""
        self._key = destination.contract_id
        self.refresh()
        if self._contract is None:
            self._desk.messages.warn(
                "This contract is not in the desk any more.", "Somebody removed it."
            )
            return
        part = self.parts.get(destination.part)
        if part is None:
            self.area.verticalScrollBar().setValue(0)
            self.back.setFocus()
            return
        if destination.item_id is not None:
            part.arrive(destination.item_id)
        else:
            part.take_keyboard()
        # Its place is known once the layouts have settled.
        QTimer.singleShot(0, part, lambda: self.area.ensureWidgetVisible(part))

    def _on_edit(self) -> None:
        contract = self._contract
        if contract is not None and not self._desk.store.is_read_only:
            shown = Shown(contract.id, contract.reference, None)
            self.dialog = editing.change(Contracts(self._desk), shown, self)

    def _go_back(self) -> None:
        self._desk.go(OpenPage("contracts"))


def _about(contract: ContractOverview) -> str:
    route = f"awarded by {contract.route}" if contract.route is not None else ""
    if contract.route is not None and contract.route.startswith("framework"):
        route = f"awarded through a {contract.route}"
    return " · ".join(each for each in (contract.title, route) if each)
