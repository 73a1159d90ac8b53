"""Small counts that leave the borough neither as they are nor so that they can be worked out.

A count from 1 to 4 could be a person whom somebody knows, and the group's total can be had: it is
the number of apprentices on the Apprentices sheet.  So whole rows are left blank, both counts of
them, since one says something about the other (whoever started in the year is mostly still
there), and enough rows that other numbers fit what is shown as well as the true ones do.

Which rows those are follows from the counts alone, never from the order of the rows.  Whoever
knows how this works can therefore swap two blank rows in his mind and see the same output; a small
count is safe when among the blank rows there is one that it can be swapped with.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = range(1, 5)
"""Counts that are not shown (return-format.md, Characteristics)."""

Counts = tuple[int | None, int | None]
"""One category's counts: on programme, and started in the year; None is not known."""


def suppressed(group: Sequence[Counts]) -> frozenset[int]:
    """Return which rows of one characteristic must be left blank, by index.

    *group* holds every category of the characteristic.  Rows with a small count are always among
    them.  Where those rows could be worked out from the total, the rows with the smallest counts
    of the others go with them, all that are equal; a group that has no other row is blank as a
    whole.
    """
    small = frozenset(index for index, counts in enumerate(group) if _is_small(counts))
    if not small:
        return small
    columns = [at for at in (0, 1) if any(group[index][at] in SMALL for index in small)]
    # A row that is not known hides nothing: nobody would take it for one of the others.
    others = [
        index
        for index, counts in enumerate(group)
        if index not in small and all(counts[at] is not None for at in columns)
    ]
    # With one row left over the total gives it away, or it gives away that the others are equal.
    if len(others) > 1 and all(_varies([group[index][at] for index in small]) for at in columns):
        return small
    least = min((_order(group[index]) for index in others), default=None)
    return small | {index for index in others if _order(group[index]) == least}


def _is_small(counts: Counts) -> bool:
    return counts[0] in SMALL or counts[1] in SMALL


def _varies(values: Sequence[int | None]) -> bool:
    return len({value for value in values if value is not None}) > 1


def _order(counts: Counts) -> tuple[int, int]:
    """Return what the smallest row is found by; a count that is not known sorts as the largest."""
    first, second = (10**9 if count is None else count for count in counts)
    return first, second
