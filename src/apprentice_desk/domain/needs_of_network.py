"""What events of the network need once they were held: who came, and the hours of those who did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency, counted

NETWORK = "network"
"""The kind of record that a line about an event leads to."""

DAYS_TO_NAME = 84
"""How long an event is named, a setting of this program: later nobody knows who was there."""


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """One event that was not cancelled.

    *unsaid* are apprentices who were asked and of whom nobody has said whether they came;
    *unlogged* those who came whose hours count and stand in no log.
    """

    id: UUID
    name: str
    held_on: date
    unsaid: int
    unlogged: int


def event_needs(events: Iterable[HeldEvent], today: date) -> list[Need]:
    """Return a line for each event of the last weeks of which something is still to be said."""
    return [
        _need(event)
        for event in events
        if 0 <= (today - event.held_on).days <= DAYS_TO_NAME and (event.unsaid or event.unlogged)
    ]


def _need(event: HeldEvent) -> Need:
    if event.unsaid:
        what = f"Who came to “{event.name}” is not said yet"
        why = (
            f"It was held on {show_day(event.held_on)}; {counted(event.unsaid, 'apprentice')} asked"
        )
        action = "Say who came"
    else:
        what = f"Hours of “{event.name}” are not logged yet"
        why = (
            f"It was held on {show_day(event.held_on)};"
            f" {counted(event.unlogged, 'apprentice')} came and it counts as off-the-job training"
        )
        action = "Log the hours"
    return Need(
        key=f"event:{event.id.hex}",
        kind=NeedKind.ACTION,
        urgency=Urgency.SOON,
        what=what,
        why=why,
        action=action,
        target=Target(NETWORK, event.id),
        weight=event.unsaid or event.unlogged,
        rank=event.held_on.toordinal(),
    )
