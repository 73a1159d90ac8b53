"""What keeping people needs: a line when something is kept for longer than the rules say."""

from __future__ import annotations

from collections.abc import Iterable

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import RETENTION, Need, NeedKind, Target, Urgency, counted, listed
from apprentice_desk.domain.retention import Due


def retention_needs(found: Iterable[Due]) -> list[Need]:
    """Return a line for all that is due together; what somebody keeps longer is not named."""
    those = [each for each in found if not each.is_held]
    if not those:
        return []
    first = min(those, key=lambda each: each.until_on)
    names = [each.kept.name for each in those]
    is_one = len(those) == 1
    is_erased = not any(each.is_by_hand for each in those)
    says = "due to be erased" if is_erased else "kept for longer than the rules say"
    since = "kept until" if is_one else "the first kept until"
    return [
        Need(
            key=RETENTION,
            kind=NeedKind.RETENTION,
            urgency=Urgency.LATER,
            what=f"{counted(len(those), 'record')} {'is' if is_one else 'are'} {says}",
            why=f"{listed(names)}; {since} {show_day(first.until_on)} by the rules",
            action="Look at it" if is_one else "Look at them",
            target=Target(RETENTION),
            weight=len(those),
            rank=first.until_on.toordinal(),
        )
    ]
