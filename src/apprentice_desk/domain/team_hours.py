"""The off-the-job hours of a whole team in one funding year: planned, logged, and how it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.apprenticeship import LIVE, Course, Status
from apprentice_desk.domain.calendar import FundingYear, add_months
from apprentice_desk.domain.hours_rules import StatusLimits
from apprentice_desk.domain.off_the_job import Figures, HoursStatus

DayMinutes = tuple[date, int]


class Member(Protocol):
    """One apprenticeship with its figures, those "since" counted from the year's first day."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def status(self) -> Status:
        """Where it stands."""

    @property
    def course(self) -> Course:
        """Its dated facts."""

    @property
    def figures(self) -> Figures:
        """Its hours on the day."""

    @property
    def logged_minutes_since(self) -> int:
        """Minutes logged since the year began."""

    @property
    def planned_minutes_since(self) -> int | None:
        """Minutes planned since the year began; None without a plan."""


@dataclass(frozen=True, slots=True)
class TeamHours:
    """What the team has logged since *since_on* of what was planned by then, in minutes.

    *planned* and *logged* are running totals by day: the plan to the year's end, the log to
    today.  *without_plan* are people on programme for whom nothing is planned; their hours are
    left out of both, or the sum would seem better than it is.
    """

    since_on: date
    people: int
    without_plan: int
    logged_minutes: int
    planned_minutes: int
    status: HoursStatus
    planned: tuple[DayMinutes, ...] = ()
    logged: tuple[DayMinutes, ...] = ()


def year_start(today: date) -> date:
    """Return the first day of the funding year, from which the team's hours are counted."""
    return FundingYear.containing(today).period.first


def members(people: Iterable[Member]) -> tuple[Member, ...]:
    """Return those on programme for whom something is planned."""
    return tuple(
        person
        for person in people
        if person.status in LIVE and person.planned_minutes_since is not None
    )


def team_hours(
    people: Sequence[Member],
    by_day: Iterable[DayMinutes],
    activities: Mapping[UUID, Sequence[DayMinutes]],
    today: date,
    limits: StatusLimits,
) -> TeamHours:
    """Return how the team stands on *today*.

    *by_day* are the minutes that the members() logged since the year began, by day; *activities*
    the planned ones by apprenticeship, where a learning plan has dated activities, by day.
    """
    since = year_start(today)
    team = members(people)
    logged = sum(person.logged_minutes_since for person in team)
    planned = sum(person.planned_minutes_since or 0 for person in team)
    return TeamHours(
        since_on=since,
        people=len(team),
        without_plan=sum(person.status in LIVE for person in people) - len(team),
        logged_minutes=logged,
        planned_minutes=planned,
        status=_status(len(team), logged, planned, limits),
        planned=_planned(team, activities, since),
        logged=_logged(by_day, since, today) if team else (),
    )


def _status(people: int, logged: int, planned: int, limits: StatusLimits) -> HoursStatus:
    """Judge by the limits of one apprentice, as shares of what was planned in the year so far."""
    if not people:
        return HoursStatus.NO_PLAN
    below = planned - logged
    if below > limits.behind_share * planned:
        return HoursStatus.BEHIND
    if below > limits.slipping_share * planned:
        return HoursStatus.SLIPPING
    return HoursStatus.ON_TRACK


def _planned(
    team: Sequence[Member], activities: Mapping[UUID, Sequence[DayMinutes]], since: date
) -> tuple[DayMinutes, ...]:
    """The plan by the first of each month up to the year's end."""
    days = [add_months(since, months) - timedelta(days=1) for months in range(13)]
    totals = [0] * len(days)
    for person in team:
        dated = activities.get(person.id, ())
        due = [day for day, _ in dated]
        sums = [0, *accumulate(minutes for _, minutes in dated)]
        required = person.figures.required_minutes
        by_then = [
            off_the_job.planned_to_date(
                person.course, required, day, sums[bisect_right(due, day)] if dated else None
            )
            or 0
            for day in days
        ]
        for place, minutes in enumerate(by_then):
            totals[place] += minutes - by_then[0]
    return tuple(zip(days, totals, strict=True)) if team else ()


def _logged(by_day: Iterable[DayMinutes], since: date, today: date) -> tuple[DayMinutes, ...]:
    total, points = 0, [(since - timedelta(days=1), 0)]
    for day, minutes in by_day:
        total += minutes
        points.append((day, total))
    if points[-1][0] < today:
        points.append((today, total))
    return tuple(points)
