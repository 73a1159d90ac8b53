"""Instants in words, and a computer's clock held against what stands in a desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apprentice_desk.domain.clocks import (
    MAY_DIFFER,
    behind_in_words,
    is_behind,
    show_instant,
    table_instant,
)

NOW = datetime(2026, 11, 29, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("latest", "is_told"),
    [
        (None, False),
        (NOW - timedelta(days=400), False),
        (NOW, False),
        (NOW + MAY_DIFFER, False),
        (NOW + MAY_DIFFER + timedelta(seconds=1), True),
        (NOW + timedelta(days=3), True),
    ],
)
def test_a_clock_is_behind_what_was_saved_by_more_than_clocks_may_differ(
    latest: datetime | None, is_told: bool
) -> None:
    assert is_behind(NOW, latest) is is_told


def test_both_instants_are_said_as_this_computer_counts_hours() -> None:
    later = NOW + timedelta(days=3)
    what, remedy = behind_in_words(NOW, later, "hackney.desk")
    assert f"29 November 2026, {NOW.astimezone():%H:%M}" in what.replace("Nov ", "November ")
    assert f"2 December 2026, {later.astimezone():%H:%M}" in what.replace("Dec ", "December ")
    assert "hackney.desk" in what
    assert "Nothing is lost" in remedy


def test_an_instant_stands_otherwise_in_a_table_than_in_a_sentence() -> None:
    here = datetime(2026, 3, 4, 9, 5).astimezone()  # as this computer counts hours
    assert show_instant(here.astimezone(UTC)) == "4 Mar 2026, 09:05"
    assert table_instant(here.astimezone(UTC)) == "04/03/2026 09:05"
