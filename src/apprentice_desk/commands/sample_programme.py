"""The stories of a sample borough, its answers to LOTI, and one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter, monday_of
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.survey import survey_of
from apprentice_desk.records import outcomes, stories, survey
from apprentice_desk.records.survey import AnswerDetails


def tell_of_the_programme(session: Session, enrolled: Mapping[str, UUID], today: date) -> None:
    """Put stories about those who are *enrolled* in, what was answered, and a case with its plan.

    Where the questions of the quarter are not known nothing is answered.
    """
    described: dict[str, Any] = resources.load_toml("sample", "programme.toml")
    for entry in described["story"]:
        if entry.get("about", "") in ("", *enrolled):
            stories.plan_story(session, _story(entry, enrolled, today), today)
    _answer(session, described["answers"], today)
    _begin_case(session, described["case"], today)


def _story(entry: Mapping[str, Any], enrolled: Mapping[str, UUID], today: date) -> StoryDetails:
    def day(key: str) -> date | None:
        ago = entry.get(f"{key}_days_ago")
        return None if ago is None else today - timedelta(days=ago)

    about = entry.get("about", "")
    return StoryDetails(
        title=entry["title"],
        channel=entry["channel"],
        audience=entry["audience"],
        author=entry["author"],
        planned_on=day("planned"),
        published_on=day("published"),
        link=entry.get("link", ""),
        apprenticeship_id=enrolled[about] if about else None,
        is_consent_needed=bool(about),
        consent_on=day("consent"),
        consent_to=entry.get("consent_to", ""),
    )


def _answer(session: Session, answers: Mapping[str, str], today: date) -> None:
    quarter = Quarter.containing(today)
    try:
        asked = survey_of(resources.surveys(), quarter)
    except Problem:
        return
    for question in asked.questions:
        if question.id in answers:
            details = AnswerDetails(question.id, question.text, answers[question.id])
            survey.answer_question(session, str(quarter), details, today)


def _begin_case(session: Session, entry: Mapping[str, Any], today: date) -> None:
    said = {name: entry[name] for name in CaseDetails.__match_args__}
    case_id = outcomes.begin_case(session, CaseDetails(**said))
    for step in entry["step"]:
        weeks = step.get("weeks")
        week_of = None if weeks is None else monday_of(today) + timedelta(weeks=weeks)
        done_on = today - timedelta(weeks=1) if step.get("is_done") else None
        outcomes.add_step(session, case_id, StepDetails(step["what"], week_of, done_on), today)
