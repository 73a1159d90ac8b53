"""Words of documents as they are compared: what a word processor does to them left aside.

Curly and straight quotes are one, and so are dashes; blanks that do not break, soft hyphens,
ligatures and dotted lines to write on are none of the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from apprentice_desk.documents.page_words import LINE_END_HYPHEN

SOFT = "\x02"
"""A hyphen at the end of a line: part of what is written, or put in to break a word."""

_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0000")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•●▪◦‣∙·", "•"),
    }
)
_TOKEN = re.compile(r"[£$€]?\d+(?:[.,:]\d+)*%?|\w+(?:['’‘]\w+)*|\S")
_RULED = re.compile(r"[_.…]{4,}|_+")
_LABEL = re.compile(
    r"\s*(?:"
    r"Schedule\s+\d{1,2}[.:](?=\s)"
    r"|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]{1,2}|[ivxlc]{1,6}|[A-Z])\)(?=\s|$)"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s|$)"
    r"|\d{1,3}\.?(?=\s|$)"
    r"|[a-z]\.(?=\s)"
    r"|[•●▪◦‣∙·§](?=\s|$)"
    r"|[-–—o](?=\s)"
    r")"
)


def label_at(text: str) -> int:
    """Return how long the number or dot is with which *text* begins; 0 without one."""
    found = _LABEL.match(text)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text in plain letters; *origins* says from which place of the original each comes."""

    text: str
    origins: tuple[int, ...]


def tidied(text: str) -> Tidied:
    """Return *text* in plain letters, without what nobody sees."""
    letters: list[str] = []
    origins: list[int] = []
    text = text.replace(f"{LINE_END_HYPHEN}\n", SOFT)
    shift = 0
    for found in _LETTER.finditer(text):
        written = found[0]
        if written == SOFT:
            new = SOFT
        elif written in _DROPPED:
            new = ""
        else:
            new = unicodedata.normalize("NFKC", written)
        letters.extend(new)
        origins.extend([found.start() + shift] * len(new))
        shift += written == SOFT  # two letters became one
    return Tidied("".join(letters), tuple(origins))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or a mark; it stands from *start* to *end* of a tidied text."""

    key: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a tidied text, dots of lists and lines to write on left out."""
    ruled = [found.span() for found in _RULED.finditer(text)]
    found = []
    for match in _TOKEN.finditer(text):
        if ruled and any(start <= match.start() < end for start, end in ruled):
            continue
        key = match[0].translate(_ALIKE)
        if key != "•":
            found.append(Token(key, match.start(), match.end()))
    return tuple(found)


def is_same_written(before: Sequence[str], after: Sequence[str], *, is_of_pages: bool) -> bool:
    """Whether two stretches differ in nothing but in what takes them apart: blanks, broken lines.

    Off a page blanks are guessed; elsewhere only those beside figures and marks are left aside.
    """
    old, new = "".join(before), "".join(after)
    if not is_of_pages and any(letter.isalpha() for letter in old + new):
        return False
    return old in (new, new.replace(SOFT, "-"), new.replace(SOFT, ""))


# --- what words are about -------------------------------------------------------------------------


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBERS = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion dozen half quarter quarters third thirds once twice"
    " first second fourth fifth sixth seventh eighth ninth tenth"
)
_TIMES = _set(
    "day days week weeks month months year years hour hours minute minutes daily weekly monthly"
    " quarterly yearly annually annual january february march april june july august september"
    " october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " monday tuesday wednesday thursday friday saturday sunday"
)
_DUTIES = _set(
    "not no nor never neither nobody nothing none without unless except cannot must may shall"
    " should will only"
)
_MARK = re.compile(r"[^\w£$€%]+")


def is_figure(key: str) -> bool:
    """Whether a word is a number, a sum, a share, part of a day, or a number in letters."""
    small = key.casefold()
    is_number = any(letter.isdigit() for letter in key) or key in ("£", "$", "€", "%")
    return is_number or small in _NUMBERS or small in _TIMES


def is_duty(key: str) -> bool:
    """Whether a word turns what is said around, or makes a duty of a choice: not, must, may."""
    small = key.casefold()
    return small in _DUTIES or small.endswith("n't")


def is_mark(key: str) -> bool:
    """Whether it is no word: a comma, a bracket."""
    return bool(_MARK.fullmatch(key)) and key != SOFT
