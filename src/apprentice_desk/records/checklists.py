"""What was ticked off before the start of an apprenticeship, and before its gateway.

Which items there are, and which of them the desk works out for itself, are rules of ``domain``.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.records.base import Kept, Word


class ChecklistMark(Kept):
    """One item that somebody has dealt with."""

    __tablename__ = "checklist_mark"
    __table_args__ = (UniqueConstraint("apprenticeship_id", "checklist", "item"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    checklist: Mapped[Checklist] = mapped_column(Word(Checklist))
    item: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    is_not_needed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(1000), default="")
