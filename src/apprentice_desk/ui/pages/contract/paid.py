"""The parts Payments and Prices: what was paid under the contract, and what it agrees."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.contracting.payments import Payments
from apprentice_desk.ui.contracting.prices import Prices
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.contract.part import ContractPart


class _ListPart(ContractPart):
    """A card with a list of records of one kind."""

    def __init__(
        self, desk: Desk, kind: Payments | Prices, add_text: str, more: Sequence[QWidget] = ()
    ) -> None:
        super().__init__(desk)
        self.kind = kind
        self.list = RecordList(kind, add_text, more=more)
        self.card = Card("", desk.theme)
        self.card.add(self.list)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the records of *contract*."""
        self.kind.show_contract(contract.id, contract.reference)
        self.list.refresh()

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.list.arrive(item_id)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.list.take_keyboard()


class PaymentsPart(_ListPart):
    """What was paid, the newest first."""

    tables = frozenset(Payments.tables)

    def __init__(self, desk: Desk) -> None:
        from_list = button(
            "From a list…",
            desk.theme,
            lambda: desk.go(ImportList("payments")),
            icon="file-up",
        )
        access.name(from_list, "Record payments from a list…")
        from_list.setEnabled(not desk.store.is_read_only)
        super().__init__(desk, Payments(desk), "Record a payment…", (from_list,))
        self.from_list = from_list


class PricesPart(_ListPart):
    """What one apprentice of a standard costs."""

    tables = frozenset(Prices.tables)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Prices(desk), "Add a price…")
