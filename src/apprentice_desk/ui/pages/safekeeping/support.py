"""The part 'Logs and support' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class SupportPart(SwitchedPart):
    """What helps whoever supports the program."""

    name = "support"
    title = "Logs and support"
    about = "What helps whoever supports the program"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
