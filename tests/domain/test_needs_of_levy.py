"""The line of Today about the levy: named when it is near, once there is something to lose."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.levy import Income, Runway, SpendBy, runway
from apprentice_desk.domain.needs import NeedKind, Target, Urgency, need_rules_on
from apprentice_desk.domain.needs_of_levy import levy_needs

D = Decimal
LAST = date(2027, 7, 31)
RULES = need_rules_on(resources.need_rules(), LAST)
FOUND = SpendBy(LAST, D("14600.00"), D("14600.00"), (date(2026, 8, 1),))
LATER = SpendBy(date(2027, 8, 31), D("1.00"), D("1.00"), (date(2026, 9, 1),))


def told(*spend_by: SpendBy) -> Runway:
    return Runway((), (), spend_by)


def test_what_lapses_next_is_named_and_leads_to_the_levy() -> None:
    (need,) = levy_needs(told(FOUND, LATER), LAST - timedelta(days=30), RULES)
    assert need.what == "£14,600.00 of the levy lapses after 31 Jul 2027"
    assert need.why == "In 30 days, unless as much more is spent than is promised"
    assert (need.kind, need.urgency) == (NeedKind.CONTRACT, Urgency.LATER)
    assert need.target == Target("levy")


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(91, None), (90, Urgency.LATER), (15, Urgency.LATER), (14, Urgency.SOON), (0, Urgency.SOON)],
)
def test_it_is_named_as_early_as_the_days_of_contracts(days: int, urgency: Urgency | None) -> None:
    needs = levy_needs(told(FOUND), LAST - timedelta(days=days), RULES)
    assert [need.urgency for need in needs] == ([] if urgency is None else [urgency])


def test_a_day_that_is_past_is_not_named_the_next_one_is() -> None:
    (need,) = levy_needs(told(FOUND, LATER), date(2027, 8, 1), RULES)
    assert "31 Aug 2027" in need.what
    (before,) = levy_needs(told(FOUND), LAST, RULES)
    assert need.key != before.key, "another month comes up though the last one was put off"
    assert levy_needs(told(FOUND), date(2027, 8, 1), RULES) == []
    assert levy_needs(told(), LAST, RULES) == []


def test_where_older_money_has_to_go_first_it_says_how_much_that_takes() -> None:
    steady = (Income(date(2025, 1, 1), D("1000.00")),)
    found = runway(D("16000.00"), date(2026, 11, 28), steady, {}, resources.levy_rules())
    (need,) = levy_needs(found, date(2027, 7, 1), RULES)
    assert need.why == (
        "In 30 days; the oldest money goes first, so keeping it takes £13,000.00 more than is"
        " promised"
    )
