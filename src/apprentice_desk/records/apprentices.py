"""Apprentices and their apprenticeships: the people, their programmes, breaks and weekly hours.

An apprentice is the person; an apprenticeship is one programme of theirs.  How far a programme
has come is never stored: it follows from its dates (``domain.apprenticeship.status_at``).  What is
wrong with details by themselves is said by ``apprentice_checks``.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.people import called, full_name
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade, RoleFamily
from apprentice_desk.records.base import Kept, Word, not_before, not_negative
from apprentice_desk.records.mentoring import follow_name
from apprentice_desk.records.organisation import organisation_row


class Apprentice(Kept):
    """A person who is, was or will be on an apprenticeship."""

    __tablename__ = "apprentice"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    """The random code that stands for this person in returns."""
    given_names: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    uln: Mapped[str | None] = mapped_column(String(10), index=True)
    born_on: Mapped[date | None]
    email: Mapped[str] = mapped_column(String(200), default="")
    employee_reference: Mapped[str] = mapped_column(String(60), default="")

    apprenticeships: Mapped[list[Apprenticeship]] = relationship(
        back_populates="apprentice",
        cascade="all, delete-orphan",
        order_by="Apprenticeship.number",
    )


class Apprenticeship(Kept):
    """One programme of one apprentice."""

    __tablename__ = "apprenticeship"
    __table_args__ = (
        UniqueConstraint("apprentice_id", "number"),
        CheckConstraint("number >= 1", name="number_from_1"),
        not_before("training_planned_end_on", "training_started_on"),
        not_before("apprenticeship_planned_end_on", "training_planned_end_on"),
        not_before("ended_on", "training_started_on"),
        *not_negative(
            "agreed_minutes",
            "prior_learning_minutes",
            "agreed_price",
            "funding_band_maximum",
        ),
    )

    apprentice_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprentice.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    standard_code: Mapped[str | None] = mapped_column(String(6), index=True)
    standard_version: Mapped[str] = mapped_column(String(10), default="")
    course_title: Mapped[str] = mapped_column(String(200), default="")
    employee_type: Mapped[EmployeeType | None] = mapped_column(Word(EmployeeType))
    is_digital: Mapped[bool | None]
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    training_started_on: Mapped[date | None]
    is_start_day_given: Mapped[bool] = mapped_column(default=True)
    original_start_on: Mapped[date | None]
    training_planned_end_on: Mapped[date | None]
    is_end_day_given: Mapped[bool] = mapped_column(default=True)
    apprenticeship_planned_end_on: Mapped[date | None]
    gateway_planned_on: Mapped[date | None]
    assessment_began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    grade: Mapped[Grade | None] = mapped_column(Word(Grade))
    leaving_reason: Mapped[str | None] = mapped_column(String(4))
    destination: Mapped[Destination | None] = mapped_column(Word(Destination))
    provider_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    provider_reference: Mapped[str] = mapped_column(String(60), default="")
    agreed_price: Mapped[Decimal | None]
    funding_band_maximum: Mapped[Decimal | None]
    agreed_minutes: Mapped[int | None]
    prior_learning_minutes: Mapped[int | None]
    line_manager: Mapped[str] = mapped_column(String(200), default="")
    line_manager_email: Mapped[str] = mapped_column(String(200), default="")
    mentor: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(2000), default="")
    standard_option: Mapped[str] = mapped_column(String(200), default="", server_default="")
    assessment_organisation: Mapped[str] = mapped_column(String(200), default="", server_default="")
    is_english_needed: Mapped[bool | None]
    english_met_on: Mapped[date | None]
    is_maths_needed: Mapped[bool | None]
    maths_met_on: Mapped[date | None]
    training_price: Mapped[Decimal | None]
    assessment_price: Mapped[Decimal | None]
    employer_percent: Mapped[int | None]
    """The borough's share of what lies within the funding band, as it was agreed."""
    price_is_for: Mapped[PriceFor | None] = mapped_column(Word(PriceFor))

    apprentice: Mapped[Apprentice] = relationship(back_populates="apprenticeships")
    breaks: Mapped[list[Break]] = relationship(
        cascade="all, delete-orphan", order_by="Break.first_on"
    )
    weekly_hours: Mapped[list[WeeklyHours]] = relationship(
        cascade="all, delete-orphan", order_by="WeeklyHours.from_on"
    )


