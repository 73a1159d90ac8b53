"""Files kept with a contract: attached, described, removed, read.

Their bytes stand with those of evidence, once for each hash.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.contract_files import kind_of
from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import ContractFileKind
from apprentice_desk.records.base import check_lengths, refuse, refuse_changed
from apprentice_desk.records.contract_files import ContractFile
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.evidence import keep_content, kept_content, sweep_contents


@dataclass(frozen=True, slots=True)
class ContractFileDetails:
    """What a form asks of a file."""

    kind: ContractFileKind | None = None
    title: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractFileRow:
    """One file as the page shows it; its bytes are asked for by its key."""

    id: UUID
    contract_id: UUID
    kind: ContractFileKind
    title: str
    dated_on: date | None
    file_name: str
    size_bytes: int
    sha256: str
    changed_in: int

    @property
    def details(self) -> ContractFileDetails:
        """What the form edits."""
        return ContractFileDetails(self.kind, self.title, self.dated_on)


def check_file_details(details: ContractFileDetails) -> list[Finding]:
    """Return what is wrong with what is said of a file."""
    return check_lengths(details, ContractFile)


def attach_contract_file(session: Session, contract_id: UUID, name: str, content: bytes) -> UUID:
    """Keep a file with a contract and return the record's key; what it is its name says.

    *name* may be a path; what is kept of it is ``safe_file_name``.  Raises Problem for an empty
    file, one of more than 10 MB, one that the contract has already, or when the desk has no more
    room; Conflict when the contract is gone.
    """
    refuse(rules.check_file(name, len(content)))
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise Conflict("The contract was removed meanwhile; nothing was attached.")
    sha256 = hashlib.sha256(content).hexdigest()
    twin = session.scalars(
        select(ContractFile).where(
            ContractFile.contract_id == contract_id, ContractFile.sha256 == sha256
        )
    ).first()
    if twin is not None:
        raise Problem(
            f"This file is kept with {contract.reference} already, as “{twin.file_name}”."
        )
    keep_content(session, name, content, sha256)
    kept = ContractFile(
        contract_id=contract_id,
        kind=kind_of(safe_file_name(name)),
        file_name=safe_file_name(name),
        size_bytes=len(content),
        sha256=sha256,
    )
    session.add(kept)
    session.flush()
    return kept.id


def describe_contract_file(
    session: Session, file_id: UUID, details: ContractFileDetails, changed_in: int | None = None
) -> None:
    """Say what a file is, what it is called and of which day; without a kind it is "other".

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for a text
    that cannot be kept.
    """
    kept = session.get(ContractFile, file_id)
    if kept is None:
        raise Conflict("This file was removed meanwhile.", mine=details)
    refuse_changed(kept, changed_in, details, _row(kept).details)
    refuse(check_file_details(details))
    kept.kind = details.kind or ContractFileKind.OTHER
    kept.title = details.title.strip()
    kept.dated_on = details.dated_on
    session.flush()


def remove_contract_file(session: Session, file_id: UUID) -> None:
    """Remove a file; raises Conflict when it is gone already.  Its bytes stay for undo."""
    kept = session.get(ContractFile, file_id)
    if kept is None:
        raise Conflict("This file was removed meanwhile.")
    session.delete(kept)
    session.flush()
    sweep_contents(session)


def contract_file_rows(session: Session, contract_id: UUID) -> tuple[ContractFileRow, ...]:
    """Return the files of a contract, the newest day first, those without one last."""
    found = session.scalars(select(ContractFile).where(ContractFile.contract_id == contract_id))
    rows = sorted(map(_row, found), key=lambda row: (row.file_name, row.sha256))
    return tuple(sorted(rows, key=lambda row: row.dated_on or date.min, reverse=True))


def _row(kept: ContractFile) -> ContractFileRow:
    return ContractFileRow(
        kept.id, kept.contract_id, kept.kind, kept.title, kept.dated_on, kept.file_name,
        kept.size_bytes, kept.sha256, kept.changed_in,
    )  # fmt: skip


def contract_file_content(session: Session, file_id: UUID) -> bytes:
    """Return the bytes of a file as it was attached.

    Raises Conflict when it is gone, Problem when the bytes are not those that were attached.
    """
    kept = session.get(ContractFile, file_id)
    if kept is None:
        raise Conflict("This file was removed meanwhile.")
    return kept_content(session, kept.file_name, kept.sha256)
