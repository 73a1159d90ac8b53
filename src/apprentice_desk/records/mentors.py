"""Mentors and buddies of apprentices: who goes along with whom, since when, and who did before.

The name of the mentor stands with the apprenticeship too, where lists, imports and documents read
it.  The commands here and ``apprentices.correct`` keep the two the same: whoever is mentor without
a last day is the one who is named there.  A name that was typed or imported without days stays as
it is until somebody says since when; nothing makes up the day.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import MentorRole
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, record_of
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.mentoring import Mentoring, open_mentor

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MentoringDetails:
    """What the form of a mentor or buddy edits."""

    apprenticeship_id: UUID | None = None
    role: MentorRole | None = None
    name: str = ""
    organisation: str = ""
    contact: str = ""
    from_on: date | None = None
    until_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MentoringRow:
    """One mentor or buddy as lists show it.

    One whose *from_on* is blank is only named with the apprenticeship: *id* is the key of that.
    """

    id: UUID
    apprentice: str
    details: MentoringDetails

    @property
    def has_days(self) -> bool:
        """Whether it is known since when."""
        return self.details.from_on is not None

    @property
    def is_open(self) -> bool:
        """Whether there is no last day."""
        return self.details.until_on is None


_NAMES = tuple(MentoringDetails.__dataclass_fields__)


def check_mentoring(details: MentoringDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if details.apprenticeship_id is None:
        wrong("ME001", "apprenticeship_id", "Choose the apprentice.")
    if details.role is None:
        wrong("ME002", "role", "Say whether it is a mentor or a buddy.")
    if not details.name.strip():
        wrong("ME003", "name", "Say who it is.")
    if details.from_on is None:
        wrong("ME004", "from_on", "Say since when.", "A day near it is better than none.")
    elif details.until_on is not None and details.until_on < details.from_on:
        wrong("ME005", "until_on", "The last day is before the first.", "Check both days.")
    return findings + check_lengths(details, Mentoring)


def begin_mentoring(session: Session, details: MentoringDetails) -> UUID:
    """Record a mentor or buddy and return the key.

    Whoever was mentor without a last day was so until the day before a new mentor begins.  Raises
    Problem where something is missing or the one before began on that day or later, Conflict when
    the apprenticeship is gone.
    """
    refuse(check_mentoring(details))
    apprenticeship = _apprenticeship(session, details)
    if _is_mentor_now(details):
        _end_the_one_before(session, details)
    made = Mentoring(**_values(details))
    session.add(made)
    session.flush()
    _name(session, apprenticeship, "")
    return made.id


def correct_mentoring(session: Session, mentoring_id: UUID, details: MentoringDetails) -> None:
    """Replace the details of a mentor or buddy.

    Raises Problem where something is missing, the apprentice is another, or another mentor has no
    last day either; Conflict when it is gone.
    """
    found = _kept(session, mentoring_id, details)
    refuse(check_mentoring(details))
    if details.apprenticeship_id != found.apprenticeship_id:
        raise Problem(
            "A mentor or buddy stays with the apprentice.",
            "Remove this one, and add one for the other apprentice.",
        )
    if _is_mentor_now(details):
        _refuse_second(session, found)
    before = _named_for(found)
    for name, value in _values(details).items():
        setattr(found, name, value)
    session.flush()
    _name(session, record_of(session, found.apprenticeship_id), before)


def end_mentoring(session: Session, mentoring_id: UUID, until_on: date) -> None:
    """Give a mentor or buddy a last day; raises Problem before the first, Conflict when gone."""
    found = _kept(session, mentoring_id)
    correct_mentoring(session, mentoring_id, replace(_details(found), until_on=until_on))


def remove_mentoring(session: Session, mentoring_id: UUID) -> None:
    """Remove a mentor or buddy entered by mistake; raises Conflict when it is gone."""
    found = _kept(session, mentoring_id)
    before, apprenticeship = _named_for(found), record_of(session, found.apprenticeship_id)
    session.delete(found)
    session.flush()
    _name(session, apprenticeship, before)


def remove_named_mentor(session: Session, apprenticeship_id: UUID) -> None:
    """Take the mentor who is named without days off an apprenticeship.

    Raises Problem where the mentor has days, Conflict when the apprenticeship is gone.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    if open_mentor(session, apprenticeship_id) is not None:
        raise Problem("This mentor is recorded with days.", "Give the last day instead.")
    apprenticeship.mentor = ""
    session.flush()


