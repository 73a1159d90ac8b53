"""Days in a quick line: one, several in a row, or a list; never one that is still to come.

A day without a year is the last such day up to today, a weekday the last one up to today, and
"last tue" the Tuesday of the calendar week before this one.  Where a week is shown that is not
the present one, a weekday is the one of that week.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from apprentice_desk.domain.calendar import (
    MONTHS,
    WEEKDAYS,
    check_weekday,
    monday_of,
    parse_day,
    weekday_number,
)
from apprentice_desk.domain.quick_signs import DASH, GAP, WORD_ENDS

MOST_DAYS = 31
"""The longest row of days that one line may log."""

HOW = "Write it as tue, yesterday, 17 nov, 17/11 or -2."

_SHORT = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
_WEEKDAY = rf"(?P<weekday>{'|'.join([*WEEKDAYS, *reversed(_SHORT)])})"
_MONTH = f"(?:{'|'.join([*MONTHS, 'sept', *(name[:3] for name in MONTHS)])})"
_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_RANGE = rf"(?:{DASH}|{GAP}+(?:{DASH}|to){GAP}+)"


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE | re.ASCII)


_ON = _pattern(rf"(?:on{GAP}+)?")
_LED = _pattern(rf"{_WEEKDAY},?{GAP}+(?=[0-9])")
_PLAIN_WEEKDAY = _pattern(rf"(?P<last>last{GAP}+)?{_WEEKDAY}")
_NEAR = _pattern("(?P<near>today|yesterday)")
_AGO = re.compile(rf"{DASH}(?P<ago>[1-9][0-9]{{0,2}}){WORD_ENDS}")
_FULL = _pattern(
    r"(?:[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{1,2})"
)
_WORDS = _pattern(
    rf"(?P<day>{_ORDINAL})(?:{GAP}+(?:of{GAP}+)?|[-/]?)(?P<month>{_MONTH})"
    rf"(?:[-/](?P<short>[0-9]{{4}}|[0-9]{{2}})|{GAP}+(?P<year>[0-9]{{4}}))?"
)
_MONTH_FIRST = _pattern(rf"(?P<month>{_MONTH}){GAP}+(?P<day>{_ORDINAL})(?![.:0-9])")
_NUMBERS = _pattern(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?![/.0-9])")
_WITHIN_MONTH = _pattern(
    rf"(?P<first>[0-9]{{1,2}}){_RANGE}(?=(?P<rest>{_ORDINAL}{GAP}+{_MONTH}\b))"
)
_TO = _pattern(_RANGE)
_END = re.compile(WORD_ENDS)
_WEEK = timedelta(days=7)

_Resolve = Callable[[date], date]


@dataclass(frozen=True, slots=True)
class WrittenDays:
    """The days from somewhere up to *end*; if they are wrong, *message* and *remedy* say why.

    *is_month_first* is true of "may 3", of which the first word may be a name, *is_of_week* of a
    weekday that is looked for in the week shown.
    """

    end: int
    days: tuple[date, ...] = ()
    is_month_first: bool = False
    is_of_week: bool = False
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """A day as it was written: where it ends, and which day it is as seen from another.

    *later* finds the next such day, where the words say as well that it is one to come.
    """

    end: int
    resolve: _Resolve
    later: _Resolve | None = None
    is_month_first: bool = False
    is_last_week: bool = False
    is_of_week: bool = False
    is_range_end: bool = True


@dataclass(frozen=True, slots=True)
class LoneDay:
    """A day that a text is as a whole, as seen from today.

    *day* is the latest such day up to then, *later* the next one where it may be meant as well;
    None where that one does not exist, of which *message* says why.
    """

    day: date | None
    later: date | None
    is_month_first: bool
    message: str


def read_lone_day(text: str, today: date) -> LoneDay | None:
    """Return the day that the whole of *text* is; None if it is none, or says more."""
    on = _ON.match(text)
    assert on is not None  # it may be empty
    written = _one_day(text, on.end(), None)
    if written is None or written.end != len(text):
        return None
    found: list[date | None] = []
    message = ""
    for resolve in (written.resolve, written.later):
        try:
            found.append(resolve(today) if resolve else None)
        except ValueError as wrong:
            found.append(None)
            message = message or str(wrong)
    return LoneDay(found[0], found[1], written.is_month_first, message)


def read_days(text: str, place: int, today: date, week: date | None = None) -> WrittenDays | None:
    """Return the day, or the days in a row, that begin at *place*; None if there are none.

    A weekday is looked for in the week from *week* on, a Monday, where that is given and not the
    present week.
    """
    if week == monday_of(today):
        week = None
    on = _ON.match(text, place)
    assert on is not None  # it may be empty
    begin = on.end()
    if (within := _WITHIN_MONTH.match(text, begin)) and (
        last := _one_day(text, within.end(), week)
    ):
        day = within["first"]
        first = _Written(last.end, lambda seen: _same_month(int(day), seen))
        return _row(text[place : last.end], first, last, today)
    one = _one_day(text, begin, week)
    if one is None:
        return None
    if (to := _TO.match(text, one.end)) and one.is_range_end:
        last = _one_day(text, to.end(), week)
        if last is not None and _END.match(text, last.end):
            return _row(text[place : last.end], one, last, today)
    if not _END.match(text, one.end):
        return None
    return _row(text[place : one.end], one, one, today)


def shown_days(written: WrittenDays, today: date) -> str:
    """Return days as their chip shows them: "Tue 17 Nov", "Mon 16 Nov to Wed 18 Nov, 3 days"."""
    days = written.days
    if not days:
        return ""
    shown = shown_day(days[0], today)
    if len(days) > 1:
        shown = f"{shown} to {shown_day(days[-1], today)}, {len(days)} days"
    return f"{shown}, the week shown" if written.is_of_week else shown


def shown_day(day: date, today: date) -> str:
    """Return one day with its weekday, and with its year if that is not the present one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def _row(written: str, first: _Written, last: _Written, today: date) -> WrittenDays:
    end, is_month_first = last.end, first is last and last.is_month_first
    is_of_week = first.is_of_week or last.is_of_week
    refused = partial(WrittenDays, end, (), is_month_first, is_of_week)
    try:
        until = last.resolve(today)
        since = until
        if first is not last:
            since = first.resolve(today if first.is_last_week else until)
            if first.is_last_week and not last.is_last_week:
                until = last.resolve(min(since + timedelta(days=6), today))
    except (ValueError, OverflowError) as wrong:
        message = f"{wrong}" if isinstance(wrong, ValueError) else f"“{written}” is no day."
        return refused(message, HOW)
    if until > today:
        return refused(
            f"{shown_day(until, today)} is still to come.",
            "Log hours once they are done; put what is planned into the learning plan.",
        )
    count = (until - since).days + 1
    if not 1 <= count <= MOST_DAYS:
        message = (
            f"“{written}” is more than {MOST_DAYS} days."
            if count > 1
            else (f"“{written}” ends before it begins.")
        )
        return refused(message, "Write the first day, then the last.")
    days = tuple(since + timedelta(days=n) for n in range(count))
    return WrittenDays(end, days, is_month_first, is_of_week)


