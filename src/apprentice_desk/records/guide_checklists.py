"""Checklists of the playbook that were put on an apprentice or a call, and what is ticked off."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept


class GuideChecklist(Kept):
    """The checklist of one guide, put on one apprenticeship or one procurement."""

    __tablename__ = "guide_checklist"
    __table_args__ = (
        UniqueConstraint("guide", "apprenticeship_id"),
        UniqueConstraint("guide", "procurement_id"),
        CheckConstraint(
            "(CASE WHEN apprenticeship_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN procurement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="is_on_one",
        ),
    )

    guide: Mapped[str] = mapped_column(String(60))
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    procurement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    put_on: Mapped[date]
    put_by: Mapped[str] = mapped_column(String(200), default="")


class GuideTick(Kept):
    """One line of such a checklist that somebody dealt with."""

    __tablename__ = "guide_tick"
    __table_args__ = (UniqueConstraint("guide_checklist_id", "item"),)

    guide_checklist_id: Mapped[UUID] = mapped_column(
        ForeignKey("guide_checklist.id", ondelete="RESTRICT")
    )
    item: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    is_not_needed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(1000), default="")
