"""Who is on which version of a standard: counts, who could move, and the version of who has none.

Nobody's version is ever chosen for them: which versions take a start on their day is said, and a
person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import takes_start
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, record_of
from apprentice_desk.records.programme_changes import change_standard
from apprentice_desk.records.standard_versions import StandardOption, VersionRow, find_version
from apprentice_desk.records.version_stays import Stay, ask_again, stay, stays


@dataclass(frozen=True, slots=True)
class VersionUse:
    """How many are on one version of a standard ("" where it is not said)."""

    standard_code: str
    version: str
    on_it: int
    """To start or on programme."""
    ended: int


@dataclass(frozen=True, slots=True)
class PersonOnVersion:
    """One apprenticeship that has not ended, and the version that it follows."""

    id: UUID
    name: str
    number: int
    version: str
    option: str
    started_on: date | None
    first_started_on: date | None
    """Where training first began elsewhere: the day that chooses the version."""
    stays: tuple[Stay, ...] = ()
    """The other versions that were asked about: this one stays where it is."""

    def stays_though(self, version: str) -> Stay | None:
        """Return what was said of going over to *version*; None where it is to be asked."""
        return next((each for each in self.stays if each.version == version), None)


@dataclass(frozen=True, slots=True)
class VersionMove:
    """One apprenticeship that goes over to another version on a day."""

    apprenticeship_id: UUID
    moved_on: date
    version: str
    option: str = ""


def version_uses(session: Session) -> tuple[VersionUse, ...]:
    """Return how many are on each version of each standard; one query."""
    code, version = Apprenticeship.standard_code, Apprenticeship.standard_version
    has_ended = Apprenticeship.outcome.is_not(None) | Apprenticeship.ended_on.is_not(None)
    found: dict[tuple[str, str], list[int]] = {}
    for standard_code, its_version, ended, count in session.execute(
        select(code, version, has_ended, func.count())
        .where(code.is_not(None))
        .group_by(code, version, has_ended)
        .order_by(code, version)
    ):
        assert standard_code is not None  # asked for
        found.setdefault((standard_code, its_version), [0, 0])[bool(ended)] += count
    return tuple(VersionUse(*key, *counts) for key, counts in found.items())


def people_on(session: Session, standard_code: str) -> tuple[PersonOnVersion, ...]:
    """Return who is to start or on programme on a standard, by name; two queries."""
    found: Any = session.execute(
        select(
            Apprenticeship.id, Apprentice.given_names, Apprentice.family_name,
            Apprenticeship.number, Apprenticeship.standard_version,
            Apprenticeship.standard_option, Apprenticeship.training_started_on,
            Apprenticeship.original_start_on,
        )
        .join(Apprentice, Apprenticeship.apprentice_id == Apprentice.id)
        .where(
            Apprenticeship.standard_code == standard_code,
            Apprenticeship.outcome.is_(None),
            Apprenticeship.ended_on.is_(None),
        )
        .order_by(
            func.lower(Apprentice.family_name), func.lower(Apprentice.given_names),
            Apprenticeship.number,
        )
    ).all()  # fmt: skip
    said = stays(session, [key for key, *_ in found])
    return tuple(
        PersonOnVersion(
            key, called(given, family, standard_code), number, version, option, started, first,
            said.get(key, ()),
        )
        for key, given, family, number, version, option, started, first in found
    )  # fmt: skip


def option_titles(session: Session) -> Mapping[UUID, tuple[str, ...]]:
    """Return the options of every version that has some, in their order."""
    found: dict[UUID, tuple[str, ...]] = {}
    for version_id, title in session.execute(
        select(StandardOption.version_id, StandardOption.title).order_by(StandardOption.number)
    ):
        found[version_id] = (*found.get(version_id, ()), title)
    return found


def versions_for_start(
    versions: Iterable[VersionRow], standard_code: str, day: date
) -> tuple[VersionRow, ...]:
    """Return which of *versions* of a standard take somebody who starts on *day*."""
    return tuple(
        each
        for each in versions
        if each.standard_code == standard_code
        and takes_start(each.first_start_on, each.last_start_on, day)
    )


def say_version(session: Session, apprenticeship_id: UUID, version: str, option: str = "") -> None:
    """Say which version somebody follows of whom it was not known.

    Raises Problem where a version is said already, or the desk does not have this one.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    if apprenticeship.standard_version:
        raise Problem(
            f"Version {apprenticeship.standard_version} is said of this apprenticeship already.",
            "Move it to the other version on a day.",
        )
    _check_there(session, apprenticeship.standard_code or "", version)
    apprenticeship.standard_version = version
    apprenticeship.standard_option = option
    session.flush()


@dataclass(frozen=True, slots=True)
class VersionAnswers:
    """What was answered about one version, of several apprenticeships at once."""

    version: str
    moves: tuple[VersionMove, ...] = ()
    stay: tuple[UUID, ...] = ()
    """Who stays on what they follow; it is not asked again."""
    again: tuple[UUID, ...] = ()
    """Who said so once, and is to be asked again."""

    @property
    def count(self) -> int:
        """How many apprenticeships it is about."""
        return len(self.moves) + len(self.stay) + len(self.again)


def answer(
    session: Session, answers: VersionAnswers, said_on: date, by: str = "", reason: str = ""
) -> None:
    """Move who goes over, note who stays, and take back what is to be asked again."""
    ask_again(session, answers.again, answers.version)
    stay(session, answers.stay, answers.version, said_on, by, reason)
    move_versions(session, answers.moves, reason)


def move_versions(session: Session, moves: Iterable[VersionMove], reason: str = "") -> None:
    """Move people to another version of their standard, or say the version of who has none."""
    for move in moves:
        apprenticeship = record_of(session, move.apprenticeship_id)
        if apprenticeship.standard_version:
            _move(session, move, apprenticeship.standard_code or "", reason)
        else:
            say_version(session, move.apprenticeship_id, move.version, move.option)


def _move(session: Session, move: VersionMove, code: str, reason: str) -> None:
    """Move one; its standard stays, the version and the option are others."""
    _check_there(session, code, move.version)
    change_standard(
        session, move.apprenticeship_id, move.moved_on, code, move.version, move.option, reason
    )


def _check_there(session: Session, code: str, version: str) -> None:
    held = find_version(session, code, version)
    if held is None:
        raise Problem(
            f"Version {version} of {code or 'no standard'} is not in the desk.",
            "Load it on the page Standards first.",
        )
