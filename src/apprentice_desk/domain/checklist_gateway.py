"""What has to be met before the gateway, and the earliest day on which it can be passed.

Nothing is guessed: what is not known is said to be, and then there is no earliest day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.apprenticeship import Course, Status, break_days, status_at
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import (
    Item,
    ItemState,
    Mark,
    made,
    marked,
    open_items,
    rules_for,
)
from apprentice_desk.domain.checklist_rules import (
    AssessmentNames,
    DurationRule,
    ItemRule,
    ProgrammeRules,
    Work,
)
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.durations import rate, sentence
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.people import age_on
from apprentice_desk.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What the loaded version of the standard says; *has_new_assessment* is None where it does not.

    *qualifications* are those that must be held before the gateway.
    """

    title: str
    qualifications: tuple[str, ...] = ()
    has_new_assessment: bool | None = None


@dataclass(frozen=True, slots=True)
class MandatoryActivity:
    """One mandatory activity of the learning plan, dropped ones left out."""

    title: str
    due_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class GatewayFacts:
    """What the gateway's list is made of; None is not known.

    *figures* are those of the day that is looked at.  *activities* is None without a plan.
    """

    course: Course
    figures: Figures
    original_start_on: date | None = None
    born_on: date | None = None
    weekly_minutes: int | None = None
    is_english_needed: bool | None = None
    english_met_on: date | None = None
    is_maths_needed: bool | None = None
    maths_met_on: date | None = None
    version: VersionFacts | None = None
    activities: tuple[MandatoryActivity, ...] | None = None

    @property
    def first_started_on(self) -> date | None:
        """The day that chooses the rules."""
        return self.original_start_on or self.course.training_started_on

    @property
    def has_new_assessment(self) -> bool | None:
        """Whether the version is assessed by the new model; None where it is not known."""
        return None if self.version is None else self.version.has_new_assessment


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest day for the gateway, None where it cannot be said; *says* is why, in words.

    *held_back_by* are the items that come last, *unknown* those whose day is not known, *by_hand*
    those that somebody has to see to and that can be met on any day.
    """

    on: date | None
    says: str
    held_back_by: tuple[Item, ...] = ()
    unknown: tuple[Item, ...] = ()
    by_hand: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Gateway:
    """The gateway of one apprenticeship as it stands on a day."""

    items: tuple[Item, ...]
    earliest: Earliest
    names: AssessmentNames

    @property
    def open(self) -> tuple[Item, ...]:
        """What is still to be done or found out."""
        return open_items(self.items)


def gateway(
    facts: GatewayFacts, marks: Mapping[str, Mark], rules: ProgrammeRules, as_at: date
) -> Gateway:
    """Return the gateway's list on *as_at*, with the earliest day."""
    names = rules.names_of(facts.has_new_assessment)
    items: list[Item] = []
    for rule in rules_for(rules.gateway, facts.first_started_on or as_at):
        match rule.work:
            case Work.HOURS:
                items.append(_hours(rule, facts, as_at))
            case Work.DURATION:
                items.append(_duration(rule, facts, rules, as_at))
            case Work.ENGLISH | Work.MATHS:
                items.append(_english_or_maths(rule, facts, marks, rules, as_at))
            case Work.QUALIFICATIONS:
                items.extend(_qualifications(rule, facts, marks))
            case Work.ACTIVITIES:
                items.append(_activities(rule, facts, as_at))
            case Work.BEHAVIOURS:
                items.append(_behaviours(rule, facts, marks, names))
            case _:  # a person says so
                items.append(_ticked(rule, marks))
    return Gateway(tuple(items), _earliest(facts, tuple(items), as_at), names)


# --- the items ------------------------------------------------------------------------------------


def _ticked(rule: ItemRule, marks: Mapping[str, Mark]) -> Item:
    mark = marks.get(rule.key)
    if mark is not None:
        return marked(rule, mark)
    return _unsaid(rule)


