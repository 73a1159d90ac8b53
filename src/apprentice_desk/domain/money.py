"""Money: pounds as Decimal with exactly two places.  Nothing else in the program rounds money.

Rounding is half up (a half penny becomes a penny, away from zero), except where a rate of pay is
shown: that is rounded down.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

PENNY = Decimal("0.01")
MOST = Decimal("999999999.99")
"""The largest amount kept, either way; anything above it is a slip of the keyboard."""

_WRITTEN = re.compile(
    r"(?P<minus>[-−])?\s*£?\s*(?P<minus2>[-−])?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<pence>\.[0-9]+)?",
)


def pounds(value: int | str | Decimal) -> Decimal:
    """Return *value* as pounds with exactly two places.

    Raises ValueError with a sentence if it is finer than a penny, not a number, not finite, or
    larger than MOST.  A float is refused (TypeError): it has already lost the exact amount.
    """
    if isinstance(value, float):
        raise TypeError("money is never a float")
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"“{value}” is not an amount of money.") from None
    if not amount.is_finite():
        raise ValueError(f"“{value}” is not an amount of money.")
    if abs(amount) > MOST:
        raise ValueError(f"{value} is more than £999,999,999.99, the largest amount kept.")
    exact = amount.quantize(PENNY, ROUND_HALF_UP)
    if exact != amount:
        raise ValueError(f"{value} is finer than a penny. Give pounds and whole pence.")
    return exact + 0  # never a minus before zero


def round_pounds(amount: Decimal) -> Decimal:
    """Return *amount* rounded half up to the penny; ValueError as in pounds()."""
    if not amount.is_finite() or abs(amount) > MOST:
        return pounds(amount)
    return pounds(amount.quantize(PENNY, ROUND_HALF_UP))


def round_down(amount: Fraction) -> Decimal:
    """Return an exact *amount*, 0 or more, without what is less than a penny."""
    return from_pence(amount * 100 // 1)


def parse_pounds(text: str) -> Decimal:
    """Return the pounds that a person wrote: "£15,000", "15000.50", "−£20".

    Raises ValueError with a sentence for anything else.  A comma only ever groups thousands.
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or (written["minus"] and written["minus2"]):
        raise ValueError(f"“{text}” is not an amount of money. Write it as 15000 or £15,000.00.")
    sign = "-" if written["minus"] or written["minus2"] else ""
    return pounds(f"{sign}{written['whole'].replace(',', '')}{written['pence'] or ''}")


def show_pounds(amount: Decimal) -> str:
    """Return *amount* as it is read, "£1,234.50"; below zero with a true minus, "−£20.00"."""
    exact = pounds(amount)
    return f"{'−' if exact < 0 else ''}£{abs(exact):,.2f}"


def to_pence(amount: Decimal) -> int:
    """Return *amount* in whole pence, as the file keeps it; ValueError as in pounds()."""
    return int(pounds(amount) * 100)


def from_pence(pence: int) -> Decimal:
    """Return whole *pence* as pounds; ValueError as in pounds()."""
    return pounds(Decimal(pence) * PENNY)
