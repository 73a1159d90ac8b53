"""The page of one procurement: its days as a line, and below it what it is about, card by card.

It is reached from the list of procurements, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.records.procurement_overview import MADE_OF, procurement_overview
from apprentice_desk.ui.contracting.procurements import Procurements
from apprentice_desk.ui.desk import Desk, OpenPage, OpenProcurement
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.procurement.part import (
    PARTS,
    Column,
    ProcurementPart,
    ProcurementShown,
    as_shown,
)
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown


class ProcurementPage(ScrollingPage):
    """One procurement: a part over the whole width, and two columns of them below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._key: UUID | None = None
        self._shown: ProcurementShown | None = None
        self.dialog: FormDialog | None = None
        self.back = button("Back to the list", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to the list of procurements (Alt+Left)")
        self.edit = button("Edit", theme, self._on_edit, icon="pencil")
        self.edit.setToolTip("Change what is bought, the law, the scale (Ctrl+E)")
        self.header = PageHeader("", "", theme, (self.edit, self.back))
        self.nothing = EmptyState(
            theme,
            "list-checks",
            "No procurement is chosen",
            "Choose one in the list of procurements, or search for its title.",
            "Go to the list",
            self._go_back,
        )
        self.parts: dict[str, ProcurementPart] = {}
        columns: dict[Column, QWidget] = {name: QWidget() for name in ("wide", "main", "side")}
        filled: dict[Column, QVBoxLayout] = {}
        for name, column in columns.items():
            filled[name] = QVBoxLayout(column)
            filled[name].setContentsMargins(0, 0, 0, 0)
            filled[name].setSpacing(theme.space(GAP_QUARTERS))
        for place in PARTS:
            made = self.parts[place.name] = place.make(desk)
            filled[place.column].addWidget(made)
        for name in ("main", "side"):
            filled[name].addStretch(1)
        self._all = QWidget()
        down = QVBoxLayout(self._all)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(GAP_QUARTERS))
        down.addWidget(columns["wide"])
        below = [columns["main"], columns["side"]]
        down.addWidget(SideBySide(below, theme, shares=(7, 4), narrowest=190))
        for each in (self.header, self.nothing, self._all):
            self.put(each)
        self.put_spare()
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to the list of procurements", "Alt+Left", self.back.click)
        add_key(self, "Edit this procurement", "Ctrl+E", self.edit.click)
        self._show()

    # showing

    @property
    def shown(self) -> ProcurementShown | None:
        """The procurement that is shown."""
        return self._shown

    def part(self, name: str) -> ProcurementPart:
        """Return the part of this name."""
        return self.parts[name]

    def refresh(self) -> None:
        """Read the procurement anew."""
        if self._key is None:
            return
        found = self._desk.store.read(procurement_overview, self._key)
        if found is None:
            self._key, self._shown = None, None
        else:
            self._shown = as_shown(found, self._desk.clock.today())
        self._show()

    def _show(self) -> None:
        shown = self._shown
        self.edit.setVisible(shown is not None and not self._desk.store.is_read_only)
        self.nothing.setVisible(shown is None)
        self._all.setVisible(shown is not None)
        if shown is None:
            self.header.set_words("Procurement", "")
        else:
            details = shown.found.details
            route = f"by {details.route}" if details.route is not None else ""
            about = (details.reference, details.regime or "", route)
            self.header.set_words(details.title, " · ".join(each for each in about if each))
            for part in self.parts.values():
                part.show_procurement(shown)
        self.header.arrange()

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*MADE_OF, "document_made"):
            self.note_stale()

    # coming and going

    def arrive(self, destination: OpenProcurement) -> None:
        """Show a procurement, as another page asked, and one of its parts."""
        self._key = destination.procurement_id
        self.refresh()
        if self._shown is None:
            self._desk.messages.warn(
                "This procurement is not in the desk any more.", "Somebody removed it."
            )
            return
        part = self.parts.get(destination.part)
        if part is None:
            self.area.verticalScrollBar().setValue(0)
            self.back.setFocus()
            return
        if destination.item_id is not None:
            part.arrive(destination.item_id)
        else:
            part.take_keyboard()
        # Its place is known once the layouts have settled.
        QTimer.singleShot(0, part, lambda: self.area.ensureWidgetVisible(part))

    def _on_edit(self) -> None:
        shown = self._shown
        if shown is not None and not self._desk.store.is_read_only:
            row = Shown(shown.found.id, shown.found.details.reference, None)
            self.dialog = editing.change(Procurements(self._desk), row, self)

    def _go_back(self) -> None:
        self._desk.go(OpenPage("procurements"))
