"""The lines of a rehearsal: one for each gap, and one for a file without any."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.documents.audit import Rehearsal
from apprentice_desk.domain.audit_checks import Gap
from apprentice_desk.ui.kit.rows import Column


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap of one file, or that a file has none."""

    id: str
    name: str
    gap: Gap | None

    @property
    def about(self) -> str:
        """What the gap is about."""
        return "No gap found" if self.gap is None else _capital(self.gap.kind)

    @property
    def says(self) -> str:
        """What is missing."""
        return "" if self.gap is None else self.gap.says

    @property
    def closes(self) -> str:
        """What would close it."""
        return "" if self.gap is None else self.gap.closes


COLUMNS = (
    Column("Apprentice", lambda line: line.name, kind="strong", width=20),
    Column("About", lambda line: line.about, width=24),
    Column("What is missing", lambda line: line.says, width=44, tip=lambda line: line.says),
    Column("What would close it", lambda line: line.closes, width=34,
           tip=lambda line: line.closes),
)  # fmt: skip
CAN_DO_WITHOUT = (3,)
"""What would close it, where there is no room for all: it stands below the list."""


def lines_of(rehearsal: Rehearsal) -> list[GapLine]:
    """Return the gaps, file by file as they were drawn."""
    lines = []
    for each in rehearsal.files:
        name = each.file.name
        for number, gap in enumerate(each.gaps):
            lines.append(GapLine(f"{each.file.id.hex} {number}", name, gap))
        if not each.gaps:
            lines.append(GapLine(each.file.id.hex, name, None))
    return lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
