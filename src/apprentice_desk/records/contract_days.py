"""Extensions of contracts, and insurances and policies that run out: entering and reading them.

How far a contract may go at most stands in the contract too, where the return takes it from: it
is never less than the extensions that are entered go.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.contract_checks import check_extensions
from apprentice_desk.domain.contract_terms import Extension, Term, unanswered_extension
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import ExpiryKind
from apprentice_desk.records.base import check_lengths, refuse, refuse_changed
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
    changed_in: int

    @property
    def details(self) -> ExtensionDetails:
        """What the form edits."""
        return ExtensionDetails(self.to_on, self.decide_by_on, self.taken_on)


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
    changed_in: int

    @property
    def details(self) -> ExpiryDetails:
        """What the form edits."""
        return ExpiryDetails(self.kind, self.ends_on, self.note)


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


# --- extensions -----------------------------------------------------------------------------------


def check_extension(details: ExtensionDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details* by themselves; the rest is checked with the contract."""
    findings = _without_day(details)
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


def check_taking_up(details: ExtensionDetails, today: date) -> list[Finding]:
    """Return what is wrong where somebody said that the contract was extended: since when is asked.

    The rest is that of ``check_extension``.
    """
    findings = check_extension(details, today)
    if details.taken_on is None:
        findings.append(
            _finding(
                "CX003", "taken_on", "Enter the day on which the extension was taken up.",
                "As the letter or the variation says it.",
            )
        )  # fmt: skip
    return findings


def _without_day(details: ExtensionDetails) -> list[Finding]:
    if details.to_on is not None:
        return []
    return [_finding("CX001", "to_on", "Enter the day to which it may be extended.")]


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
    refuse([*_without_day(details), *check_among(session, contract_id, details, None)])
    before = _furthest(contract)
    extension = ContractExtension(
        contract_id=contract_id, number=_next_number(contract), **asdict(details)
    )
    contract.extensions.append(extension)
    _keep_furthest(contract, before)
    session.flush()
    return extension.id


def correct_extension(
    session: Session, extension_id: UUID, details: ExtensionDetails, changed_in: int | None = None
) -> None:
    """Replace the days of an extension.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem when the days
    do not go together.
    """
    extension = _extension(session, extension_id, details)
    refuse_changed(extension, changed_in, details, _extension_row(extension).details)
    refuse(
        [
            *_without_day(details),
            *check_among(session, extension.contract_id, details, extension_id),
        ]
    )
    contract = _contract(session, extension.contract_id)
    before = _furthest(contract)
    for name, value in asdict(details).items():
        setattr(extension, name, value)
    _keep_furthest(contract, before)


def take_up_extension(session: Session, extension_id: UUID, taken_on: date) -> None:
    """Say that an extension was taken up on a day, at the latest the contract's last.

    Raises Conflict when it is gone, Problem when the contract had ended by then.
    """
    details = extension_row(session, extension_id).details
    correct_extension(session, extension_id, replace(details, taken_on=taken_on))


def remove_extension(session: Session, extension_id: UUID) -> None:
    """Remove an extension entered by mistake; raises Conflict when it is gone."""
    extension = _extension(session, extension_id, None)
    contract = _contract(session, extension.contract_id)
    before = _furthest(contract)
    contract.extensions.remove(extension)
    _keep_furthest(contract, before)
    session.flush()


def end_unextended(session: Session, contract_id: UUID, today: date) -> None:
    """Say that a contract ended on its last day: what it might have been extended to is taken out.

    Raises Conflict when it is gone, Problem where nothing is to be said of it on *today*.
    """
    contract = _contract(session, contract_id)
    extensions = tuple(map(extension_of, contract.extensions))
    term = Term(
        ends_on=contract.ends_on, extension_to_on=contract.extension_to_on, extensions=extensions
    )
    if unanswered_extension(term, today) is None:
        raise Problem(
            f"Whether contract {contract.reference} was extended is entered already.",
            "Look at its extensions.",
        )
    for each in [each for each in contract.extensions if each.taken_on is None]:
        contract.extensions.remove(each)
    contract.extension_to_on = _furthest(contract)
    session.flush()


def extension_row(session: Session, extension_id: UUID) -> ExtensionRow:
    """Return one extension; raises Conflict when it is gone."""
    return _extension_row(_extension(session, extension_id, None))


def _extension_row(kept: ContractExtension) -> ExtensionRow:
    return ExtensionRow(
        kept.id, kept.contract_id, kept.number, kept.to_on, kept.decide_by_on, kept.taken_on,
        kept.changed_in,
    )  # fmt: skip


def extension_rows(session: Session, contract_id: UUID) -> tuple[ExtensionRow, ...]:
    """Return the extensions of a contract in their order."""
    kept = ContractExtension
    query = select(kept).where(kept.contract_id == contract_id).order_by(kept.number)
    return tuple(map(_extension_row, session.scalars(query)))


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


def _furthest(contract: Contract) -> date | None:
    return max((each.to_on for each in contract.extensions), default=None)


def _keep_furthest(contract: Contract, before: date | None) -> None:
    """Let how far the contract may go follow its extensions, which went to *before* until now.

    What was typed beyond them stays for as long as none goes further.
    """
    typed, furthest = contract.extension_to_on, _furthest(contract)
    if typed is None or typed == before or (furthest is not None and furthest > typed):
        contract.extension_to_on = furthest


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


def correct_expiry(
    session: Session, expiry_id: UUID, details: ExpiryDetails, changed_in: int | None = None
) -> None:
    """Replace what is known of an insurance or policy.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem when something
    is missing.
    """
    expiry = _expiry(session, expiry_id, details)
    refuse_changed(expiry, changed_in, details, _expiry_row(expiry).details)
    refuse(check_expiry(details))
    for name, value in _tidy(details).items():
        setattr(expiry, name, value)


def remove_expiry(session: Session, expiry_id: UUID) -> None:
    """Remove an insurance or policy entered by mistake; raises Conflict when it is gone."""
    session.delete(_expiry(session, expiry_id, None))
    session.flush()


def expiry_row(session: Session, expiry_id: UUID) -> ExpiryRow:
    """Return one insurance or policy; raises Conflict when it is gone."""
    return _expiry_row(_expiry(session, expiry_id, None))


def _expiry_row(kept: ContractExpiry) -> ExpiryRow:
    return ExpiryRow(kept.id, kept.contract_id, kept.kind, kept.ends_on, kept.note, kept.changed_in)


def expiry_rows(session: Session, contract_id: UUID) -> tuple[ExpiryRow, ...]:
    """Return the insurances and policies of a contract, soonest out first."""
    kept = ContractExpiry
    query = select(kept).where(kept.contract_id == contract_id)
    found = session.scalars(query.order_by(kept.ends_on, kept.kind, kept.id))
    return tuple(map(_expiry_row, found))


def _expiry(session: Session, expiry_id: UUID, mine: ExpiryDetails | None) -> ContractExpiry:
    expiry = session.get(ContractExpiry, expiry_id)
    if expiry is None:
        raise Conflict("This insurance or policy was removed meanwhile.", mine=mine)
    return expiry


def _tidy(details: ExpiryDetails) -> dict[str, Any]:
    return asdict(replace(details, note=details.note.strip()))
