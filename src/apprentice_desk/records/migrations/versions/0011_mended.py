"""What a price is for, whose notice day it is, who does not score, and why nobody waits."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0011"
COMES_AFTER = "0010"


def upgrade(operations: Operations) -> None:
    """Add columns in place and make the table; what nobody said before stays unsaid."""
    operations.add_column(
        "apprenticeship", sa.Column("price_is_for", sa.String(length=60), nullable=True)
    )
    operations.add_column(
        "programme_change", sa.Column("was_price_is_for", sa.String(length=60), nullable=True)
    )
    operations.add_column("contract", sa.Column("notice_for_on", sa.Date(), nullable=True))
    operations.add_column("contract", sa.Column("is_limit_with_vat", sa.Boolean(), nullable=True))
    operations.add_column(
        "procurement",
        sa.Column("questions_numbered", sa.Integer(), server_default="0", nullable=False),
    )
    operations.execute(
        "UPDATE procurement SET questions_numbered = (SELECT COALESCE(MAX(c.number), 0)"
        " FROM clarification AS c WHERE c.procurement_id = procurement.id)"
    )
    operations.add_column(
        "procurement_decision",
        sa.Column("no_standstill_ground", sa.String(length=200), nullable=True),
    )
    operations.add_column(
        "procurement_decision",
        sa.Column(
            "no_standstill_reason", sa.String(length=1000), server_default="", nullable=False
        ),
    )
    operations.create_table(
        "abstention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=False),
        sa.Column("evaluator_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=True),
        sa.Column("bidder_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_abstention_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=operations.f("fk_abstention_criterion_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["evaluator_id"],
            ["evaluator.id"],
            name=operations.f("fk_abstention_evaluator_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_abstention_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_abstention")),
    )
    for column in ("bidder_id", "criterion_id", "evaluator_id", "procurement_id"):
        operations.create_index(operations.f(f"ix_abstention_{column}"), "abstention", [column])
