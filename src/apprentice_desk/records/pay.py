"""What an apprentice is paid, from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records.base import Kept, Word


class Pay(Kept):
    """One rate of pay."""

    __tablename__ = "pay"
    __table_args__ = (
        UniqueConstraint("apprenticeship_id", "from_on"),
        CheckConstraint("amount > 0", name="amount_above_0"),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    from_on: Mapped[date]
    amount: Mapped[Decimal]
    per: Mapped[PayPer] = mapped_column(Word(PayPer))
    note: Mapped[str] = mapped_column(String(500), default="")
