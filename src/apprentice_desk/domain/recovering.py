"""Whether an apprentice can still do the hours: what is needed from now against the pace.

The same words for lists, the panel and documents.  What cannot be worked out has none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from apprentice_desk.domain.off_the_job import Figures, HoursStatus


class Effort(IntEnum):
    """How hard it is to do what is left, the easiest first."""

    DONE = 0
    KEEPS_UP = 1
    MORE = 2
    FROM_NOTHING = 3
    OVER_CONTRACT = 4
    NO_TIME = 5


@dataclass(frozen=True, slots=True)
class Recoverability:
    """What is needed a week, as a multiple of the pace where there is one, in words."""

    effort: Effort
    times: Fraction | None
    says: str

    @property
    def key(self) -> tuple[int, Fraction]:
        """What lists sort by: the hardest is the largest."""
        return self.effort, self.times or Fraction(0)


_JUDGED = (HoursStatus.ON_TRACK, HoursStatus.SLIPPING, HoursStatus.BEHIND)


def recoverability(figures: Figures, weekly_minutes: int | None) -> Recoverability | None:
    """Return how hard it is to do what is left; None where that cannot be worked out.

    *weekly_minutes* is the contracted week; where it is not known nothing is held against it.
    None too for those who have ended, have not started or are on a break.
    """
    if figures.status is HoursStatus.COMPLETE:
        return Recoverability(Effort.DONE, None, "nothing left to do")
    if figures.status not in _JUDGED:
        return None
    needed, pace = figures.needed_minutes, figures.pace_minutes
    if needed is None:
        return Recoverability(Effort.NO_TIME, None, "no time left")
    if weekly_minutes is not None and needed > weekly_minutes:
        return Recoverability(Effort.OVER_CONTRACT, None, "cannot at contracted hours")
    if not pace:
        return Recoverability(Effort.FROM_NOTHING, None, "nothing logged in 8 weeks")
    times = needed / pace
    if times <= 1:
        return Recoverability(Effort.KEEPS_UP, times, "keeps up")
    tenths = math.floor(times * 10 + Fraction(1, 2))  # half up, as weekly rates are
    if tenths == 10:  # a pace is no better known than that
        return Recoverability(Effort.MORE, times, "needs about as much as until now")
    return Recoverability(
        Effort.MORE, times, f"needs {tenths // 10:,}.{tenths % 10} times the pace"
    )
