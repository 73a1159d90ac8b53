"""Sentences above a table in a dialog: all of them in sight, or scrolled where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme

_MOST_SHARE = 0.28
"""How much of the dialog they take at most; the rest is reached with the arrow keys."""


class WordsAbove(QPlainTextEdit):
    """As high as what it says, up to a share of the dialog; it is read and copied, not written."""

    def __init__(self, sentences: Sequence[str], name: str, theme: Theme) -> None:
        super().__init__("\n\n".join(sentences))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        access.name(self, name, " ".join(sentences))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rows = self.document().size().height()  # of a plain text Qt counts in rows
        around = self.height() - self.viewport().height() + 2 * self.document().documentMargin()
        needed = int(rows * self.fontMetrics().lineSpacing() + around) + 1
        self.setFixedHeight(min(needed, int(self.window().height() * _MOST_SHARE)))
