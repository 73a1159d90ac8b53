"""The story of one apprenticeship: everything that happened or is planned, in the order of time.

Hours are told by the month: entries by themselves would bury the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.ksb_codes import write
from apprentice_desk.domain.secondment_care import Care
from apprentice_desk.domain.vocabulary import PlacementForm


class About(StrEnum):
    """What something in the story is about."""

    BEFORE = "start and gateway"
    PROGRAMME = "programme"
    HOURS = "hours"
    PLAN = "learning plan"
    KSB = "knowledge, skills and behaviours"
    REVIEW = "reviews"
    SECONDMENT = "secondments"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on a day: *what* in a few words, *details* in a sentence or two.

    *part* and *item_id* say where in the record it stands; *is_to_come* that it is only planned.
    """

    on: date
    about: About
    what: str
    details: str = ""
    part: str = ""
    item_id: UUID | None = None
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A break in learning; without *last_on* it is still going on."""

    first_on: date
    last_on: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MonthsHours:
    """What was logged in one month; *last_on* is the newest day of it with an entry."""

    first_on: date
    last_on: date
    entries: int
    counting_minutes: int
    other_minutes: int


@dataclass(frozen=True, slots=True)
class HeldReview:
    """One review, planned or held."""

    id: UUID
    due_on: date | None
    held_on: date | None
    note: str
    there: tuple[str, ...] = ()
    """Who was there."""
    signed: tuple[str, ...] = ()
    """Who signed it off."""


@dataclass(frozen=True, slots=True)
class TakenOn:
    """One action: what, whose, until when, done when."""

    what: str
    owner: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity of the learning plan that was not dropped."""

    id: UUID
    title: str
    minutes: int
    due_on: date | None
    done_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The codes that somebody called completed on one day."""

    on: date
    voice: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One item of a checklist that was dealt with."""

    on: date
    what: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change on a day, in words."""

    on: date
    what: str
    reason: str = ""
    about: About = About.PROGRAMME


@dataclass(frozen=True, slots=True)
class Away:
    """One secondment, shadowing or visit: where, from when, to when, and what was done around it.

    Before it starts, the agreed days are what is planned.
    """

    id: UUID
    host: str
    started_on: date | None
    ended_on: date | None
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None
    form: PlacementForm = PlacementForm.SECONDMENT
    care: Care = field(default_factory=Care)
    logged_minutes: int = 0
    """Counting minutes that were logged there."""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """All that the story is told from."""

    course: Course
    pauses: tuple[Pause, ...] = ()
    weekly: tuple[tuple[date, int], ...] = ()
    months: tuple[MonthsHours, ...] = ()
    reviews: tuple[HeldReview, ...] = ()
    actions: tuple[TakenOn, ...] = ()
    plan: tuple[Planned, ...] = ()
    said: tuple[Said, ...] = ()
    marked: tuple[Marked, ...] = ()
    pay: tuple[Changed, ...] = ()
    changes: tuple[Changed, ...] = ()
    away: tuple[Away, ...] = ()
    gateway_planned_on: date | None = None
    english_met_on: date | None = None
    maths_met_on: date | None = None
    grade: str = ""
    destination: str = ""
    leaving_reason: str = ""
    """In words, of somebody who left early."""


def tell(facts: StoryFacts, today: date) -> tuple[Happening, ...]:
    """Return everything with a day, the earliest first; what is planned after what happened then.

    Something without a day is not in it: it stands in its own part of the record.  Nothing is
    planned any more of who has completed or left, nor beyond the day on which somebody will leave.
    """
    told = [
        *_programme(facts, today),
        *_hours(facts.months),
        *_reviews(facts, today),
        *_plan(facts.plan, today),
        *_progress(facts),
        *_away(facts.away),
    ]
    told = [each for each in told if not each.is_to_come or _may_come(facts.course, each.on, today)]
    return tuple(
        sorted(told, key=lambda each: (each.on, each.is_to_come, list(About).index(each.about)))
    )


def _may_come(course: Course, on: date, today: date) -> bool:
    """Whether what is planned for a day can still come: nothing does once it has ended."""
    if course.ended_on is None:
        return course.outcome is None
    return today < course.ended_on and on <= course.ended_on


def happened(told: Iterable[Happening]) -> tuple[Happening, ...]:
    """Return what has happened, without what is only planned."""
    return tuple(each for each in told if not each.is_to_come)


def _programme(facts: StoryFacts, today: date) -> Iterator[Happening]:
    course = facts.course
    for day, what, details in (
        (course.training_started_on, "Training started", _first_week(facts)),
        (course.assessment_began_on, "Passed the gateway", ""),
        (facts.english_met_on, "English requirement met", ""),
        (facts.maths_met_on, "Maths requirement met", ""),
    ):
        if day is not None:
            yield _dated(Happening(day, About.PROGRAMME, what, details), today)
    if course.ended_on is not None:
        if course.outcome is Outcome.COMPLETED:
            what, how = "Completed the apprenticeship", facts.grade.capitalize()
        else:
            what = "Left the apprenticeship early"
            how = facts.leaving_reason or "The reason is not recorded"
        details = _joined(_ended(how), _ended(facts.destination.capitalize()))
        yield _dated(Happening(course.ended_on, About.PROGRAMME, what, details), today)
    else:
        yield from _still_planned(facts, today)
    for pause in facts.pauses:
        yield _dated(
            Happening(
                pause.first_on, About.PROGRAMME, "A break in learning began", _ended(pause.reason)
            ),
            today,
        )
        if pause.last_on is not None:
            yield _dated(
                Happening(pause.last_on, About.PROGRAMME, "Last day of the break", ""), today
            )
    for day, minutes in facts.weekly[1:]:
        what = f"Contracted hours changed to {sentence(minutes)} a week"
        yield _dated(Happening(day, About.PROGRAMME, what), today)
    for change in facts.changes:
        happening = Happening(change.on, change.about, change.what, _ended(change.reason))
        yield _dated(happening, today)


def _first_week(facts: StoryFacts) -> str:
    return f"Contracted for {sentence(facts.weekly[0][1])} a week." if facts.weekly else ""


def _still_planned(facts: StoryFacts, today: date) -> Iterator[Happening]:
    """What is planned of the programme's own days; a day gone by unmet says so."""
    course = facts.course
    planned = [
        (course.training_planned_end_on, "Training is planned to end"),
        (course.apprenticeship_planned_end_on, "The apprenticeship is planned to end"),
    ]
    if course.assessment_began_on is None:
        planned.append((facts.gateway_planned_on, "The gateway is planned"))
    for day, what in planned:
        if day is not None:
            late = "The day has gone by." if day < today else ""
            yield Happening(day, About.PROGRAMME, what, late, is_to_come=True)


