"""What is on in the days ahead: events, reviews, training that starts or ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.domain.needs_of_people import Person, PlannedReview

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing on one day."""

    on: date
    what: str


def days_ahead(today: date) -> Period:
    """Return today to the end of the week; from Friday on to the end of the next."""
    to_sunday = 6 - today.weekday()
    return Period(
        today, today + timedelta(days=to_sunday + (7 if today.weekday() >= _FRIDAY else 0))
    )


def coming(
    people: Iterable[Person],
    planned: Mapping[UUID, PlannedReview],
    events: Iterable[tuple[date, str]],
    today: date,
) -> tuple[Coming, ...]:
    """Return what is on in the days ahead, by day.

    *planned* is the next review of each apprenticeship, *events* are days with what is on.  What
    several people share on a day is one line.
    """
    span = days_ahead(today)
    found = [Coming(day, what) for day, what in events if day in span]
    shared: dict[tuple[date, str], list[str]] = {}
    for person in people:
        if person.status.is_ended:
            continue
        review = planned.get(person.id)
        days = (
            (review.due_on if review else None, "Progress review"),
            (person.course.training_started_on, "Training starts"),
            (person.course.training_planned_end_on, "Training is planned to end"),
        )
        for day, what in days:
            if day is not None and day in span:
                shared.setdefault((day, what), []).append(person.name)
    for (day, what), names in shared.items():
        who = listed(names) if len(names) <= 3 else counted(len(names), "apprentice")
        found.append(Coming(day, f"{what}: {who}"))
    return tuple(sorted(found, key=lambda each: (each.on, each.what)))