class Break(Kept):
    """A break in learning; without a last day it is still going on."""

    __tablename__ = "break_in_learning"
    __table_args__ = (not_before("last_on", "first_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    is_first_day_given: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(String(500), default="")


class WeeklyHours(Kept):
    """Contracted weekly hours from a day on."""

    __tablename__ = "weekly_hours"
    __table_args__ = (
        UniqueConstraint("apprenticeship_id", "from_on"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 10080", name="weekly_minutes_in_a_week"),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    from_on: Mapped[date]
    weekly_minutes: Mapped[int]


@dataclass(frozen=True, slots=True)
class ApprenticeDetails:
    """What the form of an apprentice edits: the person and one apprenticeship of theirs."""

    given_names: str = ""
    family_name: str = ""
    uln: str | None = None
    born_on: date | None = None
    email: str = ""
    employee_reference: str = ""
    standard_code: str | None = None
    standard_version: str = ""
    standard_option: str = ""
    """The option (pathway) of the standard, as its version calls it."""
    course_title: str = ""
    """The course as its source names it, where the standard is not known."""
    employee_type: EmployeeType | None = None
    is_digital: bool | None = None
    """Blank follows the dated list of digital standards."""
    role_family: RoleFamily | None = None
    """Blank follows the dated list of digital standards."""
    training_started_on: date | None = None
    is_start_day_given: bool = True
    original_start_on: date | None = None
    """Where training first started earlier, with another employer or provider; it chooses the
    funding rules.  Blank means the training start."""
    training_planned_end_on: date | None = None
    is_end_day_given: bool = True
    apprenticeship_planned_end_on: date | None = None
    gateway_planned_on: date | None = None
    assessment_began_on: date | None = None
    ended_on: date | None = None
    outcome: Outcome | None = None
    grade: Grade | None = None
    leaving_reason: str | None = None
    """ILR code; it never leaves the borough, only its group does."""
    destination: Destination | None = None
    provider_id: UUID | None = None
    contract_id: UUID | None = None
    provider_reference: str = ""
    agreed_price: Decimal | None = None
    """Training and assessment together."""
    training_price: Decimal | None = None
    assessment_price: Decimal | None = None
    price_is_for: PriceFor | None = None
    """Asked where the price is another than before a change of provider or standard."""
    funding_band_maximum: Decimal | None = None
    """At the start date."""
    employer_percent: int | None = None
    """The borough's share of what lies within the band, in whole per cent; 0 while the levy pays
    all of it, None where nobody has said."""
    agreed_minutes: int | None = None
    """Off-the-job minutes agreed in the training plan."""
    prior_learning_minutes: int | None = None
    weekly_minutes: int | None = None
    """Contracted weekly minutes, the newest figure."""
    weekly_from_on: date | None = None
    """From when they hold; blank means the training start."""
    line_manager: str = ""
    line_manager_email: str = ""
    mentor: str = ""
    note: str = ""
    assessment_organisation: str = ""
    is_english_needed: bool | None = None
    """Blank is not recorded: the rule of the day says whether it is needed."""
    english_met_on: date | None = None
    is_maths_needed: bool | None = None
    maths_met_on: date | None = None


PERSON = frozenset({"given_names", "family_name", "uln", "born_on", "email", "employee_reference"})
_WEEKLY = frozenset({"weekly_minutes", "weekly_from_on"})
NAMES = tuple(field.name for field in fields(ApprenticeDetails))


@dataclass(frozen=True, slots=True)
class Held:
    """The details of one apprenticeship and the stamp of when they were read."""

    apprentice_id: UUID
    apprenticeship_id: UUID
    code: str
    number: int
    details: ApprenticeDetails
    breaks: tuple[Period, ...]
    stamp: str


def course_of(details: ApprenticeDetails, breaks: tuple[Period, ...] = ()) -> Course:
    """Return the dates of *details* as the rules want them."""
    return Course(
        training_started_on=details.training_started_on,
        training_planned_end_on=details.training_planned_end_on,
        apprenticeship_planned_end_on=details.apprenticeship_planned_end_on,
        assessment_began_on=details.assessment_began_on,
        ended_on=details.ended_on,
        outcome=details.outcome,
        breaks=breaks,
    )


def is_nameless(details: ApprenticeDetails) -> bool:
    """Return whether neither name is known."""
    return not full_name(details.given_names.strip(), details.family_name.strip())


# --- commands -----------------------------------------------------------------------------------


def enrol(
    session: Session,
    details: ApprenticeDetails,
    *,
    apprentice_id: UUID | None = None,
    random_source: random.Random | None = None,
) -> UUID:
    """Add an apprentice, or the next apprenticeship of *apprentice_id*; return its key.

    The new person gets a random code.  Raises Problem when another person has the same ULN
    (temporary ones apart), Conflict when *apprentice_id* is gone.
    """
    if apprentice_id is None:
        person = Apprentice(code=_new_code(session, random_source))
        number = 1
    else:
        found = session.get(Apprentice, apprentice_id)
        if found is None:
            raise Conflict("This apprentice was removed meanwhile.", mine=details)
        person = found
        number = 1 + max((a.number for a in person.apprenticeships), default=0)
    tidy = _tidied(session, person, details)
    apprenticeship = Apprenticeship(number=number, apprentice=person)
    session.add(apprenticeship)
    with session.no_autoflush:
        _take_over(apprenticeship, tidy)
    session.flush()
    return apprenticeship.id


def _new_code(session: Session, random_source: random.Random | None) -> str:
    source = random_source or random.SystemRandom()
    letters = organisation_row(session).letters
    with session.no_autoflush:
        while True:
            code = identifiers.new_code(letters, source)
            taken = select(Apprentice.id).where(Apprentice.code == code)
            if session.scalars(taken).first() is None:
                return code


def correct(
    session: Session, apprenticeship_id: UUID, details: ApprenticeDetails, stamp: str | None = None
) -> None:
    """Replace the details of an apprenticeship and its person.

    With the *stamp* of ``held`` it raises Conflict, with both versions, when somebody changed
    them since; it also does when the record is gone.  A mentor who is recorded with days is
    called by the new name too; Problem is raised where there is none any more.
    """
    apprenticeship = record_of(session, apprenticeship_id, details)
    now = _held(apprenticeship)
    if stamp is not None and now.stamp != stamp:
        name = called(details.given_names, details.family_name, details.course_title)
        raise Conflict(
            f"{name} was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=now,
        )
    tidy = _tidied(session, apprenticeship.apprentice, details)
    if tidy.mentor != apprenticeship.mentor:
        follow_name(session, apprenticeship_id, tidy.mentor)
    _take_over(apprenticeship, tidy)


def _tidied(session: Session, person: Apprentice, details: ApprenticeDetails) -> ApprenticeDetails:
    """Return *details* in their normal form, before anything is touched, or refuse them."""
    _refuse_shared_uln(session, person, details.uln)
    texts = {name: getattr(details, name) for name in NAMES}
    tidy: dict[str, Any] = {
        name: text.strip() for name, text in texts.items() if isinstance(text, str)
    }
    tidy["uln"] = identifiers.check_uln(details.uln) if details.uln else None
    code = details.standard_code
    tidy["standard_code"] = identifiers.check_standard_code(code) if code else None
    if details.weekly_minutes is not None:
        tidy["weekly_from_on"] = details.weekly_from_on or details.training_started_on
        if tidy["weekly_from_on"] is None:
            raise Problem("Weekly hours need the day from which they hold.")
    return replace(details, **tidy)


def _take_over(apprenticeship: Apprenticeship, tidy: ApprenticeDetails) -> None:
    person = apprenticeship.apprentice
    for name in NAMES:
        if name not in _WEEKLY:
            owner = person if name in PERSON else apprenticeship
            setattr(owner, name, getattr(tidy, name))
    if tidy.weekly_minutes is not None and tidy.weekly_from_on is not None:
        set_week(apprenticeship, tidy.weekly_from_on, tidy.weekly_minutes)


def _refuse_shared_uln(session: Session, person: Apprentice, uln: str | None) -> None:
    if not uln or identifiers.is_temporary_uln(uln):
        return
    with session.no_autoflush:
        others = session.scalars(
            select(Apprentice).where(Apprentice.uln == identifiers.check_uln(uln))
        )
        other = next((found for found in others if found is not person), None)
    if other is not None:
        raise Problem(
            f"ULN {uln} belongs to {full_name(other.given_names, other.family_name)} already.",
            "Open that apprentice, or check the number.",
        )


def set_week(apprenticeship: Apprenticeship, from_on: date, weekly_minutes: int) -> None:
    """Give a record its weekly hours from a day on; for the commands of records."""
    for spell in apprenticeship.weekly_hours:
        if spell.from_on == from_on:
            spell.weekly_minutes = weekly_minutes
            return
    apprenticeship.weekly_hours.append(WeeklyHours(from_on=from_on, weekly_minutes=weekly_minutes))


# --- reads --------------------------------------------------------------------------------------


def record_of(
    session: Session, apprenticeship_id: UUID, mine: object | None = None
) -> Apprenticeship:
    """Return the record itself, with all that hangs on it; for the commands of records.

    Raises Conflict when it is gone.
    """
    found = session.scalars(
        select(Apprenticeship)
        .where(Apprenticeship.id == apprenticeship_id)
        .options(
            selectinload(Apprenticeship.apprentice),
            selectinload(Apprenticeship.breaks),
            selectinload(Apprenticeship.weekly_hours),
        )
    ).first()
    if found is None:
        raise Conflict("This apprenticeship was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _periods(apprenticeship: Apprenticeship) -> tuple[Period, ...]:
    return tuple(Period(spell.first_on, spell.last_on) for spell in apprenticeship.breaks)


def stored_course(apprenticeship: Apprenticeship) -> Course:
    """Return the dates of a record as the rules want them; for the commands of records."""
    return Course(
        training_started_on=apprenticeship.training_started_on,
        training_planned_end_on=apprenticeship.training_planned_end_on,
        apprenticeship_planned_end_on=apprenticeship.apprenticeship_planned_end_on,
        assessment_began_on=apprenticeship.assessment_began_on,
        ended_on=apprenticeship.ended_on,
        outcome=apprenticeship.outcome,
        breaks=_periods(apprenticeship),
    )


def held(session: Session, apprenticeship_id: UUID) -> Held:
    """Return what the form edits; raises Conflict when the apprenticeship is gone."""
    return _held(record_of(session, apprenticeship_id))


def all_held(
    session: Session, apprenticeship_ids: Iterable[UUID] | None = None
) -> Mapping[UUID, Held]:
    """Return what the form edits of these or all apprenticeships, by key; a few queries."""
    query = select(Apprenticeship).options(
        selectinload(Apprenticeship.apprentice),
        selectinload(Apprenticeship.breaks),
        selectinload(Apprenticeship.weekly_hours),
    )
    if apprenticeship_ids is not None:
        query = query.where(Apprenticeship.id.in_(tuple(apprenticeship_ids)))
    found = session.scalars(query)
    return {each.id: _held(each) for each in found}


def weekly_minutes(
    session: Session, apprenticeship_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[tuple[date, int], ...]]:
    """Return the contracted minutes a week, each from its day on, of these apprenticeships."""
    query = (
        select(WeeklyHours.apprenticeship_id, WeeklyHours.from_on, WeeklyHours.weekly_minutes)
        .where(WeeklyHours.apprenticeship_id.in_(tuple(apprenticeship_ids)))
        .order_by(WeeklyHours.from_on)
    )
    found: dict[UUID, tuple[tuple[date, int], ...]] = {}
    for key, from_on, minutes in session.execute(query):
        found[key] = (*found.get(key, ()), (from_on, minutes))
    return found


def _held(apprenticeship: Apprenticeship) -> Held:
    person = apprenticeship.apprentice
    values: dict[str, Any] = {
        name: getattr(person if name in PERSON else apprenticeship, name)
        for name in NAMES
        if name not in _WEEKLY
    }
    if apprenticeship.weekly_hours:
        newest = apprenticeship.weekly_hours[-1]
        values |= {"weekly_minutes": newest.weekly_minutes, "weekly_from_on": newest.from_on}
    numbers = [person.changed_in, apprenticeship.changed_in]
    numbers += [
        spell.changed_in for spell in (*apprenticeship.breaks, *apprenticeship.weekly_hours)
    ]
    return Held(
        person.id,
        apprenticeship.id,
        person.code,
        apprenticeship.number,
        ApprenticeDetails(**values),
        _periods(apprenticeship),
        "-".join(str(number) for number in numbers),
    )