def _dated(happening: Happening, today: date) -> Happening:
    """Call what was recorded ahead of its day planned."""
    return replace(happening, is_to_come=happening.on > today)


def _hours(months: Sequence[MonthsHours]) -> Iterator[Happening]:
    for month in months:
        name = f"{MONTHS[month.first_on.month - 1]} {month.first_on.year}"
        logged = month.counting_minutes
        entries = "1 entry" if month.entries == 1 else f"{month.entries} entries"
        details = f"{entries}."
        if month.other_minutes:
            details += f" {sentence(month.other_minutes)} more does not count."
        yield Happening(
            month.last_on, About.HOURS, f"{sentence(logged)} logged in {name}", details, "hours"
        )


def _reviews(facts: StoryFacts, today: date) -> Iterator[Happening]:
    for review in facts.reviews:
        if review.held_on is not None:
            there = _ended(f"There: {', '.join(review.there)}") if review.there else ""
            signed = "Not signed off."
            if review.signed:
                signed = _ended(f"Signed off by {', '.join(review.signed)}")
            details = _joined(_ended(review.note), there, signed)
            yield Happening(
                review.held_on, About.REVIEW, "Review held", details, "reviews", review.id
            )
        elif review.due_on is not None:
            late = "It was not held yet." if review.due_on < today else ""
            yield Happening(
                review.due_on, About.REVIEW, "Review due", late, "reviews", review.id,
                is_to_come=True,
            )  # fmt: skip
    for action in facts.actions:
        whose = _ended(f"By {action.owner}") if action.owner else ""
        if action.done_on is not None:
            yield Happening(
                action.done_on, About.REVIEW, f"Action done: {action.what}", whose, "reviews"
            )
        elif action.due_on is not None:
            yield Happening(
                action.due_on, About.REVIEW, f"Action due: {action.what}", whose, "reviews",
                is_to_come=True,
            )  # fmt: skip


