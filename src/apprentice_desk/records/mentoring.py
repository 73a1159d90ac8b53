"""The stored mentors and buddies of apprentices; their commands and rows are in ``mentors``.

Apart from them because apprentices keep the name of their mentor in step with what is stored here,
and the commands of mentors hang on apprentices.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import MentorRole
from apprentice_desk.records.base import Kept, Word, not_before


class Mentoring(Kept):
    """One person who goes along with one apprentice for a while."""

    __tablename__ = "mentoring"
    __table_args__ = (not_before("until_on", "from_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[MentorRole] = mapped_column(Word(MentorRole))
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The last day; None while it goes on."""
    note: Mapped[str] = mapped_column(String(1000), default="")


def follow_name(session: Session, apprenticeship_id: UUID, name: str) -> None:
    """Have the mentor who is recorded with days called *name*, as the apprenticeship says.

    An apprenticeship whose mentor has no days is left alone.  Raises Problem when *name* is blank:
    a mentor goes with a last day.
    """
    found = open_mentor(session, apprenticeship_id)
    if found is None:
        return
    if not name.strip():
        raise Problem(
            f"{found.name} is recorded as the mentor since {show_day(found.from_on)}.",
            "Give the last day on the page Network, under Mentors and buddies.",
        )
    found.name = name.strip()


def open_mentor(session: Session, apprenticeship_id: UUID) -> Mentoring | None:
    """Return the record of the mentor without a last day, for the commands of records."""
    return session.scalars(
        select(Mentoring).where(
            Mentoring.apprenticeship_id == apprenticeship_id,
            Mentoring.role == MentorRole.MENTOR,
            Mentoring.until_on.is_(None),
        )
    ).first()


def forget_mentoring(session: Session, apprenticeship_ids: Iterable[UUID]) -> None:
    """Remove who went along with apprenticeships, which are about to go."""
    of_them = select(Mentoring).where(Mentoring.apprenticeship_id.in_(tuple(apprenticeship_ids)))
    for each in session.scalars(of_them):
        session.delete(each)
    session.flush()
