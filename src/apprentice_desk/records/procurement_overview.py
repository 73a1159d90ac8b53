"""Procurements as their list and their pages show them, and how each stands by the rules.

All of a desk are read with one query a table, whatever their number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.clarifications import Published, hints_of
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import (
    NEEDS_NO_SCORES,
    BidderStanding,
    Course,
    Stage,
    Step,
    StepKind,
    ToDo,
    stage,
    to_do,
)
from apprentice_desk.domain.scoring import (
    Bid,
    Criterion,
    LeftOut,
    Ranked,
    Sheet,
    missing,
    ranking,
)
from apprentice_desk.domain.standstill import (
    Duty,
    FromDay,
    ProcurementRules,
    Standstill,
    duty,
    standstill,
)
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_items import details_of_item
from apprentice_desk.records.procurement_outcomes import DecisionRow, decision_row
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
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
from apprentice_desk.records.procurements import ProcurementDetails, details_of
from apprentice_desk.records.providers import Provider

MADE_OF = (
    "procurement", "procurement_step", "bidder", "bid_price", "clarification", "criterion",
    "evaluator", "abstention", "score", "moderated_score", "procurement_decision", "provider",
    "contract",
)  # fmt: skip
"""The tables that an overview is read from."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One day of the timetable."""

    id: UUID
    details: StepDetails


@dataclass(frozen=True, slots=True)
class BidderRow:
    """One bidder; *name* is that of the provider where it is one of the desk."""

    id: UUID
    name: str
    details: BidderDetails


@dataclass(frozen=True, slots=True)
class BidPriceRow:
    """One price that was offered."""

    id: UUID
    bidder_name: str
    details: BidPriceDetails


