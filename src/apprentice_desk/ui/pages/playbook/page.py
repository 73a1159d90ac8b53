"""The page Playbook: the guides by their stage, with the one that is chosen beside the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenGuide
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import ListSide, ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.playbook.columns import COLUMNS, GuideLine, guide_lines
from apprentice_desk.ui.pages.playbook.panel import GuidePanel
from apprentice_desk.ui.pages.playbook.putting_on import PuttingOn

TITLE = "Playbook"
_ABOUT = (
    "Twelve short guides, one for each stage. Figures are those that the program works with; each"
    " says where it comes from."
)
SIDE_BY_SIDE = 190
"""The width in quarters from which list and guide stand side by side."""
PANEL_QUARTERS = 160


class PlaybookPage(ScrollingPage):
    """The list of guides with the one that is chosen."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self.dialog: FormDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of guides", theme, stretch=2)
        self.table.order.can_do_without((2, 0))
        self.table.set_least(52)
        self.filter = FilterBox(self.table, "any word in a guide", theme)
        self.count = CountLine(self.table, "Enter opens")
        self.panel = GuidePanel(desk, self.start_putting_on)
        self.header = PageHeader(TITLE, _ABOUT, theme)
        side = ListSide()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        for part in (self.filter, self.table, self.count):
            left.addWidget(part, 1 if part is self.table else 0)
        self.both = ListAndPanel(
            side, self.panel, theme, narrowest=SIDE_BY_SIDE, panel_quarters=PANEL_QUARTERS
        )
        self.put(self.header)
        self.put(self.both, 1)
        self.keeper = LookKeeper(desk, self, "playbook", self.table, self.both.splitter)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _line: self.open_panel())
        self.both.arranged.connect(self._on_arranged)
        self.panel.close_button.clicked.connect(lambda _checked=False: self.close_panel())
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        self._on_arranged()

    # showing

    def refresh(self) -> None:
        """Show the guides; they are the same in every desk."""
        self.model.replace(guide_lines(resources.guides()))
        if self.table.chosen() is None:
            self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def narrow_to(self, words: str) -> None:
        """Show the guides in which all *words* occur."""
        self._refresh_stale()
        self.filter.setText(words)
        self.table.choose_first()

    @property
    def shown_guide(self) -> str:
        """The name of the guide that is shown; "" before there is one."""
        return self.panel.guide.name if self.panel.guide is not None else ""

    def _on_chosen(self, line: GuideLine | None) -> None:
        if line is not None:
            self.panel.show_guide(line.guide)

    def _on_arranged(self) -> None:
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    # coming and going

    def arrive(self, destination: OpenGuide) -> None:
        """Show one guide, as another page asked; one that is gone leaves the list."""
        self._refresh_stale()
        if not self.table.choose(destination.name):
            self.filter.clear()
            if not self.table.choose(destination.name):
                self.table.setFocus()
                return
        self.open_panel()

    def open_panel(self) -> None:
        """Go to the guide that is chosen."""
        if self.table.chosen() is None:
            return
        self.both.open_panel()
        self.panel.take_keyboard()

    def close_panel(self) -> None:
        """Go back to the list."""
        self.both.close_panel()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_putting_on(self) -> FormDialog | None:
        """Ask what the checklist of the guide that is shown is put on."""
        guide = self.panel.guide
        if guide is None or self._desk.store.is_read_only:
            return None
        self.dialog = PuttingOn(self._desk, guide, self).dialog
        return self.dialog

    def _go_to_filter(self) -> None:
        self.both.close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        here: Any = self.focusWidget()
        is_in_panel = here is not None and self.panel.isAncestorOf(here)
        if event.key() == Qt.Key.Key_Escape and (is_in_panel or self.both.is_panel_alone):
            self.close_panel()
        else:
            super().keyPressEvent(event)
