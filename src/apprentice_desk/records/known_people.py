"""Who is in the desk already, by name and by code: for imports and returns to match against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.people import full_name
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Who is in the desk already, for imports to match against."""

    apprentice_id: UUID
    apprenticeship_id: UUID
    number: int
    name: str
    uln: str | None
    email: str
    employee_reference: str
    provider_reference: str
    standard_code: str | None
    course_title: str
    training_started_on: date | None
    training_planned_end_on: date | None


def known_people(session: Session) -> tuple[KnownPerson, ...]:
    """Return everyone with each of their apprenticeships, by name and number.

    Roles that nobody is named for yet are left out: no list knows them.
    """
    found: Any = session.execute(
        select(
            Apprentice.id, Apprenticeship.id, Apprenticeship.number,
            Apprentice.given_names, Apprentice.family_name, Apprentice.uln, Apprentice.email,
            Apprentice.employee_reference, Apprenticeship.provider_reference,
            Apprenticeship.standard_code, Apprenticeship.course_title,
            Apprenticeship.training_started_on, Apprenticeship.training_planned_end_on,
        )
        .join(Apprenticeship, Apprenticeship.apprentice_id == Apprentice.id)
        .order_by(
            func.lower(Apprentice.family_name),
            func.lower(Apprentice.given_names),
            Apprenticeship.number,
            Apprenticeship.standard_code,  # namesakes, always in the same order
        )
    )  # fmt: skip
    return tuple(
        KnownPerson(row[0], row[1], row[2], name, *row[5:])
        for row in found
        if (name := full_name(row[3], row[4]))
    )


def keys_by_code(session: Session) -> Mapping[str, UUID]:
    """Return each person's key by the code that stands for them in returns."""
    found: Any = session.execute(select(Apprentice.code, Apprentice.id))
    return dict(found.all())


def names_by_code(session: Session) -> Mapping[str, str]:
    """Return each person's name by the code that stands for them in returns; screen only."""
    return {
        code: full_name(given, family)
        for code, given, family in session.execute(
            select(Apprentice.code, Apprentice.given_names, Apprentice.family_name)
        )
    }