@dataclass(frozen=True, slots=True)
class ClarificationRow:
    """One question; *bidder_name* says who asked, and stays in the desk."""

    id: UUID
    number: int
    bidder_name: str
    details: ClarificationDetails


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion."""

    id: UUID
    number: int
    details: CriterionDetails


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    """One evaluator."""

    id: UUID
    details: EvaluatorDetails


@dataclass(frozen=True, slots=True)
class AbstentionRow:
    """What one evaluator does not score."""

    id: UUID
    evaluator_name: str
    details: AbstentionDetails


@dataclass(frozen=True, slots=True)
class ProcurementOverview:
    """One procurement with all that was entered of it."""

    id: UUID
    details: ProcurementDetails
    abandoned_on: date | None
    abandoned_reason: str
    steps: tuple[StepRow, ...] = ()
    bidders: tuple[BidderRow, ...] = ()
    prices: tuple[BidPriceRow, ...] = ()
    clarifications: tuple[ClarificationRow, ...] = ()
    criteria: tuple[CriterionRow, ...] = ()
    evaluators: tuple[EvaluatorRow, ...] = ()
    abstentions: tuple[AbstentionRow, ...] = ()
    scores: Mapping[tuple[UUID, UUID, UUID], ScoreDetails] = field(default_factory=dict)
    moderated: Mapping[tuple[UUID, UUID], ModeratedDetails] = field(default_factory=dict)
    decision: DecisionRow | None = None

    @property
    def name(self) -> str:
        """What the procurement is called: its title and its reference."""
        return f"{self.details.title} · {self.details.reference}"

    @property
    def sheet(self) -> Sheet:
        """What a ranking is made of; only bids that came in time are in it."""
        return Sheet(
            criteria=tuple(
                Criterion(
                    row.id,
                    row.details.name,
                    row.details.weight or Decimal(0),
                    row.details.is_price,
                    row.details.least_score,
                )
                for row in self.criteria
            ),
            bids=tuple(
                Bid(row.id, row.name, row.details.price)
                for row in self.bidders
                if row.details.standing is BidderStanding.BID
            ),
            evaluators={row.id: row.details.name for row in self.evaluators},
            left_out=tuple(_left_out(row.details) for row in self.abstentions),
            scores={key: each.score for key, each in self.scores.items() if each.score is not None},
            moderated={
                key: each.score for key, each in self.moderated.items() if each.score is not None
            },
            highest=self.details.highest_score,
            price_method=self.details.price_method,
        )

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a decision still needs, a sentence each.

        Where nobody competes and no criterion is entered, one bid is enough.
        """
        lacks = missing(self.sheet)
        if self.details.route in NEEDS_NO_SCORES and not self.criteria and self.sheet.bids:
            return ()
        return lacks

    def published(self) -> tuple[Published, ...]:
        """Return the answered questions as all bidders see them, without who asked.

        One of which nobody wrote how bidders read it is left out: ``unpublished`` has it.
        """
        return tuple(
            Published(
                row.number,
                row.details.published_question,
                row.details.answer,
                row.details.answered_on,
            )
            for row in self.clarifications
            if row.details.answered_on is not None and row.details.published_question
        )

    @property
    def unpublished(self) -> tuple[int, ...]:
        """The numbers of the answered questions that bidders do not read, for want of words."""
        return tuple(
            row.number
            for row in self.clarifications
            if row.details.answered_on is not None and not row.details.published_question
        )

    @property
    def hints(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Which published questions may give away who asked, with the words that do."""
        found = (
            (
                row.number,
                hints_of(row.bidder_name, row.details.published_question, row.details.answer),
            )
            for row in self.clarifications
        )
        return tuple((number, words) for number, words in found if words)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that nothing published may have in it: of bidders, and whom one writes to."""
        return tuple(
            name for row in self.bidders for name in (row.name, row.details.contact) if name
        )

    @property
    def late_in_time(self) -> tuple[str, ...]:
        """Who is entered as too late though the bid came by the day on which bids are due."""
        closes_on = next(
            (r.details.due_on for r in self.steps if r.details.kind is StepKind.BIDS_BY), None
        )
        return tuple(
            row.name
            for row in self.bidders
            if row.details.standing is BidderStanding.LATE
            and row.details.answered_on is not None
            and closes_on is not None
            and row.details.answered_on <= closes_on
        )


def _left_out(details: AbstentionDetails) -> LeftOut:
    assert details.evaluator_id is not None  # the column is never blank
    return LeftOut(details.evaluator_id, details.criterion_id, details.bidder_id, details.reason)


# --- how it stands ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How a procurement stands on a day, by the rules.

    *unknown* says why the end of the standstill is not known where there is to be one.
    """

    course: Course
    stage: Stage
    to_do: tuple[ToDo, ...]
    ranked: tuple[Ranked, ...]
    duty: Duty
    standstill: Standstill | None
    unknown: str

    @property
    def first(self) -> ToDo | None:
        """What needs doing first."""
        return self.to_do[0] if self.to_do else None


def how_it_stands(
    found: ProcurementOverview, today: date, rules: ProcurementRules, holidays: BankHolidays
) -> Standing:
    """Return how a procurement stands on *today*."""
    details, decision = found.details, found.decision
    owed = duty(details.regime, details.route, rules.duties, is_light_touch=details.is_light_touch)
    made, counted_from, unknown = _standstill(found, today, rules, holidays)
    waits: bool | None = owed.is_required or None
    last = None
    if decision is not None:
        chosen = decision.follow_up.keeps_standstill
        if chosen is False and owed.is_required and not decision.follow_up.is_excused:
            chosen = None  # without a ground there is none to leave out
        waits = chosen if chosen is not None else waits
        last = decision.follow_up.standstill_to_on or (None if made is None else made.last_on)
    course = Course(
        steps=tuple(_step(row) for row in found.steps),
        unanswered=sum(
            row.details.answered_on is None or not row.details.published_question
            for row in found.clarifications
        ),
        lacking=found.lacking,
        decided_on=None if decision is None else decision.details.decided_on,
        letters_on=None if decision is None else decision.follow_up.letters_on,
        notice_on=None if decision is None else decision.follow_up.notice_on,
        standstill_to=last,
        waits=waits,
        counted_from=counted_from,
        has_contract=decision is not None and decision.contract_id is not None,
        abandoned_on=found.abandoned_on,
    )
    return Standing(
        course,
        stage(course, today),
        to_do(course, today),
        ranking(found.sheet),
        owed,
        made,
        unknown if last is None and waits else "",
    )


def _step(row: StepRow) -> Step:
    details = row.details
    assert details.kind is not None  # the column is never blank
    assert details.due_on is not None
    return Step(
        details.kind, details.due_on, details.done_on, details.what, details.due_at, row.id.hex
    )


def _standstill(
    found: ProcurementOverview, today: date, rules: ProcurementRules, holidays: BankHolidays
) -> tuple[Standstill | None, FromDay | None, str]:
    """Return the standstill, which day it is counted from, and why it is not known."""
    regime, decision = found.details.regime, found.decision
    if regime is None or decision is None:
        return None, None, ""
    follow_up = decision.follow_up
    try:
        rule = rules.standstill_for(regime, decision.details.decided_on or today)
        if rule is None:
            return (
                None,
                None,
                "The rules do not say how long it lasts: enter its last day, as the letters say.",
            )
        is_notice = rule.from_day is FromDay.NOTICE
        begun = follow_up.notice_on if is_notice else follow_up.letters_on
        if begun is None:
            return None, rule.from_day, f"It is counted from {rule.from_day.words}."
        return standstill(regime, begun, rules, holidays), rule.from_day, ""
    except Problem as problem:
        return None, None, str(problem)


# --- reads --------------------------------------------------------------------------------------


def procurement_overviews(
    session: Session, procurement_id: UUID | None = None
) -> tuple[ProcurementOverview, ...]:
    """Return procurements by reference, or the one that is named; none where it is gone."""

    def rows(record: Any, *order: Any) -> dict[UUID, list[Any]]:
        query = select(record).order_by(*order, record.id)
        if procurement_id is not None:
            query = query.where(record.procurement_id == procurement_id)
        found: dict[UUID, list[Any]] = {}
        for each in session.scalars(query):
            found.setdefault(each.procurement_id, []).append(each)
        return found

    query = select(Procurement).order_by(Procurement.reference)
    if procurement_id is not None:
        query = query.where(Procurement.id == procurement_id)
    procurements = list(session.scalars(query))
    steps = rows(ProcurementStep, ProcurementStep.due_on, ProcurementStep.due_at)
    bidders = rows(Bidder)
    prices = rows(BidPrice, BidPrice.standard_code)
    questions = rows(Clarification, Clarification.number)
    criteria = rows(ScoringCriterion, ScoringCriterion.number)
    evaluators = rows(Evaluator, Evaluator.name)
    abstentions = rows(Abstention)
    scores, moderated = rows(Score), rows(ModeratedScore)
    decisions = rows(ProcurementDecision)
    providers = _by_key(session, Provider.id, Provider.name)
    references = _by_key(session, Contract.id, Contract.reference)
    made = []
    for procurement in procurements:
        key = procurement.id
        names = {
            each.id: providers.get(each.provider_id, each.name) for each in bidders.get(key, ())
        }
        made.append(
            ProcurementOverview(
                id=key,
                details=details_of(procurement),
                abandoned_on=procurement.abandoned_on,
                abandoned_reason=procurement.abandoned_reason,
                steps=tuple(
                    StepRow(each.id, details_of_item(StepDetails, each))
                    for each in steps.get(key, ())
                ),
                bidders=tuple(
                    sorted(
                        (
                            BidderRow(each.id, names[each.id], details_of_item(BidderDetails, each))
                            for each in bidders.get(key, ())
                        ),
                        key=lambda row: row.name.casefold(),
                    )
                ),
                prices=tuple(
                    BidPriceRow(
                        each.id, names[each.bidder_id], details_of_item(BidPriceDetails, each)
                    )
                    for each in prices.get(key, ())
                ),
                clarifications=tuple(
                    ClarificationRow(
                        each.id,
                        each.number,
                        names.get(each.bidder_id, ""),
                        details_of_item(ClarificationDetails, each),
                    )
                    for each in questions.get(key, ())
                ),
                criteria=tuple(
                    CriterionRow(each.id, each.number, details_of_item(CriterionDetails, each))
                    for each in criteria.get(key, ())
                ),
                evaluators=tuple(
                    EvaluatorRow(each.id, details_of_item(EvaluatorDetails, each))
                    for each in evaluators.get(key, ())
                ),
                abstentions=tuple(
                    AbstentionRow(
                        each.id,
                        next(e.name for e in evaluators[key] if e.id == each.evaluator_id),
                        details_of_item(AbstentionDetails, each),
                    )
                    for each in abstentions.get(key, ())
                ),
                scores={
                    (each.criterion_id, each.bidder_id, each.evaluator_id): ScoreDetails(
                        each.score, each.reason
                    )
                    for each in scores.get(key, ())
                },
                moderated={
                    (each.criterion_id, each.bidder_id): ModeratedDetails(
                        each.score, each.reason, each.agreed_on
                    )
                    for each in moderated.get(key, ())
                },
                decision=next(
                    (decision_row(each, names, references) for each in decisions.get(key, ())),
                    None,
                ),
            )
        )
    return tuple(made)


def _by_key(session: Session, key: Any, words: Any) -> dict[UUID, str]:
    found: Any = session.execute(select(key, words)).all()
    return dict(found)


def procurement_overview(session: Session, procurement_id: UUID) -> ProcurementOverview | None:
    """Return one procurement; None when it is not in the desk any more."""
    return next(iter(procurement_overviews(session, procurement_id)), None)
