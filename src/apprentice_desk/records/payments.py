"""Payments under contracts: what was paid, for whom, and what came back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, String, case
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative, refuse


class Payment(Kept):
    """Money paid under a contract."""

    __tablename__ = "payment"
    __table_args__ = not_negative("amount")

    contract_id: Mapped[UUID] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    paid_on: Mapped[date]
    amount: Mapped[Decimal]
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[PaymentKind | None] = mapped_column(Word(PaymentKind))
    note: Mapped[str] = mapped_column(String(500), default="", server_default="")


PAID = case((Payment.kind == PaymentKind.REFUND, -Payment.amount), else_=Payment.amount)
"""What a payment adds to what was paid: what comes back is kept as an amount above £0, too."""


@dataclass(frozen=True, slots=True)
class PaymentDetails:
    """What the form of a payment edits."""

    contract_id: UUID | None = None
    paid_on: date | None = None
    amount: Decimal | None = None
    apprenticeship_id: UUID | None = None
    """For whom; None where it was paid for nobody in particular."""
    kind: PaymentKind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment as lists show it; *amount* is above £0 also where it came back."""

    id: UUID
    contract_id: UUID
    contract_reference: str
    provider_name: str
    paid_on: date
    amount: Decimal
    apprenticeship_id: UUID | None
    apprentice_name: str
    kind: PaymentKind | None
    note: str

    @property
    def paid(self) -> Decimal:
        """What it adds to what was paid: below £0 where it came back."""
        return -self.amount if self.kind is PaymentKind.REFUND else self.amount


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check_payment(details: PaymentDetails, today: date | None = None) -> list[Finding]:
    """Return what is wrong with *details*; with *today* a day that is still to come is."""
    findings = []
    if details.contract_id is None:
        findings.append(_finding("PM001", "contract_id", "Choose the contract."))
    if details.paid_on is None:
        findings.append(_finding("PM002", "paid_on", "Enter the day it was paid."))
    if details.amount is None or details.amount <= 0:
        findings.append(
            _finding(
                "PM003", "amount", "A payment is more than £0.",
                "Where money came back, enter how much, and choose “refund or credit note”.",
            )
        )  # fmt: skip
    if today is not None and details.paid_on is not None and details.paid_on > today:
        findings.append(
            _finding(
                "PM004", "paid_on", f"{show_day(details.paid_on)} is still to come.",
                "Record payments once they are made.",
            )
        )  # fmt: skip
    return findings + check_lengths(details, Payment)


def pay(
    session: Session,
    contract_id: UUID,
    paid_on: date,
    amount: Decimal,
    apprenticeship_id: UUID | None = None,
    kind: PaymentKind | None = None,
    note: str = "",
    today: date | None = None,
) -> UUID:
    """Record a payment and return its key; what came back is an amount above £0 of its own kind.

    Raises Problem at £0 or below and, with *today*, for a day that is still to come; Conflict when
    the apprenticeship is gone.
    """
    details = PaymentDetails(contract_id, paid_on, amount, apprenticeship_id, kind, note)
    return record(session, details, today)


def record(session: Session, details: PaymentDetails, today: date | None = None) -> UUID:
    """Record a payment as its form or a list gives it; raises as ``pay`` does."""
    payment = Payment()
    _take_payment(session, payment, details, today)
    session.add(payment)
    session.flush()
    return payment.id


def correct_payment(
    session: Session, payment_id: UUID, details: PaymentDetails, today: date | None = None
) -> None:
    """Replace a payment's details.

    Raises Conflict when it or the apprenticeship is gone, Problem when something is missing or,
    with *today*, is still to come.
    """
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise Conflict("This payment was removed meanwhile.", mine=details)
    _take_payment(session, payment, details, today)


def _take_payment(
    session: Session, payment: Payment, details: PaymentDetails, today: date | None
) -> None:
    refuse(check_payment(details, today))
    key = details.apprenticeship_id
    if key is not None and session.get(Apprenticeship, key) is None:
        raise Conflict("This apprenticeship was removed meanwhile.", mine=details)
    for name, value in asdict(replace(details, note=details.note.strip())).items():
        setattr(payment, name, value)


def remove_payment(session: Session, payment_id: UUID) -> None:
    """Remove a payment entered by mistake; raises Conflict when it is gone."""
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise Conflict("This payment was removed meanwhile.")
    session.delete(payment)
    session.flush()
