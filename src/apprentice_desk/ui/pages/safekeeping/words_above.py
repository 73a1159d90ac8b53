"""Sentences above a table in a dialog: all of them in sight, or scrolled where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme

_MOST_SHARE = 0.3
"""How much of the dialog they take at most; the rest is reached with the arrow keys."""


class WordsAbove(QScrollArea):
    """As high as what it says, up to a share of the dialog; with the keyboard it scrolls."""

    def __init__(self, parts: Sequence[QLabel], name: str, theme: Theme) -> None:
        super().__init__()
        inside = QWidget()
        self._down = QVBoxLayout(inside)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(2))
        for part in parts:
            self._down.addWidget(part)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        access.name(self, name, " ".join(part.text() for part in parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._down.heightForWidth(self.viewport().width())
        most = int(self.window().height() * _MOST_SHARE)
        is_short = needed > most
        # Only what scrolls is a stop for Tab.
        focus = Qt.FocusPolicy.StrongFocus if is_short else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        self.setFixedHeight(min(needed, most))
