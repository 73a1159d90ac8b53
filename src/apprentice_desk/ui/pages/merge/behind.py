"""The figures of a merge and the rows that each is made of.

Figures and rows come from the same lines, so that opening a figure answers "how did you get
this?": borough, file and row of every line that was counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.picture import ON_PROGRAMME
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine, Line
from apprentice_desk.ui.kit.figures import Amount
from apprentice_desk.ui.kit.rows import Column

MOST_STANDARDS = 8
"""How many standards have a bar of their own; the others are added up."""
SERVES_MANY = 3
"""From how many boroughs on a provider is one that several could talk to together."""

_CLOSED = frozenset({SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN})
_MATCHED = frozenset(
    {
        SecondmentStatus.MATCHED,
        SecondmentStatus.AGREED,
        SecondmentStatus.UNDER_WAY,
        SecondmentStatus.COMPLETED,
    }
)


@dataclass(frozen=True, slots=True)
class Traced:
    """One line of a return with where it came from."""

    id: int
    borough_code: str
    borough: str
    file: str
    row: int
    line: Any


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider and whom it trains for; *boroughs* are names."""

    id: str
    name: str
    ukprn: str
    boroughs: tuple[str, ...]
    apprentices: int
    contracts: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as the page shows it, and what to read it against."""

    figure: str
    caption: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a figure: what they are, how they are listed, and what they come to."""

    title: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]


_WHENCE = (
    Column("Borough", lambda row: row.borough, kind="strong", width=16),
    Column("File", lambda row: row.file, width=20, tip=lambda row: row.file),
    Column("Row", lambda row: row.row, sort=lambda row: row.row, right=True, width=6),
)


def _number(heading: str, take: Callable[[Any], Any], width: float = 9) -> Column:
    """Return a column of numbers; None is blank."""

    def show(row: Any) -> str:
        value = take(row)
        return "" if value is None else f"{value:,}"

    return Column(heading, show, sort=take, right=True, width=width)


_CODE = (
    Column("Apprentice", lambda row: row.line.apprentice_code, width=19),
    _number("No.", lambda row: row.line.apprenticeship_number, 4),
)
_APPRENTICES = (
    *_WHENCE,
    *_CODE,
    Column("Standard", lambda row: row.line.standard_title, width=24),
    Column("Status", lambda row: row.line.status, width=12),
    Column("Provider", lambda row: row.line.provider_name, width=18),
)
_HOURS = (
    *_WHENCE,
    *_CODE,
    _number("Planned to date", lambda row: row.line.planned_to_date_hours, 14),
    _number("Logged to date", lambda row: row.line.logged_to_date_hours, 14),
    _number("Behind by", lambda row: _behind_by(row.line), 10),
)
_PLEDGES = (
    *_WHENCE,
    Column("Programme year", lambda row: row.line.programme_year, width=13),
    Column("Role family", lambda row: row.line.role_family, width=24),
    _number("Pledged", lambda row: row.line.pledged),
    _number("Recruited", lambda row: row.line.recruited),
    _number("Started", lambda row: row.line.started),
)
_SECONDMENTS = (
    *_WHENCE,
    Column("Secondment", lambda row: row.line.secondment_code, width=14),
    Column("Role family", lambda row: row.line.role_family, width=22),
    Column("Area", lambda row: row.line.area, width=16),
    _number("Weeks", lambda row: row.line.weeks, 7),
    Column("Status", lambda row: row.line.status, width=12),
)
_PROVIDERS = (
    Column("Provider", lambda row: row.name, kind="strong", width=24),
    Column("UKPRN", lambda row: row.ukprn, width=10),
    _number("Boroughs", lambda row: len(row.boroughs)),
    _number("Apprentices", lambda row: row.apprentices, 11),
    _number("Contracts", lambda row: row.contracts),
    Column(
        "Which boroughs",
        lambda row: ", ".join(row.boroughs),
        width=40,
        tip=lambda row: ", ".join(row.boroughs),
    ),
)


