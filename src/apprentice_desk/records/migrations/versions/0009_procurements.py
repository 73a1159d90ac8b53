"""Procurements: timetable, bidders, questions, criteria, scores and the decision."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0009"
COMES_AFTER = "0008"


def upgrade(operations: Operations) -> None:
    """Make the tables."""
    operations.create_table(
        "procurement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("regime", sa.String(length=60), nullable=True),
        sa.Column("is_light_touch", sa.Boolean(), nullable=True),
        sa.Column("route", sa.String(length=60), nullable=True),
        sa.Column("framework", sa.String(length=200), nullable=False),
        sa.Column("framework_ends_on", sa.Date(), nullable=True),
        sa.Column("standard_codes", sa.String(length=400), nullable=False),
        sa.Column("lots", sa.String(length=300), nullable=False),
        sa.Column("cpv_codes", sa.String(length=100), nullable=False),
        sa.Column("wanted", sa.String(length=4000), nullable=False),
        sa.Column("apprentices", sa.Integer(), nullable=True),
        sa.Column("value_limit", sa.BigInteger(), nullable=True),
        sa.Column("contract_starts_on", sa.Date(), nullable=True),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("contract_extension_to_on", sa.Date(), nullable=True),
        sa.Column("bids_to", sa.String(length=300), nullable=False),
        sa.Column("notices", sa.String(length=500), nullable=False),
        sa.Column("price_method", sa.String(length=60), nullable=True),
        sa.Column("price_is_of", sa.String(length=300), nullable=False),
        sa.Column("highest_score", sa.BigInteger(), nullable=True),
        sa.Column("looked_after_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("abandoned_on", sa.Date(), nullable=True),
        sa.Column("abandoned_reason", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_procurement")),
        sa.UniqueConstraint("reference", name=operations.f("uq_procurement_reference")),
        sa.CheckConstraint(
            "apprentices >= 0", name=operations.f("ck_procurement_apprentices_not_negative")
        ),
        sa.CheckConstraint(
            "contract_ends_on >= contract_starts_on",
            name=operations.f("ck_procurement_contract_ends_on_not_before"),
        ),
        sa.CheckConstraint(
            "contract_extension_to_on >= contract_ends_on",
            name=operations.f("ck_procurement_contract_extension_to_on_not_before"),
        ),
        sa.CheckConstraint(
            "highest_score >= 0", name=operations.f("ck_procurement_highest_score_not_negative")
        ),
        sa.CheckConstraint(
            "value_limit >= 0", name=operations.f("ck_procurement_value_limit_not_negative")
        ),
    )
    operations.create_table(
        "procurement_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.String(length=5), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_procurement_step_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_procurement_step")),
    )
    operations.create_index(
        operations.f("ix_procurement_step_procurement_id"), "procurement_step", ["procurement_id"]
    )
    operations.create_table(
        "bidder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.String(length=60), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_bidder_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_bidder_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_bidder")),
        sa.CheckConstraint("price >= 0", name=operations.f("ck_bidder_price_not_negative")),
    )
    operations.create_index(operations.f("ix_bidder_procurement_id"), "bidder", ["procurement_id"])
    operations.create_index(operations.f("ix_bidder_provider_id"), "bidder", ["provider_id"])
    operations.create_table(
        "bid_price",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("bidder_id", sa.Uuid(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=False),
        sa.Column("training_price", sa.BigInteger(), nullable=False),
        sa.Column("assessment_price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_bid_price_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_bid_price_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_bid_price")),
        sa.UniqueConstraint(
            "bidder_id", "standard_code", name=operations.f("uq_bid_price_bidder_id_standard_code")
        ),
        sa.CheckConstraint(
            "assessment_price >= 0", name=operations.f("ck_bid_price_assessment_price_not_negative")
        ),
        sa.CheckConstraint(
            "training_price >= 0", name=operations.f("ck_bid_price_training_price_not_negative")
        ),
    )
    operations.create_index(
        operations.f("ix_bid_price_procurement_id"), "bid_price", ["procurement_id"]
    )
    operations.create_table(
        "clarification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("bidder_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(length=2000), nullable=False),
        sa.Column("published_question", sa.String(length=2000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_clarification_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_clarification_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_clarification")),
        sa.UniqueConstraint(
            "procurement_id", "number", name=operations.f("uq_clarification_procurement_id_number")
        ),
    )
    operations.create_index(
        operations.f("ix_clarification_bidder_id"), "clarification", ["bidder_id"]
    )
    operations.create_table(
        "criterion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("is_price", sa.Boolean(), nullable=False),
        sa.Column("least_score", sa.BigInteger(), nullable=True),
        sa.Column("asks", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_criterion_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_criterion")),
        sa.UniqueConstraint(
            "procurement_id", "number", name=operations.f("uq_criterion_procurement_id_number")
        ),
        sa.CheckConstraint(
            "least_score >= 0", name=operations.f("ck_criterion_least_score_not_negative")
        ),
        sa.CheckConstraint(
            "weight BETWEEN 0 AND 10000", name=operations.f("ck_criterion_weight_is_a_share")
        ),
    )
    operations.create_table(
        "evaluator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("interests", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_evaluator_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_evaluator")),
    )
    operations.create_index(
        operations.f("ix_evaluator_procurement_id"), "evaluator", ["procurement_id"]
    )
    operations.create_table(
        "score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("bidder_id", sa.Uuid(), nullable=False),
        sa.Column("evaluator_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_score_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=operations.f("fk_score_criterion_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["evaluator_id"],
            ["evaluator.id"],
            name=operations.f("fk_score_evaluator_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_score_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_score")),
        sa.UniqueConstraint(
            "criterion_id",
            "bidder_id",
            "evaluator_id",
            name=operations.f("uq_score_criterion_id_bidder_id_evaluator_id"),
        ),
        sa.CheckConstraint("score >= 0", name=operations.f("ck_score_score_not_negative")),
    )
    operations.create_index(operations.f("ix_score_bidder_id"), "score", ["bidder_id"])
    operations.create_index(operations.f("ix_score_evaluator_id"), "score", ["evaluator_id"])
    operations.create_index(operations.f("ix_score_procurement_id"), "score", ["procurement_id"])
    operations.create_table(
        "moderated_score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("bidder_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_moderated_score_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=operations.f("fk_moderated_score_criterion_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_moderated_score_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_moderated_score")),
        sa.UniqueConstraint(
            "criterion_id",
            "bidder_id",
            name=operations.f("uq_moderated_score_criterion_id_bidder_id"),
        ),
        sa.CheckConstraint(
            "score >= 0", name=operations.f("ck_moderated_score_score_not_negative")
        ),
    )
    operations.create_index(
        operations.f("ix_moderated_score_bidder_id"), "moderated_score", ["bidder_id"]
    )
    operations.create_index(
        operations.f("ix_moderated_score_procurement_id"), "moderated_score", ["procurement_id"]
    )
    operations.create_table(
        "procurement_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("bidder_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("tie_reason", sa.String(length=1000), nullable=False),
        sa.Column("letters_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("keeps_standstill", sa.Boolean(), nullable=True),
        sa.Column("standstill_to_on", sa.Date(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_procurement_decision_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_procurement_decision_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_procurement_decision_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_procurement_decision")),
        sa.UniqueConstraint(
            "procurement_id", name=operations.f("uq_procurement_decision_procurement_id")
        ),
    )
    operations.create_index(
        operations.f("ix_procurement_decision_bidder_id"), "procurement_decision", ["bidder_id"]
    )
    operations.create_index(
        operations.f("ix_procurement_decision_contract_id"), "procurement_decision", ["contract_id"]
    )
