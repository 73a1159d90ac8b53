"""What a review pack says of a real apprenticeship, from the desk to the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apprentice_desk.documents.review_pack import review_pack
from apprentice_desk.documents.tree import KeyValues
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.review_papers import read_pack


@pytest.mark.parametrize(
    ("agreed_minutes", "says"),
    [
        (11_600, "keeps up"),  # 200 a week for 50 weeks, as in the last 8
        (11_690, "needs about as much as until now"),  # 201.8 a week: 1.009 times
        (12_100, "needs 1.1 times the pace"),  # 210 a week: 1.05 times
    ],
)
def test_a_pack_makes_no_more_of_what_is_left_than_it_is(
    desk: Desk, make: Any, agreed_minutes: int, says: str
) -> None:
    """1,600 minutes in the last 8 weeks are 200 a week; 17 Aug 2027 is 350 days, 50 weeks, on."""
    key = make.apprentice(training_planned_end_on=date(2027, 8, 17), agreed_minutes=agreed_minutes)
    for day in (3, 10, 17, 24):
        make.hours(key, done_on=date(2026, 8, day), minutes=400)
    made = review_pack(read_pack(desk, key))
    glance = next(each for each in made.blocks[1:] if isinstance(each, KeyValues))
    assert dict(glance.pairs)["What is left"] == says
