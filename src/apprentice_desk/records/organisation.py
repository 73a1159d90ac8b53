"""Whose desk it is, what the borough pledged, and its characteristic totals.

Characteristics are borough totals typed in from the HR system: the desk never holds them per
person (``design/return-format.md``, Characteristics).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import Characteristic, RoleFamily
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative


class Organisation(Kept):
    """The borough and team that this desk belongs to; exactly one."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(String(9))
    name: Mapped[str] = mapped_column(String(100))
    letters: Mapped[str] = mapped_column(String(3))
    team: Mapped[str] = mapped_column(String(100))
    is_sample: Mapped[bool]


class Pledge(Kept):
    """How many apprentices of a role family the borough pledged for a programme year."""

    __tablename__ = "pledge"
    __table_args__ = (UniqueConstraint("programme_year", "role_family"), *not_negative("pledged"))

    programme_year: Mapped[int]
    role_family: Mapped[RoleFamily] = mapped_column(Word(RoleFamily))
    pledged: Mapped[int]


class CharacteristicTotal(Kept):
    """Borough totals of one category of one characteristic."""

    __tablename__ = "characteristic_total"
    __table_args__ = (
        UniqueConstraint("characteristic", "category"),
        *not_negative("on_programme", "started_in_year"),
    )

    characteristic: Mapped[Characteristic] = mapped_column(Word(Characteristic))
    category: Mapped[str] = mapped_column(String(100))
    on_programme: Mapped[int | None]
    started_in_year: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """The borough and team as the window and the return name them."""

    code: str
    name: str
    letters: str
    team: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One pledge."""

    id: UUID
    programme_year: int
    role_family: RoleFamily
    pledged: int


@dataclass(frozen=True, slots=True)
class CharacteristicRow:
    """The totals of one category."""

    id: UUID
    characteristic: Characteristic
    category: str
    on_programme: int | None
    started_in_year: int | None


def begin(
    session: Session, *, code: str, name: str, letters: str, team: str, is_sample: bool
) -> None:
    """Say whose desk this is; once in a desk's life.

    Raises Problem when the desk has an owner already.
    """
    if session.scalars(select(Organisation)).first() is not None:
        raise Problem("This desk belongs to a borough already.")
    session.add(Organisation(code=code, name=name, letters=letters, team=team, is_sample=is_sample))


def rename_team(session: Session, team: str) -> None:
    """Change the team's name."""
    _organisation(session).team = team.strip()


def _organisation(session: Session) -> Organisation:
    found = session.scalars(select(Organisation)).first()
    if found is None:
        raise Problem(
            "This desk does not say whose it is.",
            "It was not made to the end. Make a new desk and import your lists into it.",
        )
    return found


def organisation_row(session: Session) -> OrganisationRow:
    """Return whose desk this is; raises Problem when it does not say."""
    found = _organisation(session)
    return OrganisationRow(found.code, found.name, found.letters, found.team, found.is_sample)


def organisation_key(session: Session) -> UUID:
    """Return the key of the record; raises Problem when the desk does not say whose it is."""
    return _organisation(session).id


def pledge(session: Session, programme_year: int, role_family: RoleFamily, pledged: int) -> None:
    """Record the number pledged for a programme year (a financial year) and role family.

    An earlier number is replaced.  Raises Problem below 0.
    """
    if pledged < 0:
        raise Problem("A pledge cannot be below 0.", "Enter 0 to take a pledge back.")
    found = session.scalars(
        select(Pledge).where(
            Pledge.programme_year == programme_year, Pledge.role_family == role_family
        )
    ).first()
    if found is None:
        found = Pledge(programme_year=programme_year, role_family=role_family)
        session.add(found)
    found.pledged = pledged


def remove_pledge(session: Session, pledge_id: UUID) -> None:
    """Remove a pledge entered by mistake; raises Conflict when it is gone."""
    found = session.get(Pledge, pledge_id)
    if found is None:
        raise Conflict("This pledge was removed meanwhile.")
    session.delete(found)
    session.flush()


def pledge_rows(session: Session) -> tuple[PledgeRow, ...]:
    """Return the pledges, newest year first."""
    found = session.scalars(
        select(Pledge).order_by(Pledge.programme_year.desc(), Pledge.role_family)
    )
    return tuple(PledgeRow(p.id, p.programme_year, p.role_family, p.pledged) for p in found)


def set_total(
    session: Session,
    characteristic: Characteristic,
    category: str,
    on_programme: int | None,
    started_in_year: int | None,
) -> None:
    """Record the borough's totals for one category; blank means not known.

    Raises Problem below 0.
    """
    if min(on_programme or 0, started_in_year or 0) < 0:
        raise Problem("A number of people cannot be below 0.")
    found = session.scalars(
        select(CharacteristicTotal).where(
            CharacteristicTotal.characteristic == characteristic,
            CharacteristicTotal.category == category,
        )
    ).first()
    if found is None:
        found = CharacteristicTotal(characteristic=characteristic, category=category)
        session.add(found)
    found.on_programme = on_programme
    found.started_in_year = started_in_year


def remove_total(session: Session, total_id: UUID) -> None:
    """Remove the totals of one category; raises Conflict when they are gone."""
    found = session.get(CharacteristicTotal, total_id)
    if found is None:
        raise Conflict("These totals were removed meanwhile.")
    session.delete(found)
    session.flush()


def characteristic_rows(session: Session) -> tuple[CharacteristicRow, ...]:
    """Return the totals by characteristic and category."""
    found = session.scalars(
        select(CharacteristicTotal).order_by(
            CharacteristicTotal.characteristic, CharacteristicTotal.category
        )
    )
    return tuple(
        CharacteristicRow(t.id, t.characteristic, t.category, t.on_programme, t.started_in_year)
        for t in found
    )


@dataclass(frozen=True, slots=True)
class _Team:
    team: str


def check_team(team: str) -> list[Finding]:
    """Return what is wrong with a team's name."""
    if not team.strip():
        return [
            Finding(
                Level.ROW, "OR001", "The team needs a name.", "For example: Digital and IT.",
                Place(field="team"),
            )
        ]  # fmt: skip
    return check_lengths(_Team(team), Organisation)
