"""The days of a stay elsewhere: those that were asked for, those that were agreed, those it took.

A light form counts working days; bank holidays are not left out, so that its window is never too
short by one that moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.vocabulary import SecondmentStatus

LOTI = "LOTI"
EMPLOYER = "technology employer"

STANDS = frozenset(
    {SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY, SecondmentStatus.COMPLETED}
)
"""What somebody can rely on: agreed with the host, or begun."""
ASKED = frozenset({SecondmentStatus.REQUESTED, SecondmentStatus.APPROVED, SecondmentStatus.MATCHED})
"""What may still come about."""


class SpentFacts(Protocol):
    """What says which days of one secondment, shadowing or visit were spent there."""

    @property
    def status(self) -> SecondmentStatus:
        """Where it stands."""

    @property
    def started_on(self) -> date | None:
        """When it started."""

    @property
    def ended_on(self) -> date | None:
        """When it ended."""


class StayFacts(SpentFacts, Protocol):
    """What is known of the days of one secondment, shadowing or visit."""

    @property
    def earliest_start_on(self) -> date | None:
        """The first day on which it may start."""

    @property
    def latest_start_on(self) -> date | None:
        """The last such day."""

    @property
    def weeks(self) -> int | None:
        """How many weeks it lasts."""

    @property
    def days(self) -> int | None:
        """How many working days its light form lasts."""

    @property
    def agreed_start_on(self) -> date | None:
        """The first day that was agreed."""

    @property
    def agreed_end_on(self) -> date | None:
        """The last day that was agreed."""


def asked_window(facts: StayFacts) -> Period | None:
    """Return every day that it may touch as it was asked for; None while no start is known."""
    first = facts.earliest_start_on
    if first is None:
        return None
    last_start = max(facts.latest_start_on or first, first)
    return Period(first, last_day(last_start, facts.weeks, facts.days))


def last_day(first: date, weeks: int | None, days: int | None) -> date:
    """Return the last day of a stay of so many weeks or working days from *first* on.

    Where neither is known it is that day alone.
    """
    if weeks:
        return first + timedelta(weeks=weeks, days=-1)
    last, left = first, (days or 1) - 1
    while left:
        last += timedelta(days=1)
        left -= last.weekday() < 5
    return last


def stay(facts: StayFacts) -> Period | None:
    """Return its days as far as they stand: as it went, else as agreed; None while neither is.

    What is under way goes on to the day that was agreed, and without one has no end yet.
    """
    if facts.status not in STANDS:
        return _broken_off(facts)
    first = facts.started_on or facts.agreed_start_on
    if first is None:
        return None
    last = facts.ended_on or facts.agreed_end_on
    if last is None and facts.status is SecondmentStatus.AGREED:
        last = last_day(first, facts.weeks, facts.days)
    return Period(first, None if last is None else max(first, last))


def _broken_off(facts: StayFacts) -> Period | None:
    """The days of one that had begun and was withdrawn: they were spent there all the same."""
    if facts.status is not SecondmentStatus.WITHDRAWN or facts.started_on is None:
        return None
    return Period(facts.started_on, facts.ended_on or facts.started_on)


def spent(facts: SpentFacts) -> Period | None:
    """Return the days that were spent there, from the day on which it started; None before that.

    What has no last day yet goes on, unless it was given up.
    """
    first, last = facts.started_on, facts.ended_on
    if first is None:
        return None
    if last is None and facts.status in (SecondmentStatus.WITHDRAWN, SecondmentStatus.DECLINED):
        last = first
    return Period(first, last)


def window(facts: StayFacts) -> Period | None:
    """Return the days that are looked at for clashes: the stay, else what was asked for."""
    return stay(facts) or asked_window(facts)


def host_words(host: str | None, host_name: str = "") -> str:
    """Return where it is in words, without looking a borough up; "elsewhere" while not known."""
    if host_name.strip():
        return host_name.strip()
    if not host:
        return "elsewhere"
    return {LOTI: LOTI, EMPLOYER: "a technology employer"}.get(host, "another borough")


class Where(StrEnum):
    """Where an entry of hours was done, by somebody who is away with a host on its day."""

    HOST = "with the host"
    HOME = "at home"


@dataclass(frozen=True, slots=True)
class HostStay:
    """The days that one apprentice spends with a host, by the key of the secondment.

    *days* has no end while it goes on; *agreed_end_on* is the day until which it was agreed.
    """

    id: UUID
    apprenticeship_id: UUID
    days: Period
    where: str
    agreed_end_on: date | None = None
    is_light: bool = False

    @property
    def says(self) -> str:
        """Where somebody is and until when: "with LOTI until 3 Jul 2026"."""
        if self.days.first == self.days.last:
            return f"with {self.where} on {show_day(self.days.first)}"
        until = self.days.last or self.agreed_end_on
        end = "" if until is None else f" until {show_day(until)}"
        return f"with {self.where}{end}"


def host_days_between(stays: Iterable[HostStay], first: date, last: date) -> int:
    """Return on how many days from *first* to *last*, both included, somebody was with a host."""
    if last < first:
        return 0
    span = Period(first, last)
    parts = [both for each in stays if (both := each.days.overlap(span)) is not None]
    days = {
        both.first + timedelta(days=number) for both in parts for number in range(both.days or 0)
    }
    return len(days)


def stay_on(stays: Iterable[HostStay], day: date) -> HostStay | None:
    """Return which of the *stays* of one apprentice holds *day*: of two the one begun last."""
    held = [each for each in stays if day in each.days]
    return max(held, key=lambda each: (each.days.first, each.id.hex), default=None)