def _unsaid(rule: ItemRule) -> Item:
    why = "Nobody has said so yet."
    return made(rule, ItemState.NOT_MET, why, rule.meets, is_any_day=True)


def _worked_out(
    rule: ItemRule, state: ItemState, why: str, remedy: str = "", meets_on: date | None = None
) -> Item:
    return made(rule, state, why, remedy, meets_on=meets_on, can_be_marked=False)


def _hours(rule: ItemRule, facts: GatewayFacts, as_at: date) -> Item:
    figures = facts.figures
    agreed, least = figures.required_minutes, None
    if figures.minimum is not None:
        least = figures.minimum.minutes
    done = figures.logged_minutes
    if agreed is None:
        missing = figures.minimum.says if figures.minimum is not None else figures.why
        remedy = "Enter the hours agreed in the training plan."
        return _worked_out(rule, ItemState.NOT_KNOWN, f"{missing}.", remedy)
    needed = max(agreed, least or 0)
    of = f"{sentence(done)} of {sentence(needed)} logged"
    if done >= needed:
        return _worked_out(rule, ItemState.MET, f"{of}.")
    to_do = f"{sentence(needed - done)} still to be logged"
    reached = _day_of_hours(facts, needed - done, as_at)
    pace = figures.pace_minutes
    if reached is not None and pace is not None:
        why = f"{of}; at the present pace of {rate(pace)} all on {show_day(reached)}."
    elif status_at(facts.course, as_at) is Status.ON_A_BREAK:
        why = f"{of}; on a break, so nobody can say when."
    else:
        why = f"{of}; at the present pace nobody can say when."
    remedy = f"{to_do}."
    if least is not None and least <= done:
        remedy += (
            f" The rule's minimum of {sentence(least)} is reached: with fewer hours than agreed"
            " the employer has to sign a statement (funding rules 2025/26, second-hand)."
        )
    return _worked_out(rule, ItemState.NOT_MET, why, remedy, reached)


def _day_of_hours(facts: GatewayFacts, to_do: int, as_at: date) -> date | None:
    """The day on which the hours are logged at the present pace; None on an open break."""
    if any(pause.last is None and pause.first <= as_at for pause in facts.course.breaks):
        return None
    return off_the_job.day_reached(facts.course, to_do, facts.figures.pace_minutes, as_at)


def lasts_until(course: Course, rule: DurationRule, as_at: date) -> date | None:
    """Return the last day of the minimum duration, breaks left out.

    It is counted from the start of this apprenticeship's training.  None while the start is not
    known, or a break that began by *as_at* has no end and the day lies beyond its first.
    """
    start = course.training_started_on
    if start is None:
        return None
    day = start + timedelta(days=rule.days - 1)
    open_from = min(
        (each.first for each in course.breaks if each.last is None and each.first <= as_at),
        default=None,
    )
    known = off_the_job.known_breaks(course)
    # Each break that the day is moved past may bring another one before it.
    while (later := _moved(known, start, day, rule.days)) != day:
        day = later
    return None if open_from is not None and open_from <= day else day


def _moved(course: Course, start: date, day: date, days: int) -> date:
    return start + timedelta(days=days - 1 + break_days(course, start, day))


def _duration(rule: ItemRule, facts: GatewayFacts, rules: ProgrammeRules, as_at: date) -> Item:
    start, chooses = facts.course.training_started_on, facts.first_started_on
    if start is None or chooses is None:
        why = "The day on which training started is not known."
        return _worked_out(rule, ItemState.NOT_KNOWN, why, "Enter the start of training.")
    try:
        least = rules.duration_for(chooses)
    except Problem as problem:
        return _worked_out(rule, ItemState.NOT_KNOWN, problem.what, problem.remedy)
    last = lasts_until(facts.course, least, as_at)
    asked = f"{least.months} months ({least.days} days) from {show_day(start)}"
    if last is None:
        why = f"{asked}, breaks left out; the break has no end yet, so nobody can say when."
        return _worked_out(rule, ItemState.NOT_KNOWN, why, "Record the return from the break.")
    pauses = break_days(facts.course, start, last)
    without = f" and {counted(pauses, 'day')} of breaks" if pauses else ""
    why = f"{asked}{without}: over on {show_day(last)}."
    weekly, limit = facts.weekly_minutes, least.part_time_weekly_minutes
    if weekly is not None and limit is not None and weekly < limit:
        why += f" {least.part_time_note}."
    if last <= as_at:
        return _worked_out(rule, ItemState.MET, why)
    remedy = f"{counted((last - as_at).days, 'day')} to go."
    return _worked_out(rule, ItemState.NOT_MET, why, remedy, last)


