"""What Today says of procurements."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.needs import NeedKind, Urgency
from apprentice_desk.domain.needs_of_procurements import DueProcurement, procurement_needs
from apprentice_desk.domain.procuring import Stage, ToDo

TODAY = date(2026, 11, 23)
RULE = resources.procurement_rules().near_on(TODAY)
KEY = UUID(int=7)


def due(*to_do: ToDo) -> DueProcurement:
    return DueProcurement(KEY, "Data analysts", "P-3", Stage.OUT, to_do)


@pytest.mark.parametrize(
    ("in_days", "says", "urgency"),
    [
        (-2, "Bids due 2 days overdue: Data analysts", Urgency.NOW),
        (3, None, Urgency.NOW),
        (0, "Bids due today: Data analysts", Urgency.NOW),
        (RULE.urgent_days + 1, None, Urgency.SOON),
        (14, "Bids due in 14 days: Data analysts", Urgency.SOON),
    ],
)
def test_a_day_is_named_from_two_weeks_before_it(
    in_days: int, says: str | None, urgency: Urgency
) -> None:
    (need,) = procurement_needs([due(ToDo("Bids due", TODAY + timedelta(in_days)))], TODAY, RULE)
    assert need.urgency is urgency
    assert says is None or need.what == says
    assert (need.kind, need.weight) == (NeedKind.PROCUREMENT, max(0, -in_days))
    assert need.why == "Procurement P-3, out to bidders"
    assert (need.target.kind, need.target.record_id) == ("procurements", KEY)


def test_what_is_farther_off_is_not_named() -> None:
    far = due(ToDo("Bids due", TODAY + timedelta(15)))
    assert procurement_needs([far], TODAY, RULE) == []
    assert procurement_needs([due()], TODAY, RULE) == []


def test_what_comes_after_it_stands_beside_it_and_what_has_no_day_can_wait() -> None:
    first = ToDo("2 questions to answer", TODAY + timedelta(1))
    (need,) = procurement_needs([due(first, ToDo("Bids due", TODAY + timedelta(5)),
                                     ToDo("Decide"))], TODAY, RULE)  # fmt: skip
    assert need.what == "2 questions to answer tomorrow: Data analysts"
    assert need.why == "Procurement P-3, out to bidders; then bids due 28 Nov 2026 and decide"
    (undated,) = procurement_needs([due(ToDo("Make the contract"))], TODAY, RULE)
    assert (undated.what, undated.urgency) == ("Make the contract: Data analysts", Urgency.LATER)
    assert undated.key != need.key
