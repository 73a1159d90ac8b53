"""The part with the documents of the procurement that were made from standard wording."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.ui.contracting.issued import IssuedCard
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown


class IssuedPart(ProcurementPart):
    """A card with the list: the invitation, and the letters to the bidders."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card = IssuedCard(desk)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the documents of a procurement."""
        found = shown.found
        subject = Subject(SubjectKind.PROCUREMENT, found.id)
        self.card.show_about(subject, found.details.reference)

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.card.arrive(item_id)

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that makes the first."""
        self.card.take_keyboard()
