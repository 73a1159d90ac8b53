"""The part with the checklists of the playbook that were put on the procurement."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.guiding.guides_here import GuidesHere
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown


class GuidesPart(ProcurementPart):
    """A card with the checklists, one at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.here = GuidesHere(desk, GoesOn.PROCUREMENT)
        card = Card("Guides", desk.theme)
        card.add(self.here)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the checklists of a procurement."""
        self.here.show_on(shown.found.id, shown.found.details.reference)

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that puts one on."""
        self.here.take_keyboard()
