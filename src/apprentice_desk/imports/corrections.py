"""Changes to what the desk has: offered value by value, old beside new, never made silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a list has otherwise than the desk.

    *values* are the attributes of the details that accepting it sets; *old* and *new* show both
    to a person, "" for blank.
    """

    field: str
    words: str
    old: str
    new: str
    values: tuple[tuple[str, Any], ...]

    @property
    def said(self) -> str:
        """The change in words, such as "time spent: 1 h 30 m → 2 h"."""
        return f"{self.words}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a row changes in a record of the desk: *of* its key, *stamp* what was read of it."""

    of: UUID
    stamp: Any
    changes: tuple[Change, ...]

    @property
    def said(self) -> str:
        """All changes in words."""
        return "; ".join(change.said for change in self.changes)

    @property
    def values(self) -> dict[str, Any]:
        """The attributes that it sets."""
        return {name: value for change in self.changes for name, value in change.values}

    def without(self, fields: Iterable[str]) -> Correction:
        """Return it without the changes of some fields."""
        left = frozenset(fields)
        return replace(self, changes=tuple(c for c in self.changes if c.field not in left))


def _shown(value: str) -> str:
    if not value:
        return "blank"
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