def traced(merged: Merged, resource: str) -> Iterator[Traced]:
    """Yield every line of one sheet that was merged, by borough and row."""
    names = {borough.code: borough.name for borough in merged.boroughs}
    number = 0
    for one in merged.returns:
        assert one.header is not None  # they are accepted
        assert one.content is not None
        code = one.header.borough_code
        lines = one.content.lines(resource)
        for line, row in zip(lines, one.rows.get(resource, ()), strict=True):
            yield Traced(number, code, names[code], one.file, row, line)
            number += 1


class Figures:
    """What a merge shows, and on demand the rows behind it."""

    WORDS = MappingProxyType(
        {
            "on_programme": "Apprentices on programme",
            "pledged": "Recruited of those pledged",
            "hours": "Off-the-job to plan",
            "providers": "Providers",
            "secondments": "Secondments offered",
        }
    )
    """The figures by name, in their order, and what stands above each."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        apprentices = tuple(traced(merged, "apprentices"))
        self._present = tuple(one for one in apprentices if one.line.status in ON_PROGRAMME)
        self._digital = tuple(one for one in self._present if one.line.is_digital)
        self._planned = tuple(
            one for one in self._present if one.line.planned_to_date_hours is not None
        )
        self._started = _started(apprentices, merged)
        self._contracts = tuple(traced(merged, "contracts"))
        self._providers = _providers(self._present, self._contracts)
        year = str(merged.period.financial_year) if merged.period else ""
        self._pledges = tuple(
            one for one in traced(merged, "pledges") if one.line.programme_year == year
        )
        self._offers = tuple(
            one
            for one in traced(merged, "secondments")
            if one.line.kind == SecondmentKind.OFFER and one.line.status not in _CLOSED
        )

    # figures

    def shown(self) -> dict[str, Shown]:
        """Return each figure by its name."""
        return {
            "on_programme": Shown(
                f"{len(self._present):,}",
                f"{self._started:,} started this quarter",
            ),
            "pledged": self._shown_pledges(),
            "hours": self._shown_hours(),
            "providers": Shown(
                f"{len(self._providers):,}",
                f"{self._serving_many():,} serve three or more boroughs",
            ),
            "secondments": Shown(
                f"{len(self._offers):,}",
                f"{sum(one.line.status in _MATCHED for one in self._offers):,} matched",
            ),
        }

    def digital_by_borough(self) -> Counter[str]:
        """Return how many digital apprentices are on programme, by borough code."""
        return Counter(one.borough_code for one in self._digital)

    def by_standard(self) -> tuple[Amount, ...]:
        """Return how many are on programme by standard, the most first, and all others."""
        counts = Counter(_standard(one.line) for one in self._present)
        titles: dict[str, str] = {}
        for one in self._present:
            titles.setdefault(_standard(one.line), one.line.standard_title or "Not known")
        in_order = sorted(counts, key=lambda key: (-counts[key], titles[key]))
        amounts = [Amount(titles[key], counts[key]) for key in in_order]
        if len(amounts) > MOST_STANDARDS + 1:
            rest = sum(amount.value for amount in amounts[MOST_STANDARDS:])
            amounts = [*amounts[:MOST_STANDARDS], Amount("Other", rest)]
        return tuple(amounts)

    # the rows behind them

    def behind(self, name: str) -> Behind:
        """Return the rows behind the figure *name*."""
        if name == "on_programme":
            return _of_apprentices("Apprentices on programme", self._present)
        if name == "pledged":
            pledged, recruited = self._pledge_sums()
            says = f"{pledged:,} pledged, {recruited:,} recruited."
            return Behind("Pledges of the programme year", says, _PLEDGES, self._pledges)
        if name == "hours":
            planned, logged = self._hour_sums()
            says = (
                f"{counted(len(self._planned), 'apprentice')} with a plan:"
                f" {logged:,} of {planned:,} hours planned to date are logged."
            )
            return Behind("Off-the-job hours to plan", says, _HOURS, self._planned)
        if name == "providers":
            says = f"{counted(len(self._providers), 'provider')} across all boroughs."
            return Behind("Providers", says, _PROVIDERS, self._providers)
        says = f"{counted(len(self._offers), 'offer')} that still stand or were taken up."
        return Behind("Secondments offered", says, _SECONDMENTS, self._offers)

    def behind_borough(self, code: str, name: str) -> Behind:
        """Return the digital apprentices of one borough."""
        mine = tuple(one for one in self._digital if one.borough_code == code)
        return _of_apprentices(f"Digital apprentices of {name}", mine)

    # how they are counted

    def _shown_pledges(self) -> Shown:
        pledged, recruited = self._pledge_sums()
        if not pledged:
            return Shown("–", "nothing is pledged for this year")
        return Shown(
            _percent(Decimal(recruited), Decimal(pledged)), f"{recruited:,} of {pledged:,} pledged"
        )

    def _pledge_sums(self) -> tuple[int, int]:
        lines = [one.line for one in self._pledges]
        return sum(line.pledged or 0 for line in lines), sum(line.recruited or 0 for line in lines)

    def _shown_hours(self) -> Shown:
        planned, logged = self._hour_sums()
        if planned <= 0:
            return Shown("–", "no plan to measure by")
        late = sum((_behind_by(one.line) or 0) > 0 for one in self._planned)
        return Shown(_percent(logged, planned), f"{counted(late, 'apprentice')} behind")

    def _hour_sums(self) -> tuple[Decimal, Decimal]:
        nothing = Decimal("0.00")
        lines = [one.line for one in self._planned]
        planned = sum((line.planned_to_date_hours for line in lines), nothing)
        return planned, sum((line.logged_to_date_hours or nothing for line in lines), nothing)

    def _serving_many(self) -> int:
        return sum(len(one.boroughs) >= SERVES_MANY for one in self._providers)


def counted(count: int, thing: str) -> str:
    """Return "1 return" or "2 returns"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{(part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)}%"


