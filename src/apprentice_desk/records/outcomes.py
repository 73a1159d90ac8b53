"""The case for a piece of work, in the headings of LOTI's outcomes planner."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept

LONGEST_TEXT = 4000


class OutcomesCase(Kept):
    """One case, heading by heading."""

    __tablename__ = "outcomes_case"

    title: Mapped[str] = mapped_column(String(200))
    desired_outcome: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    problems_technology: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    problems_people: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    solutions_technology: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    solutions_people: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_loti: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_lead: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_boroughs: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_others: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    mandate: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    evaluation: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")


class CaseStep(Kept):
    """One step of a case's plan."""

    __tablename__ = "case_step"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes_case.id", ondelete="RESTRICT"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(500))
    week_of: Mapped[date | None]
    """The Monday of the week that it is planned for; None is still to be settled."""
    done_on: Mapped[date | None]
