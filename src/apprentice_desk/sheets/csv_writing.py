"""Writing CSV files that spreadsheets open as what they are: text, and never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from apprentice_desk.domain.plain_cells import as_plain
from apprentice_desk.private_files import replacing


def write_csv(path: str | Path, rows: Iterable[Sequence[str]], *, has_mark: bool = True) -> None:
    """Write *rows*, headings first, as UTF-8; what would be a formula is kept from that.

    *has_mark* begins the file with the mark by which Excel knows that it is UTF-8.  Raises Problem
    if the file cannot be written.
    """
    encoding = "utf-8-sig" if has_mark else "utf-8"
    with replacing(path) as fresh, fresh.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([as_plain(cell) for cell in row])
