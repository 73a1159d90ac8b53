"""What one return or many together come to, in figures.

Counted from the rows alone, so that a page, a briefing and a merged workbook show the same.  A
Picture is of any returns; an Overview is of a merge, and each of its figures can be opened: the
rows behind it are those of figures.rows_behind, figures.provider_rows and of the parts themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.reference import Programme, ProgrammeTarget
from apprentice_desk.domain.vocabulary import Destination
from apprentice_desk.returns import figures, measures
from apprentice_desk.returns.changes import Changes, FigureChange, changes
from apprentice_desk.returns.figures import Figure, Provider, Terms, percent
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine, ReturnContent
from apprentice_desk.returns.together import JointBuying, Match, joint_buying, matches

ON_PROGRAMME = frozenset({Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT})
"""Who is on programme: training, on a break from it, or in assessment."""

AT_LOTI = "LOTI"
"""The host of a secondment at LOTI itself."""

_KEPT_ON = frozenset({Destination.KEPT_PERMANENT, Destination.KEPT_FIXED_TERM})


@dataclass(frozen=True, slots=True)
class Picture:
    """The figures of one return, or of several for the same period.

    *started* and *completed* are within the period; *kept_on* are those of the completed who stay
    with the employer.  *apprentices* are people, who may have several apprenticeships.
    *planned_hours* and *logged_hours* are to date, of those on programme whose
    plan is known.  A provider counts once, by UKPRN, or by name where that is not known.
    """

    boroughs: int
    apprenticeships: int
    on_programme: int
    on_a_break: int
    started: int
    completed: int
    kept_on: int
    planned_hours: Decimal
    logged_hours: Decimal
    providers: int
    contracts: int
    apprentices: int
    pledged: int | None
    """For the programme year of the period; None where nobody pledged."""
    secondments: int
    secondments_at_loti: int

    @property
    def hours_percent(self) -> int | None:
        """Hours logged as a whole percentage of those planned to date; None without a plan."""
        return percent(self.logged_hours, self.planned_hours)


def picture(contents: Iterable[ReturnContent]) -> Picture:
    """Return the figures of *contents* together."""
    every = tuple(contents)
    lines = [line for content in every for line in content.apprentices]
    contracts = [line for content in every for line in content.contracts]
    present = [line for line in lines if line.status in ON_PROGRAMME]
    completed = [
        line
        for content in every
        for line in content.apprentices
        if line.status == Status.COMPLETED
        and line.ended_on is not None
        and line.ended_on in content.header.period.period
    ]
    started = sum(
        line.training_started_on is not None
        and line.training_started_on in content.header.period.period
        and line.status != Status.PLANNED
        for content in every
        for line in content.apprentices
    )
    planned = [line for line in present if line.planned_to_date_hours is not None]
    return Picture(
        boroughs=len({content.header.borough_code for content in every}),
        apprenticeships=len(lines),
        on_programme=len(present),
        on_a_break=sum(line.status == Status.ON_A_BREAK for line in present),
        started=started,
        completed=len(completed),
        kept_on=sum(line.destination in _KEPT_ON for line in completed),
        planned_hours=_total(line.planned_to_date_hours for line in planned),
        logged_hours=_total(line.logged_to_date_hours for line in planned),
        providers=len(({*map(_provider, present)} | {*map(_provider, contracts)}) - {""}),
        contracts=len(contracts),
        apprentices=len({line.apprentice_code for line in lines}),
        pledged=_pledged(every),
        secondments=sum(len(content.secondments) for content in every),
        secondments_at_loti=sum(
            line.host == AT_LOTI for content in every for line in content.secondments
        ),
    )


def _pledged(contents: Iterable[ReturnContent]) -> int | None:
    pledged = [
        line.pledged
        for content in contents
        for line in content.pledges
        if line.programme_year == str(content.header.period.financial_year)
        and line.pledged is not None
    ]
    return sum(pledged) if pledged else None


def _total(hours: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in hours if value is not None), Decimal("0.00"))


def _provider(line: ApprenticeLine | ContractLine) -> str:
    return line.provider_ukprn or " ".join(line.provider_name.casefold().split())


# --- of a merge ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overview:
    """What a merge shows at a glance.

    *target* is the one that the programme has still to reach by the end of the period, None if
    none is known; it is one of digital apprentices *recruited*.  *since* compares those on
    programme with the period before, over the boroughs whose two returns are both there; None
    where there are none.
    """

    on_programme: Figure
    digital: Figure
    recruited: Figure
    since: FigureChange | None
    target: ProgrammeTarget | None
    planned_hours: Figure
    logged_hours: Figure
    behind: Figure
    providers: tuple[Provider, ...]
    offered: Figure
    offers_matched: Figure
    standards: tuple[Figure, ...]
    buying: tuple[JointBuying, ...]
    matches: tuple[Match, ...]
    changes: Changes

    @property
    def target_percent(self) -> int | None:
        """Digital apprentices recruited as a percentage of the target."""
        if self.target is None:
            return None
        return percent(self.recruited.total, self.target.apprentices)

    @property
    def to_go(self) -> int | None:
        """How many are missing from the target; 0 once it is reached."""
        if self.target is None:
            return None
        return max(0, self.target.apprentices - int(self.recruited.total))

    @property
    def hours_percent(self) -> int | None:
        """Hours logged as a percentage of those planned to date; None without a plan."""
        return percent(self.logged_hours.total, self.planned_hours.total)

    @property
    def shared_providers(self) -> tuple[Provider, ...]:
        """The providers that three or more boroughs share."""
        return tuple(one for one in self.providers if len(one.borough_codes) >= figures.SHARED_FROM)


def overview(merged: Merged, programme: Programme, terms: Terms) -> Overview | None:
    """Return what a merge shows at a glance; None if no period was merged."""
    changed = changes(merged, terms)
    if changed is None:
        return None
    returns = merged.returns

    def of(measure: figures.Measure) -> Figure:
        return figures.figure(returns, measure, terms)

    return Overview(
        on_programme=of(measures.ON_PROGRAMME),
        digital=of(measures.DIGITAL),
        recruited=of(measures.RECRUITED),
        since=changed.total(measures.ON_PROGRAMME) if changed.is_known else None,
        target=target_for(programme, terms.period.last),
        planned_hours=of(measures.PLANNED_HOURS),
        logged_hours=of(measures.LOGGED_HOURS),
        behind=of(measures.BEHIND),
        providers=figures.providers(returns),
        offered=of(measures.OFFERED),
        offers_matched=of(measures.OFFERS_MATCHED),
        standards=figures.groups(returns, figures.BY_STANDARD, terms),
        buying=joint_buying(returns, terms.period),
        matches=matches(returns),
        changes=changed,
    )


def target_for(programme: Programme, day: date) -> ProgrammeTarget | None:
    """Return the next target that is due on *day* or later; None once the last one is past."""
    ahead = [target for target in programme.targets if target.by >= day]
    return min(ahead, key=lambda target: target.by, default=None)
