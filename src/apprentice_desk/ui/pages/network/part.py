"""What every part of the page of the network is, and which there are."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.parted import PartPlace, SwitchedPart
from apprentice_desk.ui.recording.kind import Kind
from apprentice_desk.ui.recording.kind_part import KindPart


class NetworkPart(SwitchedPart):
    """One part of the network.

    *adds* are the words of the button that begins a new one, "" where there is none, and *thing*
    is what is gone when ``go_to`` does not find it.
    """

    adds: str = ""
    thing: str = "record"

    def start_adding(self) -> None:
        """Begin a new one."""

    def go_to(self, record_id: UUID, field: str = "") -> tuple[bool, FormDialog | None]:
        """Go to one record, at a *field* of its form; return whether it is there, and the form."""
        raise NotImplementedError  # every part with records says how


class ListPart(NetworkPart):
    """A part that is one kind's list with its panel."""

    kind_class: type[Kind]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind = self.kind_class(desk)
        self.list = KindPart(self.kind)
        self._is_read = False
        self.list.filled.connect(self._on_filled)
        self.tables = frozenset(self.kind.tables)
        self.thing = self.kind.thing
        self.adds = f"Add {self.kind.thing}"
        self.about = self.kind.about
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(desk.theme.space(2.5))
        self._down.addWidget(self.list, 1)

    @property
    def count(self) -> int | None:
        """How many there are; None until they are read."""
        return self.list.model.total if self._is_read else None

    def _on_filled(self) -> None:
        self._is_read = True
        self.counted.emit()

    def refresh(self) -> None:
        """Read the list anew."""
        self.is_stale = False
        self.list.refresh()

    def start_adding(self) -> None:
        """Open the form of a new one."""
        self.list.start_adding()

    def go_to(self, record_id: UUID, field: str = "") -> tuple[bool, FormDialog | None]:
        """Choose one record, and open its form where a field is named."""
        if not self.list.choose(record_id):
            return False, None
        if field:
            return True, self.list.start_change(field)
        self.list.open_panel()
        return True, None

    def first_stop(self) -> QWidget:
        """Return the list."""
        return self.list.table

    def go_to_filter(self) -> None:
        """Go to the filter above the list."""
        self.list.go_to_filter()

    def take_keyboard(self) -> None:
        """Go to the list, also from a panel that stands in its place."""
        self.list.close_panel()


_HERE = "apprentice_desk.ui.pages.network"

PARTS: tuple[PartPlace, ...] = (
    PartPlace("events", "Events", f"{_HERE}.events", "EventsPart"),
    PartPlace("mentors", "Mentors and buddies", f"{_HERE}.mentors", "MentorsPart"),
    PartPlace("stories", "Stories", f"{_HERE}.stories", "StoriesPart"),
    PartPlace("barriers", "Barriers", f"{_HERE}.barriers", "BarriersPart"),
)
"""The parts in the order of their buttons; each is made when it is first shown."""
