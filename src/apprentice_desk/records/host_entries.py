"""Which hours were done at a host: by the days that were spent there, unless a person said else.

An entry belongs to the secondment whose days hold its own.  When these days change, the entries
outside them are hours at home again, and those on days that came in are hours at the host; what
somebody decided about a day that was in before stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Period
from apprentice_desk.records.entries import OffTheJobEntry


@dataclass(frozen=True, slots=True)
class HostDays:
    """The days that one apprentice spent at a host."""

    apprenticeship_id: UUID
    days: Period


def fit_entries(
    session: Session, secondment_id: UUID, before: HostDays | None, now: HostDays | None
) -> int:
    """Let hours follow the days of a secondment, which were *before* and are *now*.

    Return how many entries that changed.
    """
    if before == now:
        return 0
    entry = OffTheJobEntry
    count = 0
    for each in session.scalars(select(entry).where(entry.secondment_id == secondment_id)).all():
        if now is None or not _holds(now, each):
            each.secondment_id = None
            count += 1
    if now is not None:
        query = select(entry).where(
            entry.apprenticeship_id == now.apprenticeship_id,
            entry.secondment_id.is_(None),
            entry.done_on >= now.days.first,
        )
        for each in session.scalars(query).all():
            if _holds(now, each) and not (before is not None and _holds(before, each)):
                each.secondment_id = secondment_id
                count += 1
    session.flush()
    return count


def _holds(there: HostDays, entry: OffTheJobEntry) -> bool:
    return entry.apprenticeship_id == there.apprenticeship_id and entry.done_on in there.days
