"""All contracts with everything that the form of one edits: what a register is held against."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.contract_terms import Term
from apprentice_desk.records.contracts import Contract, ContractDetails, contract_rows


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One contract: what its form edits, and its days with extensions."""

    id: UUID
    details: ContractDetails
    term: Term


def contract_register(session: Session, today: date) -> tuple[RegisterRow, ...]:
    """Return the contracts by reference; a fixed number of queries, however many there are."""
    terms = {row.id: row.term for row in contract_rows(session, today)}
    rows = []
    for kept in session.scalars(select(Contract).order_by(Contract.reference)):
        values: dict[str, Any] = {f.name: getattr(kept, f.name) for f in fields(ContractDetails)}
        rows.append(RegisterRow(kept.id, ContractDetails(**values), terms[kept.id]))
    return tuple(rows)
