"""A list with the panel of what is chosen in it: side by side, or one in place of the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.theme import Theme


class ListAndPanel(QWidget):
    """*list_side* with *panel* at its right where there is room for both.

    From *narrowest* quarters of width on they stand side by side; below that ``open_panel`` shows
    the panel in place of the list until ``close_panel``.  *arranged* is sent when either is
    shown or hidden.
    """

    arranged = Signal()

    def __init__(
        self,
        list_side: QWidget,
        panel: QWidget,
        theme: Theme,
        *,
        narrowest: float,
        panel_quarters: float,
    ) -> None:
        super().__init__()
        self._list_side, self._panel, self._theme = list_side, panel, theme
        self._narrowest, self._panel_quarters = narrowest, panel_quarters
        self._is_open = False
        self._was_wide = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.space(4))
        self.splitter.addWidget(list_side)
        self.splitter.addWidget(panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.splitter)
        theme.changed.connect(self._arrange)
        self._arrange()

    @property
    def is_side_by_side(self) -> bool:
        """Whether there is room for both."""
        return self.width() >= self._theme.space(self._narrowest)

    @property
    def is_panel_alone(self) -> bool:
        """Whether the panel stands in place of the list."""
        return self._is_open and not self.is_side_by_side

    def open_panel(self) -> None:
        """Show the panel, in place of the list where there is no room for both."""
        self._is_open = not self.is_side_by_side
        self._arrange()

    def close_panel(self) -> None:
        """Show the list again."""
        self._is_open = False
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both or one of the two."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide, is_alone = self.is_side_by_side, self.is_panel_alone
        self._list_side.setMinimumWidth(self._theme.space(40))
        self._panel.setMinimumWidth(self._theme.space(84 if is_wide else 40))
        self._list_side.setVisible(not is_alone)
        self._panel.setVisible(is_wide or is_alone)
        if is_wide and not self._was_wide:
            panel = self._theme.space(self._panel_quarters)
            self.splitter.setSizes([max(1, self.splitter.width() - panel), panel])
        self._was_wide = is_wide
        self.arranged.emit()
