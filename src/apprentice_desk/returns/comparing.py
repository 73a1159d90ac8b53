"""What the rules about rows compare with; whatever is not known passes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from apprentice_desk.returns.registry import Example

# An email address, or as many digits in a row as a ULN or a telephone number has.
_SOMEBODY = re.compile(r"\w@\w|(?:\d ?){9}\d")


def apart(**values: object) -> Example:
    """Return an example by what differs from a good line."""
    return Example(values)


def are_in_order(first: date | None, second: date | None, *, strictly: bool = False) -> bool:
    """Return whether *first* is not after *second*; strictly, whether it is before."""
    if first is None or second is None:
        return True
    return first < second if strictly else first <= second


def is_at_most(part: Decimal | int | None, whole: Decimal | int | None) -> bool:
    """Return whether *part* is not more than *whole*."""
    return part is None or whole is None or part <= whole


def is_percent(percent: Decimal | None) -> bool:
    """Whether a percentage cannot be a share of 1; 0 can be either and means the same."""
    return percent is None or percent == 0 or percent > 1


def names_nobody(text: str) -> bool:
    """Whether a free text holds neither an email address nor a long number."""
    return _SOMEBODY.search(text) is None


def is_one_without_the_other(first: object, second: object) -> bool:
    """Whether exactly one of two values is known."""
    return (first in (None, "")) is not (second in (None, ""))
