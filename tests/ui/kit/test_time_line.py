"""The time line: true distances as far as words leave room, and below each other where not."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.time_line import TimeLine, TimeSpot, places_along

SPOTS = (
    TimeSpot(date(2025, 3, 1), "Starts"),
    TimeSpot(date(2026, 11, 24), "Today", is_now=True),
    TimeSpot(date(2026, 12, 21), "Notice by", "warning"),
    TimeSpot(date(2027, 2, 20), "Ends, extension to decide", "danger"),
    TimeSpot(date(2028, 2, 20), "Extension to", "quiet"),
)


def test_days_stand_where_their_share_of_the_time_is() -> None:
    assert places_along([0, 50, 100], [20, 20, 20], 220, 4) == [10, 110, 210]


def test_days_whose_words_would_touch_are_moved_apart() -> None:
    assert places_along([0, 1, 100], [20, 40, 20], 220, 4) == [10, 44, 210]
    assert places_along([0, 99, 100], [20, 40, 20], 220, 4) == [10, 176, 210]


def test_without_room_for_all_words_there_are_no_places() -> None:
    assert places_along([0, 1], [20, 20], 43, 4) == []
    assert places_along([0, 1], [20, 20], 44, 4) == [10, 34]


def test_one_day_alone_has_a_place() -> None:
    assert places_along([7], [20], 100, 4) == [10]


@given(
    st.lists(
        st.tuples(st.integers(0, 3_000), st.integers(1, 200)), min_size=1, max_size=8,
        unique_by=lambda each: each[0],
    ),
    st.integers(0, 2_000),
)  # fmt: skip
def test_words_never_touch_and_never_leave_the_line(days: list[Any], spare: int) -> None:
    days.sort()
    widths = [float(width) for _, width in days]
    room = sum(widths) + 4 * (len(widths) - 1) + spare
    places = places_along([day for day, _ in days], widths, room, 4)
    assert len(places) == len(days)
    edges = [(x - w / 2, x + w / 2) for x, w in zip(places, widths, strict=True)]
    assert edges[0][0] >= -0.001
    assert edges[-1][1] <= room + 0.001
    assert all(right[0] - left[1] >= 4 - 0.001 for left, right in pairwise(edges))


@pytest.fixture
def line(theme: Theme, qtbot: Any) -> TimeLine:
    made = TimeLine("Days of the contract", theme)
    qtbot.addWidget(made)
    made.show_spots(SPOTS, "Starts: 1 Mar 2025")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_it_stands_across_where_there_is_room_and_down_where_not(line: TimeLine) -> None:
    line.resize(1000, line.heightForWidth(1000))
    assert line.is_across
    across = line.height()
    line.resize(300, line.heightForWidth(300))
    assert not line.is_across
    assert line.height() > 2 * across
    assert line.minimumSizeHint().width() <= 300


def test_what_it_shows_is_said(line: TimeLine) -> None:
    assert line.accessibleName() == "Days of the contract"
    assert line.accessibleDescription() == "Starts: 1 Mar 2025"


@pytest.mark.parametrize("width", [1000, 300])
def test_the_time_gone_is_drawn_up_to_today(line: TimeLine, theme: Theme, width: int) -> None:
    line.resize(width, line.heightForWidth(width))
    gone = _count(line, theme.colour("accent"))
    line.show_spots([SPOTS[1], *SPOTS[2:]], "")
    assert gone > 100
    assert _count(line, theme.colour("accent")) == 0, "nothing of it is past"


def _count(line: TimeLine, colour: QColor) -> int:
    image = line.grab().toImage()
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height())
    )
