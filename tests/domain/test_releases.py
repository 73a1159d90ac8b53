"""A version that a file tells of: what it must say, and how it stands to the one that runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apprentice_desk.domain.releases import (
    Release,
    Standing,
    in_words,
    numbers,
    read_release,
    standing,
)

GOOD: dict[str, Any] = {
    "program": "org.example.Desk",
    "version": "1.2.3",
    "released_on": date(2027, 3, 1),
    "new": ["One.", "\u202eTwo\u200b", "\u200b"],
}


def test_a_release_is_read_without_what_cannot_be_seen() -> None:
    found = read_release(GOOD, "org.example.Desk")
    assert found == Release("1.2.3", date(2027, 3, 1), ("One.", "Two"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"program": "org.example.Other"}, "another program"),
        ({"version": 12}, "names no version"),
        ({"version": "1.2"}, "three numbers"),
        ({"released_on": "yesterday"}, "when the version came out"),
        ({"released_on": datetime(2027, 3, 1, tzinfo=UTC)}, "when the version came out"),
        ({"new": "all"}, "what is new"),
        ({"new": [1]}, "what is new"),
    ],
)
def test_what_does_not_say_it_all_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_release(GOOD | changed, "org.example.Desk")


@pytest.mark.parametrize(
    ("own", "its", "how"),
    [
        ("1.2.3", "1.2.4", Standing.NEWER),
        ("1.9.0", "1.10.0", Standing.NEWER),
        ("1.2.3", "1.2.3", Standing.SAME),
        ("2.0.0", "1.9.9", Standing.OLDER),
    ],
)
def test_versions_are_held_against_each_other_as_numbers(own: str, its: str, how: Standing) -> None:
    found = Release(its, date(2027, 3, 1), ())
    assert standing(own, found) is how
    title, sentence = in_words(own, found)
    assert its in title
    assert "1 Mar 2027" in sentence


def test_a_version_has_three_numbers() -> None:
    assert numbers("10.0.2") == (10, 0, 2)
    for wrong in ("", "1", "1.2.3.4", "v1.2.3", "1.2.x", "1.2.-3", "١.٢.٣ "):
        with pytest.raises(ValueError, match="three numbers"):
            numbers(wrong)
