"""Lengths of time and codes inside free text: "2 hours on Git branching, 45 mins quiz (K4)".

Only what is plainly a length is taken; "2-3 hours" is two lengths in one and taken for neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from apprentice_desk.domain import durations
from apprentice_desk.imports import values
from apprentice_desk.sheets import Cell

_HOUR = r"(?:hours?|hrs?|h)(?![a-z])\.?"
_MINUTE = r"(?:minutes?|mins?|m)(?![a-z])\.?"
_WORDS = {
    "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
}  # fmt: skip
_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_COUNT = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?[½¼¾]?|[½¼¾]|" + "|".join(_WORDS)
_LENGTH = re.compile(
    rf"(?<![\w.,:/£])(?:"
    rf"(?P<range>(?:{_COUNT})\s*(?:-|–|—|\bto\b|\bor\b)\s*(?:{_COUNT})\s*-?\s*(?:{_HOUR}|{_MINUTE}))"
    rf"|(?P<half_hour>half\s+an?\s+hour|1/2\s*{_HOUR}|half[- ]hour)"
    rf"|(?P<quarters>three[- ]quarters\s+of\s+an\s+hour)"
    rf"|(?P<quarter>(?:a\s+)?quarter\s+of\s+an\s+hour)"
    rf"|(?P<hours>{_COUNT})\s*-?\s*(?:{_HOUR})"
    rf"(?:\s*(?:and|&)?\s*(?:(?P<and_half>a\s+half\b)|(?P<more>[0-5]?[0-9])\s*(?:{_MINUTE}|(?=\W|$)"
    rf"(?![./:,]?[0-9]))))?"
    rf"(?P<and_half_2>\s+and\s+a\s+half\b)?"
    rf"|(?P<and_a_half>(?:{_COUNT})\s+and\s+a\s+half\s+hours?)"
    rf"|(?P<joined>[0-9]{{1,2}})h(?P<joined_minutes>[0-5][0-9])m?\b"
    rf"|(?P<minutes>[0-9]{{1,3}})\s*-?\s*(?:{_MINUTE})"
    rf"|(?P<from>[0-9]{{1,2}}[:.][0-5][0-9]\s*(?:[ap]\.?m\.?)?|[0-9]{{1,2}}\s*[ap]\.?m\.?)"
    rf"\s*(?:-|–|—|to|until|till)\s*"
    rf"(?P<until>[0-9]{{1,2}}[:.][0-5][0-9]\s*(?:[ap]\.?m\.?)?|[0-9]{{1,2}}\s*[ap]\.?m\.?)"
    rf"|(?P<clock>[0-9]{{1,2}}:[0-5][0-9])(?=\s*(?:{_HOUR}))"
    rf")",
    re.IGNORECASE,
)  # fmt: skip
_LONGEST = 24 * 60
_EDGES = " \t\n,;:.()[]–—-/&+"
_SCANNED = 4_000


@dataclass(frozen=True, slots=True)
class Told:
    """The lengths that stand in a text, each with its words, and *unclear* ones that may be two."""

    lengths: tuple[tuple[int, str], ...]
    unclear: tuple[str, ...] = ()

    @property
    def minutes(self) -> int | None:
        """Their sum; None where there is none, or any is unclear."""
        if not self.lengths or self.unclear:
            return None
        return sum(minutes for minutes, _ in self.lengths)

    @property
    def said(self) -> str:
        """The lengths as they are written: "2 hours" and "45 mins"."""
        quoted = [f"“{words}”" for _, words in self.lengths]
        return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def told_in(cell: Cell) -> Told:
    """Return the lengths of time that stand inside the text of a cell."""
    return _told(values.line(cell)[:_SCANNED]) if isinstance(cell, str) else Told(())


def without_lengths(words: str) -> str:
    """Return *words* without the lengths of time in them: "Annual leave 7 hrs" is annual leave."""
    return " ".join(_LENGTH.sub(" ", words).split()).strip(_EDGES)


@lru_cache(maxsize=2_000)
def _told(words: str) -> Told:
    lengths: list[tuple[int, str]] = []
    unclear: list[str] = []
    spans = 0
    for found in _LENGTH.finditer(words):
        written = found[0].strip()
        if found["range"]:
            unclear.append(written)
            continue
        minutes = _minutes(found)
        if minutes is None or not 0 < minutes <= _LONGEST:
            unclear.append(written)
        elif found["from"]:
            lengths.insert(spans, (minutes, written))
            spans += 1
        else:
            lengths.append((minutes, written))
    return Told(tuple(_once(lengths, spans, words)), tuple(unclear))


def _once(lengths: list[tuple[int, str]], spans: int, words: str) -> list[tuple[int, str]]:
    """Return *lengths* without those that say again what others say.

    "9:30-11:00 (1.5 hours)" is an hour and a half, and a last length called a total that is the
    sum of the others says nothing more.
    """
    rest = lengths[spans:]
    if spans and rest and sum(m for m, _ in lengths[:spans]) == sum(m for m, _ in rest):
        return rest
    is_total = re.search(r"\btotal|\bin all\b|\baltogether\b|=", words, re.IGNORECASE)
    if is_total and len(rest) > 2 and rest[-1][0] == sum(m for m, _ in rest[:-1]):
        return lengths[:-1]
    return lengths


def _minutes(found: re.Match[str]) -> int | None:
    if found["half_hour"]:
        return 30
    if found["quarters"]:
        return 45
    if found["quarter"]:
        return 15
    if found["clock"]:
        return durations.parse_minutes(found["clock"])
    if found["and_a_half"]:
        count = _count(re.split(r"\s+and", found["and_a_half"], flags=re.IGNORECASE)[0])
        return durations.nearest_minute(count * 60 + 30)
    if found["joined"]:
        return int(found["joined"]) * 60 + int(found["joined_minutes"])
    if found["minutes"]:
        return int(found["minutes"])
    if found["from"]:
        return _between(found["from"], found["until"])
    extra = Fraction(int(found["more"])) if found["more"] else Fraction()
    if found["and_half"] or found["and_half_2"]:
        extra = Fraction(30)
    return durations.nearest_minute(_count(found["hours"]) * 60 + extra)


def _count(words: str) -> Fraction:
    words = words.strip().lower()
    if words in _WORDS:
        return Fraction(_WORDS[words])
    part = Fraction()
    if words[-1] in _HALVES:
        part, words = _HALVES[words[-1]], words[:-1].strip()
    return part + (Fraction(words.replace(",", ".")) if words else 0)


def _between(began: str, ended: str) -> int | None:
    try:
        first, last = values.clock(began.replace(" ", "")), values.clock(ended.replace(" ", ""))
    except ValueError:
        return None
    length = _of_day(last) - _of_day(first)
    if length <= 0 and not re.search(r"[ap]", began + ended, re.IGNORECASE):
        length += 12 * 60  # 11:30-1:00 goes past noon
    return length if length > 0 else None


def _of_day(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
