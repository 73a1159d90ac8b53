"""The tables of procurements: what is bought, by when, from whom, and how the bids were judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records.base import Kept, Word, not_before, not_negative


class Procurement(Kept):
    """One call for bids, or one direct award, before there is a contract."""

    __tablename__ = "procurement"
    __table_args__ = (
        not_before("contract_ends_on", "contract_starts_on"),
        not_before("contract_extension_to_on", "contract_ends_on"),
        *not_negative("value_limit", "apprentices", "highest_score"),
    )

    reference: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    regime: Mapped[Regime | None] = mapped_column(Word(Regime))
    is_light_touch: Mapped[bool | None]
    route: Mapped[Route | None] = mapped_column(Word(Route))
    framework: Mapped[str] = mapped_column(String(200))
    framework_ends_on: Mapped[date | None]
    standard_codes: Mapped[str] = mapped_column(String(400))
    lots: Mapped[str] = mapped_column(String(300))
    cpv_codes: Mapped[str] = mapped_column(String(100))
    wanted: Mapped[str] = mapped_column(String(4000))
    apprentices: Mapped[int | None]
    value_limit: Mapped[Decimal | None]
    contract_starts_on: Mapped[date | None]
    contract_ends_on: Mapped[date | None]
    contract_extension_to_on: Mapped[date | None]
    bids_to: Mapped[str] = mapped_column(String(300))
    notices: Mapped[str] = mapped_column(String(500))
    price_method: Mapped[PriceMethod | None] = mapped_column(Word(PriceMethod))
    price_is_of: Mapped[str] = mapped_column(String(300))
    highest_score: Mapped[Decimal | None]
    looked_after_by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(2000))
    abandoned_on: Mapped[date | None]
    abandoned_reason: Mapped[str] = mapped_column(String(1000), default="")
    questions_numbered: Mapped[int] = mapped_column(default=0, server_default="0")
    """The highest number that a question ever had: none is given twice."""


class ProcurementStep(Kept):
    """One day of the timetable."""

    __tablename__ = "procurement_step"

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[StepKind] = mapped_column(Word(StepKind))
    due_on: Mapped[date]
    due_at: Mapped[str] = mapped_column(String(5))
    what: Mapped[str] = mapped_column(String(200))
    done_on: Mapped[date | None]


class Bidder(Kept):
    """Somebody who was asked for a bid, or made one: a provider of the desk, or a name only."""

    __tablename__ = "bidder"
    __table_args__ = not_negative("price")

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    provider_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500), default="", server_default="")
    identifier: Mapped[str] = mapped_column(String(100), default="", server_default="")
    standing: Mapped[BidderStanding] = mapped_column(Word(BidderStanding))
    asked_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    price: Mapped[Decimal | None]
    note: Mapped[str] = mapped_column(String(1000))


class BidPrice(Kept):
    """What a bid asks for one apprentice of a standard: training, and assessment."""

    __tablename__ = "bid_price"
    __table_args__ = (
        UniqueConstraint("bidder_id", "standard_code"),
        *not_negative("training_price", "assessment_price"),
    )

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    bidder_id: Mapped[UUID] = mapped_column(ForeignKey("bidder.id", ondelete="RESTRICT"))
    standard_code: Mapped[str] = mapped_column(String(6))
    training_price: Mapped[Decimal]
    assessment_price: Mapped[Decimal]


class Clarification(Kept):
    """A question that came in, and what all bidders are told; who asked is never published."""

    __tablename__ = "clarification"
    __table_args__ = (UniqueConstraint("procurement_id", "number"),)

    procurement_id: Mapped[UUID] = mapped_column(ForeignKey("procurement.id", ondelete="RESTRICT"))
    number: Mapped[int]
    asked_on: Mapped[date]
    bidder_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    question: Mapped[str] = mapped_column(String(2000))
    published_question: Mapped[str] = mapped_column(String(2000))
    answer: Mapped[str] = mapped_column(String(4000))
    answered_on: Mapped[date | None]


class ScoringCriterion(Kept):
    """What bids are judged by; *weight* is its share of 100, in hundredths in the file."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("procurement_id", "number"),
        CheckConstraint("weight BETWEEN 0 AND 10000", name="weight_is_a_share"),
        *not_negative("least_score"),
    )

    procurement_id: Mapped[UUID] = mapped_column(ForeignKey("procurement.id", ondelete="RESTRICT"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    weight: Mapped[Decimal]
    is_price: Mapped[bool]
    least_score: Mapped[Decimal | None]
    asks: Mapped[str] = mapped_column(String(2000))


class Evaluator(Kept):
    """Somebody who scores the bids, and what they declared of their interests."""

    __tablename__ = "evaluator"

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(200))
    declared_on: Mapped[date | None]
    interests: Mapped[str] = mapped_column(String(500))


class Abstention(Kept):
    """That an evaluator does not score a criterion, a bid, or one for the other, and why."""

    __tablename__ = "abstention"

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    evaluator_id: Mapped[UUID] = mapped_column(
        ForeignKey("evaluator.id", ondelete="RESTRICT"), index=True
    )
    criterion_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("criterion.id", ondelete="RESTRICT"), index=True
    )
    bidder_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(String(1000))


class Score(Kept):
    """What one evaluator gave one bid for one criterion, with the reason."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("criterion_id", "bidder_id", "evaluator_id"),
        *not_negative("score"),
    )

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    bidder_id: Mapped[UUID] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    evaluator_id: Mapped[UUID] = mapped_column(
        ForeignKey("evaluator.id", ondelete="RESTRICT"), index=True
    )
    score: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(String(2000))


class ModeratedScore(Kept):
    """The score on which the evaluators agreed, which alone counts, with the reason."""

    __tablename__ = "moderated_score"
    __table_args__ = (UniqueConstraint("criterion_id", "bidder_id"), *not_negative("score"))

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    bidder_id: Mapped[UUID] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    score: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(String(2000))
    agreed_on: Mapped[date | None]


class ProcurementDecision(Kept):
    """Who is to have the contract, by whom and why that was decided, and what followed."""

    __tablename__ = "procurement_decision"

    procurement_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), unique=True
    )
    bidder_id: Mapped[UUID] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(2000))
    tie_reason: Mapped[str] = mapped_column(String(1000))
    letters_on: Mapped[date | None]
    notice_on: Mapped[date | None]
    keeps_standstill: Mapped[bool | None]
    standstill_to_on: Mapped[date | None]
    no_standstill_ground: Mapped[str | None] = mapped_column(String(200))
    no_standstill_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
