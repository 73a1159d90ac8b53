"""What providers need of the borough, or the borough of them: actions that are overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import (
    PROVIDERS,
    Need,
    NeedKind,
    NeedRules,
    Target,
    Urgency,
    counted,
    listed,
)

ACTIONS = "actions"
"""The part of a provider's page that holds its actions."""


@dataclass(frozen=True, slots=True)
class LateProviderAction:
    """An action of a provider that was to be done by a day that is past."""

    id: UUID
    provider_id: UUID
    provider_name: str
    what: str
    owner: str
    due_on: date


def provider_needs(
    overdue: Iterable[LateProviderAction], today: date, rules: NeedRules
) -> list[Need]:
    """Return a line for each provider with actions that are overdue."""
    by_provider: dict[UUID, list[LateProviderAction]] = {}
    for action in sorted(overdue, key=lambda each: (each.due_on, each.what)):
        by_provider.setdefault(action.provider_id, []).append(action)
    return [_need(late, today, rules) for late in by_provider.values()]


def _need(late: list[LateProviderAction], today: date, rules: NeedRules) -> Need:
    first = late[0]
    days = (today - first.due_on).days
    is_one = len(late) == 1
    what = "An action" if is_one else f"{len(late):,} actions"
    return Need(
        key=f"provider:{first.provider_id.hex}",
        kind=NeedKind.ACTION,
        urgency=Urgency.NOW if days >= rules.action_urgent_days else Urgency.SOON,
        what=f"{what} for {first.provider_name} {'is' if is_one else 'are'}"
        f" {counted(days, 'day')} overdue",
        why=listed([f"“{each.what}”, {each.owner}, by {show_day(each.due_on)}" for each in late]),
        action="Open actions",
        target=Target(PROVIDERS, first.provider_id, part=ACTIONS, item_id=first.id),
        weight=len(late),
        rank=first.due_on.toordinal(),
    )
