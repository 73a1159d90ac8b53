"""What somebody put off on the page Today: which line, until when, and why it may wait.

A line is known by its key (``domain.needs``).  How urgent and how heavy it was is kept with it,
so that it comes back before its day when it has become worse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import Need, PutOff, Urgency
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.base import Kept, check_lengths, refuse


class PutOffLine(Kept):
    """One line that was put off."""

    __tablename__ = "put_off_line"
    __table_args__ = (CheckConstraint("until_on > put_off_on", name="until_after_put_off"),)

    need_key: Mapped[str] = mapped_column(String(300), unique=True)
    put_off_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    urgency: Mapped[int]
    weight: Mapped[int]


@dataclass(frozen=True, slots=True)
class PutOffDetails:
    """What the form of putting a line off edits."""

    until_on: date | None = None
    reason: str = ""


def check_put_off(details: PutOffDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.until_on is None or details.until_on <= today:
        findings.append(
            Finding(
                Level.ROW,
                "PO001",
                "Enter a day after today.",
                f"Today is {show_day(today)}.",
                Place(field="until_on"),
            )
        )
    if not details.reason.strip():
        findings.append(
            Finding(
                Level.ROW,
                "PO002",
                "Say why it can wait.",
                "Whoever looks next wants to know.",
                Place(field="reason"),
            )
        )
    return findings + check_lengths(details, PutOffLine)


def put_off(session: Session, need: Need, details: PutOffDetails, today: date) -> UUID:
    """Put a line off, in place of what was said of it before; return the record's key.

    Those whose day has come are tidied away.  Raises Problem without a later day and a reason.
    """
    refuse(check_put_off(details, today))
    assert details.until_on is not None  # checked above
    line = _line(session, need.key)
    for other in session.scalars(select(PutOffLine).where(PutOffLine.until_on <= today)):
        if other is not line:
            session.delete(other)
    if line is None:
        line = PutOffLine(need_key=need.key)
        session.add(line)
    line.put_off_on = today
    line.until_on = details.until_on
    line.reason = " ".join(details.reason.split())
    line.urgency = int(need.urgency)
    line.weight = need.weight
    session.flush()
    return line.id


def _line(session: Session, need_key: str) -> PutOffLine | None:
    with session.no_autoflush:
        return session.scalars(select(PutOffLine).where(PutOffLine.need_key == need_key)).first()


def bring_back(session: Session, need_key: str) -> None:
    """Name a line again that was put off; raises Conflict when it is back already."""
    line = _line(session, need_key)
    if line is None:
        raise Conflict("This line is back already.")
    session.delete(line)
    session.flush()


def forget_lines(session: Session, record_ids: Iterable[UUID]) -> None:
    """Forget what was put off about records that are being removed, with the reasons given."""
    endings = tuple(f":{record_id.hex}" for record_id in record_ids)
    for line in session.scalars(select(PutOffLine)):
        if line.need_key.endswith(endings):
            session.delete(line)


def put_off_rows(session: Session) -> tuple[PutOff, ...]:
    """Return what was put off, by key; those whose day has come included."""
    found = session.scalars(select(PutOffLine).order_by(PutOffLine.need_key))
    return tuple(
        PutOff(line.need_key, line.until_on, line.reason, Urgency(line.urgency), line.weight)
        for line in found
    )
