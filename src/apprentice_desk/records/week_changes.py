"""Carrying out what was typed, pasted or copied in the grid of a week, in one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.week_cells import Cell, Correct, Log, Remove, SayNothing, Step
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.hours import (
    KEPT,
    HoursDetails,
    correct_hours,
    log_many,
    remove_hours,
)
from apprentice_desk.records.weeks import say_nothing

Counts = Callable[[UUID, Activity, date], bool]


def carry_out(session: Session, steps: Iterable[Step], counts: Counts) -> None:
    """Do *steps*, new entries last; *counts* says whether new hours count.

    Raises Conflict where an entry was changed or removed meanwhile and Problem where the records
    refuse one: the change must then end, and nothing of it is done.
    """
    logs: list[tuple[HoursDetails, str]] = []
    for step in steps:
        match step:
            case Log(cell, minutes, activity, what, ksbs):
                logs.append((_details(cell, minutes, activity, what, ksbs, counts), ""))
            case Correct(_, entry_id, minutes, changed_in):
                _correct(session, entry_id, minutes, changed_in)
            case Remove(_, entry_id):
                remove_hours(session, entry_id)
            case SayNothing(cell):
                say_nothing(session, cell.apprenticeship_id, monday_of(cell.day))
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(step)
    if logs:
        log_many(session, logs)


def _correct(session: Session, entry_id: UUID, minutes: int, changed_in: int) -> None:
    entry = session.get(OffTheJobEntry, entry_id)
    if entry is None:
        raise Conflict("This entry was removed meanwhile.")
    now = HoursDetails(**{name: getattr(entry, name) for name in KEPT})
    correct_hours(session, entry_id, replace(now, minutes=minutes), changed_in)


def _details(
    cell: Cell, minutes: int, activity: Activity, what: str, ksbs: str, counts: Counts
) -> HoursDetails:
    return HoursDetails(
        cell.apprenticeship_id,
        cell.day,
        minutes,
        activity,
        counts=counts(cell.apprenticeship_id, activity, cell.day),
        what=what,
        ksbs=ksbs,
    )
