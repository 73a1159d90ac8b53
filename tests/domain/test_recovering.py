"""Whether the hours can still be done, in words that lists, panel and documents share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.domain.recovering import Effort, recoverability

FIGURES = Figures(
    required_minutes=30_000,
    minimum=None,
    agreed_minutes=30_000,
    planned_to_date_minutes=9_000,
    logged_minutes=8_000,
    against_plan_minutes=-1_000,
    pace_minutes=Fraction(200),
    needed_minutes=Fraction(360),
    weeks_left=Fraction(60),
    forecast_minutes=20_000,
    reached_on=date(2028, 1, 1),
    weeks_late=Fraction(0),
    status=HoursStatus.BEHIND,
    why="",
)


@pytest.mark.parametrize(
    ("changed", "weekly", "says"),
    [
        ({}, 2_160, "needs 1.8 times the pace"),
        ({}, None, "needs 1.8 times the pace"),
        ({"needed_minutes": Fraction(200)}, 2_160, "keeps up"),
        # 201.8 / 200 = 1.009, and 209.999 / 200 = 1.049995: not 1.1 times
        ({"needed_minutes": Fraction(2_018, 10)}, 2_160, "needs about as much as until now"),
        ({"needed_minutes": Fraction(209_999, 1_000)}, 2_160, "needs about as much as until now"),
        ({"needed_minutes": Fraction(210)}, 2_160, "needs 1.1 times the pace"),  # 1.05
        ({"needed_minutes": Fraction(229)}, 2_160, "needs 1.1 times the pace"),  # 1.145
        ({"needed_minutes": Fraction(230)}, 2_160, "needs 1.2 times the pace"),  # 1.15
        ({"needed_minutes": Fraction(0)}, 2_160, "keeps up"),
        ({"needed_minutes": Fraction(2_160)}, 2_160, "needs 10.8 times the pace"),
        ({"needed_minutes": Fraction(2_161)}, 2_160, "cannot at contracted hours"),
        ({"pace_minutes": Fraction(0)}, 2_160, "nothing logged in 8 weeks"),
        ({"needed_minutes": None}, 2_160, "no time left"),
        ({"status": HoursStatus.COMPLETE}, 2_160, "nothing left to do"),
    ],
)
def test_what_is_needed_is_held_against_the_pace_and_the_contracted_week(changed, weekly, says):
    found = recoverability(replace(FIGURES, **changed), weekly)
    assert found is not None
    assert found.says == says


@pytest.mark.parametrize(
    "status",
    [HoursStatus.NO_PLAN, HoursStatus.ON_A_BREAK, HoursStatus.NOT_STARTED, HoursStatus.ENDED],
)
def test_where_it_cannot_be_worked_out_nothing_is_said(status):
    assert recoverability(replace(FIGURES, status=status), 2_160) is None


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.integers(1, 9_999))
def test_a_higher_need_is_never_called_easier(lower, more, pace):
    figures = replace(FIGURES, pace_minutes=Fraction(pace))
    easy = recoverability(replace(figures, needed_minutes=Fraction(lower)), 2_160)
    hard = recoverability(replace(figures, needed_minutes=Fraction(lower + more)), 2_160)
    assert easy is not None
    assert hard is not None
    assert easy.key <= hard.key
    assert (easy.effort is Effort.KEEPS_UP) == (lower <= pace and lower <= 2_160)
