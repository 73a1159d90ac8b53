"""The secondments of a sample borough, each moved to where it stands as people would have.

Weeks are counted from the Monday before the sample is made; the days of moves go back from the
start, or for what has none yet from the day of the sample.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.commands.sample_people import monday
from apprentice_desk.domain.placement_days import last_day
from apprentice_desk.domain.secondment_care import DoneDetails
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import (
    organisation,
    secondment_care,
    secondment_moves,
    secondments,
)
from apprentice_desk.records.secondments import SecondmentDetails

_STATUS = SecondmentStatus
_WHOLE = (Move.ASK, Move.APPROVE, Move.MATCH, Move.AGREE, Move.START, Move.COMPLETE)
_LIGHT = (Move.ASK, Move.APPROVE, Move.AGREE, Move.COMPLETE)
_REACHES = {
    _STATUS.DRAFT: None,
    _STATUS.REQUESTED: Move.ASK,
    _STATUS.APPROVED: Move.APPROVE,
    _STATUS.MATCHED: Move.MATCH,
    _STATUS.AGREED: Move.AGREE,
    _STATUS.UNDER_WAY: Move.START,
    _STATUS.COMPLETED: Move.COMPLETE,
    _STATUS.WITHDRAWN: Move.ASK,
    _STATUS.DECLINED: Move.ASK,
}
_ENDED_BY = {_STATUS.WITHDRAWN: Move.WITHDRAW, _STATUS.DECLINED: Move.DECLINE}
_DAYS_BEFORE = {
    Move.ASK: 56,
    Move.APPROVE: 49,
    Move.MATCH: 35,
    Move.AGREE: 21,
    Move.WITHDRAW: 14,
    Move.DECLINE: 42,
}
"""How long before the start each is done."""
OFFICER = "Apprenticeships officer"


def second(
    session: Session,
    entry: Mapping[str, Any],
    enrolled: Mapping[str, UUID],
    managers: Mapping[str, str],
    chance: random.Random,
    today: date,
) -> None:
    """Put one secondment of a sample in, as a draft, and move it to where it stands."""
    borough = organisation.organisation_row(session)
    is_request = entry["kind"] == SecondmentKind.REQUEST
    wanted = SecondmentDetails(
        kind=SecondmentKind(entry["kind"]),
        form=PlacementForm(entry.get("form", "secondment")),
        apprenticeship_id=enrolled[entry["apprentice"]] if is_request else None,
        role_family=RoleFamily(entry["role_family"]) if "role_family" in entry else None,
        standard_code=entry.get("standard"),
        ksbs=entry["ksbs"],
        wanted=entry.get("wanted", ""),
        home=borough.code if is_request else None,
        host=entry["host"],
        host_name=entry.get("host_name", ""),
        earliest_start_on=_day(entry, "earliest", today),
        latest_start_on=_day(entry, "latest", today),
        weeks=entry.get("weeks"),
        days=entry.get("days"),
        pattern=WorkingPattern(entry["pattern"]) if "pattern" in entry else None,
        area=entry.get("area", ""),
        capacity=entry.get("capacity"),
    )
    key = secondments.second(session, wanted, random_source=chance)
    manager = managers.get(entry.get("apprentice", ""), OFFICER)
    for move, details in _moves(entry, wanted, manager, today):
        secondment_moves.move_secondment(session, key, move, details, today)
    began_on = _day(entry, "started", today)
    if entry.get("is_plan_revised", False) and began_on is not None:
        revised = DoneDetails(began_on - timedelta(weeks=2), "The month stands in the plan.")
        secondment_care.revise_plan(session, key, revised, today)


def _moves(
    entry: Mapping[str, Any], wanted: SecondmentDetails, manager: str, today: date
) -> Iterator[tuple[Move, MoveDetails]]:
    """Yield the moves to where *entry* says that it stands, with what each of them says."""
    status = SecondmentStatus(entry["status"])
    reached = _REACHES[status]
    if reached is None:
        return
    way = _LIGHT if wanted.form.is_light else _WHOLE
    start = _day(entry, "started", today) or wanted.earliest_start_on or today
    end = _ended(entry, today) or last_day(start, wanted.weeks, wanted.days)

    def on(move: Move) -> date:
        before = start - timedelta(days=_DAYS_BEFORE[move])
        # What starts in some time is still on its way: its steps are of these last weeks.
        latest = today - timedelta(days=2 * len(way[way.index(move) :])) if move in way else today
        return min(before, latest)

    for move in way[: way.index(reached) + 1]:
        yield move, _said(move, entry, wanted, manager, on, start, end, today)
    if status in _ENDED_BY:
        move = _ENDED_BY[status]
        yield move, MoveDetails(on(move), manager, entry.get("reason", ""))


def _said(
    move: Move,
    entry: Mapping[str, Any],
    wanted: SecondmentDetails,
    manager: str,
    on: Any,
    start: date,
    end: date,
    today: date,
) -> MoveDetails:
    match move:
        case Move.START:
            return MoveDetails(started_on=start, by=manager)
        case Move.COMPLETE:
            return MoveDetails(
                started_on=start if wanted.form.is_light else None,
                ended_on=end,
                by=manager,
                learned=entry.get("learned", ""),
                ksbs_touched=entry.get("ksbs_touched", ""),
                host_feedback=entry.get("host_feedback", ""),
                apprentice_feedback=entry.get("apprentice_feedback", ""),
            )
        case Move.APPROVE:
            return MoveDetails(on(move), manager, entry.get("approved_because", ""))
        case Move.ASK:
            return MoveDetails(on(move), entry.get("apprentice", OFFICER))
    details = MoveDetails(
        on(move),
        OFFICER,
        host=wanted.host,
        host_name=wanted.host_name,
        host_supervisor=entry.get("host_supervisor", ""),
    )
    if move is Move.MATCH:
        return details
    told = on(move) if entry.get("is_provider_told") and not wanted.form.is_light else None
    return replace(details, agreed_start_on=start, agreed_end_on=end, provider_told_on=told)


def _day(entry: Mapping[str, Any], key: str, today: date) -> date | None:
    weeks = entry.get(f"{key}_in_weeks")
    if weeks is None:
        return None
    return monday(today) + timedelta(weeks=weeks, days=entry.get(f"{key}_weekday", 0))


def _ended(entry: Mapping[str, Any], today: date) -> date | None:
    """Return the last day: a Friday, where a week is named, else the day itself."""
    weeks = entry.get("ended_in_weeks")
    return None if weeks is None else monday(today) + timedelta(weeks=weeks, days=-3)
