"""Codes of knowledge, skills and behaviours, as people write several of them: "K4-7, S1-2".

A code is a letter and a number up to 99, in some standards with a second number (K1.2).  How one
code or a row of them is read stands in quick_ksbs; here is what may stand between them in a field
of its own, the short form that is kept and shown, and what is said of codes that cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.quick_ksbs import WrittenKsbs, code_order, in_short, read_ksbs
from apprentice_desk.domain.quick_signs import BLANKS, DASH, GAP

LONGEST = 400
"""The most signs that are kept of the codes of an entry, an activity or a session."""

EXAMPLE = "K4-7, S1-2"
UNCHECKED = "The standard's KSBs are not loaded, so codes are taken as typed and not checked."

_RANGE = re.compile(rf"(?<=[0-9])(?:{GAP}*{DASH}{GAP}*|{GAP}+[Tt][Oo]{GAP}+)(?=[A-Za-z]?[0-9])")
_LETTER_APART = re.compile(rf"(?<![A-Za-z])([KSBksb]){GAP}+(?=[0-9])")
_HALF_TYPED = re.compile(rf"(?<=[0-9]){GAP}*{DASH}[KSBksb]?{GAP}*$")
_AND = rf"[Aa][Nn][Dd](?=[{BLANKS}])"
_BETWEEN = re.compile(rf"(?:[{BLANKS},;/&+]|{_AND})*")
_GOES_ON = re.compile(rf"[,/&+]|{_AND}")
_WORD = re.compile(rf"[^{BLANKS},;]+")
_IS_NUMBER = re.compile(r"[0-9]+(?:[-.][0-9]+)?")
_IS_OTHER_LETTER = re.compile(r"[A-Za-z]{1,2}[0-9]+(?:-[A-Za-z]?[0-9]+)?")
_IS_CODE = re.compile(r"[KSBksb][0-9]")


def read(text: str) -> tuple[str, ...]:
    """Return the codes in *text*, each once: K before S before B, and by number.

    "K4-7", "k4 to k7", "K4,5", "S1 – 2; B3" are all read; a number alone takes the letter of the
    code before the comma.  Raises ValueError with a sentence for a range that runs backward, from
    one letter to another or over more codes than any standard has, and for what is no code.
    """
    codes, wrong = _read(text)
    if wrong:
        raise ValueError(wrong[0])
    return codes


def _read(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the codes, and a sentence on each word that is none."""
    codes: dict[str, None] = {}
    wrong: list[str] = []
    for word, written in _pieces(_LETTER_APART.sub(r"\1", _RANGE.sub("-", text))):
        if written is None:
            wrong.append(_why_not(word))
            continue
        if written.message:
            wrong.append(f"{written.message} {written.remedy}")
        codes |= dict.fromkeys(written.codes)
    return tuple(sorted(codes, key=code_order)), wrong


def _pieces(text: str) -> Iterator[tuple[str, WrittenKsbs | None]]:
    """Yield each word of *text*, with the codes it stands for, None where it stands for none."""
    place, letter = 0, ""
    while True:
        between = _BETWEEN.match(text, place)
        assert between is not None  # it may be empty
        place = between.end()
        rest = text[place:]
        if not rest:
            return
        carried = letter if rest[0].isdecimal() and _GOES_ON.search(between[0]) else ""
        written = read_ksbs(carried + rest, 0)
        word = _word(rest) if written is None else rest[: written.end - len(carried)]
        letter = written.codes[-1][0] if written is not None and written.codes else ""
        place += len(word)
        yield word, written


def asked_for(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a filter that stand for themselves, and the codes that it asks for.

    A range that is only half typed is read as far as it goes; one that runs backward, and whatever
    is no code, stands for itself.
    """
    codes: dict[str, None] = {}
    words = []
    for word, written in _pieces(_HALF_TYPED.sub("", _RANGE.sub("-", text))):
        if written is None or written.message:
            words.append(word)
        else:
            codes |= dict.fromkeys(written.codes)
    return " ".join(words), tuple(sorted(codes, key=code_order))


def spelled_out(text: str) -> str:
    """Return *text* with every code behind it that it stands for, for a filter to look through."""
    return " ".join((text, *codes_in(text))) if text else ""


def _word(rest: str) -> str:
    found = _WORD.match(rest)
    assert found is not None  # what stands between words was left behind
    return found[0]


def _why_not(word: str) -> str:
    if _IS_NUMBER.fullmatch(word):
        return f"“{word}” has no letter. Write K{word}, S{word} or B{word}."
    if _IS_CODE.match(word):
        return f"“{word}” is not a code. Numbers go from 1 to 99, such as {EXAMPLE}."
    if _IS_OTHER_LETTER.fullmatch(word):
        return f"“{word}” is not a code. Codes begin with K, S or B, such as {EXAMPLE}."
    return f"“{word[:40]}” is not a code. Write codes such as {EXAMPLE}."


def write(codes: Iterable[str]) -> str:
    """Return *codes* in the short form that ``read`` takes: "K4-7, S1-2"."""
    return in_short(sorted(set(codes), key=code_order))


@lru_cache(maxsize=4096)
def codes_in(text: str) -> tuple[str, ...]:
    """Return the codes of a text that is kept, as ``read`` does; what is no code is passed over."""
    return _read(text)[0]


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Return *text* in the short form, or as it is where it is no codes or would be too long."""
    codes, wrong = _read(text)
    short = write(codes)
    return short if codes and not wrong and len(short) <= LONGEST else text.strip()


def check(
    text: str, known: Iterable[str] | None = None, before: str = "", field: str = "ksbs"
) -> list[Finding]:
    """Return why the codes typed into *field* cannot be kept.

    *known* are those of the standard, None where it is not loaded.  What stood there *before* is
    not asked about: it may have come in from elsewhere.
    """
    if tidy(text) == tidy(before):
        return []
    place = Place(field=field)
    try:
        codes = read(text)
    except ValueError as error:
        message, _, remedy = str(error).partition(". ")
        return [Finding(Level.ROW, "KS001", f"{message}.", remedy, place)]
    if wrong := not_known(codes, known):
        return [Finding(Level.ROW, "KS002", *wrong, place)]
    return []


def notes(text: str, known: Iterable[str] | None = None, field: str = "ksbs") -> list[Finding]:
    """Return what ``check`` says as notes: what comes in from elsewhere is kept all the same."""
    return [
        replace(each, level=Level.NOTE, remedy=f"{each.remedy} It is kept as it stands.")
        for each in check(text, known, field=field)
    ]


def not_known(codes: Iterable[str], known: Iterable[str] | None) -> tuple[str, str] | None:
    """Return which of *codes* the standard does not have, and which it has; None if it has all.

    Nothing is said against codes where the standard is not loaded.
    """
    if known is None:
        return None
    has = frozenset(known)
    missing = frozenset(codes) - has
    if not missing:
        return None
    return f"The standard has no {write(missing)}.", f"It has {write(has)}."
