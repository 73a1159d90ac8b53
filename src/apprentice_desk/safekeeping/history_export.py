"""The history of a desk as a CSV file: one line for each field that a change altered."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from apprentice_desk.domain.plain_cells import as_plain
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.changes_told import told_change
from apprentice_desk.records.desk_history import HistoryRow, Wanted, history_rows
from apprentice_desk.records.history_kinds import touched_in_words
from apprentice_desk.records.store import Store
from apprentice_desk.sheets.saving import replacing

HEADINGS = (
    "Number", "When (UTC)", "Who", "What", "Touched", "Stands", "Record", "Field", "Before",
    "After",
)  # fmt: skip


def write_history(store: Store, wanted: Wanted, path: str | Path, progress: Progress) -> Path:
    """Write every change that is *wanted* to *path*, the newest first, and return the path.

    The text is UTF-8 with a mark, which spreadsheets want, and nothing in it is a formula.  Raises
    Problem where it cannot be written.
    """
    path = Path(path)
    rows = store.read(history_rows, wanted)
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for turn, row in enumerate(rows):
            progress.step(turn, len(rows), "Writing the history")
            writer.writerows(map(as_plain, line) for line in _lines(store, row, wanted))
    return path


def _lines(store: Store, row: HistoryRow, wanted: Wanted) -> Sequence[tuple[str, ...]]:
    stands = "undone" if row.is_undone else "permanent" if row.is_final else "yes"
    head = (
        str(row.number), row.recorded_at.strftime("%Y-%m-%d %H:%M:%S"), row.person, row.label,
        touched_in_words(row.touched), stands,
    )  # fmt: skip
    told = store.read(told_change, row.number, wanted.records)
    lines = [
        (*head, f"{record.what}, {record.how}", field.label, field.before, field.after)
        for record in told.records
        for field in record.fields
    ]
    return lines or [(*head, "", "", "", "")]
