"""The figures of a merge as the page shows them, and the rows that each is made of.

What is counted stands in ``returns.picture`` and ``returns.measures``; opening a figure lists the
very rows that were counted, which answers "how did you get this?".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.returns import figures, measures
from apprentice_desk.returns.figures import Measure, Provider, Row
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.picture import Overview, overview
from apprentice_desk.returns.together import JointBuying, Match
from apprentice_desk.ui.kit.figures import Amount
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.pages.merge.listing import (
    APPRENTICES,
    CONTRACTS,
    PLEDGES,
    PROVIDERS,
    SECONDMENTS,
    ProviderRow,
    Traced,
    counted,
    hours,
    listed,
)

MOST_STANDARDS = 8
"""How many standards have a bar of their own; the others are added up."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as the page shows it, what stands above it and what to read it against."""

    words: str
    figure: str
    caption: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a figure: what they are, how they are listed, and what they come to."""

    title: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """Something that boroughs could do together, in a sentence, and the rows that say so."""

    id: int
    kind: Badge
    says: str
    rows: tuple[Row, ...]


class Figures:
    """What a merge of one period shows, and on demand the rows behind it."""

    WORDS: Mapping[str, str] = MappingProxyType(
        {
            "on_programme": "Apprentices on programme",
            "target": "Recruited of those pledged",
            "hours": "Off-the-job to plan",
            "providers": "Providers",
            "secondments": "Secondments offered",
        }
    )
    """The figures by name, in their order, and what stands above each at first."""

    def __init__(self, merged: Merged) -> None:
        assert merged.period is not None  # see figures_of
        self._returns = merged.returns
        self._terms = figures.terms_for(merged.period)
        found = overview(merged, resources.programme(), self._terms)
        assert found is not None  # there is a period
        self.overview: Overview = found
        self._names = {
            one.header.borough_code: one.header.borough_name
            for one in merged.returns
            if one.header is not None
        }
        self._titles = {
            part.measure.name.partition(":")[2]: _title(part.measure) for part in found.standards
        }

    def shown(self) -> dict[str, Shown]:
        """Return each figure by its name."""
        found = self.overview
        late = int(found.behind.total)
        return {
            "on_programme": Shown(
                self.WORDS["on_programme"], f"{found.on_programme.total:,}", self._since()
            ),
            "target": self._against(),
            "hours": Shown(
                self.WORDS["hours"],
                _percent(found.hours_percent),
                f"{counted(late, 'apprentice')} behind"
                if found.hours_percent is not None
                else "no plan to measure by",
            ),
            "providers": Shown(
                self.WORDS["providers"],
                f"{len(found.providers):,}",
                f"{len(found.shared_providers):,} serve three or more boroughs",
            ),
            "secondments": Shown(
                self.WORDS["secondments"],
                f"{found.offered.total:,}",
                f"{found.offers_matched.total:,} matched",
            ),
        }

    def _since(self) -> str:
        since = self.overview.since
        if since is None:
            started = figures.figure(self._returns, measures.STARTED, self._terms).total
            return f"{started:,} started this quarter"
        month = self._terms.period.previous().words().split(" to ")[1]
        return f"{since.change:+,} since {month}"

    def _against(self) -> Shown:
        """Return the figure to measure by: the programme's target, or what was pledged."""
        found = self.overview
        if found.target is not None:
            so_far = f"{found.recruited.total:,} recruited"
            return Shown(
                f"Against target of {found.target.apprentices:,}",
                _percent(found.target_percent),
                f"{so_far}, {found.to_go:,} to go" if found.to_go else f"reached: {so_far}",
            )
        pledged, recruited = self._pledged()
        share = figures.percent(recruited, pledged)
        caption = f"{recruited:,} of {pledged:,} pledged"
        if share is None:
            caption = "nothing is pledged for this year"
        return Shown(self.WORDS["target"], _percent(share), caption)

    def _pledged(self) -> tuple[int, int]:
        both = (measures.BY_NAME["pledged"], measures.BY_NAME["recruited"])
        pledged, recruited = (
            int(figures.figure(self._returns, measure, self._terms).total) for measure in both
        )
        return pledged, recruited

    def by_standard(self) -> tuple[Amount, ...]:
        """Return how many are on programme by standard, the most first, and all others."""
        parts = self.overview.standards
        amounts = [Amount(_title(part.measure), int(part.total)) for part in parts]
        if len(amounts) > MOST_STANDARDS + 1:
            rest = sum(amount.value for amount in amounts[MOST_STANDARDS:])
            amounts = [*amounts[:MOST_STANDARDS], Amount("Other", rest)]
        return tuple(amounts)

    # the rows behind them

    def behind(self, name: str) -> Behind:
        """Return the rows behind the figure *name*."""
        found = self.overview
        if name == "on_programme":
            return self._people(self.WORDS[name], measures.ON_PROGRAMME)
        if name == "target" and found.target is not None:
            return self._people("Digital apprentices recruited", measures.RECRUITED)
        if name == "target":
            pledged, recruited = self._pledged()
            says = f"{pledged:,} pledged, {recruited:,} recruited."
            rows = self._rows(measures.BY_NAME["pledged"])
            return Behind("Pledges of the programme year", says, PLEDGES, rows)
        if name == "hours":
            rows = self._rows(measures.PLANNED_HOURS)
            says = (
                f"{counted(len(rows), 'apprentice')} with a plan:"
                f" {found.logged_hours.total:,} of {found.planned_hours.total:,} hours planned to"
                " date are logged. Behind is who misses a tenth of the hours required or more."
            )
            columns = hours(lambda line: measures.is_behind(line, self._terms))
            return Behind("Off-the-job hours to plan", says, columns, rows)
        if name == "providers":
            says = f"{counted(len(found.providers), 'provider')} across all boroughs."
            return Behind("Providers", says, PROVIDERS, self._provider_rows())
        rows = self._rows(measures.OFFERED)
        says = f"{counted(len(rows), 'offer')} of a place, whatever became of it."
        return Behind("Secondments offered", says, SECONDMENTS, rows)

    def behind_borough(self, code: str, name: str) -> Behind:
        """Return the digital apprentices of one borough."""
        return self._people(f"Digital apprentices of {name}", measures.DIGITAL, code)

    def _people(self, title: str, measure: Measure, code: str | None = None) -> Behind:
        rows = self._rows(measure, code)
        says = f"{counted(len(rows), 'apprenticeship')}. {measure.meaning}"
        return Behind(title, says, APPRENTICES, rows)

    def _rows(self, measure: Measure, code: str | None = None) -> tuple[Traced, ...]:
        return listed(figures.rows_behind(self._returns, measure, self._terms, code))

    def _provider_rows(self) -> tuple[ProviderRow, ...]:
        """Return the providers of the overview, each with how much it does."""
        counts: dict[str, list[int]] = {one.key: [0, 0] for one in self.overview.providers}
        for place, measure in enumerate((measures.ON_PROGRAMME, measures.BY_NAME["contracts"])):
            for row in figures.rows_behind(self._returns, measure, self._terms):
                line: Any = row.line
                if key := figures.provider_key(line):
                    counts[key][place] += 1
        return tuple(
            ProviderRow(one.key, one.name, self._boroughs(one), *counts[one.key])
            for one in self.overview.providers
        )

    def _boroughs(self, provider: Provider) -> tuple[str, ...]:
        return tuple(sorted(self._names[code] for code in provider.borough_codes))

    # together

    def chances(self) -> tuple[Chance, ...]:
        """Return what boroughs could do together, matches of places first."""
        found = self.overview
        said = [(_MATCH, _match(one), (one.offer, *one.requests)) for one in found.matches]
        said += [(_BUY, self._buying(one), one.rows) for one in found.buying]
        return tuple(Chance(number, *each) for number, each in enumerate(said))

    def behind_chance(self, chance: Chance) -> Behind:
        """Return the rows that a chance is read off."""
        columns = SECONDMENTS if chance.kind is _MATCH else CONTRACTS
        return Behind(chance.kind.text, chance.says, columns, listed(chance.rows))

    def _buying(self, one: JointBuying) -> str:
        standards = [self._titles.get(code, code) for code in one.standard_codes]
        return (
            f"{counted(len(one.boroughs), 'borough')} have {_joined(standards)} contracts with"
            f" {one.provider} that end {_between(one)}: {_joined(one.boroughs)}."
        )


_BUY = Badge("Buy together", "note", "file-text")
_MATCH = Badge("Match", "note", "arrow-left-right")


def figures_of(merged: Merged | None) -> Figures | None:
    """Return the figures of a merge; None where no return could be read."""
    return Figures(merged) if merged is not None and merged.period is not None else None


def _match(one: Match) -> str:
    asked = sorted({request.borough for request in one.requests})
    first = min(window.first for window in one.windows)
    requests = counted(len(one.requests), "place")
    return (
        f"{one.offer.borough} offers {one.role_family} from {show_day(first)};"
        f" {requests} asked for by {_joined(asked)}."
    )


def _between(one: JointBuying) -> str:
    if one.first_end_on == one.last_end_on:
        return f"on {show_day(one.first_end_on)}"
    return f"between {show_day(one.first_end_on)} and {show_day(one.last_end_on)}"


def _joined(words: Iterable[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def _title(measure: Measure) -> str:
    """Return a standard's title without its code."""
    return measure.title.removesuffix(f" ({measure.name.partition(':')[2]})")


def _percent(share: int | None) -> str:
    return "–" if share is None else f"{share}%"
