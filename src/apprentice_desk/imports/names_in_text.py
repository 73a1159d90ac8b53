"""Who a text may name: "Ada King", "Ms King, Ada", "Hours for Ada King (ULN 1000000043)"."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import NamedTuple

from apprentice_desk.domain import identifiers
from apprentice_desk.imports import grids, labels, values
from apprentice_desk.imports.fields import grid_words, plain
from apprentice_desk.imports.identifying import Clues
from apprentice_desk.imports.keys import EDGES, is_key, parted
from apprentice_desk.resources import activity_words
from apprentice_desk.sheets import Cell

_ULN = re.compile(r"(?<!\d)\d{10}(?!\d)")


class NameInText(NamedTuple):
    """A name that a text may be: with what stands *around* it, and whether a ULN says so."""

    words: str
    clues: Clues
    around: str = ""
    has_more: bool = False
    is_said: bool = False


def alone(text: str) -> NameInText | None:
    """Return who a text that stands alone in its row may name; None where it names nobody."""
    words = values.line(text)
    if not words or not _is_no_note(words):
        return None
    name, around, more = parted(words)
    uln = ""
    if found := _ULN.search(words):
        try:
            uln = identifiers.check_uln(found[0])
        except ValueError:
            return None
        name = name.replace(found[0], " ")
        name = re.sub(r"\buln\b", " ", name, flags=re.IGNORECASE)
        name = " ".join(name.split()).strip(EDGES)
    if not may_be_name(name) or len(name.split()) < 2:
        return None
    return NameInText(words, Clues(uln=uln, name=name), around, more, bool(uln))


def may_be_name(words: str) -> bool:
    """Return whether words may be a name at all, as far as they can be told from a note."""
    return (
        0 < len(words) <= 80
        and len(words.split()) <= 6
        and not any(letter.isdigit() for letter in words)
        and sum(letter.isalpha() for letter in words) >= 2
        and "@" not in words
        and bool(values.said(words))
        and _is_no_note(words)
    )


def _is_no_note(words: str) -> bool:
    """Whether a text is no month, week, total or kind of activity."""
    marks = grid_words()
    told = plain(words)
    if not labels.is_no_label(words) or told in marks.nothing_done or told in marks.planned:
        return False
    if told in marks.totals or {"total", "totals", "subtotal"} & set(told.split()):
        return False
    return values.activity_named(words, activity_words()) is None


def looks_like_name(words: str) -> bool:
    """Whether words that nobody of the desk is called by may well be somebody's name."""
    own = words.replace(",", " ").split()
    return (
        2 <= len(own) <= 4 and own[0][:1].isupper() and own[-1][:1].isupper()
        and grids.is_a_name(words) and may_be_name(words)
    )  # fmt: skip


def is_key_first(first: str) -> bool:
    """Return whether a cell begins with words that surely head a column of some list."""
    return is_key(values.line(first).partition(":")[0].strip())


def is_length(cell: Cell) -> bool:
    """Return whether a cell holds a length of time."""
    return isinstance(cell, int | float | time | timedelta) or grids.length_of(cell) is not None
