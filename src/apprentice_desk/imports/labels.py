"""Headings that name days, weeks or months: "w/c 7 Sep", "Week 36", "Sep-26", a true date.

A year that the headings leave out comes from the words around them, and goes on to the next one
where the days would otherwise go back.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from apprentice_desk.domain.calendar import MONTHS, monday_of, parse_day, show_day
from apprentice_desk.imports import values
from apprentice_desk.sheets import Cell

_WEEK = timedelta(days=7)
_ENOUGH = 3
_ENOUGH_WEEKS = 2  # no log has two headings that name weeks or months
_AUGUST = 8


class Stretch(StrEnum):
    """How much time a heading stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Label:
    """A heading that names a stretch of days, from *first* to *last*.

    Of a weekday alone *first* is the Monday of some week plus the days until it.
    """

    stretch: Stretch
    first: date
    last: date

    @property
    def done_on(self) -> date:
        """The day on which hours of the whole stretch are entered: its last day from Mon to Fri."""
        day = self.last
        while day.weekday() > 4 and day > self.first:
            day -= timedelta(days=1)
        return day

    @property
    def words(self) -> str:
        """The stretch as a sentence names it."""
        match self.stretch:
            case Stretch.MONTH:
                return f"{MONTHS[self.first.month - 1]} {self.first.year}"
            case Stretch.WEEK:
                return f"the week of {show_day(self.first)}"
        return show_day(self.first)

    def weekdays(self) -> list[date]:
        """Return the days from Monday to Friday of the stretch, in their order."""
        count = (self.last - self.first).days + 1
        days = [self.first + timedelta(days=each) for each in range(count)]
        return [day for day in days if day.weekday() < 5] or days


@dataclass(frozen=True, slots=True)
class _Part:
    """What one heading says: a year, month, day, week, as far as it says them."""

    stretch: Stretch
    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    is_end: bool = False
    """A week is named by the day that it ends on."""


