"""What columns mean: headings weighed against the words for each field, with the cells below.

A score lies between 0 and 1.  The heading says most; cells that contradict it (a "date" over
numbers) pull it down, and cells that speak for themselves (ULNs, KSB codes) need no heading.
Nothing here compares whole heading rows, so order, extra columns and other wording do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, lru_cache
from types import MappingProxyType

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.imports import contract_values, diaries, values
from apprentice_desk.imports.fields import (
    FIELDS,
    GROUPED,
    IGNORED,
    Field,
    Holds,
    Kind,
    plain,
    standings,
    synonyms,
)
from apprentice_desk.resources import activity_words
from apprentice_desk.sheets import Cell

ENOUGH = 0.4
"""The least score at which a column is taken for a field without being told."""

LIKELY = 0.25
"""The least score at which a field is offered as another meaning of a column."""

_LONGEST_HEADING = 400
_LONGEST_NEAR_MISS = 60
_SHORTEST_NEAR_MISS = 4
_TWO_SLIPS = 8
_THREE_SLIPS = 16
_UNDER_A_GROUP = 0.97
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FILLING = frozenset({"the", "a", "an", "of", "in", "for", "to", "is", "please", "enter", "your"})
_SAMPLED = 200
_PLACES = 15  # beyond, a rarer word is no less sure
_DIARY = 0.3
"""The least share of texts with lengths of time in them that make a diary of a column."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one column is taken for (None: nothing), how surely, and what else it may be."""

    field: str | None
    confidence: float
    alternatives: tuple[str, ...]


# --- headings -----------------------------------------------------------------------------------


def is_known(heading: str, kind: Kind) -> bool:
    """Return whether *heading* is, to the letter, a word for some field of *kind*."""
    return len(heading) <= _LONGEST_NEAR_MISS and plain(heading) in _all_words(kind)


@cache
def _all_words(kind: Kind) -> frozenset[str]:
    return frozenset(word for words in synonyms(kind).values() for word in words)


