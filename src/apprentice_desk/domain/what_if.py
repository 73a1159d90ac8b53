"""What would be if: the figures of one apprenticeship with other facts, with nothing saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.recovering import Recoverability, recoverability

MOST_WEEKLY_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed; None leaves a fact as it is.

    *rate_minutes* are minutes of training a week from now, *contracted_minutes* the contracted
    week from tomorrow on.
    """

    rate_minutes: int | None = None
    end_on: date | None = None
    break_first_on: date | None = None
    break_last_on: date | None = None
    contracted_minutes: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is assumed."""
        return self == Assumed()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The figures as they would be; *added_break_days* are those that the end did not move by."""

    figures: Figures
    recoverability: Recoverability | None
    facts: HoursFacts
    added_break_days: int = 0


def check(facts: HoursFacts, assumed: Assumed, as_at: date) -> list[Finding]:
    """Return why *assumed* cannot be, each finding with the field that it is about."""
    return [
        *_check_end(facts, assumed, as_at),
        *_check_break(facts, assumed),
        *_check_hours(facts, assumed, as_at),
    ]


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def _check_end(facts: HoursFacts, assumed: Assumed, as_at: date) -> list[Finding]:
    start, end = facts.course.training_started_on, assumed.end_on
    if end is None:
        return []
    if start is not None and end <= start:
        says = f"Training starts on {show_day(start)}, so it cannot end on {show_day(end)}."
        return [_wrong("WI001", "end_on", says, "Give an end after the start.")]
    if end <= as_at:
        says = f"{show_day(end)} is not still to come."
        return [_wrong("WI002", "end_on", says, f"Give an end after {show_day(as_at)}.")]
    return []


def _check_break(facts: HoursFacts, assumed: Assumed) -> list[Finding]:
    first, last = assumed.break_first_on, assumed.break_last_on
    if first is None and last is None:
        return []
    if first is None:
        return [_wrong("WI003", "break_first_on", "A break needs its first day.")]
    if last is None:
        says = "A break needs its last day, or nothing can be forecast."
        return [_wrong("WI004", "break_last_on", says)]
    if last < first:
        says = f"The break would end on {show_day(last)}, before it begins on {show_day(first)}."
        return [_wrong("WI005", "break_last_on", says, "Give a day on or after the first.")]
    start, end = facts.course.training_started_on, assumed.end_on
    end = end or facts.course.training_planned_end_on
    if start is not None and first < start:
        says = f"Training starts on {show_day(start)}, after the break would begin."
        return [_wrong("WI006", "break_first_on", says)]
    if end is not None and last >= end:
        says = f"Training is planned to end on {show_day(end)}, before the break is over."
        return [_wrong("WI007", "break_last_on", says, "Move the planned end as well.")]
    there = [each for each in facts.course.breaks if each.overlap(Period(first, last))]
    if there:
        says = f"There is a break {there[0].shown()} already."
        return [_wrong("WI008", "break_first_on", says, "Choose days outside it.")]
    return []


def _check_hours(facts: HoursFacts, assumed: Assumed, as_at: date) -> list[Finding]:
    found = []
    week = assumed.contracted_minutes
    if week is not None and not 1 <= week <= MOST_WEEKLY_MINUTES:
        says = f"{sentence(week)} is no contracted week."
        found.append(
            _wrong("WI009", "contracted_minutes", says, "A week is from a minute to 168 hours.")
        )
        week = None
    contracted = week or facts.weekly_minutes_on(as_at)
    most = contracted or MOST_WEEKLY_MINUTES
    if assumed.rate_minutes is not None and assumed.rate_minutes > most:
        says = f"{sentence(assumed.rate_minutes)} a week is more than " + (
            f"the contracted {sentence(most)}." if contracted else "a week has."
        )
        found.append(
            _wrong("WI010", "rate_minutes", says, "Training takes place in contracted hours.")
        )
    return found


def what_if(facts: HoursFacts, assumed: Assumed, rules: HoursRules, as_at: date) -> WhatIf:
    """Return the figures on *as_at* as they would be; ``check`` comes first.

    A break takes its days out of the training; the planned end moves only if that is assumed too.
    """
    course, weekly, days = facts.course, facts.weekly, 0
    if assumed.end_on is not None:
        course = replace(course, training_planned_end_on=assumed.end_on)
    if assumed.break_first_on is not None and assumed.break_last_on is not None:
        pause = Period(assumed.break_first_on, assumed.break_last_on)
        course = replace(course, breaks=tuple(sorted((*course.breaks, pause))))
        days = 0 if assumed.end_on is not None else pause.days or 0
    if assumed.contracted_minutes is not None:
        tomorrow = as_at + timedelta(days=1)
        before = tuple(span for span in weekly if span[0] < tomorrow)
        weekly = (*before, (tomorrow, assumed.contracted_minutes))
    assumed_facts = replace(facts, course=course, weekly=weekly)
    rate = None if assumed.rate_minutes is None else Fraction(assumed.rate_minutes)
    figures = figures_of(assumed_facts, rules, as_at, from_now=rate)
    contract = assumed.contracted_minutes or facts.weekly_minutes_on(as_at)
    return WhatIf(figures, recoverability(figures, contract), assumed_facts, days)
