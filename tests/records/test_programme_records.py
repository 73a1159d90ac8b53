"""Stories, answers to LOTI and cases as the desk keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import outcomes, stories, survey
from apprentice_desk.records.survey import AnswerDetails

TODAY = date(2026, 5, 20)
QUARTER = "2026-27 Q1"


def do(store, act, *args):
    with store.change("Do something") as session:
        return act(session, *args)


# --- stories ------------------------------------------------------------------------------------


def test_stories_stand_by_day_with_ideas_at_the_end(store, make):
    ada = make.apprentice(given_names="Ada", family_name="Obi")
    for details in (
        StoryDetails(" Idea ", "blog"),
        StoryDetails("Later", "event", planned_on=date(2026, 6, 1)),
        StoryDetails(
            "Ada",
            "blog",
            apprenticeship_id=ada,
            published_on=date(2026, 5, 4),
            consent_on=date(2026, 5, 1),
            consent_to="Her first name",
        ),
    ):
        do(store, stories.plan_story, details, TODAY)
    rows = store.read(stories.story_rows)
    assert [(row.details.title, row.name) for row in rows] == [
        ("Later", ""),
        ("Ada", "Ada Obi"),
        ("Idea", ""),
    ]


def test_a_story_without_consent_is_not_published_and_nothing_changes(store, make):
    key = do(store, stories.plan_story, StoryDetails("A", "blog"), TODAY)
    out = StoryDetails("A", "blog", published_on=TODAY)
    with pytest.raises(Problem, match="consent"):
        do(store, stories.correct_story, key, out, TODAY)
    (row,) = store.read(stories.story_rows)
    assert row.details.published_on is None


def test_two_who_correct_one_story_are_told(store):
    key = do(store, stories.plan_story, StoryDetails("A", "blog"), TODAY)
    (row,) = store.read(stories.story_rows)
    do(store, stories.correct_story, key, StoryDetails("B", "blog"), TODAY, row.changed_in)
    with pytest.raises(Conflict) as caught:
        do(store, stories.correct_story, key, StoryDetails("C", "blog"), TODAY, row.changed_in)
    assert caught.value.theirs == StoryDetails("B", "blog")


def test_what_is_gone_is_a_conflict(store):
    for act, *rest in (
        (stories.correct_story, StoryDetails("A", "blog"), TODAY),
        (stories.remove_story,),
        (outcomes.correct_case, CaseDetails("A", "B")),
        (outcomes.remove_case,),
        (outcomes.add_step, StepDetails("A"), TODAY),
        (outcomes.correct_step, StepDetails("A"), TODAY),
        (outcomes.move_step, 1),
        (outcomes.remove_step,),
    ):
        with pytest.raises(Conflict, match="removed meanwhile"):
            do(store, act, uuid4(), *rest)


# --- answers ------------------------------------------------------------------------------------


def test_a_later_answer_takes_the_place_of_the_one_before(store):
    for answer, on in (("More time", date(2026, 5, 4)), (" Backfill ", TODAY)):
        do(store, survey.answer_question, QUARTER, AnswerDetails("a", "What?", answer), on)
    (row,) = store.read(survey.answer_rows, QUARTER)
    assert (row.details.answer, row.answered_on) == ("Backfill", TODAY)
    assert store.read(survey.answer_rows, "2026-27 Q2") == ()


def test_an_answer_of_nothing_is_refused(store):
    with pytest.raises(Problem, match="no answer"):
        do(store, survey.answer_question, QUARTER, AnswerDetails("a", "What?", " "), TODAY)


def test_an_answer_can_be_taken_back_once(store):
    do(store, survey.answer_question, QUARTER, AnswerDetails("a", "What?", "Time"), TODAY)
    assert do(store, survey.take_answer_back, QUARTER, "a")
    assert not do(store, survey.take_answer_back, QUARTER, "a")
    assert store.read(survey.answer_rows, QUARTER) == ()


# --- cases --------------------------------------------------------------------------------------


@pytest.fixture
def case_id(store):
    made = do(store, outcomes.begin_case, CaseDetails("Case", "More of them", mandate=" HR "))
    for what in ("One", "Two", "Three"):
        do(store, outcomes.add_step, made, StepDetails(what), TODAY)
    return made


def plan(store):
    (row,) = store.read(outcomes.case_rows)
    return [step.details.what for step in row.steps]


def test_a_case_is_kept_with_its_plan_in_order(store, case_id):
    (row,) = store.read(outcomes.case_rows)
    assert (row.id, row.details.mandate) == (case_id, "HR")
    assert plan(store) == ["One", "Two", "Three"]


def test_a_step_moves_up_and_down_as_far_as_there_is_room(store, case_id):
    (row,) = store.read(outcomes.case_rows)
    one, _, three = (step.id for step in row.steps)
    assert do(store, outcomes.move_step, three, -1)
    assert plan(store) == ["One", "Three", "Two"]
    assert do(store, outcomes.move_step, three, -1)
    assert not do(store, outcomes.move_step, three, -1)
    assert do(store, outcomes.move_step, one, 1)
    assert not do(store, outcomes.move_step, one, 1)
    assert plan(store) == ["Three", "Two", "One"]


def test_a_new_step_stands_last_though_one_before_it_went(store, case_id):
    (row,) = store.read(outcomes.case_rows)
    do(store, outcomes.remove_step, row.steps[0].id)
    do(store, outcomes.add_step, case_id, StepDetails("Four"), TODAY)
    assert plan(store) == ["Two", "Three", "Four"]


def test_a_case_goes_with_its_plan(store, case_id):
    do(store, outcomes.remove_case, case_id)
    assert store.read(outcomes.case_rows) == ()


def test_a_case_that_somebody_else_corrected_is_a_conflict(store, case_id):
    (row,) = store.read(outcomes.case_rows)
    theirs = replace(row.details, title="Theirs")
    do(store, outcomes.correct_case, case_id, theirs, row.changed_in)
    with pytest.raises(Conflict):
        do(store, outcomes.correct_case, case_id, row.details, row.changed_in)


@pytest.mark.parametrize("details", [CaseDetails("Case", ""), CaseDetails("x" * 201, "More")])
def test_a_case_that_is_not_whole_is_refused(store, details):
    with pytest.raises(Problem):
        do(store, outcomes.begin_case, details)
    assert store.read(outcomes.case_rows) == ()
