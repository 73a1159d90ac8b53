"""The days of a contract along a line: those that are past, today, and those to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_terms import Milestone, TermDay

ON_THE_LINE = frozenset(
    {TermDay.START, TermDay.DECIDE, TermDay.NOTICE, TermDay.END, TermDay.EXTENSION}
)
"""What stands on the line itself; when a framework ends and insurances run out is in its table."""


@dataclass(frozen=True, slots=True)
class LineDay:
    """One day of the line and all that falls on it, the contract's end first.

    Without milestones it is today.
    """

    on: date
    is_today: bool
    milestones: tuple[Milestone, ...]

    def words(self) -> str:
        """What the day is: "Notice by", "Ends, extension to decide", "Today"."""
        said = ["Today"] if self.is_today else []
        first, *others = said + [each.words() for each in self.milestones]
        return ", ".join((first, *(word[:1].lower() + word[1:] for word in others)))

    def has(self, kind: TermDay) -> bool:
        """Whether something of that kind falls on the day."""
        return any(each.kind is kind for each in self.milestones)


def line_days(milestones: Iterable[Milestone], today: date) -> tuple[LineDay, ...]:
    """Return the days of the line with today among them, by day; none where no day is known."""
    held: dict[date, list[Milestone]] = {}
    for each in milestones:
        held.setdefault(each.on, []).append(each)
    if not held:
        return ()
    held.setdefault(today, [])
    return tuple(
        LineDay(on, on == today, tuple(sorted(held[on], key=_is_not_the_end)))
        for on in sorted(held)
    )


def _is_not_the_end(milestone: Milestone) -> bool:
    return milestone.kind is not TermDay.END


def how_far(day: date, today: date) -> str:
    """Return how far a day is from today: "tomorrow", "in 27 days", "1,022 days ago"."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def in_words(days: Iterable[LineDay], today: date) -> str:
    """Return the line as a sentence for those who do not see it."""
    told = (
        f"{each.words()}: {show_day(each.on)}"
        + ("" if each.is_today else f", {how_far(each.on, today)}")
        for each in days
    )
    return "; ".join(told)
