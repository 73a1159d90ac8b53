"""Which questions are asked in a quarter."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.survey import Survey, SurveyQuestion, survey_of

ASKED = Survey(
    Quarter.parse("2026-27 Q2"),
    Quarter.parse("2026-27 Q4"),
    (SurveyQuestion("one", "What helped?", "One thing."),),
    "LOTI",
)


@pytest.mark.parametrize("quarter", ["2026-27 Q2", "2026-27 Q3", "2026-27 Q4"])
def test_a_quarter_within_has_its_questions(quarter):
    assert survey_of([ASKED], Quarter.parse(quarter)) is ASKED


@pytest.mark.parametrize("quarter", ["2026-27 Q1", "2027-28 Q1"])
def test_a_quarter_without_known_questions_is_a_problem_in_words(quarter):
    with pytest.raises(Problem, match=f"{quarter} is not known"):
        survey_of([ASKED], Quarter.parse(quarter))
