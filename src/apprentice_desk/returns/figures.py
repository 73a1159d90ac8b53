"""Figures of many returns: what they come to, borough by borough, and the rows they are made of.

What is counted stands in measures.py.  A figure of all boroughs is the sum of theirs, save where its
meaning says otherwise.  Everything is counted from the rows alone, so that a page, a workbook and a
briefing show the same, and each figure can be opened to show its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine, Line
from apprentice_desk.returns.workbook import ReadReturn

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """What figures are counted by: the period, and when somebody is behind.

    *behind_share* is how much of the hours required may be missing from the plan to date.
    """

    period: Quarter
    behind_share: Decimal


def terms_for(period: Quarter) -> Terms:
    """Return the terms of a period by the packaged rules."""
    share = resources.hours_rules().limits_at(period.last).behind_share
    return Terms(period, Decimal(share.numerator) / share.denominator)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a return: whose it is, where it stands and what it says."""

    borough_code: str
    borough: str
    file: str
    sheet: str
    row: int
    line: Line


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted: the rows of a sheet that *counts* is true of, or their *amount*.

    *group* is what it stands under in a list.
    """

    name: str
    group: str
    title: str
    meaning: str
    resource: str
    counts: Callable[[Any, Terms], bool]
    amount: Callable[[Any], Amount | None] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure comes to in each borough, by code, and in all of them together."""

    measure: Measure
    by_borough: Mapping[str, Amount]

    @property
    def total(self) -> Amount:
        """All boroughs together."""
        return sum(self.by_borough.values())


def figure(returns: Iterable[ReadReturn], measure: Measure, terms: Terms) -> Figure:
    """Return what a measure comes to; a borough without any such row has 0."""
    by_borough: dict[str, Amount] = {}
    counts, amount = measure.counts, measure.amount
    for code, lines in _sheets(returns, measure.resource):
        if amount is None:
            by_borough[code] = sum(counts(line, terms) for line in lines)
        else:
            by_borough[code] = sum(amount(line) or 0 for line in lines if counts(line, terms))
    return Figure(measure, by_borough)


def rows_behind(
    returns: Iterable[ReadReturn],
    measure: Measure,
    terms: Terms,
    borough_code: str | None = None,
) -> tuple[Row, ...]:
    """Return the rows that a figure is made of, those of one borough alone if it is given."""
    return tuple(
        row
        for row in rows_of(returns, measure.resource)
        if borough_code in (None, row.borough_code) and measure.counts(row.line, terms)
    )


def rows_of(returns: Iterable[ReadReturn], resource: str) -> Iterator[Row]:
    """Yield the rows of one sheet of all returns, each with where it stands."""
    for one in returns:
        assert one.header is not None  # what stands has all three
        assert one.content is not None
        assert one.schema is not None
        name = one.schema.sheet(resource).name
        for line, number in zip(one.content.lines(resource), one.rows[resource], strict=True):
            yield Row(
                one.header.borough_code, one.header.borough_name, one.file, name, number, line
            )


def _sheets(returns: Iterable[ReadReturn], resource: str) -> Iterator[tuple[str, Sequence[Line]]]:
    for one in returns:
        assert one.content is not None  # what stands has content
        yield one.content.header.borough_code, one.content.lines(resource)


# --- groups ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to divide those on programme: by what, and what a part is called."""

    name: str
    title: str
    key: Callable[[ApprenticeLine], str]


def _standard(line: ApprenticeLine) -> str:
    return line.standard_code or line.standard_title


BY_STANDARD = Grouping("standard", "On programme by standard", _standard)
GROUPINGS: tuple[Grouping, ...] = (
    BY_STANDARD,
    Grouping("level", "On programme by level", lambda line: str(line.level or "")),
    Grouping("role_family", "On programme by role family", lambda line: line.role_family),
    Grouping("employee_type", "On programme, new or existing", lambda line: line.employee_type),
    Grouping("age_band", "On programme by age at start", lambda line: line.age_band),
)
NOT_KNOWN = "not known"


