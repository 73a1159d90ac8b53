"""The board: a lane for each state, and a card for each secondment in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.records.secondment_overview import SecondmentLine
from apprentice_desk.ui.kit.lanes import Lane, Lanes
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.secondments.columns import LANES, lanes


class BoardView(QWidget):
    """The lanes, in the order in which a secondment goes through them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lanes = Lanes(
            "Board of secondments", [Lane(name, title) for name, title, _ in LANES], theme
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.lanes)

    def show_lines(self, lines: Sequence[SecondmentLine]) -> None:
        """Show *lines* in their lanes."""
        self.lanes.show_lanes(lanes(lines))
