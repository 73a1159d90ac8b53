"""A procurement before there is a contract: its timetable, how far it is, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standstill import FromDay
from apprentice_desk.domain.vocabulary import Regime, Route


class StepKind(StrEnum):
    """What a day of the timetable is, in the order in which they come."""

    INVITE = "invitation goes out"
    QUESTIONS_BY = "last day for questions"
    ANSWERS_BY = "answers out by"
    BIDS_BY = "bids due"
    SCORES_BY = "evaluators' scores in by"
    MODERATION = "moderation meeting"
    DECISION_BY = "decision by"
    SIGN_BY = "contract signed by"
    STARTS = "training starts"
    OTHER = "other"


class BidderStanding(StrEnum):
    """How things stand with a bidder; only a bid that was received in time is scored."""

    ASKED = "asked, no bid yet"
    BID = "bid received"
    NO_BID = "did not bid"
    LATE = "bid came too late"
    WITHDREW = "withdrew"
    EXCLUDED = "excluded"


class Stage(StrEnum):
    """How far a procurement is."""

    PLANNED = "planned"
    OUT = "out to bidders"
    EVALUATING = "closed, being evaluated"
    DECIDED = "decided"
    STANDSTILL = "standstill"
    CONTRACT_MADE = "contract made"
    ABANDONED = "abandoned"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (Stage.CONTRACT_MADE, Stage.ABANDONED)


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the timetable; *done_on* is when it was really done.

    *at* is hh:mm, and *key* what it stays known by when its words or its day change.
    """

    kind: StepKind
    on: date
    done_on: date | None = None
    what: str = ""
    at: str = ""
    key: str = ""

    @property
    def called(self) -> str:
        """What the day is, in words with a capital."""
        words = self.what if self.kind is StepKind.OTHER and self.what else self.kind.value
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of how a procurement goes.

    *unanswered* are clarifications without an answer; *lacking* says what a decision still needs.
    """

    steps: tuple[Step, ...] = ()
    unanswered: int = 0
    lacking: tuple[str, ...] = ()
    decided_on: date | None = None
    letters_on: date | None = None
    notice_on: date | None = None
    standstill_to: date | None = None
    """Its last day, where that is known."""
    waits: bool | None = None
    """Whether the contract waits for the standstill; None while nobody said so."""
    counted_from: FromDay | None = None
    has_contract: bool = False
    abandoned_on: date | None = None

    def step(self, kind: StepKind) -> Step | None:
        """Return the day of this kind; None where it is not entered."""
        return next((each for each in self.steps if each.kind is kind), None)


NEEDS_NO_SCORES = frozenset({Route.DIRECT, Route.FRAMEWORK_DIRECT})
"""The routes on which nobody competes, so that a decision may do without scores."""


def stage(course: Course, today: date) -> Stage:
    """Return how far a procurement is on *today*.

    Bids may come in on the whole of the last day.  It is out from the day on which the invitation
    really went out, which is not always the day that was planned.
    """
    if course.abandoned_on is not None:
        return Stage.ABANDONED
    if course.has_contract:
        return Stage.CONTRACT_MADE
    if course.decided_on is not None:
        waits_now = (
            course.waits and course.standstill_to is not None and today <= course.standstill_to
        )
        return Stage.STANDSTILL if waits_now else Stage.DECIDED
    invited = course.step(StepKind.INVITE)
    if invited is None or invited.done_on is None or invited.done_on > today:
        return Stage.PLANNED
    due = course.step(StepKind.BIDS_BY)
    is_closed = due is not None and (today > due.on or due.done_on is not None)
    return Stage.EVALUATING if is_closed else Stage.OUT


def kept_from_contract(course: Course, today: date, unknown: str = "") -> Problem | None:
    """Return why no contract may be made on *today* and what to do; None where one may be.

    *unknown* says why the last day of the standstill is not known.  A contract never overtakes a
    standstill: one that has not begun holds it up as one that lasts does.
    """
    if course.abandoned_on is not None:
        return Problem("This procurement was given up.", "Take it up again first.")
    if not course.waits:
        return None
    if course.standstill_to is None:
        what = "The contract waits for the standstill, and its last day is not known."
        return Problem(
            f"{what} {unknown}".strip(),
            "Under “Letters and standstill…” enter when letters and notice went out, or the last"
            " day that the letters name.",
        )
    if today <= course.standstill_to:
        return Problem(
            f"The standstill lasts to the end of {show_day(course.standstill_to)}.",
            "The contract may be made after it.",
        )
    return None


# --- what needs doing first -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do; without a day it can be done at once.

    *at* and *key* are those of its step; what has a day has a key.
    """

    words: str
    on: date | None = None
    at: str = ""
    key: str = ""


def to_do(course: Course, today: date) -> tuple[ToDo, ...]:
    """Return what is to be done, soonest first; what has no day stands behind what is dated."""
    now = stage(course, today)
    if now.is_over:
        return ()
    found = [*_dated(course, now, today), *_undated(course, now)]
    return tuple(sorted(found, key=lambda each: each.on or date.max))