def mentoring_rows(session: Session) -> tuple[MentoringRow, ...]:
    """Return mentors and buddies by apprentice: those without a last day first, newest first.

    Mentors who are only named with an apprenticeship are among them, as mentors without days.
    """
    people: Any = session.execute(
        select(
            Apprenticeship.id, Apprentice.given_names, Apprentice.family_name,
            Apprenticeship.course_title, Apprenticeship.mentor,
        )
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(Apprentice.family_name, Apprentice.given_names, Apprenticeship.number)
    ).all()  # fmt: skip
    by_person: dict[UUID, list[Mentoring]] = {}
    for each in session.scalars(
        select(Mentoring).order_by(Mentoring.from_on.desc(), Mentoring.name, Mentoring.id)
    ):
        by_person.setdefault(each.apprenticeship_id, []).append(each)
    rows: list[MentoringRow] = []
    for key, given, family, course, mentor in people:
        name = called(given, family, course)
        kept = sorted(by_person.get(key, ()), key=lambda each: each.until_on is not None)
        has_open = any(_named_for(each) for each in kept)
        if mentor and not has_open:
            named = MentoringDetails(key, MentorRole.MENTOR, mentor)
            rows.append(MentoringRow(key, name, named))
        rows += [MentoringRow(each.id, name, _details(each)) for each in kept]
    return tuple(rows)


def _values(details: MentoringDetails) -> dict[str, Any]:
    values = asdict(details)
    return {name: value.strip() if type(value) is str else value for name, value in values.items()}


def _details(record: Mentoring) -> MentoringDetails:
    return MentoringDetails(**{name: getattr(record, name) for name in _NAMES})


def _kept(session: Session, mentoring_id: UUID, mine: object = None) -> Mentoring:
    found = session.get(Mentoring, mentoring_id)
    if found is None:
        raise Conflict("This mentor or buddy was removed meanwhile.", mine=mine)
    return found


def _apprenticeship(session: Session, details: MentoringDetails) -> Apprenticeship:
    assert details.apprenticeship_id is not None  # checked before
    return record_of(session, details.apprenticeship_id)


def _is_mentor_now(details: MentoringDetails) -> bool:
    return details.role is MentorRole.MENTOR and details.until_on is None


def _named_for(record: Mentoring) -> str:
    """Return the name that stands with the apprenticeship for *record*; "" where none does."""
    is_named = record.role is MentorRole.MENTOR and record.until_on is None
    return record.name if is_named else ""


def _name(session: Session, apprenticeship: Apprenticeship, before: str) -> None:
    """Have the apprenticeship name the mentor without a last day.

    *before* is who was named for the record that changed: where nobody is any more, the name goes.
    """
    found = open_mentor(session, apprenticeship.id)
    if found is not None:
        apprenticeship.mentor = found.name
    elif before and apprenticeship.mentor == before:
        apprenticeship.mentor = ""
    session.flush()


def _end_the_one_before(session: Session, details: MentoringDetails) -> None:
    assert details.apprenticeship_id is not None  # checked before
    assert details.from_on is not None
    earlier = open_mentor(session, details.apprenticeship_id)
    if earlier is None:
        return
    if earlier.from_on >= details.from_on:
        raise Problem(
            f"{earlier.name} is recorded as the mentor since {show_day(earlier.from_on)}.",
            "A new mentor begins after that day; or give the last day of this one first.",
        )
    earlier.until_on = details.from_on - _DAY
    session.flush()


def _refuse_second(session: Session, record: Mentoring) -> None:
    other = open_mentor(session, record.apprenticeship_id)
    if other is not None and other is not record:
        raise Problem(
            f"{other.name} is recorded as the mentor since {show_day(other.from_on)}.",
            "Give the last day of that mentor first.",
        )
