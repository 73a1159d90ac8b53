"""What this borough opens to apprentices of others: vacancies, shadowing places and visits."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers, ksb_codes
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import OpeningKind, RoleFamily, WorkingPattern
from apprentice_desk.records.base import (
    Kept,
    Word,
    check_lengths,
    not_before,
    not_negative,
    refuse,
    refuse_changed,
)
from apprentice_desk.records.secondments import fresh_code

LONGEST_DAYS = 20
MOST_PLACES = 500


class Opening(Kept):
    """One thing that apprentices elsewhere may apply for or come to."""

    __tablename__ = "opening"
    __table_args__ = (not_before("until_on", "from_on"), *not_negative("places", "days"))

    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[OpeningKind] = mapped_column(Word(OpeningKind))
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(1000), default="")
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    standard_code: Mapped[str | None] = mapped_column(String(6))
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    pattern: Mapped[WorkingPattern | None] = mapped_column(Word(WorkingPattern))
    area: Mapped[str] = mapped_column(String(100), default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    """The last day on which it can be applied for or come to."""
    days: Mapped[int | None]
    places: Mapped[int | None]
    how_to_apply: Mapped[str] = mapped_column(String(300), default="")
    """An address or a link of a team, not of a person: it leaves the borough."""
    closed_on: Mapped[date | None]
    is_taken: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class OpeningDetails:
    """What the form of an opening edits."""

    kind: OpeningKind | None = None
    title: str = ""
    about: str = ""
    role_family: RoleFamily | None = None
    standard_code: str | None = None
    ksbs: str = ""
    pattern: WorkingPattern | None = None
    area: str = ""
    from_on: date | None = None
    until_on: date | None = None
    days: int | None = None
    places: int | None = None
    how_to_apply: str = ""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One opening as lists show it; *closed_on* is None while it can be had."""

    id: UUID
    code: str
    details: OpeningDetails
    closed_on: date | None
    is_taken: bool
    changed_in: int


_NAMES = tuple(OpeningDetails.__dataclass_fields__)


def check_opening(details: OpeningDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if details.kind is None:
        wrong("OP001", "kind", "Choose what it is.")
    if not details.title.strip():
        wrong("OP002", "title", "Give it a title.", "Others see it before anything else.")
    if details.from_on and details.until_on and details.until_on < details.from_on:
        wrong("OP003", "until_on", "The last day is before the first.")
    if details.days is not None and not 1 <= details.days <= LONGEST_DAYS:
        wrong("OP004", "days", f"It takes 1 to {LONGEST_DAYS} days.", "Longer stays are offers.")
    if details.places is not None and not 1 <= details.places <= MOST_PLACES:
        wrong("OP005", "places", f"Enter 1 to {MOST_PLACES} places, or leave it blank.")
    if details.days is not None and details.kind is OpeningKind.VACANCY:
        wrong("OP006", "days", "A vacancy does not last a number of days.", "Leave the days blank.")
    if details.standard_code:
        try:
            identifiers.check_standard_code(details.standard_code)
        except ValueError as error:
            wrong("OP007", "standard_code", str(error))
    findings += ksb_codes.check(details.ksbs)
    return findings + check_lengths(details, Opening)


def open_up(
    session: Session, details: OpeningDetails, *, random_source: random.Random | None = None
) -> UUID:
    """Open something to apprentices elsewhere and return its key; raises Problem as checked."""
    refuse(check_opening(details))
    code = fresh_code(session, Opening.code, random_source)
    made = Opening(code=code, **asdict(_tidy(details)))
    session.add(made)
    session.flush()
    return made.id


def correct_opening(
    session: Session, opening_id: UUID, details: OpeningDetails, changed_in: int | None = None
) -> None:
    """Replace an opening's details.

    Raises Conflict when it is gone or was changed since *changed_in*, Problem as checked.
    """
    found = _opening(session, opening_id, details)
    refuse_changed(found, changed_in, details, _details(found))
    refuse(check_opening(details))
    for name, value in asdict(_tidy(details)).items():
        setattr(found, name, value)


def close_opening(session: Session, opening_id: UUID, on: date, *, is_taken: bool) -> None:
    """Say that an opening cannot be had any more: it *is_taken*, or it was withdrawn.

    Raises Conflict when it is gone, Problem when it is closed already.
    """
    found = _opening(session, opening_id)
    if found.closed_on is not None:
        raise Problem(f"“{found.title}” is closed already.")
    found.closed_on, found.is_taken = on, is_taken


def reopen_opening(session: Session, opening_id: UUID) -> None:
    """Say that an opening can be had again; raises Conflict when it is gone."""
    found = _opening(session, opening_id)
    found.closed_on, found.is_taken = None, False


def remove_opening(session: Session, opening_id: UUID) -> None:
    """Remove an opening entered by mistake; raises Conflict when it is gone."""
    session.delete(_opening(session, opening_id))
    session.flush()


def opening_rows(session: Session) -> tuple[OpeningRow, ...]:
    """Return the openings: those that can be had first, then by first day and title."""
    found = session.scalars(
        select(Opening).order_by(
            Opening.closed_on.is_not(None), Opening.from_on, Opening.title, Opening.code
        )
    )
    return tuple(
        OpeningRow(o.id, o.code, _details(o), o.closed_on, o.is_taken, o.changed_in) for o in found
    )


def _details(opening: Opening) -> OpeningDetails:
    return OpeningDetails(**{name: getattr(opening, name) for name in _NAMES})


def _tidy(details: OpeningDetails) -> OpeningDetails:
    code = details.standard_code
    return replace(
        details,
        title=" ".join(details.title.split()),
        about=details.about.strip(),
        standard_code=identifiers.check_standard_code(code) if code else None,
        ksbs=ksb_codes.tidy(details.ksbs),
        area=" ".join(details.area.split()),
        how_to_apply=" ".join(details.how_to_apply.split()),
    )


def _opening(session: Session, opening_id: UUID, mine: object | None = None) -> Opening:
    found = session.get(Opening, opening_id)
    if found is None:
        raise Conflict("This opening was removed meanwhile.", mine=mine)
    return found
