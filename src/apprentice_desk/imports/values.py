"""Single cells as values: a day, minutes, a price, a ULN, KSB codes.

Every reader takes a cell as ``sheets`` gives it, returns None (or "") where nothing is said, and
raises ValueError with a sentence for what it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from apprentice_desk.domain import calendar, durations, identifiers, ksb_codes, money
from apprentice_desk.domain.calendar import WrittenDay
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.turning import TURNS
from apprentice_desk.imports.fields import nothing_words, plain
from apprentice_desk.sheets import Cell

_SPACES = re.compile(r"[^\S\n]+")
_NOT_SHOWN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff{TURNS}]")
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,20})?")
_WITHOUT_ANYTHING = frozenset({"n/a", "-", "–", "—", "--"})
# Excel's first day; a length of 24 hours or more that was given a date format counts from it.
_DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 - a spreadsheet's days have no time zone

T = TypeVar("T")
_SHORT = 100
_SPAN = re.compile(r"(.{6,30}?)\s*(?:–|—|\s-\s|\bto\b|\buntil\b)\s*(.{6,30})", re.IGNORECASE)
_LONGEST_SPAN = 31  # days
_SHORTEST_SPAN = 13  # letters


def _remembered(read: Callable[..., T]) -> Callable[..., T]:
    """Keep what *read* makes of short texts, since the cells of a long list repeat each other.

    Long ones seldom do, and would fill the memory.
    """
    kept = lru_cache(maxsize=10_000)(read)

    def reading(words: str, *more: Hashable) -> T:
        return kept(words, *more) if len(words) <= _SHORT else read(words, *more)

    return reading


def text(cell: Cell) -> str:
    """Return what a cell says, tidied: spaces of any kind are one space, line breaks stay."""
    match cell:
        case None:
            return ""
        case str():
            if cell.isprintable() and "  " not in cell:  # as most are: nothing to tidy
                return cell.strip()
            tidy = _NOT_SHOWN.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
            lines = [_SPACES.sub(" ", line).strip() for line in tidy.split("\n")]
            return "\n".join(lines).strip()
        case bool():
            return "Yes" if cell else "No"
        case datetime():
            return f"{calendar.table_day(cell.date())} {cell:%H:%M}"
        case date():
            return calendar.table_day(cell)
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            return durations.grid(durations.nearest_minute(Fraction(cell / timedelta(minutes=1))))
    return str(cell)


def line(cell: Cell) -> str:
    """Return what a cell says, on one line."""
    return " ".join(text(cell).split())


def said(cell: Cell) -> str:
    """Return what a cell says on one line, "" where it says that there is nothing ("n/a")."""
    if cell is None:
        return ""
    return _said(cell) if isinstance(cell, str) and len(cell) <= _SHORT else _unless_nothing(cell)


def _unless_nothing(cell: Cell) -> str:
    words = line(cell)
    return "" if words.casefold() in nothing_words() else words


_said = lru_cache(maxsize=10_000)(_unless_nothing)


def name(cell: Cell) -> str:
    """Return a person's name; only dashes and "n/a" mean nobody, since Na and Nil are names."""
    if cell is None:
        return ""
    words = line(cell)
    return "" if words.casefold() in _WITHOUT_ANYTHING else words


def prose(cell: Cell) -> str:
    """Return free text with its line breaks; dashes and "n/a" mean nothing."""
    if cell is None:
        return ""
    words = text(cell)
    return "" if words.casefold() in _WITHOUT_ANYTHING else words


def code(cell: Cell) -> str:
    """Return a reference; a placeholder in square brackets stands for one that was taken out."""
    words = said(cell)
    return "" if words[:1] == "[" and _PLACEHOLDER.fullmatch(words) else words


def is_blank(cell: Cell) -> bool:
    """Return whether nothing can be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not text(cell))


def day(cell: Cell, *, end: bool = False) -> WrittenDay | None:
    """Return the day in a cell; only a month becomes its first day, with *end* its last."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        if not calendar.FIRST_YEAR <= cell.year <= calendar.LAST_YEAR:
            raise ValueError(f"{calendar.table_day(cell)} is not a day of these times.")
        return WrittenDay(cell, is_day_given=True)
    words = said(cell)
    return _written_day(words, end) if words else None


