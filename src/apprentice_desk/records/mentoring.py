"""Mentors and buddies of apprentices, with who it was before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.vocabulary import MentorRole
from apprentice_desk.records.base import Kept, Word, not_before


class Mentoring(Kept):
    """One person who goes along with one apprentice for a while."""

    __tablename__ = "mentoring"
    __table_args__ = (not_before("until_on", "from_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[MentorRole] = mapped_column(Word(MentorRole))
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day; None while it goes on."""
    note: Mapped[str] = mapped_column(String(1000), default="")
