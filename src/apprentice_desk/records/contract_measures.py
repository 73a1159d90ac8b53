"""What was agreed to measure a provider by, contract by contract."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.base import Kept, Word


class ContractMeasure(Kept):
    """One measure with the value agreed, in whole per cent."""

    __tablename__ = "contract_measure"
    __table_args__ = (
        UniqueConstraint("contract_id", "measure"),
        CheckConstraint("agreed_percent BETWEEN 0 AND 100", name="agreed_percent_is_a_share"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"))
    measure: Mapped[Measure] = mapped_column(Word(Measure))
    agreed_percent: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
