"""What the tests that start the whole program share."""

from __future__ import annotations

from datetime import UTC, date, datetime


class NovemberClock:
    """24 November 2026 in the morning, the day of the sample in tests of the window."""

    def today(self) -> date:
        return date(2026, 11, 24)

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
