"""What the page Merge returns says: the columns of its list and its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.returns.merged import BoroughState, Fate, Merged, State
from apprentice_desk.returns.receiving import Line
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.pages.merge.listing import counted

_BADGES = {
    Fate.ACCEPTED: Badge("Accepted", "good", "check"),
    Fate.PARTLY: Badge("Accepted in part", "warning", "triangle-alert"),
    Fate.REPLACED: Badge("Replaced", "quiet", "copy"),
    Fate.COPY: Badge("Same as another", "quiet", "files"),
    Fate.OTHER_PERIOD: Badge("Another period", "note", "calendar"),
    Fate.CONFLICT: Badge("Conflict", "danger", "circle-alert"),
    Fate.REFUSED: Badge("Refused", "danger", "circle-x"),
    Fate.NOT_RECEIVED: Badge("Not received", "quiet", "minus"),
}

RETURNS = (
    Column("Borough", lambda row: row.borough or "Not known", kind="strong", width=16),
    Column("Return", lambda row: _BADGES[row.fate], kind="badge", width=16),
    Column("File", lambda row: row.file, width=20, tip=lambda row: str(row.path or "")),
    Column(
        "Period",
        lambda row: str(row.period) if row.period else "",
        sort=lambda row: row.period,
        width=11,
    ),
    Column(
        "Revision", lambda row: row.revision, sort=lambda row: row.revision, right=True, width=8
    ),
    Column("Rows", lambda row: row.rows, sort=lambda row: row.rows, right=True, width=6),
    Column("Why", lambda row: row.reason, kind="quiet", width=30),
)

RETURNS_SHOWN = ("Borough", "Return")
"""The columns that are seen at first; of the chosen one the others are said below the list."""

_NEEDS_SOMEBODY = (
    Fate.REFUSED,
    Fate.CONFLICT,
    Fate.PARTLY,
    Fate.NOT_RECEIVED,
    Fate.OTHER_PERIOD,
)


def in_order(rows: Iterable[Line]) -> tuple[Line, ...]:
    """Return *rows* with those first that somebody has to do something about."""
    rank = {fate: number for number, fate in enumerate(_NEEDS_SOMEBODY)}
    # Sorting is stable: within a rank they stay by borough.
    return tuple(sorted(rows, key=lambda row: rank.get(row.fate, len(rank))))


def which(row: Line) -> str:
    """Return which file a row is about: "camden.xlsx, 2026-27 Q3, revision 2, 24 rows"."""
    if not row.file:
        return ""
    parts = [row.file]
    if row.period is not None:
        parts.append(str(row.period))
    if row.revision is not None:
        parts.append(f"revision {row.revision}")
    if row.rows is not None:
        parts.append(counted(row.rows, "row"))
    return ", ".join(parts)


def title(merged: Merged) -> str:
    """Return the page's title: which period is merged."""
    if merged.period is None:
        return "Merge returns"
    return f"Merge returns · {merged.period.words()}"


def subtitle(
    merged: Merged, rows: tuple[Line, ...], expected: int, seconds: float | None = None
) -> str:
    """Return how many boroughs there are of each state, and how long reading took.

    Boroughs add up to those expected, and files beside them are counted as such.
    """
    parts = [f"{expected:,} expected"] if expected else [counted(_files(rows), "file")]
    states = Counter(_borough_words(state) for state in merged.boroughs)
    parts += [f"{states[words]:,} {words}" for words in _BOROUGHS if states[words]]
    fates = Counter(row.fate if row.borough else "unknown" for row in rows)
    parts += [f"{counted(fates[key], 'file')} {words}" for key, words in _FILES if fates[key]]
    if merged.is_sample:
        parts.append("samples, invented people")
    if seconds is not None:
        parts.append(f"merged in {seconds:.1f} s")
    return " · ".join(parts)


_BOROUGHS = ("accepted", "accepted in part", "refused", "in conflict", "not received")
_FILES = (
    ("unknown", "refused"),
    (Fate.OTHER_PERIOD, "of another period"),
    (Fate.REPLACED, "replaced"),
    (Fate.COPY, "the same as another"),
)


def _borough_words(state: BoroughState) -> str:
    if state.state is State.ACCEPTED and state.left_out:
        return "accepted in part"
    return "in conflict" if state.state is State.CONFLICT else state.state.value


def _files(rows: tuple[Line, ...]) -> int:
    return sum(row.path is not None for row in rows)


def findings_title(findings: tuple[Finding, ...]) -> str:
    """Return how much keeps something out, and how much is worth a look."""
    notes = sum(finding.level is Level.NOTE for finding in findings)
    bad = len(findings) - notes
    if not findings:
        return "Nothing was found"
    if not bad:
        return f"{counted(notes, 'thing')} worth a look"
    keeps = "keeps" if bad == 1 else "keep"
    made = f"{counted(bad, 'finding')} that {keeps} something out"
    return f"{made}, {notes} worth a look" if notes else made
