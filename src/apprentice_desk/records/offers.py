"""Learning offers of partners, such as courses that a technology firm gives for nothing.

It starts as the list in ``resources/lists`` and is the borough's own from then on.
"""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records.base import Kept, Word, not_negative


class LearningOffer(Kept):
    """One offer that activities of a plan can be made from."""

    __tablename__ = "learning_offer"
    __table_args__ = not_negative("minutes")

    partner: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[Activity | None] = mapped_column(Word(Activity))
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    is_retired: Mapped[bool] = mapped_column(default=False)
    """Kept for the plans made from it, but offered no more."""
