"""The places that the window can show, and the list of them at its left.

Pages are named as text: their modules are imported after the window has painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from apprentice_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its name in code, its words, and where its class is."""

    name: str
    title: str
    icon: str
    module: str
    page_class: str
    section: str = ""
    is_listed: bool = True
    """Whether it stands in the navigation; the others are reached from a button."""

    def make(self, desk: Desk) -> QWidget:
        """Import the page's module and make the page."""
        page_class = getattr(import_module(self.module), self.page_class)
        page: QWidget = page_class(desk)
        return page


_PAGES = "apprentice_desk.ui.pages"

PAGES: tuple[Place, ...] = (
    Place("apprentices", "Apprentices", "users", f"{_PAGES}.apprentices.page", "ApprenticesPage"),
    Place("hours", "Hours", "clock", f"{_PAGES}.hours.page", "HoursPage"),
    Place("returns", "Returns", "send", f"{_PAGES}.returns.page", "ReturnsPage"),
    Place(
        "merge",
        "Merge returns",
        "layers",
        f"{_PAGES}.merge.page",
        "MergePage",
        section="LOTI central team",
    ),
    Place("settings", "Settings", "settings", f"{_PAGES}.settings.page", "SettingsPage", "Help"),
    Place(
        "imports",
        "Import a list",
        "upload",
        f"{_PAGES}.imports.page",
        "ImportsPage",
        is_listed=False,
    ),
)


def place_named(name: str) -> Place:
    """Return the place of this name; KeyError when there is none."""
    for place in PAGES:
        if place.name == name:
            return place
    raise KeyError(name)


class Navigation(QFrame):
    """The list of places; Up and Down move, Enter or Space goes there."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "navigation")
        access.name(self, "Navigation")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._sections: list[QLabel] = []
        self._down = QVBoxLayout(self)
        section = ""
        for place in PAGES:
            if not place.is_listed:
                continue
            if place.section and place.section != section:
                section = place.section
                self._add_section(section)
            self._add_place(place)
        self._down.addStretch(1)
        theme.changed.connect(self._refit)
        self._refit()

    def _add_section(self, words: str) -> None:
        heading = label(words.upper(), "section")
        access.name(heading, words)
        self._sections.append(heading)
        self._down.addWidget(heading)

    def _add_place(self, place: Place) -> None:
        made = button(place.title, self._theme, role="place")
        made.setCheckable(True)
        made.setAutoDefault(False)
        set_icon(made, place.icon, "text_quiet", self._theme, checked_tone="accent_text")
        made.clicked.connect(lambda _checked=False, name=place.name: self.chosen.emit(name))
        self._group.addButton(made)
        self._buttons[place.name] = made
        self._down.addWidget(made)

    def _refit(self) -> None:
        space = self._theme.space
        self.setFixedWidth(space(54))
        self._down.setContentsMargins(space(2), space(3), space(2), space(3))
        self._down.setSpacing(space(0.5))
        for heading in self._sections:
            heading.setContentsMargins(space(2.5), space(4), 0, space(1))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(54), super().sizeHint().height())

    def show_place(self, name: str) -> None:
        """Mark the place that is shown; none when it is not in the list."""
        made = self._buttons.get(name)
        if made is not None:
            made.setChecked(True)
            return
        checked = self._group.checkedButton()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Up and Down."""
        buttons = list(self._buttons.values())
        here = self.focusWidget()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and here in buttons:
            there = buttons.index(here) + step
            if 0 <= there < len(buttons):
                buttons[there].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
