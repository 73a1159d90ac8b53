"""Where boroughs could work together: contracts to buy jointly, secondments that fit each other.

Both are read off the returns alone.  They say what could be talked about, not what is agreed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apprentice_desk.domain.calendar import Period, Quarter, add_months
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.returns.figures import Row, most_common, provider_key, rows_of
from apprentice_desk.returns.workbook import ReadReturn

WITHIN_MONTHS = 3
"""Contracts that end no further apart than this could be bought again together."""

_OPEN = frozenset({SecondmentStatus.REQUESTED, SecondmentStatus.APPROVED})


@dataclass(frozen=True, slots=True)
class JointBuying:
    """Contracts of several boroughs with one provider for the same standards that end close by."""

    provider_key: str
    provider: str
    standard_codes: tuple[str, ...]
    boroughs: tuple[str, ...]
    first_end_on: date
    last_end_on: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A place that one borough offers, and what others asked for that it fits.

    *windows* are the days on which each of *requests* could begin there.
    """

    role_family: str
    offer: Row
    requests: tuple[Row, ...]
    windows: tuple[Period, ...]


def joint_buying(returns: Sequence[ReadReturn], period: Quarter) -> tuple[JointBuying, ...]:
    """Return where contracts of two or more boroughs end within three months of each other.

    Contracts that ended by the end of *period* are past buying again.  The most boroughs first.
    """
    by_thing: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(returns, "contracts"):
        line: Any = row.line
        key = provider_key(line)
        if key and line.ends_on is not None and line.ends_on > period.last:
            for standard in dict.fromkeys(line.standard_codes):
                by_thing.setdefault((key, standard), []).append(row)
    standards: dict[tuple[str, tuple[Row, ...]], list[str]] = {}
    for (key, standard), rows in sorted(by_thing.items(), key=lambda item: item[0]):
        for cluster in _close_together(rows):
            standards.setdefault((key, cluster), []).append(standard)
    found = [
        JointBuying(
            provider_key=key,
            provider=most_common(Counter(_provider_name(row) for row in cluster)) or key,
            standard_codes=tuple(codes),
            boroughs=_boroughs(cluster),
            first_end_on=_end(cluster[0]),
            last_end_on=_end(cluster[-1]),
            rows=cluster,
        )
        for (key, cluster), codes in standards.items()
    ]
    found.sort(key=lambda one: (-len(one.boroughs), one.first_end_on, one.provider))
    return tuple(found)


def matches(returns: Sequence[ReadReturn]) -> tuple[Match, ...]:
    """Return each open offer with the open requests of other boroughs that it fits.

    It fits where the role family is the same and both windows share a day.  Whoever gave only one
    of the two days of a window can begin on that day; without any, nothing can be said.
    """
    offers: list[Row] = []
    asked: dict[str, list[Row]] = {}
    for row in rows_of(returns, "secondments"):
        line: Any = row.line
        if line.status not in _OPEN or not line.role_family or _window(row) is None:
            continue
        if line.kind == SecondmentKind.OFFER:
            offers.append(row)
        elif line.kind == SecondmentKind.REQUEST:
            asked.setdefault(line.role_family, []).append(row)
    found = []
    for offer in offers:
        wanted: Any = offer.line
        family = wanted.role_family
        fits = [
            (row, window)
            for row in asked.get(family, ())
            if row.borough_code != offer.borough_code and (window := _shared(offer, row))
        ]
        if fits:
            rows, windows = zip(*fits, strict=True)
            found.append(Match(family, offer, rows, windows))
    found.sort(key=lambda one: (-len(one.requests), one.windows[0], one.offer.borough))
    return tuple(found)


def _close_together(rows: Iterable[Row]) -> list[tuple[Row, ...]]:
    """Return the largest sets of rows of several boroughs that end close to each other."""
    ordered = sorted(rows, key=lambda row: (_end(row), row.borough_code, row.row))
    found: list[tuple[Row, ...]] = []
    reached = 0
    for start, first in enumerate(ordered):
        latest = add_months(_end(first), WITHIN_MONTHS)
        end = start
        while end < len(ordered) and _end(ordered[end]) <= latest:
            end += 1
        if end > reached:  # else these are all part of the set before
            reached = end
            cluster = tuple(ordered[start:end])
            if len(_boroughs(cluster)) > 1:
                found.append(cluster)
    return found


def _end(row: Row) -> date:
    line: Any = row.line
    end: date = line.ends_on
    return end


def _provider_name(row: Row) -> str:
    line: Any = row.line
    return str(line.provider_name)


def _boroughs(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.borough for row in rows}))


def _window(row: Row) -> Period | None:
    line: Any = row.line
    first = line.earliest_start_on or line.latest_start_on
    last = line.latest_start_on or line.earliest_start_on
    if first is None or last is None or last < first:
        return None
    return Period(first, last)


def _shared(offer: Row, request: Row) -> Period | None:
    mine, theirs = _window(offer), _window(request)
    assert mine is not None  # both were looked at before
    assert theirs is not None
    return mine.overlap(theirs)
