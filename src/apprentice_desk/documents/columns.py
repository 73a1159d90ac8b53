"""How the columns of a table share the width of the page."""

from __future__ import annotations

from typing import Protocol

from apprentice_desk.documents.runs import REGULAR, STRONG
from apprentice_desk.documents.tree import Table, plain

GAP = 8.0
"""Points of white between two columns."""

_WIDEST_WORD = 0.25
"""A column asks for no more than this share of the page for the sake of one long word."""

_WIDEST_CELL = 0.3
"""Nor for more than this share for the sake of long cells: one note must not squeeze the rest."""


class Measure(Protocol):
    """What knows how wide a text is."""

    def width(self, text: str, font: str, size: float) -> float:
        """Return how wide *text* is in points, in one of the two weights."""


def shared_widths(table: Table, room: float, letters: Measure, size: float) -> list[float]:
    """Return the width of each column in points, gaps included; together they are *room*.

    A column with a share gets that.  Of the others each gets what its longest cell needs, if all
    can.  Else each gets what its longest word needs, and the rest is shared out evenly, beginning
    with those that want little.
    """
    given = [column.share * room for column in table.columns]
    free = [place for place, width in enumerate(given) if not width]
    if not free:
        return [width * room / sum(given) for width in given]
    for place, width in zip(
        free, _free_widths(table, free, room - sum(given), letters, size), strict=True
    ):
        given[place] = width
    return given


def _free_widths(
    table: Table, free: list[int], room: float, letters: Measure, size: float
) -> list[float]:
    """The widths of the columns without a share, which together are *room*."""
    needed = [_needed(table, place, letters, size) for place in free]
    whole = [wide + GAP for wide, _ in needed]
    least = [min(word + GAP, room * _WIDEST_WORD) for _, word in needed]
    if sum(whole) <= room:
        return [wide * room / sum(whole) for wide in whole]
    if sum(least) >= room:
        return [wide * room / sum(least) for wide in least]
    most = room * _WIDEST_CELL
    wanted = [max(0.0, min(wide, most) - low) for wide, low in zip(whole, least, strict=True)]
    widths, spare = list(least), room - sum(least)
    for turn, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given = min(wanted[place], spare / (len(wanted) - turn))
        widths[place] += given
        spare -= given
    return [wide * room / sum(widths) for wide in widths]


def _needed(table: Table, place: int, letters: Measure, size: float) -> tuple[float, float]:
    """How wide the longest cell of a column is, and the longest word."""
    cells = {(table.columns[place].heading, STRONG)}
    for row in table.rows:
        words = row[place]
        is_plain = isinstance(words, str) and not table.is_heading(place)
        cells.add((plain(words), REGULAR if is_plain else STRONG))
    widest = longest = 0.0
    for text, font in cells:
        for line in text.splitlines():
            widest = max(widest, letters.width(line, font, size))
            for word in line.split():
                longest = max(longest, letters.width(word, font, size))
    return widest, longest
