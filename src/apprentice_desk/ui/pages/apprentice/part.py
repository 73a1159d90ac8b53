"""What every part of the page of one apprentice is."""

from __future__ import annotations

from typing import NamedTuple

from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.parts import PagePart, make_part


class RecordPart(PagePart):
    """One part: a list, a grid or a card about one apprenticeship.

    It reads what it shows in ``show_record``, which the page calls when another apprenticeship is
    shown and when something in ``tables`` has changed.  That each part says for itself; what is
    not said raises, since Qt's classes cannot be abstract.
    """

    def show_record(self, row: ApprenticeRow) -> None:
        """Show how things stand for *row*."""
        raise NotImplementedError


class PartPlace(NamedTuple):
    """One part: its name in code, its words, and where its class is."""

    name: str
    title: str
    module: str
    part_class: str

    def make(self, desk: Desk) -> RecordPart:
        """Import the part's module and make it."""
        part: RecordPart = make_part(self.module, self.part_class, desk)
        return part


_HERE = "apprentice_desk.ui.pages.apprentice"

PARTS: tuple[PartPlace, ...] = (
    PartPlace("story", "Story", f"{_HERE}.story", "StoryPart"),
    PartPlace("facts", "Facts", f"{_HERE}.facts", "FactsPart"),
    PartPlace("plan", "Learning plan", f"{_HERE}.plan", "PlanPart"),
    PartPlace("ksbs", "KSBs", f"{_HERE}.ksbs", "KsbsPart"),
    PartPlace("reviews", "Reviews", f"{_HERE}.review_part", "ReviewsPart"),
    PartPlace("checklists", "Start and gateway", f"{_HERE}.checklists", "ChecklistsPart"),
    PartPlace("pay", "Pay", f"{_HERE}.pay", "PayPart"),
    PartPlace("guides", "Guides", f"{_HERE}.guides", "GuidesPart"),
)
"""The parts in their order."""
