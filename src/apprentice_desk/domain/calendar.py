"""Days, spans, years and quarters: reading them, showing them and counting with them.

A day is a date, a span is a Period with both ends inside it.  Nothing here knows what day it is
today: that is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering

from apprentice_desk.domain.problems import Problem

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FIRST_YEAR = 1900
LAST_YEAR = 2100


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, *first* and *last* included; no *last* means that it has no end yet.

    Sorted by first day, then by last, with the open ones after the closed.  Raises ValueError
    with a sentence if the last day comes before the first.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(
                f"The last day, {show_day(self.last)}, comes before the first,"
                f" {show_day(self.first)}."
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def __lt__(self, other: Period) -> bool:
        return (self.first, self.last or date.max) < (other.first, other.last or date.max)

    @property
    def days(self) -> int | None:
        """How many days it holds; None while it has no end."""
        return None if self.last is None else (self.last - self.first).days + 1

    def overlap(self, other: Period) -> Period | None:
        """Return the days that both hold, None if there are none."""
        first = max(self.first, other.first)
        ends = [last for last in (self.last, other.last) if last is not None]
        last = min(ends, default=None)
        return None if last is not None and last < first else Period(first, last)

    def shown(self) -> str:
        """The span as it is read: "1 Aug 2026 to 31 Jul 2027", "from 1 Aug 2026"."""
        if self.last is None:
            return f"from {show_day(self.first)}"
        return f"{show_day(self.first)} to {show_day(self.last)}"


@dataclass(frozen=True, slots=True, order=True)
class FundingYear:
    """The year of the apprenticeship funding rules: 1 August to 31 July."""

    first_year: int

    @classmethod
    def containing(cls, day: date) -> FundingYear:
        """Return the funding year that holds *day*."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(date(self.first_year, 8, 1), date(self.first_year + 1, 7, 31))

    def __str__(self) -> str:
        return _two_years(self.first_year)


_YEARS = re.compile(r"([0-9]{4})\s*[-/–]\s*([0-9]{2}|[0-9]{4})")


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year of a council's accounts: 1 April to 31 March."""

    first_year: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Return the year that a person wrote; ValueError with a sentence if it is none."""
        found = _YEARS.fullmatch(text.strip())
        if not found or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
            raise ValueError(f"“{text}” is not a financial year: write it as 2026-27.")
        return cls(int(found[1]))

    @classmethod
    def containing(cls, day: date) -> FinancialYear:
        """Return the financial year that holds *day*."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(date(self.first_year, 4, 1), date(self.first_year + 1, 3, 31))

    def __str__(self) -> str:
        return _two_years(self.first_year)


def _two_years(first_year: int) -> str:
    return f"{first_year}-{(first_year + 1) % 100:02d}"


