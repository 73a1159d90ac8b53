"""The signs of a quick line: what is blank, what parts one word from the next, what a word is.

Marks that are not seen (for the direction of writing, say) are blank: they come with pasted names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BLANKS = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb"
)
"""What is blank, as it stands between the brackets of a pattern."""

DASH = "[-–—−]"
GAP = f"[{BLANKS}]"
WORD_ENDS = rf"(?=[{BLANKS},;&+]|$)"
"""What stands behind a part that is complete."""

_BETWEEN = re.compile(rf"(?:{GAP}|[,;&+|]|[-–—−/:·•]+(?={GAP}|[,;]|$))*")
_SEPARATOR = re.compile(r"[,;&+|]|[-–—−/:·•]")
_WORD = re.compile(rf"(?:[^{BLANKS},;]|(?<=[0-9]),(?=[0-9]))+")
_NAME_WORD = re.compile(rf"[^{BLANKS},;&+\"“]+")
_STRAIGHT = re.compile(r'"((?:[^"]|"")*)(?:"|$)')
_CURLED = re.compile(r"“([^”]*)(?:”|$)")
_GAPS = re.compile(f"{GAP}*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotation marks; without the second mark it goes on to the end of the line."""

    end: int
    text: str


def next_word(text: str, place: int) -> tuple[int, bool]:
    """Return where the next word begins, and whether a separator stands before it."""
    found = _BETWEEN.match(text, place)
    assert found is not None  # nothing at all fits too
    return found.end(), _SEPARATOR.search(found[0]) is not None


def word_end(text: str, place: int) -> int:
    """Return where the word that begins at *place* ends."""
    found = _WORD.match(text, place)
    assert found is not None  # next_word() leads to something that is no blank or separator
    return found.end()


def name_word_end(text: str, place: int) -> int:
    """Return where a word of a name ends that begins at *place*; *place* if there is none."""
    found = _NAME_WORD.match(text, place)
    return found.end() if found else place


def quoted(text: str, place: int) -> Quoted | None:
    """Return the text in quotation marks that begins at *place*; None if there is none.

    A straight quotation mark in it is written twice.
    """
    if found := _STRAIGHT.match(text, place):
        return Quoted(found.end(), without_edges(found[1].replace('""', '"')))
    if found := _CURLED.match(text, place):
        return Quoted(found.end(), without_edges(found[1]))
    return None


def without_edges(text: str) -> str:
    """Return *text* without what is blank before and behind it."""
    gap = _GAPS.match(text)
    assert gap is not None  # it may be empty
    start = gap.end()
    end = len(text)
    while end > start and _GAPS.fullmatch(text, end - 1, end):
        end -= 1
    return text[start:end]
