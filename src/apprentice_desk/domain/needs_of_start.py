"""What is still open of what has to be dealt with before an apprenticeship starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import BEFORE_NAMED, NO_DAY, Item, ItemState, Mark
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
    """Somebody who is to start or is in training, and what stands before the start.

    *started_on* is None where no start is recorded.  A *vacancy* is a role that nobody is named
    for yet; its *name* says so.
    """

    id: UUID
    name: str
    started_on: date | None
    items: tuple[Item, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    is_vacancy: bool = False

    @property
    def open(self) -> tuple[Item, ...]:
        """What Today asks for and nobody has dealt with."""
        return tuple(each for each in self.items if each.is_named and each.state.is_open)


def start_needs(
    people: Iterable[Starting], rules: Iterable[StartAheadRule], today: date, whose: str = ""
) -> list[Need]:
    """Return a line for each start that is near or not long past with something open.

    Those who started before that are named in one line.  Whoever has a place and no start has a
    line without a day; those of whom nobody knows whether they have one share a line.  A role that
    nobody is named for yet has a line of its own.  *whose*
    tells such lines of one manager's people from those of everybody, so that putting off the one
    leaves the other.
    """
    ahead = in_force(rules, today, "How far ahead a start is looked at")
    needs = []
    old = []
    unknown = []
    for started_on, person in _in_order(people):
        if person.is_vacancy:
            needs.append(_vacancy(person))
            continue
        if started_on is None:
            place = _place_of(person)
            if place is None:
                unknown.append(person)
            elif person.open:
                needs.append(_without_a_start(person, place))
            continue
        left = (started_on - today).days
        if left > ahead.days or not person.open:
            continue
        if -left > ahead.after_days:
            old.append(person)
        else:
            needs.append(_near(person, started_on, today, is_urgent=left <= ahead.urgent_days))
    if old:
        needs.append(_long_past(old, whose))
    if unknown:
        needs.append(_not_offered(unknown, whose))
    return needs


def _in_order(people: Iterable[Starting]) -> list[tuple[date | None, Starting]]:
    """The earliest start first, those without one last and by name."""
    found = [(person.started_on, person) for person in people]
    return sorted(found, key=lambda each: (each[0] or date.max, each[1].name.casefold()))


def _near(person: Starting, started_on: date, today: date, *, is_urgent: bool) -> Need:
    if started_on < today:
        what = f"{person.name} started on {show_day(started_on)}"
    else:
        what = f"{person.name} starts {in_days(started_on, today)}"
    return _line(
        person,
        Urgency.NOW if is_urgent else Urgency.SOON,
        what,
        _why(person.open, started_on, today),
        started_on,
    )


def _line(person: Starting, urgency: Urgency, what: str, why: str, day: date) -> Need:
    items = person.open
    return Need(
        key=f"start:{person.id.hex}",
        kind=NeedKind.START,
        urgency=urgency,
        what=f"{what}, with {counted(len(items), 'item')} still open",
        why=why,
        action="See to it" if len(items) == 1 else "See to them",
        target=Target("apprentices", person.id, items[0].id, part=PART),
        weight=len(items),
        rank=day.toordinal(),
    )


# --- without a start ------------------------------------------------------------------------------


_AGREED, _OFFERED = "role_agreed", "offered"
"""The items of the list that give somebody a place."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Since when somebody has a place, None where that is not known, and what says so."""

    since: date | None
    says: str


def _gives_place(person: Starting) -> str:
    """Return the item that gives somebody a place; an existing employee is offered none."""
    for each in person.items:
        if each.id == _OFFERED and each.state is not ItemState.NOT_NEEDED:
            return _OFFERED
    return _AGREED


def _place_of(person: Starting) -> _Place | None:
    """Return what gives somebody a place; None where nothing that is recorded does."""
    item = _gives_place(person)
    mark = person.marks.get(item)
    if mark is None:
        return None
    if mark.done_on is None:
        return _Place(None, "has a place")
    says = "was offered a place on" if item == _OFFERED else "has a role, agreed on"
    return _Place(mark.done_on, f"{says} {show_day(mark.done_on)}")


def _without_a_start(person: Starting, place: _Place) -> Need:
    """One line of somebody with a place: no day is known by which anything is due."""
    since = " since then" if place.since is not None else ""
    return _line(
        person,
        Urgency.SOON,
        f"{person.name} {place.says}",
        f"Open{since}: {listed([each.title for each in person.open])}. No start is recorded, so"
        " nobody can say by when they are due",
        place.since or date.max,
    )


def _vacancy(person: Starting) -> Need:
    """One line of a role without a name: what is still to be done before it can be offered."""
    left = [each for each in person.items if each.id in BEFORE_NAMED and each.state.is_open]
    if left:
        why = f"Open: {listed([each.title for each in left])}"
        action, target = "See to it", Target("apprentices", person.id, left[0].id, part=PART)
    else:
        why = "Agreed and advertised"
        action, target = "Enter the name", Target("apprentices", person.id, "given_names")
    return Need(
        key=f"start:{person.id.hex}",
        kind=NeedKind.START,
        urgency=Urgency.LATER,
        what=person.name,
        why=f"{why}. Enter the name once a place is offered to somebody",
        action=action,
        target=target,
        weight=len(left),
        rank=date.max.toordinal(),
    )


def _not_offered(people: Sequence[Starting], whose: str) -> Need:
    """One line for all: a list that came in says of nobody whether they were offered a place."""
    first = people[0]
    return Need(
        key="start:not offered" + _of(whose),
        kind=NeedKind.START,
        urgency=Urgency.LATER,
        what=f"No start and no offer recorded for {counted(len(people), 'apprentice')}",
        why=f"{listed([each.name for each in people])}. Once a place is offered, or the role of an"
        " existing employee agreed, what is open before the start is named here",
        action="See to it" if len(people) == 1 else "See the first",
        target=Target("apprentices", first.id, _gives_place(first), part=PART),
        weight=len(people),
    )


def _of(whose: str) -> str:
    return f":{' '.join(whose.split()).casefold()}" if whose else ""


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
        key="start:long past" + _of(whose),
        kind=NeedKind.START,
        urgency=Urgency.LATER,
        what=f"Papers of the start not recorded for {counted(len(people), 'apprentice')}",
        why=f"{names}. Most often: {listed([f'{each} ({counts[each]:,})' for each in most])}."
        " An auditor asks for them; tick off what is there",
        action="See to it" if len(people) == 1 else "See the first",
        target=Target("apprentices", first.id, first.open[0].id, part=PART),
        weight=len(people),
    )
