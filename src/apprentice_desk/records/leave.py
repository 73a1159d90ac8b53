"""Leave that is planned: its days only, never why."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept, not_before


class Leave(Kept):
    """Days on which one apprentice is not at work."""

    __tablename__ = "leave"
    __table_args__ = (not_before("last_on", "first_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date]
