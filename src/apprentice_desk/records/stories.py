"""Stories and the plan of communications: what is told where, to whom, by whom, with consent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept


class Story(Kept):
    """One thing that is told, planned or published."""

    __tablename__ = "story"

    title: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(60))
    audience: Mapped[str] = mapped_column(String(100), default="")
    author: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[date | None]
    published_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    """Whom it is about."""
    is_consent_needed: Mapped[bool] = mapped_column(default=True)
    consent_on: Mapped[date | None]
    consent_to: Mapped[str] = mapped_column(String(500), default="")
    """What was agreed to: name, picture, where it may stand and until when."""
    consent_ended_on: Mapped[date | None]
    """When consent was taken back."""
