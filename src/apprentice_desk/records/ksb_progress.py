"""How far an apprentice has come with each piece of knowledge, skill and behaviour.

Apprentice, manager and provider each say so for themselves.  What was said stays with its day, so
that a review shows what changed since the one before.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.records.base import Kept, Word
from apprentice_desk.records.standard_versions import LONGEST_CODE


class KsbStatement(Kept):
    """What one voice said of one code on a day; said again on that day, it is replaced."""

    __tablename__ = "ksb_statement"
    __table_args__ = (UniqueConstraint("apprenticeship_id", "code", "voice", "said_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    voice: Mapped[Voice] = mapped_column(Word(Voice))
    status: Mapped[KsbStatus] = mapped_column(Word(KsbStatus))
    said_on: Mapped[date]
    said_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