_QUARTER = re.compile(r"([0-9]{4})\s*[-/–]\s*([0-9]{2}|[0-9]{4})[\s,]*q([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the financial year, written 2026-27 Q3; Q1 is April to June."""

    financial_year: FinancialYear
    number: int
    period: Period = field(init=False, repr=False, compare=False)
    """Its days."""

    def __post_init__(self) -> None:
        if self.number not in range(1, 5):
            raise ValueError(f"There is no quarter {self.number}: a year has quarters 1 to 4.")
        # Kept, since checks ask for it once for each row of many.
        first = add_months(self.financial_year.period.first, 3 * (self.number - 1))
        period = Period(first, add_months(first, 3) - timedelta(days=1))
        object.__setattr__(self, "period", period)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Return the quarter that a person wrote; ValueError with a sentence if it is none."""
        written = _QUARTER.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"“{text}” is not a quarter. Write it as 2026-27 Q3.")
        first, second, number = int(written[1]), written[2], int(written[3])
        if not FIRST_YEAR <= first < LAST_YEAR:
            raise ValueError(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
        if not str(first + 1).endswith(second):
            raise ValueError(
                f"“{text}” is not a quarter: a financial year holds two years in a row,"
                f" such as {_two_years(first)} Q{number}."
            )
        return cls(FinancialYear(first), number)

    @classmethod
    def containing(cls, day: date) -> Quarter:
        """Return the quarter that holds *day*."""
        return cls(FinancialYear.containing(day), (day.month - 4) % 12 // 3 + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return self.period.first

    @property
    def last(self) -> date:
        """Its last day."""
        assert self.period.last is not None  # a quarter has an end
        return self.period.last

    def previous(self) -> Quarter:
        """Return the quarter before."""
        return Quarter.containing(self.first - timedelta(days=1))

    def next(self) -> Quarter:
        """Return the quarter after."""
        return Quarter.containing(self.last + timedelta(days=1))

    def words(self) -> str:
        """The quarter in months: "October to December 2026"."""
        return f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.last.year}"

    def __str__(self) -> str:
        return f"{self.financial_year} Q{self.number}"


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of a part of the country from *first_year* to *last_year*, both included.

    *of* names that part; those of another are not among them.
    """

    days: frozenset[date]
    first_year: int
    last_year: int
    source: str
    of: str = "England and Wales"

    def is_holiday(self, day: date) -> bool | None:
        """Return whether *day* is a bank holiday; None in a year whose holidays are not known."""
        if not self.first_year <= day.year <= self.last_year:
            return None
        return day in self.days

    def is_working_day(self, day: date) -> bool:
        """Return whether *day* is neither at a weekend nor a bank holiday.

        Raises Problem naming the year if its bank holidays are not known.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise Problem(
                f"The bank holidays of {day.year} are not known:"
                f" the list covers {self.first_year} to {self.last_year}.",
                "Choose a day in those years, or install a newer version of the program.",
            )
        return day.weekday() < 5 and day not in self.days

    def working_days_after(self, day: date, count: int) -> date:
        """Return the *count*-th working day after *day*; *day* itself is never counted.

        Raises Problem as is_working_day() does, ValueError if *count* is below 1.
        """
        if count < 1:
            raise ValueError("at least one working day is counted")
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day that a person wrote; *is_day_given* is false where only the month was written."""

    day: date
    is_day_given: bool


_NUMBERS = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_WORDS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?(?:[-/ ]|\s*of\s*|\s*)([a-z]{3,9})\.?,?[-/ ]*([0-9]{4}|[0-9]{2})"
)
_WORDS_MONTH_FIRST = re.compile(
    r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)([0-9]{4})"
)
_WORDS_MONTH_ONLY = re.compile(r"([a-z]{3,9})\.?,?(?:[-/ ]*([0-9]{4})|[-/'’]([0-9]{2}))")
_WEEKDAY = re.compile(r"((?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)[,.]?\s+")
_TIME = re.compile(
    r"[t ](?:00:00(?::00(?:\.0+)?)?z|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)$"
)


def parse_day(text: str, *, end: bool = False, today: date | None = None) -> WrittenDay:
    """Return the day that a person wrote, read the British way: day, month, year.

    Takes 4/8/2026, 04-08-26, 2026-08-04, 2026/01/05, 4 October 2023, 4 Oct 2023 and the like.
    Only a month (Sep 2025, 2027-03) becomes its first day, with *end* its last.  A year of two
    digits is 2000 to 2068 for 00 to 68 and 1969 to 1999 for the rest.  A time of day that a
    spreadsheet added is left off; "today" and "yesterday" are understood where *today* is given.
    Raises ValueError with a sentence for anything else, for days that do not exist (31/02), for
    a weekday before a day that is another, and for years outside 1900 to 2100.
    """
    day = dated(text, end=end, today=today)
    if day is None:
        raise ValueError(f"“{text}” is not a day. Write it as 4/8/2026 or 4 Aug 2026.")
    return day


def dated(text: str, *, end: bool = False, today: date | None = None) -> WrittenDay | None:
    """Return what parse_day() does; None where it is written in none of these forms."""
    written = _TIME.sub("", " ".join(text.lower().split()))
    weekday = _WEEKDAY.match(written)
    day = _dated(text, written[weekday.end() :] if weekday else written, end=end, today=today)
    if weekday and day is not None and day.is_day_given:
        check_weekday(day.day, weekday_number(weekday[1]))
    return day


def weekday_number(word: str) -> int:
    """Return which day of the week, Monday being 0, a word such as "tue" or "Thurs" names."""
    return [name[:3].lower() for name in WEEKDAYS].index(word[:3].lower())


