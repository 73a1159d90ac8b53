"""Everything that the page Today is made of, in as many queries whatever the size of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.needs import PutOff
from apprentice_desk.domain.needs_of_people import LateAction, PlannedReview, is_theirs
from apprentice_desk.domain.needs_of_providers import LateProviderAction
from apprentice_desk.domain.team_hours import DayMinutes, members, year_start
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.records.contracts import ContractRow, contract_rows
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.erasures import CountedRow, counted_rows
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.network import EventRow, event_rows
from apprentice_desk.records.organisation import PledgeRow, pledge_rows
from apprentice_desk.records.provider_care import late_actions
from apprentice_desk.records.putting_off import put_off_rows
from apprentice_desk.records.returns_sent import ReturnSentRow, returns_sent_rows
from apprentice_desk.records.reviews import Review, ReviewAction
from apprentice_desk.records.secondments import SecondmentRow, secondment_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows


@dataclass(frozen=True, slots=True)
class Attention:
    """How everything stands on a day.

    The figures of *people* named "since" are those of the funding year, and so are the minutes of
    *logged*, those of the team by day.  *planned_reviews* is the first review of each
    apprenticeship that is not held; *activities* are the planned minutes of dated learning plans
    by day, *late_actions* those of reviews that are overdue; all by apprenticeship.
    """

    people: tuple[ApprenticeRow, ...]
    contracts: tuple[ContractRow, ...]
    secondments: tuple[SecondmentRow, ...]
    planned_reviews: Mapping[UUID, PlannedReview]
    events: tuple[EventRow, ...]
    pledges: tuple[PledgeRow, ...]
    sent: tuple[ReturnSentRow, ...]
    put_off: tuple[PutOff, ...]
    logged: tuple[DayMinutes, ...]
    activities: Mapping[UUID, tuple[DayMinutes, ...]]
    late_actions: Mapping[UUID, tuple[LateAction, ...]]
    provider_actions: tuple[LateProviderAction, ...] = ()
    """Those of providers that are overdue."""
    counted: tuple[CountedRow, ...] = ()
    """What pledges count of those who were erased."""


def attention(
    session: Session,
    today: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    manager: str = "",
) -> Attention:
    """Return how everything stands on *today*.

    The team whose hours are added up are the people of a line *manager*; without one, everybody.
    """
    since = year_start(today)
    people = apprentice_rows(session, today, rules, role_families, since=since)
    team = [person for person in people if not manager or is_theirs(person, manager)]
    return Attention(
        people=people,
        contracts=contract_rows(session, today),
        secondments=secondment_rows(session),
        planned_reviews=_planned_reviews(session),
        events=event_rows(session),
        pledges=pledge_rows(session),
        sent=returns_sent_rows(session),
        put_off=put_off_rows(session),
        logged=_logged(session, [member.id for member in members(team)], since, today),
        activities=_activities(session),
        late_actions=_late_actions(session, today),
        provider_actions=late_actions(session, today),
        counted=counted_rows(session),
    )


def _planned_reviews(session: Session) -> dict[UUID, PlannedReview]:
    found: Any = session.execute(
        select(Review.apprenticeship_id, Review.id, Review.due_on)
        .where(Review.held_on.is_(None), Review.due_on.is_not(None))
        .order_by(Review.due_on.desc(), Review.id)
    )
    # The earliest comes last, and stays.
    return {whose: PlannedReview(key, due_on) for whose, key, due_on in found}


def _late_actions(session: Session, today: date) -> dict[UUID, tuple[LateAction, ...]]:
    action = ReviewAction
    found: Any = session.execute(
        select(action.apprenticeship_id, action.id, action.what, action.owner, action.due_on)
        .where(action.done_on.is_(None), action.due_on < today)
        .order_by(action.due_on, action.id)
    )
    late: dict[UUID, list[LateAction]] = {}
    for whose, *values in found:
        late.setdefault(whose, []).append(LateAction(*values))
    return {whose: tuple(actions) for whose, actions in late.items()}


def _logged(
    session: Session, team: Sequence[UUID], first: date, last: date
) -> tuple[DayMinutes, ...]:
    entry = OffTheJobEntry
    found = session.execute(
        select(entry.done_on, func.sum(entry.minutes))
        .where(entry.apprenticeship_id.in_(team), entry.counts, entry.done_on.between(first, last))
        .group_by(entry.done_on)
        .order_by(entry.done_on)
    )
    return tuple((day, int(minutes)) for day, minutes in found)


def _activities(session: Session) -> dict[UUID, tuple[DayMinutes, ...]]:
    activity = PlanActivity
    found: Any = session.execute(
        select(activity.apprenticeship_id, activity.due_on, activity.planned_minutes)
        .where(activity.due_on.is_not(None), activity.status != ActivityStatus.DROPPED)
        .order_by(activity.due_on)
    )
    plans: dict[UUID, list[DayMinutes]] = {}
    for whose, due_on, minutes in found:
        plans.setdefault(whose, []).append((due_on, minutes))
    return {whose: tuple(plan) for whose, plan in plans.items()}
