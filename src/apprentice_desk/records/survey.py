"""Answers to the few questions that LOTI asks in a quarter; they stay out of the return."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept


class SurveyAnswer(Kept):
    """The answer to one question of one quarter."""

    __tablename__ = "survey_answer"
    __table_args__ = (UniqueConstraint("quarter", "question"),)

    quarter: Mapped[str] = mapped_column(String(10))
    """As returns write it, such as 2026-Q3."""
    question: Mapped[str] = mapped_column(String(60))
    """The question's id in ``resources/lists``."""
    asked: Mapped[str] = mapped_column(String(500))
    """The question as it was worded when it was answered."""
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_on: Mapped[date]
