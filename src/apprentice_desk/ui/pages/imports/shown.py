"""What the review of a list shows, worked out from its rows at once.

A list may have 100,000 rows: going through them takes too long for the window's thread, so the
job that reviews them makes this too.
"""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.imports.applying import brings_anything, label_of
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate
from apprentice_desk.ui.pages.imports import columns, sentences
from apprentice_desk.ui.pages.imports.columns import Line
from apprentice_desk.ui.pages.imports.sentences import Doubt


@dataclass(frozen=True, slots=True)
class Shown:
    """A review as it is shown; good for as long as *review* is the one that is meant."""

    review: AnyReview
    lines: list[Line]
    sums: str
    doubts: list[Doubt]
    offered: str
    label: str
    imported: int
    waiting: tuple[int, ...]
    """The rows with a correction that is not accepted, or not wholly."""
    is_any: bool
    """Whether anything would come in."""
    has_corrections: bool
    has_sheets: bool


def shown(review: AnyReview) -> Shown:
    """Return what is shown of *review*; on any thread."""
    lines, corrections = columns.lines(review), review.corrections
    return Shown(
        review,
        lines,
        sentences.sums(review),
        sentences.doubts(review),
        sentences.offered(review),
        label_of(review),
        review.count(Fate.IMPORTED),
        tuple(
            row.number
            for row in corrections
            if row.number not in review.ticked or review.declined.get(row.number)
        ),
        brings_anything(review),
        bool(corrections),
        any(line.sheet for line in lines),
    )