def check_weekday(day: date, weekday: int) -> None:
    """Raise ValueError with a sentence if *day* is not that day of the week."""
    if day.weekday() != weekday:
        raise ValueError(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {WEEKDAYS[day.weekday()]},"
            f" not a {WEEKDAYS[weekday]}."
        )


def _dated(text: str, written: str, *, end: bool, today: date | None) -> WrittenDay | None:
    if today is not None and written in ("today", "yesterday"):
        return WrittenDay(today - timedelta(days=written == "yesterday"), is_day_given=True)
    if found := _NUMBERS.fullmatch(written):
        return _whole_day(text, found[4], int(found[3]), found[1])
    if found := _YEAR_FIRST.fullmatch(written):
        return _whole_day(text, found[1], int(found[3]), found[4])
    if (found := _WORDS.fullmatch(written)) and (month := _month_named(found[2])):
        return _whole_day(text, found[3], month, found[1])
    if (found := _WORDS_MONTH_FIRST.fullmatch(written)) and (month := _month_named(found[1])):
        return _whole_day(text, found[3], month, found[2])
    if found := _YEAR_MONTH.fullmatch(written):
        return _only_month(text, found[1], int(found[2]), end=end)
    if found := _MONTH_YEAR.fullmatch(written):
        return _only_month(text, found[2], int(found[1]), end=end)
    if (found := _WORDS_MONTH_ONLY.fullmatch(written)) and (month := _month_named(found[1])):
        return _only_month(text, found[2] or found[3], month, end=end)
    return None


def _month_named(word: str) -> int | None:
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(word) or (word == "sept" and number == 9):
            return number
    return None


def _whole_day(text: str, year: str, month: int, day: str) -> WrittenDay:
    full_year = _checked_year(text, year)
    _check_month(text, month)
    if not 1 <= int(day) <= monthrange(full_year, month)[1]:
        raise ValueError(f"“{text}” does not exist: {MONTHS[month - 1]} has no day {int(day)}.")
    return WrittenDay(date(full_year, month, int(day)), is_day_given=True)


def _only_month(text: str, year: str, month: int, *, end: bool) -> WrittenDay:
    full_year = _checked_year(text, year)
    _check_month(text, month)
    day = monthrange(full_year, month)[1] if end else 1
    return WrittenDay(date(full_year, month, day), is_day_given=False)


def _checked_year(text: str, year: str) -> int:
    number = int(year)
    if len(year) == 2:
        return number + (2000 if number <= 68 else 1900)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return number


def _check_month(text: str, month: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(
            f"“{text}” does not exist: there is no month {month}. Days are written day first,"
            " as 4/8/2026 for 4 August."
        )


def show_day(day: date) -> str:
    """Return *day* as a sentence says it: "4 Aug 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def day_with_weekday(day: date) -> str:
    """Return *day* with its weekday, by which a slip is seen: "Tue 4 Aug 2026"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {show_day(day)}"


def table_day(day: date) -> str:
    """Return *day* as a table shows it: "04/08/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def add_months(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    """Return the Monday of the week that *day* is in."""
    return day - timedelta(days=day.weekday())


def clocks_change_on(day: date) -> bool:
    """Return whether the clocks go forward or back on *day*: last Sundays of March and October.

    Summer Time Order 2002 (SI 2002/262), articles 2 and 3.
    """
    return day.month in (3, 10) and day.weekday() == 6 and day.day > 24


def end_of_day_in_london(day: date) -> datetime:
    """Return the instant at which *day* is over in London, summer time heeded (as since 1996).

    Clocks go forward at one o'clock on the last Sunday of March and back on that of October, so
    the midnight that begins either Sunday still goes by the time before.
    """
    midnight = day + timedelta(days=1)
    is_summer = _last_sunday(midnight.year, 3) < midnight <= _last_sunday(midnight.year, 10)
    instant = datetime(midnight.year, midnight.month, midnight.day, tzinfo=UTC)
    return instant - timedelta(hours=1) if is_summer else instant


def day_in_london(instant: datetime) -> date:
    """Return the day that it is in London at *instant*."""
    day = instant.astimezone(UTC).date()
    return day if instant < end_of_day_in_london(day) else day + timedelta(days=1)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)
