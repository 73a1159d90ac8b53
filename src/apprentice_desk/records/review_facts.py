"""The facts of the period that a progress review is about, read from hours, plan and progress."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.review_facts import (
    ActivityMinutes,
    KsbSaid,
    PlanItem,
    ReviewFacts,
    moves_in,
    plan_in,
    ready_codes,
)
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.evidence import Evidence
from apprentice_desk.records.host_stays import host_stays
from apprentice_desk.records.ksb_progress import statements
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.review_actions import action_rows
from apprentice_desk.records.reviews import Review


def review_facts(
    session: Session,
    apprenticeship_id: UUID,
    first: date,
    last: date,
    planned_minutes: int | None = None,
) -> ReviewFacts:
    """Return the facts of the period from *first* to *last*.

    *planned_minutes* is what the plan asks for in it, from the figures of the apprenticeship.
    """
    activities, entries, without_evidence, unverified = _logged(
        session, apprenticeship_id, first, last
    )
    said = _said(session, apprenticeship_id)
    done, overdue, coming = plan_in(_plan(session, apprenticeship_id), first, last)
    return ReviewFacts(
        first=first,
        last=last,
        activities=activities,
        planned_minutes=planned_minutes,
        unverified_minutes=unverified,
        counting_entries=entries,
        without_evidence=without_evidence,
        last_entry_on=_last_entry(session, apprenticeship_id, last),
        done=done,
        overdue=overdue,
        coming=coming,
        moves=moves_in(said, first, last),
        ready=ready_codes(said, last),
        has_ksbs=bool(said),
        actions=tuple(
            row.details for row in action_rows(session, apprenticeship_id, only_open=True)
        ),
        last_concerns=_last_concerns(session, apprenticeship_id, last),
        stays=host_stays(session, [apprenticeship_id]).get(apprenticeship_id, ()),
    )


def _logged(
    session: Session, apprenticeship_id: UUID, first: date, last: date
) -> tuple[tuple[ActivityMinutes, ...], int, int, int]:
    entry = OffTheJobEntry
    has_evidence = exists().where(Evidence.entry_id == entry.id)
    found = session.execute(
        select(entry.activity, entry.minutes, entry.counts, entry.verified_at, has_evidence).where(
            entry.apprenticeship_id == apprenticeship_id, entry.done_on.between(first, last)
        )
    )
    sums: dict[Activity, list[int]] = defaultdict(lambda: [0, 0, 0])
    entries = without = unverified = 0
    for activity, minutes, counts, verified_at, is_evident in found:
        own = sums[activity]
        own[0 if counts else 1] += minutes
        own[2] += 1
        if counts:
            entries += 1
            without += not is_evident
            unverified += minutes if verified_at is None else 0
    in_order = sorted(sums.items(), key=lambda each: (-each[1][0], -each[1][1], each[0]))
    activities = tuple(ActivityMinutes(activity, *own) for activity, own in in_order)
    return activities, entries, without, unverified


def _last_entry(session: Session, apprenticeship_id: UUID, last: date) -> date | None:
    entry = OffTheJobEntry
    found: date | None = session.scalar(
        select(entry.done_on)
        .where(entry.apprenticeship_id == apprenticeship_id, entry.counts, entry.done_on <= last)
        .order_by(entry.done_on.desc())
        .limit(1)
    )
    return found


def _plan(session: Session, apprenticeship_id: UUID) -> list[PlanItem]:
    return [
        PlanItem(
            activity.title,
            activity.due_on,
            activity.planned_minutes,
            activity.is_mandatory,
            activity.status is ActivityStatus.DONE,
            activity.done_on,
        )
        for activity in session.scalars(
            select(PlanActivity).where(
                PlanActivity.apprenticeship_id == apprenticeship_id,
                PlanActivity.status != ActivityStatus.DROPPED,
            )
        )
    ]


def _said(session: Session, apprenticeship_id: UUID) -> list[KsbSaid]:
    return [
        KsbSaid(each.code, each.voice, each.status, each.said_on)
        for each in statements(session, apprenticeship_id)
    ]


def _last_concerns(session: Session, apprenticeship_id: UUID, last: date) -> str:
    found = session.scalar(
        select(Review.concerns)
        .where(Review.apprenticeship_id == apprenticeship_id, Review.held_on < last)
        .order_by(Review.held_on.desc(), Review.id)
        .limit(1)
    )
    return found or ""
