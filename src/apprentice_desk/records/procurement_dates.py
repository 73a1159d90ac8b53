"""The days of procurements that people want in their own calendar, and what Today says of them."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.needs_of_procurements import DueProcurement
from apprentice_desk.domain.standstill import ProcurementRules
from apprentice_desk.records.changelog import ChangeLine
from apprentice_desk.records.procurement_overview import how_it_stands, procurement_overviews

_SAYS = "apprentice-desk"


def procurement_dates(
    session: Session,
    procurement_ids: Container[UUID],
    today: date,
    rules: ProcurementRules,
    holidays: BankHolidays,
) -> tuple[DatedEvent, ...]:
    """Return what is to be done by a day to come, of procurements that are not over, by day.

    The version of each is that of the desk, as with contracts.
    """
    version = session.scalar(select(func.max(ChangeLine.number))) or 0
    events = []
    for found in procurement_overviews(session):
        if found.id not in procurement_ids:
            continue
        for each in how_it_stands(found, today, rules, holidays).to_do:
            if each.on is None or each.on < today:
                continue
            events.append(
                DatedEvent(
                    f"procurement-{each.key}-{found.id.hex}@{_SAYS}",
                    version,
                    each.on,
                    f"{each.words}: {found.details.title}",
                    words=f"Procurement {found.details.reference}."
                    + (f" At {each.at}." if each.at else ""),
                )
            )
    return tuple(sorted(events, key=lambda each: (each.on, each.title, each.uid)))


def due_procurements(
    session: Session, today: date, rules: ProcurementRules, holidays: BankHolidays
) -> tuple[DueProcurement, ...]:
    """Return the procurements of which something is to be done, by reference."""
    due = []
    for found in procurement_overviews(session):
        standing = how_it_stands(found, today, rules, holidays)
        if standing.to_do:
            due.append(
                DueProcurement(
                    found.id,
                    found.details.title,
                    found.details.reference,
                    standing.stage,
                    standing.to_do,
                )
            )
    return tuple(due)
