"""What is still open of what has to be dealt with before an apprenticeship starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import NO_DAY, Item
from apprentice_desk.domain.checklist_rules import StartAheadRule
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.needs import (
    Need,
    NeedKind,
    Target,
    Urgency,
    counted,
    in_days,
    listed,
)

PART = "checklists"
"""The part of somebody's record where both checklists stand."""


@dataclass(frozen=True, slots=True)
class Starting:
    """Somebody who is about to start or is in training, and what stands before the start."""

    id: UUID
    name: str
    started_on: date
    items: tuple[Item, ...]

    @property
    def open(self) -> tuple[Item, ...]:
        """What Today asks for and nobody has dealt with."""
        return tuple(each for each in self.items if each.is_named and each.state.is_open)


def start_needs(
    people: Iterable[Starting], rules: Iterable[StartAheadRule], today: date, whose: str = ""
) -> list[Need]:
    """Return a line for each start that is near or not long past with something open.

    Those who started before that are named in one line.  *whose* tells that of one manager's people
    from that of everybody, so that putting off the one leaves the other.
    """
    ahead = in_force(rules, today, "How far ahead a start is looked at")
    needs = []
    old = []
    for person in sorted(people, key=lambda each: each.started_on):
        left = (person.started_on - today).days
        if left > ahead.days or not person.open:
            continue
        if -left > ahead.after_days:
            old.append(person)
        else:
            needs.append(_near(person, today, is_urgent=left <= ahead.urgent_days))
    if old:
        needs.append(_long_past(old, whose))
    return needs


def _near(person: Starting, today: date, *, is_urgent: bool) -> Need:
    items = person.open
    if person.started_on < today:
        what = f"{person.name} started on {show_day(person.started_on)}"
    else:
        what = f"{person.name} starts {in_days(person.started_on, today)}"
    return Need(
        key=f"start:{person.id.hex}",
        kind=NeedKind.START,
        urgency=Urgency.NOW if is_urgent else Urgency.SOON,
        what=f"{what}, with {counted(len(items), 'item')} still open",
        why=_why(items, person.started_on, today),
        action="See to it" if len(items) == 1 else "See to them",
        target=Target("apprentices", person.id, items[0].id, part=PART),
        weight=len(items),
        rank=person.started_on.toordinal(),
    )


def _why(items: Sequence[Item], started_on: date, today: date) -> str:
    ruled = [each.title for each in items if each.due_on is not None]
    others = [each.title for each in items if each.due_on is None]
    says = []
    if ruled:
        says.append(f"By {show_day(started_on)}: {listed(ruled)}")
    if others:
        says.append(f"{listed(others)}: {NO_DAY}, so by the start too")
    if started_on <= today:  # before that it would only invite to be late
        says.extend(dict.fromkeys(each.late for each in items if each.late))
    return ". ".join(says)


def _long_past(people: Sequence[Starting], whose: str) -> Need:
    """One line for all: what was never written down of them is no task of this week."""
    counts = dict.fromkeys((item.title for person in people for item in person.open), 0)
    for person in people:
        for item in person.open:
            counts[item.title] += 1
    most = sorted(counts, key=lambda title: -counts[title])
    first = people[-1]
    names = listed([each.name for each in reversed(people)])
    return Need(
        key="start:long past" + (f":{' '.join(whose.split()).casefold()}" if whose else ""),
        kind=NeedKind.START,
        urgency=Urgency.LATER,
        what=f"Papers of the start not recorded for {counted(len(people), 'apprentice')}",
        why=f"{names}. Most often: {listed([f'{each} ({counts[each]:,})' for each in most])}."
        " An auditor asks for them; tick off what is there",
        action="See to it" if len(people) == 1 else "See the first",
        target=Target("apprentices", first.id, first.open[0].id, part=PART),
        weight=len(people),
    )
