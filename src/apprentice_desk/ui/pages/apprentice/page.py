"""The page of one apprentice: who it is, how they stand, and one part of their record at a time.

It is reached from the list of apprentices; the navigation does not list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from apprentice_desk.records.standing import MADE_OF, ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenHistory, OpenPage, OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.moving.actions import MoveActions
from apprentice_desk.ui.pages.apprentice.part import PARTS, RecordPart


class ApprenticePage(ScrollingPage):
    """One apprenticeship, a part at a time; Left and Right on the parts' buttons change it."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._key: UUID | None = None
        self._row: ApprenticeRow | None = None
        self._shown = PARTS[0].name
        self._parts: dict[str, RecordPart] = {}
        self.back = button("Back to the list", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to the list of apprentices (Alt+Left)")
        self.moves = MoveActions(desk, self)
        self.record_move = button("Record a move", theme, icon="arrow-right")
        menu = QMenu(self.record_move)
        self.moves.fill(menu)
        self.record_move.setMenu(menu)
        access.name(self.record_move, "Record a move", "What happens to this apprenticeship")
        self.history = button("History", theme, self._on_history, icon="history")
        self.history.setToolTip("Who changed what of this apprenticeship (Ctrl+H)")
        self.header = PageHeader("", "", theme, (self.record_move, self.history, self.back))
        self.switch = Switch("Parts of the record", [(p.name, p.title) for p in PARTS], theme)
        self.nobody = EmptyState(
            theme,
            "user",
            "Nobody is chosen",
            "Choose somebody in the list of apprentices and open their record.",
            "Go to the list",
            self._go_back,
        )
        self._place = QVBoxLayout()  # holds every part made so far, one of them shown
        for each in (self.header, self.switch, self.nobody):
            self.put(each)
        self.put(self._place, 1)
        self.switch.chosen.connect(self.show_part)
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to the list of apprentices", "Alt+Left", self.back.click)
        add_key(self, "History of this apprenticeship", "Ctrl+H", self.history.click)
        self._show()

    # showing

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed in a part and not saved."""
        return any(part.has_unsaved_changes for part in self._parts.values())

    @property
    def shown_part(self) -> str:
        """The name of the part that is shown."""
        return self._shown

    @property
    def row(self) -> ApprenticeRow | None:
        """The apprenticeship that is shown."""
        return self._row

    def part(self, name: str) -> RecordPart:
        """Return a part, made when it is first wanted."""
        if name not in self._parts:
            place = next(each for each in PARTS if each.name == name)
            made = place.make(self._desk)
            self._parts[name] = made
            self._place.addWidget(made, 1)
            access.follow(list(self.switch.buttons.values())[-1], access.stops(made))
        return self._parts[name]

    def show_part(self, name: str) -> None:
        """Show another part of the record."""
        self._shown = name
        self._show()

    def refresh(self) -> None:
        """Read the apprenticeship anew, and what its part shows."""
        desk = self._desk
        if self._key is None:
            return
        rules, families = desk.lists.hours_rules, desk.lists.role_families
        found = desk.store.read(
            apprentice_rows, desk.clock.today(), rules, families, None, self._key
        )
        self._row = found[0] if found else None
        if self._row is None:
            self._key = None
        self._show()

    def _show(self) -> None:
        row = self._row
        is_read_only = self._desk.store.is_read_only
        self.moves.show_row(row, may_write=not is_read_only)
        self.record_move.setVisible(row is not None and not is_read_only)
        self.history.setVisible(row is not None)
        self.switch.show_value(self._shown)
        self.switch.setVisible(row is not None)
        self.nobody.setVisible(row is None)
        for name, part in self._parts.items():
            part.setVisible(row is not None and name == self._shown)
        if row is None:
            self.header.set_words("Apprentice", "")
            return
        says = " · ".join(each for each in (row.standard_shown, str(row.status)) if each)
        self.header.set_words(row.name, says)
        part = self.part(self._shown)
        part.show()
        part.show_record(row)

    def _on_changed(self, changes: Any) -> None:
        shown = self._parts.get(self._shown)
        if changes.touches(*MADE_OF, *(shown.tables if shown is not None else ())):
            self.note_stale()

    # coming and going

    def arrive(self, destination: OpenRecord) -> None:
        """Show an apprenticeship, as another page asked."""
        self._key = destination.apprenticeship_id
        if any(each.name == destination.part for each in PARTS):
            self._shown = destination.part
        self.refresh()
        if self._row is None:
            self._desk.messages.warn(
                "This apprentice is not in the desk any more.", "Somebody removed the record."
            )
            return
        part = self.part(self._shown)
        if destination.item_id is not None:
            part.arrive(destination.item_id)
        elif destination.item:
            part.arrive_at(destination.item)
        else:
            part.take_keyboard()
        # Its place is known once the layouts have settled.
        QTimer.singleShot(0, self, lambda: self._see(part))

    def _see(self, part: RecordPart) -> None:
        """Scroll to the row of the list in *part* that has the keyboard."""
        here = self.focusWidget()
        if not isinstance(here, RowsTable) or not part.isAncestorOf(here):
            return
        rect = here.visualRect(here.currentIndex())
        if rect.isValid():
            place = here.viewport().mapTo(self._content, rect.center())
            self.area.ensureVisible(place.x(), place.y(), 0, 2 * rect.height())

    def _on_history(self) -> None:
        if self._row is not None:
            self._desk.go(OpenHistory("apprenticeship", self._row.id, self._row.name))

    def _go_back(self) -> None:
        to_list = OpenPage("apprentices")
        self._desk.go(to_list if self._key is None else OpenApprentice(self._key))
