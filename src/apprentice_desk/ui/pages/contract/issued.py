"""The part with the documents of the contract that were made from standard wording."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.ui.contracting.issued import IssuedCard
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.contract.part import ContractPart


class IssuedPart(ContractPart):
    """A card with the list."""

    tables = frozenset({"document_made"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card = IssuedCard(desk)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the documents of *contract*."""
        self.card.show_about(Subject(SubjectKind.CONTRACT, contract.id), contract.reference)

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.card.arrive(item_id)

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that makes the first."""
        self.card.take_keyboard()
