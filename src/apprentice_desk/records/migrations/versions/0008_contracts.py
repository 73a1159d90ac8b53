"""Contracts: their terms, prices, files and measures; what is noted of providers."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0008"
COMES_AFTER = "0007"


def upgrade(operations: Operations) -> None:
    """Add columns in place and make the tables."""
    operations.add_column(
        "contract",
        sa.Column("call_off_reference", sa.String(length=60), server_default="", nullable=False),
    )
    operations.add_column("contract", sa.Column("framework_ends_on", sa.Date(), nullable=True))
    operations.add_column(
        "contract", sa.Column("notices", sa.String(length=500), server_default="", nullable=False)
    )
    operations.add_column(
        "contract", sa.Column("lots", sa.String(length=300), server_default="", nullable=False)
    )
    operations.add_column("contract", sa.Column("notice_count", sa.Integer(), nullable=True))
    operations.add_column("contract", sa.Column("notice_unit", sa.String(length=60), nullable=True))
    operations.add_column("contract", sa.Column("data_role", sa.String(length=60), nullable=True))
    operations.add_column(
        "contract",
        sa.Column("looked_after_by", sa.String(length=200), server_default="", nullable=False),
    )
    operations.add_column(
        "contract", sa.Column("note", sa.String(length=2000), server_default="", nullable=False)
    )
    with operations.batch_alter_table("payment") as payment:
        payment.add_column(sa.Column("apprenticeship_id", sa.Uuid(), nullable=True))
        payment.add_column(sa.Column("kind", sa.String(length=60), nullable=True))
        payment.add_column(
            sa.Column("note", sa.String(length=500), server_default="", nullable=False)
        )
        payment.create_foreign_key(
            operations.f("fk_payment_apprenticeship_id"),
            "apprenticeship",
            ["apprenticeship_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    operations.create_index(
        operations.f("ix_payment_apprenticeship_id"), "payment", ["apprenticeship_id"]
    )
    operations.add_column(
        "apprenticeship", sa.Column("training_price", sa.BigInteger(), nullable=True)
    )
    operations.add_column(
        "apprenticeship", sa.Column("assessment_price", sa.BigInteger(), nullable=True)
    )
    operations.add_column(
        "apprenticeship", sa.Column("employer_percent", sa.Integer(), nullable=True)
    )
    operations.create_table(
        "contract_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("decide_by_on", sa.Date(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_contract_extension_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract_extension")),
        sa.UniqueConstraint(
            "contract_id", "number", name=operations.f("uq_contract_extension_contract_id_number")
        ),
    )
    operations.create_table(
        "contract_expiry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_contract_expiry_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract_expiry")),
    )
    operations.create_index(
        operations.f("ix_contract_expiry_contract_id"), "contract_expiry", ["contract_id"]
    )
    operations.create_table(
        "contract_price",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=False),
        sa.Column("training_price", sa.BigInteger(), nullable=False),
        sa.Column("assessment_price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_contract_price_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract_price")),
        sa.UniqueConstraint(
            "contract_id",
            "standard_code",
            name=operations.f("uq_contract_price_contract_id_standard_code"),
        ),
        sa.CheckConstraint(
            "assessment_price >= 0",
            name=operations.f("ck_contract_price_assessment_price_not_negative"),
        ),
        sa.CheckConstraint(
            "training_price >= 0",
            name=operations.f("ck_contract_price_training_price_not_negative"),
        ),
    )
    operations.create_table(
        "contract_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=150), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_contract_file_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["evidence_content.sha256"],
            name=operations.f("fk_contract_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract_file")),
    )
    operations.create_index(
        operations.f("ix_contract_file_contract_id"), "contract_file", ["contract_id"]
    )
    operations.create_index(operations.f("ix_contract_file_sha256"), "contract_file", ["sha256"])
    operations.create_table(
        "contract_measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("agreed_percent", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_contract_measure_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract_measure")),
        sa.UniqueConstraint(
            "contract_id", "measure", name=operations.f("uq_contract_measure_contract_id_measure")
        ),
        sa.CheckConstraint(
            "agreed_percent BETWEEN 0 AND 100",
            name=operations.f("ck_contract_measure_agreed_percent_is_a_share"),
        ),
    )
    operations.create_table(
        "provider_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_provider_contact_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_provider_contact")),
    )
    operations.create_index(
        operations.f("ix_provider_contact_provider_id"), "provider_contact", ["provider_id"]
    )
    operations.create_table(
        "provider_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_provider_note_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_provider_note")),
    )
    operations.create_index(
        operations.f("ix_provider_note_provider_id"), "provider_note", ["provider_id"]
    )
    operations.create_table(
        "provider_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["provider_note.id"],
            name=operations.f("fk_provider_action_note_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_provider_action_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_provider_action")),
    )
    operations.create_index(
        operations.f("ix_provider_action_note_id"), "provider_action", ["note_id"]
    )
    operations.create_index(
        operations.f("ix_provider_action_provider_id"), "provider_action", ["provider_id"]
    )
