"""The network around apprentices: events, and barriers that boroughs meet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import BarrierCategory, EventKind
from apprentice_desk.records.base import Kept, Word, not_negative


class NetworkEvent(Kept):
    """One event of the apprentices' or managers' network."""

    __tablename__ = "network_event"
    __table_args__ = not_negative("attended", "counted_minutes")

    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    attended: Mapped[int | None]
    counted_minutes: Mapped[int | None]


class Barrier(Kept):
    """Something that stands in the way of apprenticeships, and what helped."""

    __tablename__ = "barrier"

    category: Mapped[BarrierCategory] = mapped_column(Word(BarrierCategory))
    what_stands_in_the_way: Mapped[str] = mapped_column(String(1000))
    what_helped: Mapped[str] = mapped_column(String(1000), default="")
    is_help_wanted: Mapped[bool] = mapped_column(default=False)
    may_be_seen_by_loti: Mapped[bool] = mapped_column(default=False)
    may_be_shared: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What the form of an event edits."""

    name: str
    held_on: date
    kind: EventKind
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

    category: BarrierCategory
    what_stands_in_the_way: str
    what_helped: str = ""
    is_help_wanted: bool = False
    may_be_seen_by_loti: bool = False
    may_be_shared: bool = False


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """One barrier as lists show it."""

    id: UUID
    details: BarrierDetails


_EVENT = tuple(EventDetails.__dataclass_fields__)
_BARRIER = tuple(BarrierDetails.__dataclass_fields__)


def record_event(session: Session, details: EventDetails) -> UUID:
    """Record an event and return its key; raises Problem without a name."""
    if not details.name.strip():
        raise Problem("The event needs a name.")
    made = NetworkEvent(**asdict(details))
    session.add(made)
    session.flush()
    return made.id


def correct_event(session: Session, event_id: UUID, details: EventDetails) -> None:
    """Replace an event's details; raises Conflict when it is gone."""
    found = session.get(NetworkEvent, event_id)
    if found is None:
        raise Conflict("This event was removed meanwhile.", mine=details)
    for name, value in asdict(details).items():
        setattr(found, name, value)


def event_rows(session: Session) -> tuple[EventRow, ...]:
    """Return the events, newest first."""
    found = session.scalars(select(NetworkEvent).order_by(NetworkEvent.held_on.desc()))
    return tuple(
        EventRow(e.id, EventDetails(**{name: getattr(e, name) for name in _EVENT})) for e in found
    )


def note_barrier(session: Session, details: BarrierDetails) -> UUID:
    """Note a barrier and return its key; raises Problem when it does not say what it is."""
    if not details.what_stands_in_the_way.strip():
        raise Problem("Say what stands in the way.")
    made = Barrier(**asdict(details))
    session.add(made)
    session.flush()
    return made.id


def correct_barrier(session: Session, barrier_id: UUID, details: BarrierDetails) -> None:
    """Replace a barrier's details; raises Conflict when it is gone."""
    found = session.get(Barrier, barrier_id)
    if found is None:
        raise Conflict("This barrier was removed meanwhile.", mine=details)
    for name, value in asdict(details).items():
        setattr(found, name, value)


def barrier_rows(session: Session) -> tuple[BarrierRow, ...]:
    """Return the barriers by category."""
    found = session.scalars(select(Barrier).order_by(Barrier.category))
    return tuple(
        BarrierRow(b.id, BarrierDetails(**{name: getattr(b, name) for name in _BARRIER}))
        for b in found
    )