def _of_apprentices(title: str, rows: Sequence[Traced]) -> Behind:
    says = f"{counted(len(rows), 'apprenticeship')}: live, on a break or in assessment."
    return Behind(title, says, _APPRENTICES, tuple(rows))


def _started(apprentices: Iterable[Traced], merged: Merged) -> int:
    days = merged.period.period if merged.period else None
    return sum(
        days is not None
        and one.line.training_started_on is not None
        and one.line.training_started_on in days
        and one.line.status != "planned"
        for one in apprentices
    )


def _standard(line: ApprenticeLine) -> str:
    return line.standard_code or line.standard_title.casefold()


def _behind_by(line: ApprenticeLine) -> Decimal | None:
    """Return the hours that are planned to date and not logged; None where all are."""
    missing = (line.planned_to_date_hours or Decimal(0)) - (line.logged_to_date_hours or Decimal(0))
    return missing if missing > 0 else None


def _providers(
    apprentices: Iterable[Traced], contracts: Iterable[Traced]
) -> tuple[ProviderRow, ...]:
    """Return each provider once, by UKPRN or else by name, the one for most boroughs first."""
    names: dict[str, ApprenticeLine | ContractLine] = {}
    boroughs: dict[str, set[str]] = {}
    counts: dict[str, list[int]] = {}
    for place, lines in enumerate((apprentices, contracts)):
        for one in lines:
            key = _provider(one.line)
            if key:
                names.setdefault(key, one.line)
                boroughs.setdefault(key, set()).add(one.borough)
                counts.setdefault(key, [0, 0])[place] += 1
    rows = [
        ProviderRow(
            key,
            names[key].provider_name or key,
            names[key].provider_ukprn,
            tuple(sorted(boroughs[key])),
            *counts[key],
        )
        for key in names
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.boroughs), row.name, row.id)))


def _provider(line: Line) -> str:
    assert isinstance(line, ApprenticeLine | ContractLine)
    return line.provider_ukprn or " ".join(line.provider_name.casefold().split())
