"""Answers to the few questions that LOTI asks in a quarter; they stay out of the return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.records.base import Kept, check_lengths, refuse


class SurveyAnswer(Kept):
    """The answer to one question of one quarter."""

    __tablename__ = "survey_answer"
    __table_args__ = (UniqueConstraint("quarter", "question"),)

    quarter: Mapped[str] = mapped_column(String(10))
    """As returns write it, such as 2026-27 Q3."""
    question: Mapped[str] = mapped_column(String(60))
    """The question's id in ``resources/lists``."""
    asked: Mapped[str] = mapped_column(String(500))
    """The question as it was worded when it was answered."""
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """What is answered to a *question*, by its id, that was *asked* in these words."""

    question: str
    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer with the day on which it was given last."""

    details: AnswerDetails
    answered_on: date


def check(details: AnswerDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.answer.strip():
        findings.append(
            Finding(
                Level.ROW,
                "SU001",
                "There is no answer yet.",
                "Write one, or take the old one back.",
                Place(field="answer"),
            )
        )
    return findings + check_lengths(details, SurveyAnswer)


def answer_question(session: Session, quarter: str, details: AnswerDetails, on: date) -> None:
    """Record the answer to a question of a quarter; it takes the place of the one before.

    Raises Problem for what ``check`` finds.
    """
    refuse(check(details))
    found = _kept(session, quarter, details.question)
    if found is None:
        found = SurveyAnswer(quarter=quarter, question=details.question)
        session.add(found)
    found.asked = details.asked.strip()
    found.answer = details.answer.strip()
    found.answered_on = on
    session.flush()


def take_answer_back(session: Session, quarter: str, question: str) -> bool:
    """Remove the answer to a question; return whether there was one."""
    found = _kept(session, quarter, question)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def answer_rows(session: Session, quarter: str) -> tuple[AnswerRow, ...]:
    """Return the answers of a quarter, by their questions' ids."""
    found = session.scalars(
        select(SurveyAnswer).where(SurveyAnswer.quarter == quarter).order_by(SurveyAnswer.question)
    )
    return tuple(
        AnswerRow(AnswerDetails(each.question, each.asked, each.answer), each.answered_on)
        for each in found
    )


def _kept(session: Session, quarter: str, question: str) -> SurveyAnswer | None:
    return session.scalars(
        select(SurveyAnswer).where(
            SurveyAnswer.quarter == quarter, SurveyAnswer.question == question
        )
    ).one_or_none()
