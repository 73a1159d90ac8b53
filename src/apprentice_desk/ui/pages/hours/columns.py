"""What the list of hours shows of each entry, and its totals in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.records.hours import HoursRow
from apprentice_desk.records.week_grid import DayEntry
from apprentice_desk.ui.kit.rows import Badge, Column

COUNTS = Badge("Counts", "good", "check")
COUNTS_NOT = Badge("Does not", "quiet", "x")


def counts_badge(*, counts: bool) -> Badge:
    """Return the word for whether an entry counts as off-the-job training."""
    return COUNTS if counts else COUNTS_NOT


def _activity(row: HoursRow) -> str:
    return row.activity[:1].upper() + row.activity[1:]


def verified_in_words(by: str, at: datetime | None) -> str:
    """Return who verified an entry and when, "" where nobody has."""
    if not by:
        return ""
    return f"Verified by {by}" + ("" if at is None else f" on {show_day(at.astimezone().date())}")


def entry_in_words(entry: DayEntry) -> str:
    """Return who verified an entry, and what it came from; "" where neither is known."""
    said = verified_in_words(entry.verified_by, entry.verified_at)
    return " · ".join(part for part in (said, entry.source and f"from {entry.source}") if part)


def _ksbs(row: HoursRow) -> str:
    return ksb_codes.tidy(row.ksbs)


def _verified(row: HoursRow) -> str:
    at = row.verified_at
    return row.verified_by + ("" if at is None else f", {table_day(at.astimezone().date())}")


def _with(row: HoursRow) -> str:
    return f"with {row.host}" if row.host else "at home"


COLUMNS = (
    Column(
        "Day",
        lambda row: f"{row.done_on:%a} {table_day(row.done_on)}",
        sort=lambda row: row.done_on,
        say=lambda row: f"{row.done_on:%A} {show_day(row.done_on)}",
        width=20,  # gives way to a third less and still holds the whole day
    ),
    Column("Apprentice", lambda row: row.name, kind="strong", width=18),
    Column(
        "Hours",
        lambda row: grid(row.minutes),
        sort=lambda row: row.minutes,
        say=lambda row: sentence(row.minutes),
        right=True,
        width=7,
    ),
    Column("Activity", _activity, width=18),
    Column("What was learned", lambda row: row.what, width=22, tip=lambda row: row.what),
    Column(
        "KSBs",
        _ksbs,
        width=8,
        tip=_ksbs,
        found_by=lambda row: ksb_codes.spelled_out(row.ksbs),
    ),
    Column(
        "Counts",
        lambda row: counts_badge(counts=row.counts),
        sort=lambda row: 0 if row.counts else 1,
        say=lambda row: "counts" if row.counts else "does not count",
        kind="badge",
        width=11,
    ),
    Column(
        "Verified",
        _verified,
        sort=lambda row: row.verified_at,
        say=lambda row: verified_in_words(row.verified_by, row.verified_at) or "not verified",
        width=22,
        tip=lambda row: verified_in_words(row.verified_by, row.verified_at),
    ),
    Column("With", lambda row: row.host, say=_with, width=12, tip=_with),
)
CAN_DO_WITHOUT = (8, 5, 7)
"""The host, KSBs and who verified, where there is no room for all: the week shows them."""


def totals_in_words(rows: Iterable[HoursRow]) -> str:
    """Return how many entries there are and their minutes, counting and not counting apart."""
    shown = tuple(rows)
    counting = sum(row.minutes for row in shown if row.counts)
    other = sum(row.minutes for row in shown if not row.counts)
    entries = "1 entry" if len(shown) == 1 else f"{len(shown):,} entries"
    parts = [entries, f"{sentence(counting)} counting"]
    if other:
        parts.append(f"{sentence(other)} not counting")
    return " · ".join(parts)
