"""The answers to LOTI's questions of a quarter, as one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from apprentice_desk.documents.tree import Block, Document, Heading, Para
from apprentice_desk.domain.calendar import Quarter, show_day
from apprentice_desk.domain.survey import Survey

NO_NAMES = "No apprentice is named here, and nothing points to one person."


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What is printed: a quarter's questions with the answers to them, by the questions' ids."""

    quarter: Quarter
    survey: Survey
    answers: Mapping[str, str]
    borough: str
    made_on: date
    is_sample: bool


def answer_page(of: AnswerPage) -> Document:
    """Return the page; a question without an answer says so."""
    blocks: list[Block] = [Para(f"{of.borough}, {of.quarter.words()}", is_quiet=True)]
    for question in of.survey.questions:
        blocks.append(Heading(question.text))
        answer = of.answers.get(question.id, "")
        paragraphs = [line.strip() for line in answer.splitlines() if line.strip()]
        blocks += [Para(each) for each in paragraphs] or [Para("Not answered.", is_quiet=True)]
    blocks.append(Para(NO_NAMES, is_quiet=True))
    return Document(
        title=f"Answers to LOTI for {of.quarter}",
        blocks=tuple(blocks),
        is_sample=of.is_sample,
        foot=f"Answers to LOTI · {of.borough} · {of.quarter} · {show_day(of.made_on)}",
    )
