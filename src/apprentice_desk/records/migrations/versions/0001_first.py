"""The first format: every subject that the return needs, and the change log."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0001"
COMES_AFTER = None


def upgrade(operations: Operations) -> None:
    """Make all tables."""
    operations.create_table(
        "apprentice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("given_names", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("uln", sa.String(length=10), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("employee_reference", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_apprentice")),
        sa.UniqueConstraint("code", name=operations.f("uq_apprentice_code")),
    )
    operations.create_index(operations.f("ix_apprentice_uln"), "apprentice", ["uln"], unique=False)
    operations.create_table(
        "barrier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("what_stands_in_the_way", sa.String(length=1000), nullable=False),
        sa.Column("what_helped", sa.String(length=1000), nullable=False),
        sa.Column("is_help_wanted", sa.Boolean(), nullable=False),
        sa.Column("may_be_seen_by_loti", sa.Boolean(), nullable=False),
        sa.Column("may_be_shared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_barrier")),
    )
    operations.create_table(
        "change_log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("desk", sa.String(length=32), nullable=False),
        sa.Column("schema_revision", sa.String(length=32), nullable=False),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=operations.f("pk_change_log")),
    )
    operations.create_table(
        "characteristic_total",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("characteristic", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("on_programme", sa.Integer(), nullable=True),
        sa.Column("started_in_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "on_programme >= 0",
            name=operations.f("ck_characteristic_total_on_programme_not_negative"),
        ),
        sa.CheckConstraint(
            "started_in_year >= 0",
            name=operations.f("ck_characteristic_total_started_in_year_not_negative"),
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_characteristic_total")),
        sa.UniqueConstraint(
            "characteristic",
            "category",
            name=operations.f("uq_characteristic_total_characteristic_category"),
        ),
    )
    operations.create_table(
        "network_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("counted_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "attended >= 0", name=operations.f("ck_network_event_attended_not_negative")
        ),
        sa.CheckConstraint(
            "counted_minutes >= 0",
            name=operations.f("ck_network_event_counted_minutes_not_negative"),
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_network_event")),
    )
    operations.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("letters", sa.String(length=3), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_organisation")),
    )
    operations.create_table(
        "pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("programme_year", sa.Integer(), nullable=False),
        sa.Column("role_family", sa.String(length=60), nullable=False),
        sa.Column("pledged", sa.Integer(), nullable=False),
        sa.CheckConstraint("pledged >= 0", name=operations.f("ck_pledge_pledged_not_negative")),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_pledge")),
        sa.UniqueConstraint(
            "programme_year",
            "role_family",
            name=operations.f("uq_pledge_programme_year_role_family"),
        ),
    )
    operations.create_table(
        "provider",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ukprn", sa.String(length=8), nullable=True),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_provider")),
        sa.UniqueConstraint("ukprn", name=operations.f("uq_provider_ukprn")),
    )
    operations.create_table(
        "return_sent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("format_version", sa.String(length=10), nullable=False),
        sa.Column("prepared_at", sa.String(length=40), nullable=False),
        sa.Column("prepared_by", sa.String(length=100), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_return_sent")),
        sa.UniqueConstraint(
            "period", "revision", name=operations.f("uq_return_sent_period_revision")
        ),
    )
    operations.create_table(
        "standard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("typical_months", sa.Integer(), nullable=True),
        sa.Column("max_funding", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("route", sa.String(length=100), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_standard")),
        sa.UniqueConstraint("code", name=operations.f("uq_standard_code")),
    )
    operations.create_table(
        "change_row",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("left_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["change_log.number"], name=operations.f("fk_change_row_number")
        ),
        sa.PrimaryKeyConstraint(
            "number", "table_name", "row_id", name=operations.f("pk_change_row")
        ),
    )
    operations.create_index(
        "ix_change_row_record", "change_row", ["table_name", "row_id"], unique=False
    )
    operations.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("regime", sa.String(length=60), nullable=True),
        sa.Column("route", sa.String(length=60), nullable=True),
        sa.Column("framework", sa.String(length=200), nullable=False),
        sa.Column("standard_codes", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("extension_to_on", sa.Date(), nullable=True),
        sa.Column("notice_by_on", sa.Date(), nullable=True),
        sa.Column("value_limit", sa.BigInteger(), nullable=True),
        sa.Column("is_open_to_joint_buying", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=operations.f("ck_contract_ends_on_not_before")
        ),
        sa.CheckConstraint(
            "extension_to_on >= ends_on",
            name=operations.f("ck_contract_extension_to_on_not_before"),
        ),
        sa.CheckConstraint(
            "value_limit >= 0", name=operations.f("ck_contract_value_limit_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_contract_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_contract")),
        sa.UniqueConstraint("reference", name=operations.f("uq_contract_reference")),
    )
    operations.create_index(
        operations.f("ix_contract_provider_id"), "contract", ["provider_id"], unique=False
    )
    operations.create_table(
        "apprenticeship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprentice_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.Column("standard_version", sa.String(length=10), nullable=False),
        sa.Column("course_title", sa.String(length=200), nullable=False),
        sa.Column("employee_type", sa.String(length=60), nullable=True),
        sa.Column("is_digital", sa.Boolean(), nullable=True),
        sa.Column("role_family", sa.String(length=60), nullable=True),
        sa.Column("training_started_on", sa.Date(), nullable=True),
        sa.Column("is_start_day_given", sa.Boolean(), nullable=False),
        sa.Column("original_start_on", sa.Date(), nullable=True),
        sa.Column("training_planned_end_on", sa.Date(), nullable=True),
        sa.Column("is_end_day_given", sa.Boolean(), nullable=False),
        sa.Column("apprenticeship_planned_end_on", sa.Date(), nullable=True),
        sa.Column("gateway_planned_on", sa.Date(), nullable=True),
        sa.Column("assessment_began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("grade", sa.String(length=60), nullable=True),
        sa.Column("leaving_reason", sa.String(length=4), nullable=True),
        sa.Column("destination", sa.String(length=60), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("provider_reference", sa.String(length=60), nullable=False),
        sa.Column("agreed_price", sa.BigInteger(), nullable=True),
        sa.Column("funding_band_maximum", sa.BigInteger(), nullable=True),
        sa.Column("agreed_minutes", sa.Integer(), nullable=True),
        sa.Column("prior_learning_minutes", sa.Integer(), nullable=True),
        sa.Column("line_manager", sa.String(length=200), nullable=False),
        sa.Column("line_manager_email", sa.String(length=200), nullable=False),
        sa.Column("mentor", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "agreed_minutes >= 0",
            name=operations.f("ck_apprenticeship_agreed_minutes_not_negative"),
        ),
        sa.CheckConstraint(
            "agreed_price >= 0", name=operations.f("ck_apprenticeship_agreed_price_not_negative")
        ),
        sa.CheckConstraint(
            "apprenticeship_planned_end_on >= training_planned_end_on",
            name=operations.f("ck_apprenticeship_apprenticeship_planned_end_on_not_before"),
        ),
        sa.CheckConstraint(
            "ended_on >= training_started_on",
            name=operations.f("ck_apprenticeship_ended_on_not_before"),
        ),
        sa.CheckConstraint(
            "funding_band_maximum >= 0",
            name=operations.f("ck_apprenticeship_funding_band_maximum_not_negative"),
        ),
        sa.CheckConstraint("number >= 1", name=operations.f("ck_apprenticeship_number_from_1")),
        sa.CheckConstraint(
            "prior_learning_minutes >= 0",
            name=operations.f("ck_apprenticeship_prior_learning_minutes_not_negative"),
        ),
        sa.CheckConstraint(
            "training_planned_end_on >= training_started_on",
            name=operations.f("ck_apprenticeship_training_planned_end_on_not_before"),
        ),
        sa.ForeignKeyConstraint(
            ["apprentice_id"],
            ["apprentice.id"],
            name=operations.f("fk_apprenticeship_apprentice_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_apprenticeship_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=operations.f("fk_apprenticeship_provider_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_apprenticeship")),
        sa.UniqueConstraint(
            "apprentice_id", "number", name=operations.f("uq_apprenticeship_apprentice_id_number")
        ),
    )
    operations.create_index(
        operations.f("ix_apprenticeship_apprentice_id"),
        "apprenticeship",
        ["apprentice_id"],
        unique=False,
    )
    operations.create_index(
        operations.f("ix_apprenticeship_contract_id"),
        "apprenticeship",
        ["contract_id"],
        unique=False,
    )
    operations.create_index(
        operations.f("ix_apprenticeship_provider_id"),
        "apprenticeship",
        ["provider_id"],
        unique=False,
    )
    operations.create_index(
        operations.f("ix_apprenticeship_standard_code"),
        "apprenticeship",
        ["standard_code"],
        unique=False,
    )
    operations.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=operations.f("ck_payment_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=operations.f("fk_payment_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_payment")),
    )
    operations.create_index(
        operations.f("ix_payment_contract_id"), "payment", ["contract_id"], unique=False
    )
    operations.create_table(
        "break_in_learning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("is_first_day_given", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "last_on >= first_on", name=operations.f("ck_break_in_learning_last_on_not_before")
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_break_in_learning_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_break_in_learning")),
    )
    operations.create_index(
        operations.f("ix_break_in_learning_apprenticeship_id"),
        "break_in_learning",
        ["apprenticeship_id"],
        unique=False,
    )
    operations.create_table(
        "off_the_job_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=60), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("what", sa.String(length=4000), nullable=False),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("began_at", sa.String(length=5), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 1440", name=operations.f("ck_off_the_job_entry_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_off_the_job_entry_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_off_the_job_entry")),
    )
    operations.create_index(
        "ix_off_the_job_entry_totals",
        "off_the_job_entry",
        ["apprenticeship_id", "done_on", "counts", "minutes"],
        unique=False,
    )
    operations.create_table(
        "plan_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "planned_minutes >= 0",
            name=operations.f("ck_plan_activity_planned_minutes_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_plan_activity_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_plan_activity")),
    )
    operations.create_index(
        "ix_plan_activity_due",
        "plan_activity",
        ["apprenticeship_id", "due_on", "status", "planned_minutes"],
        unique=False,
    )
    operations.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_review_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_review")),
    )
    operations.create_index(
        operations.f("ix_review_apprenticeship_id"), "review", ["apprenticeship_id"], unique=False
    )
    operations.create_table(
        "secondment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=True),
        sa.Column("role_family", sa.String(length=60), nullable=True),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("home", sa.String(length=40), nullable=True),
        sa.Column("host", sa.String(length=40), nullable=True),
        sa.Column("earliest_start_on", sa.Date(), nullable=True),
        sa.Column("latest_start_on", sa.Date(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.String(length=60), nullable=True),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on >= started_on", name=operations.f("ck_secondment_ended_on_not_before")
        ),
        sa.CheckConstraint(
            "latest_start_on >= earliest_start_on",
            name=operations.f("ck_secondment_latest_start_on_not_before"),
        ),
        sa.CheckConstraint(
            "weeks BETWEEN 1 AND 26", name=operations.f("ck_secondment_weeks_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_secondment_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_secondment")),
        sa.UniqueConstraint("code", name=operations.f("uq_secondment_code")),
    )
    operations.create_index(
        operations.f("ix_secondment_apprenticeship_id"),
        "secondment",
        ["apprenticeship_id"],
        unique=False,
    )
    operations.create_table(
        "weekly_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 1 AND 10080",
            name=operations.f("ck_weekly_hours_weekly_minutes_in_a_week"),
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_weekly_hours_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_weekly_hours")),
        sa.UniqueConstraint(
            "apprenticeship_id",
            "from_on",
            name=operations.f("uq_weekly_hours_apprenticeship_id_from_on"),
        ),
    )
