"""Documents that were issued, with what they were made of; bidders have an address and an identifier."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0011"
COMES_AFTER = "0010"


def upgrade(operations: Operations) -> None:
    """Make the table, and the columns; of bidders until now neither is known."""
    for name, length in (("address", 500), ("identifier", 100)):
        operations.add_column(
            "bidder", sa.Column(name, sa.String(length), nullable=False, server_default="")
        )
    operations.create_table(
        "document_made",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("procurement_id", sa.Uuid(), nullable=True),
        sa.Column("bidder_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("type_id", sa.String(length=60), nullable=False),
        sa.Column("type_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("clauses", sa.String(), nullable=False),
        sa.Column("ticks", sa.String(), nullable=False),
        sa.Column("field_values", sa.String(), nullable=False),
        sa.Column("wording_version", sa.String(length=40), nullable=False),
        sa.Column("wording_owner", sa.String(length=200), nullable=False),
        sa.Column("wording_note", sa.String(length=2000), nullable=False),
        sa.Column("wording_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("tree_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("program_version", sa.String(length=40), nullable=False),
        sa.Column("file_format", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(length=150), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_document_made_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["bidder.id"],
            name=operations.f("fk_document_made_bidder_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_document_made_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["evidence_content.sha256"],
            name=operations.f("fk_document_made_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_document_made")),
        sa.CheckConstraint(
            "(procurement_id IS NULL) <> (contract_id IS NULL)",
            name=operations.f("ck_document_made_has_one_subject"),
        ),
        sa.CheckConstraint(
            "bidder_id IS NULL OR procurement_id IS NOT NULL",
            name=operations.f("ck_document_made_bidder_has_procurement"),
        ),
    )
    for column in ("procurement_id", "bidder_id", "contract_id", "sha256"):
        operations.create_index(
            operations.f(f"ix_document_made_{column}"), "document_made", [column]
        )
