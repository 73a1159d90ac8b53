"""The stored entry of off-the-job hours; its commands and rows are in ``hours``.

Apart from them because weeks and evidence hang on entries, and the commands of hours on both.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.days_hours import DAY_MINUTES
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records.base import Kept, Word


class OffTheJobEntry(Kept):
    """One stretch of training on one day."""

    __tablename__ = "off_the_job_entry"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 1 AND {DAY_MINUTES}", name="minutes_in_a_day"),
        Index("ix_off_the_job_entry_totals", "apprenticeship_id", "done_on", "counts", "minutes"),
        Index(
            "ix_off_the_job_entry_secondment_id",
            "secondment_id",
            sqlite_where=text("secondment_id IS NOT NULL"),
            postgresql_where=text("secondment_id IS NOT NULL"),
        ),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    done_on: Mapped[date]
    minutes: Mapped[int]
    activity: Mapped[Activity] = mapped_column(Word(Activity))
    counts: Mapped[bool]
    what: Mapped[str] = mapped_column(String(4000), default="")
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    began_at: Mapped[str] = mapped_column(String(5), default="")
    """Time of day as hh:mm where the source gives it; it tells like entries apart."""
    source: Mapped[str] = mapped_column(String(300), default="")
    """The file and row that it was imported from; "" when it was typed here."""
    verified_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Who said that it is right; "" when nobody has yet, or it was corrected since."""
    verified_at: Mapped[datetime | None]
    secondment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("secondment.id", ondelete="RESTRICT")
    )
    """The secondment at whose host it was done; it counts at home all the same."""
