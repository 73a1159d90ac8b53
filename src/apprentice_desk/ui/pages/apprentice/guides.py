"""The part Guides: checklists of the playbook that were put on this apprentice."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.guiding.guides_here import TABLES, GuidesHere
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.pages.apprentice.part import RecordPart


class GuidesPart(RecordPart):
    """A card with the checklists, one at a time."""

    tables = TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.here = GuidesHere(desk, GoesOn.APPRENTICE)
        card = Card("Guides", desk.theme)
        card.add(self.here)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        down.addStretch(1)

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the checklists of somebody."""
        self.here.show_on(row.id, row.name)

    def arrive_at(self, item: str) -> None:
        """Go to the checklist of the guide that is called *item*."""
        self.here.show_guide(item)
        self.here.take_keyboard()

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that puts one on."""
        self.here.take_keyboard()
