"""The page Safekeeping, one part at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.parted import PartedPage, PartPlace

_HERE = "apprentice_desk.ui.pages.safekeeping"


class SafekeepingPage(PartedPage):
    """Who gets in, what is kept, what left, and for how long."""

    TITLE = "Safekeeping"
    SWITCH = "Parts of safekeeping"
    PARTS = (
        PartPlace("protection", "Passphrase and lock", f"{_HERE}.protection", "ProtectionPart"),
        PartPlace("backups", "Backups", f"{_HERE}.backups", "BackupsPart"),
        PartPlace("place", "Where it stands", f"{_HERE}.place", "PlacePart"),
        PartPlace("history", "History", f"{_HERE}.history", "HistoryPart"),
        PartPlace("ledger", "What left", f"{_HERE}.ledger", "LedgerPart"),
        PartPlace("retention", "How long", f"{_HERE}.retention", "RetentionPart"),
        PartPlace("support", "Logs and support", f"{_HERE}.support", "SupportPart"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.show_part(self._shown)

    def arrive(self, destination: OpenHistory) -> None:
        """Show what was changed of one record, as another page asked."""
        self.part("history").show_record(destination)
        self.show_part("history")
        self.part("history").table.setFocus(Qt.FocusReason.OtherFocusReason)
