"""The page of one procurement: its days as a line, and below it what it is about, card by card.

It is reached from the list of procurements, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.records.procurement_overview import MADE_OF, procurement_overview
from apprentice_desk.ui.contracting.parts_page import OneWords, PartsPage
from apprentice_desk.ui.contracting.procurements import Procurements
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenProcurement
from apprentice_desk.ui.guiding.guides_here import TABLES
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.procurement.part import (
    PARTS,
    ProcurementPart,
    ProcurementShown,
    as_shown,
)
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown

_WORDS = OneWords(
    "procurement", "procurements", "list-checks", "title",
    "Change what is bought, the law, the scale",
)  # fmt: skip


class ProcurementPage(PartsPage):
    """One procurement: a part over the whole width, and two columns of them below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _WORDS, PARTS)

    def read(self, key: UUID) -> ProcurementShown | None:
        """Return the procurement with how it stands."""
        found = self._desk.store.read(procurement_overview, key)
        return None if found is None else as_shown(found, self._desk.clock.today())

    def touched_by(self, changes: Any) -> bool:
        """Whether *changes* are of what an overview or a document is read from."""
        return bool(changes.touches(*MADE_OF, *TABLES, "document_made"))

    def headed(self, shown: ProcurementShown) -> tuple[str, str]:
        """Return its title, and its reference, law and route."""
        details = shown.found.details
        route = f"by {details.route}" if details.route is not None else ""
        about = (details.reference, details.regime or "", route)
        return details.title, " · ".join(each for each in about if each)

    def show_in(self, part: ProcurementPart, shown: ProcurementShown) -> None:
        """Have a part show it."""
        part.show_procurement(shown)

    def arrive(self, destination: OpenProcurement) -> None:
        """Show a procurement, as another page asked, and one of its parts."""
        self.go_to(destination.procurement_id, destination)

    def start_editing(self, shown: ProcurementShown) -> FormDialog | None:
        """Open the form of the procurement."""
        row = Shown(shown.found.id, shown.found.details.reference, None)
        return editing.change(Procurements(self._desk), row, self)
