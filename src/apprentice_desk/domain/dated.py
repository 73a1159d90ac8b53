"""Rules that hold from a day on: which of them is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem


class Dated(Protocol):
    """Anything that holds from a day on."""

    @property
    def valid_from(self) -> date:
        """Its first day."""


D = TypeVar("D", bound=Dated)


def in_force(rules: Iterable[D], day: date, what: str) -> D:
    """Return the newest of *rules* on a day; raises Problem, naming *what*, if there is none."""
    begun = [each for each in rules if each.valid_from <= day]
    if not begun:
        raise Problem(f"{what} is not known for {show_day(day)}.", "Check the day.")
    return max(begun, key=lambda each: each.valid_from)
