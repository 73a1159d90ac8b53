"""When the file of a desk is checked unasked: its size, and what it costs to read it there."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.desk_places import PlaceKind, Standing
from apprentice_desk.safekeeping.surroundings import Surroundings

MEGABYTE = 2**20


@pytest.mark.parametrize(
    ("kind", "megabytes", "is_checked"),
    [
        (None, 200, True),
        (None, 300, False),
        (PlaceKind.SYNCED, 200, True),  # it stands on this computer's own disk
        (PlaceKind.NETWORK, 30, True),
        (PlaceKind.NETWORK, 40, False),
        (PlaceKind.REMOVABLE, 40, False),
    ],
)
def test_a_large_file_far_away_is_not_read_unasked(
    kind: PlaceKind | None, megabytes: int, *, is_checked: bool
) -> None:
    standing = None if kind is None else Standing(kind)
    found = Surroundings(standing, (), megabytes * MEGABYTE)
    assert found.is_checked_by_itself is is_checked
