"""Changes of provider and of standard during an apprenticeship: what held before, and until when.

What holds now stands with the apprenticeship itself.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept


class ProgrammeChange(Kept):
    """One change on a day, with what held until the day before."""

    __tablename__ = "programme_change"
    __table_args__ = (Index("ix_programme_change_day", "apprenticeship_id", "changed_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    changed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500), default="")
    was_provider_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    was_contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    was_provider_reference: Mapped[str] = mapped_column(String(60), default="")
    was_standard_code: Mapped[str | None] = mapped_column(String(6))
    was_standard_version: Mapped[str] = mapped_column(String(10), default="")
    was_standard_option: Mapped[str] = mapped_column(String(200), default="")
    was_training_planned_end_on: Mapped[date | None]
