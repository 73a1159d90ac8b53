"""Two files that were one desk: what both have, and what was done in each since they parted.

Compared by their change logs.  Two lines are the same change where number, instant and person are
the same; the label may differ, since erasing a person takes their name out of labels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

Record = tuple[str, str]
"""A record as the log has it: its table and its key."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change as a log has it."""

    number: int
    label: str
    recorded_at: datetime
    person: str


class Turn(Enum):
    """How two logs stand to each other."""

    SAME = "same"
    AHEAD = "ahead"
    """The first has all that the second has, and more."""
    BEHIND = "behind"
    """The second has all that the first has, and more."""
    PARTED = "parted"
    """Each has changes that the other lacks."""
    STRANGERS = "strangers"
    """They have no change in common."""


@dataclass(frozen=True, slots=True)
class TwoLogs:
    """What two logs have in common, and what each has alone, oldest first."""

    common: int
    """How many changes they share, from the first on."""
    last_common: LogLine | None
    here: tuple[LogLine, ...]
    there: tuple[LogLine, ...]
    both_touched: frozenset[Record] = frozenset()
    """The records that were changed in both since they parted."""
    clashes_here: frozenset[int] = frozenset()
    clashes_there: frozenset[int] = frozenset()
    """The numbers of the changes that touched one of those."""

    @property
    def turn(self) -> Turn:
        """How the two stand to each other."""
        if not self.common and (self.here or self.there):
            return Turn.STRANGERS
        if self.here:
            return Turn.PARTED if self.there else Turn.AHEAD
        return Turn.BEHIND if self.there else Turn.SAME


def part(here: Sequence[LogLine], there: Sequence[LogLine]) -> tuple[int, LogLine | None]:
    """Return how many changes two logs share from the first on, and the last of them.

    Both oldest first.
    """
    shared = 0
    for own, other in zip(here, there, strict=False):
        if _mark(own) != _mark(other):
            break
        shared += 1
    return shared, here[shared - 1] if shared else None


def _mark(line: LogLine) -> tuple[int, datetime, str]:
    return line.number, line.recorded_at, line.person


def compared(
    here: Sequence[LogLine],
    there: Sequence[LogLine],
    touched_here: Sequence[tuple[int, Record]] = (),
    touched_there: Sequence[tuple[int, Record]] = (),
) -> TwoLogs:
    """Compare two logs, oldest first.

    *touched_here* and *touched_there* say which change since they parted touched which record.
    """
    shared, last = part(here, there)
    both = {each for _, each in touched_here} & {each for _, each in touched_there}
    return TwoLogs(
        shared,
        last,
        tuple(here[shared:]),
        tuple(there[shared:]),
        frozenset(both),
        _numbers(touched_here, both),
        _numbers(touched_there, both),
    )


def _numbers(touched: Sequence[tuple[int, Record]], records: Collection[Record]) -> frozenset[int]:
    return frozenset(number for number, record in touched if record in records)


def in_words(two: TwoLogs, here: str, there: str) -> str:
    """Say in a sentence how two files stand to each other; *here* and *there* are their names."""
    if two.turn is Turn.SAME:
        return f"{here} and {there} hold the same {_changes(two.common)}."
    if two.turn is Turn.AHEAD:
        more = _changes(len(two.here))
        return f"{here} has all that {there} has, and {more} more."
    if two.turn is Turn.BEHIND:
        more = _changes(len(two.there))
        return f"{there} has all that {here} has, and {more} more."
    if two.turn is Turn.STRANGERS:
        return f"{here} and {there} have no change in common."
    return (
        f"After {_changes(two.common)} in common, {_changes(len(two.here))}"
        f" {_were(two.here)} made in {here} alone and {_changes(len(two.there))}"
        f" {_were(two.there)} made in {there} alone."
    )


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"


def _were(lines: Sequence[LogLine]) -> str:
    return "was" if len(lines) == 1 else "were"
