"""How alike two texts, times or names are: what makes a row look like another one.

Careful rather than clever.  Words that differ must be misspellings of each other or be few that
only one side has, and numbers must agree: “Lecture week 1” is not “Lecture week 2”.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from apprentice_desk.imports.fields import plain

_FILLING = frozenset(
    {"a", "an", "and", "at", "for", "i", "in", "my", "of", "on", "the", "to", "with"}
)
_ENDINGS = frozenset({"", "s", "es", "ed", "d", "ing", "ings", "er", "ion"})
_LEAST_SHARED = 0.6  # of the longer text's words
_MUCH_ALIKE = 70  # per cent
_MISSPELT = 0.75
_SHORTEST_MISSPELT = 4
_LONGEST = 60  # words; longer texts must be the same
_STEPS = (5, 6, 15, 30)  # minutes that people round to; 6 is a tenth of an hour


def are_similar(one: str, other: str) -> bool:
    """Whether two descriptions may well tell of the same thing; blank ones tell of nothing."""
    if not one or not other:
        return False
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if max(len(first), len(second)) > _LONGEST or _numbers(first) != _numbers(second):
        return False
    shared = set(first) & set(second)
    mine = [word for word in first if word not in shared]
    theirs = [word for word in second if word not in shared]
    misspelt = 0
    for word in mine:
        near = next((other for other in theirs if _is_misspelt(word, other)), None)
        if near is not None:
            theirs.remove(near)
            misspelt += 1
    if theirs and misspelt < len(mine):
        return False  # each has something to tell that the other has not
    return (len(shared) + misspelt) >= _LEAST_SHARED * max(len(set(first)), len(set(second)))


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for capitals, punctuation and spaces."""
    return plain(one) == plain(other)


def is_rounded(one: int, other: int) -> bool:
    """Whether one of two lengths of time is the other, rounded as people round."""
    return one != other and any(
        _nearest(one, step) == other or _nearest(other, step) == one for step in _STEPS
    )


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: they share a word, or are much alike."""
    mine, theirs = plain(one), plain(other)
    return bool(set(mine.split()) & set(theirs.split())) or percent(mine, theirs) >= _MUCH_ALIKE


def percent(one: str, other: str) -> int:
    """Return how alike two names are, in per cent: 100 only for the same letters."""
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return 100 if one == other else min(99, round(ratio * 100))


def _nearest(minutes: int, step: int) -> int:
    return (2 * minutes + step) // (2 * step) * step


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in plain(text).split() if word not in _FILLING)


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if any(letter.isdigit() for letter in word)]


@lru_cache(maxsize=20_000)
def _is_misspelt(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_MISSPELT:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    stem = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    if stem >= _SHORTEST_MISSPELT and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _MISSPELT
