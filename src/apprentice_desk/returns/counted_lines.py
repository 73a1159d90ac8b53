"""What returns still count of those who were erased: a line that says no more than a count.

So a return of a past quarter, pledges and contracts still add up.  The days are those on which a
quarter begins, the code leads to nobody, and hours, reviews, age and reasons are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.apprenticeship import LIVE, Outcome, Status
from apprentice_desk.records.contracts import ContractRow
from apprentice_desk.records.erasures import CountedRow
from apprentice_desk.records.standards import StandardRow
from apprentice_desk.returns.rows import ApprenticeLine

_UNKNOWN = "Not known"


def status_of(row: CountedRow, as_at: date) -> Status:
    """Return where an apprenticeship stood at the end of the quarter of *as_at*."""
    if row.ended_from_on is not None and row.ended_from_on <= as_at:
        return Status.COMPLETED if row.outcome is Outcome.COMPLETED else Status.WITHDRAWN
    is_begun = row.started_from_on is not None and row.started_from_on <= as_at
    return Status.LIVE if is_begun else Status.PLANNED


def counted_in(rows: Iterable[CountedRow], first_kept: date, as_at: date) -> tuple[CountedRow, ...]:
    """Return those that belong into a return: begun by then, and not ended before *first_kept*."""
    return tuple(
        row
        for row in rows
        if status_of(row, as_at) is not Status.PLANNED
        and (row.ended_from_on is None or row.ended_from_on >= first_kept)
    )


def counted_line(
    row: CountedRow,
    contracts: Mapping[UUID, ContractRow],
    standards: Mapping[str, StandardRow],
    as_at: date,
) -> ApprenticeLine:
    """Return the line of one of them."""
    status = status_of(row, as_at)
    contract = None if row.contract_id is None else contracts.get(row.contract_id)
    standard = standards.get(row.standard_code or "")
    return ApprenticeLine(
        apprentice_code=row.code,
        apprenticeship_number=row.number,
        standard_code=row.standard_code or "",
        standard_title=_UNKNOWN if standard is None else standard.title,
        level=None if standard is None else standard.level,
        is_digital=row.is_digital,
        role_family=row.role_family or "",
        status=status,
        training_started_on=row.started_from_on,
        ended_on=row.ended_from_on if status.is_ended else None,
        provider_ukprn="" if contract is None else contract.provider_ukprn or "",
        provider_name="" if contract is None else contract.provider_name,
        contract_reference="" if contract is None else contract.reference,
        agreed_price=row.agreed_price,
    )


def prices_on(rows: Iterable[CountedRow], contract_id: UUID) -> list[Decimal]:
    """Return what was agreed for them under a contract."""
    return [
        row.agreed_price
        for row in rows
        if row.contract_id == contract_id and row.agreed_price is not None
    ]


def live_on(rows: Iterable[CountedRow], contract_id: UUID, as_at: date) -> int:
    """Return how many of them were on programme under a contract."""
    return sum(row.contract_id == contract_id and status_of(row, as_at) in LIVE for row in rows)
