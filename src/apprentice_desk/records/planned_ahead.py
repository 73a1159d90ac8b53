"""What is planned and not done yet of some apprenticeships, up to a day.

That is activities, reviews, and the sessions that come again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.planning import OPEN
from apprentice_desk.domain.pocket_sheets import PlannedActivity, PlannedRepeat
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.learning import PlanActivity
from apprentice_desk.records.repeats import repeat_rows
from apprentice_desk.records.reviews import Review


@dataclass(frozen=True, slots=True)
class PlannedAhead:
    """What one apprenticeship has before it, and what was due before and is not done."""

    activities: tuple[PlannedActivity, ...] = ()
    reviews: tuple[date, ...] = ()
    repeats: tuple[PlannedRepeat, ...] = ()


def planned_ahead(
    session: Session, apprenticeship_ids: Collection[UUID], last: date
) -> Mapping[UUID, PlannedAhead]:
    """Return what is planned up to *last*, by day; who has nothing planned is not in it.

    Of sessions that come again it has those that have begun by then, by their first day.
    """
    activities: dict[UUID, list[PlannedActivity]] = defaultdict(list)
    reviews: dict[UUID, list[date]] = defaultdict(list)
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        plan = session.execute(
            select(
                PlanActivity.apprenticeship_id, PlanActivity.due_on, PlanActivity.title,
                PlanActivity.planned_minutes,
            )
            .where(
                PlanActivity.apprenticeship_id.in_(lot),
                PlanActivity.due_on <= last,
                PlanActivity.status.in_(OPEN),
            )
            .order_by(PlanActivity.due_on, PlanActivity.title)
        )  # fmt: skip
        for key, due_on, title, minutes in plan:
            assert due_on is not None  # a blank is never before a day
            activities[key].append(PlannedActivity(due_on, title, minutes))
        planned = session.execute(
            select(Review.apprenticeship_id, Review.due_on)
            .where(
                Review.apprenticeship_id.in_(lot),
                Review.due_on <= last,
                Review.held_on.is_(None),
            )
            .order_by(Review.due_on)
        )
        for key, day in planned:
            assert day is not None  # as above
            reviews[key].append(day)
    repeats = _repeats(session, apprenticeship_ids, last)
    return {
        key: PlannedAhead(tuple(activities[key]), tuple(reviews[key]), tuple(repeats[key]))
        for key in {*activities, *reviews, *repeats}
    }


def _repeats(
    session: Session, apprenticeship_ids: Collection[UUID], last: date
) -> dict[UUID, list[PlannedRepeat]]:
    wanted = set(apprenticeship_ids)
    found: dict[UUID, list[PlannedRepeat]] = defaultdict(list)
    for row in repeat_rows(session):
        details = row.details
        if details.repeat.first_on > last:
            continue
        what = details.what.strip() or f"{details.activity[:1].upper()}{details.activity[1:]}"
        for key, minutes in details.people:
            if key in wanted:
                found[key].append(
                    PlannedRepeat(details.repeat, what, minutes, details.began_at, row.answered_to)
                )
    return found
