"""The two or three questions that LOTI asks in a quarter, beside the barriers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question; *help* says what kind of answer is of use."""

    id: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What is asked from a quarter to another, both included."""

    first: Quarter
    last: Quarter
    questions: tuple[SurveyQuestion, ...]
    source: str


def survey_of(surveys: Iterable[Survey], quarter: Quarter) -> Survey:
    """Return what is asked in *quarter*; raises Problem where that is not known."""
    for survey in surveys:
        if survey.first.first <= quarter.first <= survey.last.first:
            return survey
    raise Problem(
        f"What LOTI asks in {quarter} is not known to this version of the program.",
        "Choose another quarter, or answer LOTI's questions by letter until there is a newer"
        " version.",
    )
