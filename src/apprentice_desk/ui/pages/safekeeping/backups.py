"""The part 'Backups' of Safekeeping."""

from __future__ import annotations

from apprentice_desk.ui.parted import SwitchedPart


class BackupsPart(SwitchedPart):
    """Copies of this desk, and the way back to one."""

    name = "backups"
    title = "Backups"
    about = "Copies of this desk, and the way back to one"

    def refresh(self) -> None:
        """Read what is shown anew."""
        self.is_stale = False
