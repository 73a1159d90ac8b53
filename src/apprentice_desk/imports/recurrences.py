"""The days on which an event of a calendar comes again, from its rule (RFC 5545, 3.3.10).

Only days are counted here: the time of day stays that of the first event.  A rule from a stranger
may come again for ever, or never and be looked for for ever; therefore no more steps are taken
than lie between its first day and the last that is asked for, and those out of a purse that a
whole file shares.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apprentice_desk.domain.calendar import LAST_YEAR, add_months
from apprentice_desk.domain.problems import Problem

MOST_STEPS = 200_000
"""What a file may cost: some fifty daily events that are counted over five years."""

_MOST = 1_000  # of an interval: a year a thousand on is still a date
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_READ = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(slots=True)
class Purse:
    """The steps that a file may still cost."""

    steps: int = MOST_STEPS

    def pay(self, steps: int = 1) -> None:
        """Take *steps* out; raises Problem once it is empty."""
        self.steps -= steps
        if self.steps < 0:
            raise Problem(
                "The events of this calendar come again too often to be counted.",
                "Export a shorter time, or only the calendar that holds the training.",
            )


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How an event comes again; ``last_on`` is left to the caller, who knows the time of day."""

    frequency: str
    interval: int
    count: int | None
    week_start: int
    by_day: tuple[tuple[int, int], ...]
    by_month_day: tuple[int, ...]
    by_month: tuple[int, ...]
    by_position: tuple[int, ...]

    def days(
        self, first_on: date, last_on: date, purse: Purse, from_on: date = date.min
    ) -> Iterator[date]:
        """Return the days after *first_on*, itself always the first, to *last_on*, in order.

        None lies after the last year that the program knows.  Days before *from_on* are stepped
        over where nothing has to be counted; some of them may still come.
        """
        last_on = min(last_on, date(LAST_YEAR, 12, 31))
        seen = 0
        for days in self._sets(first_on, last_on, purse, from_on):
            for day in days:
                if day <= first_on:
                    continue
                seen += 1
                if day > last_on or (self.count is not None and seen >= self.count):
                    return
                yield day

    def _sets(
        self, first_on: date, last_on: date, purse: Purse, from_on: date
    ) -> Iterator[Sequence[date]]:
        """The days of each interval in turn; daily ones are sets of one."""
        step = 0
        if self.count is None and from_on > first_on:
            # A step is at most that many days long, so that this is never too far.
            longest = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[self.frequency]
            whole = max((from_on - first_on).days // longest - 1, 0)
            step = whole - whole % self.interval
        while True:
            begins = self._interval(first_on, step)
            if begins > last_on:
                return
            days = sorted(set(self._candidates(begins, first_on)))
            purse.pay(1 + len(days))
            if self.by_position:
                places = {
                    place - 1 if place > 0 else len(days) + place for place in self.by_position
                }
                days = [day for place, day in enumerate(days) if place in places]
            yield days
            step += self.interval

    def _interval(self, first_on: date, step: int) -> date:
        """The first day of the *step*-th day, week, month or year."""
        match self.frequency:
            case "DAILY":
                return first_on + timedelta(days=step)
            case "WEEKLY":
                back = (first_on.weekday() - self.week_start) % 7
                return first_on - timedelta(days=back) + timedelta(weeks=step)
            case "MONTHLY":
                return add_months(first_on.replace(day=1), step)
            case _:
                return date(first_on.year + step, 1, 1)

    def _candidates(self, begins: date, first_on: date) -> Iterator[date]:
        match self.frequency:
            case "DAILY":
                every = iter([begins] if self._is_day(begins) else [])
            case "WEEKLY":
                wanted = {weekday for _, weekday in self.by_day} or {first_on.weekday()}
                week = (begins + timedelta(days=days) for days in range(7))
                every = (day for day in week if day.weekday() in wanted)
            case "MONTHLY":
                every = self._in_month(begins, first_on)
            case _:
                every = self._in_year(begins, first_on)
        return (day for day in every if not self.by_month or day.month in self.by_month)

    def _is_day(self, day: date) -> bool:
        if self.by_day and day.weekday() not in {weekday for _, weekday in self.by_day}:
            return False
        return not self.by_month_day or self._is_month_day(day)

    def _is_month_day(self, day: date) -> bool:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        return day.day in self.by_month_day or from_end in self.by_month_day

    def _in_month(self, begins: date, first_on: date) -> Iterator[date]:
        days = [begins.replace(day=n + 1) for n in range(monthrange(begins.year, begins.month)[1])]
        if self.by_day:
            days = _by_weekday(days, self.by_day)
        if self.by_month_day:
            return (day for day in days if self._is_month_day(day))
        if self.by_day:
            return iter(days)
        return (day for day in days if day.day == first_on.day)

    def _in_year(self, begins: date, first_on: date) -> Iterator[date]:
        if self.by_day and not self.by_month and not self.by_month_day:
            year = [begins + timedelta(days=n) for n in range(365 + _is_leap(begins.year))]
            yield from _by_weekday(year, self.by_day)
            return
        months: Sequence[int] = self.by_month
        if not months:
            months = range(1, 13) if self.by_month_day else (first_on.month,)
        for month in months:
            yield from self._in_month(begins.replace(month=month), first_on)


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29


def _by_weekday(days: Sequence[date], by_day: Sequence[tuple[int, int]]) -> list[date]:
    """The days that are such a weekday: every one (0), the n-th, or the n-th from the end."""
    chosen = []
    for place, weekday in by_day:
        those = [day for day in days if day.weekday() == weekday]
        if not place:
            chosen += those
        elif abs(place) <= len(those):
            chosen.append(those[place - 1 if place > 0 else place])
    return sorted(set(chosen))


def recurrence(parts: Mapping[str, Sequence[object]]) -> Recurrence:
    """Return the rule in *parts*, as icalendar gives it; ValueError if it is not one we read."""
    frequency = str(parts.get("FREQ", [""])[0])
    if frequency not in _FREQUENCIES or not set(parts) <= _READ:
        raise ValueError("it comes again in a way that is not read here")
    by_day = []
    for each in parts.get("BYDAY", ()):
        found = _BY_DAY.fullmatch(str(each))
        if found is None or (found[1] and frequency in ("DAILY", "WEEKLY")):
            raise ValueError("its days of the week cannot be read")
        by_day.append((int(found[1] or 0), _WEEKDAYS.index(found[2])))
    if frequency == "YEARLY" and any(place for place, _ in by_day) and "BYMONTHDAY" in parts:
        raise ValueError("it comes again in a way that is not read here")
    if frequency == "WEEKLY" and "BYMONTHDAY" in parts:
        raise ValueError("a week has no days of the month")
    return Recurrence(
        frequency=frequency,
        interval=_number(parts, "INTERVAL", 1),
        count=_number(parts, "COUNT", 1) if "COUNT" in parts else None,
        week_start=_WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0])),
        by_day=tuple(by_day),
        by_month_day=_numbers(parts, "BYMONTHDAY", 31),
        by_month=tuple(each for each in _numbers(parts, "BYMONTH", 12) if each > 0),
        by_position=_numbers(parts, "BYSETPOS", 366),
    )


def _number(parts: Mapping[str, Sequence[object]], key: str, otherwise: int) -> int:
    number = int(str(parts.get(key, [otherwise])[0]))
    if not 1 <= number <= _MOST:
        raise ValueError(f"{key} is {number}")
    return number


def _numbers(parts: Mapping[str, Sequence[object]], key: str, most: int) -> tuple[int, ...]:
    numbers = tuple(int(str(each)) for each in parts.get(key, ()))
    if any(not number or abs(number) > most for number in numbers):
        raise ValueError(f"{key} is out of reach")
    return numbers
