"""Returns that the borough has exported: what, when and which revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.records.base import Kept


class ReturnSent(Kept):
    """One exported return; the file itself left the desk."""

    __tablename__ = "return_sent"
    __table_args__ = (UniqueConstraint("period", "revision"),)

    period: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    format_version: Mapped[str] = mapped_column(String(10))
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[str] = mapped_column(String(100))
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(255))


@dataclass(frozen=True, slots=True)
class ReturnSentRow:
    """One exported return as the history shows it."""

    id: UUID
    period: str
    revision: int
    format_version: str
    prepared_at: datetime
    prepared_by: str
    fingerprint: str
    file_name: str


def next_revision(session: Session, period: str) -> int:
    """Return the revision that the next return for *period* has: 1 for the first."""
    highest = session.execute(
        select(func.max(ReturnSent.revision)).where(ReturnSent.period == period)
    ).scalar_one()
    return (highest or 0) + 1


def send_return(
    session: Session,
    *,
    period: str,
    revision: int,
    format_version: str,
    prepared_at: datetime,
    prepared_by: str,
    fingerprint: str,
    file_name: str,
) -> UUID:
    """Record that a return was exported and return the record's key."""
    sent = ReturnSent(
        period=period,
        revision=revision,
        format_version=format_version,
        prepared_at=prepared_at,
        prepared_by=prepared_by,
        fingerprint=fingerprint,
        file_name=file_name,
    )
    session.add(sent)
    session.flush()
    return sent.id


def returns_sent_rows(session: Session) -> tuple[ReturnSentRow, ...]:
    """Return the exported returns, newest first."""
    found = session.scalars(select(ReturnSent).order_by(ReturnSent.prepared_at.desc()))
    return tuple(
        ReturnSentRow(
            s.id, s.period, s.revision, s.format_version, s.prepared_at, s.prepared_by,
            s.fingerprint, s.file_name,
        )
        for s in found
    )  # fmt: skip
