"""What left the desk, how long people are kept, and what is left of those who were erased."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0013"
COMES_AFTER = "0012"


def upgrade(operations: Operations) -> None:
    """Make the tables; what left before stays unrecorded."""
    _ledger(operations)
    _retention(operations)


def _ledger(operations: Operations) -> None:
    """Make the tables of what left the desk."""
    operations.create_table(
        "left_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "size_bytes >= 0", name=operations.f("ck_left_file_size_bytes_not_negative")
        ),
        sa.CheckConstraint(
            "people_count >= 0", name=operations.f("ck_left_file_people_count_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_left_file")),
    )
    operations.create_index(operations.f("ix_left_file_sha256"), "left_file", ["sha256"])
    operations.create_table(
        "left_file_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("left_file_id", sa.Uuid(), nullable=False),
        sa.Column("apprentice_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["left_file_id"],
            ["left_file.id"],
            name=operations.f("fk_left_file_person_left_file_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_left_file_person")),
    )
    operations.create_index(
        operations.f("ix_left_file_person_left_file_id"), "left_file_person", ["left_file_id"]
    )
    operations.create_index(
        operations.f("ix_left_file_person_apprentice_id"), "left_file_person", ["apprentice_id"]
    )


def _retention(operations: Operations) -> None:
    """Make the tables of who was erased, who is kept longer, and why."""
