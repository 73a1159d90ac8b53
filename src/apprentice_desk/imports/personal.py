"""Particulars in a list that nobody asked for: they are not read, and the review says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import own_words, personal_words, plain
from apprentice_desk.imports.matching import MatchedColumn, Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.sheets import Cell

# The shapes that the Post Office, HMRC and telephones give them in the United Kingdom.
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}",
        r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
        r"(?:\+44|0)[0-9 ()-]{9,14}",
    )
)


def notes_on(table: Table, matching: Matching) -> tuple[Finding, ...]:
    """Return one note that names the columns of such particulars, none where there are none."""
    found = [
        column
        for column in matching.columns
        if column.field is None and _is_personal(column, table.column(column.index))
    ]
    if not found:
        return ()
    named = ", ".join(f"{each.letter} “{each.heading or 'without a heading'}”" for each in found)
    are = "is" if len(found) == 1 else "are"
    return (
        Finding(
            Level.NOTE,
            "IM451",
            f"{named} {are} not read: the desk does not keep places or particulars that it does"
            " not need.",
            "Leave them out of the list if nobody needs them there either.",
            Place(table.file_name, table.sheet, column=found[0].letter, heading=found[0].heading),
        ),
    )


def _is_personal(column: MatchedColumn, cells: Sequence[Cell]) -> bool:
    told = [values.line(cell) for cell in cells if values.said(cell)]
    if not told:
        return False
    if plain(own_words(column.heading)) in personal_words():
        return True
    fitting = sum(any(shape.fullmatch(words) for shape in _SHAPES) for words in told)
    return fitting * 2 > len(told)
