"""How secondments move from draft to completed: who moved one, when, and why.

Which move comes next and what it asks is decided in ``domain.secondment_moves``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain import secondment_moves as rules
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.placement_clashes import Clash
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.secondment_moves import Move, MoveDetails, Standing
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.host_entries import fit_entries
from apprentice_desk.records.secondments import Secondment, SecondmentMove, host_days


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move as the secondment's own story shows it."""

    number: int
    was: SecondmentStatus
    became: SecondmentStatus
    moved_on: date
    moved_by: str
    note: str


_KEPT = (
    "host", "host_name", "host_supervisor", "matched_code", "agreed_start_on", "agreed_end_on",
    "provider_told_on", "started_on", "ended_on", "learned", "ksbs_touched", "host_feedback",
    "apprentice_feedback",
)  # fmt: skip
"""What a move writes into the secondment itself, where it says something of it."""

_UNDONE = {
    SecondmentStatus.MATCHED: ("matched_id", "matched_code"),
    SecondmentStatus.AGREED: ("agreed_start_on", "agreed_end_on"),
    SecondmentStatus.UNDER_WAY: ("started_on",),
    SecondmentStatus.COMPLETED: ("ended_on",),
    SecondmentStatus.WITHDRAWN: ("ended_on", "reason"),
    SecondmentStatus.DECLINED: ("reason",),
}
"""What only holds from a state on, and goes when the move into it is taken back."""


def standing_of(session: Session, secondment_id: UUID) -> Standing:
    """Return what the rules of a move know of a secondment; raises Conflict when it is gone."""
    found = _secondment(session, secondment_id)
    last = _last_move(session, secondment_id)
    return Standing(
        kind=found.kind,
        form=found.form,
        status=found.status,
        has_apprentice=found.apprenticeship_id is not None,
        says_what=bool(found.role_family or found.ksbs.strip() or found.wanted.strip()),
        earliest_start_on=found.earliest_start_on,
        latest_start_on=found.latest_start_on,
        weeks=found.weeks,
        days=found.days,
        started_on=found.started_on,
        moved_last_on=None if last is None else last.moved_on,
    )


def check(
    session: Session,
    secondment_id: UUID,
    move: Move,
    details: MoveDetails,
    today: date,
    against: Sequence[Clash] = (),
) -> list[Finding]:
    """Return what is wrong with a move; raises Conflict when the secondment is gone.

    *against* is what its days collide with: an approval says why something grave may stand.
    """
    found = rules.check_move(move, details, standing_of(session, secondment_id), today)
    found += rules.unheeded(move, details, against)
    return found + check_lengths(details, Secondment, SecondmentMove)


def move_secondment(
    session: Session,
    secondment_id: UUID,
    move: Move,
    details: MoveDetails,
    today: date,
    against: Sequence[Clash] = (),
) -> None:
    """Make a move of a secondment and keep who made it and when; hours follow its days.

    Raises Conflict when it is gone, Problem for what ``check`` finds.
    """
    found = _secondment(session, secondment_id, details)
    refuse(check(session, secondment_id, move, details, today, against))
    moved_on = rules.day_of(move, details)
    assert moved_on is not None  # refused above
    last = _last_move(session, secondment_id)
    session.add(
        SecondmentMove(
            secondment_id=secondment_id,
            number=1 if last is None else last.number + 1,
            was=found.status,
            became=rules.BECOMES[move],
            moved_on=moved_on,
            moved_by=details.by.strip(),
            note=details.note.strip(),
        )
    )
    before = host_days(found)
    for name in rules.asked(move, standing_of(session, secondment_id)):
        value = getattr(details, name)
        if name in _KEPT and value not in (None, ""):
            setattr(found, name, value)
    if move.ends_it:
        found.reason = details.note.strip()
    found.status = rules.BECOMES[move]
    session.flush()
    fit_entries(session, secondment_id, before, host_days(found))


def take_move_back(session: Session, secondment_id: UUID) -> SecondmentStatus:
    """Take the last move back and return the status that holds again.

    What only that move said (days, reason, match) goes with it.  Raises Conflict when the
    secondment is gone, Problem where no move is kept.
    """
    found = _secondment(session, secondment_id)
    last = _last_move(session, secondment_id)
    if last is None or last.became is not found.status:
        raise Problem(
            f"No move of secondment {found.code} is kept that could be taken back.",
            "Correct the secondment itself instead.",
        )
    before = host_days(found)
    gone = _UNDONE.get(last.became, ())
    if last.became is SecondmentStatus.COMPLETED and last.was is SecondmentStatus.AGREED:
        gone = (*gone, "started_on")  # the light form starts and ends with one move
    for name in gone:
        is_text = isinstance(getattr(found, name), str)
        setattr(found, name, "" if is_text else None)
    found.status = last.was
    session.delete(last)
    session.flush()
    fit_entries(session, secondment_id, before, host_days(found))
    return found.status


def move_rows(session: Session, secondment_id: UUID) -> tuple[MoveRow, ...]:
    """Return the moves of a secondment, the first one first."""
    moves = session.scalars(
        select(SecondmentMove)
        .where(SecondmentMove.secondment_id == secondment_id)
        .order_by(SecondmentMove.number)
    )
    return tuple(MoveRow(m.number, m.was, m.became, m.moved_on, m.moved_by, m.note) for m in moves)


def _last_move(session: Session, secondment_id: UUID) -> SecondmentMove | None:
    return session.scalars(
        select(SecondmentMove)
        .where(SecondmentMove.secondment_id == secondment_id)
        .order_by(SecondmentMove.number.desc())
        .limit(1)
    ).one_or_none()


def _secondment(session: Session, secondment_id: UUID, mine: object | None = None) -> Secondment:
    found = session.get(Secondment, secondment_id)
    if found is None:
        raise Conflict("This secondment was removed meanwhile.", mine=mine)
    return found
