"""What the desk holds, as the rows of a return.

Only what ``return-format.md`` names; the lines themselves are made by ``apprentice_lines`` and
``programme_lines``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.calendar import FinancialYear, Quarter
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.reference import CharacteristicCategories
from apprentice_desk.domain.vocabulary import LeavingGroup, RoleFamily
from apprentice_desk.records.contracts import ContractRow, contract_rows
from apprentice_desk.records.erasures import counted_rows
from apprentice_desk.records.network import barrier_rows, event_rows
from apprentice_desk.records.organisation import (
    characteristic_rows,
    organisation_row,
    pledge_rows,
)
from apprentice_desk.records.returns_sent import next_revision
from apprentice_desk.records.reviews import review_rows
from apprentice_desk.records.secondments import logged_minutes, secondment_rows
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.returns import programme_lines
from apprentice_desk.returns.apprentice_lines import apprentice_line, contract_line, on_time
from apprentice_desk.returns.counted_lines import counted_in, counted_line
from apprentice_desk.returns.rows import Line, ReturnContent, ReturnHeader


@dataclass(frozen=True, slots=True)
class Lists:
    """The dated lists and rules that a return is made with."""

    hours_rules: HoursRules
    role_families: Mapping[str, RoleFamily]
    leaving_groups: Mapping[str, LeavingGroup]
    """What may leave the borough, by ILR reason."""
    categories: CharacteristicCategories = field(
        default_factory=lambda: resources.characteristic_categories()
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """A return's content, with the records behind its lines in the same order.

    Behind the last lines of apprentices there may be none: those who were erased are counted.

    *ids* are the keys of those records by resource; None where no single record stands behind a
    line.
    """

    content: ReturnContent
    apprentices: tuple[ApprenticeRow, ...]
    contracts: tuple[ContractRow, ...]
    as_at: date
    ids: Mapping[str, tuple[UUID | None, ...]]


def gather(
    session: Session,
    period: Quarter,
    lists: Lists,
    *,
    prepared_at: datetime,
    prepared_by: str,
    program_version: str,
) -> Gathered:
    """Return the borough's return for *period*, as things stood at its end.

    While the period still runs they stand as on the day of *prepared_at*.  Apprenticeships that
    ended more than four quarters ago are left out; so are contracts that did, unless somebody in
    the return is on them, secondments that did or whose apprenticeship is left out, and barriers
    that were settled then.  A role that nobody is named for yet is no apprentice.
    """
    organisation = organisation_row(session)
    as_at = min(period.last, prepared_at.date())
    first_kept = _four_quarters(period)
    every = tuple(
        row
        for row in apprentice_rows(
            session, as_at, lists.hours_rules, lists.role_families, since=period.first
        )
        if not row.is_vacancy
    )
    # By code: in the order of a list, which is that of names, the place of a row would tell whose
    # it is to anyone who has a list of the names.
    rows = tuple(
        sorted(
            (row for row in every if _belongs(row, first_kept)),
            key=lambda row: (row.code, row.number),
        )
    )
    every_counted = counted_rows(session)
    counted = counted_in(every_counted, first_kept, as_at)
    every_contract = {contract.id: contract for contract in contract_rows(session, as_at)}
    named = {row.contract_reference for row in rows}
    still = {row.contract_id for row in counted}
    contracts = tuple(
        contract
        for contract in every_contract.values()
        if contract.reference in named
        or contract.id in still
        or contract.ends_on is None
        or (contract.extension_to_on or contract.ends_on) >= first_kept
    )
    reviews = on_time(review_rows(session), period.first, as_at)
    year = FinancialYear.containing(period.last)
    stays, logged = secondment_rows(session), logged_minutes(session, as_at)
    standards = {row.code: row for row in standard_rows(session)} if counted else {}
    places = {borough.code: borough.name for borough in resources.boroughs()}
    lines: dict[str, Sequence[tuple[UUID | None, Line]]] = {
        "apprentices": [
            *((row.id, apprentice_line(row, lists.leaving_groups)) for row in rows),
            *((None, counted_line(row, every_contract, standards, as_at)) for row in counted),
        ],
        "contracts": [
            (one.id, contract_line(one, rows, reviews, every, as_at, every_counted))
            for one in contracts
        ],
        "secondments": programme_lines.secondments(stays, rows, logged, first_kept, as_at),
        "pledges": programme_lines.pledges(pledge_rows(session), every, year, as_at, every_counted),
        "characteristics": programme_lines.characteristics(
            characteristic_rows(session), lists.categories.on(period.last)
        ),
        "network": [
            *programme_lines.events(event_rows(session), year, as_at),
            *programme_lines.visits(stays, logged, places, year, as_at),
        ],
        "barriers": programme_lines.barriers(barrier_rows(session), first_kept),
    }
    header = ReturnHeader(
        borough_code=organisation.code,
        borough_name=organisation.name,
        period=period,
        revision=next_revision(session, str(period)),
        prepared_at=prepared_at.replace(microsecond=0),
        prepared_by=prepared_by,
        program_version=program_version,
        is_sample=organisation.is_sample,
    )
    made: dict[str, Any] = {
        resource: tuple(line for _, line in found) for resource, found in lines.items()
    }
    ids = {resource: tuple(key for key, _ in found) for resource, found in lines.items()}
    return Gathered(ReturnContent(header, **made), rows, contracts, as_at, MappingProxyType(ids))


def _four_quarters(period: Quarter) -> date:
    quarter = period
    for _ in range(3):
        quarter = quarter.previous()
    return quarter.first


def _belongs(row: ApprenticeRow, first_kept: date) -> bool:
    if not row.status.is_ended:
        return True
    return row.course.ended_on is None or row.course.ended_on >= first_kept
