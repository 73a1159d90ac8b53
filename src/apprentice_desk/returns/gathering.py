"""What the desk holds, as the rows of a return.

Only what ``return-format.md`` names: a person is a code here, and no name, number or date of
birth gets this far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.people import age_band
from apprentice_desk.domain.vocabulary import LeavingGroup, RoleFamily
from apprentice_desk.records.contracts import ContractRow, contract_rows
from apprentice_desk.records.learning import ReviewRow, review_rows
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.returns_sent import next_revision
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    ContractLine,
    ReturnContent,
    ReturnHeader,
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The dated lists and rules that a return is made with."""

    hours_rules: HoursRules
    role_families: Mapping[str, RoleFamily]
    leaving_groups: Mapping[str, LeavingGroup]
    """What may leave the borough, by ILR reason."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A return's content, with the records behind its lines in the same order."""

    content: ReturnContent
    apprentices: tuple[ApprenticeRow, ...]
    contracts: tuple[ContractRow, ...]
    as_at: date


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
    the return is on them.
    """
    organisation = organisation_row(session)
    as_at = min(period.last, prepared_at.date())
    first_kept = _four_quarters(period)
    rows = tuple(
        row
        for row in apprentice_rows(
            session, as_at, lists.hours_rules, lists.role_families, since=period.first
        )
        if _belongs(row, first_kept)
    )
    named = {row.contract_reference for row in rows}
    contracts = tuple(
        contract
        for contract in contract_rows(session, as_at)
        if contract.reference in named
        or contract.ends_on is None
        or (contract.extension_to_on or contract.ends_on) >= first_kept
    )
    reviews = _on_time(review_rows(session), period.first, as_at)
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
    content = ReturnContent(
        header=header,
        apprentices=tuple(apprentice_line(row, lists.leaving_groups) for row in rows),
        contracts=tuple(_contract_line(contract, rows, reviews) for contract in contracts),
    )
    return Gathered(content, rows, contracts, as_at)


def _four_quarters(period: Quarter) -> date:
    quarter = period
    for _ in range(3):
        quarter = quarter.previous()
    return quarter.first


def _belongs(row: ApprenticeRow, first_kept: date) -> bool:
    if not row.status.is_ended:
        return True
    return row.course.ended_on is None or row.course.ended_on >= first_kept


def apprentice_line(
    row: ApprenticeRow, leaving_groups: Mapping[str, LeavingGroup]
) -> ApprenticeLine:
    """Return the line of one apprenticeship: everything but who it is."""
    figures, course = row.figures, row.course
    group = None
    if row.status is Status.WITHDRAWN:
        group = leaving_groups.get(row.leaving_reason or "", LeavingGroup.NOT_KNOWN)
    is_ended = row.status.is_ended
    return ApprenticeLine(
        apprentice_code=row.code,
        apprenticeship_number=row.number,
        standard_code=row.standard_code or "",
        standard_version=row.standard_version,
        standard_title=row.standard_title,
        level=row.level,
        is_digital=row.is_digital,
        role_family=row.role_family or "",
        employee_type=row.employee_type or "",
        age_band=age_band(row.born_on, course.training_started_on) or "",
        status=row.status,
        training_started_on=course.training_started_on,
        training_planned_end_on=course.training_planned_end_on,
        apprenticeship_planned_end_on=course.apprenticeship_planned_end_on,
        ended_on=course.ended_on if is_ended else None,
        break_days=row.break_days,
        provider_ukprn=row.provider_ukprn or "",
        provider_name=row.provider_name,
        contract_reference=row.contract_reference,
        agreed_price=row.agreed_price,
        funding_band_maximum=row.funding_band_maximum,
        required_hours=_hours(figures.required_minutes),
        planned_to_date_hours=_hours(figures.planned_to_date_minutes),
        planned_in_period_hours=_hours(row.planned_minutes_since),
        logged_to_date_hours=decimal_hours(figures.logged_minutes),
        logged_in_period_hours=decimal_hours(row.logged_minutes_since),
        last_review_on=row.last_review_on,
        reviews_due_in_period=row.reviews_due_since,
        reviews_held_in_period=row.reviews_held_since,
        gateway_planned_on=row.gateway_planned_on,
        grade=(row.grade or "") if is_ended else "",
        withdrawal_group=group or "",
        destination=(row.destination or "") if is_ended else "",
    )


def _hours(minutes: int | None) -> Decimal | None:
    return None if minutes is None else decimal_hours(minutes)


def _contract_line(
    contract: ContractRow,
    rows: Sequence[ApprenticeRow],
    reviews: Mapping[object, tuple[int, int]],
) -> ContractLine:
    own = [row for row in rows if row.contract_reference == contract.reference]
    prices = [row.agreed_price for row in own if row.agreed_price is not None]
    due, on_time = _summed(reviews.get(row.id, (0, 0)) for row in own)
    measured = [row.figures for row in own if row.figures.planned_to_date_minutes is not None]
    planned = sum(figures.planned_to_date_minutes or 0 for figures in measured)
    logged = sum(figures.logged_minutes for figures in measured)
    return ContractLine(
        contract_reference=contract.reference,
        provider_ukprn=contract.provider_ukprn or "",
        provider_name=contract.provider_name,
        regime=contract.regime or "",
        route=contract.route or "",
        framework=contract.framework,
        standard_codes=tuple(code for code in contract.standard_codes.split("; ") if code),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        extension_to_on=contract.extension_to_on,
        notice_by_on=contract.notice_by_on,
        value_limit=contract.value_limit,
        agreed_to_date=sum(prices, Decimal("0.00")) if prices else None,
        paid_to_date=contract.paid_to_date,
        live_apprentices=sum(row.status in LIVE for row in own),
        reviews_on_time_percent=_percent(on_time, due),
        hours_to_plan_percent=_percent(logged, planned),
        is_open_to_joint_buying=contract.is_open_to_joint_buying,
    )


def _on_time(
    reviews: Iterable[ReviewRow], first: date, last: date
) -> dict[object, tuple[int, int]]:
    """Return reviews due between two days and those of them held by then, by apprenticeship."""
    counts: dict[object, tuple[int, int]] = {}
    for review in reviews:
        if review.due_on is None or not first <= review.due_on <= last:
            continue
        due, held = counts.get(review.apprenticeship_id, (0, 0))
        is_on_time = review.held_on is not None and review.held_on <= review.due_on
        counts[review.apprenticeship_id] = (due + 1, held + is_on_time)
    return counts


def _summed(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    first = second = 0
    for left, right in pairs:
        first += left
        second += right
    return first, second


def _percent(part: int, whole: int) -> Decimal | None:
    """Return a percentage with one place, half up; blank where there is nothing to divide by."""
    if whole <= 0:
        return None
    tenths = Fraction(part * 1000, whole) + Fraction(1, 2)
    return Decimal(tenths.numerator // tenths.denominator) / 10
