"""The people of the grid of a week: who they are, how their week stands, and its sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Away
from apprentice_desk.records.week_grid import WeekGrid
from apprentice_desk.ui.kit.painting import Badge

ENOUGH = Badge("Enough", "good", "check")
SHORT = Badge("Short", "warning", "trending-down")
NOTHING = Badge("Nothing", "quiet", "ban")
AWAY = {
    Away.NOT_STARTED: Badge("Not started", "quiet", "hourglass"),
    Away.ON_A_BREAK: Badge("On a break", "quiet", "circle-pause"),
    Away.IN_ASSESSMENT: Badge("In assessment", "quiet", "award"),
    Away.ENDED: Badge("Ended", "quiet", "log-out"),
}


@dataclass(frozen=True, slots=True)
class WeekPerson:
    """One row: whose it is, and what they need.

    *needed_minutes* are those of one week from its beginning on, None where that is not known.
    *away* says why no working day of the week is one of training, *days_away* which days are none
    and why.
    """

    id: UUID
    name: str
    needed_minutes: int | None = None
    away: Away | None = None
    days_away: Mapping[date, Away] = field(default_factory=dict)


NO_SUMS = (0, 0, 0)
"""The sums of somebody without hours."""


def sums_of(grid_: WeekGrid) -> dict[UUID, tuple[int, int, int]]:
    """Return what was logged by everybody who has any hours.

    That is the minutes that count, those that do not, and how many entries nobody has verified.
    """
    sums = {}
    for whose, days in grid_.entries.items():
        counting = other = unverified = 0
        for entries in days.values():
            for each in entries:
                if each.counts:
                    counting += each.minutes
                else:
                    other += each.minutes
                unverified += not each.verified_by
        sums[whose] = (counting, other, unverified)
    return sums
