"""The levy account: what was in it on which day, and what comes in each month."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0011"
COMES_AFTER = "0010"


def upgrade(operations: Operations) -> None:
    """Make the tables."""
    operations.create_table(
        "levy_balance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("balance_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_levy_balance")),
        sa.UniqueConstraint("balance_on", name=operations.f("uq_levy_balance_balance_on")),
        sa.CheckConstraint("amount >= 0", name=operations.f("ck_levy_balance_amount_not_negative")),
    )
    operations.create_table(
        "levy_income",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_levy_income")),
        sa.UniqueConstraint("from_month", name=operations.f("uq_levy_income_from_month")),
        sa.CheckConstraint("amount >= 0", name=operations.f("ck_levy_income_amount_not_negative")),
    )
