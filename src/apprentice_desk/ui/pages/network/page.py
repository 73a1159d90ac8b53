"""The page of the network: what goes on around apprentices, one part at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.desk import Desk, OpenNetwork, OpenPage, OpenPlacements
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.pages.network.part import PARTS, NetworkPart
from apprentice_desk.ui.parts import make_part
from apprentice_desk.ui.recording.panel import READ_ONLY

TITLE = "Network"
ADD_KEYS = "Ctrl+Shift+A"


class NetworkPage(ScrollingPage):
    """One part at a time; Left and Right on the buttons change which."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._places = {place.name: place for place in PARTS}
        self._parts: dict[str, NetworkPart] = {}
        self._shown = PARTS[0].name
        self.add = button("", theme, self._on_add, role="primary", icon="plus")
        self.add.setEnabled(not desk.store.is_read_only)
        self.add.setToolTip(READ_ONLY if desk.store.is_read_only else ADD_KEYS)
        self.cases = button("Cases", theme, self._go_to_cases, icon="target")
        self.cases.setToolTip("What is to be different, in LOTI's planner headings")
        self.elsewhere = button("Places elsewhere", theme, self._go_elsewhere, icon="map")
        self.elsewhere.setToolTip("Vacancies, shadowing places and visits of other boroughs")
        self.header = PageHeader(TITLE, "", theme, (self.add, self.elsewhere, self.cases))
        self.switch = Switch(
            "Parts of the network", [(place.name, place.title) for place in PARTS], theme
        )
        self._place = QVBoxLayout()  # holds every part made so far, one of them shown
        self.put(self.header)
        self.put(self.switch)
        self.put(self._place, 1)
        self.switch.chosen.connect(self.show_part)
        desk.changed.connect(self._on_changed)
        add_key(self, "Add what is listed", ADD_KEYS, self._on_add)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        self.show_part(self._shown)

    @property
    def shown_part(self) -> str:
        """The name of the part that is shown."""
        return self._shown

    def part(self, name: str) -> Any:
        """Return a part, made when it is first wanted."""
        if name not in self._parts:
            place = self._places[name]
            made: NetworkPart = make_part(place.module, place.part_class, self._desk)
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
        self.add.setVisible(bool(part.adds))
        self.add.setText(part.adds)
        access.name(self.add, part.adds)
        self._refresh_shown()

    def first_stop(self) -> QWidget | None:
        """Return what has the keyboard first in the part that is shown."""
        found: QWidget | None = self.part(self._shown).first_stop()
        return found

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
            part.refresh()
        self._show_counts()
        read_only = " · open to read only" if self._desk.store.is_read_only else ""
        self.header.set_words(TITLE, part.about + read_only)

    def _show_counts(self) -> None:
        for name, made in self._parts.items():
            self.switch.show_count(name, made.count)

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*{table for part in self._parts.values() for table in part.tables}):
            self.note_stale()

    def arrive(self, destination: OpenNetwork) -> FormDialog | None:
        """Show a part or one record of it; return its form, at the field to fill in."""
        self._refresh_stale()
        self.show_part(destination.part)
        part = self.part(self._shown)
        if destination.record_id is None:
            part.take_keyboard()
            return None
        is_there, form = part.go_to(destination.record_id, destination.field)
        if not is_there:
            self._desk.messages.warn(
                f"This {part.thing} is not in the desk any more.", "Somebody removed it."
            )
        found: FormDialog | None = form
        return found

    def _on_add(self) -> None:
        if self.add.isEnabled() and self.part(self._shown).adds:
            self.part(self._shown).start_adding()

    def _go_elsewhere(self) -> None:
        self._desk.go(OpenPlacements("all", "network"))

    def _go_to_cases(self) -> None:
        self._desk.go(OpenPage("case"))

    def _go_to_filter(self) -> None:
        self.part(self._shown).go_to_filter()
