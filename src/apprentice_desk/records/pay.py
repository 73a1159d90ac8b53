"""What an apprentice is paid, from a day on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.wages import PayPer, PayRate, WageFacts
from apprentice_desk.records.apprentices import record_of
from apprentice_desk.records.base import Kept, Word
from apprentice_desk.records.standing import ApprenticeRow


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


@dataclass(frozen=True, slots=True)
class PayRow:
    """One rate of pay as lists show it."""

    id: UUID
    apprenticeship_id: UUID
    rate: PayRate
    note: str


def set_pay(
    session: Session,
    apprenticeship_id: UUID,
    from_on: date,
    amount: Decimal,
    per: PayPer,
    note: str = "",
) -> UUID:
    """Record what is paid from a day on and return its key; the same day's is replaced.

    Raises Problem when it is nothing, Conflict when the apprenticeship is gone.
    """
    if amount <= 0:
        raise Problem("Pay is more than £0.", "Enter what is paid an hour or a year.")
    record_of(session, apprenticeship_id)
    pay = session.scalars(
        select(Pay).where(Pay.apprenticeship_id == apprenticeship_id, Pay.from_on == from_on)
    ).first()
    if pay is None:
        pay = Pay(apprenticeship_id=apprenticeship_id, from_on=from_on)
        session.add(pay)
    pay.amount, pay.per, pay.note = amount, per, note.strip()
    session.flush()
    return pay.id


def correct_pay(
    session: Session, pay_id: UUID, from_on: date, amount: Decimal, per: PayPer, note: str = ""
) -> None:
    """Replace a rate of pay that was entered wrongly.

    Raises Problem as ``set_pay`` does or when another one holds from that day, Conflict when it is
    gone.
    """
    pay = _pay(session, pay_id)
    if amount <= 0:
        raise Problem("Pay is more than £0.", "Enter what is paid an hour or a year.")
    same_day = select(Pay.id).where(
        Pay.apprenticeship_id == pay.apprenticeship_id, Pay.from_on == from_on, Pay.id != pay_id
    )
    if session.scalars(same_day).first() is not None:
        raise Problem("Another pay is recorded from that day.", "Change that one instead.")
    pay.from_on, pay.amount, pay.per, pay.note = from_on, amount, per, note.strip()


def remove_pay(session: Session, pay_id: UUID) -> None:
    """Remove a rate of pay entered by mistake; raises Conflict when it is gone."""
    session.delete(_pay(session, pay_id))


def _pay(session: Session, pay_id: UUID) -> Pay:
    pay = session.get(Pay, pay_id)
    if pay is None:
        raise Conflict("This pay was removed meanwhile.")
    return pay


def pay_rows(session: Session, apprenticeship_id: UUID) -> tuple[PayRow, ...]:
    """Return what one apprentice is and was paid, the newest first."""
    found = session.scalars(
        select(Pay).where(Pay.apprenticeship_id == apprenticeship_id).order_by(Pay.from_on.desc())
    )
    return tuple(
        PayRow(pay.id, pay.apprenticeship_id, PayRate(pay.from_on, pay.amount, pay.per), pay.note)
        for pay in found
    )


def pay_rates(
    session: Session, keys: Collection[UUID] | None = None
) -> Mapping[UUID, tuple[PayRate, ...]]:
    """Return the pay of these or all apprenticeships, by key; those without any are left out."""
    query = select(Pay.apprenticeship_id, Pay.from_on, Pay.amount, Pay.per).order_by(Pay.from_on)
    if keys is not None:
        query = query.where(Pay.apprenticeship_id.in_(tuple(keys)))
    found: dict[UUID, tuple[PayRate, ...]] = {}
    for key, from_on, amount, per in session.execute(query):
        found[key] = (*found.get(key, ()), PayRate(from_on, amount, per))
    return found


def wage_facts(row: ApprenticeRow, pay: tuple[PayRate, ...]) -> WageFacts:
    """Return what the wage of one apprenticeship is judged by."""
    started_on = row.original_start_on or row.course.training_started_on
    return WageFacts(row.born_on, started_on, pay, row.facts.weekly)
