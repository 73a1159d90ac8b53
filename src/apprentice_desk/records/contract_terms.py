"""What a contract says beyond its two days: extensions, and what of the provider runs out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.vocabulary import ExpiryKind
from apprentice_desk.records.base import Kept, Word


class ContractExtension(Kept):
    """One extension that the contract allows; *taken_on* is the day on which it was taken up."""

    __tablename__ = "contract_extension"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"))
    number: Mapped[int]
    to_on: Mapped[date]
    decide_by_on: Mapped[date | None]
    taken_on: Mapped[date | None]


class ContractExpiry(Kept):
    """An insurance or policy that the contract asks for, and its last day."""

    __tablename__ = "contract_expiry"

    contract_id: Mapped[UUID] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[ExpiryKind] = mapped_column(Word(ExpiryKind))
    ends_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
