"""One of a few things, all of them seen at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme


def one_stop(group: QButtonGroup) -> None:
    """Let Tab and Shift+Tab come to the chosen button of *group* only, to any while none is.

    Qt does so only once one of them had the keyboard; until then Shift+Tab comes to the last one,
    from which the arrow keys choose nothing.
    """

    def set_stops() -> None:
        chosen = group.checkedButton()
        for each in group.buttons():
            is_stop = chosen is None or each is chosen
            each.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            )

    group.buttonToggled.connect(lambda *_: set_stops())
    set_stops()


class RadioChoice(QWidget):
    """Buttons of which one is chosen; the arrow keys go from one to the next.

    *choices* are values and their words; *chosen* hears of the value that the person chooses.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[Any, str]],
        theme: Theme,
        chosen: Callable[[Any], object],
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[Any, QRadioButton] = {}
        for value, words in choices:
            made = QRadioButton(words)
            access.name(made, f"{name}: {words}")
            made.clicked.connect(lambda _checked=False, value=value: chosen(value))
            self._group.addButton(made)
            self._buttons[value] = made
        one_stop(self._group)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1))
        down.addWidget(label(name, "label"))
        down.addWidget(Flow(list(self._buttons.values()), theme, quarters=4, down=0))
        access.name(self, name)

    def show_value(self, value: Any) -> None:
        """Show *value* as the one that is chosen; one that is not offered is shown as none."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def button(self, value: Any) -> QRadioButton:
        """Return the button of *value*."""
        return self._buttons[value]
