"""The lines of Today about events: who came, and hours that are not logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_network import DAYS_TO_NAME, HeldEvent, event_needs

TODAY = date(2026, 9, 1)
EVENT = HeldEvent(UUID(int=7), "Link-up", date(2026, 8, 20), unsaid=3, unlogged=0)


def test_who_came_comes_before_the_hours() -> None:
    (need,) = event_needs([replace(EVENT, unlogged=2)], TODAY)
    assert need.what == "Who came to “Link-up” is not said yet"
    assert need.why == "It was held on 20 Aug 2026; 3 apprentices asked"
    assert (need.action, need.kind, need.urgency) == ("Say who came", NeedKind.ACTION, Urgency.SOON)
    assert need.target == Target("network", EVENT.id)
    assert need.weight == 3


def test_hours_that_count_are_to_be_logged() -> None:
    (need,) = event_needs([replace(EVENT, unsaid=0, unlogged=1)], TODAY)
    assert need.what == "Hours of “Link-up” are not logged yet"
    assert need.why == (
        "It was held on 20 Aug 2026; 1 apprentice came and it counts as off-the-job training"
    )
    assert need.action == "Log the hours"


@pytest.mark.parametrize(
    ("days", "is_named"), [(-1, False), (0, True), (DAYS_TO_NAME, True), (DAYS_TO_NAME + 1, False)]
)
def test_an_event_is_named_from_its_day_for_twelve_weeks(days: int, is_named: bool) -> None:
    event = replace(EVENT, held_on=TODAY - timedelta(days=days))
    assert bool(event_needs([event], TODAY)) is is_named


def test_an_event_of_which_all_is_said_is_not_named() -> None:
    assert event_needs([replace(EVENT, unsaid=0)], TODAY) == []
