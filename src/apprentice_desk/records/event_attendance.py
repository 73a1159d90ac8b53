"""Who is asked to an event, who came, and the hours that were logged of it.

Hours of an event are entries like any other: they stay when the event is removed, and who came
came all the same when an entry is removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.hours import HoursDetails, log_hours, remove_hours
from apprentice_desk.records.network import EventAttendance, NetworkEvent, event_record


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One apprentice on the list of an event.

    *came* is None while nobody said so.  *minutes* and *counts* are those of the entry that was
    logged, None where none was.
    """

    apprenticeship_id: UUID
    name: str
    came: bool | None
    entry_id: UUID | None
    minutes: int | None
    counts: bool | None

    @property
    def id(self) -> UUID:
        """The key of the apprenticeship: nobody stands on a list twice."""
        return self.apprenticeship_id


def attendance_rows(session: Session, event_id: UUID) -> tuple[AttendanceRow, ...]:
    """Return who is asked to an event or came, by name."""
    entry = OffTheJobEntry
    found: Any = session.execute(
        select(
            EventAttendance.apprenticeship_id, Apprentice.given_names, Apprentice.family_name,
            Apprenticeship.course_title, EventAttendance.came, EventAttendance.entry_id,
            entry.minutes, entry.counts,
        )
        .join(Apprenticeship, Apprenticeship.id == EventAttendance.apprenticeship_id)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(entry, entry.id == EventAttendance.entry_id)
        .where(EventAttendance.event_id == event_id)
        .order_by(Apprentice.family_name, Apprentice.given_names, EventAttendance.id)
    )  # fmt: skip
    return tuple(
        AttendanceRow(key, called(given, family, course), *values)
        for key, given, family, course, *values in found
    )


def invite(session: Session, event_id: UUID, apprenticeship_ids: Collection[UUID]) -> int:
    """Have these apprentices, and nobody else, asked to an event; return how many are new.

    Raises Conflict when the event is gone, Problem when somebody who came would leave the list.
    """
    event_record(session, event_id)
    there = _of_event(session, event_id)
    leaving = [each for key, each in there.items() if key not in set(apprenticeship_ids)]
    if any(each.came for each in leaving):
        raise Problem(
            "Somebody who came would leave the list.",
            "Correct who came first; then take them off.",
        )
    for each in leaving:
        session.delete(each)
    new = [key for key in dict.fromkeys(apprenticeship_ids) if key not in there]
    session.add_all(EventAttendance(event_id=event_id, apprenticeship_id=key) for key in new)
    session.flush()
    return len(new)


def record_attendance(
    session: Session, event_id: UUID, came: Collection[UUID], others: int, today: date
) -> None:
    """Record who came: *came* did, whoever else was asked did not.

    *others* are people of this borough without an apprenticeship, such as managers; with them it
    is how many attended.  Raises Conflict when the event is gone, Problem before its day, when it
    was cancelled, or when hours are logged of somebody who is not to have come.
    """
    event = event_record(session, event_id)
    if event.held_on > today:
        raise Problem(
            f"The event is on {show_day(event.held_on)}, which is still to come.",
            "Say who came once it was held.",
        )
    if event.cancelled_on is not None:
        raise Problem("This event was cancelled.", "Say that it takes place after all first.")
    if others < 0:
        raise Problem("How many others came cannot be below 0.")
    there = _of_event(session, event_id)
    wanted = set(came)
    if any(each.entry_id is not None for key, each in there.items() if key not in wanted):
        raise Problem(
            "Hours are logged of somebody who is not ticked.",
            "Take the hours of the event back first, or remove that entry.",
        )
    for key in wanted - set(there):
        there[key] = EventAttendance(event_id=event_id, apprenticeship_id=key)
        session.add(there[key])
    for key, each in there.items():
        each.came = key in wanted
    event.attended = len(wanted) + others
    session.flush()


def log_event_hours(session: Session, event_id: UUID, entries: Iterable[HoursDetails]) -> int:
    """Log hours of an event, an entry for each apprentice who came; return how many.

    What counts for one apprentice is noted with the event where it was blank.  Raises Conflict when
    the event is gone, Problem as ``log_hours`` does, and for somebody who did not come or whose
    hours are logged already.
    """
    event = event_record(session, event_id)
    there = _of_event(session, event_id)
    logged = 0
    for details in entries:
        assert details.apprenticeship_id is not None  # the database would refuse it
        attendance = there.get(details.apprenticeship_id)
        if attendance is None or not attendance.came:
            raise Problem("Hours are logged for those who came.", "Say first who came.")
        if attendance.entry_id is not None:
            raise Problem("These hours were logged meanwhile.", "Look at the event again.")
        attendance.entry_id = log_hours(session, details)
        if details.counts and event.counted_minutes is None:
            event.counted_minutes = details.minutes
        logged += 1
    session.flush()
    return logged


def take_event_hours_back(session: Session, event_id: UUID) -> int:
    """Remove the entries that were logged of an event; return how many.

    Raises Conflict when the event is gone, Problem when the week of one is finished or somebody
    has verified it.
    """
    event_record(session, event_id)
    keys = [each.entry_id for each in _of_event(session, event_id).values() if each.entry_id]
    for key in keys:
        if session.get_one(OffTheJobEntry, key).verified_at is not None:
            raise Problem(
                "Some of these hours are verified.",
                "Take the verification back on the page Hours first.",
            )
        remove_hours(session, key)
    session.flush()
    return len(keys)


def _of_event(session: Session, event_id: UUID) -> dict[UUID, EventAttendance]:
    found = session.scalars(
        select(EventAttendance)
        .where(EventAttendance.event_id == event_id)
        .order_by(EventAttendance.id)
    )
    return {each.apprenticeship_id: each for each in found}


@dataclass(frozen=True, slots=True)
class AskedTo:
    """One event that an apprentice was asked to."""

    event_id: UUID
    name: str
    held_on: date
    came: bool | None


def events_of(session: Session, apprenticeship_id: UUID) -> tuple[AskedTo, ...]:
    """Return the events that one apprentice was asked to, newest first; cancelled ones left out."""
    found: Any = session.execute(
        select(NetworkEvent.id, NetworkEvent.name, NetworkEvent.held_on, EventAttendance.came)
        .join(EventAttendance, EventAttendance.event_id == NetworkEvent.id)
        .where(
            EventAttendance.apprenticeship_id == apprenticeship_id,
            NetworkEvent.cancelled_on.is_(None),
        )
        .order_by(NetworkEvent.held_on.desc(), NetworkEvent.name)
    )
    return tuple(AskedTo(*row) for row in found)
