"""What the window shows when no desk is open: the ways in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.kit.panels import EmptyState
from apprentice_desk.ui.kit.pieces import button, row_of
from apprentice_desk.ui.kit.theme import Theme

_WAYS_IN = (
    ("New desk", "new", "primary"),
    ("Open desk", "open", ""),
    ("Open the sample desk", "sample", ""),
)


class Welcome(QWidget):
    """Offers a new desk, one to open, and the sample; *ask* gets the word for it."""

    def __init__(self, theme: Theme, ask: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "page")
        says = EmptyState(
            theme,
            "lamp-desk",
            "No desk is open",
            "Make a new desk for your borough, open one, or look round the sample first.",
        )
        ways = [button(text, theme, partial(ask, word), role=role) for text, word, role in _WAYS_IN]
        self.first = ways[0]
        down = QVBoxLayout(self)
        down.addStretch(2)
        down.addWidget(says)
        down.addLayout(row_of(theme, None, *ways, None))
        down.addStretch(3)
