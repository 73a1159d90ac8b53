"""The list of apprentices as it is shown while the desk is still being opened.

It has the figures and stands where and as the page will stand; what can be done comes with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.settings import Settings
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import EDGE_QUARTERS, GAP_QUARTERS
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import column_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.apprentices.columns import (
    COLUMNS,
    FILTERS,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    PANEL_QUARTERS,
    SIDE_BY_SIDE,
    counts_in_words,
)


class FirstLook(QWidget):
    """The apprentices on programme, to look at and to filter, and a word that more is coming."""

    def __init__(self, rows: tuple[ApprenticeRow, ...], theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        access.name(self, "Apprentices, while the desk is being opened")
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of apprentices", theme, stretch=1)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.table.sort_by(0)
        if (look := settings.look_of("apprentices")) is not None:
            self.table.order.take(look)
        self.model.keep(FILTERS[0].keeps)
        self.model.replace(rows)
        self._theme = theme
        self._beside = Card("", theme)
        self._beside.add(EmptyState(theme, "lamp-desk", "Opening the desk…", "Just a moment"))
        panel = dict(settings.panels).get("apprentices", PANEL_QUARTERS)
        self._beside.setFixedWidth(theme.space(panel))
        across = QHBoxLayout()
        across.setSpacing(theme.space(4))
        listed = column_of(
            theme,
            FilterBox(self.table, "name, standard, provider, manager", theme),
            self.table,
            CountLine(self.table, "the desk is being opened"),
            quarters=2.5,
        )
        across.addLayout(listed, 1)
        across.addWidget(self._beside)
        header = PageHeader("Apprentices", counts_in_words(rows), theme)
        down = column_of(theme, header, quarters=GAP_QUARTERS)
        down.addLayout(across, 1)
        edge = theme.space(EDGE_QUARTERS)
        down.setContentsMargins(edge, theme.space(5), edge, edge)
        self.setLayout(down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setVisible(self.width() >= self._theme.space(SIDE_BY_SIDE))
