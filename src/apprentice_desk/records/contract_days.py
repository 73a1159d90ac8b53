"""Extensions of contracts, and insurances and policies that run out: entering and reading them.

How far a contract may go stands in the contract too, where the return takes it from: it follows
from the extensions for as long as any are entered.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.contract_terms import Extension, Term, check_extensions
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import ExpiryKind
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.contracts import Contract, extension_of


@dataclass(frozen=True, slots=True)
class ExtensionDetails:
    """What the form of an extension edits."""

    to_on: date | None = None
    decide_by_on: date | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One extension as lists show it."""

    id: UUID
    contract_id: UUID
    number: int
    to_on: date
    decide_by_on: date | None
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class ExpiryDetails:
    """What the form of an insurance or policy edits."""

    kind: ExpiryKind | None = None
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """One insurance or policy as lists show it."""

    id: UUID
    contract_id: UUID
    kind: ExpiryKind
    ends_on: date
    note: str


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


# --- extensions -----------------------------------------------------------------------------------


def check_extension(details: ExtensionDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details* by themselves; the rest is checked with the contract."""
    findings = []
    if details.to_on is None:
        findings.append(_finding("CX001", "to_on", "Enter the day to which it may be extended."))
    if details.taken_on is not None and details.taken_on > today:
        findings.append(
            _finding(
                "CX002",
                "taken_on",
                "That day is still to come.",
                "Leave it blank until the extension is taken up.",
            )
        )
    return findings


def check_among(
    session: Session, contract_id: UUID, details: ExtensionDetails, extension_id: UUID | None
) -> list[Finding]:
    """Return what is wrong with an extension beside the contract's others; None is a new one."""
    contract = _contract(session, contract_id)
    kept = {each.id: extension_of(each) for each in contract.extensions}
    number = _next_number(contract)
    if extension_id in kept:
        number = kept.pop(extension_id).number
    if details.to_on is None:
        return []
    changed = Extension(number, details.to_on, details.decide_by_on, details.taken_on)
    return check_extensions(Term(ends_on=contract.ends_on, extensions=(*kept.values(), changed)))


def add_extension(session: Session, contract_id: UUID, details: ExtensionDetails) -> UUID:
    """Enter an extension that goes further than all before it, and return its key.

    Raises Conflict when the contract is gone, Problem when the days do not go together.
    """
    contract = _contract(session, contract_id)
    refuse(check_among(session, contract_id, details, None))
    extension = ContractExtension(
        contract_id=contract_id, number=_next_number(contract), **asdict(details)
    )
    contract.extensions.append(extension)
    _keep_furthest(contract)
    session.flush()
    return extension.id


def correct_extension(session: Session, extension_id: UUID, details: ExtensionDetails) -> None:
    """Replace the days of an extension.

    Raises Conflict when it is gone, Problem when the days do not go together.
    """
    extension = _extension(session, extension_id, details)
    refuse(check_among(session, extension.contract_id, details, extension_id))
    for name, value in asdict(details).items():
        setattr(extension, name, value)
    _keep_furthest(_contract(session, extension.contract_id))


def take_up_extension(session: Session, extension_id: UUID, taken_on: date) -> None:
    """Say that an extension was taken up on a day, at the latest the contract's last.

    Raises Conflict when it is gone, Problem when the contract had ended by then.
    """
    details = extension_details(session, extension_id)
    correct_extension(session, extension_id, replace(details, taken_on=taken_on))


def remove_extension(session: Session, extension_id: UUID) -> None:
    """Remove an extension entered by mistake; raises Conflict when it is gone."""
    extension = _extension(session, extension_id, None)
    contract = _contract(session, extension.contract_id)
    contract.extensions.remove(extension)
    _keep_furthest(contract)
    session.flush()


def extension_details(session: Session, extension_id: UUID) -> ExtensionDetails:
    """Return what the form edits; raises Conflict when the extension is gone."""
    kept = _extension(session, extension_id, None)
    return ExtensionDetails(kept.to_on, kept.decide_by_on, kept.taken_on)


def extension_rows(session: Session, contract_id: UUID) -> tuple[ExtensionRow, ...]:
    """Return the extensions of a contract in their order."""
    kept = ContractExtension
    found: Any = session.execute(
        select(kept.id, kept.contract_id, kept.number, kept.to_on, kept.decide_by_on, kept.taken_on)
        .where(kept.contract_id == contract_id)
        .order_by(kept.number)
    )
    return tuple(ExtensionRow(*row) for row in found)


def _contract(session: Session, contract_id: UUID) -> Contract:
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise Conflict("This contract was removed meanwhile.")
    return contract


def _extension(
    session: Session, extension_id: UUID, mine: ExtensionDetails | None
) -> ContractExtension:
    extension = session.get(ContractExtension, extension_id)
    if extension is None:
        raise Conflict("This extension was removed meanwhile.", mine=mine)
    return extension


def _next_number(contract: Contract) -> int:
    return max((each.number for each in contract.extensions), default=0) + 1


def _keep_furthest(contract: Contract) -> None:
    contract.extension_to_on = max((each.to_on for each in contract.extensions), default=None)


# --- insurances and policies ----------------------------------------------------------------------


def check_expiry(details: ExpiryDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.kind is None:
        findings.append(_finding("CE001", "kind", "Choose what it is."))
    if details.ends_on is None:
        findings.append(_finding("CE002", "ends_on", "Enter its last day."))
    if details.kind is ExpiryKind.OTHER and not details.note.strip():
        findings.append(_finding("CE003", "note", "Say what it is, as nothing else does."))
    return findings + check_lengths(details, ContractExpiry)


def add_expiry(session: Session, contract_id: UUID, details: ExpiryDetails) -> UUID:
    """Enter an insurance or policy and return its key.

    Raises Conflict when the contract is gone, Problem when something is missing.
    """
    refuse(check_expiry(details))
    contract = _contract(session, contract_id)
    expiry = ContractExpiry(contract_id=contract_id, **_tidy(details))
    contract.expiries.append(expiry)
    session.flush()
    return expiry.id


def correct_expiry(session: Session, expiry_id: UUID, details: ExpiryDetails) -> None:
    """Replace what is known of an insurance or policy.

    Raises Conflict when it is gone, Problem when something is missing.
    """
    expiry = _expiry(session, expiry_id, details)
    refuse(check_expiry(details))
    for name, value in _tidy(details).items():
        setattr(expiry, name, value)


def remove_expiry(session: Session, expiry_id: UUID) -> None:
    """Remove an insurance or policy entered by mistake; raises Conflict when it is gone."""
    session.delete(_expiry(session, expiry_id, None))
    session.flush()


def expiry_details(session: Session, expiry_id: UUID) -> ExpiryDetails:
    """Return what the form edits; raises Conflict when it is gone."""
    kept = _expiry(session, expiry_id, None)
    return ExpiryDetails(kept.kind, kept.ends_on, kept.note)


def expiry_rows(session: Session, contract_id: UUID) -> tuple[ExpiryRow, ...]:
    """Return the insurances and policies of a contract, soonest out first."""
    kept = ContractExpiry
    found: Any = session.execute(
        select(kept.id, kept.contract_id, kept.kind, kept.ends_on, kept.note)
        .where(kept.contract_id == contract_id)
        .order_by(kept.ends_on, kept.kind, kept.id)
    )
    return tuple(ExpiryRow(*row) for row in found)


def _expiry(session: Session, expiry_id: UUID, mine: ExpiryDetails | None) -> ContractExpiry:
    expiry = session.get(ContractExpiry, expiry_id)
    if expiry is None:
        raise Conflict("This insurance or policy was removed meanwhile.", mine=mine)
    return expiry


def _tidy(details: ExpiryDetails) -> dict[str, Any]:
    return asdict(replace(details, note=details.note.strip()))
