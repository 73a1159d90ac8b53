"""How every apprentice stands on a day: the one row that lists, Today and the return are made of.

One query whatever the number of apprentices; totals are SQL's, over the covering index of the
entries.  The figures are those of ``domain.off_the_job``.

The query is text (``standing_query``), and nothing here needs SQLAlchemy to be imported: so the
window can show the apprentices of a desk (``first_look``) while that is still under way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from apprentice_desk.domain import apprenticeship as programme
from apprentice_desk.domain import hours_facts, money, off_the_job
from apprentice_desk.domain.apprenticeship import Course, Outcome, Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_facts import HoursFacts, PlanDue
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.off_the_job import Figures, Logged
from apprentice_desk.domain.people import called, full_name
from apprentice_desk.domain.placement_days import HostStay, host_words, spent
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.recovering import Recoverability, recoverability
from apprentice_desk.domain.vocabulary import (
    Destination,
    EmployeeType,
    Grade,
    PlacementForm,
    RoleFamily,
    SecondmentStatus,
)
from apprentice_desk.records.doors import File, errors, foreign_part, makes_no_sense, open_file
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.marks import APPLICATION_ID, HEAD
from apprentice_desk.records.standing_query import (
    AFTER_STAY,
    BETWEEN_VALUES,
    Only,
    parameters,
    statement,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MADE_OF = (
    "apprentice",
    "apprenticeship",
    "break_in_learning",
    "weekly_hours",
    "off_the_job_entry",
    "plan_activity",
    "review",
    "standard",
    "provider",
    "contract",
    "secondment",
)
"""The tables that how an apprenticeship stands is made of."""


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
    facts: HoursFacts
    """What the figures are worked out from."""
    recoverability: Recoverability | None
    logged_minutes_since: int
    planned_minutes_since: int | None
    last_review_on: date | None
    next_review_on: date | None
    reviews_due_since: int
    reviews_held_since: int

    @property
    def name(self) -> str:
        """The name as it is spoken; the role where nobody is named yet."""
        return called(self.given_names, self.family_name, self.standard_title)

    @property
    def is_vacancy(self) -> bool:
        """Whether it is a role, agreed or advertised, that nobody is named for yet."""
        return not full_name(self.given_names, self.family_name)

    @property
    def standard_shown(self) -> str:
        """The standard with level, code and version, as far as they are known."""
        title = self.standard_title or "Standard not known"
        if self.level is not None:
            title += f", level {self.level}"
        code = self.standard_code or ""
        if code and self.standard_version:
            code += f" v{self.standard_version}"
        which = f"apprenticeship {self.number}" if self.number > 1 else ""
        return " · ".join(part for part in (title, code, which) if part)

    @property
    def sort_name(self) -> str:
        """Family name first, for sorting; a role without a name by its own words."""
        name = self.name if self.is_vacancy else f"{self.family_name} {self.given_names}"
        return name.casefold()


def apprentice_rows(
    session: Session,
    as_at: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    since: date | None = None,
    apprenticeship_id: UUID | None = None,
    contract_id: UUID | None = None,
) -> tuple[ApprenticeRow, ...]:
    """Return how every apprenticeship stands at the end of *as_at*, by name.

    With *apprenticeship_id* only that one, with *contract_id* only those on that contract.

    *since* (a period's first day) bounds the figures named ``…_since``; without it they are those
    of the day itself.  *role_families* is the dated list of digital standards.
    """
    since = since or as_at
    from sqlalchemy import text  # long imported where there is a session

    engine = session.get_bind().dialect.name
    only: Only = "id" if apprenticeship_id else "contract_id" if contract_id else ""
    key = apprenticeship_id or contract_id
    found = session.execute(text(statement(engine, only)), parameters(engine, as_at, since, key))
    return _rows([dict(row) for row in found.mappings()], as_at, since, rules, role_families)


def first_look(
    path: Path,
    as_at: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    key: DeskKey | None = None,
) -> tuple[ApprenticeRow, ...] | None:
    """Return how everybody in a desk file stands, before the desk is opened.

    None when that cannot be said so soon: the file is not a desk of today's format, is being
    written to or cannot be read; opening it then says why.
    """
    try:
        with closing(open_file(path, "ro", key)) as file:
            if file.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return None
            if file.execute("SELECT version_num FROM alembic_version").fetchone() != (HEAD,):
                return None
            if foreign_part(file):
                return None
            return rows_in_file(file, as_at, rules, role_families)
    except errors():
        return None
    except (ValueError, TypeError, Problem):  # a value that cannot be: opening it says so
        return None


def rows_in_file(
    file: File,
    as_at: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
) -> tuple[ApprenticeRow, ...]:
    """Return the rows of a connection that has the desk's tables, by name."""
    found = file.execute(statement("sqlite"), parameters("sqlite", as_at, as_at))
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return _rows(rows, as_at, as_at, rules, role_families)


def _rows(
    found: Iterable[Mapping[str, Any]],
    as_at: date,
    since: date,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
) -> tuple[ApprenticeRow, ...]:
    try:
        typed = [_typed(row) for row in found]
    except (ValueError, TypeError, LookupError) as error:
        raise makes_no_sense("How everybody stands could not be read.") from error
    rows = (_row(row, as_at, since, rules, role_families) for row in typed)
    # Sorted here: each database has its own idea of where "É" or a hyphen belongs.
    return tuple(sorted(rows, key=lambda row: (row.sort_name, row.number, row.code)))


# --- values as the two engines give them --------------------------------------------------------

_WORDS = {
    "role_family": RoleFamily,
    "employee_type": EmployeeType,
    "outcome": Outcome,
    "grade": Grade,
    "destination": Destination,
}
_KEYS = ("id", "apprentice_id", "provider_id")
_PENCE = ("agreed_price", "funding_band_maximum")
_YES_NO = ("is_digital", "is_start_day_given", "is_end_day_given")


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values typed, whether they came as SQLite keeps them or as PostgreSQL does."""
    values = dict(row)
    for name, value in values.items():
        if value is None:
            continue
        if name.endswith("_on"):
            values[name] = date.fromisoformat(value) if isinstance(value, str) else value
        elif name in _KEYS:
            values[name] = UUID(hex=value) if isinstance(value, str) else value
        elif name in _PENCE:
            values[name] = money.from_pence(value)
        elif name in _YES_NO:
            values[name] = bool(value)
        elif name in _WORDS:
            values[name] = _WORDS[name](value)
    return values


def _periods(spans: str | None) -> tuple[Period, ...]:
    periods = []
    for span in sorted((spans or "").split()):
        first, _, last = span.partition("/")
        periods.append(
            Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        )
    return tuple(periods)


def _weekly(spans: str | None) -> tuple[tuple[date, int], ...]:
    weekly = []
    for span in sorted((spans or "").split()):
        first, _, minutes = span.partition("/")
        weekly.append((date.fromisoformat(first), int(minutes)))
    return tuple(weekly)


@dataclass(frozen=True, slots=True)
class _Spent:
    """The days of a stay, for ``placement_days.spent``."""

    status: SecondmentStatus
    started_on: date | None
    ended_on: date | None


def _host_stays(apprenticeship_id: UUID, spans: str | None) -> tuple[HostStay, ...]:
    stays = []
    for span in filter(None, (spans or "").split(AFTER_STAY)):
        key, started, ended, agreed, status, form, host, host_name = span.split(BETWEEN_VALUES)
        last = date.fromisoformat(ended) if ended else None
        days = spent(_Spent(SecondmentStatus(status), date.fromisoformat(started), last))
        assert days is not None  # it has begun
        stays.append(
            HostStay(
                UUID(hex=key),
                apprenticeship_id,
                days,
                host_words(host, host_name),
                date.fromisoformat(agreed) if agreed else None,
                PlacementForm(form).is_light,
            )
        )
    return tuple(sorted(stays, key=lambda stay: (stay.days.first, stay.id.hex)))


def _row(
    found: Mapping[str, Any],
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
    has_dated_plan = bool(found["dated"])
    facts = HoursFacts(
        course=course,
        original_start_on=original_start_on,
        weekly=_weekly(found["weekly"]),
        standard_code=found["standard_code"] or "",
        standard_version=found["standard_version"],
        agreed_minutes=found["agreed_minutes"],
        prior_learning_minutes=found["prior_learning_minutes"] or 0,
        logged=Logged(
            found["logged"] or 0,
            found["recent"] or 0,
            found["last_logged_on"],
            (found["all_minutes"] or 0) - (found["logged"] or 0),
        ),
        plan=(
            PlanDue(found["plan_due"], found["overdue"], found["overdue_minutes"])
            if has_dated_plan
            else None
        ),
        stays=_host_stays(found["id"], found["stays"]),
    )
    figures = hours_facts.figures_of(facts, rules, as_at)
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
        weekly_minutes=facts.mean_weekly_minutes,
        status=programme.status_at(course, as_at),
        break_days=_break_days(course, as_at),
        figures=figures,
        facts=facts,
        recoverability=recoverability(figures, facts.weekly_minutes_on(as_at)),
        logged_minutes_since=found["since"] or 0,
        planned_minutes_since=planned_since,
        last_review_on=found["last_review_on"],
        next_review_on=found["next_on"],
        reviews_due_since=found["reviews_due"] or 0,
        reviews_held_since=found["reviews_held"] or 0,
    )


def _break_days(course: Course, as_at: date) -> int:
    if course.training_started_on is None or as_at < course.training_started_on:
        return 0
    return programme.break_days(course, course.training_started_on, as_at)
