"""The activities of learning plans, and what is done with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import planning, planning_checks
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.planning import ActivityDetails, DeliveredBy

# For whoever asks the plan for its rows.
from apprentice_desk.domain.planning import ActivityStatus as ActivityStatus
from apprentice_desk.domain.planning import PlanActivityRow as PlanActivityRow
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import record_of
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.programme_changes import note_change


class PlanActivity(Kept):
    """One activity of an apprenticeship's learning plan."""

    __tablename__ = "plan_activity"
    __table_args__ = (
        Index("ix_plan_activity_due", "apprenticeship_id", "due_on", "status", "planned_minutes"),
        *not_negative("planned_minutes"),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    planned_minutes: Mapped[int]
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    kind: Mapped[Activity | None] = mapped_column(Word(Activity))
    delivered_by: Mapped[DeliveredBy | None] = mapped_column(Word(DeliveredBy))
    starts_on: Mapped[date | None]
    done_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    note: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ActivityStatus] = mapped_column(
        Word(ActivityStatus), default=ActivityStatus.PLANNED
    )


_ROW = tuple(getattr(PlanActivity, name) for name in PlanActivityRow.__match_args__)


def check(details: ActivityDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    return planning_checks.check_activity(details) + check_lengths(details, PlanActivity)


def plan_activity(
    session: Session,
    apprenticeship_id: UUID,
    title: str,
    planned_minutes: int | None,
    due_on: date | None = None,
    *,
    kind: Activity | None = None,
    delivered_by: DeliveredBy | None = None,
    starts_on: date | None = None,
    ksbs: str = "",
    is_mandatory: bool = False,
    link: str = "",
    note: str = "",
) -> UUID:
    """Add an activity to a learning plan and return its key.

    Raises Problem for what ``check`` finds.
    """
    details = ActivityDetails(
        title, kind, delivered_by, starts_on, due_on, planned_minutes, ksbs, is_mandatory, link,
        note,
    )  # fmt: skip
    refuse(check(details))
    activity = PlanActivity(apprenticeship_id=apprenticeship_id, **_values(details))
    session.add(activity)
    session.flush()
    return activity.id


def plan_many(
    session: Session, apprenticeship_id: UUID, activities: Iterable[ActivityDetails]
) -> int:
    """Add activities to a learning plan, from a template, a colleague or an offer; return how many.

    Raises Problem, and adds none, for what ``check`` finds in one of them.
    """
    made = list(activities)
    for details in made:
        refuse(check(details))
    session.add_all(
        PlanActivity(apprenticeship_id=apprenticeship_id, **_values(details)) for details in made
    )
    session.flush()
    return len(made)


def _values(details: ActivityDetails) -> dict[str, Any]:
    values = {name: getattr(details, name) for name in ActivityDetails.__match_args__}
    return values | {name: values[name].strip() for name in ("title", "ksbs", "link", "note")}


def correct_activity(
    session: Session, activity_id: UUID, details: ActivityDetails, changed_in: int | None = None
) -> None:
    """Replace an activity's details; how far it has come stays.

    Raises Conflict when it is gone, or changed since the change *changed_in* that was read, and
    Problem for what ``check`` finds.
    """
    activity = _activity(session, activity_id, details)
    if changed_in is not None and activity.changed_in != changed_in:
        raise Conflict(
            "This activity was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=_row(activity).details,
            stamp=activity.changed_in,
        )
    refuse(check(details))
    for name, value in _values(details).items():
        setattr(activity, name, value)


def remove_activity(session: Session, activity_id: UUID) -> None:
    """Remove an activity entered by mistake; raises Conflict when it is gone already."""
    session.delete(_activity(session, activity_id))
    session.flush()


def start_activity(session: Session, activity_id: UUID) -> None:
    """Say that an activity is under way; raises Conflict when it is gone."""
    _set_status(_activity(session, activity_id), ActivityStatus.UNDER_WAY)


def finish_activity(session: Session, activity_id: UUID, done_on: date) -> None:
    """Say that an activity was done on *done_on*; raises Conflict when it is gone."""
    _set_status(_activity(session, activity_id), ActivityStatus.DONE, done_on)


def drop_activity(session: Session, activity_id: UUID) -> None:
    """Leave a planned activity out of the plan; it stays in the list as dropped.

    Raises Conflict when it is gone.
    """
    _set_status(_activity(session, activity_id), ActivityStatus.DROPPED)


def put_activity_back(session: Session, activity_id: UUID) -> None:
    """Plan an activity again that was dropped, begun or done; raises Conflict when it is gone."""
    _set_status(_activity(session, activity_id), ActivityStatus.PLANNED)


def move_plan(
    session: Session, apprenticeship_id: UUID, by: int, after: date | None, on: date
) -> int:
    """Move the open activities of a plan by *by* days, as ``planning.moved`` says; return how many.

    *after* is the first day of a break.  That it was planned anew *on* a day is kept.  Raises
    Problem for more than ten years.
    """
    moves = {
        move.id: move for move in planning.moved(plan_rows(session, apprenticeship_id), by, after)
    }
    for lot in in_lots(moves, KEYS_A_QUERY):
        for activity in session.scalars(select(PlanActivity).where(PlanActivity.id.in_(lot))):
            move = moves[activity.id]
            activity.starts_on, activity.due_on = move.new_starts_on, move.new_due_on
    if moves:
        says = planning.moved_in_words(len(moves), by, after)
        note_change(session, record_of(session, apprenticeship_id), ChangeKind.PLAN_MOVED, on, says)
    session.flush()
    return len(moves)


def _set_status(
    activity: PlanActivity, status: ActivityStatus, done_on: date | None = None
) -> None:
    activity.status = status
    activity.done_on = done_on


def _activity(session: Session, activity_id: UUID, mine: object | None = None) -> PlanActivity:
    found = session.get(PlanActivity, activity_id)
    if found is None:
        raise Conflict("This activity was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _row(activity: PlanActivity) -> PlanActivityRow:
    return PlanActivityRow(*(getattr(activity, name) for name in PlanActivityRow.__match_args__))


# --- reads --------------------------------------------------------------------------------------


def plan_rows(session: Session, apprenticeship_id: UUID) -> tuple[PlanActivityRow, ...]:
    """Return the activities of one learning plan, by due date."""
    found = session.execute(
        select(*_ROW)
        .where(PlanActivity.apprenticeship_id == apprenticeship_id)
        .order_by(PlanActivity.due_on, PlanActivity.title)
    )
    return tuple(PlanActivityRow(*values) for values in found)


def plans_of(
    session: Session, apprenticeship_ids: Collection[UUID]
) -> Mapping[UUID, tuple[PlanActivityRow, ...]]:
    """Return the learning plans of several, by due date; who has none is in it with none."""
    plans: dict[UUID, list[PlanActivityRow]] = defaultdict(list)
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        found = session.execute(
            select(*_ROW)
            .where(PlanActivity.apprenticeship_id.in_(lot))
            .order_by(PlanActivity.due_on, PlanActivity.title)
        )
        for values in found:
            row = PlanActivityRow(*values)
            plans[row.apprenticeship_id].append(row)
    return {key: tuple(plans[key]) for key in apprenticeship_ids}


def activity_row(session: Session, activity_id: UUID) -> PlanActivityRow:
    """Return one activity; raises Conflict when it is gone."""
    return _row(_activity(session, activity_id))


def ksbs_logged(session: Session, apprenticeship_id: UUID) -> tuple[tuple[date, str], ...]:
    """Return the days of one apprenticeship's entries that name KSBs, with them as written."""
    found = session.execute(
        select(OffTheJobEntry.done_on, OffTheJobEntry.ksbs)
        .where(OffTheJobEntry.apprenticeship_id == apprenticeship_id, OffTheJobEntry.ksbs != "")
        .order_by(OffTheJobEntry.done_on)
    )
    return tuple((day, text) for day, text in found)
