"""Whether a session is likely to be logged already."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest

from apprentice_desk.domain.sessions import are_alike, days_like, likely_same


class Entry(NamedTuple):
    minutes: int
    what: str = ""


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Databases workshop", "databases  WORKSHOP!", True),
        ("Databases workshop", "Databases: normal forms and keys, a workshop", True),
        ("Databases workshop", "Databases and networks", True),  # half of the shorter
        ("Databases workshop", "Shadowing in the service desk", False),
        ("Databases one two three", "Databases four five six", False),
        ("", "Anything", True),  # nothing is said that would tell them apart
        ("…", "Anything", True),
    ],
)
def test_texts_are_alike_where_half_of_the_shorter_stands_in_both(
    one: str, other: str, are: bool
) -> None:
    assert are_alike(one, other) is are
    assert are_alike(other, one) is are


def test_the_same_is_as_long_and_has_words_like_it() -> None:
    logged = [Entry(60, "Databases"), Entry(90, "Shadowing"), Entry(90, "Databases again")]
    assert likely_same(90, "Databases", logged) is logged[2]
    assert likely_same(91, "Databases", logged) is None
    assert likely_same(90, "", logged) is logged[1]
    assert likely_same(90, "Databases", []) is None


def test_an_hour_of_something_else_does_not_hold_a_session_back() -> None:
    ada, noor = UUID(int=1), UUID(int=2)
    first, second, third = date(2026, 9, 3), date(2026, 9, 10), date(2026, 9, 17)
    logged = {
        ada: [(first, "Databases: joins"), (second, "Shadowing at the desk"), (third, "")],
        noor: [(first, "Shadowing")],
    }
    assert days_like("Databases", logged) == {ada: {first, third}, noor: frozenset()}
