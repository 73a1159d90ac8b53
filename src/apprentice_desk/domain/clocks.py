"""Instants as this computer counts hours, and its clock held against the days of a desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from apprentice_desk.domain.calendar import show_day, table_day

MAY_DIFFER = timedelta(minutes=5)
"""Clocks of two computers that both ask for the time are nearer to each other than this."""


def is_behind(now: datetime, latest: datetime | None) -> bool:
    """Whether a clock that says *now* is behind the latest change, as no right one can be."""
    return latest is not None and latest - now > MAY_DIFFER


def behind_in_words(now: datetime, latest: datetime, desk: str) -> tuple[str, str]:
    """Return what is said of a clock that is behind, and what to do about it.

    Both instants are shown as this computer counts hours.
    """
    return (
        f"This computer's clock says {show_instant(now)}, and the latest change in {desk} is of"
        f" {show_instant(latest)}.",
        "Check the date and time of this computer. If they are right, the clock of the computer"
        " that it was saved on was wrong. Nothing is lost: changes stay in the order in which they"
        " were made, whatever the clocks say.",
    )


def show_instant(instant: datetime) -> str:
    """Return day and time for a sentence: 29 Nov 2026, 13:56."""
    at = instant.astimezone()
    return f"{show_day(at.date())}, {at:%H:%M}"


def table_instant(instant: datetime) -> str:
    """Return day and time for a table: 29/11/2026 13:56."""
    at = instant.astimezone()
    return f"{table_day(at.date())} {at:%H:%M}"
