"""An audit rehearsal: which files are picked, as an auditor would pick them.

The same seed picks the same files of the same desk, in whatever order they are read: a file's lot
is worked out from the seed and its key alone.  Each file that is picked brings in a standard, a
start year or a provider that is not there yet, as long as one can; among those the odd ones have
more chances.  What each file lacks is found in audit_checks.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, Status, status_at
from apprentice_desk.domain.counting_rules import LogLimits
from apprentice_desk.domain.placement_days import HostStay, host_days_between

QUIET_DAYS = 42
"""Six weeks of training without an entry that counts make a file odd."""

GATEWAY_DAYS = 90
"""So near the gateway, or the planned end of training, a file is looked at more."""

_TEXTS_FROM = 10
_LEAST_FILES, _MOST_FILES = 5, 30
_ODD_CHANCES = 3


class Oddity(StrEnum):
    """What makes an auditor look at a file rather than at another."""

    WITHDRAWN = "left early"
    BREAK = "a break in learning"
    QUIET = "no hours logged for six weeks or more"
    NEAR_GATEWAY = "near the gateway or the end of training"
    SAME_LENGTH = "every entry equally long"
    SAME_WORDS = "the same words at most entries"
    BLANK_WORDS = "entries without a word"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a log of hours looks like from afar: counting entries up to the day, by number.

    *lengths* and *texts* are how many different ones there are, *blank* how many say nothing.
    """

    entries: int = 0
    lengths: int = 0
    texts: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that can be picked; "" and None are not known, which is a kind of its own."""

    id: UUID
    standard: str
    provider: str
    start_year: int | None
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The files that were picked, in their order, and how: the seed, and from how many."""

    seed: int
    picked: tuple[Candidate, ...]
    candidates: int
    odd_candidates: int
    standards: int
    providers: int
    start_years: int
    """How many different ones of each there are among all candidates."""

    def says(self) -> str:
        """How the files were drawn, in sentences."""
        picked = self.picked
        odd = sum(1 for each in picked if each.oddities)
        spread = ", ".join(
            f"{len(set(there))} of {of:,} {one if of == 1 else many}"
            for there, of, one, many in (
                ([each.standard for each in picked], self.standards, "standard", "standards"),
                ([each.start_year for each in picked], self.start_years, "start year",
                 "start years"),
                ([each.provider for each in picked], self.providers, "provider", "providers"),
            )
        )  # fmt: skip
        files = "file" if self.candidates == 1 else "files"
        return (
            f"{len(picked):,} of {self.candidates:,} {files} were drawn with the number"
            f" {self.seed}. They are spread over {spread}. Files with something odd had more"
            f" chances: {odd:,} of those drawn have, and {self.odd_candidates:,} of all."
            " The same number draws the same files again as long as the desk stays as it is."
        )


def suggested_size(candidates: int) -> int:
    """Return how many files to look at: more of a large programme, at least five, at most thirty.

    Our own measure: no published one was read.
    """
    return min(candidates, _MOST_FILES, max(_LEAST_FILES, math.isqrt(2 * candidates)))


def oddities(
    course: Course,
    gateway_planned_on: date | None,
    last_logged_on: date | None,
    tally: Tally,
    limits: LogLimits,
    as_at: date,
    stays: Sequence[HostStay] = (),
) -> tuple[Oddity, ...]:
    """Return what makes one file odd on *as_at*; days with a host (*stays*) are not quiet."""
    status = status_at(course, as_at)
    found = []
    if status is Status.WITHDRAWN:
        found.append(Oddity.WITHDRAWN)
    if any(pause.first <= as_at for pause in course.breaks):
        found.append(Oddity.BREAK)
    if status is Status.LIVE:
        since = last_logged_on or course.training_started_on
        assert since is not None  # whoever has not started is not live
        away = host_days_between(stays, since + timedelta(days=1), as_at)
        if (as_at - since).days - away >= QUIET_DAYS:
            found.append(Oddity.QUIET)
        ends = (gateway_planned_on, course.training_planned_end_on)
        near = as_at + timedelta(days=GATEWAY_DAYS)
        if any(end is not None and end <= near for end in ends):
            found.append(Oddity.NEAR_GATEWAY)
    if tally.entries >= limits.same_length_entries and tally.lengths == 1:
        found.append(Oddity.SAME_LENGTH)
    if tally.entries >= _TEXTS_FROM and tally.texts * 2 <= tally.entries:
        found.append(Oddity.SAME_WORDS)
    if tally.blank:
        found.append(Oddity.BLANK_WORDS)
    return tuple(found)


def draw(candidates: Iterable[Candidate], size: int, seed: int) -> Sample:
    """Return *size* files, or all where there are fewer."""
    given = list(candidates)
    lots = {each.id: _lot(each, seed) for each in given}
    left = sorted(given, key=lambda each: (-lots[each.id], each.id))
    there: dict[str, Counter[object]] = {"standard": Counter(), "year": Counter(), "by": Counter()}
    picked: list[Candidate] = []
    while left and len(picked) < size:
        best = max(left, key=lambda each: (_new(each, there), _thinned(each, there, lots)))
        left.remove(best)
        picked.append(best)
        for kind, value in _strata(best):
            there[kind][value] += 1
    return Sample(
        seed=seed,
        picked=tuple(picked),
        candidates=len(given),
        odd_candidates=sum(1 for each in given if each.oddities),
        standards=len({each.standard for each in given}),
        providers=len({each.provider for each in given}),
        start_years=len({each.start_year for each in given}),
    )


def _strata(candidate: Candidate) -> Sequence[tuple[str, object]]:
    return (
        ("standard", candidate.standard),
        ("year", candidate.start_year),
        ("by", candidate.provider),
    )


def _new(candidate: Candidate, there: Mapping[str, Counter[object]]) -> int:
    """How many of its standard, start year and provider nobody picked has yet."""
    return sum(1 for kind, value in _strata(candidate) if not there[kind][value])


def _thinned(
    candidate: Candidate, there: Mapping[str, Counter[object]], lots: Mapping[UUID, float]
) -> float:
    """The file's lot, the less the more of its kind are picked already."""
    return lots[candidate.id] / math.prod(
        1 + there[kind][value] for kind, value in _strata(candidate)
    )


def _lot(candidate: Candidate, seed: int) -> float:
    """A number between 0 and 1; each oddity gives three more chances of a high one.

    (Efraimidis and Spirakis, Weighted random sampling, 2006: the uniform number to the power of
    one over the weight.)
    """
    digest = hashlib.sha256(f"{seed}:{candidate.id.hex}".encode()).digest()
    uniform = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)
    weight = 1 + _ODD_CHANCES * len(candidate.oddities)
    return float(uniform ** (1 / weight))
