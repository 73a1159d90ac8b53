"""What a desk knows of one apprenticeship, as merge fields.

Nothing about health, ethnicity or the like gets here, nor notes, dates of birth or amounts of pay:
papers that people are handed say no more of them than they are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.documents.procurement_facts import Facts, called_standard, known
from apprentice_desk.domain import wages
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.checklist_gateway import lasts_until
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_rules import Minimum
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.wages import PayState
from apprentice_desk.records.apprentices import Held, held
from apprentice_desk.records.pay import pay_rates, wage_facts
from apprentice_desk.records.standards import StandardRow, standard_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows


@dataclass(frozen=True, slots=True)
class Person:
    """One apprenticeship on a day: how it stands, and the details that its form edits."""

    row: ApprenticeRow
    details: Held
    standards: dict[str, StandardRow]
    pay_state: PayState
    today: date


def read_person(
    session: Session, apprenticeship_id: UUID, today: date, since: date | None = None
) -> Person | None:
    """Return what is known of an apprenticeship on *today*; None when it is gone.

    *since* is the first day of the period whose figures are asked for.
    """
    rows = apprentice_rows(
        session,
        today,
        resources.hours_rules(),
        resources.digital_standards().role_families,
        since,
        apprenticeship_id,
    )
    if not rows:
        return None
    row = rows[0]
    pay = pay_rates(session, [row.id]).get(row.id, ())
    return Person(
        row,
        held(session, row.id),
        {each.code: each for each in standard_rows(session)},
        wages.standing(wage_facts(row, pay), resources.wage_rules(), today).state,
        today,
    )


def facts_of_person(person: Person) -> Facts:
    """Return what every paper about an apprenticeship is told."""
    row, details = person.row, person.details.details
    course = row.course
    standard = (
        called_standard(row.standard_code, person.standards)
        if row.standard_code
        else row.standard_title
    )
    facts = known(
        {
            "apprentice_name": "" if row.is_vacancy else row.name,
            "standard_called": standard,
            "standard_version": row.standard_version,
            "standard_option": details.standard_option,
            "provider_name": row.provider_name,
            "provider_ukprn": row.provider_ukprn,
            "line_manager_name": row.line_manager,
            "mentor_name": row.mentor,
            "training_ends_on": course.training_planned_end_on if row.is_end_day_given else None,
            "training_starts_on": course.training_started_on if row.is_start_day_given else None,
            "apprenticeship_ends_on": course.apprenticeship_planned_end_on,
            "gateway_on": row.gateway_planned_on,
            "weekly_hours": _hours(row.facts.weekly_minutes_on(_from(person))),
            "hours_planned": _hours(details.agreed_minutes),
            "assessed_by": details.assessment_organisation,
            "english_is_part": details.is_english_needed,
            "maths_is_part": details.is_maths_needed,
        }
    )
    is_enough = _is_enough(details.agreed_minutes, row.figures.minimum)
    if is_enough is not None:
        facts["hours_reach_minimum"] = is_enough
    if person.pay_state in (PayState.ENOUGH, PayState.BELOW):
        facts["pay_lacks"] = person.pay_state is PayState.BELOW
    is_long_enough = _is_long_enough(course, row.original_start_on, person.today)
    if is_long_enough is not None:
        facts["is_long_enough"] = is_long_enough
    return facts


def _from(person: Person) -> date:
    """Return the day whose hours a paper names: today, or the first day if that is to come."""
    started_on = person.row.course.training_started_on
    return person.today if started_on is None else max(person.today, started_on)


def _hours(minutes: int | None) -> str | None:
    return None if minutes is None else sentence(minutes)


def _is_enough(agreed: int | None, minimum: Minimum | None) -> bool | None:
    """Return whether the hours agreed reach the least; None while nobody can say."""
    if agreed is None or minimum is None:
        return None
    if minimum.minutes is not None:
        return agreed >= minimum.minutes
    return False if agreed < minimum.floor_minutes else None


def _is_long_enough(course: Course, original_on: date | None, today: date) -> bool | None:
    """Return whether training is planned to last as long as the rule asks; None if not known."""
    first, end = original_on or course.training_started_on, course.training_planned_end_on
    if first is None or end is None:
        return None
    try:
        rule = resources.programme_rules().duration_for(first)
    except Problem:
        return None
    until = lasts_until(course, rule, today)
    return None if until is None else end >= until
