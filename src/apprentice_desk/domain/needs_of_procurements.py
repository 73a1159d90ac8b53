"""What procurements need: the next thing to do by its day, and what waits for nobody's day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import (
    PROCUREMENTS,
    Need,
    NeedKind,
    Target,
    Urgency,
    counted,
    in_days,
    listed,
)
from apprentice_desk.domain.procuring import Stage, ToDo
from apprentice_desk.domain.standstill import NearRule


@dataclass(frozen=True, slots=True)
class DueProcurement:
    """A procurement of which something is to be done, soonest first."""

    id: UUID
    title: str
    reference: str
    stage: Stage
    to_do: tuple[ToDo, ...]


def procurement_needs(due: Iterable[DueProcurement], today: date, rule: NearRule) -> list[Need]:
    """Return a line for each procurement of which something is near, overdue or without a day."""
    needs = []
    for each in due:
        near = [one for one in each.to_do if one.on is None or _days(one, today) <= rule.days]
        if near:
            needs.append(_need(each, near, today, rule))
    return needs


def _days(one: ToDo, today: date) -> int:
    assert one.on is not None  # asked for so
    return (one.on - today).days


def _need(each: DueProcurement, near: list[ToDo], today: date, rule: NearRule) -> Need:
    first = near[0]
    if first.on is None:
        what, rank, urgency = f"{first.words}: {each.title}", rule.days, Urgency.LATER
    else:
        rank = _days(first, today)
        when = f"{counted(-rank, 'day')} overdue" if rank < 0 else in_days(first.on, today)
        what = f"{first.words} {when}: {each.title}"
        urgency = Urgency.NOW if rank <= rule.urgent_days else Urgency.SOON
    others = [_small(one) for one in near[1:]]
    also = f"; then {listed(others)}" if others else ""
    return Need(
        key=f"procurement:{each.id.hex}:{_key(first)}",
        kind=NeedKind.PROCUREMENT,
        urgency=urgency,
        what=what,
        why=f"Procurement {each.reference}, {each.stage}{also}",
        action="Open procurement",
        target=Target(PROCUREMENTS, each.id),
        weight=max(0, -rank),
        rank=rank,
    )


def _small(one: ToDo) -> str:
    day = "" if one.on is None else f" {show_day(one.on)}"
    return f"{one.words[:1].lower()}{one.words[1:]}{day}"


def _key(first: ToDo) -> str:
    return "undated" if first.on is None else first.on.isoformat()
