"""Learning plans, versions of standards, progress, reviews, checklists, pay and changes."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0007"
COMES_AFTER = "0006"


def upgrade(operations: Operations) -> None:
    """Add columns in place and make the tables."""
    operations.add_column("plan_activity", sa.Column("kind", sa.String(length=60), nullable=True))
    operations.add_column(
        "plan_activity", sa.Column("delivered_by", sa.String(length=60), nullable=True)
    )
    operations.add_column("plan_activity", sa.Column("starts_on", sa.Date(), nullable=True))
    operations.add_column("plan_activity", sa.Column("done_on", sa.Date(), nullable=True))
    operations.add_column(
        "plan_activity", sa.Column("link", sa.String(length=500), server_default="", nullable=False)
    )
    operations.add_column(
        "plan_activity",
        sa.Column("note", sa.String(length=1000), server_default="", nullable=False),
    )
    operations.add_column(
        "review", sa.Column("began_at", sa.String(length=5), server_default="", nullable=False)
    )
    operations.add_column(
        "review", sa.Column("place", sa.String(length=200), server_default="", nullable=False)
    )
    operations.add_column(
        "review", sa.Column("questions", sa.String(length=2000), server_default="", nullable=False)
    )
    operations.add_column(
        "review", sa.Column("concerns", sa.String(length=2000), server_default="", nullable=False)
    )
    operations.add_column(
        "review", sa.Column("changes", sa.String(length=2000), server_default="", nullable=False)
    )
    operations.add_column(
        "apprenticeship",
        sa.Column("standard_option", sa.String(length=200), server_default="", nullable=False),
    )
    operations.add_column(
        "apprenticeship",
        sa.Column(
            "assessment_organisation", sa.String(length=200), server_default="", nullable=False
        ),
    )
    operations.add_column(
        "apprenticeship", sa.Column("is_english_needed", sa.Boolean(), nullable=True)
    )
    operations.add_column("apprenticeship", sa.Column("english_met_on", sa.Date(), nullable=True))
    operations.add_column(
        "apprenticeship", sa.Column("is_maths_needed", sa.Boolean(), nullable=True)
    )
    operations.add_column("apprenticeship", sa.Column("maths_met_on", sa.Date(), nullable=True))
    operations.add_column("evidence", sa.Column("quality", sa.String(length=60), nullable=True))
    operations.create_table(
        "standard_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("first_start_on", sa.Date(), nullable=True),
        sa.Column("last_start_on", sa.Date(), nullable=True),
        sa.Column("last_end_on", sa.Date(), nullable=True),
        sa.Column("typical_months", sa.Integer(), nullable=True),
        sa.Column("assessment_months", sa.Integer(), nullable=True),
        sa.Column("minimum_minutes", sa.Integer(), nullable=True),
        sa.Column("max_funding", sa.BigInteger(), nullable=True),
        sa.Column("has_new_assessment", sa.Boolean(), nullable=True),
        sa.Column("qualifications", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("loaded_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_standard_version")),
        sa.UniqueConstraint(
            "standard_code",
            "version",
            name=operations.f("uq_standard_version_standard_code_version"),
        ),
        sa.CheckConstraint(
            "assessment_months >= 0",
            name=operations.f("ck_standard_version_assessment_months_not_negative"),
        ),
        sa.CheckConstraint(
            "max_funding >= 0", name=operations.f("ck_standard_version_max_funding_not_negative")
        ),
        sa.CheckConstraint(
            "minimum_minutes >= 0",
            name=operations.f("ck_standard_version_minimum_minutes_not_negative"),
        ),
        sa.CheckConstraint(
            "typical_months >= 0",
            name=operations.f("ck_standard_version_typical_months_not_negative"),
        ),
    )
    operations.create_table(
        "standard_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standard_version.id"],
            name=operations.f("fk_standard_option_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_standard_option")),
        sa.UniqueConstraint(
            "version_id", "number", name=operations.f("uq_standard_option_version_id_number")
        ),
    )
    operations.create_table(
        "standard_ksb",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("options", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standard_version.id"],
            name=operations.f("fk_standard_ksb_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_standard_ksb")),
        sa.UniqueConstraint(
            "version_id", "code", name=operations.f("uq_standard_ksb_version_id_code")
        ),
        sa.CheckConstraint("position >= 1", name=operations.f("ck_standard_ksb_position_from_1")),
    )
    operations.create_table(
        "standard_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("is_core", sa.Boolean(), nullable=False),
        sa.Column("ksbs", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standard_version.id"],
            name=operations.f("fk_standard_duty_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_standard_duty")),
        sa.UniqueConstraint(
            "version_id", "number", name=operations.f("uq_standard_duty_version_id_number")
        ),
    )
    operations.create_table(
        "plan_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=False),
        sa.Column("standard_version", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_plan_template")),
        sa.UniqueConstraint("name", name=operations.f("uq_plan_template_name")),
    )
    operations.create_table(
        "plan_template_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("delivered_by", sa.String(length=60), nullable=True),
        sa.Column("starts_after_days", sa.Integer(), nullable=True),
        sa.Column("due_after_days", sa.Integer(), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["plan_template.id"],
            name=operations.f("fk_plan_template_activity_template_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_plan_template_activity")),
        sa.UniqueConstraint(
            "template_id",
            "position",
            name=operations.f("uq_plan_template_activity_template_id_position"),
        ),
        sa.CheckConstraint(
            "due_after_days >= starts_after_days",
            name=operations.f("ck_plan_template_activity_due_after_days_not_before"),
        ),
        sa.CheckConstraint(
            "planned_minutes >= 0",
            name=operations.f("ck_plan_template_activity_planned_minutes_not_negative"),
        ),
        sa.CheckConstraint(
            "position >= 1", name=operations.f("ck_plan_template_activity_position_from_1")
        ),
        sa.CheckConstraint(
            "starts_after_days >= 0",
            name=operations.f("ck_plan_template_activity_starts_after_days_not_negative"),
        ),
    )
    operations.create_table(
        "learning_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_learning_offer")),
        sa.CheckConstraint(
            "minutes >= 0", name=operations.f("ck_learning_offer_minutes_not_negative")
        ),
    )
    operations.create_table(
        "ksb_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("voice", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_ksb_statement_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_ksb_statement")),
        sa.UniqueConstraint(
            "apprenticeship_id",
            "code",
            "voice",
            "said_on",
            name=operations.f("uq_ksb_statement_apprenticeship_id_code_voice_said_on"),
        ),
    )
    operations.create_table(
        "checklist_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("checklist", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.Column("is_not_needed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_checklist_mark_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_checklist_mark")),
        sa.UniqueConstraint(
            "apprenticeship_id",
            "checklist",
            "item",
            name=operations.f("uq_checklist_mark_apprenticeship_id_checklist_item"),
        ),
    )
    operations.create_table(
        "pay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("per", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_pay_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_pay")),
        sa.UniqueConstraint(
            "apprenticeship_id", "from_on", name=operations.f("uq_pay_apprenticeship_id_from_on")
        ),
        sa.CheckConstraint("amount > 0", name=operations.f("ck_pay_amount_above_0")),
    )
    operations.create_table(
        "programme_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("was_provider_id", sa.Uuid(), nullable=True),
        sa.Column("was_contract_id", sa.Uuid(), nullable=True),
        sa.Column("was_provider_reference", sa.String(length=60), nullable=False),
        sa.Column("was_standard_code", sa.String(length=6), nullable=True),
        sa.Column("was_standard_version", sa.String(length=10), nullable=False),
        sa.Column("was_standard_option", sa.String(length=200), nullable=False),
        sa.Column("was_training_planned_end_on", sa.Date(), nullable=True),
        sa.Column("was_assessment_began_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_programme_change_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["was_contract_id"],
            ["contract.id"],
            name=operations.f("fk_programme_change_was_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["was_provider_id"],
            ["provider.id"],
            name=operations.f("fk_programme_change_was_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_programme_change")),
    )
    operations.create_index(
        operations.f("ix_programme_change_was_contract_id"), "programme_change", ["was_contract_id"]
    )
    operations.create_index(
        operations.f("ix_programme_change_was_provider_id"), "programme_change", ["was_provider_id"]
    )
    operations.create_index(
        operations.f("ix_programme_change_day"),
        "programme_change",
        ["apprenticeship_id", "changed_on"],
    )
    operations.create_table(
        "version_stay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=False),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("follows", sa.String(length=10), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_version_stay_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_version_stay")),
        sa.UniqueConstraint(
            "apprenticeship_id",
            "standard_code",
            "version",
            name=operations.f("uq_version_stay_apprenticeship_id_standard_code_version"),
        ),
    )
    operations.create_table(
        "review_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("was_there", sa.Boolean(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=operations.f("fk_review_part_review_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_review_part")),
        sa.UniqueConstraint(
            "review_id", "number", name=operations.f("uq_review_part_review_id_number")
        ),
    )
    operations.create_table(
        "review_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_review_action_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
            name=operations.f("fk_review_action_review_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_review_action")),
    )
    operations.create_index(
        operations.f("ix_review_action_review_id"), "review_action", ["review_id"]
    )
    operations.create_index(
        operations.f("ix_review_action_apprenticeship_id"), "review_action", ["apprenticeship_id"]
    )
