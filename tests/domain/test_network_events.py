"""Events of the network: what they are as training, and the words for them."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.network_events import USUAL_ACTIVITY, event_in_words, room_in_words
from apprentice_desk.domain.vocabulary import EventKind


def test_a_link_up_is_no_training_by_itself() -> None:
    assert set(EventKind) - set(USUAL_ACTIVITY) == {EventKind.LINK_UP}


def test_a_line_says_what_when_and_where() -> None:
    assert event_in_words("Link-up", "14:00", "Town hall") == "Link-up at 14:00, Town hall"
    assert event_in_words("Link-up", "", "") == "Link-up"


@pytest.mark.parametrize(
    ("asked", "capacity", "words"),
    [
        (0, None, "Nobody asked"),
        (1, None, "1 asked"),
        (12, 12, "12 asked for 12 places"),
        (12, 1, "12 asked, 11 more than the 1 place"),
    ],
)
def test_how_many_are_asked_goes_with_the_places(
    asked: int, capacity: int | None, words: str
) -> None:
    assert room_in_words(asked, capacity) == words
