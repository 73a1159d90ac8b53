"""The part 'What left' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class LedgerPart(SwitchedPart):
    """Every file that went out of this desk."""

    name = "ledger"
    title = "What left"
    about = "Every file that went out of this desk"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
