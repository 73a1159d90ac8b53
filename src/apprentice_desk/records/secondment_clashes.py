"""What a stay elsewhere collides with, as the desk knows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.placement_clashes import Clash, ClashKind
from apprentice_desk.domain.placement_days import host_words, window
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.apprentices import Break
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.secondments import Secondment

_LONGEST = timedelta(weeks=26)
_OVER = (SecondmentStatus.DRAFT, SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN)


def clashes_of(session: Session, secondment_id: UUID, today: date) -> tuple[Clash, ...]:
    """Return what stands against a secondment in its days, by day.

    Nothing does while nobody is named or no start is known.  Raises Conflict when it is gone.
    """
    found = session.get(Secondment, secondment_id)
    if found is None:
        raise Conflict("This secondment was removed meanwhile.")
    days = window(found)
    if found.apprenticeship_id is None or days is None:
        return ()
    return clashes_in(session, found.apprenticeship_id, days, today, secondment_id)


def clashes_in(
    session: Session, apprenticeship_id: UUID, days: Period, today: date, but: UUID | None = None
) -> tuple[Clash, ...]:
    """Return what stands against a stay on *days*, by day; *but* is left out of other stays."""
    last = days.last or days.first + _LONGEST
    if last < today:
        return ()
    found = (
        *_reviews(session, apprenticeship_id, days.first, last),
        *_breaks(session, apprenticeship_id, days.first, last),
        *_stays(session, apprenticeship_id, days.first, last, but),
    )
    return tuple(sorted(found, key=lambda each: (each.first_on, each.says)))


def _reviews(session: Session, whose: UUID, first: date, last: date) -> Iterator[Clash]:
    planned = session.scalars(
        select(Review.due_on).where(
            Review.apprenticeship_id == whose,
            Review.held_on.is_(None),
            Review.due_on.between(first, last),
        )
    )
    for day in planned:
        assert day is not None  # it lies between two days
        yield Clash(
            ClashKind.REVIEW,
            Period(day, day),
            f"A progress review is planned for {show_day(day)}.",
            "Hold it all the same, and ask the host manager to come; or hold it before.",
        )


def _breaks(session: Session, whose: UUID, first: date, last: date) -> Iterator[Clash]:
    spells = session.scalars(
        select(Break).where(Break.apprenticeship_id == whose, Break.first_on <= last)
    )
    for spell in spells:
        if spell.last_on is None or spell.last_on >= first:
            until = f" to {show_day(spell.last_on)}" if spell.last_on else ""
            yield Clash(
                ClashKind.BREAK,
                Period(spell.first_on, spell.last_on),
                f"A break in learning runs from {show_day(spell.first_on)}{until}.",
                "Wait until the apprentice is back in training.",
                is_grave=True,
            )


def _stays(
    session: Session, whose: UUID, first: date, last: date, but: UUID | None
) -> Iterator[Clash]:
    others = session.scalars(
        select(Secondment).where(
            Secondment.apprenticeship_id == whose, Secondment.status.not_in(_OVER)
        )
    )
    for other in others:
        days = window(other)
        if other.id == but or days is None:
            continue
        if days.first <= last and (days.last is None or days.last >= first):
            where = host_words(other.host, other.host_name)
            yield Clash(
                ClashKind.SECONDMENT,
                days,
                f"{other.code} with {where} is {other.status} from {show_day(days.first)}.",
                "Move one of the two, or withdraw it.",
                is_grave=True,
            )
