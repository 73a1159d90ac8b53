"""The page of templates of learning plans and of partners' offers.

It is reached from a learning plan, from the page of standards and by finding; the navigation does
not list it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenLibrary, OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.plan_library.offers_part import OffersPart
from apprentice_desk.ui.pages.plan_library.templates_part import TemplatesPart

_PARTS: dict[str, tuple[str, str, type[TemplatesPart] | type[OffersPart]]] = {
    "templates": ("Templates", "Plans to begin with, in days from the start of training",
                  TemplatesPart),
    "offers": ("Partners' offers", "Learning that partners give, to make activities of",
               OffersPart),
}  # fmt: skip


_BACK = {
    "apprentices": "Back to Apprentices",
    "apprentice": "Back to the record",
    "standards": "Back to Standards",
}
_USUALLY = "apprentices"


class PlanLibraryPage(ScrollingPage):
    """Templates or offers; Left and Right on the buttons change what is shown."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._shown = "templates"
        self._parts: dict[str, TemplatesPart | OffersPart] = {}
        self._back_to = _USUALLY
        self.back = button("", theme, self._go_back, icon="arrow-left")
        self.header = PageHeader("Plan templates and offers", "", theme, (self.back,))
        choices = [(name, title) for name, (title, _, _) in _PARTS.items()]
        self.switch = Switch("Templates or offers", choices, theme)
        self._place = QVBoxLayout()
        self.put(self.header)
        self.put(self.switch)
        self.put(self._place, 1)
        self.switch.chosen.connect(self.narrow_to)
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to where you came from", "Alt+Left", self.back.click)
        self._lead_back_to(_USUALLY)
        self._show()

    @property
    def shown_part(self) -> str:
        """The name of the part that is shown."""
        return self._shown

    def part(self, name: str) -> Any:
        """Return a part, made when it is first wanted."""
        if name not in self._parts:
            made = _PARTS[name][2](self._desk)
            self._parts[name] = made
            self._place.addWidget(made, 1)
            access.follow(list(self.switch.buttons.values())[-1], access.stops(made))
        return self._parts[name]

    def narrow_to(self, words: str) -> None:
        """Show "templates" or "offers"; anything else leaves what is shown."""
        if words in _PARTS:
            self._shown = words
            self._show()

    def arrive(self, destination: OpenLibrary) -> None:
        """Show templates or offers, or one of them, as another page asked."""
        self._lead_back_to(destination.back_to)
        self.narrow_to(destination.part)
        part = self.part(self._shown)
        part.take_keyboard()
        if destination.item_id is not None and not part.choose(destination.item_id):
            self._desk.messages.warn(
                f"This {part.thing} is not in the desk any more.", "Somebody removed it."
            )

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.part(self._shown).refresh()

    def _show(self) -> None:
        self.switch.show_value(self._shown)
        part = self.part(self._shown)
        for each in self._parts.values():
            each.setVisible(each is part)
        read_only = " · open to read only" if self._desk.store.is_read_only else ""
        self.header.set_words("Plan templates and offers", _PARTS[self._shown][1] + read_only)
        part.refresh()

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*(table for each in self._parts.values() for table in each.tables)):
            self.note_stale()

    def _lead_back_to(self, name: str) -> None:
        self._back_to = name if name in _BACK else _USUALLY
        words = _BACK[self._back_to]
        self.back.setText(words)
        self.back.setToolTip(as_tip(f"{words} (Alt+Left)"))
        self.header.arrange()

    def _go_back(self) -> None:
        self._desk.go(OpenPage(self._back_to))

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget where the person came from: the next time it may be from elsewhere."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._lead_back_to(_USUALLY)
