"""The lines of the sheets Apprentices and Contracts: a record's row in, what may leave out.

A person is a code here; no name, number or date of birth goes any further.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.contract_terms import notice_day
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.people import age_band
from apprentice_desk.domain.vocabulary import LeavingGroup
from apprentice_desk.records.contracts import ContractRow
from apprentice_desk.records.erasures import CountedRow
from apprentice_desk.records.reviews import ReviewRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.returns.counted_lines import live_on, prices_on
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine


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


def contract_line(
    contract: ContractRow,
    rows: Sequence[ApprenticeRow],
    reviews: Mapping[object, tuple[int, int]],
    every: Sequence[ApprenticeRow],
    as_at: date,
    counted: Sequence[CountedRow] = (),
) -> ContractLine:
    """Return the line of one contract, with what its apprenticeships in the return come to.

    Its last day for notice is the one typed, or worked out from its notice period on *as_at*.
    What is agreed to date is summed over *every* one, those that ended too long ago for the return
    included: what was paid is paid for them too.  So it is for those who were erased, *counted*.
    """
    own = [row for row in rows if row.contract_reference == contract.reference]
    prices = [
        row.agreed_price
        for row in every
        if row.contract_reference == contract.reference and row.agreed_price is not None
    ]
    prices += prices_on(counted, contract.id)
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
        notice_by_on=notice_day(contract.term, as_at, resources.bank_holidays()).on,
        value_limit=contract.value_limit,
        agreed_to_date=sum(prices, Decimal("0.00")) if prices else None,
        paid_to_date=contract.paid_to_date,
        live_apprentices=sum(row.status in LIVE for row in own)
        + live_on(counted, contract.id, as_at),
        reviews_on_time_percent=_percent(on_time, due),
        hours_to_plan_percent=_percent(logged, planned),
        is_open_to_joint_buying=contract.is_open_to_joint_buying,
    )


def on_time(reviews: Iterable[ReviewRow], first: date, last: date) -> dict[object, tuple[int, int]]:
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