def _english_or_maths(
    rule: ItemRule,
    facts: GatewayFacts,
    marks: Mapping[str, Mark],
    rules: ProgrammeRules,
    as_at: date,
) -> Item:
    is_english = rule.work is Work.ENGLISH
    needed = facts.is_english_needed if is_english else facts.is_maths_needed
    met_on = facts.english_met_on if is_english else facts.maths_met_on
    mark = marks.get(rule.key)
    if mark is not None and mark.is_not_needed:
        return marked(rule, mark)
    if met_on is not None and met_on <= as_at:
        by = f" ({mark.done_by})" if mark is not None and mark.done_by else ""
        return made(rule, ItemState.MET, f"Achieved on {show_day(met_on)}{by}.")
    passed_on = facts.course.assessment_began_on
    asked = in_force(
        rules.english_maths,
        as_at if passed_on is None else min(as_at, passed_on),
        "Whether English and maths have to be achieved",
    )
    must, why = _must(facts, asked.adult_from_age, must_adults=asked.must_adults)
    said = f"{why} {asked.says}."
    if must and needed is False:
        says = f"Recorded as not needed, but {_small(said)}"
        remedy = "Record when it was achieved, or mark it as not needed and say why."
        return made(rule, ItemState.NOT_KNOWN, says, remedy)
    if needed is False:
        return made(rule, ItemState.NOT_NEEDED, f"Recorded as not needed. {said}")
    if must or needed:
        because = said if must else "The employer opted in."
        remedy = f"{rule.meets} Or mark it as not needed and say why."
        return made(rule, ItemState.NOT_MET, because, remedy, meets_on=met_on)
    remedy = "Record with the facts whether it is needed."
    if must is None:
        remedy = f"{remedy} Or enter the date of birth."
    return made(rule, ItemState.NOT_KNOWN, f"{said} Nobody recorded whether it is.", remedy)


def _must(
    facts: GatewayFacts, adult_from_age: int, *, must_adults: bool
) -> tuple[bool | None, str]:
    """Whether the rule itself asks for it, and why; None where it hangs on what is not known."""
    if must_adults:
        return True, ""
    start = facts.first_started_on
    if facts.born_on is None or start is None:
        return None, "The age at the start is not known."
    age = age_on(facts.born_on, start)
    return age < adult_from_age, f"Aged {age} at the start."


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def qualification_key(name: str) -> str:
    """Return the key of the mark of one mandatory qualification: short, and that of its name."""
    folded = " ".join(name.split()).casefold()
    return f"qualification:{hashlib.sha256(folded.encode()).hexdigest()[:16]}"


def _qualifications(rule: ItemRule, facts: GatewayFacts, marks: Mapping[str, Mark]) -> list[Item]:
    mark = marks.get(rule.key)
    version = facts.version
    if version is not None and version.qualifications:
        return [_one_qualification(rule, name, marks) for name in version.qualifications]
    if mark is not None:
        return [marked(rule, mark)]
    remedy = "Look into the assessment plan; where it asks for none, mark it as not needed."
    if version is None:
        why = "The version of the standard is not loaded, so nobody can say which it asks for."
        remedy = f"Load the version on the page Standards. {remedy}"
    else:
        why = f"{version.title} as it was loaded names none."
    return [made(rule, ItemState.NOT_KNOWN, why, remedy)]


