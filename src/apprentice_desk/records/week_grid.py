"""One week of everybody's entries, by apprenticeship and day, with what was said of the week.

Two queries whatever the size: the entries are looked up for each apprenticeship in the index that
the totals use, so that a week takes as long on a desk of ten years as on a new one.  Who the
people are and what they need stands in ``standing.apprentice_rows``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.evidence import Evidence
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.weeks import WEEK, WeekRow, week_rows


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One entry as a cell of the grid and its details show it."""

    id: UUID
    apprenticeship_id: UUID
    done_on: date
    minutes: int
    activity: Activity
    counts: bool
    what: str
    ksbs: str
    began_at: str
    source: str
    verified_by: str
    verified_at: datetime | None
    changed_in: int
    evidence: int
    """How many pieces of evidence it has."""

    @property
    def details(self) -> HoursDetails:
        """What the form edits."""
        return HoursDetails(
            self.apprenticeship_id, self.done_on, self.minutes, self.activity, self.counts,
            self.what, self.ksbs, self.began_at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """A week: its entries by apprenticeship and day, and what was said of it by apprenticeship.

    Who has neither entries nor anything said is in neither.
    """

    monday: date
    entries: Mapping[UUID, Mapping[date, tuple[DayEntry, ...]]]
    said: Mapping[UUID, WeekRow]

    def on(self, apprenticeship_id: UUID, day: date) -> tuple[DayEntry, ...]:
        """The entries of one cell, by start time."""
        return self.entries.get(apprenticeship_id, {}).get(day, ())


def week_grid(
    session: Session,
    monday: date,
    as_at: date,
    apprenticeship_ids: Collection[UUID] | None = None,
) -> WeekGrid:
    """Return the week of *monday* as far as *as_at*: everybody's, or that of these people."""
    if monday != monday_of(monday):
        raise ValueError(f"A week is named by its Monday, not by {monday:%A}.")
    last = min(monday + WEEK - timedelta(days=1), as_at)
    entries: dict[UUID, dict[date, tuple[DayEntry, ...]]] = {}
    for entry in entries_between(session, monday, last, apprenticeship_ids):
        days = entries.setdefault(entry.apprenticeship_id, {})
        days[entry.done_on] = (*days.get(entry.done_on, ()), entry)
    return WeekGrid(
        monday,
        entries,
        {
            row.apprenticeship_id: row
            for row in week_rows(session, monday, monday)
            if apprenticeship_ids is None or row.apprenticeship_id in apprenticeship_ids
        },
    )


def entries_between(
    session: Session,
    first: date,
    last: date,
    apprenticeship_ids: Iterable[UUID] | None = None,
) -> tuple[DayEntry, ...]:
    """Return the entries from *first* to *last* by day and start time: everybody's, or of these."""
    entry = OffTheJobEntry
    evidence = (
        select(func.count()).where(Evidence.entry_id == entry.id).correlate(entry).scalar_subquery()
    )
    query = (
        select(
            entry.id, entry.apprenticeship_id, entry.done_on, entry.minutes, entry.activity,
            entry.counts, entry.what, entry.ksbs, entry.began_at, entry.source, entry.verified_by,
            entry.verified_at, entry.changed_in, evidence,
        )
        .where(entry.done_on.between(first, last))
        .order_by(entry.done_on, entry.began_at, entry.changed_in, entry.id)
    )  # fmt: skip
    if apprenticeship_ids is None:
        query = query.where(entry.apprenticeship_id.in_(select(Apprenticeship.id)))
    else:
        query = query.where(entry.apprenticeship_id.in_(tuple(apprenticeship_ids)))
    found: Any = session.execute(query)
    return tuple(DayEntry(*row) for row in found)
