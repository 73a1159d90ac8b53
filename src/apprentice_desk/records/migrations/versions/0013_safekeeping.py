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
    operations.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_key", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.String(length=40), nullable=False),
        sa.Column("erased_by", sa.String(length=200), nullable=False),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_erasure")),
        sa.UniqueConstraint("subject_key", name=operations.f("uq_erasure_subject_key")),
    )
    operations.create_table(
        "kept_longer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_key", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_kept_longer")),
    )
    operations.create_index(
        operations.f("ix_kept_longer_subject_key"), "kept_longer", ["subject_key"]
    )
    operations.create_table(
        "counted_apprenticeship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.Column("role_family", sa.String(length=60), nullable=True),
        sa.Column("is_digital", sa.Boolean(), nullable=True),
        sa.Column("started_from_on", sa.Date(), nullable=True),
        sa.Column("ended_from_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("agreed_price", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_counted_apprenticeship_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_counted_apprenticeship")),
    )
    operations.create_index(
        operations.f("ix_counted_apprenticeship_contract_id"),
        "counted_apprenticeship",
        ["contract_id"],
    )
