"""How every apprentice stands on a day: the one row that lists, Today and the return are made of.

One query whatever the number of apprentices; totals are SQL's, over the covering index of the
entries.  The figures are those of ``domain.off_the_job``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from apprentice_desk.domain import apprenticeship as programme
from apprentice_desk.domain import hours_rules, off_the_job
from apprentice_desk.domain.apprenticeship import Course, Outcome, Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import HoursRules, Minimum
from apprentice_desk.domain.off_the_job import Figures, Logged
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade, RoleFamily
from apprentice_desk.records.apprentices import (
    Apprentice,
    Apprenticeship,
    Break,
    WeeklyHours,
    full_name,
)
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.hours import OffTheJobEntry
from apprentice_desk.records.learning import ActivityStatus, PlanActivity, Review
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.standards import Standard

RECENT_DAYS = 56
"""Pace looks at the last eight weeks (architecture, 8a)."""


@dataclass(frozen=True, slots=True)
class ApprenticeRow:
    """One apprenticeship and how it stands; ``id`` is the apprenticeship's key."""

    id: UUID
    apprentice_id: UUID
    code: str
    number: int
    given_names: str
    family_name: str
    uln: str | None
    born_on: date | None
    email: str
    employee_reference: str
    standard_code: str | None
    standard_version: str
    standard_title: str
    """From the catalogue; else as the source named the course."""
    level: int | None
    is_digital: bool
    role_family: RoleFamily | None
    employee_type: EmployeeType | None
    course: Course
    original_start_on: date | None
    is_start_day_given: bool
    is_end_day_given: bool
    gateway_planned_on: date | None
    grade: Grade | None
    leaving_reason: str | None
    destination: Destination | None
    provider_id: UUID | None
    provider_name: str
    provider_ukprn: str | None
    contract_reference: str
    agreed_price: Decimal | None
    funding_band_maximum: Decimal | None
    line_manager: str
    mentor: str
    weekly_minutes: int | None
    """Contracted weekly minutes, averaged over the training where they changed."""
    status: Status
    break_days: int
    """Days on a break up to the day of the row."""
    figures: Figures
    logged_minutes_since: int
    planned_minutes_since: int | None
    last_review_on: date | None
    next_review_on: date | None
    reviews_due_since: int
    reviews_held_since: int

    @property
    def name(self) -> str:
        """The name as it is spoken."""
        return full_name(self.given_names, self.family_name)

    @property
    def sort_name(self) -> str:
        """Family name first, for sorting."""
        return f"{self.family_name} {self.given_names}".casefold()


def apprentice_rows(
    session: Session,
    as_at: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    since: date | None = None,
    apprenticeship_id: UUID | None = None,
) -> tuple[ApprenticeRow, ...]:
    """Return how every apprenticeship stands at the end of *as_at*, by name.

    *since* (a period's first day) bounds the figures named ``…_since``; without it they are those
    of the day itself.  *role_families* is the dated list of digital standards.
    """
    since = since or as_at
    query = _query(as_at, since)
    if apprenticeship_id is not None:
        query = query.where(Apprenticeship.id == apprenticeship_id)
    rows = (
        _row(found, as_at, since, rules, role_families)
        for found in session.execute(query).mappings()
    )
    # Sorted here: each database has its own idea of where "É" or a hyphen belongs.
    return tuple(sorted(rows, key=lambda row: (row.sort_name, row.number, row.code)))


def totals_query(session: Session, as_at: date, since: date) -> list[Any]:
    """Return every apprenticeship's sums up to *as_at*, straight from SQL."""
    return list(session.execute(select(_totals(as_at, since))))


def _sum_if(condition: Any, amount: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, amount), else_=0)), 0)


def _totals(as_at: date, since: date) -> Subquery:
    entry = OffTheJobEntry
    recent = as_at - timedelta(days=RECENT_DAYS - 1)
    return (
        select(
            entry.apprenticeship_id,
            _sum_if(entry.counts, entry.minutes).label("logged"),
            _sum_if(and_(entry.counts, entry.done_on >= recent), entry.minutes).label("recent"),
            _sum_if(and_(entry.counts, entry.done_on >= since), entry.minutes).label("since"),
            func.max(case((entry.counts, entry.done_on))).label("last_on"),
            func.sum(entry.minutes).label("all_minutes"),
        )
        .where(entry.done_on <= as_at)
        .group_by(entry.apprenticeship_id)
        .subquery("totals")
    )


