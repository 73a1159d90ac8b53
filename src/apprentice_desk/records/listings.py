"""Requests, offers and openings of others, as placements files brought them: without names."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

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
    """When whoever it belongs to said so; the newest word counts."""
    came_from: Mapped[str] = mapped_column(String(200), default="")
    """The file and whose it was."""
    came_on: Mapped[date]
