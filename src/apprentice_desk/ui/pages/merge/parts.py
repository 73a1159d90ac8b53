"""The cards of the page Merge returns: the map, the standards, the returns, working together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.returns.receiving import Line
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.figures import Amount, AmountBars
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tiles import Tile, TileMap
from apprentice_desk.ui.pages.merge import columns
from apprentice_desk.ui.pages.merge.behind import Chance
from apprentice_desk.ui.pages.merge.tiles_of import legend

_MOST_RETURNS = 7
"""How many returns are seen at once; more of them scroll."""
_MOST_CHANCES = 5


class MapCard(Card):
    """The tile map with what its looks mean; *opened* has a borough's code."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        title = "Digital apprentices by borough"
        super().__init__(title, theme)
        self._theme = theme
        self.map = TileMap(title, theme)
        self.map.tile_opened.connect(self.opened)
        self._legend = label("", "small", wraps=True)
        self.add(self.map)
        self.add(self._legend)
        self.body.addStretch(1)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles."""
        self.map.show_tiles(tiles)
        self._legend.setText(legend(tiles, is_dark=self._theme.is_dark))


class StandardsCard(Card):
    """How many are on programme by standard."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("By standard", theme)
        self.bars = AmountBars("Apprentices on programme by standard", theme)
        self._nobody = label("Nobody is on programme in these returns.", "quiet", wraps=True)
        self.add(self.bars)
        self.add(self._nobody)
        self.body.addStretch(1)

    def show_amounts(self, amounts: Sequence[Amount]) -> None:
        """Show other amounts."""
        self.bars.show_amounts(amounts)
        self.bars.setVisible(bool(amounts))
        self._nobody.setVisible(not amounts)


class ReturnsCard(Card):
    """Every return that came in and every borough still awaited, with what became of it and why."""

    chosen_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        read_again: Callable[[], object],
        take_away: Callable[[], object],
        copy_missing: Callable[[], object],
    ) -> None:
        super().__init__("Returns", theme, flush=True)
        self.model = RowsModel(columns.RETURNS, self)
        self.table = RowsTable(self.model, "Returns that came in", theme, stretch=0)
        self.table.setProperty("role", "inner")
        self.table.set_fits(_MOST_RETURNS)
        for place, column in enumerate(columns.RETURNS):
            if column.heading not in columns.RETURNS_SHOWN:
                self.table.show_column(place, is_shown=False)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.which = label("", "small", wraps=True)
        self.reason = label("", wraps=True)
        for words in (self.which, self.reason):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.again = button("Read all again", theme, read_again, icon="refresh-cw")
        self.away = button("Take away", theme, take_away, icon="minus")
        self.chase = button(
            "Copy chase list",
            theme,
            copy_missing,
            icon="copy",
            tip="Who has not sent, and whose return does not count, as text to paste",
        )
        foot = QVBoxLayout()
        edge = theme.space(4)
        foot.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addWidget(self.which)
        foot.addWidget(self.reason)
        foot.addWidget(Flow([self.chase, self.away, self.again], theme))
        self.add(self.table)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[Line]) -> None:
        """Show other returns."""
        self.model.replace(rows)
        self.table.choose_first()
        self._on_row_chosen(self.table.chosen())

    def choose_borough(self, name: str) -> bool:
        """Make the first return of a borough current; False if there is none."""
        found = next((row for row in self.model.shown if row.borough == name), None)
        return found is not None and self.table.choose(found.id)

    def _on_row_chosen(self, row: Line | None) -> None:
        self.which.setText(columns.which(row) if row is not None else "")
        self.reason.setText(row.reason if row is not None else "")
        for words in (self.which, self.reason):
            words.setVisible(bool(words.text()))
            access.name(words, words.text())
        whose = row.file or row.borough if row is not None else ""
        access.name(self.away, f"Take away: {whose}" if whose else "Take away")
        self.chosen_changed.emit()


class TogetherCard(Card):
    """Where boroughs could buy or host together; *opened* has the chance whose rows are wanted."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        title = "Where boroughs could work together"
        super().__init__(title, theme, flush=True)
        self.model = RowsModel(
            (
                Column("Kind", lambda one: one.kind, kind="badge", width=14),
                Column("What could be talked about", lambda one: one.says, width=40),
            ),
            self,
        )
        self.table = RowsTable(self.model, title, theme, stretch=1)
        self.table.setProperty("role", "inner")
        self.table.set_empty(
            "Nothing fits together in these returns",
            "Contracts with one provider that end within three months of each other, and places"
            " offered that others asked for, would stand here.",
        )
        self.table.set_fits(_MOST_CHANCES)
        self.says = label("", wraps=True)
        self.says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_rows = button("Show the rows", theme, self._on_asked)
        self._foot = QWidget()
        down = QVBoxLayout(self._foot)
        down.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(3))
        down.setSpacing(theme.space(2))
        down.addWidget(self.says)
        down.addWidget(Flow([self.show_rows], theme))
        self.add(self.table)
        self.add(self._foot)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self.opened)

    def show_chances(self, chances: Sequence[Chance]) -> None:
        """Show what could be done together."""
        self.model.replace(chances)
        self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def _on_chosen(self, chance: Chance | None) -> None:
        self._foot.setVisible(chance is not None)
        if chance is not None:
            self.says.setText(chance.says)
            access.name(self.says, chance.says)
            access.name(self.show_rows, f"Show the rows: {chance.kind.text}")

    def _on_asked(self) -> None:
        if (chance := self.table.chosen()) is not None:
            self.opened.emit(chance)
