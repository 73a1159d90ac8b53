"""What of a procurement may stand beside what: one price a bidder, no bid after the close.

Each of these is given the procurement, what is to be entered and the key that it has already, if
any, and raises Problem where something else that is entered stands against it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clarifications import check_names
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import NEEDS_NO_SCORES, BidderStanding, StepKind
from apprentice_desk.domain.scoring import Criterion, check_least
from apprentice_desk.records.base import refuse
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_tables import (
    Abstention,
    Bidder,
    BidPrice,
    Evaluator,
    Procurement,
    ProcurementDecision,
    ProcurementStep,
    Score,
    ScoringCriterion,
)
from apprentice_desk.records.procurements import kept
from apprentice_desk.records.providers import Provider


def nothing_beside(
    _session: Session, _procurement_id: UUID, _details: object, _own: UUID | None
) -> None:
    """Nothing else of the procurement stands against it."""


def _one_of_a_kind(
    session: Session, procurement_id: UUID, details: StepDetails, own: UUID | None
) -> None:
    if details.kind is not StepKind.OTHER and _other(
        session, ProcurementStep, procurement_id, own, ProcurementStep.kind == details.kind
    ):
        raise Problem(
            f"The timetable has its day for “{details.kind}” already.", "Change that one instead."
        )


def goes_with_the_rest(
    session: Session, procurement_id: UUID, details: StepDetails, own: UUID | None
) -> None:
    """Refuse a day that its kind has already, and a close of bids that others speak against.

    Raises Problem where the decision came before it, or a bid that counts after it.
    """
    _one_of_a_kind(session, procurement_id, details, own)
    if details.kind is not StepKind.BIDS_BY:
        return
    due_on = details.due_on
    assert due_on is not None  # the check before found it
    closes_on = details.done_on or due_on
    procurement = session.get_one(Procurement, procurement_id)
    decided = session.execute(
        select(
            ProcurementDecision.decided_on,
            ProcurementDecision.letters_on,
            ProcurementDecision.notice_on,
        ).where(ProcurementDecision.procurement_id == procurement_id)
    ).first()
    said = ("It was decided", "The letters went out", "The notice was published")
    for on, words in zip(decided or (), said, strict=False):
        if on is not None and on < closes_on and procurement.route not in NEEDS_NO_SCORES:
            raise Problem(
                f"{words} on {show_day(on)}, so bids cannot have been due on"
                f" {show_day(closes_on)}.",
                "Check this day, or take the decision back first.",
            )
    late: Any = session.execute(
        select(func.coalesce(Provider.name, Bidder.name), Bidder.answered_on)
        .outerjoin(Provider, Provider.id == Bidder.provider_id)
        .where(
            Bidder.procurement_id == procurement_id,
            Bidder.standing == BidderStanding.BID,
            Bidder.answered_on > due_on,
            Bidder.note == "",
        )
        .order_by(Bidder.answered_on)
    ).all()
    if late:
        who = ", ".join(f"{name} on {show_day(came_on)}" for name, came_on in late)
        raise Problem(
            f"Of the bids that count, some came after {show_day(due_on)}: {who}.",
            f"Choose “{BidderStanding.LATE}” for them first, or write under their Note why they"
            " stand.",
        )


def one_bid_each(
    session: Session, procurement_id: UUID, details: BidderDetails, own: UUID | None
) -> None:
    """Refuse a bidder that is in the list already, and a bid that came too late.

    Raises Conflict when the provider is gone; a note on a late bid says why it stands.
    """
    if details.provider_id is not None:
        kept(session, Provider, details.provider_id, "provider", details)
        same: Any = Bidder.provider_id == details.provider_id
    else:
        same = func.lower(Bidder.name) == details.name.strip().lower()
    if _other(session, Bidder, procurement_id, own, same):
        raise Problem("This bidder is in the list already.", "Change that one instead.")
    if details.standing is BidderStanding.BID and not details.note.strip():
        _in_time(session, procurement_id, details)


def _in_time(session: Session, procurement_id: UUID, details: BidderDetails) -> None:
    closes_on = session.scalars(
        select(ProcurementStep.due_on).where(
            ProcurementStep.procurement_id == procurement_id,
            ProcurementStep.kind == StepKind.BIDS_BY,
        )
    ).one_or_none()
    assert details.answered_on is not None  # a bid has its day
    if closes_on is not None and details.answered_on > closes_on:
        raise Problem(
            f"Bids were due by {show_day(closes_on)}: this one came after it.",
            f"Choose “{BidderStanding.LATE}”, or write under Note why it stands.",
        )


def price_of_its_bidder(
    session: Session, procurement_id: UUID, details: BidPriceDetails, own: UUID | None
) -> None:
    """Refuse a second price of a bidder for a standard; the bidder must be of this procurement."""
    _refuse_anothers(session, procurement_id, details.bidder_id, details)
    same = (BidPrice.bidder_id == details.bidder_id) & (
        BidPrice.standard_code == details.standard_code
    )
    if _other(session, BidPrice, procurement_id, own, same):
        raise Problem(
            f"This bidder has a price for {details.standard_code} already.",
            "Change that one instead.",
        )


def asked_by_a_bidder(
    session: Session, procurement_id: UUID, details: ClarificationDetails, _own: UUID | None
) -> None:
    """Refuse a published question or answer that names a bidder or their contact."""
    if details.bidder_id is not None:
        _refuse_anothers(session, procurement_id, details.bidder_id, details)
    names = session.execute(
        select(Bidder.name, Bidder.contact, Provider.name)
        .outerjoin(Provider, Provider.id == Bidder.provider_id)
        .where(Bidder.procurement_id == procurement_id)
    )
    kept_from = [name for row in names for name in row if name]
    refuse(check_names(details.published_question, details.answer, kept_from))


def one_price_on_the_scale(
    session: Session, procurement_id: UUID, details: CriterionDetails, own: UUID | None
) -> None:
    """Refuse a second criterion of price, and a least score that the scale does not have."""
    is_other = details.is_price and _other(
        session, ScoringCriterion, procurement_id, own, ScoringCriterion.is_price.is_(True)
    )
    if is_other:
        raise Problem("Price is a criterion already.", "Change that one instead.")
    procurement = session.get_one(Procurement, procurement_id)
    criterion = Criterion(
        own or procurement_id, details.name.strip(), details.weight or Decimal(0),
        details.is_price, details.least_score,
    )  # fmt: skip
    problem = check_least(criterion, procurement.highest_score, procurement.price_method)
    if problem is not None:
        raise problem


def not_scored_yet(
    session: Session, procurement_id: UUID, details: AbstentionDetails, own: UUID | None
) -> None:
    """Refuse an abstention that is entered already, or where a score was given.

    Evaluator, bidder and criterion must be of this procurement.
    """
    for record, key, thing in (
        (Evaluator, details.evaluator_id, "evaluator"),
        (Bidder, details.bidder_id, "bidder"),
        (ScoringCriterion, details.criterion_id, "criterion"),
    ):
        if key is not None:
            found = kept(session, record, key, thing, details)
            if found.procurement_id != procurement_id:
                raise Problem(
                    f"This {thing} belongs to another procurement.", "Choose one of this one."
                )
    same = (
        (Abstention.evaluator_id == details.evaluator_id)
        & (Abstention.bidder_id.is_not_distinct_from(details.bidder_id))
        & (Abstention.criterion_id.is_not_distinct_from(details.criterion_id))
    )
    if _other(session, Abstention, procurement_id, own, same):
        raise Problem("This is entered already.", "Change that one instead.")
    given = Score.evaluator_id == details.evaluator_id
    if details.bidder_id is not None:
        given &= Score.bidder_id == details.bidder_id
    if details.criterion_id is not None:
        given &= Score.criterion_id == details.criterion_id
    if _other(session, Score, procurement_id, None, given):
        raise Problem(
            "This evaluator has given a score there already.", "Take that score out first."
        )


def _refuse_anothers(
    session: Session, procurement_id: UUID, bidder_id: UUID | None, mine: object
) -> None:
    bidder = kept(session, Bidder, bidder_id or procurement_id, "bidder", mine)
    if bidder.procurement_id != procurement_id:
        raise Problem("This bidder belongs to another procurement.", "Choose one of this one.")


def _other(
    session: Session, record: Any, procurement_id: UUID, own: UUID | None, is_same: Any
) -> bool:
    with session.no_autoflush:
        found = session.scalars(
            select(record.id).where(record.procurement_id == procurement_id, is_same)
        )
        return any(key != own for key in found)