@lru_cache(maxsize=20_000)
def heading_scores(heading: str, kind: Kind) -> Mapping[str, float]:
    """Return how well *heading* names each field of *kind* that it may name at all."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return MappingProxyType({})
    if GROUPED in heading:
        return MappingProxyType(_grouped_scores(heading, kind))
    whole = plain(heading)
    bare = plain(_BRACKETS.sub(" ", heading)) or whole
    scores = {}
    for name, words in synonyms(kind).items():
        best = max(
            _likeness(whole, bare, word) - 0.002 * min(place, _PLACES)
            for place, word in enumerate(words)
        )
        if best > 0:
            scores[name] = best
    return MappingProxyType(scores)


def _grouped_scores(heading: str, kind: Kind) -> dict[str, float]:
    """Return the scores of a heading under a group: both together say most, else its own words.

    "Actual" over "End date" is the actual end; "Week 1" over "Hours" says no more than "Hours".
    """
    group, _, own = heading.rpartition(GROUPED)
    together = heading_scores(f"{group} {own}", kind)
    alone = heading_scores(own, kind)
    known = {name: found for name, found in together.items() if found >= _SURE}
    if not known and not any(found >= ENOUGH for found in alone.values()):
        return {name: found * _UNDER_A_GROUP for name, found in together.items()}
    scores = {name: found * _UNDER_A_GROUP for name, found in alone.items()}
    if known and all(name not in known for name in alone if alone[name] >= _SURE):
        scores = {name: found * 0.5 for name, found in alone.items()}  # they say something else
    return scores | known


def _likeness(whole: str, bare: str, word: str) -> float:
    if word == whole:
        return 1.0
    if word == bare:
        return 0.97
    if _core(word) == _core(bare):
        return 0.93
    if sorted(_core(word)) == sorted(_core(bare)):
        return 0.92  # "Hours required" for "required hours"
    if len(word) >= 3 and f" {word} " in f" {whole} ":
        return 0.45 + 0.45 * len(word) / len(whole)
    if min(len(word), len(bare)) >= _SHORTEST_NEAR_MISS and len(bare) <= _LONGEST_NEAR_MISS:
        return _near_miss(bare, word)
    return 0.0


def _near_miss(bare: str, word: str) -> float:
    """Return how likely *bare* is *word* mistyped: a letter too many, missing, wrong or swapped."""
    longest = max(len(bare), len(word))
    most = 1 if longest < _TWO_SLIPS else 2 if longest < _THREE_SLIPS else 3
    if abs(len(bare) - len(word)) > most or bare.isdigit():
        return 0.0
    if len(_letters(bare) ^ _letters(word)) > 2 * most:  # a slip changes at most two letters
        return 0.0
    slips = _slips(bare, word, most)
    return 0.85 * (1 - slips / (longest + 4)) if slips <= most else 0.0


@lru_cache(maxsize=20_000)
def _letters(words: str) -> frozenset[str]:
    return frozenset(words)


def _slips(one: str, other: str, most: int) -> int:
    """Return in how many letters two words differ, two swapped ones being one slip.

    More than *most* is only said to be more.
    """
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            is_swap = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            row.append(min(least, before[j - 2] + 1) if is_swap else least)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


@lru_cache(maxsize=20_000)
def _core(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split() if word not in _FILLING)


# --- cells --------------------------------------------------------------------------------------

_STRICT = frozenset(
    {
        Holds.DAY, Holds.DURATION, Holds.TIME, Holds.NUMBER, Holds.MONEY, Holds.ULN, Holds.UKPRN,
        Holds.EMAIL, Holds.STANDARD, Holds.ON_OR_OFF, Holds.NAME, Holds.TEXT,
    }
)  # fmt: skip
_SURE = 0.9
_SELDOM = 0.2


def cells_fit(cells: Sequence[Cell], holds: Holds, heading: str = "") -> float | None:
    """Return from 0 to 1 how well *cells* look like what *holds* says; None where all are blank."""
    told = [cell for cell in cells if not values.is_blank(cell) and values.said(cell)]
    if not told:
        return None
    fit = _FITS[holds]
    return sum(fit(cell, heading) for cell in told) / len(told)


def _reads(read: Callable[[Cell], object]) -> Callable[[Cell, str], float]:
    def fit(cell: Cell, heading: str) -> float:
        try:
            return float(read(cell) not in (None, ""))
        except ValueError:
            return 0.0

    return fit


def _uln(cell: Cell, heading: str) -> float:
    words = "".join(values.line(cell).split())
    if len(words) != 10 or not words.isdigit():
        return 0.0
    try:
        identifiers.check_uln(words)
    except ValueError:
        return 0.6
    return 1.0


def _name(cell: Cell, heading: str) -> float:
    words = values.line(cell)
    if not isinstance(cell, str) or len(words) > 80 or "@" in words:
        return 0.0
    letters = sum(character.isalpha() for character in words)
    if letters == 0 or _reads(values.day)(cell, heading):
        return 0.0
    return 0.5 if any(character.isdigit() for character in words) else 1.0


def _code(cell: Cell, heading: str) -> float:
    if isinstance(cell, date | time | timedelta):
        return 0.0
    words = values.line(cell)
    return 1.0 if len(words) <= 30 and words.count(" ") <= 1 else 0.2


def _prose(cell: Cell, heading: str) -> float:
    if not isinstance(cell, str):
        return 0.0
    if len(cell) > 25:
        return 1.0
    is_other = values.plain_number(cell) is not None or _reads(values.day)(cell, heading)
    return 0.0 if is_other else 0.7


_KSB = re.compile(r"[KSB]\s?[0-9]{1,3}\b", re.IGNORECASE)


def _ksbs(cell: Cell, heading: str) -> float:
    words = values.line(cell)
    if _KSB.match(words):
        return 1.0
    return 0.5 if _KSB.search(words) or words.replace(",", "").replace(" ", "").isdigit() else 0.0


def _activity(cell: Cell, heading: str) -> float:
    if not isinstance(cell, str) or len(cell) > 120:
        return 0.0
    known: Mapping[str, Activity] = activity_words()
    if values.activity_named(cell, known):
        return 1.0
    return 0.5 if values.activity(cell, known) else 0.0


def _on_or_off(cell: Cell, heading: str) -> float:
    try:
        return float(values.is_off_the_job(cell, heading) is not None)
    except ValueError:
        return 0.0


def _status(cell: Cell, heading: str) -> float:
    return 1.0 if plain(values.line(cell)) in standings() else 0.4


def _number(cell: Cell, heading: str) -> float:
    return float(values.plain_number(cell) is not None)


def _duration(cell: Cell, heading: str) -> float:
    """A length by itself, or nearly as well inside a few words: "approx 1.5 hrs"."""
    return _reads(values.minutes)(cell, heading) or 0.9 * _diary(cell, heading)


def _diary(cell: Cell, heading: str) -> float:
    return float(isinstance(cell, str) and bool(diaries.told_in(cell).lengths))


def _period(cell: Cell, heading: str) -> float:
    try:
        return float(contract_values.notice(cell, heading) is not None)
    except ValueError:
        return 0.0


_FITS: Mapping[Holds, Callable[[Cell, str], float]] = MappingProxyType(
    {
        Holds.NAME: _name,
        Holds.TEXT: _prose,
        Holds.DAY: _reads(values.day),
        Holds.DURATION: _duration,
        Holds.TIME: _reads(values.clock),
        Holds.NUMBER: _number,
        Holds.MONEY: _reads(values.pounds),
        Holds.SIGNED: _reads(values.signed_pounds),
        Holds.ULN: _uln,
        Holds.UKPRN: _reads(values.checked(identifiers.check_ukprn)),
        Holds.EMAIL: lambda cell, heading: float("@" in values.line(cell)),
        Holds.CODE: _code,
        Holds.STANDARD: _reads(values.checked(identifiers.check_standard_code)),
        Holds.KSBS: _ksbs,
        Holds.ACTIVITY: _activity,
        Holds.ON_OR_OFF: _on_or_off,
        Holds.STATUS: _status,
        Holds.DIARY: _diary,
        Holds.PERIOD: _period,
    }
)


# --- both together ------------------------------------------------------------------------------


def score(heading_score: float, fit: float | None, field: Field) -> float:
    """Return how surely a column with this heading score and this fit of cells is *field*."""
    if field.name == IGNORED:
        return heading_score
    if heading_score <= 0:
        is_told = field.is_telling and fit is not None and fit >= _SURE
        return 0.45 * fit if is_told and fit is not None else 0.0
    is_named = heading_score >= _SURE
    if fit is None:
        return heading_score * (0.9 if is_named else 0.5)
    if fit <= _SELDOM and field.holds in _STRICT and not is_named:
        return 0.0
    return heading_score * (0.5 + 0.5 * fit)


def meanings(
    kind: Kind, headings: Sequence[str], columns: Sequence[Sequence[Cell]]
) -> tuple[Meaning, ...]:
    """Return what each column means: its *headings* text with the cells below it.

    The surest pair of column and field is settled first, then the next; no field is given twice
    unless it may stand in several columns.
    """
    scores: list[dict[str, float]] = []
    for heading, cells in zip(headings, columns, strict=True):
        of_words = heading_scores(heading, kind)
        of_column: dict[str, float] = {}
        fits: dict[Holds, float | None] = {}
        for field in FIELDS[kind]:
            of_heading = of_words.get(field.name, 0.0)
            if of_heading <= 0 and not field.is_telling:
                continue
            if field.holds not in fits:
                fits[field.holds] = cells_fit(cells[:_SAMPLED], field.holds, heading)
            found = score(of_heading, fits[field.holds], field)
            if found > 0:
                of_column[field.name] = found
        scores.append(of_column)
    given = _given(kind, scores)
    if kind is Kind.HOURS and not _tells_time(given):
        _take_for_diary(given, scores, columns)
    return tuple(
        Meaning(
            None if given.get(at) == IGNORED else given.get(at),
            round(scores[at].get(given.get(at, ""), 0.0), 3),
            tuple(
                name
                for name, found in sorted(scores[at].items(), key=lambda each: -each[1])
                if found >= LIKELY and name not in (given.get(at), IGNORED)
            ),
        )
        for at in range(len(scores))
    )


def _tells_time(given: Mapping[int, str]) -> bool:
    fields = set(given.values())
    return bool(fields & {"duration", "minutes"}) or {"began_at", "finished_at"} <= fields


def _take_for_diary(
    given: dict[int, str], scores: Sequence[dict[str, float]], columns: Sequence[Sequence[Cell]]
) -> None:
    """Take the column of text with most lengths of time in it for a diary, where there is one."""
    fits = {
        at: cells_fit(cells[:_SAMPLED], Holds.DIARY) or 0.0
        for at, cells in enumerate(columns)
        if given.get(at) in (None, "details", "title", "activity", IGNORED)
    }
    best = max(fits, key=lambda at: fits[at], default=None)
    if best is not None and fits[best] >= _DIARY:
        given[best] = "diary"
        scores[best]["diary"] = 0.5 * fits[best] + 0.2  # a person should look at it


def _given(kind: Kind, scores: Sequence[Mapping[str, float]]) -> dict[int, str]:
    many = _many(kind)
    pairs = sorted(
        (-found, at, name)
        for at, of_column in enumerate(scores)
        for name, found in of_column.items()
        if found >= ENOUGH
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, at, name in pairs:
        if at in given or (name in taken and name not in many):
            continue
        given[at] = name
        taken.add(name)
    return given


@cache
def _many(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in FIELDS[kind] if field.is_many)
