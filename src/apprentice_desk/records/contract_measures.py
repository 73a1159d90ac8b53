"""What was agreed to measure a provider by, contract by contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse


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


@dataclass(frozen=True, slots=True)
class AgreedDetails:
    """What the form of one measure edits; without a percentage nothing is agreed."""

    agreed_percent: int | None = None
    note: str = ""


def check(details: AgreedDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    percent = details.agreed_percent
    if percent is not None and not 0 <= percent <= 100:
        findings.append(
            Finding(
                Level.ROW, "MS001", "A share is from 0% to 100%.", "",
                Place(field="agreed_percent"),
            )
        )  # fmt: skip
    if percent is None and details.note.strip():
        findings.append(
            Finding(
                Level.ROW, "MS002", "There is a note, but no percentage.",
                "Give the percentage, or empty the note.", Place(field="agreed_percent"),
            )
        )  # fmt: skip
    return findings + check_lengths(details, ContractMeasure)


def agree_measure(
    session: Session, contract_id: UUID, measure: Measure, details: AgreedDetails
) -> None:
    """Record what was agreed on *measure*, or that nothing is; Problem for what ``check`` finds."""
    refuse(check(details))
    kept = session.scalars(
        select(ContractMeasure).where(
            ContractMeasure.contract_id == contract_id, ContractMeasure.measure == measure
        )
    ).one_or_none()
    percent = details.agreed_percent
    if percent is None:
        if kept is not None:
            session.delete(kept)
            session.flush()
        return
    if kept is None:
        kept = ContractMeasure(contract_id=contract_id, measure=measure)
        session.add(kept)
    kept.agreed_percent = percent
    kept.note = details.note.strip()
    session.flush()


def agreed_measures(session: Session, contract_id: UUID) -> Mapping[Measure, AgreedDetails]:
    """Return what was agreed under a contract; a measure on which nothing is, is not in it."""
    found = session.scalars(
        select(ContractMeasure).where(ContractMeasure.contract_id == contract_id)
    )
    return {each.measure: AgreedDetails(each.agreed_percent, each.note) for each in found}
