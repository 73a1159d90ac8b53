"""The part 'History' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class HistoryPart(SwitchedPart):
    """Who changed what, and when."""

    name = "history"
    title = "History"
    about = "Who changed what, and when"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