def span(cell: Cell) -> tuple[date, date] | None:
    """Return the first and last of several days in one cell: "7/9/2026 - 9/9/2026"; else None."""
    if not isinstance(cell, str) or len(cell) < _SHORTEST_SPAN:
        return None
    if (found := _SPAN.fullmatch(line(cell))) is None:
        return None
    try:
        first, last = calendar.parse_day(found[1]), calendar.parse_day(found[2])
    except ValueError:
        return None
    is_span = first.is_day_given and last.is_day_given
    length = (last.day - first.day).days
    return (first.day, last.day) if is_span and 0 < length <= _LONGEST_SPAN else None


@_remembered
def _written_day(words: str, end: bool) -> WrittenDay:
    return calendar.parse_day(words, end=end)


def minutes(cell: Cell, *, are_minutes: bool = False) -> int | None:
    """Return the length of time in a cell, in minutes.

    A plain number is hours, with *are_minutes* minutes; a time of day, as a spreadsheet makes of
    1:00, is that long.
    """
    match cell:
        case None:
            return None
        case bool():
            raise ValueError(f"“{text(cell)}” is not a length of time. Write hours as 7:30 or 7.5.")
        case time():
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
            return durations.nearest_minute(Fraction(seconds, 60))
        case timedelta():
            return _span(cell)
        case date():
            whole = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
            if whole.year <= 1900:
                return _span(whole - _DAY_ZERO)
            raise ValueError(f"“{text(cell)}” is a day, not a length of time.")
        case int() | float():
            return _from_number(str(cell), are_minutes=are_minutes)
    words = said(cell)
    if not words:
        return None
    if are_minutes and _NUMBER.fullmatch(words):
        return _from_number(words, are_minutes=True)
    return _written_minutes(words)


@_remembered
def _written_minutes(words: str) -> int:
    return durations.parse_minutes(words)


