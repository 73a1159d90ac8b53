"""A document that is one page: a table in it is cut where the page is full, and says so itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from apprentice_desk.documents import pdf
from apprentice_desk.documents.tree import Document
from apprentice_desk.domain.progress import Progress

_MOST_ROWS = 80
"""More rows than this never fit on a page, however short its words."""

Build = Callable[[int], Document]
"""Returns the document with so many of its rows, and a sentence on the rest."""


def fitting_rows(build: Build, rows: int) -> int:
    """Return how many of *rows* rows fit on one page; 0 if not even one does."""
    low, high = 0, min(rows, _MOST_ROWS)
    while low < high:
        middle = (low + high + 1) // 2
        if pdf.page_count(build(middle)) > 1:
            high = middle - 1
        else:
            low = middle
    return low


def write(path: str | Path, build: Build, rows: int, progress: Progress | None = None) -> Path:
    """Save what *build* returns as a PDF of one page; return where it stands.

    What does not fit on a page even without rows takes more.  Raises Problem as pdf.write() does.
    """
    return pdf.write(path, build(fitting_rows(build, rows)), progress)
