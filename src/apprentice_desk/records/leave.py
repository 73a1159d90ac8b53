"""Leave that is planned: its days only, never why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import Period, add_months, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.base import Kept, not_before, refuse, refuse_changed
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots

LONGEST_MONTHS = 12
"""Leave of longer is a slip in the year; parents' leave is no longer than that."""


class Leave(Kept):
    """Days on which one apprentice is not at work."""

    __tablename__ = "leave"
    __table_args__ = (not_before("last_on", "first_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class LeaveDetails:
    """What the form of leave edits; without a last day it is one day."""

    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One stretch of leave."""

    id: UUID
    apprenticeship_id: UUID
    days: Period
    changed_in: int

    @property
    def details(self) -> LeaveDetails:
        """What its form edits."""
        return LeaveDetails(self.days.first, self.days.last)


def check(
    session: Session, apprenticeship_id: UUID, details: LeaveDetails, leave_id: UUID | None = None
) -> list[Finding]:
    """Return what is wrong with *details*; *leave_id* is the leave that is being corrected."""
    first, last = details.first_on, details.last_on or details.first_on
    if first is None or last is None:
        return [_wrong("LE001", "first_on", "Say from which day on it is.")]
    if last < first:
        return [_wrong("LE002", "last_on", "It ends before it begins.")]
    if last >= add_months(first, LONGEST_MONTHS):
        return [
            _wrong(
                "LE003",
                "last_on",
                f"{show_day(last)} is a year or more after the first day.",
                "Check the year. A long absence may have to be a break in learning.",
            )
        ]
    days = Period(first, last)
    for other in leave_rows(session, apprenticeship_id):
        if other.id != leave_id and days.overlap(other.days) is not None:
            return [
                _wrong(
                    "LE004",
                    "first_on",
                    f"Some of these days are in the leave of {other.days.shown()}.",
                    "Correct that leave, or choose other days.",
                )
            ]
    return []


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def plan_leave(session: Session, apprenticeship_id: UUID, details: LeaveDetails) -> UUID:
    """Keep days on which an apprentice is not at work and return their key.

    Raises Problem for what ``check`` finds.
    """
    refuse(check(session, apprenticeship_id, details))
    assert details.first_on is not None  # refused above
    leave = Leave(
        apprenticeship_id=apprenticeship_id,
        first_on=details.first_on,
        last_on=details.last_on or details.first_on,
    )
    session.add(leave)
    session.flush()
    return leave.id


def correct_leave(
    session: Session, leave_id: UUID, details: LeaveDetails, changed_in: int | None = None
) -> None:
    """Replace the days of leave.

    Raises Conflict when it is gone, or changed since the change *changed_in* that was read, and
    Problem for what ``check`` finds.
    """
    leave = _leave(session, leave_id, details)
    refuse_changed(leave, changed_in, details, LeaveDetails(leave.first_on, leave.last_on))
    refuse(check(session, leave.apprenticeship_id, details, leave_id))
    assert details.first_on is not None  # refused above
    leave.first_on = details.first_on
    leave.last_on = details.last_on or details.first_on
    session.flush()


def cancel_leave(session: Session, leave_id: UUID) -> None:
    """Forget leave that is not taken; raises Conflict when it is gone already."""
    session.delete(_leave(session, leave_id))
    session.flush()


def forget_leave(session: Session, apprenticeship_ids: Collection[UUID]) -> None:
    """Forget the leave of apprenticeships that are being removed."""
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        for leave in session.scalars(select(Leave).where(Leave.apprenticeship_id.in_(lot))).all():
            session.delete(leave)
    session.flush()


def leave_rows(session: Session, apprenticeship_id: UUID) -> tuple[LeaveRow, ...]:
    """Return the leave of one apprenticeship by its first day."""
    found = session.scalars(
        select(Leave)
        .where(Leave.apprenticeship_id == apprenticeship_id)
        .order_by(Leave.first_on, Leave.id)
    )
    return tuple(
        LeaveRow(each.id, each.apprenticeship_id, Period(each.first_on, each.last_on),
                 each.changed_in)
        for each in found
    )  # fmt: skip


def _leave(session: Session, leave_id: UUID, mine: object | None = None) -> Leave:
    found = session.get(Leave, leave_id)
    if found is None:
        raise Conflict("This leave was removed meanwhile.", "Close the form.", mine=mine)
    return found
