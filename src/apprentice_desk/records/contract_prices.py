"""What a contract agrees for one apprentice of a standard."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept, not_negative


class ContractPrice(Kept):
    """The price of one apprentice of a standard: training, and assessment."""

    __tablename__ = "contract_price"
    __table_args__ = (
        UniqueConstraint("contract_id", "standard_code"),
        *not_negative("training_price", "assessment_price"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"))
    standard_code: Mapped[str] = mapped_column(String(6))
    training_price: Mapped[Decimal]
    assessment_price: Mapped[Decimal]
