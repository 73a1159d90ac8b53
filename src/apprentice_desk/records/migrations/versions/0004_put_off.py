"""Lines of the page Today can be put off."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0004"
COMES_AFTER = "0003"


def upgrade(operations: Operations) -> None:
    """Make the table."""
    operations.create_table(
        "put_off_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("need_key", sa.String(length=300), nullable=False),
        sa.Column("put_off_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_put_off_line")),
        sa.UniqueConstraint("need_key", name=operations.f("uq_put_off_line_need_key")),
        sa.CheckConstraint(
            "until_on > put_off_on", name=operations.f("ck_put_off_line_until_after_put_off")
        ),
    )
