"""Imports remember how columns were matched, and which standards LARS codes mean."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0002"
COMES_AFTER = "0001"


def upgrade(operations: Operations) -> None:
    """Make both tables."""
    operations.create_table(
        "import_mapping",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.String(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_import_mapping")),
        sa.UniqueConstraint(
            "kind", "fingerprint", name=operations.f("uq_import_mapping_kind_fingerprint")
        ),
    )
    operations.create_table(
        "course_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("lars_code", sa.String(length=10), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_course_code")),
        sa.UniqueConstraint("lars_code", name=operations.f("uq_course_code_lars_code")),
    )
