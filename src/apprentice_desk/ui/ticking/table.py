"""A checklist as a list whose items are ticked off with Space, several at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from apprentice_desk.domain.checklist import Item, ItemState
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.painting import Badge, Tick, tick_width
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme

BADGES = {
    ItemState.MET: Badge("Met", "good", "check"),
    ItemState.NOT_MET: Badge("Not met", "warning", "circle-dashed"),
    ItemState.NOT_NEEDED: Badge("Not needed", "quiet", "minus"),
    ItemState.NOT_KNOWN: Badge("Not known", "note", "circle-question-mark"),
}

DONE_OR_OPEN = {
    ItemState.MET: Badge("Done", "good", "check"),
    ItemState.NOT_MET: Badge("Open", "note", "circle-dashed"),
    ItemState.NOT_NEEDED: Badge("Not needed", "quiet", "minus"),
}
"""For a list that no rule asks for."""


def _columns(badges: Mapping[ItemState, Badge], why: str, width: int) -> tuple[Column, ...]:
    return (
        Column(
            "Item",
            lambda item: Tick(item.state is ItemState.MET, item.title),
            sort=lambda item: item.title,
            kind="tick",
            width=width,
            tip=lambda item: item.title,
        ),
        Column("How it stands", lambda item: badges[item.state], kind="badge", width=16),
        Column(why, lambda item: item.why, width=40, tip=lambda item: item.why),
    )


class ChecklistTable(RowsTable):
    """The items of one checklist, in their order.

    *toggled* carries the chosen items when Space, Enter or a click on a box asks to tick them off,
    or to take that back.  *badges* say how each stands, *why* heads the column of reasons, and
    items are *width* characters wide at first; *stretch* is the column that takes what is left.
    """

    KEYS = Keys("In a checklist", (("Space", "Tick the chosen items off, or take it back"),))

    toggled = Signal(object)

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        badges: Mapping[ItemState, Badge] = BADGES,
        why: str = "Why",
        width: int = 30,
        stretch: int = 2,
    ) -> None:
        columns = _columns(badges, why, width)
        super().__init__(RowsModel(columns), name, theme, stretch=stretch, several=True)
        self.rows.setParent(self)
        access.name(self, name, "Space ticks off")
        self.row_opened.connect(lambda _row: self.toggle())

    def wanted(self) -> tuple[Item, ...]:
        """Return the chosen items, the current one where none is selected."""
        row = self.chosen()
        return tuple(self.selected()) or (() if row is None else (row,))

    def toggle(self) -> None:
        """Ask for the chosen items to be ticked off, or for that to be taken back."""
        if found := self.wanted():
            self.toggled.emit(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks its item off."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or index.column() != 0:
            return
        left = self.visualRect(index).left()
        if event.position().x() < left + self._theme.space(2.5) + tick_width(self._theme):
            self.toggled.emit((self.rows.row(index.row()),))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Space; with Control it selects as in any list."""
        if event.key() == Qt.Key.Key_Space and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.toggle()
        else:
            super().keyPressEvent(event)
