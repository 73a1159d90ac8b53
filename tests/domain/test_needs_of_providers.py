"""What is overdue of providers: one line each, urgent once it has waited long."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from apprentice_desk.domain.needs import NeedKind, NeedRules, Target, Urgency
from apprentice_desk.domain.needs_of_providers import LateProviderAction, provider_needs

TODAY = date(2026, 9, 1)
RULES = NeedRules(
    valid_from=date(2010, 1, 1),
    return_days=28,
    return_urgent_days=7,
    review_days=14,
    review_soon_days=7,
    review_urgent_days=28,
    action_urgent_days=28,
    contract_days=90,
    contract_urgent_days=14,
    worse_minutes=600,
    source="house rule",
)
RIVERSIDE, BIRCH = UUID(int=1), UUID(int=2)


def late(what: str, days: int, provider: UUID = RIVERSIDE, key: int = 9) -> LateProviderAction:
    name = "Riverside College" if provider == RIVERSIDE else "Birch Training"
    return LateProviderAction(
        UUID(int=key), provider, name, what, "Nadia Frost", TODAY - timedelta(days=days)
    )


def test_nothing_overdue_needs_nobody() -> None:
    assert provider_needs([], TODAY, RULES) == []


def test_an_overdue_action_says_what_who_and_by_when_and_leads_to_it() -> None:
    (need,) = provider_needs([late("Send the dates", 1)], TODAY, RULES)
    assert need.what == "An action for Riverside College is 1 day overdue"
    assert need.why == "“Send the dates”, Nadia Frost, by 31 Aug 2026"
    assert need.kind is NeedKind.ACTION
    assert need.target == Target("providers", RIVERSIDE, part="actions", item_id=UUID(int=9))


def test_actions_of_a_provider_are_one_line_the_longest_overdue_first() -> None:
    two = [late("Meet", 2, key=7), late("Send the dates", 5, key=8)]
    needs = provider_needs([*two, late("Call", 3, BIRCH)], TODAY, RULES)
    assert [need.what for need in needs] == [
        "2 actions for Riverside College are 5 days overdue",
        "An action for Birch Training is 3 days overdue",
    ]
    assert needs[0].why.startswith("“Send the dates”")
    assert (needs[0].weight, needs[0].target.item_id) == (2, UUID(int=8))
    assert needs[0].key != needs[1].key
    assert needs[0].rank < needs[1].rank


@pytest.mark.parametrize(("days", "urgency"), [(27, Urgency.SOON), (28, Urgency.NOW)])
def test_what_has_waited_four_weeks_is_urgent(days: int, urgency: Urgency) -> None:
    (need,) = provider_needs([late("Send the dates", days)], TODAY, RULES)
    assert need.urgency is urgency
