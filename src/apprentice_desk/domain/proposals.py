"""Days that repeat, such as every Thursday in term: proposed for a person to confirm.

Nothing is logged here.  Each day that is left out is named with its reason, so that nobody has to
wonder where it went.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, break_at
from apprentice_desk.domain.calendar import BankHolidays, Period, parse_day, show_day

MOST_WEEKS = 52
"""What comes again more seldom than once a year is typed by itself."""

MOST_SPANS = 40
"""Spans of days left out of one repeat: four years of holidays are fewer."""

_BETWEEN_SPANS = re.compile(r"[;,\n]")
_BETWEEN_DAYS = re.compile(r"\s+(?:to|until|till|-)\s+|\s*[–—]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A day that comes again: on these *weekdays* (Monday is 0) of every so many weeks.

    Weeks begin on Monday and are counted from the one that holds *first_on*; *last_on* None means
    that it goes on.  *leave_out* are the days between, such as half-terms.  Raises ValueError
    with a sentence if no day can come of it.
    """

    weekdays: frozenset[int]
    first_on: date
    last_on: date | None = None
    every_weeks: int = 1
    leave_out: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise ValueError("Choose at least one day of the week.")
        if not self.weekdays <= set(range(7)):
            raise ValueError("A week has seven days, numbered 0 to 6 from Monday.")
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            raise ValueError(f"It comes again after 1 to {MOST_WEEKS} weeks.")
        if self.last_on is not None and self.last_on < self.first_on:
            raise ValueError(
                f"The last day, {show_day(self.last_on)}, comes before the first,"
                f" {show_day(self.first_on)}."
            )

    def days(self, today: date) -> Iterator[date]:
        """Return all its days up to *today*, that one included, in order; nothing left out."""
        last = today if self.last_on is None else min(self.last_on, today)
        week = self.first_on - timedelta(days=self.first_on.weekday())
        while week <= last:
            for weekday in sorted(self.weekdays):
                day = week + timedelta(days=weekday)
                if self.first_on <= day <= last:
                    yield day
            week += timedelta(weeks=self.every_weeks)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that is not proposed, and a sentence on why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed and what is not, both in order; *unchecked* are sentences."""

    days: tuple[date, ...]
    left_out: tuple[LeftOut, ...]
    unchecked: tuple[str, ...] = ()


def propose(
    repeat: Repeat,
    course: Course,
    logged_on: Collection[date],
    holidays: BankHolidays,
    today: date,
) -> Proposal:
    """Return the days of *repeat* up to *today* that may be logged for one apprenticeship.

    Left out are those that *repeat* leaves out, bank holidays, days before training or after it,
    days on a break, and days on which something is logged.
    """
    days, left_out, unknown = [], [], set()
    for day in repeat.days(today):
        if why := _why_not(day, repeat, course, logged_on, holidays):
            left_out.append(LeftOut(day, why))
            continue
        days.append(day)
        if holidays.is_holiday(day) is None:
            unknown.add(day.year)
    unchecked = (f"The bank holidays of {year} are not known." for year in sorted(unknown))
    return Proposal(tuple(days), tuple(left_out), tuple(unchecked))


def _why_not(
    day: date,
    repeat: Repeat,
    course: Course,
    logged_on: Collection[date],
    holidays: BankHolidays,
) -> str:
    """The first reason for which *day* is not proposed, "" if there is none."""
    shown = show_day(day)
    start, ended = course.training_started_on, course.ended_on
    began = course.assessment_began_on
    for period in repeat.leave_out:
        if day in period:
            return f"{shown} is in the days left out, {period.shown()}."
    if holidays.is_holiday(day):
        return f"{shown} is a bank holiday."
    if start is not None and day < start:
        return f"{shown} is before training starts on {show_day(start)}."
    if ended is not None and ended < day:
        return f"{shown} is after the last day of the apprenticeship, {show_day(ended)}."
    if began is not None and began <= day:
        return f"Assessment began on {show_day(began)}; {shown} is no longer training."
    if pause := break_at(course, day):
        return f"{shown} is in a break in learning, {pause.shown()}."
    if day in logged_on:
        return f"Something is logged on {shown} already."
    return ""


@dataclass(frozen=True, slots=True)
class Offered:
    """One day of a repeat for one apprenticeship; *why_not* says why it is left out, "" if not."""

    apprenticeship_id: UUID
    day: date
    why_not: str = ""


def offer(
    repeat: Repeat,
    courses: Mapping[UUID, Course],
    logged_on: Mapping[UUID, Collection[date]],
    holidays: BankHolidays,
    today: date,
    answered_to: date | None = None,
) -> tuple[Offered, ...]:
    """Return every day of *repeat* up to *today* for each of *courses*, by day.

    Days up to *answered_to* were confirmed or declined before and are not offered again.
    """
    found: list[Offered] = []
    for key, course in courses.items():
        proposal = propose(repeat, course, logged_on.get(key, ()), holidays, today)
        found += (Offered(key, day) for day in proposal.days)
        found += (Offered(key, out.day, out.why) for out in proposal.left_out)
    return tuple(
        sorted(
            (each for each in found if answered_to is None or each.day > answered_to),
            key=lambda each: each.day,
        )
    )


def days_to_come(repeat: Repeat, today: date) -> int | None:
    """Return how many days of *repeat* lie after *today*; None where it goes on without end."""
    if repeat.last_on is None:
        return None
    return sum(day > today for day in repeat.days(repeat.last_on))


def parse_spans(text: str, today: date | None = None) -> tuple[Period, ...]:
    """Return the spans of days that a person wrote, such as "26 Oct to 30 Oct 2026; 5 Nov 2026".

    They stand apart by semicolons, commas or lines; a first day without a year has that of the
    last.  Raises ValueError with a sentence for what cannot be read and for more than MOST_SPANS.
    """
    written = [part.strip() for part in _BETWEEN_SPANS.split(text) if part.strip()]
    if len(written) > MOST_SPANS:
        raise ValueError(f"These are {len(written):,} spans of days; at most {MOST_SPANS} fit.")
    return tuple(sorted({_span(part, today) for part in written}))


def _span(written: str, today: date | None) -> Period:
    days = _BETWEEN_DAYS.split(written)
    if len(days) > 2:
        raise ValueError(f"“{written}” is not a span of days. Write 26 Oct 2026 to 30 Oct 2026.")
    last = parse_day(days[-1], end=True, today=today).day
    try:
        first = parse_day(days[0], today=today).day
    except ValueError:  # without a year: one day alone has been read above
        first = parse_day(f"{days[0]} {last.year}", today=today).day
        if first > last:  # over the turn of the year
            first = parse_day(f"{days[0]} {last.year - 1}", today=today).day
    return Period(first, last)


def show_spans(spans: Iterable[Period]) -> str:
    """Return *spans* as ``parse_spans`` reads them."""
    return "; ".join(
        show_day(span.first) if span.first == span.last else span.shown() for span in spans
    )
