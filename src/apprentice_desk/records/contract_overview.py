"""One contract as its own page shows it: what was agreed, with whom, and its extensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from apprentice_desk.domain.vocabulary import DataRole, NoticeUnit, Regime, Route
from apprentice_desk.records.contract_terms import ContractExtension
from apprentice_desk.records.contracts import Contract

MADE_OF = ("contract", "provider", "contract_extension")
"""The tables that an overview is read from."""


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One extension; *taken_on* is the day on which it was taken up, None while it was not."""

    number: int
    to_on: date
    decide_by_on: date | None
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class ContractOverview:
    """What is agreed in one contract; the extensions stand in their order."""

    id: UUID
    reference: str
    title: str
    provider_id: UUID
    provider_name: str
    provider_ukprn: str | None
    regime: Regime | None
    route: Route | None
    framework: str
    framework_ends_on: date | None
    call_off_reference: str
    notices: str
    lots: str
    standard_codes: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    extension_to_on: date | None
    extensions: tuple[ExtensionRow, ...]
    notice_by_on: date | None
    notice_count: int | None
    notice_unit: NoticeUnit | None
    value_limit: Decimal | None
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
    extensions = session.scalars(
        select(ContractExtension)
        .where(ContractExtension.contract_id == contract_id)
        .order_by(ContractExtension.number)
    )
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
        framework_ends_on=contract.framework_ends_on,
        call_off_reference=contract.call_off_reference,
        notices=contract.notices,
        lots=contract.lots,
        standard_codes=tuple(code for code in contract.standard_codes.split("; ") if code),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        extension_to_on=contract.extension_to_on,
        extensions=tuple(
            ExtensionRow(each.number, each.to_on, each.decide_by_on, each.taken_on)
            for each in extensions
        ),
        notice_by_on=contract.notice_by_on,
        notice_count=contract.notice_count,
        notice_unit=contract.notice_unit,
        value_limit=contract.value_limit,
        data_role=contract.data_role,
        is_open_to_joint_buying=contract.is_open_to_joint_buying,
        looked_after_by=contract.looked_after_by,
        note=contract.note,
    )
