"""What an apprentice has to be paid."""

from __future__ import annotations

from enum import StrEnum


class PayPer(StrEnum):
    """What an amount of pay is for."""

    HOUR = "hour"
    YEAR = "year"
