"""What every part of the page of one apprentice is."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk


class RecordPart(QWidget):
    """One part: a list, a grid or a card about one apprenticeship.

    It reads what it shows in ``show_record``, which the page calls when another apprenticeship is
    shown and when something in ``tables`` has changed.
    """

    tables: frozenset[str] = frozenset()
    """What the part is made of, beside the apprenticeship itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def show_record(self, row: ApprenticeRow) -> None:
        """Show how things stand for *row*."""
        raise NotImplementedError

    def arrive(self, item_id: UUID) -> None:
        """Go to one item of the part; a part without items has nothing to do."""

    def take_keyboard(self) -> None:
        """Put the keyboard where one begins in this part."""
        self.focusNextChild()

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed and not saved."""
        return False


class PartPlace(NamedTuple):
    """One part: its name in code, its words, and where its class is."""

    name: str
    title: str
    module: str
    part_class: str

    def make(self, desk: Desk) -> RecordPart:
        """Import the part's module and make it."""
        part_class = getattr(import_module(self.module), self.part_class)
        part: RecordPart = part_class(desk)
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
)
"""The parts in their order."""
