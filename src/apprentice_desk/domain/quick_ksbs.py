"""Codes of knowledge, skills and behaviours in a quick line: K7, s3, K4-7, K7,S3."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apprentice_desk.domain.quick_signs import DASH, GAP, WORD_ENDS

_CODE = "[KSB][1-9][0-9]?"
_CODES = re.compile(
    rf"/?(?P<letter>[KSB])(?P<first>0?[1-9][0-9]?)"
    rf"(?:(?:{DASH}|{GAP}{DASH}{GAP})(?P<other>[KSB])?(?P<last>0?[1-9][0-9]?))?(?={WORD_ENDS}|/(?:{_CODE}|[1-9]))",
    re.IGNORECASE | re.ASCII,
)
_FURTHER = re.compile(rf"[,/](?P<last>[1-9][0-9]?)(?={WORD_ENDS}|/)", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrittenKsbs:
    """The codes from somewhere up to *end*; if they are wrong, *message* says why."""

    end: int
    codes: tuple[str, ...] = ()
    message: str = ""
    remedy: str = ""

    @property
    def shown(self) -> str:
        """The codes as their chip shows them: "K7", "K4 to K7, K9"."""
        runs: list[list[int]] = []
        for number in (int(code[1:]) for code in self.codes):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        letter = self.codes[0][0] if self.codes else ""
        return ", ".join(
            f"{letter}{run[0]} to {letter}{run[-1]}" if len(run) > 1 else f"{letter}{run[0]}"
            for run in runs
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
    codes = [f"{letter}{number}" for number in range(first, last + 1)]
    while further := _FURTHER.match(text, end):
        codes.append(f"{letter}{int(further['last'])}")
        end = further.end()
    return WrittenKsbs(end, tuple(codes))


def code_order(code: str) -> tuple[int, int, str]:
    """Return what codes are sorted by: K before S before B, then by number."""
    number = code[1:]
    return ("KSB".find(code[:1]) % 4, int(number) if number.isdecimal() else 0, code)
