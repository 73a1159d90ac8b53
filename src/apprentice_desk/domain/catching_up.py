"""Catching up: how many hours a week, around leave and holidays, bring an apprentice back to plan.

Recovered is who has logged, on a day, what was planned to that day.  Training takes place on
working days within the contracted week: never on a bank holiday, on leave, in a break or on the
day of a progress review, which does not count itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.calendar import BankHolidays, Period, parse_day, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_facts import HoursFacts

STEP_MINUTES = 15
"""Hours a week are agreed in quarters of an hour."""

MOST_WEEKS = 260
_WORKING_DAYS = 5
_WEEK = timedelta(days=7)
_BETWEEN_SPANS = re.compile(r"[;\n]+")
_TO = re.compile(r"\s+(?:to|until|-|–)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: recovered *by* a day, or at *rate_minutes* a week, or both.

    *leave* are days off as they are typed (see read_spans); *block_on* is a day of a week that is
    given to training as a whole.
    """

    by: date | None = None
    rate_minutes: int | None = None
    leave: str = ""
    block_on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One apprentice on a day; *dated* are planned activities with a day, if the plan has any."""

    facts: HoursFacts
    required_minutes: int
    contracted_minutes: int
    as_at: date
    holidays: BankHolidays
    dated: tuple[tuple[date, int], ...] = ()
    reviews: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Week:
    """What is agreed for the part of a week from *first* to *last*; *days* are left for training.

    *most_minutes* is the share of the contracted week that those days have.
    """

    first: date
    last: date
    days: int
    most_minutes: int
    minutes: int = 0
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What recovers by the day *by*: *rate_minutes* in an ordinary week, *weeks* one by one."""

    by: date
    rate_minutes: int
    needed_minutes: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class CannotCatchUp:
    """Why what was asked for cannot be, and what could: sentences, the second "" if nothing."""

    says: str
    could: str = ""


def read_spans(text: str, today: date) -> tuple[Period, ...]:
    """Return days and spans of days that a person wrote, parted by semicolons or lines.

    Such as "21/12/2026 to 1/1/2027; 15/2/2027".  Raises ValueError with a sentence.
    """
    spans = []
    for part in _BETWEEN_SPANS.split(text):
        if not part.strip():
            continue
        ends = _TO.split(part.strip())
        if len(ends) > 2:
            raise ValueError(f"“{part.strip()}” is not a span. Write it as 21/12/2026 to 1/1/2027.")
        first = parse_day(ends[0], today=today)
        last = parse_day(ends[-1], end=True, today=today)
        spans.append(Period(first.day, last.day))
    return tuple(sorted(spans))


def check(case: Case, wanted: Wanted) -> list[Finding]:
    """Return why *wanted* makes no sense, each finding with its field."""
    found = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        found.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if wanted.by is None and wanted.rate_minutes is None:
        wrong("CU001", "by", "Give the day to recover by, or the hours a week.")
    if wanted.by is not None and wanted.by <= case.as_at:
        wrong("CU002", "by", f"{show_day(wanted.by)} is not still to come.")
    rate, most = wanted.rate_minutes, case.contracted_minutes
    if rate is not None and rate > most:
        says = f"{sentence(rate)} a week is more than the contracted {sentence(most)}."
        wrong("CU003", "rate_minutes", says, "Training takes place in contracted hours.")
    if rate == 0:
        wrong("CU004", "rate_minutes", "Nothing a week recovers nothing.")
    if wanted.block_on is not None and wanted.block_on <= case.as_at:
        wrong("CU005", "block_on", f"{show_day(wanted.block_on)} is not still to come.")
    try:
        read_spans(wanted.leave, case.as_at)
    except ValueError as error:
        wrong("CU006", "leave", str(error))
    return found


def catch_up(case: Case, wanted: Wanted) -> CatchUp | CannotCatchUp:
    """Return what recovers as *wanted*; ``check`` comes first.

    Raises Problem where bank holidays of a year on the way are not known.
    """
    if wanted.rate_minutes is None:
        assert wanted.by is not None  # checked: one of the two is given
        return _by(case, wanted, wanted.by)
    found = _at_rate(case, wanted, wanted.rate_minutes)
    if wanted.by is None or (isinstance(found, CatchUp) and found.by <= wanted.by):
        return found
    enough = _by(case, wanted, wanted.by)
    rate = sentence(wanted.rate_minutes)
    if isinstance(enough, CannotCatchUp):
        return enough
    later = f" It is recovered by {show_day(found.by)}." if isinstance(found, CatchUp) else ""
    return CannotCatchUp(
        f"{rate} a week does not recover by {show_day(wanted.by)}.{later}",
        f"{sentence(enough.rate_minutes)} a week would.",
    )


