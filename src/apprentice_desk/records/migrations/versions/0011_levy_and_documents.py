"""The levy account, what was put right in contracts and procurements, and documents issued."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0011"
COMES_AFTER = "0010"


def upgrade(operations: Operations) -> None:
    """Make the tables and add the columns; what nobody said before stays unsaid."""
    _levy(operations)
    _put_right(operations)
    _documents(operations)


def _levy(operations: Operations) -> None:
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


def _put_right(operations: Operations) -> None:
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


def _documents(operations: Operations) -> None:
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
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=True),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("secondment_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
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
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_document_made_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=operations.f("fk_document_made_review_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["secondment_id"],
            ["secondment.id"],
            name=operations.f("fk_document_made_secondment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=operations.f("fk_document_made_organisation_id"),
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
            "(CASE WHEN procurement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN contract_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN apprenticeship_id IS NULL AND secondment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=operations.f("ck_document_made_has_one_subject"),
        ),
        sa.CheckConstraint(
            "bidder_id IS NULL OR procurement_id IS NOT NULL",
            name=operations.f("ck_document_made_bidder_has_procurement"),
        ),
        sa.CheckConstraint(
            "review_id IS NULL OR (apprenticeship_id IS NOT NULL AND secondment_id IS NULL)",
            name=operations.f("ck_document_made_review_has_apprenticeship"),
        ),
    )
    for column in (
        "procurement_id",
        "bidder_id",
        "contract_id",
        "apprenticeship_id",
        "review_id",
        "secondment_id",
        "organisation_id",
        "sha256",
    ):
        operations.create_index(
            operations.f(f"ix_document_made_{column}"), "document_made", [column]
        )
