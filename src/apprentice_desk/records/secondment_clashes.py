"""What one apprentice has before them, read for the rules of ``domain.placement_clashes``."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import placement_clashes as rules_of
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_clashes import (
    Clash,
    ClashFacts,
    ClashRules,
    DatedActivity,
    OtherStay,
    RepeatedDay,
)
from apprentice_desk.domain.placement_days import ASKED, STANDS, host_words, window
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.apprentices import record_of, stored_course
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.leave import leave_rows
from apprentice_desk.records.repeats import repeat_rows
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.secondments import Secondment

MADE_OF = (
    "secondment",
    "apprenticeship",
    "break_in_learning",
    "plan_activity",
    "hours_repeat",
    "hours_repeat_person",
    "review",
    "leave",
)
"""The tables that clashes are made of."""

_OVER = (SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN)


def clashes_of(
    session: Session, secondment_id: UUID, today: date, rules: ClashRules
) -> tuple[Clash, ...]:
    """Return what stands against a secondment, by day, in its days or the window asked for.

    One without an apprentice or a start, declined or withdrawn, has nothing against it.  Raises
    Conflict when it is gone.
    """
    found = session.get(Secondment, secondment_id)
    if found is None:
        raise Conflict("This secondment was removed meanwhile.")
    days = window(found)
    if found.apprenticeship_id is None or days is None or found.status in _OVER:
        return ()
    return clashes_in(session, found.apprenticeship_id, days, today, rules, secondment_id)


def clashes_in(
    session: Session,
    apprenticeship_id: UUID,
    days: Period,
    today: date,
    rules: ClashRules,
    but: UUID | None = None,
) -> tuple[Clash, ...]:
    """Return what stands against a stay of an apprentice on *days*, by day.

    *but* is the secondment itself, which does not stand in its own way.  Raises Conflict when the
    apprenticeship is gone.
    """
    facts = _facts(session, apprenticeship_id, but)
    return rules_of.clashes(facts, days, today, rules)


def _facts(session: Session, apprenticeship_id: UUID, but: UUID | None) -> ClashFacts:
    record = record_of(session, apprenticeship_id)
    planned = session.scalars(
        select(Review.due_on)
        .where(
            Review.apprenticeship_id == apprenticeship_id,
            Review.held_on.is_(None),
            Review.due_on.is_not(None),
        )
        .order_by(Review.due_on)
    )
    last_held = session.execute(
        select(func.max(Review.held_on)).where(Review.apprenticeship_id == apprenticeship_id)
    ).scalar_one()
    return ClashFacts(
        course=stored_course(record),
        gateway_planned_on=record.gateway_planned_on,
        last_review_on=last_held,
        reviews=tuple(day for day in planned if day is not None),
        activities=tuple(
            DatedActivity(row.title, row.kind, Period(row.first_on, row.last_on))
            for row in plan_rows(session, apprenticeship_id)
            if row.is_open and row.first_on is not None
        ),
        repeats=_repeats(session, apprenticeship_id),
        leave=tuple(row.days for row in leave_rows(session, apprenticeship_id)),
        stays=_stays(session, apprenticeship_id, but),
    )


def _repeats(session: Session, apprenticeship_id: UUID) -> tuple[RepeatedDay, ...]:
    found = []
    for row in repeat_rows(session):
        details = row.details
        if apprenticeship_id in dict(details.people):
            what = details.what.strip() or f"{details.activity[:1].upper()}{details.activity[1:]}"
            found.append(RepeatedDay(what, details.activity, details.repeat))
    return tuple(found)


def _stays(session: Session, apprenticeship_id: UUID, but: UUID | None) -> tuple[OtherStay, ...]:
    others = session.scalars(
        select(Secondment)
        .where(
            Secondment.apprenticeship_id == apprenticeship_id,
            Secondment.status.in_(STANDS | ASKED),
        )
        .order_by(Secondment.code)
    )
    found = []
    for other in others:
        days = window(other)
        if other.id != but and days is not None:
            where = host_words(other.host, other.host_name)
            found.append(OtherStay(other.code, where, days, other.status in STANDS))
    return tuple(found)
