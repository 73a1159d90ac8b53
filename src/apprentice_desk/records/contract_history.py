"""What was changed of one contract, when and by whom, and how a value is put back.

Read from the change log.  The contract is itself and all that hangs on it: extensions, insurances
and policies, prices, measures, files, payments and documents issued, those that are gone included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import contracts
from apprentice_desk.records.base import Kept
from apprentice_desk.records.change_images import LoggedChange, keys_of, logged_changes
from apprentice_desk.records.contract_files import ContractFile
from apprentice_desk.records.contract_measures import ContractMeasure
from apprentice_desk.records.contract_prices import ContractPrice
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.contracts import Contract, ContractDetails
from apprentice_desk.records.documents_made import DocumentMade
from apprentice_desk.records.payments import Payment

HANGS_ON_IT: tuple[type[Kept], ...] = (
    ContractExtension, ContractExpiry, ContractPrice, ContractMeasure, ContractFile, Payment,
    DocumentMade,
)  # fmt: skip
"""The records that belong to one contract."""

TABLES = ("contract", *(each.__tablename__ for each in HANGS_ON_IT))
"""The tables that the history is of."""

NAMES = tuple(field.name for field in fields(ContractDetails))


@dataclass(frozen=True, slots=True)
class ContractValue:
    """One detail that a change altered; *name* is its attribute of ContractDetails."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ContractItem:
    """What hangs on the contract that a change added (*before* None), altered or removed."""

    table: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One change as far as it touched the contract; *began* says that it added it."""

    number: int
    label: str
    recorded_at: datetime
    person: str
    values: tuple[ContractValue, ...]
    items: tuple[ContractItem, ...]
    began: bool
    touched_others: bool
    may_be_taken_back: bool


@dataclass(frozen=True, slots=True)
class ContractHistory:
    """All changes of a contract, newest first, and its details as they are now."""

    details: ContractDetails
    changes: tuple[ContractChange, ...]


def contract_history(session: Session, contract_id: UUID) -> ContractHistory:
    """Return what was changed of a contract; raises Conflict when it is gone."""
    details = contracts.contract_details(session, contract_id)
    keys: dict[type[Kept], set[str]] = {
        Contract: {contract_id.hex},
        **{record: keys_of(session, record, "contract_id", contract_id) for record in HANGS_ON_IT},
    }
    return ContractHistory(details, tuple(map(_change, logged_changes(session, keys))))


def _change(logged: LoggedChange) -> ContractChange:
    line = logged.line
    values: list[ContractValue] = []
    items: list[ContractItem] = []
    began = False
    for row in logged.rows:
        before, after = row.typed_before(), row.typed_after()
        if row.record is not Contract:
            items.append(ContractItem(row.record.__tablename__, before, after))
        elif before is None or after is None:
            began = began or before is None
        else:
            values.extend(
                ContractValue(name, before[name], after[name])
                for name in NAMES
                if name in before and name in after and before[name] != after[name]
            )
    return ContractChange(
        number=line.number,
        label=line.label,
        recorded_at=line.recorded_at,
        person=line.person,
        values=tuple(values),
        items=tuple(items),
        began=began,
        touched_others=logged.touched_others,
        may_be_taken_back=logged.may_be_taken_back and not began,
    )


def put_contract_value_back(
    session: Session, contract_id: UUID, held: ContractDetails, name: str, value: Any
) -> None:
    """Give one detail of a contract the value that it once had.

    *held* is the contract as the history was read.  Raises Problem where it was changed since, and
    in the words of the form where the old value does not go with what is there now; Conflict when
    it is gone.
    """
    now = contracts.contract_details(session, contract_id)
    if now != held:
        raise Problem(
            f"Contract {held.reference} was changed meanwhile, so nothing was put back.",
            "Look at its history again.",
        )
    details = replace(now, **{name: value})
    found = contracts.check(details)
    if refuses(found):
        said = " ".join(each.message for each in found)
        raise Problem(
            f"This cannot be put back for contract {held.reference}: {said}",
            "Change both in the form.",
        )
    contracts.correct_contract(session, contract_id, details)
