"""A pocket sheet: four weeks ahead for one line manager, who to release, when and for what.

It says what the desk knows of those weeks: planned activities, sessions that come again, reviews,
bank holidays, breaks, and the hours that each person needs a week.  The boxes are left blank, to
jot hours into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, break_at
from apprentice_desk.domain.calendar import BankHolidays, Period, monday_of
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.proposals import Repeat, propose

WEEKS = 4
WORKING_DAYS = 5
_FRIDAY = 4
_MOST_WORDS = 80
"""A sheet has room for no longer words on what somebody is released for."""

BANK_HOLIDAY, BREAK, OUTSIDE = "bank holiday", "break", "–"


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """An activity of a learning plan that is still to be done, and the day it is due."""

    due_on: date
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PlannedRepeat:
    """A session that comes again, as one person takes part in it.

    Its days up to *answered_to* were confirmed or declined, so that nobody is released for them.
    *began_at* is hh:mm, "" where it is not known.
    """

    repeat: Repeat
    what: str
    minutes: int
    began_at: str = ""
    answered_to: date | None = None


@dataclass(frozen=True, slots=True)
class PocketPerson:
    """One apprenticeship and what is planned in it; *needed_minutes* a week, None is not known."""

    id: UUID
    name: str
    line_manager: str
    course: Course
    needed_minutes: int | None
    activities: tuple[PlannedActivity, ...] = ()
    reviews: tuple[date, ...] = ()
    repeats: tuple[PlannedRepeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One thing to release somebody for, by or on a day."""

    on: date
    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PocketRow:
    """One person's week: what it needs, and for each working day what stands in its box."""

    name: str
    needed_minutes: int | None
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PocketWeek:
    """One week of a sheet."""

    monday: date
    rows: tuple[PocketRow, ...]
    releases: tuple[Release, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Its working days."""
        return tuple(self.monday + timedelta(days=number) for number in range(WORKING_DAYS))


@dataclass(frozen=True, slots=True)
class PocketSheet:
    """Four weeks of one line manager's people; *overdue* is what was due before them.

    *unknown_years* are those whose bank holidays are not known.
    """

    manager: str
    weeks: tuple[PocketWeek, ...]
    overdue: tuple[Release, ...]
    unknown_years: tuple[int, ...]


def weeks_ahead(today: date) -> Period:
    """Return the four weeks from this one's Monday; from Friday on, from the next one's."""
    first = monday_of(today)
    if today.weekday() >= _FRIDAY:
        first += timedelta(weeks=1)
    return Period(first, first + timedelta(weeks=WEEKS, days=-1))


def pocket_sheets(
    people: Iterable[PocketPerson], today: date, holidays: BankHolidays
) -> tuple[PocketSheet, ...]:
    """Return a sheet for each line manager, by name; those without one come last."""
    teams: dict[str, list[PocketPerson]] = defaultdict(list)
    names: dict[str, str] = {}
    for person in people:
        key = " ".join(person.line_manager.split()).casefold()
        names.setdefault(key, " ".join(person.line_manager.split()))
        teams[key].append(person)
    return tuple(
        _sheet(names[key], teams[key], today, holidays)
        for key in sorted(teams, key=lambda key: (not key, key))
    )


def _sheet(
    manager: str, team: Sequence[PocketPerson], today: date, holidays: BankHolidays
) -> PocketSheet:
    span = weeks_ahead(today)
    releases = sorted(
        (
            each
            for person in team
            for each in (*_releases(person), *_sessions(person, span, today, holidays))
        ),
        key=lambda each: (each.on, each.who, each.what),
    )
    weeks = []
    for number in range(WEEKS):
        monday = span.first + timedelta(weeks=number)
        week = Period(monday, monday + timedelta(days=6))
        weeks.append(
            PocketWeek(
                monday,
                tuple(_row(person, monday, holidays) for person in team),
                tuple(each for each in releases if each.on in week),
            )
        )
    days = (day for week in weeks for day in week.days)
    unknown = {day.year for day in days if holidays.is_holiday(day) is None}
    return PocketSheet(
        manager,
        tuple(weeks),
        tuple(each for each in releases if each.on < span.first),
        tuple(sorted(unknown)),
    )


def _releases(person: PocketPerson) -> list[Release]:
    found = [
        Release(
            each.due_on, "by", person.name,
            f"{each.title} ({sentence(each.minutes)})" if each.minutes else each.title,
        )
        for each in person.activities
    ]  # fmt: skip
    found += [Release(day, "on", person.name, "Progress review") for day in person.reviews]
    return found


def _sessions(
    person: PocketPerson, span: Period, today: date, holidays: BankHolidays
) -> Iterator[Release]:
    """Yield the days to come of sessions that come again, as far as they can be held."""
    last = span.last
    assert last is not None  # four weeks have an end
    first = max(span.first, today)
    for each in person.repeats:
        answered = each.answered_to
        words = " ".join(each.what.split())
        if len(words) > _MOST_WORDS:
            words = f"{words[: _MOST_WORDS - 1]}…"
        at = f", from {each.began_at}" if each.began_at else ""
        for day in propose(each.repeat, person.course, (), holidays, last).days:
            if day >= first and (answered is None or day > answered):
                yield Release(day, "on", person.name, f"{words} ({sentence(each.minutes)}{at})")


def _row(person: PocketPerson, monday: date, holidays: BankHolidays) -> PocketRow:
    boxes = tuple(
        _box(person.course, monday + timedelta(days=number), holidays)
        for number in range(WORKING_DAYS)
    )
    # Nothing is needed of a week in which nobody can train.
    needed = person.needed_minutes if any(not box for box in boxes) else None
    return PocketRow(person.name, needed, boxes)


def _box(course: Course, day: date, holidays: BankHolidays) -> str:
    """Why nothing is to be written into a day's box; "" where hours may be."""
    start, ended, began = course.training_started_on, course.ended_on, course.assessment_began_on
    if (start is not None and day < start) or (ended is not None and day > ended):
        return OUTSIDE
    if began is not None and day >= began:
        return OUTSIDE
    if break_at(course, day) is not None:
        return BREAK
    return BANK_HOLIDAY if holidays.is_holiday(day) else ""
