"""Procurements themselves: what is wanted, by which law and route, and giving one up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.scoring import MOST_SCORE, Criterion, PriceMethod, check_least, plain
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.guide_checklists import forget_checklists
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


@dataclass(frozen=True, slots=True)
class ProcurementDetails:
    """What the form of a procurement edits."""

    reference: str = ""
    title: str = ""
    standard_codes: str = ""
    """Codes separated by a semicolon."""
    lots: str = ""
    apprentices: int | None = None
    """How many are expected; nothing is promised by it."""
    wanted: str = ""
    regime: Regime | None = None
    is_light_touch: bool | None = None
    route: Route | None = None
    framework: str = ""
    framework_ends_on: date | None = None
    value_limit: Decimal | None = None
    """The most that may be spent, with VAT."""
    cpv_codes: str = ""
    notices: str = ""
    bids_to: str = ""
    """Where bids and questions go to."""
    contract_starts_on: date | None = None
    contract_ends_on: date | None = None
    contract_extension_to_on: date | None = None
    highest_score: Decimal | None = None
    price_method: PriceMethod | None = None
    price_is_of: str = ""
    """What the price that is compared is of."""
    looked_after_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AbandonDetails:
    """When a procurement was given up, and why."""

    abandoned_on: date | None = None
    abandoned_reason: str = ""


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check(details: ProcurementDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.reference.strip():
        findings.append(_finding("PU001", "reference", "The procurement needs a reference."))
    if not details.title.strip():
        findings.append(_finding("PU002", "title", "Write what is bought, in a few words."))
    starts, ends = details.contract_starts_on, details.contract_ends_on
    to_on = details.contract_extension_to_on
    if starts and ends and ends < starts:
        findings.append(
            _finding("PU003", "contract_ends_on", "The contract would end before it starts.")
        )
    if to_on and (ends is None or to_on < ends):
        findings.append(
            _finding(
                "PU004",
                "contract_extension_to_on",
                "An extension goes further than the end of the contract.",
                "Enter both days.",
            )
        )
    if details.value_limit is not None and details.value_limit < 0:
        findings.append(_finding("PU005", "value_limit", "A value cannot be below £0."))
    if details.apprentices is not None and details.apprentices < 1:
        findings.append(_finding("PU006", "apprentices", "Enter one apprentice or more."))
    highest = details.highest_score
    if highest is not None and not (0 < highest <= MOST_SCORE and highest == int(highest)):
        findings.append(
            _finding("PU007", "highest_score", f"The scale goes up to 1 at least, {MOST_SCORE:,} "
                     "at most.", "A whole number, such as 5.")
        )  # fmt: skip
    try:
        _tidy_codes(details.standard_codes)
    except ValueError as error:
        findings.append(
            _finding("PU008", "standard_codes", str(error), "Separate codes by a semicolon.")
        )
    return findings + check_lengths(details, Procurement)


def _tidy_codes(text: str) -> str:
    parts = [part.strip() for part in text.replace(",", ";").split(";")]
    return "; ".join(identifiers.check_standard_code(part) for part in parts if part)


def check_abandoning(details: AbandonDetails, today: date) -> list[Finding]:
    """Return what is wrong with the day or the reason of giving a procurement up."""
    findings = []
    if details.abandoned_on is None:
        findings.append(_finding("PU009", "abandoned_on", "Enter the day it was given up."))
    elif details.abandoned_on > today:
        findings.append(_finding("PU010", "abandoned_on", "This day is still to come."))
    if not details.abandoned_reason.strip():
        findings.append(
            _finding("PU011", "abandoned_reason", "Write why it was given up: bidders are told.")
        )
    return findings + check_lengths(details, Procurement)


# --- commands -----------------------------------------------------------------------------------


def plan_procurement(session: Session, details: ProcurementDetails) -> UUID:
    """Begin a procurement and return its key.

    Raises Problem for what ``check`` finds, and when its reference is taken.
    """
    procurement = Procurement()
    _take_over(session, procurement, details)
    session.add(procurement)
    session.flush()
    return procurement.id


def correct_procurement(
    session: Session, procurement_id: UUID, details: ProcurementDetails
) -> None:
    """Replace a procurement's details.

    Raises Conflict when it is gone, Problem for what ``check`` finds, when the reference is
    another's, when the scale or the way to score price is changed after the decision, and when
    the scale is changed under scores, or a least score does not go with what is new.
    """
    procurement = kept(session, Procurement, procurement_id, "procurement", details)
    _take_over(session, procurement, details)


def _take_over(session: Session, procurement: Procurement, details: ProcurementDetails) -> None:
    refuse(check(details))
    reference = details.reference.strip()
    with session.no_autoflush:
        other = session.scalars(
            select(Procurement).where(Procurement.reference == reference)
        ).first()
    if other is not None and other is not procurement:
        raise Problem(f"There is a procurement {reference} already.", "Give this one another.")
    scale = (procurement.highest_score, procurement.price_method)
    if procurement.id is not None and scale != (details.highest_score, details.price_method):
        check_not_decided(session, procurement.id)
        _check_scale(session, procurement, details)
    tidy = replace(details, standard_codes=_tidy_codes(details.standard_codes))
    for name, value in asdict(tidy).items():
        setattr(procurement, name, value.strip() if type(value) is str else value)


def _check_scale(session: Session, procurement: Procurement, details: ProcurementDetails) -> None:
    """Raise Problem where scores or least scores would not be what they were on another scale."""
    if procurement.highest_score is not None and procurement.highest_score != details.highest_score:
        given = [
            counted(number, what)
            for record, what in ((Score, "score"), (ModeratedScore, "moderated score"))
            if (number := session.scalar(
                select(func.count()).where(record.procurement_id == procurement.id)
            ))
        ]  # fmt: skip
        if given:
            raise Problem(
                f"The scale to {plain(procurement.highest_score)} is in use by"
                f" {' and '.join(given)}.",
                "Take the scores out first: on another scale they would say something else.",
            )
    criteria = session.scalars(
        select(ScoringCriterion).where(ScoringCriterion.procurement_id == procurement.id)
    )
    for each in criteria:
        criterion = Criterion(each.id, each.name, each.weight, each.is_price, each.least_score)
        problem = check_least(criterion, details.highest_score, details.price_method)
        if problem is not None:
            raise problem


def abandon(session: Session, procurement_id: UUID, details: AbandonDetails, today: date) -> None:
    """Record that a procurement was given up.

    Raises Problem for what ``check_abandoning`` finds, or when a contract was made of it; Conflict
    when it is gone.
    """
    refuse(check_abandoning(details, today))
    procurement = kept(session, Procurement, procurement_id, "procurement", details)
    made = session.scalars(
        select(ProcurementDecision.contract_id).where(
            ProcurementDecision.procurement_id == procurement_id
        )
    ).first()
    if made is not None:
        raise Problem(
            "A contract was made of this procurement, so it cannot be given up.",
            "End the contract instead.",
        )
    procurement.abandoned_on = details.abandoned_on
    procurement.abandoned_reason = details.abandoned_reason.strip()


def take_up_again(session: Session, procurement_id: UUID) -> None:
    """Say that a procurement was not given up after all; raises Conflict when it is gone."""
    procurement = kept(session, Procurement, procurement_id, "procurement")
    procurement.abandoned_on = None
    procurement.abandoned_reason = ""


HANGS_ON_IT: tuple[Any, ...] = (
    ProcurementDecision, ModeratedScore, Score, Abstention, BidPrice, Clarification,
    ScoringCriterion, Evaluator, Bidder, ProcurementStep,
)  # fmt: skip
"""What belongs to one procurement; what points to another comes before it."""


def remove_procurement(session: Session, procurement_id: UUID) -> None:
    """Remove a procurement entered by mistake, and all that was entered of it.

    Raises Conflict when it is gone, Problem when a contract was made of it or documents were
    issued about it or its bidders.
    """
    procurement = kept(session, Procurement, procurement_id, "procurement")
    decisions = session.scalars(
        select(ProcurementDecision).where(ProcurementDecision.procurement_id == procurement_id)
    )
    if any(decision.contract_id is not None for decision in decisions):
        raise Problem(
            f"A contract was made of procurement {procurement.reference}, so it was not removed.",
            "Remove the contract first, if it is wrong too.",
        )
    refuse_removing(
        session,
        DocumentMade.procurement_id,
        procurement_id,
        f"procurement {procurement.reference}",
    )
    for each in HANGS_ON_IT:
        for record in session.scalars(select(each).where(each.procurement_id == procurement_id)):
            session.delete(record)
        session.flush()
    forget_checklists(session, GoesOn.PROCUREMENT, [procurement_id])
    session.delete(procurement)
    session.flush()


# --- what the other subjects of a procurement share ---------------------------------------------


def kept(
    session: Session, kind: type[Any], key: UUID, thing: str, mine: object | None = None
) -> Any:
    """Return a record of *kind*; raises Conflict, naming the *thing*, when it is gone."""
    found = session.get(kind, key)
    if found is None:
        raise Conflict(f"This {thing} was removed meanwhile.", "Close the form.", mine=mine)
    return found


def check_not_decided(session: Session, procurement_id: UUID) -> None:
    """Raise Problem once the decision is recorded: what it rests on stays as it was."""
    decided = session.scalars(
        select(ProcurementDecision.id).where(ProcurementDecision.procurement_id == procurement_id)
    ).first()
    if decided is not None:
        raise Problem(
            "The decision is recorded, so what it rests on stays as it is.",
            "Take the decision back first.",
        )


# --- reads --------------------------------------------------------------------------------------


def details_of(procurement: Procurement) -> ProcurementDetails:
    """Return what the form edits of a record."""
    values: dict[str, Any] = {
        f.name: getattr(procurement, f.name) for f in fields(ProcurementDetails)
    }
    return ProcurementDetails(**values)


def procurement_details(session: Session, procurement_id: UUID) -> ProcurementDetails:
    """Return what the form edits; raises Conflict when the procurement is gone."""
    return details_of(kept(session, Procurement, procurement_id, "procurement"))
