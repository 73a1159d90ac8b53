"""What is found by part of a word, and in which order.

Lines are put on a shelf once; each letter that is typed then looks through the shelf.  What is
typed is compared without case, accents and apostrophes, and every sign between letters is a gap,
so "obrien" finds "O'Brien" and "2025 014" finds "XMP-2025-014".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

from apprentice_desk.domain.folding import fold

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_GAPS = re.compile(r"(?:[^\w\n]|_)+")


class Subject(StrEnum):
    """What there is to look for in a desk, in the order of results that are equally good."""

    APPRENTICE = "apprentice"
    CONTRACT = "contract"
    PROVIDER = "provider"
    PROCUREMENT = "procurement"
    DOCUMENT = "document"
    SECONDMENT = "secondment"
    EVENT = "event"
    TEMPLATE = "template"
    OFFER = "offer"


class Match(IntEnum):
    """How well a line answers what was typed; the lower the better."""

    CODE = 0
    """It is the line's code, ULN or reference, whole."""
    NAME = 1
    """A name of the line begins with it."""
    WORD_OF_NAME = 2
    """Each typed word begins a word of a name."""
    WORD = 3
    """Each begins a word of anything that the line is found by."""
    PART_OF_NAME = 4
    PART = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The record that a line stands for."""

    subject: Subject
    id: UUID


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be found.

    *detail* is shown below the title and not searched.  *names* are further names: the same one
    with the family name first, say.  *more* is what else it is found by, each with a word for it
    ("ULN", "1000000043").  What is past comes after what is not, where both match alike.
    """

    key: Hashable
    title: str
    detail: str = ""
    names: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found."""

    line: Line
    match: Match


@dataclass(frozen=True, slots=True)
class Hits:
    """The best of what was found, best first, and how many there are in all."""

    best: tuple[Hit, ...] = ()
    total: int = 0


def plain(text: str) -> str:
    """Return *text* as it is compared: folded, without apostrophes, signs as one gap each."""
    return _GAPS.sub(" ", _APOSTROPHES.sub("", fold(text))).strip(" ")


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words that were typed, as they are compared; a word may hold gaps."""
    return tuple(word for word in map(plain, typed.split()) if word)


class Shelf:
    """Lines of one subject: what is past last, else by name, or *in_order* as they come.

    Nothing changes it once it is made, so one thread may make it and another search it.  Lines
    are kept packed: with twenty thousand of them the search for garbage, which stops every
    thread, would otherwise go through some hundred thousand objects more.
    """

    def __init__(self, lines: Iterable[Line], *, in_order: bool = False) -> None:
        shelved = [(line.is_past, _first_name(line), _packed(line)) for line in lines]
        if not in_order:
            shelved.sort(key=itemgetter(0, 1))
        self._lines = [packed for _, _, packed in shelved]
        self._names: list[str] = []
        self._texts: list[str] = []
        self._codes: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[Hashable, int] = {}
        for number, packed in enumerate(self._lines):
            line = _unpacked(packed)
            names = "\n".join((line.title, *line.names))
            whole = plain("\n".join((names, *(value for _, value in line.more))))
            fields = whole.split("\n", names.count("\n") + 1)
            self._names.append(_with_starts("\n".join(fields[: names.count("\n") + 1])))
            self._texts.append(_with_starts(whole))
            self._numbers[line.key] = number
            for code in line.codes:
                close = _close(plain(code))
                self._codes[close] = (*self._codes.get(close, ()), number)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Line]:
        return map(_unpacked, self._lines)

    def line(self, key: Hashable) -> Line | None:
        """Return the line of this key; None when there is none."""
        number = self._numbers.get(key)
        return None if number is None else _unpacked(self._lines[number])

    def _hit(self, number: int, match: Match) -> Hit:
        return Hit(_unpacked(self._lines[number]), match)

    def search(self, typed: str, limit: int) -> Hits:
        """Return the best *limit* lines in which every word of *typed* occurs.

        Nothing typed finds nothing.
        """
        words = words_of(typed)
        if not words:
            return Hits()
        exact = self._codes.get(_close(" ".join(words)), ())
        found = _with_all(range(len(self._lines)), self._texts, words)
        best = [self._hit(number, Match.CODE) for number in exact[:limit]]
        taken = set(exact)
        for match, strings, parts in self._ways(words):
            such = _first(found, strings, parts, taken, limit - len(best))
            best += [self._hit(number, match) for number in such]
            taken.update(such)
        total = len(found) + len(set(exact).difference(found)) if exact else len(found)
        return Hits(tuple(best), total)

    def _ways(self, words: tuple[str, ...]) -> tuple[_Way, ...]:
        starts = tuple(f" {word}" for word in words)
        return (
            (Match.NAME, self._names, (f"\n {' '.join(words)}",)),
            (Match.WORD_OF_NAME, self._names, starts),
            (Match.WORD, self._texts, starts),
            (Match.PART_OF_NAME, self._names, words),
            (Match.PART, self._texts, words),
        )


