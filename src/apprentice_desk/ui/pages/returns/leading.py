"""Where a finding about the return leads: to the record and field that it is about.

What cannot be typed says what it is worked out from, and leads there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.returns.origins import Typed, WorkedOut, origin
from apprentice_desk.ui.destinations import (
    Destination,
    OpenApprentice,
    OpenPage,
    OpenReturnRecord,
    OpenSecondment,
)

_GO_TO = {
    "hours": "Go to Hours",
    "apprentices": "Go to the apprentices",
    "reviews": "Go to the reviews",
    "contracts": "Go to the contract",
    "secondments": "Go to the secondment",
    "pledges": "Go to the pledges",
    "network": "Go to the event",
    "barriers": "Go to the barrier",
    "characteristics": "Go to the totals",
}


def destination(resource: str, field: str, record_id: UUID | None) -> Destination | None:
    """Return where a finding about a *field* ("" is the whole line) of a sheet leads to.

    *record_id* is the record behind the line, None where no single one is.  None is returned
    where there is nothing to go to.
    """
    match origin(resource, field):
        case WorkedOut(_, kind):
            return _place(kind, record_id if kind == resource else None, "")
        case Typed(kind, typed):
            return _place(kind, record_id, typed)
    return _place(resource, record_id, "")


def _place(kind: str, record_id: UUID | None, field: str) -> Destination | None:
    if not kind:
        return None
    if kind == "apprentices" and record_id is not None:
        return OpenApprentice(record_id, field)
    if kind == "secondments" and record_id is not None:
        return OpenSecondment(record_id, field)
    if kind in ("apprentices", "hours", "secondments"):
        return OpenPage(kind)
    return OpenReturnRecord(kind, record_id, field)


def instead_of_fixing(resource: str, field: str) -> tuple[str, str] | None:
    """Return why a value cannot be typed, and the words of the button that leads on.

    None where it can be typed.
    """
    found: Any = origin(resource, field)
    if not isinstance(found, WorkedOut):
        return None
    if found.kind == resource == "apprentices":
        return found.why, "Go to the apprentice"
    return found.why, _GO_TO.get(found.kind, "Go")
