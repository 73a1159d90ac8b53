"""The network around apprentices: events, and barriers that boroughs meet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
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
    """What the form of an event edits."""

    name: str = ""
    held_on: date | None = None
    kind: EventKind | None = None
    attended: int | None = None
    counted_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as lists show it."""

    id: UUID
    details: EventDetails


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
        findings.append(_finding("EV002", "held_on", "Enter the day it was held."))
    if details.kind is None:
        findings.append(_finding("EV003", "kind", "Choose what kind of event it was."))
    findings += [
        _finding("EV004", name, "This cannot be below 0.")
        for name in ("attended", "counted_minutes")
        if (getattr(details, name) or 0) < 0
    ]
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

    Raises Conflict when it is gone, Problem where something is missing.
    """
    found = session.get(NetworkEvent, event_id)
    if found is None:
        raise Conflict("This event was removed meanwhile.", mine=details)
    refuse(check_event(details))
    for name, value in asdict(details).items():
        setattr(found, name, value)


def remove_event(session: Session, event_id: UUID) -> None:
    """Remove an event entered by mistake; raises Conflict when it is gone."""
    found = session.get(NetworkEvent, event_id)
    if found is None:
        raise Conflict("This event was removed meanwhile.")
    session.delete(found)
    session.flush()


def event_rows(session: Session) -> tuple[EventRow, ...]:
    """Return the events, newest first."""
    found = session.scalars(
        select(NetworkEvent).order_by(
            NetworkEvent.held_on.desc(), NetworkEvent.name, NetworkEvent.id
        )
    )
    return tuple(
        EventRow(e.id, EventDetails(**{name: getattr(e, name) for name in _EVENT})) for e in found
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