def _plan(plan: Sequence[Planned], today: date) -> Iterator[Happening]:
    for activity in plan:
        length = f"Planned for {sentence(activity.minutes)}." if activity.minutes else ""
        day = activity.done_on if activity.is_done else activity.due_on
        if day is None:
            day = activity.due_on
        if day is None:
            continue
        what = f"{'Done' if activity.is_done else 'Due'}: {activity.title}"
        if activity.is_done and activity.done_on is None:
            length = _joined(length, "The day it was done is not known.")
        elif not activity.is_done and day < today:
            length = _joined(length, "It is overdue.")
        yield Happening(
            day, About.PLAN, what, length, "plan", activity.id, is_to_come=not activity.is_done
        )


def _ended(words: str) -> str:
    """Return what somebody typed with a full stop, where it does not end like a sentence."""
    words = words.strip()
    return words if not words or words[-1] in _ENDS else f"{words}."


_ENDS = ".!?…"


def _joined(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)


def _progress(facts: StoryFacts) -> Iterator[Happening]:
    for said in facts.said:
        yield Happening(
            said.on,
            About.KSB,
            f"Completed: {write(said.codes)}",
            f"Said by the {said.voice}.",
            "ksbs",
        )
    for on, by in dict.fromkeys((mark.on, mark.by) for mark in facts.marked):
        yield _checked(on, by, [m for m in facts.marked if (m.on, m.by) == (on, by)])
    for rate in facts.pay:
        yield Happening(rate.on, About.PAY, rate.what, _ended(rate.reason), "pay")


def _checked(on: date, by: str, marks: Sequence[Marked]) -> Happening:
    """Tell in one line what somebody dealt with on one day: a list is mostly ticked at once."""
    whose = _ended(f"By {by}") if by else ""
    if len(marks) == 1:
        details = _joined(whose, _ended(marks[0].note))
        return Happening(on, About.BEFORE, marks[0].what, details, "checklists")
    what = f"{len(marks)} things dealt with"
    details = _joined(_ended(", ".join(mark.what for mark in marks)), whose)
    return Happening(on, About.BEFORE, what, details, "checklists")


_ELSEWHERE = {
    PlacementForm.SECONDMENT: "Secondment to",
    PlacementForm.SHADOWING: "Shadowing with",
    PlacementForm.VISIT: "Visit to",
}


def _away(away: Sequence[Away]) -> Iterator[Happening]:
    for each in away:
        where = f"{_ELSEWHERE[each.form]} {each.host}"
        for on, what, details in _of_stay(each, where):
            if on is not None:
                yield Happening(on, About.SECONDMENT, what, details, item_id=each.id)
        if each.started_on is None and each.agreed_start_on is not None:
            yield Happening(
                each.agreed_start_on, About.SECONDMENT, f"{where} begins",
                _until(each.agreed_end_on), item_id=each.id, is_to_come=True,
            )  # fmt: skip


def _of_stay(each: Away, where: str) -> Iterator[tuple[date | None, str, str]]:
    """What was done around a stay: the day (None while it was not), what, and details."""
    care = each.care
    came = [care.learned.rstrip(".")] if care.learned else []
    if care.ksbs_touched:
        came.append(f"Touched {care.ksbs_touched}")
    if each.logged_minutes:
        came.append(f"{sentence(each.logged_minutes)} logged there count")
    came_of_it = "".join(f"{part}. " for part in came).rstrip()
    yield care.provider_told_on, f"Provider told of the secondment to {each.host}", ""
    yield (
        care.plan_revised_on,
        f"Training plan looked at for the secondment to {each.host}",
        care.plan_note,
    )
    if each.form.is_light:
        yield each.started_on, where, came_of_it
        return
    ends = each.ended_on or each.agreed_end_on
    yield each.started_on, f"{where} began", _until(ends)
    yield care.checked_in_on, f"Check-in half-way with {each.host}", care.check_in_note
    yield each.ended_on, f"{where} ended", came_of_it


def _until(last: date | None) -> str:
    return "" if last is None else f"Until {show_day(last)}."
