"""One session that many people took part in: what tells it from one that is logged already.

Only what is likely is said here; whether it is the same, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from apprentice_desk.domain.counting import plain_text


class Logged(Protocol):
    """An entry of the same person and day."""

    @property
    def minutes(self) -> int:
        """How long it took."""

    @property
    def what(self) -> str:
        """What was learned."""


_L = TypeVar("_L", bound=Logged)


def are_alike(one: str, other: str) -> bool:
    """Return whether two texts may be about the same; a text without words may be about anything.

    Half of the words of the shorter one stand in the other too.
    """
    words, others = set(plain_text(one).split()), set(plain_text(other).split())
    shorter = min(len(words), len(others))
    return 2 * len(words & others) >= shorter


def likely_same(minutes: int, what: str, logged: Iterable[_L]) -> _L | None:
    """Return the first of *logged* that is as long and has words like *what*; None if none is."""
    return next(
        (each for each in logged if each.minutes == minutes and are_alike(what, each.what)), None
    )


def days_like(
    what: str, logged: Mapping[UUID, Iterable[tuple[date, str]]]
) -> Mapping[UUID, frozenset[date]]:
    """Return the days of each person on which something is logged that may be *what*.

    An hour of something else on the same day does not hold a session back.
    """
    return {
        key: frozenset(day for day, words in entries if are_alike(what, words))
        for key, entries in logged.items()
    }
