"""The part 'Passphrase and lock' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class ProtectionPart(SwitchedPart):
    """Who can open this desk."""

    name = "protection"
    title = "Passphrase and lock"
    about = "Who can open this desk"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
