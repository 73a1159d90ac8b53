"""What the evaluators gave each bid, and the moderated score on which they agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.scoring import check_score
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.procurement_tables import (
    Abstention,
    Bidder,
    Evaluator,
    ModeratedScore,
    Procurement,
    Score,
    ScoringCriterion,
)
from apprentice_desk.records.procurements import check_not_decided, kept


@dataclass(frozen=True, slots=True)
class ScoreDetails:
    """What the form of a score edits; with nothing in it there is none."""

    score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ModeratedDetails:
    """What the form of a moderated score edits; without score and reason there is none."""

    score: Decimal | None = None
    reason: str = ""
    agreed_on: date | None = None


def check(details: ScoreDetails | ModeratedDetails, highest: Decimal | None) -> list[Finding]:
    """Return what is wrong with a score or moderated score on a scale up to *highest*."""
    if details.score is None and not details.reason.strip():
        return []
    found = check_score(details.score, details.reason, highest)
    if isinstance(details, ModeratedDetails) and details.agreed_on is None:
        found.append(
            Finding(
                Level.ROW, "SC005", "Enter the day it was agreed.", "", Place(field="agreed_on")
            )
        )  # fmt: skip
    return found + check_lengths(details, Score)


def give_score(
    session: Session,
    criterion_id: UUID,
    bidder_id: UUID,
    evaluator_id: UUID,
    details: ScoreDetails,
    held: ScoreDetails,
) -> None:
    """Record what an evaluator gave; with nothing in *details* the score is taken out.

    *held* is what there was when it was read.  Raises Conflict when it is otherwise now or what it
    belongs to is gone, Problem for what ``check`` finds, where it is entered that this evaluator
    does not score it, and after the decision.
    """
    criterion = kept(session, ScoringCriterion, criterion_id, "criterion", details)
    bidder = kept(session, Bidder, bidder_id, "bidder", details)
    evaluator = kept(session, Evaluator, evaluator_id, "evaluator", details)
    _check_one(criterion, bidder, evaluator)
    if details.score is not None:
        _check_scores(session, criterion_id, bidder_id, evaluator_id)
    found = _score(session, criterion_id, bidder_id, evaluator_id)
    now = _given(found)
    keys = {"criterion_id": criterion_id, "bidder_id": bidder_id, "evaluator_id": evaluator_id}
    _write(session, criterion.procurement_id, Score, found, keys, details, held, now)


def moderate(
    session: Session,
    criterion_id: UUID,
    bidder_id: UUID,
    details: ModeratedDetails,
    held: ModeratedDetails,
) -> None:
    """Record the score on which the evaluators agreed; with nothing in *details* it is taken out.

    *held* is what there was when it was read.  Raises Conflict and Problem as ``give_score`` does.
    """
    criterion = kept(session, ScoringCriterion, criterion_id, "criterion", details)
    _check_one(criterion, kept(session, Bidder, bidder_id, "bidder", details))
    found = _moderated(session, criterion_id, bidder_id)
    now = _agreed(found)
    keys = {"criterion_id": criterion_id, "bidder_id": bidder_id}
    _write(session, criterion.procurement_id, ModeratedScore, found, keys, details, held, now)


def _check_one(criterion: ScoringCriterion, *others: Bidder | Evaluator) -> None:
    if any(each.procurement_id != criterion.procurement_id for each in others):
        raise Problem(
            "Criterion, bidder and evaluator belong to two procurements.",
            "Choose those of one.",
        )


def _check_scores(
    session: Session, criterion_id: UUID, bidder_id: UUID, evaluator_id: UUID
) -> None:
    """Raise Problem where it is entered that this evaluator does not score this."""
    reason = session.scalars(
        select(Abstention.reason).where(
            Abstention.evaluator_id == evaluator_id,
            or_(Abstention.criterion_id.is_(None), Abstention.criterion_id == criterion_id),
            or_(Abstention.bidder_id.is_(None), Abstention.bidder_id == bidder_id),
        )
    ).first()
    if reason is not None:
        raise Problem(
            f"This evaluator does not score this: {reason.rstrip('.')}.",
            "Under “Who does not score” remove that first, if it is wrong.",
        )


def _write(
    session: Session,
    procurement_id: UUID,
    record: type[Any],
    found: Any,
    keys: dict[str, UUID],
    details: ScoreDetails | ModeratedDetails,
    held: ScoreDetails | ModeratedDetails,
    now: ScoreDetails | ModeratedDetails,
) -> None:
    check_not_decided(session, procurement_id)
    procurement = session.get_one(Procurement, procurement_id)
    refuse(check(details, procurement.highest_score))
    if now != held:
        raise Conflict(
            "This score was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=now,
        )
    if details.score is None:
        if found is not None:
            session.delete(found)
            session.flush()
        return
    if found is None:
        found = record(procurement_id=procurement_id, **keys)
        session.add(found)
    found.score = details.score
    found.reason = details.reason.strip()
    if isinstance(details, ModeratedDetails):
        found.agreed_on = details.agreed_on
    session.flush()


# --- reads --------------------------------------------------------------------------------------


def score_details(
    session: Session, criterion_id: UUID, bidder_id: UUID, evaluator_id: UUID
) -> ScoreDetails:
    """Return what an evaluator gave; blank where that is nothing yet."""
    return _given(_score(session, criterion_id, bidder_id, evaluator_id))


def moderated_details(session: Session, criterion_id: UUID, bidder_id: UUID) -> ModeratedDetails:
    """Return what was agreed; blank where that is nothing yet."""
    return _agreed(_moderated(session, criterion_id, bidder_id))


def _score(
    session: Session, criterion_id: UUID, bidder_id: UUID, evaluator_id: UUID
) -> Score | None:
    return session.scalars(
        select(Score).where(
            Score.criterion_id == criterion_id,
            Score.bidder_id == bidder_id,
            Score.evaluator_id == evaluator_id,
        )
    ).one_or_none()


def _moderated(session: Session, criterion_id: UUID, bidder_id: UUID) -> ModeratedScore | None:
    return session.scalars(
        select(ModeratedScore).where(
            ModeratedScore.criterion_id == criterion_id, ModeratedScore.bidder_id == bidder_id
        )
    ).one_or_none()


def _given(found: Score | None) -> ScoreDetails:
    return ScoreDetails() if found is None else ScoreDetails(found.score, found.reason)


def _agreed(found: ModeratedScore | None) -> ModeratedDetails:
    if found is None:
        return ModeratedDetails()
    return ModeratedDetails(found.score, found.reason, found.agreed_on)
