"""What was changed of one apprenticeship, when and by whom, and how a value is put back.

Read from the change log; nothing is kept twice.  The record is the person, the apprenticeship,
its breaks and its weekly hours, those that are gone included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import apprentice_checks, apprentices
from apprentice_desk.records.apprentices import (
    NAMES,
    Apprentice,
    Apprenticeship,
    Break,
    Held,
    WeeklyHours,
)
from apprentice_desk.records.base import Kept
from apprentice_desk.records.change_images import LoggedChange, keys_of, logged_changes

_DETAILS = (Apprentice, Apprenticeship)
_SPELLS = (Break, WeeklyHours)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One detail that a change altered; *name* is its attribute of ApprenticeDetails."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class SpellChange:
    """A break or a weekly figure that a change added (*before* None), altered or removed.

    *kind* is "break" or "weekly hours"; the values stand by their column.
    """

    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change as far as it touched the record."""

    number: int
    label: str
    recorded_at: datetime
    person: str
    values: tuple[ValueChange, ...]
    spells: tuple[SpellChange, ...]
    began: bool
    """The apprenticeship was added by it."""
    touched_others: bool
    """It touched more than this record, as an import does."""
    may_be_taken_back: bool
    """It touched this record alone, and all that it touched is still as it left it."""


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """All changes of a record, newest first, and the record as it is now."""

    held: Held
    changes: tuple[RecordChange, ...]


def record_history(session: Session, apprenticeship_id: UUID) -> RecordHistory:
    """Return what was changed of an apprenticeship and its person.

    Raises Conflict when it is gone.
    """
    held = apprentices.held(session, apprenticeship_id)
    keys: dict[type[Kept], set[str]] = {
        Apprentice: {held.apprentice_id.hex},
        Apprenticeship: {apprenticeship_id.hex},
        **{
            record: keys_of(session, record, "apprenticeship_id", apprenticeship_id)
            for record in _SPELLS
        },
    }
    changes = logged_changes(session, keys)
    return RecordHistory(held, tuple(_change(each, apprenticeship_id.hex) for each in changes))


def _change(logged: LoggedChange, own_id: str) -> RecordChange:
    line = logged.line
    values: list[ValueChange] = []
    spells: list[SpellChange] = []
    for row in logged.rows:
        before, after = row.typed_before(), row.typed_after()
        if row.record in _SPELLS:
            kind = "break" if row.record is Break else "weekly hours"
            spells.append(SpellChange(kind, before, after))
        elif before is not None and after is not None:
            values.extend(
                ValueChange(name, before[name], after[name])
                for name in NAMES
                if name in before and name in after and before[name] != after[name]
            )
    began = any(row.before is None and row.row_id == own_id for row in logged.rows)
    return RecordChange(
        number=line.number,
        label=line.label,
        recorded_at=line.recorded_at,
        person=line.person,
        values=tuple(sorted(values, key=lambda each: NAMES.index(each.name))),
        spells=tuple(spells),
        began=began,
        touched_others=logged.touched_others,
        may_be_taken_back=logged.may_be_taken_back and not began,
    )


def put_values_back(session: Session, held: Held, values: Mapping[str, Any], today: date) -> None:
    """Give details of an apprenticeship the values that they once had.

    *held* is the record as the history was read.  Raises Conflict when it was changed since, and
    Problem in the words of the form when the old values do not go with what is there now.
    """
    details = replace(held.details, **values)
    was_vacant = apprentices.is_nameless(held.details)
    found = apprentice_checks.check(details, today, held.breaks, may_be_vacant=was_vacant)
    if refuses(found):
        before = held.details
        name = called(before.given_names, before.family_name, before.course_title)
        raise Problem(
            f"This cannot be put back for {name}: {' '.join(each.message for each in found)}",
            "Change both in the form.",
        )
    apprentices.correct(session, held.apprenticeship_id, details, held.stamp)
