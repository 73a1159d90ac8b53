"""What was changed of one procurement, when and by whom.

Read from the change log.  The procurement is itself and all that hangs on it, those that are gone
included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.records.base import Kept
from apprentice_desk.records.change_images import LoggedChange, keys_of, logged_changes
from apprentice_desk.records.documents_made import DocumentMade
from apprentice_desk.records.procurement_tables import Procurement
from apprentice_desk.records.procurements import HANGS_ON_IT

_HANGS_ON_IT = (*HANGS_ON_IT, DocumentMade)

TABLES = ("procurement", *(each.__tablename__ for each in _HANGS_ON_IT))
"""The tables that the history is of."""


@dataclass(frozen=True, slots=True)
class ProcurementItem:
    """What a change added (*before* None), altered or removed, by its table."""

    table: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ProcurementChange:
    """One change as far as it touched the procurement."""

    number: int
    label: str
    recorded_at: datetime
    person: str
    items: tuple[ProcurementItem, ...]
    may_be_taken_back: bool


def procurement_history(session: Session, procurement_id: UUID) -> tuple[ProcurementChange, ...]:
    """Return what was changed of a procurement, newest first."""
    keys: dict[type[Kept], set[str]] = {
        Procurement: {procurement_id.hex},
        **{
            record: keys_of(session, record, "procurement_id", procurement_id)
            for record in _HANGS_ON_IT
        },
    }
    return tuple(map(_change, logged_changes(session, keys)))


def _change(logged: LoggedChange) -> ProcurementChange:
    line = logged.line
    items = tuple(
        ProcurementItem(row.record.__tablename__, row.typed_before(), row.typed_after())
        for row in logged.rows
    )
    began = any(each.table == "procurement" and each.before is None for each in items)
    return ProcurementChange(
        line.number,
        line.label,
        line.recorded_at,
        line.person,
        items,
        logged.may_be_taken_back and not began,
    )
