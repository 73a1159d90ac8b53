"""Contracts with providers, and the payments made under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.contract_checks import check_change
from apprentice_desk.domain.contract_terms import Expiry, Extension, Notice, Term
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import DataRole, NoticeUnit, Regime, Route
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import (
    Kept,
    Word,
    check_lengths,
    not_before,
    not_negative,
    refuse,
)
from apprentice_desk.records.contract_files import ContractFile
from apprentice_desk.records.contract_measures import ContractMeasure
from apprentice_desk.records.contract_prices import ContractPrice
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.payments import PAID, Payment, PaymentRow
from apprentice_desk.records.procurement_tables import ProcurementDecision
from apprentice_desk.records.providers import Provider

_LONGEST_NOTICE = 999
_NO_TERM = Term()


class Contract(Kept):
    """One contract or call-off with one provider."""

    __tablename__ = "contract"
    __table_args__ = (
        not_before("ends_on", "starts_on"),
        not_before("extension_to_on", "ends_on"),
        *not_negative("value_limit"),
    )

    reference: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    provider_id: Mapped[UUID] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    regime: Mapped[Regime | None] = mapped_column(Word(Regime))
    route: Mapped[Route | None] = mapped_column(Word(Route))
    framework: Mapped[str] = mapped_column(String(200), default="")
    standard_codes: Mapped[str] = mapped_column(String(400), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    extension_to_on: Mapped[date | None]
    notice_by_on: Mapped[date | None]
    notice_for_on: Mapped[date | None]
    value_limit: Mapped[Decimal | None]
    is_limit_with_vat: Mapped[bool | None]
    is_open_to_joint_buying: Mapped[bool | None]
    call_off_reference: Mapped[str] = mapped_column(String(60), default="", server_default="")
    framework_ends_on: Mapped[date | None]
    notices: Mapped[str] = mapped_column(String(500), default="", server_default="")
    lots: Mapped[str] = mapped_column(String(300), default="", server_default="")
    notice_count: Mapped[int | None]
    notice_unit: Mapped[NoticeUnit | None] = mapped_column(Word(NoticeUnit))
    data_role: Mapped[DataRole | None] = mapped_column(Word(DataRole))
    looked_after_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    note: Mapped[str] = mapped_column(String(2000), default="", server_default="")

    provider: Mapped[Provider] = relationship()
    payments: Mapped[list[Payment]] = relationship(cascade="all, delete-orphan")
    measures: Mapped[list[ContractMeasure]] = relationship(cascade="all, delete-orphan")
    prices: Mapped[list[ContractPrice]] = relationship(cascade="all, delete-orphan")
    extensions: Mapped[list[ContractExtension]] = relationship(
        cascade="all, delete-orphan", order_by=ContractExtension.number
    )
    expiries: Mapped[list[ContractExpiry]] = relationship(
        cascade="all, delete-orphan", order_by=ContractExpiry.ends_on
    )


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """What the form of a contract edits."""

    reference: str = ""
    title: str = ""
    provider_id: UUID | None = None
    regime: Regime | None = None
    route: Route | None = None
    framework: str = ""
    standard_codes: str = ""
    """Codes separated by a semicolon."""
    starts_on: date | None = None
    ends_on: date | None = None
    extension_to_on: date | None = None
    notice_by_on: date | None = None
    notice_for_on: date | None = None
    """The end that this day is for, where that is not the first after it."""
    value_limit: Decimal | None = None
    is_limit_with_vat: bool | None = None
    is_open_to_joint_buying: bool | None = None
    call_off_reference: str = ""
    framework_ends_on: date | None = None
    notices: str = ""
    """Numbers of the notices that were published about it."""
    lots: str = ""
    notice_count: int | None = None
    notice_unit: NoticeUnit | None = None
    data_role: DataRole | None = None
    looked_after_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract as lists and the return show it.

    *term* holds its days with extensions, notice and what runs out.
    """

    id: UUID
    reference: str
    title: str
    provider_name: str
    provider_ukprn: str | None
    regime: Regime | None
    route: Route | None
    framework: str
    standard_codes: str
    starts_on: date | None
    ends_on: date | None
    extension_to_on: date | None
    notice_by_on: date | None
    value_limit: Decimal | None
    is_open_to_joint_buying: bool | None
    call_off_reference: str
    framework_ends_on: date | None
    lots: str
    looked_after_by: str
    paid_to_date: Decimal
    term: Term = _NO_TERM
    is_limit_with_vat: bool | None = None


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check(details: ContractDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.reference.strip():
        findings.append(_finding("CO001", "reference", "The contract needs a reference."))
    if details.provider_id is None:
        findings.append(_finding("CO002", "provider_id", "Choose the provider."))
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        findings.append(_finding("CO003", "ends_on", "The contract ends before it starts."))
    if details.ends_on and details.extension_to_on and details.extension_to_on < details.ends_on:
        findings.append(
            _finding("CO004", "extension_to_on", "The extension ends before the contract does.")
        )
    if details.value_limit is not None and details.value_limit < 0:
        findings.append(_finding("CO005", "value_limit", "A value cannot be below £0."))
    try:
        _tidy_codes(details.standard_codes)
    except ValueError as error:
        findings.append(
            _finding("CO006", "standard_codes", str(error), "Separate codes by a semicolon.")
        )
    if (details.notice_count is None) != (details.notice_unit is None):
        field = "notice_count" if details.notice_count is None else "notice_unit"
        findings.append(_finding("CO007", field, "A notice period is a number and what it counts."))
    if details.notice_count is not None and not 1 <= details.notice_count <= _LONGEST_NOTICE:
        findings.append(
            _finding("CO008", "notice_count", f"A notice period is 1 to {_LONGEST_NOTICE}.")
        )
    if details.notice_for_on is not None and details.notice_by_on is None:
        findings.append(
            _finding(
                "CO014", "notice_by_on", "Enter the day for notice that is for that end.",
                "Or leave the end blank too.",
            )
        )  # fmt: skip
    return findings + check_lengths(details, Contract)


def _tidy_codes(text: str) -> str:
    parts = [part.strip() for part in text.replace(",", ";").split(";")]
    return "; ".join(identifiers.check_standard_code(part) for part in parts if part)


def award(session: Session, details: ContractDetails) -> UUID:
    """Record a contract and return its key.

    Raises Problem when its reference is taken or for what ``check`` finds.
    """
    contract = Contract(extensions=[])
    _take_over(session, contract, details)
    session.add(contract)
    session.flush()
    return contract.id


def correct_contract(session: Session, contract_id: UUID, details: ContractDetails) -> None:
    """Replace a contract's details.

    Raises Conflict when it is gone, Problem when the reference is another contract's and for what
    ``check`` and ``check_beside`` find.
    """
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise Conflict("This contract was removed meanwhile.", mine=details)
    _take_over(session, contract, details)


def _take_over(session: Session, contract: Contract, details: ContractDetails) -> None:
    refuse(check(details))
    reference = details.reference.strip()
    with session.no_autoflush:
        other = session.scalars(select(Contract).where(Contract.reference == reference)).first()
    if other is not None and other is not contract:
        raise Problem(f"There is a contract {reference} already.", "Give this one another.")
    refuse(_beside(contract, details))
    tidy = replace(details, reference=reference, standard_codes=_tidy_codes(details.standard_codes))
    for name, value in asdict(tidy).items():
        setattr(contract, name, value)


def check_beside(session: Session, contract_id: UUID, details: ContractDetails) -> list[Finding]:
    """Return what does not go with the extensions that are entered, or with the end before.

    Of a contract that is gone there is nothing to find.
    """
    contract = session.get(Contract, contract_id)
    return [] if contract is None else _beside(contract, details)


def _beside(contract: Contract, details: ContractDetails) -> list[Finding]:
    extensions = tuple(map(extension_of, contract.extensions))
    return check_change(_days_of(contract, extensions), _days_of(details, extensions))


def _days_of(held: Contract | ContractDetails, extensions: tuple[Extension, ...]) -> Term:
    return Term(
        ends_on=held.ends_on,
        extension_to_on=held.extension_to_on,
        extensions=extensions,
        notice_by_on=held.notice_by_on,
        notice_for_on=held.notice_for_on,
    )


def extension_of(kept: ContractExtension) -> Extension:
    """Return an extension as the rules see it."""
    return Extension(kept.number, kept.to_on, kept.decide_by_on, kept.taken_on)


def contract_details(session: Session, contract_id: UUID) -> ContractDetails:
    """Return what the form edits; raises Conflict when the contract is gone."""
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise Conflict("This contract was removed meanwhile.")
    values: dict[str, Any] = {f.name: getattr(contract, f.name) for f in fields(ContractDetails)}
    return ContractDetails(**values)


def remove_contract(session: Session, contract_id: UUID) -> None:
    """Remove a contract entered by mistake.

    Raises Conflict when it is gone, Problem while apprentices are on it, money was paid, files
    are kept with it or documents were issued about it.
    """
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise Conflict("This contract was removed meanwhile.")
    on_it = _count(session, Apprenticeship.contract_id, contract_id)
    paid = _count(session, Payment.contract_id, contract_id)
    if on_it:
        who = "One apprenticeship is" if on_it == 1 else f"{on_it} apprenticeships are"
        raise Problem(
            f"{who} on contract {contract.reference}, so it was not removed.",
            "Give them another contract first.",
        )
    if paid:
        what = "One payment was" if paid == 1 else f"{paid} payments were"
        raise Problem(
            f"{what} made under contract {contract.reference}, so it was not removed.",
            "Remove the payments first, if they are wrong too.",
        )
    files = _count(session, ContractFile.contract_id, contract_id)
    if files:
        what = "One file is" if files == 1 else f"{files} files are"
        raise Problem(
            f"{what} kept with contract {contract.reference}, so it was not removed.",
            "Remove the files first, or attach them to the right contract.",
        )
    refuse_removing(
        session, DocumentMade.contract_id, contract_id, f"contract {contract.reference}"
    )
    decisions = select(ProcurementDecision).where(ProcurementDecision.contract_id == contract_id)
    for decision in session.scalars(decisions):
        decision.contract_id = None  # it can be made again
    session.flush()
    session.delete(contract)
    session.flush()


def _count(session: Session, column: Any, key: UUID) -> int:
    return session.execute(select(func.count()).where(column == key)).scalar_one()


def payment_rows(session: Session, contract_id: UUID | None = None) -> tuple[PaymentRow, ...]:
    """Return payments, newest first: one contract's, or all."""
    query = (
        select(
            Payment.id, Payment.contract_id, Contract.reference, Provider.name, Payment.paid_on,
            Payment.amount, Payment.apprenticeship_id, Apprentice.given_names,
            Apprentice.family_name, Payment.kind, Payment.note,
        )
        .join(Contract, Contract.id == Payment.contract_id)
        .join(Provider, Provider.id == Contract.provider_id)
        .outerjoin(Apprenticeship, Apprenticeship.id == Payment.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(Payment.paid_on.desc(), Contract.reference, Payment.amount)
    )  # fmt: skip
    if contract_id is not None:
        query = query.where(Payment.contract_id == contract_id)
    return tuple(
        PaymentRow(*row[:7], "" if row[7] is None else called(row[7], row[8]), *row[9:])
        for row in session.execute(query)
    )


def find_contract(session: Session, reference: str) -> UUID | None:
    """Return the key of the contract of this reference; None when there is none."""
    return session.scalars(
        select(Contract.id).where(Contract.reference == reference.strip())
    ).first()


def contract_rows(session: Session, as_at: date) -> tuple[ContractRow, ...]:
    """Return the contracts by reference, with what was paid up to *as_at* and their terms.

    Three queries, however many contracts there are.
    """
    paid = (
        select(Payment.contract_id, func.sum(PAID).label("paid"))
        .where(Payment.paid_on <= as_at)
        .group_by(Payment.contract_id)
        .subquery()
    )
    found: Any = session.execute(
        select(
            Contract.id, Contract.reference, Contract.title, Provider.name, Provider.ukprn,
            Contract.regime, Contract.route, Contract.framework, Contract.standard_codes,
            Contract.starts_on, Contract.ends_on, Contract.extension_to_on, Contract.notice_by_on,
            Contract.value_limit, Contract.is_open_to_joint_buying, Contract.call_off_reference,
            Contract.framework_ends_on, Contract.lots, Contract.looked_after_by,
            func.coalesce(paid.c.paid, Decimal("0.00")),
            Contract.notice_count, Contract.notice_unit, Contract.notice_for_on,
            Contract.is_limit_with_vat,
        )
        .join(Provider, Provider.id == Contract.provider_id)
        .outerjoin(paid, paid.c.contract_id == Contract.id)
        .order_by(Contract.reference)
    )  # fmt: skip
    extensions, expiries = _extensions(session), _expiries(session)
    rows = []
    for *values, count, unit, notice_for_on, is_limit_with_vat in found:
        row = ContractRow(*values)
        term = Term(
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            extension_to_on=row.extension_to_on,
            extensions=extensions.get(row.id, ()),
            notice=None if count is None else Notice(count, unit),
            notice_by_on=row.notice_by_on,
            notice_for_on=notice_for_on,
            framework_ends_on=row.framework_ends_on,
            expiries=expiries.get(row.id, ()),
        )
        rows.append(replace(row, term=term, is_limit_with_vat=is_limit_with_vat))
    return tuple(rows)


def people_on_contracts(session: Session, today: date) -> Mapping[UUID, int]:
    """Return how many are on programme on *today* under each contract that anybody is under."""
    one = Apprenticeship
    goes_on = or_(one.ended_on > today, and_(one.ended_on.is_(None), one.outcome.is_(None)))
    found: Any = session.execute(
        select(one.contract_id, func.count())
        .where(one.contract_id.is_not(None), one.training_started_on <= today, goes_on)
        .group_by(one.contract_id)
    )
    return {contract_id: int(count) for contract_id, count in found}


def _extensions(session: Session) -> Mapping[UUID, tuple[Extension, ...]]:
    found: dict[UUID, tuple[Extension, ...]] = {}
    for kept in session.scalars(select(ContractExtension).order_by(ContractExtension.number)):
        found[kept.contract_id] = (*found.get(kept.contract_id, ()), extension_of(kept))
    return found


def _expiries(session: Session) -> Mapping[UUID, tuple[Expiry, ...]]:
    found: dict[UUID, tuple[Expiry, ...]] = {}
    kept = ContractExpiry
    query = select(kept.contract_id, kept.kind, kept.ends_on, kept.note)
    rows: Any = session.execute(query.order_by(kept.ends_on, kept.kind, kept.note))
    for contract_id, *values in rows:
        found[contract_id] = (*found.get(contract_id, ()), Expiry(*values))
    return found
