"""A line of buttons of which one is chosen: what the page shows below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.theme import Theme


class Switch(QWidget):
    """Buttons for *choices* (names and words); Left and Right go from one to the next.

    *chosen* is sent with the name that the person chooses.  One that *is_upright* has them below
    each other, all as wide as the widest; there Up and Down go from one to the next.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        theme: Theme,
        *,
        is_upright: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._is_upright = is_upright
        self._words: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._flow: QWidget | None = None
        access.name(self, name)
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other *choices*; those that are offered already stay as they are."""
        if self._flow is not None and self._words == dict(choices):
            return
        self._words = dict(choices)
        for made in self.buttons.values():
            self._group.removeButton(made)
        if self._flow is not None:
            self._flow.hide()
            self._flow.deleteLater()
        self.buttons = {}
        for value, words in choices:
            made = button(words, self._theme)
            made.setCheckable(True)
            made.setAutoDefault(False)
            if self._is_upright:
                made.setProperty("role", "upright")
            made.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            self._group.addButton(made)
            self.buttons[value] = made
        made_of = list(self.buttons.values())
        self._flow = (
            _below_each_other(made_of, self._theme)
            if self._is_upright
            else Flow(made_of, self._theme)
        )
        self._down.addWidget(self._flow)
        # Made later than what stands below, they are reached where the switch stands all the same.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without any, Qt does not set an order
        access.follow(self, self.buttons.values())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_value(self, value: str) -> None:
        """Mark one as chosen; only it is reached by Tab."""
        for own, made in self.buttons.items():
            made.setChecked(own == value)
            is_chosen = own == value
            policy = Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)

    def show_count(self, value: str, count: int | None) -> None:
        """Put a number behind the words of one; None takes it away."""
        words = self._words[value]
        made = self.buttons[value]
        made.setText(words if count is None else f"{words}  {count:,}")
        access.name(made, words if count is None else f"{words}, {count:,}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or the one before, and choose it."""
        on, back = (
            (Qt.Key.Key_Down, Qt.Key.Key_Up)
            if self._is_upright
            else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        )
        step = {on: 1, back: -1}.get(Qt.Key(event.key()))
        names = list(self.buttons)
        here = next((name for name in names if self.buttons[name].hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        there = names[(names.index(here) + step) % len(names)]
        self.buttons[there].click()
        self.buttons[there].setFocus(Qt.FocusReason.TabFocusReason)


def _below_each_other(parts: Sequence[QWidget], theme: Theme) -> QWidget:
    whole = QWidget()
    down = QVBoxLayout(whole)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(theme.space(1))
    for part in parts:
        down.addWidget(part)
    down.addStretch(1)
    return whole
