"""The quick line: hours for one or many people in a line such as "ada, noor 3:30 tue workshop".

This is its front: what a page needs.  The grammar is told in resources/help/quick-line.md, and
every example there is read by a test.
"""

from __future__ import annotations

from apprentice_desk.domain.quick_completion import complete
from apprentice_desk.domain.quick_known import Known, Person
from apprentice_desk.domain.quick_reading import LONGEST_LINE, read
from apprentice_desk.domain.quick_values import (
    Chip,
    ChipKind,
    Completion,
    Hours,
    LineFinding,
    QuickEntry,
    QuickLine,
)
from apprentice_desk.domain.quick_writing import write

__all__ = [
    "LONGEST_LINE",
    "Chip",
    "ChipKind",
    "Completion",
    "Hours",
    "Known",
    "LineFinding",
    "Person",
    "QuickEntry",
    "QuickLine",
    "complete",
    "read",
    "write",
]
