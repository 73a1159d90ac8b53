"""Durations: whole minutes as int, read and shown in the ways people write them.

Sentences say 7 h 30 m, grids 7:30, rates 6.1 h a week, workbooks decimal hours with two places.
Whole minutes return exactly from every one of these but the rate.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

MOST_MINUTES = 9_999 * 60
"""The most that may be typed: more than any apprenticeship takes."""

_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3}"
_NUMBER = rf"{_GROUPED}(?:\.[0-9]{{1,9}})?|[0-9]{{1,9}}(?:[.,][0-9]{{1,9}})?|[.,][0-9]{{1,9}}"
_HOUR = r"h|hr|hrs|hour|hours"
_MINUTE = r"m|min|mins|minute|minutes"
_CLOCK = re.compile(r"([0-9]{1,9}):([0-5][0-9])(?::00)?")
_HOURS = re.compile(rf"({_NUMBER})\s*(?:{_HOUR})?")
_MINUTES = re.compile(rf"([0-9]{{1,9}})\s*(?:{_MINUTE})")
_BOTH = re.compile(
    rf"({_GROUPED}|[0-9]{{1,9}})\s*(?:{_HOUR})\s*(?:and\s+)?([0-5]?[0-9])\s*(?:{_MINUTE})?"
)
_FIGURE_AND_UNIT = re.compile(r"(?<=\d) (?=(?:h|m|wk)\b)")
_THOUSANDS = re.compile(rf"{_GROUPED}(?:\.[0-9]+)?")


def parse_minutes(text: str) -> int:
    """Return the minutes that a person wrote.

    Takes "7:30", "7.5", "7,5", "7h 30m", "7h30", "90m", "90 min" and "1 h".  A plain number is
    hours, rounded to the nearest minute.  A comma before exactly three digits groups thousands
    ("1,022"), any other is a decimal comma ("7,5").  Raises ValueError with a sentence for
    anything else, for less than nothing and for more than 9,999 hours.
    """
    written = text.strip().lower()
    if clock := _CLOCK.fullmatch(written):
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif hours := _HOURS.fullmatch(written):
        minutes = nearest_minute(Fraction(_plain(hours[1])) * 60)
    elif only := _MINUTES.fullmatch(written):
        minutes = int(only[1])
    elif both := _BOTH.fullmatch(written):
        minutes = int(both[1].replace(",", "")) * 60 + int(both[2])
    elif written.startswith(("-", "−")):
        raise ValueError(f"“{text}” is less than no time at all. Write the time without a minus.")
    else:
        raise ValueError(
            f"“{text}” is not a length of time. Write hours as 7:30, 7.5 or 7h 30m,"
            " or minutes as 90m."
        )
    if minutes > MOST_MINUTES:
        raise ValueError(f"“{text}” is more than 9,999 hours. Check whether it is right.")
    return minutes


def _plain(number: str) -> str:
    if _THOUSANDS.fullmatch(number):
        return number.replace(",", "")
    return number.replace(",", ".")


def nearest_minute(minutes: Fraction) -> int:
    """Return *minutes* as whole minutes, a half rounded away from zero."""
    above, below = minutes.numerator, minutes.denominator  # by hand: Fraction's own sums are slow
    whole = (2 * abs(above) + below) // (2 * below)
    return -whole if above < 0 else whole


def sentence(minutes: int) -> str:
    """Return *minutes* as a sentence says them: "7 h 30 m", "45 m", "7 h", "−7 h 30 m"."""
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours or not rest:
        parts.append(f"{hours:,} h")
    if rest:
        parts.append(f"{rest} m")
    return ("−" if minutes < 0 else "") + " ".join(parts)


def bound(text: str) -> str:
    """Return *text* with figures bound to their unit, so that no line ends between them."""
    return _FIGURE_AND_UNIT.sub("\u00a0", text)


def grid(minutes: int) -> str:
    """Return *minutes* as a table shows them: "7:30", "−7:30"."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{hours}:{rest:02d}"


def rate(minutes_a_week: Fraction | float) -> str:
    """Return a weekly rate in hours, one place, half up: "6.1 h a week"."""
    tenths = nearest_minute(Fraction(minutes_a_week) / 6)  # a tenth of an hour is six minutes
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'−' if tenths < 0 else ''}{whole:,}.{tenth} h a week"


def decimal_hours(minutes: int) -> Decimal:
    """Return *minutes* as hours with two places, half up: 41,204 minutes are 686.73."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def minutes_from_hours(hours: Decimal | str | int | float) -> int:
    """Return decimal *hours* as the nearest whole minute, so that decimal_hours() returns exactly.

    A float is taken as it is written (through str).  Below zero is allowed: whether it makes
    sense is for the caller to check.  Raises ValueError with a sentence if it is not a number.
    """
    try:
        exact = Decimal(str(hours).strip())
    except InvalidOperation:
        raise ValueError(f"“{hours}” is not a number of hours.") from None
    if not exact.is_finite():
        raise ValueError(f"“{hours}” is not a number of hours.")
    return nearest_minute(Fraction(exact) * 60)


def round_up_to_minute(minutes: Fraction) -> int:
    """Return *minutes* as whole minutes, rounded up: a rule's minimum is never undercut."""
    return math.ceil(minutes)
