"""What a contract agrees for one apprentice of a standard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, not_negative, refuse
from apprentice_desk.records.standards import Standard


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


@dataclass(frozen=True, slots=True)
class PriceDetails:
    """What the form of a price edits."""

    standard_code: str | None = None
    training_price: Decimal | None = None
    assessment_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price as lists show it; the catalogue says what the funding band is today."""

    id: UUID
    contract_id: UUID
    standard_code: str
    standard_title: str
    training_price: Decimal
    assessment_price: Decimal
    max_funding: Decimal | None

    @property
    def price(self) -> Decimal:
        """Training and assessment together."""
        return self.training_price + self.assessment_price


def check_price(details: PriceDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if not details.standard_code:
        wrong("CP001", "standard_code", "Choose the standard.")
    else:
        try:
            identifiers.check_standard_code(details.standard_code)
        except ValueError as error:
            wrong("CP002", "standard_code", str(error))
    training, assessment = details.training_price, details.assessment_price
    if training is None or training < 0:
        wrong("CP003", "training_price", "Enter the price of training.", "£0 or more.")
    if assessment is None or assessment < 0:
        wrong("CP004", "assessment_price", "Enter the price of assessment.", "£0 or more.")
    return findings


def agree_price(session: Session, contract_id: UUID, details: PriceDetails) -> UUID:
    """Record the price of a standard under a contract and return its key.

    Raises Problem when something is missing or the contract has a price for the standard.
    """
    price = ContractPrice(contract_id=contract_id)
    _take_over(session, price, details)
    session.add(price)
    session.flush()
    return price.id


def correct_price(session: Session, price_id: UUID, details: PriceDetails) -> None:
    """Replace a price that was entered wrongly.

    Raises Conflict when it is gone, Problem as ``agree_price`` does.
    """
    _take_over(session, _price(session, price_id, details), details)


def remove_price(session: Session, price_id: UUID) -> None:
    """Remove a price entered by mistake; raises Conflict when it is gone."""
    session.delete(_price(session, price_id))
    session.flush()


def _price(session: Session, price_id: UUID, mine: object = None) -> ContractPrice:
    price = session.get(ContractPrice, price_id)
    if price is None:
        raise Conflict("This price was removed meanwhile.", mine=mine)
    return price


def _take_over(session: Session, price: ContractPrice, details: PriceDetails) -> None:
    refuse(check_price(details))
    code = identifiers.check_standard_code(details.standard_code or "")
    with session.no_autoflush:
        other = session.scalars(
            select(ContractPrice).where(
                ContractPrice.contract_id == price.contract_id, ContractPrice.standard_code == code
            )
        ).first()
    if other is not None and other is not price:
        raise Problem(f"This contract has a price for {code} already.", "Change that one instead.")
    assert details.training_price is not None  # checked above
    assert details.assessment_price is not None
    price.standard_code = code
    price.training_price = details.training_price
    price.assessment_price = details.assessment_price


def price_rows(session: Session, contract_id: UUID | None = None) -> tuple[PriceRow, ...]:
    """Return prices by standard: one contract's, or all."""
    query = (
        select(
            ContractPrice.id, ContractPrice.contract_id, ContractPrice.standard_code,
            Standard.title, ContractPrice.training_price, ContractPrice.assessment_price,
            Standard.max_funding,
        )
        .outerjoin(Standard, Standard.code == ContractPrice.standard_code)
        .order_by(ContractPrice.standard_code, ContractPrice.contract_id)
    )  # fmt: skip
    if contract_id is not None:
        query = query.where(ContractPrice.contract_id == contract_id)
    return tuple(
        PriceRow(key, contract, code, title or "", training, assessment, max_funding)
        for key, contract, code, title, training, assessment, max_funding in session.execute(query)
    )
