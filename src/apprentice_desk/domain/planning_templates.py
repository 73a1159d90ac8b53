"""Plans made from others: a template in days from the start, and the plan of a colleague.

Nothing is doubled: what a plan has already is told apart first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning import (
    ActivityDetails,
    DeliveredBy,
    PlanActivityRow,
    by_day,
)


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One activity of a template; its days are counted from the start of training, which is 0."""

    title: str = ""
    kind: Activity | None = None
    delivered_by: DeliveredBy | None = None
    starts_after_days: int | None = None
    due_after_days: int | None = None
    planned_minutes: int | None = None
    ksbs: str = ""
    is_mandatory: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """What a plan would take on: *new* ones, those that are *there* already, those *beyond*.

    *beyond* are of the new ones, and end after the planned end of training, *ends_on*.
    """

    new: tuple[ActivityDetails, ...]
    there: tuple[ActivityDetails, ...]
    beyond: tuple[ActivityDetails, ...]
    ends_on: date | None

    @property
    def says(self) -> str:
        """The same in a sentence."""
        if not self.new:
            return "Has all of it already" if self.there else "Nothing to take on"
        says = f"{len(self.new)} new"
        if self.there:
            says += f", {len(self.there)} there already"
        if self.beyond and self.ends_on is not None:
            says += f"; {len(self.beyond)} after the planned end, {show_day(self.ends_on)}"
        return says


def as_lines(activities: Iterable[PlanActivityRow], started_on: date) -> tuple[TemplateLine, ...]:
    """Return a plan as a template, by day; dropped activities are left out.

    A day before the start of training becomes the start itself.
    """
    return tuple(
        TemplateLine(
            each.title,
            each.kind,
            each.delivered_by,
            _days_after(each.starts_on, started_on),
            _days_after(each.due_on, started_on),
            each.planned_minutes,
            each.ksbs,
            each.is_mandatory,
            each.link,
        )
        for each in by_day(activities)
        if not each.is_dropped
    )


def _days_after(day: date | None, started_on: date) -> int | None:
    return None if day is None else max(0, (day - started_on).days)


def from_lines(lines: Iterable[TemplateLine], started_on: date) -> tuple[ActivityDetails, ...]:
    """Return the activities that a template stands for where training starts on *started_on*."""
    return tuple(
        ActivityDetails(
            line.title,
            line.kind,
            line.delivered_by,
            _day_after(line.starts_after_days, started_on),
            _day_after(line.due_after_days, started_on),
            line.planned_minutes,
            line.ksbs,
            line.is_mandatory,
            line.link,
        )
        for line in lines
    )


def _day_after(days: int | None, started_on: date) -> date | None:
    return None if days is None else started_on + timedelta(days=days)


def copied(activities: Iterable[PlanActivityRow], by: int) -> tuple[ActivityDetails, ...]:
    """Return a plan for somebody who started *by* days later, by day; dropped ones are left out."""
    step = timedelta(days=by)
    return tuple(
        replace(
            each.details,
            starts_on=None if each.starts_on is None else each.starts_on + step,
            due_on=None if each.due_on is None else each.due_on + step,
        )
        for each in by_day(activities)
        if not each.is_dropped
    )


def taking(
    wanted: Sequence[ActivityDetails],
    there: Iterable[PlanActivityRow],
    ends_on: date | None = None,
) -> Taking:
    """Return what of *wanted* is new to a plan.

    An activity is there already where the plan has one of the same title, whatever its case and
    day; so many of a title are there as the plan has, dropped ones too, those of the same day
    first.
    """
    known: dict[str, list[date | None]] = defaultdict(list)
    for row in there:
        known[_key(row.title)].append(row.due_on)
    found: set[int] = set()
    for is_day_asked in (True, False):
        for number, each in enumerate(wanted):
            days = known[_key(each.title)]
            if number in found or not days or (is_day_asked and each.due_on not in days):
                continue
            days.remove(each.due_on if is_day_asked else days[-1])
            found.add(number)
    new = tuple(each for number, each in enumerate(wanted) if number not in found)
    return Taking(
        new,
        tuple(each for number, each in enumerate(wanted) if number in found),
        () if ends_on is None else tuple(each for each in new if _last(each) > ends_on),
        ends_on,
    )


def _key(title: str) -> str:
    return fold(" ".join(title.split()))


def _last(details: ActivityDetails) -> date:
    return details.due_on or details.starts_on or date.min
