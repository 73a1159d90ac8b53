"""Who is still to be chased for a return, as text to paste into a message."""

from __future__ import annotations

from collections.abc import Sequence

from apprentice_desk.returns.merged import Fate, Merged
from apprentice_desk.returns.receiving import Line

_KEPT_OUT = {Fate.REFUSED: "refused", Fate.CONFLICT: "in conflict"}


def missing(rows: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of the boroughs that were expected and sent nothing."""
    return tuple(row.borough for row in rows if row.fate is Fate.NOT_RECEIVED)


def chase_list(merged: Merged, rows: Sequence[Line]) -> str:
    """Return who has not sent, and whose return does not count and why."""
    period = merged.period.words() if merged.period else "the period"
    absent = missing(rows)
    lines = [f"Returns for {period}", ""]
    if absent:
        lines += ["Not received:", *(f"- {name}" for name in absent)]
    else:
        lines.append("Everybody who was expected has sent one.")
    stuck = [row for row in rows if row.fate in _KEPT_OUT]
    if stuck:
        lines += ["", "Received, but not counted:"]
        said = (
            f"- {row.borough or row.file} ({_KEPT_OUT[row.fate]}): {row.reason}".rstrip(": ")
            for row in stuck
        )
        lines += dict.fromkeys(said)  # of a conflict each file says the same
    return "\n".join(lines) + "\n"
