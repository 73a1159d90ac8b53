"""The openings in shares that are walked through by themselves, several at a time."""

from __future__ import annotations

from collections.abc import Sequence

from ui.openings import OPENINGS, Opening


def share(number: int, shares: int, first: Sequence[str] = ()) -> list[Opening]:
    """Return one of so many *shares* of OPENINGS, counted from 0; together they are all of them.

    Those that are named in *first* are in the first one.  The others stay in their order: what
    comes one after the other is often on one page.
    """
    before = [each for each in OPENINGS if each.name in first]
    ordered = [*before, *(each for each in OPENINGS if each.name not in first)]
    ends = [round(len(ordered) * place / shares) for place in range(shares + 1)]
    return ordered[ends[number] : ends[number + 1]]
