"""What the levy needs: a line when money of the account lapses soon."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.levy import Runway
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import LEVY, Need, NeedKind, NeedRules, Target, Urgency, in_days


def levy_needs(runway: Runway, today: date, rules: NeedRules) -> list[Need]:
    """Return a line for what lapses next, as early as a contract's days are named.

    Spending it takes what they take: to find a provider and somebody to start.
    """
    found = next((each for each in runway.spend_by if each.last_on >= today), None)
    if found is None or (days := (found.last_on - today).days) > rules.contract_days:
        return []
    when = in_days(found.last_on, today).capitalize()
    if found.takes == found.amount:
        why = f"{when}, unless as much more is spent than is promised"
    else:
        why = (
            f"{when}; the oldest money goes first, so keeping it takes {show_pounds(found.takes)}"
            " more than is promised"
        )
    return [
        Need(
            key=f"levy:{found.last_on.isoformat()}",
            kind=NeedKind.CONTRACT,
            urgency=Urgency.SOON if days <= rules.contract_urgent_days else Urgency.LATER,
            what=f"{show_pounds(found.amount)} of the levy lapses after {show_day(found.last_on)}",
            why=why,
            action="Open the levy",
            target=Target(LEVY),
            rank=found.last_on.toordinal(),
        )
    ]
