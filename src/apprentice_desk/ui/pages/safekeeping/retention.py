"""The part 'How long' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class RetentionPart(SwitchedPart):
    """How long people are kept, and their rights."""

    name = "retention"
    title = "How long"
    about = "How long people are kept, and their rights"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
