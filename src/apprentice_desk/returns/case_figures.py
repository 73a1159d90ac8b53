"""What the desk can put into a case: the figures that a return would tell of the same day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.calendar import FinancialYear, show_day
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.off_the_job import HoursStatus
from apprentice_desk.domain.outcomes import CaseFigure
from apprentice_desk.domain.vocabulary import PlacementForm, RoleFamily, SecondmentStatus
from apprentice_desk.records.network import barrier_rows, event_rows
from apprentice_desk.records.organisation import pledge_rows
from apprentice_desk.records.secondments import secondment_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.returns.programme_lines import pledges
from apprentice_desk.returns.rows import PledgeLine

_WELL = (HoursStatus.ON_TRACK, HoursStatus.COMPLETE)
_JUDGED = (*_WELL, HoursStatus.SLIPPING, HoursStatus.BEHIND)


def case_figures(
    session: Session, today: date, rules: HoursRules, role_families: Mapping[str, RoleFamily]
) -> tuple[CaseFigure, ...]:
    """Return the figures of the desk as they stand on *today*, in the order of their list.

    What was pledged, recruited and started is that of the programme year; it is not known while
    nothing is pledged for it.
    """
    people = tuple(
        row for row in apprentice_rows(session, today, rules, role_families) if not row.is_vacancy
    )
    year = FinancialYear.containing(today)
    lines = [
        line
        for _, line in pledges(pledge_rows(session), people, year, today)
        if line.programme_year == str(year)
    ]
    return (
        _target(),
        *_of_pledges(lines, str(year)),
        *_of_people(people),
        *_of_network(session, year, today),
    )


def _target() -> CaseFigure:
    target = max(resources.programme().targets, key=lambda each: each.by)
    return CaseFigure(
        "target",
        "LOTI's target",
        f"{target.apprentices} digital apprentices by {show_day(target.by)}",
    )


def _of_pledges(lines: Sequence[PledgeLine], year: str) -> tuple[CaseFigure, ...]:
    pledged = sum(line.pledged or 0 for line in lines)
    recruited = sum(line.recruited or 0 for line in lines)
    started = sum(line.started or 0 for line in lines)
    values = (
        ("pledged", f"Pledged for {year}", pledged),
        ("recruited", f"Recruited for {year}", recruited),
        ("started", f"Started in {year}", started),
        ("still to recruit", f"Still to recruit for {year}", max(pledged - recruited, 0)),
    )
    by_family = "; ".join(
        f"{line.role_family} {line.started}"
        + (f" of {line.pledged}" if line.pledged else ", not pledged")
        for line in lines
    )
    return (
        *(CaseFigure(name, says, f"{n:,}" if lines else "") for name, says, n in values),
        CaseFigure("started by role", f"Started of those pledged for {year}, by role", by_family),
    )


def _of_people(people: Sequence[ApprenticeRow]) -> tuple[CaseFigure, ...]:
    live = [row for row in people if row.status in LIVE]
    judged = [row.figures.status for row in live if row.figures.status in _JUDGED]
    well = sum(status in _WELL for status in judged)
    done = [row for row in people if row.status is Status.COMPLETED]
    return (
        CaseFigure("on programme", "On programme now", f"{len(live):,}"),
        CaseFigure(
            "digital on programme",
            "Digital apprentices on programme now",
            f"{sum(row.is_digital for row in live):,}",
        ),
        CaseFigure(
            "on track",
            "On track with off-the-job hours",
            f"{well:,} of {len(judged):,}" if judged else "",
        ),
        CaseFigure("completed", "Completed so far", f"{len(done):,}"),
    )


def _of_network(session: Session, year: FinancialYear, today: date) -> tuple[CaseFigure, ...]:
    held = [
        row.details
        for row in event_rows(session)
        if row.details.held_on is not None and year.period.first <= row.details.held_on <= today
    ]
    stays = [
        row.details
        for row in secondment_rows(session)
        if row.details.form is PlacementForm.SECONDMENT
    ]
    return (
        CaseFigure("events", f"Events held in {year}", f"{len(held):,}"),
        CaseFigure(
            "came to events",
            f"People counted at the events of {year}",
            f"{sum(event.attended or 0 for event in held):,}",
        ),
        CaseFigure(
            "secondments completed",
            "Secondments completed so far",
            f"{sum(s.status is SecondmentStatus.COMPLETED for s in stays):,}",
        ),
        CaseFigure(
            "secondments under way",
            "Secondments under way now",
            f"{sum(s.status is SecondmentStatus.UNDER_WAY for s in stays):,}",
        ),
        CaseFigure("barriers", "Barriers noted", f"{len(barrier_rows(session)):,}"),
    )
