"""What the page Merge returns says: its list's columns, its figures and its sentences."""

from __future__ import annotations

from collections import Counter

from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.picture import Picture
from apprentice_desk.returns.receiving import Fate, Line
from apprentice_desk.ui.kit.rows import Badge, Column

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
    Column("Return", lambda row: _BADGES[row.fate], kind="badge", width=17),
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

FIGURES = {
    "boroughs": "Boroughs received",
    "on_programme": "On programme",
    "hours": "Off-the-job to plan",
    "providers": "Providers",
    "contracts": "Contracts",
}
"""The figures of a merge by name, and what stands above each."""


def figures(found: Picture, expected: int) -> dict[str, tuple[str, str]]:
    """Return each figure and what it is to be read against."""
    percent = found.hours_percent
    hours = ("–", "no plan to measure by")
    if percent is not None:
        hours = (f"{percent}%", f"{found.logged_hours:,.0f} of {found.planned_hours:,.0f} h")
    return {
        "boroughs": (
            f"{found.boroughs:,}",
            f"of {expected:,} expected" if expected else "none are expected by name",
        ),
        "on_programme": (
            f"{found.on_programme:,}",
            f"{found.started:,} started this quarter",
        ),
        "hours": hours,
        "providers": (f"{found.providers:,}", "across all boroughs"),
        "contracts": (f"{found.contracts:,}", "in all returns"),
    }


def counted(count: int, thing: str) -> str:
    """Return "1 return" or "2 returns"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


_COUNTED = (
    (Fate.ACCEPTED, "accepted"),
    (Fate.PARTLY, "accepted in part"),
    (Fate.REFUSED, "refused"),
    (Fate.CONFLICT, "in conflict"),
    (Fate.OTHER_PERIOD, "of another period"),
    (Fate.REPLACED, "replaced"),
    (Fate.COPY, "the same as another"),
    (Fate.NOT_RECEIVED, "not received"),
)


def title(merged: Merged) -> str:
    """Return the page's title: which period is merged."""
    if merged.period is None:
        return "Merge returns"
    return f"Merge returns · {merged.period.words()}"


def subtitle(merged: Merged, rows: tuple[Line, ...], expected: int) -> str:
    """Return how many returns there are of each kind."""
    counts = Counter(row.fate for row in rows)
    files = sum(row.path is not None for row in rows)
    parts = [f"{expected:,} expected"] if expected else [f"{counted(files, 'file')}"]
    parts += [f"{counts[fate]:,} {words}" for fate, words in _COUNTED if counts[fate]]
    if merged.is_sample:
        parts.append("samples, invented people")
    return " · ".join(parts)


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
