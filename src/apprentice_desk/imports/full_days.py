"""Rows that would give one apprentice more than 24 hours on a day are refused, in their order.

After rows are held against the desk: what it has already is counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain import days_hours
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Fate, Review, ReviewedRow
from apprentice_desk.records.hours import LoggedEntry

_FROM = ("duration", "minutes", "diary", "finished_at")


def keep_to_days(
    review: Review[HoursEntry], table: Table, entries: Iterable[LoggedEntry]
) -> Review[HoursEntry]:
    """Return *review* with the rows refused that do not fit into their day beside *entries*."""
    logged: dict[tuple[UUID | None, date | None], int] = defaultdict(int)
    for known in entries:
        details = known.details
        logged[details.apprenticeship_id, details.done_on] += details.minutes or 0
    columns = RowReader.columns_of(review.matching)
    rows: list[ReviewedRow[HoursEntry]] = []
    for at, row in enumerate(review.all_rows):
        entry = row.entry
        if entry is None or entry.details.done_on is None:
            rows.append(row)
            continue
        key = (entry.details.apprenticeship_id, entry.details.done_on)
        minutes = entry.details.minutes or 0
        found = days_hours.check_sum(entry.details.done_on, minutes, logged[key])
        if not found:
            logged[key] += minutes
            rows.append(row)
            continue
        place = RowReader(table, columns, table.rows[at]).place(*_FROM)
        findings = tuple(replace(finding, place=place) for finding in found)
        rows.append(
            replace(
                row, fate=Fate.REFUSED, entry=None, place=place, findings=findings + row.findings
            )
        )
    return replace(review, all_rows=tuple(rows))
