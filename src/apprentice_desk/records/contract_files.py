"""Signed copies and other files kept with a contract; their bytes stand with those of evidence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.vocabulary import ContractFileKind
from apprentice_desk.records.base import Kept, Word


class ContractFile(Kept):
    """One file of one contract."""

    __tablename__ = "contract_file"

    contract_id: Mapped[UUID] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[ContractFileKind] = mapped_column(Word(ContractFileKind))
    title: Mapped[str] = mapped_column(String(rules.LONGEST_TITLE), default="")
    dated_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(String(rules.LONGEST_NAME))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(
        ForeignKey("evidence_content.sha256", ondelete="RESTRICT"), index=True
    )