def first_to_do(course: Course, today: date) -> ToDo | None:
    """Return what needs doing first."""
    return next(iter(to_do(course, today)), None)


_UNTIL_OUT = frozenset({StepKind.INVITE})
_UNTIL_CLOSED = frozenset({StepKind.BIDS_BY, StepKind.QUESTIONS_BY})
_UNTIL_DECIDED = frozenset({StepKind.SCORES_BY, StepKind.MODERATION, StepKind.DECISION_BY})


def _dated(course: Course, now: Stage, today: date) -> Iterator[ToDo]:
    order = list(Stage)
    for step in course.steps:
        if step.done_on is not None:
            continue
        if step.kind is StepKind.ANSWERS_BY:
            if course.unanswered:
                words = f"{counted(course.unanswered, 'question')} to answer"
                yield ToDo(words, step.on, step.at, step.key)
            continue
        is_past = (
            (step.kind in _UNTIL_OUT and now is not Stage.PLANNED)
            or (step.kind in _UNTIL_CLOSED and order.index(now) > order.index(Stage.OUT))
            or (step.kind in _UNTIL_DECIDED and course.decided_on is not None)
            or (step.kind is StepKind.SCORES_BY and not course.lacking)
            or (step.kind is StepKind.QUESTIONS_BY and step.on < today)
            or step.kind is StepKind.STARTS
        )
        if not is_past:
            yield ToDo(_WORDS.get(step.kind, step.called), step.on, step.at, step.key)
    if now is Stage.STANDSTILL:
        yield ToDo("Standstill ends", course.standstill_to, key="standstill-ends")


_WORDS = {
    StepKind.INVITE: "Send the invitation",
    StepKind.QUESTIONS_BY: "Last day for questions",
    StepKind.BIDS_BY: "Bids due",
    StepKind.SCORES_BY: "Scores in",
    StepKind.MODERATION: "Moderation meeting",
    StepKind.DECISION_BY: "Decide",
    StepKind.SIGN_BY: "Sign the contract",
}


def _undated(course: Course, now: Stage) -> Iterator[ToDo]:
    kinds = {each.kind for each in course.steps}
    if now is Stage.PLANNED and StepKind.INVITE not in kinds:
        yield ToDo("Enter when the invitation goes out")
    if now is Stage.OUT and StepKind.BIDS_BY not in kinds:
        yield ToDo("Enter when bids are due")
    if course.unanswered and StepKind.ANSWERS_BY not in kinds:
        yield ToDo(f"{counted(course.unanswered, 'question')} to answer")
    if now is Stage.EVALUATING:
        if course.lacking:
            yield ToDo(course.lacking[0].removesuffix("."))
        elif StepKind.DECISION_BY not in kinds:
            yield ToDo("Decide")
    if now in (Stage.DECIDED, Stage.STANDSTILL):
        yield from _after_the_decision(course, now)


def _after_the_decision(course: Course, now: Stage) -> Iterator[ToDo]:
    if course.letters_on is None:
        yield ToDo("Send the letters to the bidders")
    if course.waits is None:
        yield ToDo("Say whether there is a standstill")
    elif course.waits and course.standstill_to is None:
        if course.counted_from is FromDay.NOTICE and course.notice_on is None:
            yield ToDo("Publish the contract award notice")
        elif course.letters_on is not None:
            yield ToDo("Find out when the standstill ends")
    elif now is Stage.DECIDED and course.letters_on is not None:
        yield ToDo("Make the contract")


# --- its days together ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CourseDay:
    """One day of a procurement, planned or real."""

    on: date
    words: str
    is_done: bool = False


def course_days(course: Course) -> tuple[CourseDay, ...]:
    """Return every day that is known, by day; what was done stands on the day when it was."""
    days = [
        CourseDay(step.done_on or step.on, step.called, step.done_on is not None)
        for step in course.steps
    ]
    for on, words in (
        (course.decided_on, "Decided"),
        (course.letters_on, "Letters went out"),
        (course.notice_on, "Award notice published"),
        (course.abandoned_on, "Abandoned"),
    ):
        if on is not None:
            days.append(CourseDay(on, words, is_done=True))
    if course.standstill_to is not None and course.waits:
        days.append(CourseDay(course.standstill_to, "Standstill ends"))
    return tuple(sorted(days, key=lambda each: (each.on, each.words)))


def out_of_order(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return which days of the timetable come before what should stand before them."""
    order = list(StepKind)
    known = [each for each in steps if each.kind is not StepKind.OTHER]
    known.sort(key=lambda each: order.index(each.kind))
    return tuple(
        f"{later.called}, {show_day(later.on)}, comes before"
        f" {earlier.called[:1].lower()}{earlier.called[1:]}, {show_day(earlier.on)}."
        for earlier, later in pairwise(known)
        if later.on < earlier.on
    )


# --- what goes with the law -----------------------------------------------------------------------


def regime_hint(regime: Regime | None, *, is_above: bool) -> str:
    """Say where the law that is entered does not go with the value; "" where it may."""
    if regime is Regime.BELOW_THRESHOLD and is_above:
        return "It is entered as below threshold: check which law holds."
    return ""
