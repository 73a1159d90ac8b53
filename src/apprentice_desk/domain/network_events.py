"""Events of the network: what they usually are as off-the-job training, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.vocabulary import EventKind

USUAL_ACTIVITY: Mapping[EventKind, Activity] = {
    EventKind.WORKSHOP: Activity.WORKSHOP,
    EventKind.CHALLENGE_DAY: Activity.CONFERENCE,
    EventKind.SHOW_AND_TELL: Activity.CONFERENCE,
    EventKind.VISIT: Activity.INDUSTRY_VISIT,
    EventKind.TRAINING_DAY: Activity.OTHER_TRAINING,
}
"""What hours of an event are logged as, unless a person says otherwise.

A link-up is not among them: people meet, and only what was taught there counts, so somebody has to
say what it was.  Whether an activity counts, the counting rules say (resources/rules).
"""


def event_in_words(name: str, began_at: str, place: str) -> str:
    """Return an event as a line of its day says it: "Summer link-up at 14:00, Town hall"."""
    at = f" at {began_at}" if began_at else ""
    where = f", {place}" if place else ""
    return f"{name}{at}{where}"


def room_in_words(asked: int, capacity: int | None) -> str:
    """Return how many are asked, and how that goes with the places."""
    said = f"{asked:,} asked" if asked else "Nobody asked"
    if capacity is None:
        return said
    places = f"{capacity:,} {'place' if capacity == 1 else 'places'}"
    if asked > capacity:
        return f"{said}, {asked - capacity:,} more than the {places}"
    return f"{said} for {places}"
