"""Two files of one desk: what they share, and what each did since."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apprentice_desk.domain.two_logs import LogLine, Turn, compared, in_words


def line(number: int, label: str = "Log hours", minute: int | None = None) -> LogLine:
    at = datetime(2026, 9, 1, 9, number if minute is None else minute, tzinfo=UTC)
    return LogLine(number, label, at, "Sam")


COMMON = [line(1), line(2)]


@pytest.mark.parametrize(
    ("here", "there", "turn"),
    [
        ([], [], Turn.SAME),
        (COMMON, COMMON, Turn.SAME),
        ([*COMMON, line(3)], COMMON, Turn.AHEAD),
        (COMMON, [*COMMON, line(3)], Turn.BEHIND),
        ([*COMMON, line(3)], [*COMMON, line(3, minute=59)], Turn.PARTED),
        ([line(1)], [line(1, minute=30)], Turn.STRANGERS),
        ([], [line(1)], Turn.STRANGERS),
    ],
)
def test_how_two_logs_stand_to_each_other(
    here: list[LogLine], there: list[LogLine], turn: Turn
) -> None:
    two = compared(here, there)
    assert two.turn is turn
    words = in_words(two, "a.desk", "b.desk")
    assert "a.desk" in words
    assert "b.desk" in words


def test_a_label_that_was_scrubbed_is_the_same_change_still() -> None:
    """Erasing a person takes their name out of labels, on one side perhaps."""
    two = compared([line(1, "Log 3 h for Ada")], [line(1, "Log 3 h for (erased)")])
    assert two.turn is Turn.SAME


def test_records_that_both_changed_are_named() -> None:
    ours, theirs = [*COMMON, line(3), line(4)], [*COMMON, line(3, minute=50)]
    ada, jo = ("apprentice", "aa"), ("apprentice", "bb")
    two = compared(ours, theirs, [(3, ada), (4, jo)], [(3, ada)])
    assert two.both_touched == {ada}
    assert two.clashes_here == {3}
    assert two.clashes_there == {3}
    assert two.last_common == COMMON[-1]


def test_one_change_is_said_as_one() -> None:
    two = compared([*COMMON, line(3)], [*COMMON, line(3, minute=50), line(4, minute=51)])
    assert in_words(two, "a", "b") == (
        "After 2 changes in common, 1 change was made in a alone and 2 changes were made in b"
        " alone."
    )