_Packed = tuple[Any, ...]


def _packed(line: Line) -> _Packed:
    """Return *line* as one flat tuple."""
    more = chain.from_iterable(line.more)
    return (
        line.key, line.title, line.detail, line.is_past, len(line.names), len(line.more),
        *line.names, *more, *line.codes,
    )  # fmt: skip


def _unpacked(packed: _Packed) -> Line:
    key, title, detail, is_past, names, more, *rest = packed
    pairs = rest[names : names + 2 * more]
    return Line(
        key,
        title,
        detail,
        tuple(rest[:names]),
        tuple(zip(pairs[::2], pairs[1::2], strict=True)),
        tuple(rest[names + 2 * more :]),
        is_past,
    )


def _first_name(line: Line) -> str:
    """Return what *line* is sorted by: of a person the family name."""
    return fold((line.names or (line.title,))[0])


_Way = tuple[Match, Sequence[str], tuple[str, ...]]
"""How well it matches, what is looked into, and what all must occur there."""


def _with_all(numbers: Iterable[int], strings: Sequence[str], parts: tuple[str, ...]) -> list[int]:
    """Return those of *numbers* whose string holds all *parts*."""
    for part in parts:
        numbers = [number for number in numbers if part in strings[number]]
    return list(numbers)


def _first(
    numbers: Iterable[int],
    strings: Sequence[str],
    parts: tuple[str, ...],
    taken: set[int],
    limit: int,
) -> list[int]:
    """Return the first of *numbers*, without those *taken*, whose string holds all *parts*."""
    such: list[int] = []
    if limit <= 0:
        return such
    first, *others = parts
    for number in numbers:
        if first in (text := strings[number]) and number not in taken:
            if others and not all(part in text for part in others):
                continue
            such.append(number)
            if len(such) == limit:
                break
    return such


def _with_starts(text: str) -> str:
    """Return *text* with a gap before every word and a new line before every field."""
    return "\n " + text.replace("\n", " \n ")


def _close(text: str) -> str:
    """Return *text* without gaps: codes are typed with and without."""
    return text.replace(" ", "")


# --- what to emphasise --------------------------------------------------------------------------


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return which parts of *text* the *words* are, as first and last but one of its letters.

    Of several places the beginning of a word goes first.  Parts that touch are one.
    """
    letters, places = _mapped(text)
    found = []
    for word in words:
        at = f" {letters}".find(f" {word}")
        if at < 0:
            at = letters.find(word)
        if at >= 0:
            end = places[at + len(word) - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            found.append((places[at], end))
    return _joined(found)


def _mapped(text: str) -> tuple[str, list[int]]:
    """Return *text* as it is compared, and for each letter of that where it stands in *text*."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in _APOSTROPHES.sub("", fold(sign)):
            is_gap = _GAPS.fullmatch(letter) is not None or letter == "\n"
            if is_gap and (not letters or letters[-1] == " "):
                continue
            letters.append(" " if is_gap else letter)
            places.append(place)
    return "".join(letters), places


def _joined(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def found_by(line: Line, words: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what *line* was found by that neither its title nor its detail shows.

    That is the word for it and the value; None where all typed words can be seen.  The detail
    counts only for what it repeats: "On programme" is not why somebody was found by "pro".
    """
    title, detail = plain(line.title), plain(line.detail)
    for word in words:
        if word in title:
            continue
        by = [(name, value) for name, value in line.more if word in plain(value)]
        if by and not any(plain(value) in detail for _, value in by):
            return by[0]
    return None
