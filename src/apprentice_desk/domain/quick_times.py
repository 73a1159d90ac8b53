"""Lengths of time and spans of clock times in a quick line.

A plain number is hours; a span of times says when it began as well and ends on the same day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from apprentice_desk.domain import durations
from apprentice_desk.domain.quick_signs import BLANKS, DASH, GAP, WORD_ENDS

A_DAY = 24 * 60
HOW = "Write it as 1:30, 1.5, 1h30, 90m or 9:00-12:30."

_ENDS = rf"(?=[{BLANKS};&+]|,(?![0-9])|$)"  # 1,000 is not 1
_FOR = rf"(?:for{GAP}+)?"
_HOUR = "(?:hours|hour|hrs|hr|h)"
_MINUTE = "(?:minutes|minute|mins|min|m)"
_NUMBER = r"(?:[0-9]{1,4}(?:[.,][0-9]{1,2})?|[.,][0-9]{1,2})"
_LENGTH = re.compile(
    rf"{_FOR}(?P<length>[0-9]{{1,4}}:[0-9]{{1,2}}"
    rf"|[0-9]{{1,4}}{GAP}*{_HOUR}(?:[0-9]{{1,2}}{_MINUTE}?|{GAP}*(?:and{GAP}+)?[0-9]{{1,2}}{GAP}*{_MINUTE})"
    rf"|{_NUMBER}{GAP}*{_HOUR}|[0-9]{{1,5}}{GAP}*{_MINUTE}){_ENDS}",
    re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(rf"{_FOR}(?P<length>[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?|[.,][0-9]{{1,2}}){_ENDS}")
_CLOCK = rf"([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))?(?:{GAP}*([ap]m))?"
_SPAN = re.compile(
    rf"(?:from{GAP}+)?{_CLOCK}(?:{GAP}+(?:to|{DASH}){GAP}+|{DASH}){_CLOCK}{WORD_ENDS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A length of time from somewhere up to *end*; if it is wrong, *message* and *remedy* say why.

    *is_plain* is true of a number without a unit, which may as well be something else.
    """

    end: int
    minutes: int = 0
    began_at: str = ""
    is_plain: bool = False
    message: str = ""
    remedy: str = ""


def read_time(text: str, place: int) -> WrittenTime | None:
    """Return the length of time that begins at *place*; None if there is none."""
    if found := _SPAN.match(text, place):
        return _span(found)
    if found := _LENGTH.match(text, place):
        return _length(found, is_plain=False)
    if found := _PLAIN.match(text, place):
        return _length(found, is_plain=True)
    return None


def shown_time(minutes: int, began_at: str = "") -> str:
    """Return a length of time as its chip shows it: "3 h 30 m", "9:00 to 12:30, 3 h 30 m"."""
    if not began_at:
        return durations.sentence(minutes)
    began = int(began_at[:2]) * 60 + int(began_at[3:])
    return f"{_clock(began)} to {_clock(began + minutes)}, {durations.sentence(minutes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _length(found: re.Match[str], *, is_plain: bool) -> WrittenTime:
    written = " ".join(re.split(f"{GAP}+", found["length"]))
    try:
        minutes = durations.parse_minutes(written)
    except ValueError:
        message = f"“{written}” is not a length of time."
        return WrittenTime(found.end(), is_plain=is_plain, message=message, remedy=HOW)
    if not minutes:
        message = f"“{written}” is no time at all."
        return WrittenTime(found.end(), is_plain=is_plain, message=message, remedy=HOW)
    if minutes > A_DAY:
        return WrittenTime(
            found.end(),
            is_plain=is_plain,
            message=f"{durations.sentence(minutes)} does not fit in one day.",
            remedy="An entry has at most 24 hours. If it is part of the words, put them in"
            " quotation marks.",
        )
    return WrittenTime(found.end(), minutes, is_plain=is_plain)


def _span(found: re.Match[str]) -> WrittenTime:
    """Return the span of times; a time without am or pm is on the 24-hour clock.

    Where only one of the two has am or pm, the other is the nearest that makes sense: 9-1pm
    begins in the morning, 2pm-4 ends in the afternoon.
    """
    first_hour, first_rest, first_half, last_hour, last_rest, last_half = found.groups()
    end, written = found.end(), found[0]
    began = _moments(first_hour, first_rest, first_half, is_half_known=not last_half)
    ended = _moments(last_hour, last_rest, last_half, is_half_known=not first_half)
    if not began or not ended or began[0] == A_DAY:
        return WrittenTime(
            end, message=f"“{written}” has a time that no clock shows.", remedy=_SPAN_HOW
        )
    if not first_half and not last_half and first_hour in _EARLY:
        return WrittenTime(
            end,
            message=f"“{written}” could be in the morning or in the afternoon.",
            remedy=f"Begin with {int(first_hour) + 12}:{first_rest or '00'} for the afternoon, or"
            f" with 0{first_hour}:{first_rest or '00'} for the early morning.",
        )
    pairs = [(last - first, first) for first in began for last in ended if last > first]
    if not pairs:
        return WrittenTime(
            end,
            message=f"“{written}” ends before it begins, or goes past midnight.",
            remedy=f"{_SPAN_HOW} What goes past midnight is logged as two days. A day is"
            " written 17/11.",
        )
    minutes, first = min(pairs)
    return WrittenTime(end, minutes, f"{first // 60:02d}:{first % 60:02d}")


_EARLY = ("1", "2", "3", "4", "5", "6")
_SPAN_HOW = "Write times as 9:00-12:30, 13-17 or 9am-5pm."


def _moments(hour: str, rest: str | None, half: str | None, *, is_half_known: bool) -> list[int]:
    """Return which minutes of the day a time could be; none if no clock shows it."""
    hours, minutes = int(hour), int(rest or 0)
    if minutes > 59 or hours * 60 + minutes > A_DAY:
        return []
    if half:
        if not 1 <= hours <= 12:
            return []
        return [(hours % 12 + (12 if half.lower() == "pm" else 0)) * 60 + minutes]
    plain = hours * 60 + minutes
    return [plain] if is_half_known or not 1 <= hours <= 12 else [plain, (plain + 720) % A_DAY]