def _one_qualification(rule: ItemRule, name: str, marks: Mapping[str, Mark]) -> Item:
    key = qualification_key(name)
    mark = marks.get(key)
    if mark is not None:
        return marked(rule, mark, key=key, title=name)
    return made(
        rule, ItemState.NOT_KNOWN, "Nobody has said whether it is held.",
        "Mark it as done once it is held.", key=key, title=name,
    )  # fmt: skip


def _activities(rule: ItemRule, facts: GatewayFacts, as_at: date) -> Item:
    if facts.activities is None:
        why = "There is no learning plan to look at."
        return _worked_out(rule, ItemState.NOT_KNOWN, why, "Make the learning plan.")
    if not facts.activities:
        return _worked_out(rule, ItemState.NOT_NEEDED, "No activity of the plan is mandatory.")
    left = [each for each in facts.activities if not each.is_done]
    if not left:
        done = counted(len(facts.activities), "mandatory one")
        return _worked_out(rule, ItemState.MET, f"Done: {done}.")
    why = f"{len(left)} of {len(facts.activities)} not done: {listed([e.title for e in left])}."
    days = [each.due_on for each in left if each.due_on is not None and each.due_on >= as_at]
    if len(days) < len(left):
        remedy = "Do them, and plan a day for those that are overdue or have none."
        return _worked_out(rule, ItemState.NOT_MET, why, remedy)
    last = max(days)
    remedy = f"Do them; the last is planned for {show_day(last)}."
    return _worked_out(rule, ItemState.NOT_MET, why, remedy, last)


def _behaviours(
    rule: ItemRule, facts: GatewayFacts, marks: Mapping[str, Mark], names: AssessmentNames
) -> Item:
    mark = marks.get(rule.key)
    if mark is not None:
        return marked(rule, mark)
    if facts.has_new_assessment is False:
        why = f"The version is assessed by {names.assessment}, which looks at them itself."
        return made(rule, ItemState.NOT_NEEDED, why)
    if facts.has_new_assessment is None:
        why = "By which model the version is assessed is not known; the new one asks for it."
        remedy = f"{rule.meets} Or mark it as not needed and say why."
        return made(rule, ItemState.NOT_KNOWN, why, remedy)
    return _unsaid(rule)


# --- the earliest day -----------------------------------------------------------------------------


def _earliest(facts: GatewayFacts, items: tuple[Item, ...], as_at: date) -> Earliest:
    passed_on = facts.course.assessment_began_on
    stands = status_at(facts.course, as_at)
    if stands.is_ended:
        return Earliest(None, f"This apprenticeship is {stands}.")
    if passed_on is not None and passed_on <= as_at:
        return Earliest(passed_on, f"The gateway was passed on {show_day(passed_on)}.")
    left = open_items(items)
    by_hand = tuple(each for each in left if each.is_any_day)
    dated = tuple(each for each in left if each.meets_on is not None)
    unknown = tuple(each for each in left if each not in by_hand and each not in dated)
    last = max((each.meets_on for each in dated if each.meets_on is not None), default=None)
    held_back = tuple(each for each in dated if each.meets_on == last)
    says = [_day_in_words(last, held_back, unknown)]
    if unknown:
        says.append(f"Not known or without a day: {_titles(unknown)}.")
    if by_hand:
        says.append(f"To be seen to by somebody: {_titles(by_hand)}.")
    on = None if unknown else last or as_at
    return Earliest(on, " ".join(says), held_back, unknown, by_hand)


def _day_in_words(last: date | None, by: tuple[Item, ...], unknown: tuple[Item, ...]) -> str:
    if last is None:
        return "When it can be passed cannot be said yet." if unknown else "It can be passed now."
    word = "Not before" if unknown else "Possible from"
    return f"{word} {show_day(last)}: {_titles(by)}."


def _titles(items: tuple[Item, ...]) -> str:
    return listed([each.title for each in items], 4)