_OF_WEEK = re.compile(
    r"(?:(?:w/?c|w/?b|w/?s|wk ?(?:c|b|s)|week ?(?:commencing|beginning|starting|of|from)|weeks? ?c|"
    r"commencing|beginning|starting|from)|(w/?e|w/?end|wk ?e|week ?(?:ending|end)|ending))"
    r"[\s.:,–-]+(?=\S)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(\d{4})[-\s]?)?(?:week|wk|w)\s*\.?\s*(?:no\.?\s*)?(\d{1,2})\b[\s:,(–-]*(.*?)\)?",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)??(\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?([a-z]{3,9})\.?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[/.](\d{1,2})", re.IGNORECASE)
_RANGE = re.compile(r"(.+?)\s*(?:–|—|\bto\b|\s-\s|(?<=\d)-(?=\d+\s*[a-z]))\s*(.+)", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = frozenset({"tues", "weds", "thur", "thurs"})
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:\s*[-/–]\s*(?:20)?(\d\d)(?!\d))?")
_SHORT_YEARS = re.compile(r"(?<![\d/])(\d\d)\s*[/–-]\s*(\d\d)(?![\d/])")


def year_in(texts: Iterable[str]) -> tuple[int, bool] | None:
    """Return the first year that *texts* name, and whether it is one from August to July."""
    for text in texts:
        if found := _YEAR.search(text):
            year = int(found[1])
            return year, bool(found[2]) and int(found[2]) == (year + 1) % 100
        if (found := _SHORT_YEARS.search(text)) and int(found[2]) == int(found[1]) + 1:
            return 2000 + int(found[1]), True
    return None


@dataclass(frozen=True, slots=True)
class Labels:
    """The headings of a row that name days, by column; *is_without_year* where no year is told."""

    by_column: dict[int, Label]
    is_without_year: bool = False
    are_weeks_counted: bool = False
    """Weeks have numbers only, taken for those of the calendar year."""


def read(
    cells: Sequence[Cell],
    groups: Sequence[str],
    around: Sequence[str],
    starts: date | None = None,
    least: int | None = None,
) -> Labels | None:
    """Return which of *cells* name days, weeks or months; None where too few do.

    *groups* are the words above each cell, *around* those of title, sheet and file, *starts* the
    day from which numbered weeks are counted where the file says one, *least* how many are enough.
    """
    parts: dict[int, _Part] = {}
    for column, cell in enumerate(cells):
        part = _part(cell, groups[column] if groups else "")
        if part is not None:
            parts[column] = part
    parts = _of_one_kind(parts)
    if not parts or len(parts) < (least or _least(parts)):
        return None
    says_week = any(
        re.search(r"\bweeks?\b|\bw/?c\b", text, re.IGNORECASE)
        for text in (*around, *(values.line(cell) for cell in cells if isinstance(cell, str)))
    )
    found = _dated(parts, around, starts, says_week)
    is_enough = len(found.by_column) >= (least or _least(parts))
    return found if is_enough or found.is_without_year else None


def _least(parts: dict[int, _Part]) -> int:
    are_long = all(part.stretch in (Stretch.WEEK, Stretch.MONTH) for part in parts.values())
    return _ENOUGH_WEEKS if are_long else _ENOUGH


def _of_one_kind(parts: dict[int, _Part]) -> dict[int, _Part]:
    """Return the parts of the commonest kind; a lone date beside week headings is no week."""
    counts = {stretch: sum(p.stretch is stretch for p in parts.values()) for stretch in Stretch}
    most = max(counts, key=lambda stretch: counts[stretch])
    return {column: part for column, part in parts.items() if part.stretch is most}


def _part(cell: Cell, group: str) -> _Part | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _Part(Stretch.DAY, cell.year, cell.month, cell.day)
    words = values.line(cell)
    if not words or len(words) > 60:
        return None
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", words):
        number = int(re.sub(r"\D", "", words))
        month = _month(group)
        if month is None or not 1 <= number <= 31:
            return None
        return _Part(Stretch.DAY, month.year, month.month, number)
    own = _written(words)
    if own is not None and own.stretch is Stretch.MONTH and own.year is None:
        year = year_in((group,))
        return _Part(Stretch.MONTH, year[0] if year and not year[1] else None, own.month)
    return own


def weekday(words: str) -> int | None:
    """Return which day of the week *words* name and nothing else, from 0 for Monday."""
    found = _written(words)
    return found.day if found is not None and found.stretch is Stretch.WEEKDAY else None


def day_without_year(words: str, told: tuple[int, bool]) -> date | None:
    """Return the day that words such as "Tue 3 Aug" name in a year that is told elsewhere.

    *told* is as ``year_in`` gives it; of a year from August on, earlier months are in the next.
    None where it is no such day, or another day of the week than is written.
    """
    named = _WEEKDAY_BEFORE.match(words)
    part = _day(_WEEKDAY_BEFORE.sub("", words))
    if part is None or part.year is not None or not part.month or not part.day:
        return None
    year = _first_year(part, told)
    day = _valid(year, part.month, part.day) if year is not None else None
    if day is not None and named and weekday(named[0].strip(" .,")) != day.weekday():
        return None
    return day


def is_no_label(words: str) -> bool:
    """Return whether *words* name no day, week, month or year."""
    return _written(words) is None and year_in((words,)) is None


def _month(words: str) -> _Part | None:
    found = _written(words) if words else None
    return found if found is not None and found.stretch is Stretch.MONTH else None


def _written(words: str) -> _Part | None:
    """Return what text says of a day, week or month."""
    if found := _OF_WEEK.match(words):
        day = _day(words[found.end() :])
        if day is None:
            return None
        return _Part(Stretch.WEEK, day.year, day.month, day.day, is_end=bool(found[1]))
    if found := _NUMBERED.fullmatch(words):
        rest = _OF_WEEK.sub("", found[3])
        if rest and (day := _day(_first_of(rest))) is not None:
            return _Part(Stretch.WEEK, day.year, day.month, day.day)
        if not 1 <= int(found[2]) <= 60 or (rest and not _is_only_a_year(rest)):
            return None
        year = found[1] or (rest if _is_only_a_year(rest) else None)
        return _Part(Stretch.WEEK, int(year) if year else None, week=int(found[2]))
    lower = words.lower().rstrip(".")
    if lower in _SHORT or any(len(lower) > 2 and each.startswith(lower) for each in _WEEKDAYS):
        at = next(n for n, each in enumerate(_WEEKDAYS) if each.startswith(lower[:3]))
        return _Part(Stretch.WEEKDAY, day=at)
    if month := _month_named(lower):
        return _Part(Stretch.MONTH, month=month)
    if (day := _day(words)) is not None:
        return day
    if (found := _RANGE.fullmatch(words)) and (last := _day(found[2])) is not None:
        first = _day(found[1])
        if first is None and found[1].isdigit():
            first = _Part(Stretch.DAY, last.year, last.month, int(found[1]))
        if first is not None and first.stretch is Stretch.DAY is last.stretch:
            return _Part(Stretch.WEEK, first.year or last.year, first.month, first.day)
    return None


def _first_of(words: str) -> str:
    found = _RANGE.fullmatch(words)
    if found is None:
        return words
    if found[1].isdigit() and (last := _day(found[2])) is not None and last.month:
        return f"{found[1]} {MONTHS[last.month - 1]}" + (f" {last.year}" if last.year else "")
    return found[1]


def _is_only_a_year(words: str) -> bool:
    return re.fullmatch(r"20\d\d", words) is not None


def _day(words: str) -> _Part | None:
    """Return a day, or only a month, with or without its year."""
    words = words.strip(" ()[],:")
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        if (found := pattern.fullmatch(words)) and (named := _month_named(found[month].lower())):
            if pattern is _MONTH_DAY and len(found[2]) == 2 and int(found[2]) > 31:
                break
            if pattern is _MONTH_DAY and re.search(r"-\d\d$", words):
                break  # Sep-26 is a month
            return _Part(Stretch.DAY, None, named, int(found[day]))
    if (found := _NUMBERS.fullmatch(words)) and 1 <= int(found[2]) <= 12:
        return _Part(Stretch.DAY, None, int(found[2]), int(found[1]))
    try:
        written = parse_day(words)
    except ValueError:
        return None
    day_ = written.day
    if not written.is_day_given:
        return _Part(Stretch.MONTH, day_.year, day_.month)
    return _Part(Stretch.DAY, day_.year, day_.month, day_.day)


def _month_named(word: str) -> int | None:
    if len(word) < 3:
        return None
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(word) or (word == "sept" and number == 9):
            return number
    return None


# --- years, weeks -------------------------------------------------------------------------------


def _dated(
    parts: dict[int, _Part], around: Sequence[str], starts: date | None, says_week: bool
) -> Labels:
    some = next(iter(parts.values()))
    if some.stretch is Stretch.WEEKDAY:
        monday = date(2001, 1, 1)
        days = {column: monday + timedelta(days=part.day or 0) for column, part in parts.items()}
        return Labels({c: Label(Stretch.WEEKDAY, day, day) for c, day in days.items()})
    told = year_in(around)
    if all(part.week is not None for part in parts.values()):
        return _numbered_weeks(parts, told, starts)
    year = _first_year(next((p for p in parts.values() if p.year is None), some), told)
    made: dict[int, Label] = {}
    before: date | None = None
    for column, part in parts.items():
        if part.month is None:
            continue
        at = part.year or (before.year if before else year)
        if at is None:
            return Labels({}, is_without_year=True)
        first = _valid(at, part.month, part.day or 1)
        if first is None:
            continue
        if part.year is None and before is not None and first < before - timedelta(days=31):
            first = _valid(at + 1, part.month, part.day or 1) or first
        before = first
        made[column] = _label(part, first)
    return Labels(_widened(made, says_week))


def _first_year(part: _Part, told: tuple[int, bool] | None) -> int | None:
    if told is None:
        return None
    year, is_split = told
    return year + 1 if is_split and part.month is not None and part.month < _AUGUST else year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _label(part: _Part, first: date) -> Label:
    if part.stretch is Stretch.MONTH:
        return Label(
            Stretch.MONTH, first, first.replace(day=monthrange(first.year, first.month)[1])
        )
    if part.stretch is Stretch.WEEK:
        begins = first - timedelta(days=6) if part.is_end else first
        return Label(Stretch.WEEK, begins, begins + timedelta(days=6))
    return Label(Stretch.DAY, first, first)


def _widened(made: dict[int, Label], says_week: bool) -> dict[int, Label]:
    """Take days a month apart for months, and Mondays a week apart for weeks if so said."""
    days = [label.first for label in made.values()]
    if any(label.stretch is not Stretch.DAY for label in made.values()):
        return made
    steps = [later - earlier for earlier, later in pairwise(days)]
    if all(day.day == 1 for day in days) and all(step.days >= 28 for step in steps):
        return {c: _label(_Part(Stretch.MONTH), each.first) for c, each in made.items()}
    are_mondays = all(day.weekday() == 0 for day in days)
    if says_week and are_mondays and all(step.days % 7 == 0 and step.days for step in steps):
        return {c: _label(_Part(Stretch.WEEK), each.first) for c, each in made.items()}
    return made


def _numbered_weeks(
    parts: dict[int, _Part], told: tuple[int, bool] | None, starts: date | None
) -> Labels:
    numbers = [part.week or 1 for part in parts.values()]
    if starts is not None and min(numbers) == numbers[0] <= 2 and numbers == sorted(numbers):
        monday = monday_of(starts)
        return Labels(
            {
                column: _label(_Part(Stretch.WEEK), monday + _WEEK * ((part.week or 1) - 1))
                for column, part in parts.items()
            }
        )
    if told is None and any(part.year is None for part in parts.values()):
        return Labels({}, is_without_year=True)
    year = told[0] if told else 0
    if told and told[1] and numbers[0] < 31:  # week 31 begins in August
        year += 1
    made: dict[int, Label] = {}
    before = 0
    for column, part in parts.items():
        week = part.week or 1
        if part.year is not None:
            year = part.year
        elif week < before:
            year += 1
        before = week
        try:
            made[column] = _label(_Part(Stretch.WEEK), date.fromisocalendar(year, week, 1))
        except ValueError:
            continue
    return Labels(made, are_weeks_counted=True)
