"""About: which program this is, whose works are in it, where its files are, newer versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from apprentice_desk.product import product
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPart
from apprentice_desk.ui.kit.pieces import button, column_of, label, row_of
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.shell.about_parts import FilesPart, NewerPart, ProgramPart, WorksPart
from apprentice_desk.ui.shell.own_places import OwnPlace

PROGRAM, WORKS, FILES, NEWER = "program", "works", "files", "newer"
PARTS = (
    (PROGRAM, "This program"),
    (WORKS, "Works of others"),
    (FILES, "Where files are"),
    (NEWER, "Newer versions"),
)
_WIDE, _LEAST_HIGH = 230, 40
_WITH_DESK = "Goes to Logs and support, under Safekeeping"
_WITHOUT_DESK = "Open a desk first: Logs and support is under Safekeeping"


class AboutDialog(QDialog):
    """Shows one of PARTS at a time; *places* are where the program's files are.

    *asked_for_support* is sent where the person wants the file for support, which *has_desk* tells
    to be possible.
    """

    asked_for_support = Signal()

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        places: tuple[OwnPlace, ...],
        *,
        has_desk: bool,
        part: str = PROGRAM,
    ) -> None:
        super().__init__(parent)
        title = f"About {product().name}"
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        self._theme = theme
        self._making: dict[str, Callable[[], Any]] = {
            PROGRAM: lambda: ProgramPart(theme),
            WORKS: lambda: WorksPart(theme),
            FILES: lambda: FilesPart(theme, places),
            NEWER: lambda: NewerPart(theme),
        }
        self.parts: dict[str, Any] = {}
        self.switch = Switch("What to see", PARTS, theme)
        self.switch.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme.space(8))
        self.support = button("Save a file for support…", theme, self._ask_for_support)
        self.support.setEnabled(has_desk)
        self.support.setToolTip(as_tip(_WITH_DESK if has_desk else _WITHOUT_DESK))
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge, ring = theme.space(5), theme.space(1)  # the parts leave room for a ring themselves
        down = QVBoxLayout(self)
        down.setContentsMargins(edge - ring, edge, edge - ring, theme.space(4))
        down.setSpacing(theme.space(2))
        head = column_of(theme, label(title, "large", wraps=True), self.switch, quarters=3)
        foot = row_of(theme, self.support, None, self.close_)
        for inset in (head, foot):
            inset.setContentsMargins(ring, 0, ring, 0)
        down.addLayout(head)
        down.addWidget(self._stack, 1)
        down.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(theme.space(_WIDE), int(room.width() * 0.95)), theme.space(_LEAST_HIGH))
        self.show_part(part)

    def show_part(self, name: str) -> None:
        """Show another part; it is made when it is first wanted."""
        self.switch.show_value(name)
        if name not in self.parts:
            made = self.parts[name] = self._making[name]()
            self._stack.addWidget(made)
            access.follow(list(self.switch.buttons.values())[-1], access.stops(made))
            made.grown.connect(lambda: self._fit(made))
        self._stack.setCurrentWidget(self.parts[name])
        self._fit(self.parts[name])

    def _fit(self, part: ScrollingPart) -> None:
        """Be as high as *part* needs, within the screen, or stay higher: nothing jumps about."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        room = int(self.screen().availableSize().height() * 0.9)
        needed = self.height() - self._stack.height() + part.height_for(self._stack.width())
        self.resize(self.width(), min(room, max(self.height(), needed)))

    def _ask_for_support(self) -> None:
        self.accept()
        self.asked_for_support.emit()
