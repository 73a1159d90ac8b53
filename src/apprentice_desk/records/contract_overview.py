"""One contract as its own page shows it: what was agreed, with whom, and its extensions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from apprentice_desk.domain.contract_terms import Expiry, Extension, Notice, Term
from apprentice_desk.domain.vocabulary import DataRole, Regime, Route
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.contracts import Contract

MADE_OF = ("contract", "provider", "contract_extension", "contract_expiry")
"""The tables that an overview is read from."""


@dataclass(frozen=True, slots=True)
class ContractOverview:
    """What is agreed in one contract; *term* holds its days."""

    id: UUID
    reference: str
    title: str
    provider_id: UUID
    provider_name: str
    provider_ukprn: str | None
    regime: Regime | None
    route: Route | None
    framework: str
    call_off_reference: str
    notices: str
    lots: str
    standard_codes: tuple[str, ...]
    term: Term
    value_limit: Decimal | None
    is_limit_with_vat: bool | None
    data_role: DataRole | None
    is_open_to_joint_buying: bool | None
    looked_after_by: str
    note: str

    @property
    def name(self) -> str:
        """What the contract is called: its provider and its reference."""
        return f"{self.provider_name} · {self.reference}"


def contract_overview(session: Session, contract_id: UUID) -> ContractOverview | None:
    """Return one contract; None when it is not in the desk any more."""
    contract = session.get(Contract, contract_id, options=[joinedload(Contract.provider)])
    if contract is None:
        return None
    return ContractOverview(
        id=contract.id,
        reference=contract.reference,
        title=contract.title,
        provider_id=contract.provider_id,
        provider_name=contract.provider.name,
        provider_ukprn=contract.provider.ukprn,
        regime=contract.regime,
        route=contract.route,
        framework=contract.framework,
        call_off_reference=contract.call_off_reference,
        notices=contract.notices,
        lots=contract.lots,
        standard_codes=tuple(code for code in contract.standard_codes.split("; ") if code),
        term=_term(session, contract),
        value_limit=contract.value_limit,
        is_limit_with_vat=contract.is_limit_with_vat,
        data_role=contract.data_role,
        is_open_to_joint_buying=contract.is_open_to_joint_buying,
        looked_after_by=contract.looked_after_by,
        note=contract.note,
    )


def _term(session: Session, contract: Contract) -> Term:
    extensions = session.scalars(
        select(ContractExtension)
        .where(ContractExtension.contract_id == contract.id)
        .order_by(ContractExtension.number)
    )
    expiries = session.scalars(
        select(ContractExpiry)
        .where(ContractExpiry.contract_id == contract.id)
        .order_by(ContractExpiry.ends_on)
    )
    count, unit = contract.notice_count, contract.notice_unit
    return Term(
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        extension_to_on=contract.extension_to_on,
        extensions=tuple(
            Extension(each.number, each.to_on, each.decide_by_on, each.taken_on)
            for each in extensions
        ),
        notice=Notice(count, unit) if count is not None and unit is not None else None,
        notice_by_on=contract.notice_by_on,
        notice_for_on=contract.notice_for_on,
        framework_ends_on=contract.framework_ends_on,
        expiries=tuple(Expiry(each.kind, each.ends_on, each.note) for each in expiries),
    )
