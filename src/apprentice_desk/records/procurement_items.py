"""What is entered of a procurement: timetable, bidders and their prices, questions, criteria.

All are entered, corrected and removed alike; what is special to one kind stands in its row of
ITEMS, and what its form edits in ``procurement_details``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.base import Kept, check_lengths, refuse
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.procurement_beside import (
    asked_by_a_bidder,
    goes_with_the_rest,
    not_scored_yet,
    nothing_beside,
    one_bid_each,
    one_price_on_the_scale,
    price_of_its_bidder,
)
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    ItemDetails,
    StepDetails,
    check_abstention,
    check_bidder,
    check_clarification,
    check_criterion,
    check_evaluator,
    check_price,
    check_step,
)
from apprentice_desk.records.procurement_tables import (
    Abstention,
    Bidder,
    BidPrice,
    Clarification,
    Evaluator,
    ModeratedScore,
    Procurement,
    ProcurementStep,
    Score,
    ScoringCriterion,
)
from apprentice_desk.records.procurements import check_not_decided, kept

# --- what is special to a kind ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """How one kind is kept.

    *thing* is one of them in words.  *rests* names the details that a decision rests on, None all
    of them.  *used_by* are the columns of what keeps one from being removed.
    """

    record: type[Any]
    thing: str
    check: Callable[[Any], list[Finding]]
    beside: Callable[[Session, UUID, Any, UUID | None], None]
    rests: frozenset[str] | None = frozenset()
    is_numbered: bool = False
    used_by: tuple[Any, ...] = ()


ITEMS: Mapping[type[Any], _Item] = {
    StepDetails: _Item(ProcurementStep, "day of the timetable", check_step, goes_with_the_rest),
    BidderDetails: _Item(
        Bidder, "bidder", check_bidder, one_bid_each,
        rests=frozenset({"provider_id", "name", "standing", "price"}),
        used_by=(
            Score.bidder_id, ModeratedScore.bidder_id, Clarification.bidder_id, BidPrice.bidder_id,
            Abstention.bidder_id,
        ),
    ),
    BidPriceDetails: _Item(BidPrice, "price", check_price, price_of_its_bidder, rests=None),
    ClarificationDetails: _Item(
        Clarification, "question", check_clarification, asked_by_a_bidder, is_numbered=True
    ),
    CriterionDetails: _Item(
        ScoringCriterion, "criterion", check_criterion, one_price_on_the_scale, rests=None,
        is_numbered=True,
        used_by=(Score.criterion_id, ModeratedScore.criterion_id, Abstention.criterion_id),
    ),
    EvaluatorDetails: _Item(
        Evaluator, "evaluator", check_evaluator, nothing_beside,
        used_by=(Score.evaluator_id, Abstention.evaluator_id),
    ),
    AbstentionDetails: _Item(
        Abstention, "abstention", check_abstention, not_scored_yet, rests=None
    ),
}  # fmt: skip
"""How each kind is kept, by what its form edits."""


def check_item(details: ItemDetails) -> list[Finding]:
    """Return what is wrong with *details*, by themselves."""
    item = ITEMS[type(details)]
    return [*item.check(details), *check_lengths(details, item.record)]


# --- commands -----------------------------------------------------------------------------------


def add_item(session: Session, procurement_id: UUID, details: ItemDetails) -> UUID:
    """Enter something of a procurement and return its key.

    Raises Problem for what ``check_item`` finds, where it stands against something else that is
    entered, and for a criterion, bidder or evaluator after the decision; Conflict when the
    procurement is gone.
    """
    item = ITEMS[type(details)]
    refuse(check_item(details))
    procurement = kept(session, Procurement, procurement_id, "procurement", details)
    item.beside(session, procurement_id, details, None)
    if item.rests is None or item.rests or item.used_by:
        check_not_decided(session, procurement_id)
    record = item.record(procurement_id=procurement_id, **_tidy(details))
    if item.is_numbered:
        highest = session.scalar(
            select(func.max(item.record.number)).where(item.record.procurement_id == procurement_id)
        )
        record.number = (highest or 0) + 1
    if isinstance(details, ClarificationDetails):  # a number that bidders may have read is gone
        record.number = procurement.questions_numbered + 1
        procurement.questions_numbered = record.number
    session.add(record)
    session.flush()
    key: UUID = record.id
    return key


def correct_item(session: Session, item_id: UUID, details: ItemDetails) -> None:
    """Replace the details of something that was entered.

    Raises Conflict when it is gone, Problem as ``add_item`` does; after the decision only what it
    does not rest on may change.
    """
    item = ITEMS[type(details)]
    refuse(check_item(details))
    record = kept(session, item.record, item_id, item.thing, details)
    item.beside(session, record.procurement_id, details, item_id)
    new = _tidy(details)
    changed = {name for name, value in new.items() if getattr(record, name) != value}
    if changed and (item.rests is None or changed & item.rests):
        check_not_decided(session, record.procurement_id)
    for name in changed:
        setattr(record, name, new[name])
    session.flush()


def remove_item(session: Session, kind: type[Any], item_id: UUID) -> None:
    """Remove something that was entered by mistake; *kind* is the class of its details.

    Raises Conflict when it is gone, Problem while something hangs on it or was issued about it,
    and after the decision that rests on it.
    """
    item = ITEMS[kind]
    record = kept(session, item.record, item_id, item.thing)
    if item.rests is None or item.rests or item.used_by:
        check_not_decided(session, record.procurement_id)
    for column in item.used_by:
        if session.scalar(select(func.count()).where(column == item_id)):
            raise Problem(
                f"Something hangs on this {item.thing}, so it was not removed.",
                "Remove its scores, prices and questions first. A bidder who gives up is not"
                " removed: change how things stand.",
            )
    if isinstance(record, Bidder):
        refuse_removing(session, DocumentMade.bidder_id, item_id, "this bidder")
    session.delete(record)
    session.flush()


def _tidy(details: ItemDetails) -> dict[str, Any]:
    tidy = {
        name: value.strip() if type(value) is str else value
        for name, value in asdict(details).items()
    }
    if isinstance(details, BidPriceDetails):
        tidy["standard_code"] = identifiers.check_standard_code(details.standard_code or "")
    return tidy


# --- reads --------------------------------------------------------------------------------------


def details_of_item(kind: type[Any], record: Kept) -> Any:
    """Return what the form edits of a record."""
    return kind(**{each.name: getattr(record, each.name) for each in fields(kind)})


def item_details(session: Session, kind: type[Any], item_id: UUID) -> Any:
    """Return what the form edits, *kind* being its class; raises Conflict when it is gone."""
    item = ITEMS[kind]
    return details_of_item(kind, kept(session, item.record, item_id, item.thing))
