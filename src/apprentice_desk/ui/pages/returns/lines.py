"""Which line of the return a finding is about, and whose that line is; on screen only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.returns.schema import SheetSchema
from apprentice_desk.returns.sending import Prepared
from apprentice_desk.returns.values import show

_FIRST_ROW = 2  # the first row of a sheet holds the headings


def resource_of(prepared: Prepared, finding: Finding) -> str:
    """Return the sheet that a finding is about by its name in the descriptor; "" for none."""
    sheet = _sheet(prepared, finding)
    return "" if sheet is None else sheet.resource


def record_id(prepared: Prepared, finding: Finding) -> UUID | None:
    """Return the key of the record behind the line that a finding is about; None without one."""
    found: UUID | None = _at(prepared.gathered.ids.get(resource_of(prepared, finding), ()), finding)
    return found


def about(prepared: Prepared, finding: Finding) -> str:
    """Return whom or what a finding is about: a person's name, or the key of another line."""
    sheet = _sheet(prepared, finding)
    if sheet is None or finding.place.row is None:
        return "The whole return" if sheet is None else f"All of {sheet.name}"
    if sheet.resource == "apprentices":
        person = _at(prepared.gathered.apprentices, finding)
        return "" if person is None else str(person.name)
    line = _at(prepared.content.lines(sheet.resource), finding)
    if line is None:
        return sheet.name
    fields = sheet.key_fields or sheet.fields[:1]
    said = [show(field.kind, getattr(line, field.takes)) for field in fields]
    return ", ".join(part for part in said if part) or sheet.name


def _sheet(prepared: Prepared, finding: Finding) -> SheetSchema | None:
    sheets = prepared.schema.sheets
    return next((each for each in sheets if each.name == finding.place.sheet), None)


def _at(items: Sequence[Any], finding: Finding) -> Any:
    if finding.place.row is None:
        return None
    number = finding.place.row - _FIRST_ROW
    return items[number] if 0 <= number < len(items) else None
