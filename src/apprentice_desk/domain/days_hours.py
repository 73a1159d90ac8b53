"""The hours of one day together: more than a day has, and times that overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import clocks_change_on, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place

DAY_MINUTES = 24 * 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One entry of a day: its minutes, and the time it began as hh:mm where that is known."""

    minutes: int
    began_at: str = ""

    @property
    def times(self) -> tuple[int, int] | None:
        """Minute of the day at which it began and ended by its length; None without a time."""
        minute = minute_of_day(self.began_at)
        return None if minute is None else (minute, minute + self.minutes)


def minute_of_day(text: str) -> int | None:
    """Return the minute of the day that hh:mm means; None for anything else."""
    read = _TIME.fullmatch(text)
    return int(read[1]) * 60 + int(read[2]) if read else None


def check_sum(day: date, minutes: int, others_minutes: int) -> list[Finding]:
    """Return the finding that *minutes* more do not fit into *day*; no day has more than 24 h."""
    together = minutes + others_minutes
    if together <= DAY_MINUTES:
        return []
    return [
        Finding(
            Level.ROW,
            "HO008",
            f"{show_day(day)} would have {sentence(together)} with this entry:"
            f" {sentence(others_minutes)} are logged on it already.",
            "A day has 24 hours. Check the day, the hours, and whether it is there already.",
            Place(field="minutes"),
        )
    ]


def check_times(day: date, given: Stretch, others: Sequence[Stretch]) -> list[Finding]:
    """Return a note for each of *others* that was going on at the same time as *given*.

    On the nights when the clocks change, the times alone do not tell: that is said.
    """
    times = given.times
    if times is None:
        return []
    findings = []
    for other in others:
        theirs = other.times
        if theirs is None or times[0] >= theirs[1] or theirs[0] >= times[1]:
            continue
        told = f"{sentence(other.minutes)} from {other.began_at} are logged on {show_day(day)}"
        if clocks_change_on(day):
            message = f"{told}: the clocks change that day, so the two may overlap or not."
        else:
            message = f"{told}, at the same time as this entry."
        findings.append(
            Finding(
                Level.NOTE, "HO009", message, "Check the times, or whether it is there already.",
                Place(field="began_at"),
            )
        )  # fmt: skip
    return findings
