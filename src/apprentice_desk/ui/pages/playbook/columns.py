"""What the list of guides shows of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apprentice_desk.domain.guides import Guide
from apprentice_desk.ui.kit.rows import Column


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One guide in its place; *searched* is all that a filter looks through."""

    id: str
    place: int
    guide: Guide
    searched: str


def guide_lines(guides: Sequence[Guide]) -> tuple[GuideLine, ...]:
    """Return a line for each guide."""
    return tuple(
        GuideLine(
            guide.name,
            place,
            guide,
            " ".join((guide.title, guide.about, guide.words, guide.text)),
        )
        for place, guide in enumerate(guides, start=1)
    )


COLUMNS = (
    Column("Stage", lambda line: str(line.place), lambda line: line.place, right=True, width=5),
    Column("Guide", lambda line: line.guide.title, width=20, found_by=lambda line: line.searched),
    Column(
        "What it is about",
        lambda line: line.guide.about,
        width=30,
        kind="quiet",
        tip=lambda line: line.guide.about,
    ),
)
