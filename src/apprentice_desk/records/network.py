"""The network around apprentices: events, and barriers that boroughs meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.days_hours import DAY_MINUTES, minute_of_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import BarrierCategory, EventKind
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative, refuse


class NetworkEvent(Kept):
    """One event of the apprentices' or managers' network."""

    __tablename__ = "network_event"
    __table_args__ = not_negative("attended", "counted_minutes", "minutes", "capacity")

    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    attended: Mapped[int | None]
    counted_minutes: Mapped[int | None]
    began_at: Mapped[str] = mapped_column(String(5), default="", server_default="")
    minutes: Mapped[int | None]
    """How long it lasts."""
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    host: Mapped[str] = mapped_column(String(200), default="", server_default="")
    partner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    capacity: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    cancelled_on: Mapped[date | None]


class EventAttendance(Kept):
    """One apprentice who is asked to an event, and whether they came."""

    __tablename__ = "event_attendance"
    __table_args__ = (UniqueConstraint("event_id", "apprenticeship_id"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("network_event.id", ondelete="RESTRICT"))
    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    came: Mapped[bool | None]
    """None while nobody said so."""
    entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("off_the_job_entry.id", ondelete="RESTRICT"), index=True
    )
    """The off-the-job entry that was made of it."""


class Barrier(Kept):
    """Something that stands in the way of apprenticeships, and what helped."""

    __tablename__ = "barrier"

    category: Mapped[BarrierCategory] = mapped_column(Word(BarrierCategory))
    what_stands_in_the_way: Mapped[str] = mapped_column(String(1000))
    what_helped: Mapped[str] = mapped_column(String(1000), default="")
    is_help_wanted: Mapped[bool] = mapped_column(default=False)
    may_be_seen_by_loti: Mapped[bool] = mapped_column(default=False)
    may_be_shared: Mapped[bool] = mapped_column(default=False)
    noted_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    """When it stood in the way no longer."""


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What the form of an event edits.

    *attended* are people of this borough; *counted_minutes* is what counts as off-the-job training
    for one apprentice who came.  *began_at* is hh:mm, *minutes* how long it lasts.
    """

    name: str = ""
    held_on: date | None = None
    kind: EventKind | None = None
    attended: int | None = None
    counted_minutes: int | None = None
    began_at: str = ""
    minutes: int | None = None
    place: str = ""
    host: str = ""
    partner: str = ""
    capacity: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as lists show it.

    *asked* are the apprentices who are asked, *answered* those of whom it is known whether they
    came, *came* those who did, *logged* those whose hours stand in their logs.
    """

    id: UUID
    details: EventDetails
    cancelled_on: date | None = None
    asked: int = 0
    answered: int = 0
    came: int = 0
    logged: int = 0

    @property
    def is_on(self) -> bool:
        """Whether it takes place, or took place: it was not cancelled."""
        return self.cancelled_on is None

    @property
    def lacks_attendance(self) -> bool:
        """Whether somebody was asked of whom nobody has said whether they came."""
        return self.is_on and self.answered < self.asked

    @property
    def lacks_hours(self) -> bool:
        """Whether it counts, and hours of somebody who came stand in no log."""
        return self.is_on and bool(self.details.counted_minutes) and self.logged < self.came


@dataclass(frozen=True, slots=True)
class BarrierDetails:
    """What the form of a barrier edits."""

    category: BarrierCategory | None = None
    what_stands_in_the_way: str = ""
    what_helped: str = ""
    is_help_wanted: bool = False
    may_be_seen_by_loti: bool = False
    may_be_shared: bool = False
    noted_on: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """One barrier as lists show it."""

    id: UUID
    details: BarrierDetails


_EVENT = tuple(EventDetails.__dataclass_fields__)
_BARRIER = tuple(BarrierDetails.__dataclass_fields__)


def check_event(details: EventDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.name.strip():
        findings.append(_finding("EV001", "name", "The event needs a name."))
    if details.held_on is None:
        findings.append(_finding("EV002", "held_on", "Enter the day of the event."))
    if details.kind is None:
        findings.append(_finding("EV003", "kind", "Choose what kind of event it is."))
    findings += [
        _finding("EV004", name, "This cannot be below 0.")
        for name in ("attended", "counted_minutes", "capacity")
        if (getattr(details, name) or 0) < 0
    ]
    if details.began_at and minute_of_day(details.began_at) is None:
        findings.append(
            _finding("EV005", "began_at", "This is not a time of day.", "For example 09:30.")
        )
    if details.minutes is not None and not 1 <= details.minutes <= DAY_MINUTES:
        findings.append(
            _finding("EV006", "minutes", "An event is at least a minute and at most 24 hours.")
        )
    elif details.minutes is not None and (details.counted_minutes or 0) > details.minutes:
        findings.append(
            _finding(
                "EV007",
                "counted_minutes",
                f"More counts here than the {sentence(details.minutes)} that it lasts.",
                "Check both.",
            )
        )
    return findings + check_lengths(details, NetworkEvent)


def check_barrier(details: BarrierDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.category is None:
        findings.append(_finding("BA001", "category", "Choose what the barrier is about."))
    if not details.what_stands_in_the_way.strip():
        findings.append(_finding("BA002", "what_stands_in_the_way", "Say what stands in the way."))
    noted, settled = details.noted_on, details.settled_on
    if noted is not None and settled is not None and settled < noted:
        findings.append(_finding("BA003", "settled_on", "It was settled before it was noted."))
    return findings + check_lengths(details, Barrier)


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def record_event(session: Session, details: EventDetails) -> UUID:
    """Record an event and return its key; raises Problem where something is missing."""
    refuse(check_event(details))
    made = NetworkEvent(**asdict(details))
    session.add(made)
    session.flush()
    return made.id


def correct_event(session: Session, event_id: UUID, details: EventDetails) -> None:
    """Replace an event's details.

    Raises Conflict when it is gone, Problem where something is missing, fewer attended than came
    by its list, or the day of one whose hours are logged is another.
    """
    found = event_record(session, event_id, details)
    refuse(check_event(details))
    came, logged = _came_and_logged(session, event_id)
    if came and (details.attended is None or details.attended < came):
        raise Problem(
            f"By the list of who came, {came:,} of your apprentices did.",
            "Attended cannot be fewer. Correct the list first.",
        )
    if logged and details.held_on != found.held_on:
        raise Problem(
            f"Hours of this event stand in the logs on {show_day(found.held_on)}.",
            "Take them back first; then the day can be another.",
        )
    for name, value in asdict(details).items():
        setattr(found, name, value)


def cancel_event(session: Session, event_id: UUID, on: date) -> None:
    """Say that an event does not take place; it stays, and leaves with no return.

    Raises Conflict when it is gone, Problem when somebody came to it.
    """
    found = event_record(session, event_id)
    came, _ = _came_and_logged(session, event_id)
    if came or found.attended:
        raise Problem(
            "People came to this event, so it was held.",
            "Correct who came first, or remove the event.",
        )
    found.cancelled_on = on
    session.flush()


def hold_after_all(session: Session, event_id: UUID) -> None:
    """Say that an event that was cancelled takes place; raises Conflict when it is gone."""
    event_record(session, event_id).cancelled_on = None
    session.flush()


def remove_event(session: Session, event_id: UUID) -> None:
    """Remove an event entered by mistake, and who was asked and came.

    Hours that were logged of it stay in the logs.  Raises Conflict when it is gone.
    """
    found = event_record(session, event_id)
    of_it = select(EventAttendance).where(EventAttendance.event_id == event_id)
    for each in session.scalars(of_it):
        session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def event_record(session: Session, event_id: UUID, mine: object = None) -> NetworkEvent:
    """Return the record of an event, for the commands of records; raises Conflict when gone."""
    found = session.get(NetworkEvent, event_id)
    if found is None:
        raise Conflict("This event was removed meanwhile.", mine=mine)
    return found


def _came_and_logged(session: Session, event_id: UUID) -> tuple[int, int]:
    """Return how many came to an event by its list, and of how many hours are logged."""
    of_it = select(EventAttendance.came, EventAttendance.entry_id).where(
        EventAttendance.event_id == event_id
    )
    found = session.execute(of_it).all()
    return sum(bool(came) for came, _ in found), sum(entry is not None for _, entry in found)


def forget_entry(session: Session, entry_id: UUID) -> None:
    """Say that an entry of hours, which is about to go, stands for no attendance any more."""
    of_it = select(EventAttendance).where(EventAttendance.entry_id == entry_id)
    for each in session.scalars(of_it):
        each.entry_id = None
    session.flush()


def forget_attendance(session: Session, apprenticeship_ids: Iterable[UUID]) -> None:
    """Take apprenticeships, which are about to go, off the lists of all events."""
    of_them = select(EventAttendance).where(
        EventAttendance.apprenticeship_id.in_(tuple(apprenticeship_ids))
    )
    for each in session.scalars(of_them):
        session.delete(each)
    session.flush()


def event_rows(session: Session) -> tuple[EventRow, ...]:
    """Return the events, newest first."""
    asked = EventAttendance
    counted: Any = (
        select(
            asked.event_id,
            func.count().label("asked"),
            func.count(asked.came).label("answered"),
            func.sum(case((asked.came.is_(True), 1), else_=0)).label("came"),
            func.count(asked.entry_id).label("logged"),
        )
        .group_by(asked.event_id)
        .subquery()
    )
    found: Any = session.execute(
        select(
            NetworkEvent,
            *(
                func.coalesce(counted.c[name], 0)
                for name in ("asked", "answered", "came", "logged")
            ),
        )
        .outerjoin(counted, counted.c.event_id == NetworkEvent.id)
        .order_by(NetworkEvent.held_on.desc(), NetworkEvent.name, NetworkEvent.id)
    )
    return tuple(
        EventRow(
            each.id,
            EventDetails(**{name: getattr(each, name) for name in _EVENT}),
            each.cancelled_on,
            *(int(count) for count in counts),
        )
        for each, *counts in found
    )


def note_barrier(session: Session, details: BarrierDetails) -> UUID:
    """Note a barrier and return its key; raises Problem when it does not say what it is."""
    refuse(check_barrier(details))
    made = Barrier(**asdict(details))
    session.add(made)
    session.flush()
    return made.id


def correct_barrier(session: Session, barrier_id: UUID, details: BarrierDetails) -> None:
    """Replace a barrier's details.

    Raises Conflict when it is gone, Problem when it no longer says what it is.
    """
    found = session.get(Barrier, barrier_id)
    if found is None:
        raise Conflict("This barrier was removed meanwhile.", mine=details)
    refuse(check_barrier(details))
    for name, value in asdict(details).items():
        setattr(found, name, value)


def remove_barrier(session: Session, barrier_id: UUID) -> None:
    """Remove a barrier; raises Conflict when it is gone."""
    found = session.get(Barrier, barrier_id)
    if found is None:
        raise Conflict("This barrier was removed meanwhile.")
    session.delete(found)
    session.flush()


def barrier_rows(session: Session) -> tuple[BarrierRow, ...]:
    """Return the barriers by category."""
    found = session.scalars(
        select(Barrier).order_by(Barrier.category, Barrier.what_stands_in_the_way, Barrier.id)
    )
    return tuple(
        BarrierRow(b.id, BarrierDetails(**{name: getattr(b, name) for name in _BARRIER}))
        for b in found
    )
