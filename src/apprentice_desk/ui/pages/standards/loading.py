"""What the page has done behind the window: reading a file, and what loading it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.standards import VersionDetails
from apprentice_desk.domain.standards_comparing import Comparison, compare
from apprentice_desk.domain.standards_text import ReadKsbs
from apprentice_desk.imports.standard_files import VersionFile, read_standard_file
from apprentice_desk.imports.standard_sheets import read_standard_sheet
from apprentice_desk.records.standard_versions import find_version
from apprentice_desk.ui.desk import Desk

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
PATTERNS = (
    f"Standards and lists (*.json {' '.join('*' + ending for ending in SHEETS)})",
    "All files (*)",
)


@dataclass(frozen=True, slots=True)
class OfferedVersion:
    """One version that can be loaded; *comparison* is with what the desk has of it."""

    details: VersionDetails
    notes: tuple[str, ...]
    comparison: Comparison | None

    @property
    def id(self) -> str:
        """Code and version."""
        return self.details.name

    @property
    def is_same(self) -> bool:
        """Whether the desk says the same already, to the letter."""
        return self.comparison is not None and self.comparison.before == self.details


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file held: whole versions, or a list of codes and words."""

    name: str
    versions: tuple[OfferedVersion, ...] = ()
    listed: ReadKsbs | None = None


def offered(session: Any, files: Sequence[VersionFile]) -> tuple[OfferedVersion, ...]:
    """Return *files* beside what the desk has of them."""
    found = []
    for each in files:
        held = find_version(session, each.details.standard_code or "", each.details.version)
        comparison = None if held is None else compare(held.details, each.details)
        found.append(OfferedVersion(each.details, each.notes, comparison))
    return tuple(found)


def reading_file(desk: Desk, path: str) -> Callable[[Progress], ReadFile]:
    """Return the work of reading the file at *path*, whichever kind it is."""
    store, name = desk.store, Path(path).name

    def work(progress: Progress) -> ReadFile:
        progress.step(0, None, "Reading the file")
        if path.casefold().endswith(SHEETS):
            return ReadFile(name, listed=read_standard_sheet(path))
        files = read_standard_file(path)
        return ReadFile(name, versions=store.read(offered, files))

    return work
