"""On which day each entry of hours was typed here, as the change log has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import day_in_london
from apprentice_desk.records.changelog import KEYS_A_QUERY, ChangedRow, ChangeLine, in_lots
from apprentice_desk.records.entries import OffTheJobEntry


def typed_on(session: Session, apprenticeship_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return the day, in London, on which each entry of these was first logged.

    Later corrections and undoing move no day.  Entries that nobody typed are not in it: imported
    ones, and those of a change that is final, as a sample is put in.  One query, whatever the
    number of entries.
    """
    entry = OffTheJobEntry
    # By each entry in the index of rows: SQLite would else go over every change there was.
    first = (
        select(func.min(ChangedRow.number))
        .where(
            ChangedRow.table_name == entry.__tablename__,
            # In hexadecimal, as SQLite has it; PostgreSQL puts hyphens between.
            ChangedRow.row_id == func.replace(cast(entry.id, String), "-", ""),
            ChangedRow.before.is_(None),
        )
        .correlate(entry)
        .scalar_subquery()
    )
    found: dict[UUID, date] = {}
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        typed = (
            select(entry.id.label("id"), first.label("number"))
            .where(entry.apprenticeship_id.in_(lot), entry.source == "")
            .subquery()
        )
        for key, recorded_at in session.execute(
            select(typed.c.id, ChangeLine.recorded_at)
            .join(ChangeLine, ChangeLine.number == typed.c.number)
            .where(ChangeLine.is_final.is_(False))
        ):
            found[key] = day_in_london(recorded_at)
    return found
