"""What this borough opens to apprentices of others: vacancies, shadowing places and visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.vocabulary import OpeningKind, RoleFamily, WorkingPattern
from apprentice_desk.records.base import Kept, Word, not_before, not_negative


class Opening(Kept):
    """One thing that apprentices elsewhere may apply for or come to."""

    __tablename__ = "opening"
    __table_args__ = (not_before("until_on", "from_on"), *not_negative("places", "days"))

    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[OpeningKind] = mapped_column(Word(OpeningKind))
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(1000), default="")
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    standard_code: Mapped[str | None] = mapped_column(String(6))
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    pattern: Mapped[WorkingPattern | None] = mapped_column(Word(WorkingPattern))
    area: Mapped[str] = mapped_column(String(100), default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    """The last day on which it can be applied for or come to."""
    days: Mapped[int | None]
    places: Mapped[int | None]
    how_to_apply: Mapped[str] = mapped_column(String(300), default="")
    """An address or a link of a team, not of a person: it leaves the borough."""
    closed_on: Mapped[date | None]
    is_taken: Mapped[bool] = mapped_column(default=False)
