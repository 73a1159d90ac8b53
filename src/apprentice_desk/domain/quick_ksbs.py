"""Codes of knowledge, skills and behaviours in a quick line: K7, s3, K4-7, K7,S3, K1.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apprentice_desk.domain.quick_signs import DASH, GAP, WORD_ENDS

_LETTER = "[KSBksb]"  # spelled out: where case is ignored, the signs for kelvin and long s fit too
_CODE = f"{_LETTER}[1-9][0-9]?"
_CODES = re.compile(
    rf"/?(?P<letter>{_LETTER})(?P<first>0?[1-9][0-9]?)"
    rf"(?:(?P<part>\.[1-9][0-9]?)"
    rf"|(?:{DASH}|{GAP}{DASH}{GAP})(?P<other>{_LETTER})?(?P<last>0?[1-9][0-9]?))?"
    rf"(?={WORD_ENDS}|/(?:{_CODE}|[1-9]))"
)
_FURTHER = re.compile(rf"[,/](?P<last>[1-9][0-9]?)(?={WORD_ENDS}|/)")
MOST_IN_A_RANGE = 60
"""No standard has so many of one kind; more is a slip."""


@dataclass(frozen=True, slots=True)
class WrittenKsbs:
    """The codes from somewhere up to *end*; if they are wrong, *message* says why."""

    end: int
    codes: tuple[str, ...] = ()
    message: str = ""
    remedy: str = ""

    @property
    def shown(self) -> str:
        """The codes as their chip shows them: "K7", "K4-7, K9"."""
        return in_short(self.codes)


def runs(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return the first and the last of each run of *codes*, in their order; often both are one.

    K1.1 and its like stand by themselves: nobody knows what comes between two of them.
    """
    found: list[tuple[str, str]] = []
    for code in codes:
        if found and code[1:].isdecimal() and found[-1][1] == f"{code[0]}{int(code[1:]) - 1}":
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def in_short(codes: Sequence[str]) -> str:
    """Return *codes* in their order, a run of them by its ends: "K4-7, S1"."""
    return ", ".join(
        first if first == last else f"{first}-{last[1:]}" for first, last in runs(codes)
    )


def read_ksbs(text: str, place: int) -> WrittenKsbs | None:
    """Return the code, or the codes in a row, at *place*; None if there are none.

    "K7,9" without a blank is K7 and K9.
    """
    found = _CODES.match(text, place)
    if found is None:
        return None
    letter, first, end = found["letter"].upper(), int(found["first"]), found.end()
    last = int(found["last"] or first)
    if (found["other"] or letter).upper() != letter or last < first:
        return WrittenKsbs(
            end,
            message=f"“{found[0]}” does not run from a lower to a higher code of one kind.",
            remedy="Write K4-7 or K4-K7, and other codes each by themselves.",
        )
    if last - first >= MOST_IN_A_RANGE:
        return WrittenKsbs(
            end,
            message=f"“{found[0]}” is {last - first + 1} codes; no standard has so many of a kind.",
            remedy="Check the numbers.",
        )
    codes = [f"{letter}{number}{found['part'] or ''}" for number in range(first, last + 1)]
    while further := _FURTHER.match(text, end):
        codes.append(f"{letter}{int(further['last'])}")
        end = further.end()
    return WrittenKsbs(end, tuple(codes))


def code_order(code: str) -> tuple[int, int, int, str]:
    """Return what codes are sorted by: K before S before B, then by number."""
    number, _, part = code[1:].partition(".")
    return (
        "KSB".find(code[:1]) % 4,
        int(number) if number.isdecimal() else 0,
        int(part) if part.isdecimal() else 0,
        code,
    )
