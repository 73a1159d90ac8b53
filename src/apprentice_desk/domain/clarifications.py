"""Questions of bidders: what all bidders read of them, and what may give away who asked.

Nothing is published but what was written to be: a question as it came is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.findings import Finding, Level, Place

_SUFFIX = re.compile(r"[ ,]+(?:ltd|limited|plc|llp|cic)\.?$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 4
"""Shorter words of a name stand in any sentence."""


@dataclass(frozen=True, slots=True)
class Published:
    """A clarification as every bidder sees it: it does not say who asked."""

    number: int
    question: str
    answer: str
    answered_on: date


def _named_in(text: str, name: str) -> bool:
    """Return whether *text* has the whole *name* in it, with or without its Ltd."""
    plain = _SUFFIX.sub("", " ".join(name.split()))
    if not plain:
        return False
    pattern = r"\s+".join(map(re.escape, plain.split()))
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) is not None


def check_names(question: str, answer: str, names: Iterable[str]) -> list[Finding]:
    """Return what of the published *question* and *answer* names a bidder or a person of one."""
    kept = list(dict.fromkeys(name for name in names if name.strip()))
    findings = []
    for field, text in (("published_question", question), ("answer", answer)):
        found = [name for name in kept if _named_in(text, name)]
        if found:
            findings.append(
                Finding(
                    Level.ROW,
                    "PQ005",
                    f"All bidders would read {' and '.join(found)} here.",
                    "Write it without a name: who asked, and who bids, is not published.",
                    Place(field=field),
                )
            )
    return findings


def hints_of(asker: str, question: str, answer: str) -> tuple[str, ...]:
    """Return the words of an asker's name that stand in what is published, as they are written."""
    published = set(_WORD.findall(f"{question} {answer}"))
    words = [word for word in _WORD.findall(asker) if len(word) >= _LEAST_LETTERS]
    return tuple(word for word in words if word in published and word[:1].isupper())


def unpublished_in_words(numbers: Sequence[int]) -> str:
    """Say which answered questions bidders do not read yet, and why; "" where there is none."""
    if not numbers:
        return ""
    which = (
        f"Question {numbers[0]} is"
        if len(numbers) == 1
        else f"Questions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} are"
    )
    return (
        f"{which} answered, but not published: how bidders read the question is not written, and"
        " the question as it came is never published."
    )
