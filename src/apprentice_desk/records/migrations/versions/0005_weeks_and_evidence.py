"""Hours are verified, carry evidence, and a week can be finished or have nothing in it."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0005"
COMES_AFTER = "0004"


def upgrade(operations: Operations) -> None:
    """Add two columns in place, however many entries there are, and make the three tables."""
    operations.add_column(
        "off_the_job_entry",
        sa.Column("verified_by", sa.String(length=200), server_default="", nullable=False),
    )
    operations.add_column(
        "off_the_job_entry", sa.Column("verified_at", sa.String(length=40), nullable=True)
    )
    operations.create_table(
        "evidence_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=operations.f("pk_evidence_content")),
    )
    operations.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("file_name", sa.String(length=150), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["off_the_job_entry.id"],
            name=operations.f("fk_evidence_entry_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["evidence_content.sha256"],
            name=operations.f("fk_evidence_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_evidence")),
        sa.CheckConstraint(
            "(kind = 'file') = (sha256 IS NOT NULL)",
            name=operations.f("ck_evidence_file_has_content"),
        ),
    )
    for column in ("entry_id", "sha256"):
        operations.create_index(operations.f(f"ix_evidence_{column}"), "evidence", [column])
    operations.create_table(
        "hours_week",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("is_nothing", sa.Boolean(), nullable=False),
        sa.Column("finished_at", sa.String(length=40), nullable=True),
        sa.Column("finished_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_hours_week_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_hours_week")),
        sa.UniqueConstraint(
            "monday",
            "apprenticeship_id",
            name=operations.f("uq_hours_week_monday_apprenticeship_id"),
        ),
    )
