"""What is done around a secondment, as the desk keeps it (rules: ``domain.secondment_care``).

The provider is told, the training plan revised or found to stand, a check-in held half-way, and
afterwards what came of it written down.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.secondment_care import (
    AfterDetails,
    Care,
    DoneDetails,
    check_after,
    check_done,
)
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.secondments import Secondment

_STATUS = SecondmentStatus
_AGREED = (_STATUS.AGREED, _STATUS.UNDER_WAY, _STATUS.COMPLETED)
_BEGUN = (_STATUS.UNDER_WAY, _STATUS.COMPLETED)


def care_of(session: Session, secondment_id: UUID) -> Care:
    """Return what was done around a secondment; raises Conflict when it is gone."""
    found = _secondment(session, secondment_id)
    return Care(**{name: getattr(found, name) for name in Care.__match_args__})


def check_told(
    session: Session, secondment_id: UUID, details: DoneDetails, today: date
) -> list[Finding]:
    """Return what is wrong with saying that the provider was told."""
    found = _secondment(session, secondment_id, details)
    return _not_yet(found, (_STATUS.MATCHED, *_AGREED), "agreed") or check_done(details, today)


def tell_provider(session: Session, secondment_id: UUID, details: DoneDetails, today: date) -> None:
    """Record when the provider was told of a secondment.

    Raises Conflict when it is gone, Problem for what ``check_told`` finds.
    """
    refuse(check_told(session, secondment_id, details, today))
    _secondment(session, secondment_id).provider_told_on = details.on
    session.flush()


def check_revised(
    session: Session, secondment_id: UUID, details: DoneDetails, today: date
) -> list[Finding]:
    """Return what is wrong with saying that the training plan was revised."""
    found = _secondment(session, secondment_id, details)
    amiss = _not_yet(found, _AGREED, "agreed") or check_done(details, today)
    return amiss + _too_long(plan_note=details.note)


def revise_plan(session: Session, secondment_id: UUID, details: DoneDetails, today: date) -> None:
    """Record when the training plan was revised for a secondment, or found to stand.

    Raises Conflict when it is gone, Problem for what ``check_revised`` finds.
    """
    refuse(check_revised(session, secondment_id, details, today))
    found = _secondment(session, secondment_id)
    found.plan_revised_on, found.plan_note = details.on, details.note.strip()
    session.flush()


def check_in(
    session: Session, secondment_id: UUID, details: DoneDetails, today: date
) -> list[Finding]:
    """Return what is wrong with saying that there was a check-in."""
    found = _secondment(session, secondment_id, details)
    amiss = _not_yet(found, _BEGUN, "under way") or check_done(details, today, found.started_on)
    return amiss + _too_long(check_in_note=details.note)


def hold_check_in(session: Session, secondment_id: UUID, details: DoneDetails, today: date) -> None:
    """Record the check-in half-way through a secondment and what was said.

    Raises Conflict when it is gone, Problem for what ``check_in`` finds.
    """
    refuse(check_in(session, secondment_id, details, today))
    found = _secondment(session, secondment_id)
    found.checked_in_on, found.check_in_note = details.on, details.note.strip()
    session.flush()


def check_afterwards(session: Session, secondment_id: UUID, details: AfterDetails) -> list[Finding]:
    """Return what is wrong with what is said of a secondment afterwards."""
    found = _secondment(session, secondment_id, details)
    over = (*_BEGUN, _STATUS.WITHDRAWN)
    amiss = _not_yet(found, over, "under way") or check_after(details)
    return amiss + check_lengths(details, Secondment)


def record_afterwards(session: Session, secondment_id: UUID, details: AfterDetails) -> None:
    """Record what came of a secondment: learned, KSBs touched, and what both say of it.

    Raises Conflict when it is gone, Problem for what ``check_afterwards`` finds.
    """
    refuse(check_afterwards(session, secondment_id, details))
    found = _secondment(session, secondment_id)
    for name in AfterDetails.__match_args__:
        setattr(found, name, getattr(details, name).strip())
    session.flush()


def take_care_back(session: Session, secondment_id: UUID, *names: str) -> None:
    """Say that something was not done after all: *names* are those of ``Care``.

    Raises Conflict when the secondment is gone.
    """
    found = _secondment(session, secondment_id)
    for name in names:
        setattr(found, name, getattr(Care(), name))
    session.flush()


def _not_yet(found: Secondment, right: tuple[SecondmentStatus, ...], wanted: str) -> list[Finding]:
    if found.status in right:
        return []
    return [
        Finding(
            Level.ROW,
            "SQ005",
            f"Secondment {found.code} is {found.status}; this is recorded once it is {wanted}.",
            "Look at how it stands now; somebody may have moved it meanwhile.",
            Place(),
        )
    ]


def _too_long(**texts: str) -> list[Finding]:
    """Return whether a note is too long, beside the field that it is typed in."""
    probe = Secondment(**texts)
    return [
        Finding(each.level, each.code, each.message, each.remedy, Place(field="note"))
        for each in check_lengths(probe, Secondment)
    ]


def _secondment(session: Session, secondment_id: UUID, mine: object | None = None) -> Secondment:
    found = session.get(Secondment, secondment_id)
    if found is None:
        raise Conflict("This secondment was removed meanwhile.", mine=mine)
    return found
