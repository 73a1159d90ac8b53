"""The list of places at the window's left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.shell.frame import NAVIGATION_WIDTH
from apprentice_desk.ui.shell.places import PAGES, Place


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
        places = QWidget()
        self._down = QVBoxLayout(places)
        # With large text in a small window it is scrolled; the keyboard takes it along.
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(places)
        places.setAutoFillBackground(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._area)
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
        made.setAutoExclusive(True)  # a screen reader says "radio button", not "check box"
        set_icon(made, place.icon, "text_quiet", self._theme, checked_tone="accent_text")
        made.clicked.connect(lambda _checked=False, name=place.name: self.chosen.emit(name))
        self._group.addButton(made)
        self._buttons[place.name] = made
        self._down.addWidget(made)

    def _refit(self) -> None:
        space = self._theme.space
        self.setFixedWidth(space(NAVIGATION_WIDTH))
        self._down.setContentsMargins(space(2), space(3), space(2), space(3))
        self._down.setSpacing(space(0.5))
        for heading in self._sections:
            heading.setContentsMargins(space(2.5), space(4), 0, space(1))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(NAVIGATION_WIDTH), super().sizeHint().height())

    def show_place(self, name: str) -> None:
        """Mark the place that is shown; none when it is not in the list."""
        made = self._buttons.get(name)
        if made is not None:
            made.setChecked(True)
            self._area.ensureWidgetVisible(made)
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
                self._area.ensureWidgetVisible(buttons[there])
            return
        super().keyPressEvent(event)
