"""What day and time it is: asked here and nowhere else, and handed to whoever needs it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the day and the instant."""

    def today(self) -> date:
        """Return today, where the computer stands."""

    def now(self) -> datetime:
        """Return this instant, in UTC."""


class SystemClock:
    """The computer's own clock."""

    def today(self) -> date:
        """Return today, where the computer stands."""
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """Return this instant, in UTC."""
        return datetime.now(UTC)