def _plan(as_at: date, since: date) -> Subquery:
    plan = PlanActivity
    return (
        select(
            plan.apprenticeship_id,
            func.count().label("dated"),
            _sum_if(plan.due_on <= as_at, plan.planned_minutes).label("due"),
            _sum_if(plan.due_on < since, plan.planned_minutes).label("due_before"),
        )
        .where(plan.due_on.is_not(None), plan.status != ActivityStatus.DROPPED)
        .group_by(plan.apprenticeship_id)
        .subquery("plan")
    )


def _reviews(as_at: date, since: date) -> Subquery:
    review = Review
    return (
        select(
            review.apprenticeship_id,
            func.max(case((review.held_on <= as_at, review.held_on))).label("last_on"),
            func.min(
                case((or_(review.held_on.is_(None), review.held_on > as_at), review.due_on))
            ).label("next_on"),
            _sum_if(review.due_on.between(since, as_at), 1).label("due"),
            _sum_if(review.held_on.between(since, as_at), 1).label("held"),
        )
        .group_by(review.apprenticeship_id)
        .subquery("reviews")
    )


def _spans(owner: Any, *parts: Any) -> Subquery:
    """Return each apprenticeship's child rows as one text, "a/b a/b": one query for all."""
    text: Any = func.coalesce(cast(parts[0], String), "")
    for part in parts[1:]:
        text = text + "/" + func.coalesce(cast(part, String), "")
    return (
        select(owner, func.aggregate_strings(text, " ").label("spans")).group_by(owner).subquery()
    )


def _query(as_at: date, since: date) -> Any:
    totals, plan, reviews = _totals(as_at, since), _plan(as_at, since), _reviews(as_at, since)
    breaks = _spans(Break.apprenticeship_id, Break.first_on, Break.last_on)
    weekly = _spans(WeeklyHours.apprenticeship_id, WeeklyHours.from_on, WeeklyHours.weekly_minutes)
    a = Apprenticeship
    return (
        select(
            a.id, a.apprentice_id, a.number, a.standard_code, a.standard_version, a.course_title,
            a.is_digital, a.role_family, a.employee_type, a.training_started_on,
            a.original_start_on, a.is_start_day_given, a.is_end_day_given,
            a.training_planned_end_on, a.apprenticeship_planned_end_on, a.gateway_planned_on,
            a.assessment_began_on, a.ended_on, a.outcome, a.grade, a.leaving_reason,
            a.destination, a.provider_id, a.agreed_price, a.funding_band_maximum,
            a.agreed_minutes, a.prior_learning_minutes, a.line_manager, a.mentor,
            Apprentice.code, Apprentice.given_names, Apprentice.family_name, Apprentice.uln,
            Apprentice.born_on, Apprentice.email, Apprentice.employee_reference,
            Standard.title, Standard.level,
            Provider.name.label("provider_name"), Provider.ukprn,
            Contract.reference,
            totals.c.logged, totals.c.recent, totals.c.since, totals.c.all_minutes,
            totals.c.last_on.label("last_logged_on"),
            plan.c.dated, plan.c.due.label("plan_due"), plan.c.due_before,
            reviews.c.last_on.label("last_review_on"), reviews.c.next_on,
            reviews.c.due.label("reviews_due"), reviews.c.held.label("reviews_held"),
            breaks.c.spans.label("breaks"), weekly.c.spans.label("weekly"),
        )
        .join(Apprentice, Apprentice.id == a.apprentice_id)
        .outerjoin(Standard, Standard.code == a.standard_code)
        .outerjoin(Provider, Provider.id == a.provider_id)
        .outerjoin(Contract, Contract.id == a.contract_id)
        .outerjoin(totals, totals.c.apprenticeship_id == a.id)
        .outerjoin(plan, plan.c.apprenticeship_id == a.id)
        .outerjoin(reviews, reviews.c.apprenticeship_id == a.id)
        .outerjoin(breaks, breaks.c.apprenticeship_id == a.id)
        .outerjoin(weekly, weekly.c.apprenticeship_id == a.id)
    )  # fmt: skip


def _periods(spans: str | None) -> tuple[Period, ...]:
    periods = []
    for span in sorted((spans or "").split()):
        first, _, last = span.partition("/")
        periods.append(
            Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        )
    return tuple(periods)


def _weekly(spans: str | None) -> list[tuple[date, int]]:
    weekly = []
    for span in sorted((spans or "").split()):
        first, _, minutes = span.partition("/")
        weekly.append((date.fromisoformat(first), int(minutes)))
    return weekly


