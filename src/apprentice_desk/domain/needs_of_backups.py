"""What backups need: a line when what was saved is in no good copy for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import BACKUPS, Need, NeedKind, Target, Urgency, counted

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Since when changes are in no good copy of the desk.

    *newest_on* is the day of its newest good copy; None without one.
    """

    since_on: date
    newest_on: date | None


def backup_needs(unsaved: Unsaved | None, today: date) -> list[Need]:
    """Return the line of a desk that could not be copied for longer than the schedule says.

    *unsaved* is None where that is not so.  A desk that has never been copied cannot wait.
    """
    if unsaved is None:
        return []
    days = (today - unsaved.since_on).days
    if unsaved.newest_on is None:
        what = "There is no good backup of this desk"
    else:
        age = counted(max((today - unsaved.newest_on).days, 0), "day")
        what = f"The newest good backup is {age} old"
    return [
        Need(
            key=BACKUPS,
            kind=NeedKind.BACKUP,
            urgency=Urgency.NOW if unsaved.newest_on is None else Urgency.SOON,
            what=what,
            why=f"What was saved since {show_day(unsaved.since_on)} is in none, and a new one could"
            " not be made",
            action="Look at backups",
            target=Target(BACKUPS),
            weight=days // _WEEK,
            rank=unsaved.since_on.toordinal(),
        )
    ]
