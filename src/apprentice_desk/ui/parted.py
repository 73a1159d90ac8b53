"""A page that shows one of its parts at a time, with buttons that change which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.parts import PagePart, make_part


class SwitchedPart(PagePart):
    """One part, shown alone below the buttons that change between them.

    *name* is that in code, *title* what its button says, *about* the sentence below the page's
    title.
    """

    name: str
    title: str
    about: str = ""

    is_stale: bool = True
    """Whether it is to be read anew before it is shown."""

    counted = Signal()
    """How many there are is known, or has changed."""

    @property
    def count(self) -> int | None:
        """How many there are, for its button; None shows no number."""
        return None

    def refresh(self) -> None:
        """Read what is shown anew."""
        raise NotImplementedError  # every part says how

    def go_to_filter(self) -> None:
        """Go to the filter; a part without one has nothing to do."""

    def first_stop(self) -> QWidget | None:
        """Return what has the keyboard first; None leaves it to the order of Tab."""
        return None


class PartPlace(NamedTuple):
    """One part: its name in code, what its button says, and where its class is."""

    name: str
    title: str
    module: str
    part_class: str


class PartedPage(ScrollingPage):
    """One part at a time; Left and Right on the buttons change which.

    Each part is made when it is first shown.
    """

    MOST_QUARTERS = None
    TITLE: str
    SWITCH: str
    """What the row of buttons is called for those who hear it."""
    PARTS: tuple[PartPlace, ...]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._places = {place.name: place for place in self.PARTS}
        self._parts: dict[str, Any] = {}
        self._shown = self.PARTS[0].name
        self.header = PageHeader(self.TITLE, "", desk.theme, tuple(self._actions()))
        names = [(place.name, place.title) for place in self.PARTS]
        self.switch = Switch(self.SWITCH, names, desk.theme)
        self._place = QVBoxLayout()  # holds every part made so far, one of them shown
        self.put(self.header)
        self.put(self.switch)
        self.put(self._place, 1)
        self.switch.chosen.connect(self.show_part)
        desk.changed.connect(self._on_changed)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    def _actions(self) -> Sequence[QWidget]:
        """Return what stands beside the title."""
        return ()

    @property
    def shown_part(self) -> str:
        """The name of the part that is shown."""
        return self._shown

    def part(self, name: str) -> Any:
        """Return a part, made when it is first wanted."""
        if name not in self._parts:
            place = self._places[name]
            made: SwitchedPart = make_part(place.module, place.part_class, self._desk)
            self._parts[name] = made
            made.counted.connect(self._show_counts)
            self._place.addWidget(made, 1)
            access.follow(list(self.switch.buttons.values())[-1], access.stops(made))
        return self._parts[name]

    def show_part(self, name: str) -> None:
        """Show a part; a name that is none leaves what is shown."""
        if name not in self._places:
            return
        self._shown = name
        self.switch.show_value(name)
        part = self.part(name)
        for each in self._parts.values():
            if each is not part:
                each.hide()
        part.show()
        self._on_shown(part)
        self._refresh_shown()

    def _on_shown(self, part: Any) -> None:
        """Do what a page does beside when another part is shown."""

    def first_stop(self) -> QWidget | None:
        """Return what has the keyboard first in the part that is shown."""
        found: QWidget | None = self.part(self._shown).first_stop()
        return found or self.switch.buttons[self._shown]

    def narrow_to(self, words: str) -> None:
        """Show the part of this name, as another page asked."""
        self.show_part(words)

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed in a part and not saved."""
        return any(part.has_unsaved_changes for part in self._parts.values())

    def refresh(self) -> None:
        """Read what is shown anew."""
        for part in self._parts.values():
            part.is_stale = True
        self._refresh_shown()

    def _refresh_shown(self) -> None:
        part = self.part(self._shown)
        if part.is_stale:
            try:
                part.refresh()
            except Problem:  # a drive that is away: it is read when the part is shown again
                part.is_stale = True
                raise
        self._show_counts()
        read_only = " · open to read only" if self._desk.store.is_read_only else ""
        self.header.set_words(self.TITLE, part.about + read_only)

    def _show_counts(self) -> None:
        for name, made in self._parts.items():
            self.switch.show_count(name, made.count)

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*{table for part in self._parts.values() for table in part.tables}):
            self.note_stale()

    def _go_to_filter(self) -> None:
        self.part(self._shown).go_to_filter()
