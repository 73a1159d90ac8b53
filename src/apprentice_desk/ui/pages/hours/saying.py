"""The lines below the grid of a week: how it is used, or what could not be taken of what was typed.

They have their room whether or not something is said, so that nothing that the eye is on moves.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme

LINES = 2
"""Lines of small text that are always kept free."""


class Saying(QWidget):
    """Shows *hint* unless there is something to complain about; *complained* has its words."""

    complained = Signal(str)

    def __init__(self, hint: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.hint = label(hint, "small", wraps=True)
        self.complaint = label("", "small", "danger", wraps=True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        for words in (self.hint, self.complaint):
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            down.addWidget(words)
        theme.changed.connect(self._keep_room)
        self._keep_room()
        self.complain("")

    def _keep_room(self) -> None:
        metrics = QFontMetrics(self._theme.font("small"))
        self.setMinimumHeight(LINES * metrics.lineSpacing())

    def complain(self, words: str, *, is_new: bool = True) -> None:
        """Say *words*, to a screen reader at once where they are new; "" takes back what was said.

        The same mistake made again is new.
        """
        self.complaint.setText(words)
        access.name(self.complaint, f"Not taken: {words}" if words else "Nothing was refused")
        gone, shown = (self.hint, self.complaint) if words else (self.complaint, self.hint)
        gone.hide()  # before the other is shown: both would have room for a moment
        shown.show()
        if is_new and words:
            self.complained.emit(words)
            access.announce(self.complaint, words, at_once=True)
