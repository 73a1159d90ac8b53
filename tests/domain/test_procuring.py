"""How far a procurement is, and what is to be done first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.procuring import (
    Course,
    CourseDay,
    Stage,
    Step,
    StepKind,
    ToDo,
    course_days,
    first_to_do,
    kept_from_contract,
    out_of_order,
    regime_hint,
    stage,
    to_do,
)
from apprentice_desk.domain.standstill import FromDay
from apprentice_desk.domain.vocabulary import Regime

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
INVITED = Step(StepKind.INVITE, date(2026, 11, 2), date(2026, 11, 3))
QUESTIONS = Step(StepKind.QUESTIONS_BY, date(2026, 11, 20))
ANSWERS = Step(StepKind.ANSWERS_BY, date(2026, 11, 25))
BIDS = Step(StepKind.BIDS_BY, date(2026, 12, 4))
SCORES = Step(StepKind.SCORES_BY, date(2026, 12, 14))
MEETING = Step(StepKind.MODERATION, date(2026, 12, 16))
DECIDE = Step(StepKind.DECISION_BY, date(2026, 12, 18))
SIGN = Step(StepKind.SIGN_BY, date(2027, 1, 15))
STARTS = Step(StepKind.STARTS, date(2027, 2, 1))
STEPS = (INVITED, QUESTIONS, ANSWERS, BIDS, SCORES, MEETING, DECIDE, SIGN, STARTS)
COURSE = Course(STEPS, lacking=("3 scores are missing.",))
DECIDED = replace(COURSE, lacking=(), decided_on=date(2026, 12, 17))


def words(course: Course, today: date = TODAY) -> list[str]:
    return [each.words for each in to_do(course, today)]


# --- how far it is --------------------------------------------------------------------------------


def test_it_is_planned_until_the_invitation_really_went_out() -> None:
    late = replace(INVITED, done_on=None)
    assert stage(replace(COURSE, steps=(late, BIDS)), TODAY) is Stage.PLANNED
    assert stage(Course(), TODAY) is Stage.PLANNED
    assert stage(COURSE, date(2026, 11, 2)) is Stage.PLANNED
    assert stage(COURSE, date(2026, 11, 3)) is Stage.OUT


def test_bids_may_come_in_on_the_whole_of_the_last_day() -> None:
    assert stage(COURSE, BIDS.on) is Stage.OUT
    assert stage(COURSE, BIDS.on + DAY) is Stage.EVALUATING
    opened = replace(COURSE, steps=(INVITED, replace(BIDS, done_on=TODAY)))
    assert stage(opened, TODAY) is Stage.EVALUATING
    assert stage(replace(COURSE, steps=(INVITED,)), date(2030, 1, 1)) is Stage.OUT


def test_the_standstill_lasts_to_the_end_of_its_last_day() -> None:
    waiting = replace(DECIDED, waits=True, standstill_to=date(2027, 1, 4))
    assert stage(DECIDED, TODAY) is Stage.DECIDED
    assert stage(waiting, date(2027, 1, 4)) is Stage.STANDSTILL
    assert stage(waiting, date(2027, 1, 5)) is Stage.DECIDED
    assert stage(replace(waiting, waits=False), TODAY) is Stage.DECIDED
    assert stage(replace(waiting, standstill_to=None), TODAY) is Stage.DECIDED


def test_a_contract_waits_for_a_standstill_whose_last_day_is_past() -> None:
    def says(course: Course, today: date = TODAY, unknown: str = "") -> str:
        return str(kept_from_contract(course, today, unknown) or "")

    assert says(DECIDED) == ""
    waiting = replace(DECIDED, waits=True)
    assert says(waiting, unknown="It begins with the notice.") == (
        "The contract waits for the standstill, and its last day is not known. It begins with the"
        " notice. Under “Letters and standstill…” enter when letters and notice went out, or the"
        " last day that the letters name."
    )
    assert "is not known. Under" in says(waiting)
    ends = replace(waiting, standstill_to=date(2027, 1, 4))
    assert says(ends, date(2027, 1, 4)).startswith("The standstill lasts to the end of 4 Jan 2027.")
    assert says(ends, date(2027, 1, 5)) == ""
    assert says(replace(waiting, waits=False)) == ""
    assert "Take it up again" in says(replace(DECIDED, abandoned_on=TODAY))


def test_it_is_over_with_the_contract_or_when_it_is_given_up() -> None:
    made = replace(DECIDED, has_contract=True)
    assert stage(made, TODAY) is Stage.CONTRACT_MADE
    assert stage(replace(COURSE, abandoned_on=TODAY), TODAY) is Stage.ABANDONED
    assert [each.is_over for each in Stage] == [False] * 5 + [True] * 2
    assert to_do(made, TODAY) == ()
    assert first_to_do(made, TODAY) is None


@given(st.dates(date(2026, 10, 1), date(2027, 3, 1)))
def test_days_only_bring_it_further(today: date) -> None:
    order = list(Stage)
    later = stage(COURSE, today + DAY)
    assert order.index(later) >= order.index(stage(COURSE, today))


# --- what is to be done ---------------------------------------------------------------------------


def test_what_is_to_be_done_stands_by_its_day_and_what_has_none_last() -> None:
    asked = replace(COURSE, unanswered=2)
    assert words(asked)[0] == "2 questions to answer"  # the day for questions is past
    assert words(asked, QUESTIONS.on) == [
        "Last day for questions", "2 questions to answer", "Bids due", "Scores in",
        "Moderation meeting", "Decide", "Sign the contract",
    ]  # fmt: skip
    assert first_to_do(asked, QUESTIONS.on) == ToDo("Last day for questions", QUESTIONS.on)
    assert "1 question to answer" in words(replace(COURSE, unanswered=1))


def test_questions_that_are_answered_are_not_named_nor_what_is_past() -> None:
    assert words(COURSE, date(2026, 12, 5)) == [
        "Scores in", "Moderation meeting", "Decide", "Sign the contract", "3 scores are missing",
    ]  # fmt: skip
    scored = replace(COURSE, lacking=())
    assert "Scores in" not in words(scored, date(2026, 12, 5))
    met = replace(scored, steps=(INVITED, BIDS, replace(MEETING, done_on=TODAY), DECIDE))
    assert words(met, date(2026, 12, 5)) == ["Decide"]


def test_days_that_are_not_entered_are_asked_for() -> None:
    assert words(Course()) == ["Enter when the invitation goes out"]
    assert words(Course((replace(INVITED, done_on=None),))) == ["Send the invitation"]
    assert words(Course((INVITED,), unanswered=1)) == [
        "Enter when bids are due", "1 question to answer",
    ]  # fmt: skip
    assert words(Course((INVITED, BIDS)), date(2026, 12, 5)) == ["Decide"]


def test_after_the_decision_come_letters_notice_standstill_and_contract() -> None:
    short = replace(DECIDED, steps=())
    assert words(short) == ["Send the letters to the bidders", "Say whether there is a standstill"]
    waits = replace(short, waits=True, counted_from=FromDay.NOTICE)
    assert words(waits) == ["Send the letters to the bidders", "Publish the contract award notice"]
    told = replace(waits, letters_on=TODAY)
    assert words(told) == ["Publish the contract award notice"]
    assert words(replace(told, notice_on=TODAY)) == ["Find out when the standstill ends"]
    by_letters = replace(waits, counted_from=FromDay.LETTERS)
    assert words(by_letters) == ["Send the letters to the bidders"]
    running = replace(told, notice_on=TODAY, standstill_to=date(2026, 12, 2))
    assert to_do(running, TODAY) == (
        ToDo("Standstill ends", date(2026, 12, 2), key="standstill-ends"),
    )
    assert words(running, date(2026, 12, 3)) == ["Make the contract"]
    assert words(replace(told, waits=False)) == ["Make the contract"]
    assert words(replace(short, waits=False)) == ["Send the letters to the bidders"]
    assert words(replace(DECIDED, waits=False, letters_on=TODAY)) == [
        "Sign the contract", "Make the contract",
    ]  # fmt: skip


def test_what_is_to_be_done_has_the_time_and_the_name_of_its_step() -> None:
    bids = replace(BIDS, at="12:00", key="b")
    answers = replace(ANSWERS, at="16:30", key="a")
    course = replace(COURSE, steps=(INVITED, bids, answers), unanswered=1, lacking=("Scores.",))
    assert to_do(course, TODAY) == (
        ToDo("1 question to answer", ANSWERS.on, "16:30", "a"),
        ToDo("Bids due", BIDS.on, "12:00", "b"),
    )


def test_another_day_of_the_timetable_is_called_what_was_written() -> None:
    fair = Step(StepKind.OTHER, TODAY, what="open day for providers")
    assert fair.called == "Open day for providers"
    assert words(replace(COURSE, steps=(INVITED, fair, BIDS)))[0] == "Open day for providers"
    assert Step(StepKind.OTHER, TODAY).called == "Other"


# --- its days -------------------------------------------------------------------------------------


def test_what_was_done_stands_on_its_real_day() -> None:
    days = course_days(
        replace(
            DECIDED,
            steps=(INVITED, BIDS),
            letters_on=date(2026, 12, 18),
            notice_on=date(2026, 12, 21),
            waits=True,
            standstill_to=date(2027, 1, 5),
        )
    )
    assert days == (
        CourseDay(date(2026, 11, 3), "Invitation goes out", is_done=True),
        CourseDay(date(2026, 12, 4), "Bids due"),
        CourseDay(date(2026, 12, 17), "Decided", is_done=True),
        CourseDay(date(2026, 12, 18), "Letters went out", is_done=True),
        CourseDay(date(2026, 12, 21), "Award notice published", is_done=True),
        CourseDay(date(2027, 1, 5), "Standstill ends"),
    )
    given_up = course_days(Course(abandoned_on=TODAY))
    assert given_up == (CourseDay(TODAY, "Abandoned", is_done=True),)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (STEPS, ()),
        ((), ()),
        (
            (BIDS, replace(ANSWERS, on=date(2026, 12, 7))),
            ("Bids due, 4 Dec 2026, comes before answers out by, 7 Dec 2026.",),
        ),
        ((BIDS, replace(ANSWERS, on=BIDS.on), Step(StepKind.OTHER, date(2020, 1, 1))), ()),
    ],
)
def test_a_timetable_out_of_order_is_said(steps: tuple[Step, ...], said: tuple[str, ...]) -> None:
    assert out_of_order(steps) == said


def test_a_value_above_the_threshold_does_not_go_with_below_threshold() -> None:
    assert "check which law holds" in regime_hint(Regime.BELOW_THRESHOLD, is_above=True)
    assert regime_hint(Regime.BELOW_THRESHOLD, is_above=False) == ""
    assert regime_hint(Regime.ACT_2023, is_above=True) == ""
