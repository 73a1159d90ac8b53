"""The parts of a page about one thing: each a module of its own, loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.desk import Desk


class PagePart(QWidget):
    """One part.  The page's own class says by what it is shown, and each part how."""

    tables: frozenset[str] = frozenset()
    """What the part is made of, beside the thing itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def arrive(self, item_id: UUID) -> None:
        """Go to one item of the part; a part without items has nothing to do."""

    def arrive_at(self, item: str) -> None:
        """Go to one item that has a name and no key of its own; a part without such begins."""
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where one begins in this part."""
        self.focusNextChild()

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed and not saved."""
        return False


def make_part(module: str, part_class: str, desk: Desk) -> Any:
    """Import the module of a part and make the part."""
    return getattr(import_module(module), part_class)(desk)
