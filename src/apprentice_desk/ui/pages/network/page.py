"""The page of the network: what goes on around apprentices, one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenNetwork, OpenPage, OpenPlacements
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.network.part import PARTS
from apprentice_desk.ui.parted import PartedPage
from apprentice_desk.ui.recording.panel import READ_ONLY

ADD_KEYS = "Ctrl+Shift+A"


class NetworkPage(PartedPage):
    """What goes on around apprentices."""

    TITLE = "Network"
    SWITCH = "Parts of the network"
    PARTS = PARTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        add_key(self, "Add what is listed", ADD_KEYS, self._on_add)
        self.show_part(self._shown)

    def _actions(self) -> Sequence[QWidget]:
        theme = self._desk.theme
        self.add = button("", theme, self._on_add, role="primary", icon="plus")
        self.add.setEnabled(not self._desk.store.is_read_only)
        self.add.setToolTip(as_tip(READ_ONLY if self._desk.store.is_read_only else ADD_KEYS))
        self.cases = button("Cases", theme, self._go_to_cases, icon="target")
        self.cases.setToolTip("What is to be different, in LOTI's planner headings")
        self.elsewhere = button("Places elsewhere", theme, self._go_elsewhere, icon="map")
        self.elsewhere.setToolTip("Vacancies, shadowing places and visits of other boroughs")
        return self.add, self.elsewhere, self.cases

    def _on_shown(self, part: Any) -> None:
        self.add.setVisible(bool(part.adds))
        self.add.setText(part.adds)
        access.name(self.add, part.adds)

    def arrive(self, destination: OpenNetwork) -> FormDialog | None:
        """Show a part or one record of it; return its form, at the field to fill in."""
        self._refresh_stale()
        self.show_part(destination.part)
        part = self.part(self._shown)
        if destination.record_id is None:
            part.take_keyboard()
            return None
        is_there, form = part.go_to(destination.record_id, destination.field)
        if not is_there:
            self._desk.messages.warn(
                f"This {part.thing} is not in the desk any more.", "Somebody removed it."
            )
        found: FormDialog | None = form
        return found

    def _on_add(self) -> None:
        if self.add.isEnabled() and self.part(self._shown).adds:
            self.part(self._shown).start_adding()

    def _go_elsewhere(self) -> None:
        self._desk.go(OpenPlacements("all", "network"))

    def _go_to_cases(self) -> None:
        self._desk.go(OpenPage("case"))