def planned_by(case: Case, day: date) -> int:
    """Return the minutes that were planned to *day*; what is required where there is no plan."""
    due = sum(minutes for on, minutes in case.dated if on <= day) if case.dated else None
    planned = off_the_job.planned_to_date(case.facts.course, case.required_minutes, day, due)
    return case.required_minutes if planned is None else planned


def weeks_between(case: Case, wanted: Wanted, last: date) -> Iterator[Week]:
    """Yield the weeks from the day after the case's day to *last*, Monday to Sunday."""
    away = (*read_spans(wanted.leave, case.as_at), *case.facts.course.breaks)
    first = case.as_at + timedelta(days=1)
    while first <= last:
        ends = min(first + timedelta(days=6 - first.weekday()), last)
        days = sum(
            case.holidays.is_working_day(day)
            and day not in case.reviews
            and not any(day in span for span in away)
            for day in _days(first, ends)
        )
        most = case.contracted_minutes * days // _WORKING_DAYS
        is_block = wanted.block_on is not None and first <= wanted.block_on <= ends
        yield Week(first, ends, days, most, is_block=is_block)
        first = ends + timedelta(days=1)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _share(week: Week, rate: int) -> int:
    return week.most_minutes if week.is_block else min(rate, week.most_minutes)


def _by(case: Case, wanted: Wanted, by: date) -> CatchUp | CannotCatchUp:
    needed = _needed(case, by)
    if needed <= 0:
        return CannotCatchUp(
            f"What is planned to {show_day(by)} is logged already: there is nothing to catch up."
        )
    found = _least(case, wanted, by)
    if found is not None:
        return found
    most = sum(week.most_minutes for week in weeks_between(case, wanted, by))
    soonest = _earliest(case, wanted, case.contracted_minutes, by)
    return CannotCatchUp(
        f"{sentence(needed)} are needed by {show_day(by)}, and the working days to it have"
        f" {sentence(most)} of contracted time.",
        ""
        if soonest is None
        else f"With every contracted hour it would be recovered by {show_day(soonest.by)}.",
    )


def _at_rate(case: Case, wanted: Wanted, rate: int) -> CatchUp | CannotCatchUp:
    if _needed(case, case.as_at) <= 0:
        return CannotCatchUp("Nobody who is on plan has to catch up.")
    found = _earliest(case, wanted, rate, case.as_at)
    if found is not None:
        return found
    end = case.facts.course.training_planned_end_on
    could = _least(case, wanted, end) if end is not None and end > case.as_at else None
    return CannotCatchUp(
        f"At {sentence(rate)} a week it is not recovered by {show_day(_last_day(case))}.",
        ""
        if end is None or could is None
        else f"{sentence(could.rate_minutes)} a week recovers by the planned end, {show_day(end)}.",
    )


def _needed(case: Case, by: date) -> int:
    return planned_by(case, by) - case.facts.logged.to_date_minutes


def _last_day(case: Case) -> date:
    """How far ahead is looked: bank holidays are known only so far."""
    return min(case.as_at + MOST_WEEKS * _WEEK, date(case.holidays.last_year, 12, 31))


def _least(case: Case, wanted: Wanted, by: date) -> CatchUp | None:
    """The least rate that recovers by a day; None if even every contracted hour does not."""
    needed, weeks = _needed(case, by), tuple(weeks_between(case, wanted, by))
    if sum(week.most_minutes for week in weeks) < needed:
        return None
    low, high = 0, -(-case.contracted_minutes // STEP_MINUTES)
    while low < high:
        middle = (low + high) // 2
        if sum(_share(week, middle * STEP_MINUTES) for week in weeks) >= needed:
            high = middle
        else:
            low = middle + 1
    rate = min(low * STEP_MINUTES, case.contracted_minutes)
    return CatchUp(by, rate, needed, _shared_out(weeks, rate, needed))


def _earliest(case: Case, wanted: Wanted, rate: int, after: date) -> CatchUp | None:
    """The first week that ends after a day and by whose end a rate has recovered."""
    total, weeks = 0, []
    for week in weeks_between(case, wanted, _last_day(case)):
        weeks.append(week)
        total += _share(week, rate)
        needed = _needed(case, week.last)
        if week.last > after and total >= needed:
            return CatchUp(week.last, rate, needed, _shared_out(tuple(weeks), rate, needed))
    return None


def _shared_out(weeks: tuple[Week, ...], rate: int, needed: int) -> tuple[Week, ...]:
    """*needed* minutes shared out: no week has more than its share, the last has what is left."""
    found, left = [], needed
    for week in weeks:
        minutes = min(_share(week, rate), left)
        left -= minutes
        found.append(
            Week(week.first, week.last, week.days, week.most_minutes, minutes, week.is_block)
        )
    return tuple(found)
