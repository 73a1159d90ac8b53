"""Requests, offers and openings of others, as placements files brought them: without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import placements as rules
from apprentice_desk.domain.placements import Coming, Placement
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    RoleFamily,
    WorkingPattern,
)
from apprentice_desk.records.base import Kept, Word, not_before, not_negative


class Listing(Kept):
    """One line of somebody else's, as it was said last."""

    __tablename__ = "listing"
    __table_args__ = (
        not_before("latest_start_on", "earliest_start_on"),
        CheckConstraint("weeks BETWEEN 1 AND 26", name="weeks_in_range"),
        *not_negative("days", "places"),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[ListingKind] = mapped_column(Word(ListingKind))
    state: Mapped[ListingState] = mapped_column(Word(ListingState))
    borough: Mapped[str] = mapped_column(String(40))
    """Whose it is: a GSS code, or LOTI."""
    title: Mapped[str] = mapped_column(String(200), default="")
    wanted: Mapped[str] = mapped_column(String(1000), default="")
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    standard_code: Mapped[str | None] = mapped_column(String(6))
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    host: Mapped[str] = mapped_column(String(40), default="")
    host_name: Mapped[str] = mapped_column(String(200), default="")
    earliest_start_on: Mapped[date | None]
    latest_start_on: Mapped[date | None]
    weeks: Mapped[int | None]
    days: Mapped[int | None]
    places: Mapped[int | None]
    pattern: Mapped[WorkingPattern | None] = mapped_column(Word(WorkingPattern))
    area: Mapped[str] = mapped_column(String(100), default="")
    how_to_apply: Mapped[str] = mapped_column(String(300), default="")
    said_at: Mapped[datetime]
    """As of when whoever it belongs to said so; the newest word counts."""
    came_from: Mapped[str] = mapped_column(String(200), default="")
    """Whose file brought it."""
    came_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One line of somebody else's as lists show it, and whose file brought it when."""

    id: UUID
    placement: Placement
    came_from: str
    came_on: date


_NAMES = tuple(each.name for each in fields(Placement))


def listing_rows(session: Session) -> tuple[ListingRow, ...]:
    """Return what others said, by first day and code; what is over is among it."""
    found = session.scalars(select(Listing).order_by(Listing.earliest_start_on, Listing.code))
    return tuple(ListingRow(each.id, placement_of(each), each.came_from, each.came_on)
                 for each in found)  # fmt: skip


def listings_held(session: Session) -> tuple[Placement, ...]:
    """Return what others said, by code."""
    return tuple(map(placement_of, session.scalars(select(Listing).order_by(Listing.code))))


def compare_with_listings(
    session: Session, words: Sequence[rules.Word], own: str
) -> tuple[Coming, ...]:
    """Return what the *words* of others mean for this desk, which is that of *own*."""
    return rules.compare({each.code: each for each in listings_held(session)}, words, own)


def take_listings(
    session: Session, words: Sequence[rules.Word], own: str, came_from: str, today: date
) -> tuple[Coming, ...]:
    """Take in what others said and return what it meant; what is known already changes nothing."""
    came = compare_with_listings(session, words, own)
    there = {each.code: each for each in session.scalars(select(Listing))}
    for coming in came:
        if not coming.fate.is_kept:
            continue
        values = {name: getattr(coming.placement, name) for name in _NAMES}
        values |= {"came_from": came_from, "came_on": today}
        found = there.get(coming.placement.code)
        if found is None:
            session.add(Listing(**values))
            continue
        for name, value in values.items():
            setattr(found, name, value)
    session.flush()
    return came


def placement_of(listing: Listing) -> Placement:
    """Return what a line says, as a plain value."""
    return Placement(**{name: getattr(listing, name) for name in _NAMES})
