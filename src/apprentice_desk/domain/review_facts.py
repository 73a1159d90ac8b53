"""What a progress review is prepared from: the period since the last one, and what to ask.

Questions are made from the facts by rule, in plain words, so that whoever holds the review need
not look for them; which days count as long or near is a dated rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_codes import write
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.off_the_job import Figures, HoursStatus, training_days
from apprentice_desk.domain.placement_days import HostStay, stay_on
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.reference import ReviewPractice
from apprentice_desk.domain.review_meetings import ActionDetails


@dataclass(frozen=True, slots=True)
class ActivityMinutes:
    """What was logged of one activity in the period."""

    activity: Activity
    counting_minutes: int
    other_minutes: int
    """Of entries that do not count."""
    entries: int


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One activity of the learning plan; *done_on* is None while it is not done."""

    title: str
    due_on: date | None
    planned_minutes: int
    is_mandatory: bool
    is_done: bool = False
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class KsbSaid:
    """How far one voice said that somebody had come with one code on a day."""

    code: str
    voice: Voice
    status: KsbStatus
    said_on: date


@dataclass(frozen=True, slots=True)
class KsbMove:
    """How far one voice says that somebody has come, and how far before the period."""

    code: str
    voice: Voice
    before: KsbStatus
    after: KsbStatus


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What there is to say of the period from *first* to *last*, both included.

    *unverified_minutes* are those that count and that nobody has verified, *without_evidence* the
    entries that count and have none.  *last_entry_on* is the last day with an entry that counts,
    ever.  *activities* are the largest first, plan and actions the soonest due first; *coming*
    is what falls due after *last*.  *ready* are codes that the apprentice calls ready for review.
    """

    first: date
    last: date
    activities: tuple[ActivityMinutes, ...] = ()
    planned_minutes: int | None = None
    unverified_minutes: int = 0
    counting_entries: int = 0
    without_evidence: int = 0
    last_entry_on: date | None = None
    done: tuple[PlanItem, ...] = ()
    overdue: tuple[PlanItem, ...] = ()
    coming: tuple[PlanItem, ...] = ()
    moves: tuple[KsbMove, ...] = ()
    ready: tuple[str, ...] = ()
    has_ksbs: bool = False
    actions: tuple[ActionDetails, ...] = ()
    last_concerns: str = ""
    stays: tuple[HostStay, ...] = ()
    """With which hosts they were, or are, on which days."""

    @property
    def counting_minutes(self) -> int:
        """What counts of what was logged in the period."""
        return sum(each.counting_minutes for each in self.activities)

    @property
    def other_minutes(self) -> int:
        """What does not count of it."""
        return sum(each.other_minutes for each in self.activities)

    @property
    def overdue_actions(self) -> tuple[ActionDetails, ...]:
        """The open actions that were to be done before *last*."""
        return tuple(
            each for each in self.actions if each.due_on is not None and each.due_on < self.last
        )


def period_first(last_review_on: date | None, started_on: date | None, today: date) -> date:
    """Return the first day of what the next review is about.

    That is the day after the last review, else the start of training, at the latest today.
    """
    if last_review_on is not None:
        return min(last_review_on + timedelta(days=1), today)
    return min(started_on or today, today)


# --- plan and codes -------------------------------------------------------------------------------


def plan_in(
    items: Iterable[PlanItem], first: date, last: date
) -> tuple[tuple[PlanItem, ...], tuple[PlanItem, ...], tuple[PlanItem, ...]]:
    """Return what was done in the period, what is overdue after it, and what comes next.

    One that is done on a day that nobody gave is taken as done when it was due.
    """
    in_order = sorted(items, key=lambda each: (each.due_on or date.max, each.title.casefold()))
    done, overdue, coming = [], [], []
    for each in in_order:
        if each.is_done:
            on = each.done_on or each.due_on
            if on is not None and first <= on <= last:
                done.append(each)
        elif each.due_on is not None and each.due_on < last:
            overdue.append(each)
        else:
            coming.append(each)
    return tuple(done), tuple(overdue), tuple(coming)


def moves_in(said: Iterable[KsbSaid], first: date, last: date) -> tuple[KsbMove, ...]:
    """Return which codes were said to stand otherwise after the period than before it.

    What nobody had spoken of before was not started.
    """
    before: dict[tuple[str, Voice], KsbStatus] = {}
    after: dict[tuple[str, Voice], KsbStatus] = {}
    for each in sorted(said, key=lambda one: one.said_on):
        if each.said_on < first:
            before[each.code, each.voice] = each.status
        if each.said_on <= last:
            after[each.code, each.voice] = each.status
    moves = [
        KsbMove(*key, before.get(key, KsbStatus.NOT_STARTED), status)
        for key, status in after.items()
        if status is not before.get(key, KsbStatus.NOT_STARTED)
    ]
    return tuple(sorted(moves, key=lambda each: (code_order(each.code), _VOICES.index(each.voice))))


_VOICES = tuple(Voice)


def ready_codes(said: Iterable[KsbSaid], last: date) -> tuple[str, ...]:
    """Return which codes the apprentice calls ready for review and nobody else completed."""
    newest: dict[tuple[str, Voice], KsbStatus] = {}
    for each in sorted(said, key=lambda one: one.said_on):
        if each.said_on <= last:
            newest[each.code, each.voice] = each.status
    others = {
        code
        for (code, voice), status in newest.items()
        if voice is not Voice.APPRENTICE and status is KsbStatus.COMPLETED
    }
    ready = {
        code
        for (code, voice), status in newest.items()
        if voice is Voice.APPRENTICE and status is KsbStatus.READY_FOR_REVIEW
    }
    return tuple(sorted(ready - others, key=code_order))


# --- what to ask ----------------------------------------------------------------------------------


_WITHOUT_BREAKS = Course()


def questions(
    facts: ReviewFacts,
    figures: Figures,
    practice: ReviewPractice,
    given_name: str,
    line_manager: str = "",
    gateway_on: date | None = None,
    course: Course = _WITHOUT_BREAKS,
) -> tuple[str, ...]:
    """Return what to ask, made from the facts, the most pressing first.

    Nobody is asked why nothing was logged on the breaks of *course*.
    """
    return (
        *_of_hours(facts, figures, practice, given_name, course),
        *_of_plan(facts),
        *_of_entries(facts, line_manager),
        *_of_ksbs(facts),
        *_of_gateway(facts, practice, gateway_on),
        *_of_last_time(facts),
    )


def _of_hours(
    facts: ReviewFacts, figures: Figures, practice: ReviewPractice, name: str, course: Course
) -> Iterator[str]:
    below = -(figures.against_plan_minutes or 0)
    if figures.status in (HoursStatus.BEHIND, HoursStatus.SLIPPING):
        if below > 0:
            yield (
                f"{name} is {sentence(below)} behind plan. Why, and what gives the time back, week"
                " by week?"
            )
        else:
            yield f"At this pace {name} does not finish in time. What has to change?"
    if figures.status in (HoursStatus.NOT_STARTED, HoursStatus.ENDED, HoursStatus.ON_A_BREAK):
        return
    last = facts.last_entry_on
    if last is None:
        yield "No hours that count have been logged yet. What stands in the way?"
    elif training_days(course, last + timedelta(days=1), facts.last) >= practice.quiet_days:
        stay = stay_on(facts.stays, facts.last)
        if stay is not None:
            yield (
                f"{name} is {stay.says}, and nothing that counts has been logged since"
                f" {show_day(last)}. Which hours there were training?"
            )
        else:
            yield (
                f"Nothing that counts has been logged since {show_day(last)}. What stood in the"
                " way?"
            )


def _of_plan(facts: ReviewFacts) -> Iterator[str]:
    mandatory = [each for each in facts.overdue if each.is_mandatory]
    for each in mandatory[:_NAMED]:
        assert each.due_on is not None  # what is overdue was due on a day
        yield (
            f"“{each.title}” is mandatory, was due by {show_day(each.due_on)} and is not done."
            " When will it be?"
        )
    others = [each.title for each in facts.overdue if not each.is_mandatory]
    others += [each.title for each in mandatory[_NAMED:]]
    if others:
        is_one = len(others) == 1
        yield (
            f"{'A planned activity is' if is_one else f'{len(others):,} planned activities are'}"
            f" overdue: {_quoted(others)}. {'Does it' if is_one else 'Do they'} still fit, or has"
            " the plan to change?"
        )


_NAMED = 3


def _quoted(titles: Sequence[str]) -> str:
    return listed([f"“{title}”" for title in titles], _NAMED)


def _of_entries(facts: ReviewFacts, line_manager: str) -> Iterator[str]:
    if facts.without_evidence:
        count, of = facts.without_evidence, facts.counting_entries
        yield (
            f"{count:,} of {'1 entry' if of == 1 else f'{of:,} entries'} of this period"
            f" {'has' if count == 1 else 'have'} no evidence. What is there to show for"
            f" {'it' if count == 1 else 'them'}?"
        )
    if facts.unverified_minutes:
        who = line_manager or "the line manager"
        yield (
            f"{sentence(facts.unverified_minutes)} of this period are not verified by anybody. Can"
            f" {who} vouch for them?"
        )


def _of_ksbs(facts: ReviewFacts) -> Iterator[str]:
    if facts.ready:
        are = "is" if len(facts.ready) == 1 else "are"
        yield (
            f"{write(facts.ready)} {are} said to be ready for review. Does everybody agree, and"
            " on what evidence?"
        )
    if facts.has_ksbs and not facts.moves:
        yield (
            "No knowledge, skill or behaviour has moved on since"
            f" {show_day(facts.first)}. Which is worked on next, and in what work?"
        )


def _of_gateway(
    facts: ReviewFacts, practice: ReviewPractice, gateway_on: date | None
) -> Iterator[str]:
    if gateway_on is None:
        return
    days = (gateway_on - facts.last).days
    if days < 0:
        yield f"The gateway was planned for {show_day(gateway_on)}. What holds it back?"
    elif days <= practice.gateway_days:
        yield f"The gateway is planned for {show_day(gateway_on)}. What is still missing for it?"


def _of_last_time(facts: ReviewFacts) -> Iterator[str]:
    late = facts.overdue_actions
    if late:
        is_one = len(late) == 1
        yield (
            f"{'An action is' if is_one else f'{len(late):,} actions are'} overdue:"
            f" {_quoted([each.what for each in late])}. What keeps {'it' if is_one else 'them'}?"
        )
    if facts.last_concerns:
        yield f"Last time this was a concern: {facts.last_concerns} How is it now?"
