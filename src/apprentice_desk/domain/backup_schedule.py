"""Which of many dated copies of a desk are kept, and until when.

Of each hour, day, week and month the newest copy is kept for as long as the schedule says; the
figures stand in resources/rules/backups.toml.  Hours and days are those of the times given: the
caller hands them in as its clock on the wall shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apprentice_desk.domain.calendar import add_months


@dataclass(frozen=True, slots=True)
class Schedule:
    """When copies are made and how long they are kept, from a day on, and by which rule."""

    valid_from: date
    every_minutes: int
    hourly_for_hours: int
    daily_for_days: int
    weekly_for_weeks: int
    monthly_for_months: int
    says_after_days: int
    source: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is kept, in words."""
        return (
            f"the newest of each hour for {self.hourly_for_hours} hours",
            f"the newest of each day for {self.daily_for_days} days",
            f"the newest of each week for {self.weekly_for_weeks} weeks",
            f"the newest of each month for {self.monthly_for_months} months",
        )


@dataclass(frozen=True, slots=True, order=True)
class Copied:
    """One copy, as far as the schedule asks: when it was made, and whether a person asked for it.

    One that a person asked for is kept as long as daily ones are, whatever else the day has.
    """

    made_at: datetime
    is_by_hand: bool = False


def held_until(
    copies: Iterable[Copied], now: datetime, schedule: Schedule
) -> Mapping[Copied, datetime | None]:
    """Return until when each copy is kept at the latest; None for one that may go now.

    Copies to come can only make it sooner.  The newest of all is kept whatever its age, and one
    dated after *now* is kept too: the clock was turned back, and its age cannot be told.
    """
    found = sorted(set(copies))
    until: dict[Copied, datetime | None] = {}
    newest = _newest_of_each(found)
    for copy in found:
        ends = [
            end
            for period, end in _ends(copy.made_at, schedule)
            if newest[period(copy.made_at)] == copy
        ]
        if copy.is_by_hand:
            ends.append(copy.made_at + timedelta(days=schedule.daily_for_days))
        end = max(ends, default=None)
        if copy == found[-1] or copy.made_at > now:
            end = max(last_end(copy.made_at, schedule), now)
        until[copy] = None if end is None or end < now else end
    return until


def may_go(copies: Iterable[Copied], now: datetime, schedule: Schedule) -> tuple[Copied, ...]:
    """Return the copies that the schedule no longer keeps, oldest first."""
    return tuple(copy for copy, until in held_until(copies, now, schedule).items() if until is None)


def is_stale(unsaved_since: datetime | None, now: datetime, schedule: Schedule) -> bool:
    """Whether what was changed first after the newest good copy is in no copy for too long.

    *unsaved_since* is when that change was made; None where every change is in a copy.
    """
    return unsaved_since is not None and now - unsaved_since > timedelta(
        days=schedule.says_after_days
    )


_Period = Callable[[datetime], Hashable]


def _hour(at: datetime) -> Hashable:
    return "hour", at.date(), at.hour


def _day(at: datetime) -> Hashable:
    return "day", at.date()


def _week(at: datetime) -> Hashable:
    return "week", tuple(at.isocalendar())[:2]


def _month(at: datetime) -> Hashable:
    return "month", at.year, at.month


def _newest_of_each(copies: list[Copied]) -> dict[Hashable, Copied]:
    """Return the newest copy of each period; *copies* are sorted."""
    return {
        period(copy.made_at): copy for period in (_hour, _day, _week, _month) for copy in copies
    }


def _ends(made_at: datetime, schedule: Schedule) -> tuple[tuple[_Period, datetime], ...]:
    """Return until when a copy is kept as the newest of its hour, day, week and month."""
    return (
        (_hour, made_at + timedelta(hours=schedule.hourly_for_hours)),
        (_day, made_at + timedelta(days=schedule.daily_for_days)),
        (_week, made_at + timedelta(weeks=schedule.weekly_for_weeks)),
        (_month, last_end(made_at, schedule)),
    )


def last_end(made_at: datetime, schedule: Schedule) -> datetime:
    """Return until when a copy made at *made_at* is kept at the very latest."""
    ends_on = add_months(made_at.date(), schedule.monthly_for_months)
    return datetime.combine(ends_on, made_at.timetz())
