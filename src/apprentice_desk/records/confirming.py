"""Confirming the days of a session that comes again: what a person ticked is logged, in one go.

Apart from ``repeats`` because the commands of hours know apprentices, and removing an apprentice
knows repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import hours, repeats
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.repeats import RepeatDetails


def begin_repeat(
    session: Session, details: RepeatDetails, entries: Sequence[HoursDetails], today: date
) -> UUID:
    """Remember a session that comes again, log *entries* of it, and return its key.

    Its days up to *today* are answered by that.  Raises Problem as ``keep_repeat`` and
    ``confirm`` do.
    """
    _log(session, entries, today)
    return repeats.keep_repeat(session, details, today, answered_to=today)


def confirm(
    session: Session,
    repeat_id: UUID,
    entries: Sequence[HoursDetails],
    today: date,
    changed_in: int,
) -> int:
    """Log *entries* of a repeat, decline its other days up to *today*; return how many it logged.

    Raises Conflict as ``mark_answered`` does, Problem for a day to come and as ``log_many`` does.
    """
    count = _log(session, entries, today)
    repeats.mark_answered(session, repeat_id, today, changed_in)
    return count


def _log(session: Session, entries: Sequence[HoursDetails], today: date) -> int:
    for entry in entries:
        if entry.done_on is None or entry.done_on > today:
            shown = "Without a day" if entry.done_on is None else show_day(entry.done_on)
            raise Problem(
                f"{shown}: this cannot be confirmed yet.", "It is offered once its day has come."
            )
    return hours.log_many(session, ((entry, "") for entry in entries))
