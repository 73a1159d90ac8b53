"""The list of places at the window's left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.shell.frame import NAVIGATION_WIDTH
from apprentice_desk.ui.shell.places import PAGES, Place

if TYPE_CHECKING:  # only named: the window is furnished before there is a desk
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from apprentice_desk.ui.desk import PlaceCount


class PlaceButton(QPushButton):
    """A place with its number at the right, which screen readers hear with its name."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(title)
        self._theme = theme
        self._count = ""

    def show_count(self, count: int, says: str) -> None:
        """Show another number; 0 takes it away."""
        self._count = f"{count:,}" if count else ""
        access.name(self, f"{self.text()}, {says}" if count else self.text())
        self.setToolTip(as_tip(says if count else ""))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and its number on top."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("accent_text" if self.isChecked() else "text_quiet"))
        room = self.rect().adjusted(0, 0, -self._theme.space(2.5), 0)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count
        )
        painter.end()


class _Places(QWidget):
    """What scrolls.  Where its bar comes, the buttons are made narrower at once.

    Qt may leave them as wide as they were, and let the bar stand over their numbers.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down = self.layout()
        if down is not None:
            down.invalidate()
            down.activate()


class Navigation(QFrame):
    """The list of places; Up and Down move, Enter or Space goes there.

    It scrolls where the window is too low for all of them.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "navigation")
        access.name(self, "Navigation")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, PlaceButton] = {}
        self._sections: list[tuple[QSpacerItem, QSpacerItem, QSpacerItem]] = []
        self._headings: list[QWidget] = []
        places = _Places()
        places.setProperty("role", "page")
        self._down = QVBoxLayout(places)
        section = ""
        for place in PAGES:
            if not place.is_listed:
                continue
            if place.section and place.section != section:
                section = place.section
                self._add_section(section)
            self._add_place(place)
        self._down.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(places)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        theme.changed.connect(self._refit)
        self._refit()

    def _add_section(self, words: str) -> None:
        heading = label(words.upper(), "section")
        access.name(heading, words)
        above, beside, below = QSpacerItem(0, 0), QSpacerItem(0, 0), QSpacerItem(0, 0)
        self._sections.append((above, beside, below))
        self._headings.append(heading)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addItem(beside)
        across.addWidget(heading, 1)
        part = QVBoxLayout()
        part.setSpacing(0)
        part.addItem(above)
        part.addLayout(across)
        part.addItem(below)
        self._down.addLayout(part)

    def _add_place(self, place: Place) -> None:
        made = PlaceButton(place.title, self._theme)
        made.setProperty("role", "place")
        made.setCheckable(True)
        made.setAutoDefault(True)  # or Enter would not go there, as it presses any other button
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
        for above, beside, below in self._sections:
            above.changeSize(0, space(4))
            beside.changeSize(space(2.5), 0)
            below.changeSize(0, space(1))
        for heading in self._headings:  # their layout has not heard yet how tall their font is
            metrics = QFontMetrics(self._theme.font("small strong"))
            heading.setMinimumHeight(metrics.height())
        self._down.invalidate()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(NAVIGATION_WIDTH), super().sizeHint().height())

    def show_counts(self, counts: Mapping[str, PlaceCount]) -> None:
        """Show the numbers beside places; those not named have none."""
        for name, made in self._buttons.items():
            found = counts.get(name)
            made.show_count(found.count if found else 0, found.says if found else "")

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
