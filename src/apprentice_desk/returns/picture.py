"""What one return or many together come to, in figures.

Counted from the rows alone, so that a page, a briefing and a merged workbook show the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.vocabulary import Destination
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine, ReturnContent

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
        if self.planned_hours <= 0:
            return None
        share = self.logged_hours * 100 / self.planned_hours
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))


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