def _row(
    found: RowMapping,
    as_at: date,
    since: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
) -> ApprenticeRow:
    outcome: Outcome | None = found["outcome"]
    course = Course(
        training_started_on=found["training_started_on"],
        training_planned_end_on=found["training_planned_end_on"],
        apprenticeship_planned_end_on=found["apprenticeship_planned_end_on"],
        assessment_began_on=found["assessment_began_on"],
        ended_on=found["ended_on"],
        outcome=outcome,
        breaks=_periods(found["breaks"]),
    )
    original_start_on = found["original_start_on"] or course.training_started_on
    weekly_minutes = _mean_weekly_minutes(course, _weekly(found["weekly"]))
    minimum = _minimum(found, course, original_start_on, weekly_minutes, rules)
    has_dated_plan = bool(found["dated"])
    figures = off_the_job.figures(
        course,
        found["agreed_minutes"],
        minimum,
        Logged(
            found["logged"] or 0,
            found["recent"] or 0,
            found["last_logged_on"],
            (found["all_minutes"] or 0) - (found["logged"] or 0),
        ),
        found["plan_due"] if has_dated_plan else None,
        as_at,
        rules.limits_at(as_at),
    )
    planned_before = off_the_job.planned_to_date(
        course,
        figures.required_minutes,
        since - timedelta(days=1),
        found["due_before"] if has_dated_plan else None,
    )
    planned_since = None
    if figures.planned_to_date_minutes is not None and planned_before is not None:
        planned_since = figures.planned_to_date_minutes - planned_before
    listed_family = role_families.get(found["standard_code"] or "")
    is_digital = found["is_digital"]
    return ApprenticeRow(
        id=found["id"],
        apprentice_id=found["apprentice_id"],
        code=found["code"],
        number=found["number"],
        given_names=found["given_names"],
        family_name=found["family_name"],
        uln=found["uln"],
        born_on=found["born_on"],
        email=found["email"],
        employee_reference=found["employee_reference"],
        standard_code=found["standard_code"],
        standard_version=found["standard_version"],
        standard_title=found["title"] or found["course_title"],
        level=found["level"],
        is_digital=(listed_family is not None) if is_digital is None else is_digital,
        role_family=found["role_family"] or listed_family,
        employee_type=found["employee_type"],
        course=course,
        original_start_on=original_start_on,
        is_start_day_given=found["is_start_day_given"],
        is_end_day_given=found["is_end_day_given"],
        gateway_planned_on=found["gateway_planned_on"],
        grade=found["grade"],
        leaving_reason=found["leaving_reason"],
        destination=found["destination"],
        provider_id=found["provider_id"],
        provider_name=found["provider_name"] or "",
        provider_ukprn=found["ukprn"],
        contract_reference=found["reference"] or "",
        agreed_price=found["agreed_price"],
        funding_band_maximum=found["funding_band_maximum"],
        line_manager=found["line_manager"],
        mentor=found["mentor"],
        weekly_minutes=weekly_minutes,
        status=programme.status_at(course, as_at),
        break_days=_break_days(course, as_at),
        figures=figures,
        logged_minutes_since=found["since"] or 0,
        planned_minutes_since=planned_since,
        last_review_on=found["last_review_on"],
        next_review_on=found["next_on"],
        reviews_due_since=found["reviews_due"] or 0,
        reviews_held_since=found["reviews_held"] or 0,
    )


def _mean_weekly_minutes(course: Course, spans: list[tuple[date, int]]) -> int | None:
    if course.training_started_on is None:
        return spans[-1][1] if spans else None
    last = course.training_planned_end_on or course.training_started_on
    return hours_rules.mean_weekly_minutes(spans, course.training_started_on, last)


def _minimum(
    found: RowMapping,
    course: Course,
    original_start_on: date | None,
    weekly_minutes: int | None,
    rules: HoursRules,
) -> Minimum | None:
    if original_start_on is None:
        return None
    try:
        return hours_rules.minimum(
            rules,
            original_start_on,
            course.training_planned_end_on,
            weekly_minutes,
            found["standard_code"] or "",
            found["standard_version"],
            found["prior_learning_minutes"] or 0,
            break_days=sum(spell.days or 0 for spell in course.breaks),
        )
    except Problem:
        return None  # no rule covers that start: the figures say that there is no plan


def _break_days(course: Course, as_at: date) -> int:
    if course.training_started_on is None or as_at < course.training_started_on:
        return 0
    return programme.break_days(course, course.training_started_on, as_at)