def groups(returns: Sequence[ReadReturn], grouping: Grouping, terms: Terms) -> tuple[Figure, ...]:
    """Return a figure for each part of those on programme, the largest first.

    They add up to those on programme: who belongs nowhere is a part too.  A standard is called by
    the title that most of its rows have.
    """
    counted: dict[str, dict[str, Amount]] = {}
    titles: dict[str, dict[str, int]] = {}
    codes = []
    for code, lines in _sheets(returns, "apprentices"):
        codes.append(code)
        line: Any
        for line in lines:
            if line.status in LIVE:
                key = grouping.key(line)
                of_part = counted.setdefault(key, {})
                of_part[code] = of_part.get(code, 0) + 1
                if grouping is BY_STANDARD:
                    named = titles.setdefault(key, {})
                    title = line.standard_title
                    named[title] = named.get(title, 0) + 1
    figures = [
        Figure(
            _part(grouping, key, titles.get(key, {})),
            {code: of_part.get(code, 0) for code in codes},
        )
        for key, of_part in counted.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.total, one.measure.title)))


def _part(grouping: Grouping, key: str, titles: Mapping[str, int]) -> Measure:
    title = key or NOT_KNOWN
    if titles:
        title = most_common(titles)
        title = f"{title} ({key})" if key and key != title else title or NOT_KNOWN
    return Measure(
        f"{grouping.name}:{key}",
        grouping.title,
        title,
        "Part of those on programme.",
        "apprentices",
        lambda line, _terms: line.status in LIVE and grouping.key(line) == key,
    )


# --- providers ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Provider:
    """A training provider: whom it serves, by contract or by someone on programme."""

    key: str
    name: str
    borough_codes: tuple[str, ...]


SHARED_FROM = 3
"""A provider that serves so many boroughs is one that they share."""


def provider_key(line: ApprenticeLine | ContractLine) -> str:
    """Return what a provider is known by: its UKPRN, or its name where that is not known."""
    return line.provider_ukprn or " ".join(line.provider_name.casefold().split())


def providers(returns: Iterable[ReadReturn]) -> tuple[Provider, ...]:
    """Return every provider that serves a borough, those with most boroughs first."""
    names: dict[str, dict[str, int]] = {}
    served: dict[str, set[str]] = {}
    for one in returns:
        assert one.content is not None  # what stands has content
        code = one.content.header.borough_code
        serving: list[ApprenticeLine | ContractLine] = [*one.content.contracts]
        serving += [line for line in one.content.apprentices if line.status in LIVE]
        for line in serving:
            if key := provider_key(line):
                served.setdefault(key, set()).add(code)
                named = names.setdefault(key, {})
                named[line.provider_name] = named.get(line.provider_name, 0) + 1
    found = [
        Provider(key, most_common(names[key]) or key, tuple(sorted(codes)))
        for key, codes in served.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.borough_codes), one.name, one.key)))


def most_common(counts: Mapping[str, int]) -> str:
    """Return the text that stands most often, the first of equal ones; "" only for want of any."""
    named = [name for name in counts if name]
    return min(named, key=lambda name: (-counts[name], name), default="")


def provider_rows(returns: Sequence[ReadReturn], key: str) -> tuple[Row, ...]:
    """Return the rows by which a provider serves boroughs: people on programme, and contracts."""
    found: list[Row] = []
    for resource in ("apprentices", "contracts"):
        for row in rows_of(returns, resource):
            line: Any = row.line
            is_counted = resource == "contracts" or line.status in LIVE
            if is_counted and provider_key(line) == key:
                found.append(row)
    return tuple(found)


def percent(part: Amount, whole: Amount) -> int | None:
    """Return a whole percentage, half rounded up; None of nothing."""
    if whole <= 0:
        return None
    return int((Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))
