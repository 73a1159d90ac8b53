"""A list as it is seen, written out: for a PDF, a workbook and the clipboard.

Each takes the columns, the order and the rows that are on screen and nothing else.  Plain
functions without a window, so that a job does the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk.documents import tree
from apprentice_desk.domain.durations import bound
from apprentice_desk.domain.plain_cells import as_lines, as_plain, sheet_name
from apprentice_desk.domain.progress import Progress
from apprentice_desk.sheets import ColumnSpec, SheetSpec, check_target, write_workbook

if TYPE_CHECKING:
    from apprentice_desk.ui.kit.seen import SeenList

_STEPS = 200
_WIDE_COLUMNS = 5
"""From so many columns on a list is printed on paper that lies on its side."""

_SAMPLE = "Sample, invented people"
_TEXT_CELL = """style="mso-number-format:'\\@'" sdnum="1033;0;@\""""
"""Tells Excel, and LibreOffice, that a pasted cell is text, and nothing in it a formula."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list comes from: the borough, the day in words, and whether it is the sample."""

    borough: str
    day: str
    is_sample: bool


def _cells(seen: SeenList, progress: Progress) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(seen.rows):
        if number % _STEPS == 0:
            progress.step(number, len(seen.rows), "Reading the list")
        yield tuple(" ".join(column.text(row).split()) for column in seen.columns)


def as_document(seen: SeenList, origin: Origin, progress: Progress) -> tree.Document:
    """Return the list as a document: what it shows in words, then the table."""
    facts = " · ".join(f"{name}: {words}" for name, words in seen.facts)
    columns = tuple(tree.Column(column.heading, column.right) for column in seen.columns)
    cells = tuple(tuple(map(bound, line)) for line in _cells(seen, progress))
    table = tree.Table(seen.title, columns, cells)
    return tree.Document(
        title=seen.title,
        blocks=(tree.Para(facts, is_quiet=True), table),
        is_wide=len(columns) >= _WIDE_COLUMNS,
        is_sample=origin.is_sample,
        foot=f"{origin.borough} · {origin.day}",
    )


def save_pdf(path: str | Path, seen: SeenList, origin: Origin, progress: Progress) -> Path:
    """Write the list as a PDF; raises Problem where that cannot be, or would lose something."""
    path = check_target(path, ending=".pdf")
    # Late: ReportLab takes a fifth of a second to import, and most days nobody prints.
    from apprentice_desk.documents import pdf

    return pdf.write(path, as_document(seen, origin, progress), progress)


def save_workbook(path: str | Path, seen: SeenList, origin: Origin, progress: Progress) -> Path:
    """Write the list as a workbook, days and figures typed, with a sheet that says what it is."""
    path = check_target(path)
    columns = tuple(
        ColumnSpec(column.heading, column.holds, width=max(10.0, column.width * 1.1))
        for column in seen.columns
    )
    texts = tuple(_cells(seen, progress))
    values = [
        [
            column.value(row) if column.value is not None else text
            for column, text in zip(seen.columns, line, strict=True)
        ]
        for row, line in zip(seen.rows, texts, strict=True)
    ]
    about = [("List", seen.title), ("Borough", origin.borough), ("Day", origin.day), *seen.facts]
    if origin.is_sample:
        about.append(("Note", _SAMPLE))
    write_workbook(
        path,
        (
            SheetSpec(sheet_name(seen.title), columns, values, table_name="List"),
            SheetSpec("About", (ColumnSpec("What"), ColumnSpec("Is", width=40)), about),
        ),
        title=seen.title,
    )
    return path


def as_text(seen: SeenList, progress: Progress) -> str:
    """Return the list as lines with tabs, headings first."""
    return as_lines([tuple(column.heading for column in seen.columns), *_cells(seen, progress)])


def as_html(seen: SeenList, progress: Progress) -> str:
    """Return the list as a table that spreadsheets and letters take when it is pasted."""
    head = "".join(f"<th {_TEXT_CELL}>{escape(column.heading)}</th>" for column in seen.columns)
    is_text = [column.holds == "text" for column in seen.columns]
    lines = (
        "".join(_html_cell(text, is_text=words) for words, text in zip(is_text, cells, strict=True))
        for cells in _cells(seen, progress)
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_cell(text: str, *, is_text: bool) -> str:
    """Return a cell; what stands in a column of figures and is none is text as well."""
    style = f" {_TEXT_CELL}" if is_text or as_plain(text) != text else ""
    return f"<td{style}>{escape(text)}</td>"
