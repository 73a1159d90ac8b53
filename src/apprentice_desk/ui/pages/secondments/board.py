"""The board: a lane for each state, and a card for each secondment in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.domain.needs import counted
from apprentice_desk.records.secondment_overview import SecondmentLine
from apprentice_desk.ui.kit.lanes import Lane, Lanes
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.secondments.columns import LANES, is_lately, lanes


class BoardView(QScrollArea):
    """The lanes, in the order in which a secondment goes through them; they scroll by themselves.

    The panel beside them stays whole, however much stands on the board.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lanes = Lanes(
            "Board of secondments", [Lane(name, title) for name, title, _ in LANES], theme
        )
        self.older = label("", "small", wraps=True)
        content = QWidget()
        content.setProperty("role", "page")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.lanes)
        down.addWidget(self.older)
        down.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.lanes.card_reached.connect(self.ensureWidgetVisible)

    def show_lines(self, lines: Sequence[SecondmentLine], today: date) -> None:
        """Show *lines* in their lanes; what has been over for a year stands in the table alone."""
        lately = [line for line in lines if is_lately(line, today)]
        self.lanes.show_lanes(lanes(lately))
        left = len(lines) - len(lately)
        self.older.setText(
            f"{counted(left, 'older one')} that ended more than a year ago: see the table."
        )
        self.older.setVisible(bool(left))
