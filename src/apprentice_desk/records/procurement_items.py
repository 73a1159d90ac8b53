"""What is entered of a procurement: timetable, bidders and their prices, questions, criteria.

All are entered, corrected and removed alike; what is special to one kind stands in its row of
ITEMS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clarifications import check_names
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import NEEDS_NO_SCORES, BidderStanding, StepKind
from apprentice_desk.domain.scoring import Criterion, check_least, check_weight
from apprentice_desk.records.base import Kept, check_lengths, refuse
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.procurement_tables import (
    Abstention,
    Bidder,
    BidPrice,
    Clarification,
    Evaluator,
    ModeratedScore,
    Procurement,
    ProcurementDecision,
    ProcurementStep,
    Score,
    ScoringCriterion,
)
from apprentice_desk.records.procurements import check_not_decided, kept
from apprentice_desk.records.providers import Provider


@dataclass(frozen=True, slots=True)
class StepDetails:
    """What the form of a day of the timetable edits; *due_at* is hh:mm."""

    kind: StepKind | None = None
    due_on: date | None = None
    due_at: str = ""
    what: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class BidderDetails:
    """What the form of a bidder edits; *name* is for one who is not among the providers."""

    provider_id: UUID | None = None
    name: str = ""
    contact: str = ""
    email: str = ""
    asked_on: date | None = None
    standing: BidderStanding | None = BidderStanding.ASKED
    answered_on: date | None = None
    price: Decimal | None = None
    note: str = ""
    address: str = ""
    identifier: str = ""
    """As the central digital platform of public procurement gives it."""


@dataclass(frozen=True, slots=True)
class BidPriceDetails:
    """What the form of a price that was offered edits: of one apprentice of a standard."""

    bidder_id: UUID | None = None
    standard_code: str | None = None
    training_price: Decimal | None = None
    assessment_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ClarificationDetails:
    """What the form of a question edits.

    *bidder_id* says who asked and stays in the desk, as the *question* itself does: what all read
    is *published_question*, and without it nothing is published.
    """

    asked_on: date | None = None
    bidder_id: UUID | None = None
    question: str = ""
    published_question: str = ""
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class CriterionDetails:
    """What the form of a criterion edits; *asks* is what bidders are asked and how it is judged."""

    name: str = ""
    weight: Decimal | None = None
    is_price: bool = False
    least_score: Decimal | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatorDetails:
    """What the form of an evaluator edits."""

    name: str = ""
    role: str = ""
    declared_on: date | None = None
    interests: str = ""


@dataclass(frozen=True, slots=True)
class AbstentionDetails:
    """What the form of what an evaluator does not score edits.

    A criterion alone is for all bids, a bidder alone for all criteria.
    """

    evaluator_id: UUID | None = None
    bidder_id: UUID | None = None
    criterion_id: UUID | None = None
    reason: str = ""


ItemDetails = (
    StepDetails
    | BidderDetails
    | BidPriceDetails
    | ClarificationDetails
    | CriterionDetails
    | EvaluatorDetails
    | AbstentionDetails
)


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


# --- checks -------------------------------------------------------------------------------------


def _check_step(details: StepDetails) -> list[Finding]:
    findings = []
    if details.kind is None:
        findings.append(_finding("PT001", "kind", "Choose what the day is."))
    if details.due_on is None:
        findings.append(_finding("PT002", "due_on", "Enter the day."))
    if details.due_at and minute_of_day(details.due_at) is None:
        findings.append(
            _finding("PT003", "due_at", "This is not a time of day.", "For example 12:00.")
        )
    if details.kind is StepKind.OTHER and not details.what.strip():
        findings.append(_finding("PT004", "what", "Write what the day is."))
    return findings


def _check_bidder(details: BidderDetails) -> list[Finding]:
    findings = []
    if (details.provider_id is None) == (not details.name.strip()):
        findings.append(
            _finding(
                "PB001",
                "provider_id",
                "Choose the provider, or enter a name where it is not in the list.",
                "One of the two.",
            )
        )
    if details.email.strip() and "@" not in details.email:
        findings.append(_finding("PB002", "email", "An email address has an @ in it."))
    if details.standing is None:
        findings.append(_finding("PB003", "standing", "Choose how things stand."))
    if details.standing is BidderStanding.BID and details.answered_on is None:
        findings.append(_finding("PB004", "answered_on", "Enter the day the bid came."))
    if details.standing is BidderStanding.EXCLUDED and not details.note.strip():
        findings.append(_finding("PB005", "note", "Write why the bidder is excluded."))
    if details.price is not None and details.price <= 0:
        findings.append(_finding("PB006", "price", "A price is more than £0."))
    return findings


def _check_price(details: BidPriceDetails) -> list[Finding]:
    findings = []
    if details.bidder_id is None:
        findings.append(_finding("PB007", "bidder_id", "Choose the bidder."))
    if not details.standard_code:
        findings.append(_finding("PB008", "standard_code", "Choose the standard."))
    else:
        try:
            identifiers.check_standard_code(details.standard_code)
        except ValueError as error:
            findings.append(_finding("PB009", "standard_code", str(error)))
    for name in ("training_price", "assessment_price"):
        amount = getattr(details, name)
        if amount is None or amount < 0:
            findings.append(_finding("PB010", name, "Enter the price, £0 or more."))
    return findings


def _check_clarification(details: ClarificationDetails) -> list[Finding]:
    findings = []
    if details.asked_on is None:
        findings.append(_finding("PQ001", "asked_on", "Enter the day of the question."))
    if not details.question.strip():
        findings.append(_finding("PQ002", "question", "Write what was asked."))
    if bool(details.answer.strip()) != (details.answered_on is not None):
        field = "answered_on" if details.answer.strip() else "answer"
        findings.append(_finding("PQ003", field, "An answer has its words and its day."))
    elif details.asked_on and details.answered_on and details.answered_on < details.asked_on:
        findings.append(_finding("PQ004", "answered_on", "The answer comes before the question."))
    return findings


def _check_criterion(details: CriterionDetails) -> list[Finding]:
    findings = []
    if not details.name.strip():
        findings.append(_finding("PK001", "name", "Write what is judged."))
    findings += check_weight(details.weight)
    if details.least_score is not None and details.least_score < 0:
        findings.append(_finding("PK002", "least_score", "A score cannot be below 0."))
    return findings


def _check_evaluator(details: EvaluatorDetails) -> list[Finding]:
    if details.name.strip():
        return []
    return [_finding("PE001", "name", "Enter the name of the person.")]


def _check_abstention(details: AbstentionDetails) -> list[Finding]:
    findings = []
    if details.evaluator_id is None:
        findings.append(_finding("PE002", "evaluator_id", "Choose the evaluator."))
    if details.bidder_id is None and details.criterion_id is None:
        findings.append(
            _finding(
                "PE003", "bidder_id", "Choose the bidder, the criterion, or both.",
                "Who scores nothing at all is no evaluator.",
            )
        )  # fmt: skip
    if not details.reason.strip():
        findings.append(_finding("PE004", "reason", "Write why, such as a conflict of interest."))
    return findings


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


def _nothing_beside(
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


def _goes_with_the_rest(
    session: Session, procurement_id: UUID, details: StepDetails, own: UUID | None
) -> None:
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


def _one_bid_each(
    session: Session, procurement_id: UUID, details: BidderDetails, own: UUID | None
) -> None:
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


def _price_of_its_bidder(
    session: Session, procurement_id: UUID, details: BidPriceDetails, own: UUID | None
) -> None:
    _of_it(session, procurement_id, details.bidder_id, details)
    same = (BidPrice.bidder_id == details.bidder_id) & (
        BidPrice.standard_code == details.standard_code
    )
    if _other(session, BidPrice, procurement_id, own, same):
        raise Problem(
            f"This bidder has a price for {details.standard_code} already.",
            "Change that one instead.",
        )


def _asked_by_a_bidder(
    session: Session, procurement_id: UUID, details: ClarificationDetails, _own: UUID | None
) -> None:
    if details.bidder_id is not None:
        _of_it(session, procurement_id, details.bidder_id, details)
    names = session.execute(
        select(Bidder.name, Bidder.contact, Provider.name)
        .outerjoin(Provider, Provider.id == Bidder.provider_id)
        .where(Bidder.procurement_id == procurement_id)
    )
    kept_from = [name for row in names for name in row if name]
    refuse(check_names(details.published_question, details.answer, kept_from))


def _one_price_on_the_scale(
    session: Session, procurement_id: UUID, details: CriterionDetails, own: UUID | None
) -> None:
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


def _not_scored_yet(
    session: Session, procurement_id: UUID, details: AbstentionDetails, own: UUID | None
) -> None:
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


def _of_it(session: Session, procurement_id: UUID, bidder_id: UUID | None, mine: object) -> None:
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


ITEMS: Mapping[type[Any], _Item] = {
    StepDetails: _Item(ProcurementStep, "day of the timetable", _check_step, _goes_with_the_rest),
    BidderDetails: _Item(
        Bidder, "bidder", _check_bidder, _one_bid_each,
        rests=frozenset({"provider_id", "name", "standing", "price"}),
        used_by=(
            Score.bidder_id, ModeratedScore.bidder_id, Clarification.bidder_id, BidPrice.bidder_id,
            Abstention.bidder_id,
        ),
    ),
    BidPriceDetails: _Item(BidPrice, "price", _check_price, _price_of_its_bidder, rests=None),
    ClarificationDetails: _Item(
        Clarification, "question", _check_clarification, _asked_by_a_bidder, is_numbered=True
    ),
    CriterionDetails: _Item(
        ScoringCriterion, "criterion", _check_criterion, _one_price_on_the_scale, rests=None,
        is_numbered=True,
        used_by=(Score.criterion_id, ModeratedScore.criterion_id, Abstention.criterion_id),
    ),
    EvaluatorDetails: _Item(
        Evaluator, "evaluator", _check_evaluator, _nothing_beside,
        used_by=(Score.evaluator_id, Abstention.evaluator_id),
    ),
    AbstentionDetails: _Item(
        Abstention, "abstention", _check_abstention, _not_scored_yet, rests=None
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