def _span(length: timedelta) -> int:
    if length < timedelta():
        raise ValueError("This is less than no time at all. Write the time without a minus.")
    return _most(durations.nearest_minute(Fraction(length // timedelta(seconds=1), 60)), length)


@lru_cache(maxsize=10_000)
def _from_number(number: str, *, are_minutes: bool) -> int:
    count = durations.minutes_from_hours(number)  # raises where it is no number
    if are_minutes:
        count = durations.nearest_minute(Fraction(number))
    if count < 0:
        raise ValueError(f"“{number}” is less than no time at all. Write the time without a minus.")
    return _most(count, number)


def _most(count: int, written: object) -> int:
    if count > durations.MOST_MINUTES:
        raise ValueError(f"“{written}” is more than 9,999 hours. Check whether it is right.")
    return count


def plain_number(cell: Cell) -> Fraction | None:
    """Return the number in a cell that holds nothing but a number, else None."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    words = line(cell)
    return Fraction(words) if _NUMBER.fullmatch(words) else None


_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-5][0-9]))?(?::[0-5][0-9])?\s*([ap])?\.?m?\.?")


def clock(cell: Cell) -> str:
    """Return a time of day as hh:mm."""
    if isinstance(cell, datetime | time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        cell = durations.grid(_span(cell))
    words = said(cell).lower()
    if not words:
        return ""
    found = _TIME.fullmatch(words)
    if found is None or not (found[2] or found[3]):
        raise ValueError(f"“{words}” is not a time of day. Write it as 9:30.")
    hour = int(found[1])
    if found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    elif found[3] or hour > 23:
        raise ValueError(f"“{words}” is not a time of day. Write it as 9:30.")
    return f"{hour:02d}:{found[2] or '00'}"


def pounds(cell: Cell) -> Decimal | None:
    """Return an amount of money, 0 or more."""
    if isinstance(cell, bool | date | time | timedelta):
        raise ValueError(  # noqa: TRY004 - a person is told, as of any other cell
            f"“{text(cell)}” is not an amount of money. Write it as 15000 or £15,000."
        )
    if isinstance(cell, int | float):
        amount = money.pounds(str(cell))
    elif words := said(cell):
        amount = money.parse_pounds(words)
    else:
        return None
    if amount < 0:
        raise ValueError(f"“{text(cell)}” is less than nothing. Write the price without a minus.")
    return amount


def signed_pounds(cell: Cell) -> Decimal | None:
    """Return an amount of money; below £0 with a minus, in brackets, or with CR behind it."""
    came_back = _CAME_BACK.fullmatch(said(cell)) if isinstance(cell, str) else None
    if came_back is not None:
        found = pounds(came_back[1] or came_back[2] or came_back[3])
        return None if found is None else -found
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell < 0:
        return -money.pounds(str(-cell))
    return pounds(cell)


_CAME_BACK = re.compile(r"\((.+)\)|[-−–]\s*(.+)|(.+?)\s*CR", re.IGNORECASE)


def uln(cell: Cell) -> str | None:
    """Return a unique learner number."""
    words = code(cell)
    return identifiers.check_uln(words) if words else None


def checked(check: Callable[[str], str]) -> Callable[[Cell], str | None]:
    """Return a reader of cells that hold a number or code with a *check* of its own."""

    def read(cell: Cell) -> str | None:
        words = said(cell)
        return check(words) if words else None

    return read


_LEVEL = re.compile(r"(?:level\s*|l)?([1-8])", re.IGNORECASE)


def level(cell: Cell) -> int | None:
    """Return the level of a course: 4, "Level 4" or "L4"."""
    words = said(cell)
    if not words:
        return None
    if found := _LEVEL.fullmatch(words):
        return int(found[1])
    raise ValueError(f"“{words}” is not a level. Write a number from 1 to 8.")


_CODES = re.compile(
    r"(?<![A-Za-z])([KSB])\s?([0-9]{1,3}(?:\.[0-9]{1,2})?)((?:\s*(?:,|;|/|&|-|–|to|and)\s*[0-9]{1,3}"
    r"(?:\.[0-9]{1,2})?(?![0-9]*\s?[A-Za-z:]))*)",
    re.IGNORECASE,
)
_CODE_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_ONLY_NUMBERS = re.compile(r"[0-9]{1,3}(?:\s*[,;/&-]\s*[0-9]{1,3})*")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def ksbs(cell: Cell, letter: str = "") -> str:
    """Return the codes of knowledge, skills and behaviours in a cell, as "K1-2, S4".

    Plain numbers take the *letter* of their heading.  Text without any code stays as it is.
    """
    return _tidy_codes(said(cell), letter)


@_remembered
def _tidy_codes(words: str, letter: str) -> str:
    if letter and _ONLY_NUMBERS.fullmatch(words):
        words = letter + words
    try:
        return ksb_codes.write(ksb_codes.read(words))
    except ValueError:  # it says more than codes
        return ksb_codes.tidy(", ".join(_written_out(words)) or words)


def ksbs_anywhere(words: str) -> str:
    """Return the codes that stand anywhere in a sentence, "" where there are none."""
    return ksb_codes.tidy(", ".join(_written_out(words)))


def ksbs_in_brackets(words: str) -> str:
    """Return the codes that stand in brackets in a sentence, "" where there are none."""
    if "(" not in words:
        return ""
    inside = _IN_BRACKETS.findall(words)
    return ksb_codes.tidy(", ".join(code for part in inside for code in _written_out(part)))


@_remembered
def _written_out(words: str) -> tuple[str, ...]:
    codes: list[str] = []
    for found in _CODES.finditer(words):
        try:
            codes += ksb_codes.read(found[0])
        except ValueError:  # such as K7-4: those that it names, and none between them
            letter = found[1].upper()
            codes += [letter + number for number in _CODE_NUMBER.findall(found[0])]
    return tuple(dict.fromkeys(codes))


_ON = re.compile(r"\bon\b")
_OFF = re.compile(r"\boff\b|\botjt?\b")
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0"})


def is_off_the_job(cell: Cell, heading: str) -> bool | None:
    """Return whether a cell says off the job, None where it says nothing.

    A yes or no answers the *heading*, which asks about off the job unless it only speaks of on.
    """
    words = said(cell).casefold()
    if not words:
        return None
    asked = plain(heading)
    if words in _YES or words in _NO:
        asks_about_on = bool(_ON.search(asked)) and not _OFF.search(asked)
        return (words in _YES) is not asks_about_on
    tidy = plain(words)
    if _OFF.search(tidy) and not _ON.search(tidy):
        return True
    if _ON.search(tidy) and not _OFF.search(tidy):
        return False
    raise ValueError(f"“{line(cell)}” says neither on the job nor off the job.")


_SHORTEST_INSIDE = 5  # "work" or "exam" inside a longer cell says too little


def activity(words: str, known: Mapping[str, Activity]) -> Activity | None:
    """Return the activity that *words* name: wholly, else by the longest known words inside."""
    wanted = " ".join(words.casefold().split())
    if found := activity_named(wanted, known):
        return found
    padded = f" {plain(wanted)} "
    for word, each in known.items():  # the longest first
        if len(word) >= _SHORTEST_INSIDE and f" {plain(word)} " in padded:
            return each
    return None


def activity_named(words: str, known: Mapping[str, Activity]) -> Activity | None:
    """Return the activity that *words* name wholly, None if they say more or something else."""
    wanted = " ".join(words.casefold().split())
    return known.get(wanted) or known.get(wanted.replace("_", " "))
