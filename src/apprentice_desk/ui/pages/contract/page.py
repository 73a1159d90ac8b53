"""The page of one contract: its days as a line, and below it what it is about, card by card.

It is reached from the list of contracts, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.records.contract_overview import (
    MADE_OF,
    ContractOverview,
    contract_overview,
)
from apprentice_desk.ui.contracting.contracts import Contracts
from apprentice_desk.ui.contracting.parts_page import OneWords, PartsPage
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.contract.part import PARTS, ContractPart
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown

_WORDS = OneWords("contract", "contracts", "file-text", "reference", "Change what was agreed")


class ContractPage(PartsPage):
    """One contract: a part over the whole width, and two columns of them below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _WORDS, PARTS)

    @property
    def contract(self) -> ContractOverview | None:
        """The contract that is shown."""
        return self.shown

    def read(self, key: UUID) -> ContractOverview | None:
        """Return the contract."""
        return self._desk.store.read(contract_overview, key)

    def touched_by(self, changes: Any) -> bool:
        """Whether *changes* are of the contract or of what a part is made of."""
        tables = {table for part in self.parts.values() for table in part.tables}
        return bool(changes.touches(*MADE_OF, *tables))

    def headed(self, shown: ContractOverview) -> tuple[str, str]:
        """Return its name, and its title and route."""
        return shown.name.replace(" ·", "\u00a0·"), _about(shown)

    def show_in(self, part: ContractPart, shown: ContractOverview) -> None:
        """Have a part show it."""
        part.show_contract(shown)

    def arrive(self, destination: OpenContract) -> None:
        """Show a contract, as another page asked, and one of its parts."""
        self.go_to(destination.contract_id, destination)

    def start_editing(self, shown: ContractOverview) -> FormDialog | None:
        """Open the form of the contract."""
        row = Shown(shown.id, shown.reference, None)
        return editing.change(Contracts(self._desk), row, self)


def _about(contract: ContractOverview) -> str:
    route = f"awarded by {contract.route}" if contract.route is not None else ""
    if contract.route is not None and contract.route.startswith("framework"):
        route = f"awarded through a {contract.route}"
    return " · ".join(each for each in (contract.title, route) if each)
