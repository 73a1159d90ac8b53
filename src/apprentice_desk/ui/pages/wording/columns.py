"""What the list of wording shows of each version."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apprentice_desk.documents.wording_list import Doing, WordingLine
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.ui.kit.rows import Badge, Column

TABLES = ("wording_kept", "document_made", "contract", "organisation")
"""What the list is made of."""

TO_DO, OWN, ALL = "to do", "own", "all"
KEEPS: dict[str, Callable[[WordingLine], bool] | None] = {
    TO_DO: lambda line: line.doing is not Doing.NOTHING,
    OWN: lambda line: line.is_own,
    ALL: None,
}

_TO_DO = {
    Doing.LEFT_OUT: Badge("Left out", "danger", "circle-x"),
    Doing.REVIEW_PAST: Badge("Read it again", "danger", "calendar-clock"),
    Doing.OVERTAKEN: Badge("Newer packaged", "warning", "refresh-cw"),
    Doing.REVIEW_NEAR: Badge("Read it again soon", "warning", "calendar-clock"),
    Doing.DRAFT: Badge("Draft", "warning", "pencil"),
}


def badge(line: WordingLine) -> Badge:
    """Return how a version stands, in a word or two."""
    if line.doing is not Doing.NOTHING:
        return _TO_DO[line.doing]
    if line.row is not None and line.row.status is Standing.WITHDRAWN:
        return Badge("Withdrawn", "quiet", "ban")
    if line.is_older:
        return Badge("Older version", "quiet", "history")
    if line.replaced_by:
        return Badge("Own stands for it", "note", "arrow-left-right")
    return Badge("In force", "good", "check")


def whose(line: WordingLine) -> str:
    """Return where a version comes from."""
    if line.row is None:
        return "packaged"
    return "from a pack" if line.row.source else "own"


COLUMNS = (
    Column("Clause", lambda line: line.title, width=30, kind="strong", tip=lambda line: line.says),
    Column("In", lambda line: ", ".join(line.types), width=24),
    Column("Whose", whose, width=12),
    Column("Version", lambda line: str(line.version), sort=lambda line: line.version, right=True,
           width=9),
    Column(
        "Standing",
        badge,
        sort=lambda line: (line.doing, badge(line).text),
        say=lambda line: f"{badge(line).text}. {line.says}".strip(),
        kind="badge",
        width=20,
    ),
    Column(
        "Review by",
        lambda line: "" if line.review_by is None else table_day(line.review_by),
        sort=lambda line: line.review_by,
        say=lambda line: "" if line.review_by is None else f"review by {show_day(line.review_by)}",
        width=12,
    ),
    Column(
        "Approved by",
        lambda line: "" if line.row is None else line.row.approved_by,
        width=18,
    ),
    Column(
        "Contracts",
        lambda line: str(line.contracts) if line.contracts else "",
        sort=lambda line: line.contracts,
        right=True,
        width=11,
        say=lambda line: f"used by {counted(line.contracts, 'contract')}",
    ),
)  # fmt: skip
LEFT_OUT_FIRST = (7, 6, 1, 3, 5, 2)
"""Columns that a narrow window leaves out, the first one first."""


def counts_in_words(lines: Sequence[WordingLine], version: str) -> str:
    """Say how much wording there is, how much of it is own, and how much needs doing."""
    own = sum(line.is_own for line in lines)
    to_do = sum(line.doing is not Doing.NOTHING for line in lines)
    parts = [
        counted(len(lines), "clause"),
        f"{own} of the borough's own" if own else "none of the borough's own",
        f"standard wording {version}",
    ]
    if to_do:
        parts.insert(1, f"{to_do} to do")
    return " · ".join(parts)
