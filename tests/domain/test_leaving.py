"""What leaves, in words, and who is in it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from apprentice_desk.domain.leaving import GivenTo, Going, LeftKind, LeftRow


def test_every_kind_is_written_with_a_capital_and_no_two_alike():
    shown = [kind.shown for kind in LeftKind]
    assert shown[0] == "Return"
    assert LeftKind.ANSWERS.shown == "Answers to LOTI"
    assert len(set(shown)) == len(shown)
    assert all(len(kind.value) <= 60 for kind in LeftKind)


def test_whoever_is_named_twice_is_in_a_file_once_and_nobody_is_left_out():
    one, other = uuid4(), uuid4()
    going = Going.of(LeftKind.LIST, [one, other, one, None])
    assert going.apprenticeships == {one, other}
    assert Going.of(LeftKind.LIST, []).count == 0
    assert Going(LeftKind.COPY).count is None


def test_the_day_is_that_of_this_computer():
    at = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
    row = LeftRow(uuid4(), at, "bo", LeftKind.LIST, "a.pdf", 1, "0" * 64, 0, GivenTo(), 7)
    assert row.on == at.astimezone().date()
