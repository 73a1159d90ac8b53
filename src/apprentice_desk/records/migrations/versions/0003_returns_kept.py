"""Sent returns keep their workbooks and receipts; LOTI's desk says which boroughs are expected."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0003"
COMES_AFTER = "0002"


def upgrade(operations: Operations) -> None:
    """Make the three tables."""
    operations.create_table(
        "return_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("return_sent_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("row_counts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_sent_id"],
            ["return_sent.id"],
            name=operations.f("fk_return_file_return_sent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_return_file")),
        sa.UniqueConstraint("return_sent_id", name=operations.f("uq_return_file_return_sent_id")),
    )
    operations.create_table(
        "return_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("return_sent_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("merged_at", sa.String(length=40), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_sent_id"],
            ["return_sent.id"],
            name=operations.f("fk_return_receipt_return_sent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_return_receipt")),
        sa.UniqueConstraint(
            "return_sent_id", name=operations.f("uq_return_receipt_return_sent_id")
        ),
        sa.CheckConstraint(
            "left_out >= 0", name=operations.f("ck_return_receipt_left_out_not_negative")
        ),
    )
    operations.create_table(
        "expected_borough",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("borough_code", sa.String(length=9), nullable=False),
        sa.Column("from_period", sa.String(length=10), nullable=False),
        sa.Column("until_period", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_expected_borough")),
        sa.UniqueConstraint(
            "borough_code",
            "from_period",
            name=operations.f("uq_expected_borough_borough_code_from_period"),
        ),
        sa.CheckConstraint(
            "until_period > from_period",
            name=operations.f("ck_expected_borough_until_after_from"),
        ),
    )