def _one_day(text: str, place: int, week: date | None) -> _Written | None:
    if led := _LED.match(text, place):
        after = _dated(text, led.end())
        if after is not None and _END.match(text, after.end):
            number = weekday_number(led["weekday"])
            later = after.later and _checked(after.later, number)
            return _Written(after.end, _checked(after.resolve, number), later)
    if weekday := _PLAIN_WEEKDAY.match(text, place):
        end, number = weekday.end(), weekday_number(weekday["weekday"])
        if weekday["last"]:
            return _Written(end, _in_last_week(number), is_last_week=True)
        if week is not None:
            day = week + timedelta(days=number)
            return _Written(end, lambda _: day, is_of_week=True)
        return _Written(end, _on_weekday(number), lambda seen: _on_weekday(number)(seen) + _WEEK)
    if near := _NEAR.match(text, place):
        days = int(near["near"].lower() == "yesterday")
        return _Written(near.end(), _ago(days), is_range_end=False)
    if ago := _AGO.match(text, place):
        return _Written(ago.end(), _ago(int(ago["ago"])), is_range_end=False)
    return _dated(text, place)


def _dated(text: str, place: int) -> _Written | None:
    if full := _FULL.match(text, place):
        return _Written(full.end(), lambda _: parse_day(full[0]).day)
    if words := _WORDS.match(text, place):
        day, month = int(re.split("[a-z]", words["day"].lower())[0]), _month(words["month"])
        if year := words["year"] or words["short"]:
            return _Written(words.end(), lambda _: parse_day(f"{day}/{month}/{year}").day)
        return _Written(words.end(), _without_year(day, month), _next_without_year(day, month))
    if numbers := _NUMBERS.match(text, place):
        day, month = int(numbers["day"]), int(numbers["month"])
        return _Written(numbers.end(), _without_year(day, month), _next_without_year(day, month))
    if swapped := _MONTH_FIRST.match(text, place):
        day = int(re.split("[a-z]", swapped["day"].lower())[0])
        month = _month(swapped["month"])
        before, after = _without_year(day, month), _next_without_year(day, month)
        return _Written(swapped.end(), before, after, is_month_first=True)
    return None


def _month(word: str) -> int:
    return [name[:3].lower() for name in MONTHS].index(word[:3].lower()) + 1


def _ago(days: int) -> _Resolve:
    return lambda today: today - timedelta(days=days)


def _in_last_week(number: int) -> _Resolve:
    return lambda today: monday_of(today) - _WEEK + timedelta(days=number)


def _on_weekday(number: int) -> _Resolve:
    return lambda today: today - timedelta(days=(today.weekday() - number) % 7)


def _checked(resolve: _Resolve, weekday: int) -> _Resolve:
    """Return *resolve*, which then refuses a day that is not this weekday."""

    def checked(today: date) -> date:
        day = resolve(today)
        check_weekday(day, weekday)
        return day

    return checked


def _same_month(day: int, until: date) -> date:
    if not 1 <= day <= monthrange(until.year, until.month)[1]:
        raise ValueError(f"{MONTHS[until.month - 1]} has no day {day}.")
    return until.replace(day=day)


def _without_year(day: int, month: int) -> _Resolve:
    """Return what finds the last such day up to another; 29 February goes back to a leap year."""

    def resolve(today: date) -> date:
        if not 1 <= month <= 12:
            raise ValueError(f"There is no month {month}. Days are written day first: 17/11.")
        if not 1 <= day <= monthrange(2000, month)[1]:
            raise ValueError(f"{MONTHS[month - 1]} has no day {day}.")
        year = today.year - ((month, day) > (today.month, today.day))
        while day > monthrange(year, month)[1]:
            year -= 1
        return date(year, month, day)

    return resolve


def _next_without_year(day: int, month: int) -> _Resolve:
    """Return what finds the first such day after another."""

    def resolve(today: date) -> date:
        before = _without_year(day, month)(today)
        year = before.year + 1
        while day > monthrange(year, month)[1]:
            year += 1
        return date(year, month, day)

    return resolve
