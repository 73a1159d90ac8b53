"""What became of each row, in words, and as a workbook: the list's own columns with its fate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from apprentice_desk.domain.findings import Level
from apprentice_desk.imports import values
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate, ReviewedRow
from apprentice_desk.sheets import (
    Cell,
    ColumnSpec,
    SheetSpec,
    Value,
    check_target,
    write_long_workbook,
    write_workbook,
)

_SHEET = "Rows"
_MOST_HELD = 5_000  # rows that are held in memory for the styled workbook
_WIDEST = 60
_FATE, _REASON, _REMEDY = "Fate", "Reason", "Remedy"


def words(row: ReviewedRow[Any]) -> str:
    """Return what becomes of a row: its fate, and the kind of it."""
    match row.fate:
        case Fate.IMPORTED if row.correction is not None:
            return "imported: correction accepted"
        case Fate.IMPORTED if isinstance(row.entry, HoursEntry) and not row.entry.details.counts:
            return "imported: does not count"
        case Fate.SKIPPED if row.correction is not None:
            return "skipped: correction not accepted"
        case Fate.SKIPPED if (
            row.waits and isinstance(row.offered, PaymentEntry) and row.offered.is_unpaid
        ):
            return "skipped: not paid by its status"
        case Fate.SKIPPED if row.waits and isinstance(row.offered, PaymentEntry):
            return "skipped: refund or payment"
        case Fate.SKIPPED if row.waits:
            return "skipped: provider not known"
        case Fate.SKIPPED if row.is_twin:
            return "skipped: likely duplicate"
    return str(row.fate)


def reason(row: ReviewedRow[Any]) -> str:
    """Return why a row has its fate, with the notes on it."""
    if row.fate is Fate.REFUSED:
        return why_refused(row, with_remedy=False)
    said = [row.reason]
    if row.fate is Fate.IMPORTED:
        if row.correction is not None:
            said.append(f"Corrects {row.correction.said}.")
        if isinstance(row.entry, HoursEntry):
            said.append(row.entry.why_not)
        said += [finding.message for finding in row.findings]
    return " ".join(part for part in said if part)


def remedy(row: ReviewedRow[Any]) -> str:
    """Return what can be done about a row's fate."""
    remedies = dict.fromkeys(
        finding.remedy
        for finding in row.findings
        if finding.remedy and (row.fate is not Fate.REFUSED or finding.level is not Level.NOTE)
    )
    if row.fate is Fate.SKIPPED and row.correction is not None:
        remedies["Accept the correction in the review if the list is right."] = None
    return " ".join(remedies)


def why_refused(row: ReviewedRow[Any], *, with_remedy: bool = True) -> str:
    """Return in one text why a row stayed out: the first cell's reason, then the others'."""
    reasons = []
    for finding in row.findings:
        if finding.level is Level.NOTE:
            continue
        said = f"{finding.message} {finding.remedy if with_remedy else ''}".strip()
        is_elsewhere = finding.place.column != row.place.column
        cell = replace(finding.place, file="", sheet="").words()
        reasons.append(f"{cell[:1].upper()}{cell[1:]}: {said}" if is_elsewhere else said)
    return " ".join(reasons)


def write(path: str | Path, review: AnyReview, table: Table) -> None:
    """Save every row of the list with its fate, reason and remedy as a workbook.

    Text stays text, whatever it begins with.  Raises Problem if the file cannot be written, or if
    something stands there that is no workbook.
    """
    path = check_target(path)
    width = len(table.headings)
    kinds = [_kind([row.cells[at] for row in table.rows]) for at in range(width)]
    has_places = any(row.at for row in review.rows)
    columns = [ColumnSpec("Cell" if has_places else "Row", "text" if has_places else "integer", 6)]
    for at, heading in enumerate(table.headings):
        shown = [values.text(row.cells[at]) for row in table.rows[:100]]
        longest = max((len(text) for text in (heading, *shown)), default=10)
        is_long = longest > _WIDEST // 2
        columns.append(
            ColumnSpec(
                " ".join(heading.split()), kinds[at],  # type: ignore[arg-type]
                min(_WIDEST, max(10, longest + 2)), is_wrapped=is_long,
            )
        )  # fmt: skip
    columns += [
        ColumnSpec(_FATE, width=30),
        ColumnSpec(_REASON, width=_WIDEST, is_wrapped=True),
        ColumnSpec(_REMEDY, width=_WIDEST, is_wrapped=True),
    ]
    every: tuple[ReviewedRow[Any], ...] = review.rows
    rows = [
        (
            row.at or row.number,
            *(_value(cell, kind) for cell, kind in zip(body.cells, kinds, strict=True)),
            words(row),
            reason(row),
            remedy(row),
        )
        for body, row in zip(table.rows, every, strict=True)
    ]
    spec = SheetSpec(_SHEET, tuple(columns), rows, has_filter=True)
    title = f"What became of the rows of {review.file_name}"
    if len(rows) <= _MOST_HELD:
        write_workbook(path, [spec], title=title)
    else:
        write_long_workbook(path, [spec], title=title, rows_beside=True)


def _kind(cells: list[Cell]) -> str:
    """Return what a column holds, so that days and numbers stay what they are."""
    told = [cell for cell in cells if not values.is_blank(cell)]
    if told and all(isinstance(cell, date) and not isinstance(cell, datetime) for cell in told):
        return "date"
    if told and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in told):
        return "number"
    return "text"


def _value(cell: Cell, kind: str) -> Value:
    if kind == "text" or values.is_blank(cell):
        return values.text(cell) or None
    assert isinstance(cell, date | int | float)
    return cell
