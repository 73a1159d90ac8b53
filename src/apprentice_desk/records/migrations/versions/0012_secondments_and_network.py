"""Secondments from draft to completed, the network around apprentices, and the playbook's lists."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0012"
COMES_AFTER = "0011"


def upgrade(operations: Operations) -> None:
    """Add columns and make the tables; what nobody said before stays unsaid."""
    _secondments(operations)
    _entries(operations)
    _events(operations)
    _network(operations)
    _leave(operations)
    _cases(operations)
    _guides(operations)


def _secondments(operations: Operations) -> None:
    """Rebuild the table with what a move asks, and make that of the moves."""
    with operations.batch_alter_table("secondment") as secondment:
        secondment.add_column(
            sa.Column("form", sa.String(60), server_default="secondment", nullable=False)
        )
        secondment.add_column(sa.Column("days", sa.Integer(), nullable=True))
        for name, length in (("wanted", 1000), ("host_name", 200), ("host_supervisor", 200)):
            secondment.add_column(
                sa.Column(name, sa.String(length), server_default="", nullable=False)
            )
        secondment.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        secondment.add_column(sa.Column("matched_id", sa.Uuid(), nullable=True))
        secondment.add_column(
            sa.Column("matched_code", sa.String(20), server_default="", nullable=False)
        )
        secondment.add_column(
            sa.Column("reason", sa.String(1000), server_default="", nullable=False)
        )
        for name in (
            "agreed_start_on",
            "agreed_end_on",
            "provider_told_on",
            "plan_revised_on",
            "checked_in_on",
        ):
            secondment.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name, length in (
            ("plan_note", 500),
            ("check_in_note", 2000),
            ("learned", 2000),
            ("ksbs_touched", 400),
            ("host_feedback", 1000),
            ("apprentice_feedback", 1000),
        ):
            secondment.add_column(
                sa.Column(name, sa.String(length), server_default="", nullable=False)
            )
        secondment.create_foreign_key(
            operations.f("fk_secondment_matched_id"),
            "secondment",
            ["matched_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        secondment.create_check_constraint(
            operations.f("ck_secondment_agreed_end_on_not_before"),
            "agreed_end_on >= agreed_start_on",
        )
        secondment.create_check_constraint(
            operations.f("ck_secondment_days_in_range"), "days BETWEEN 1 AND 20"
        )
        secondment.create_check_constraint(
            operations.f("ck_secondment_capacity_not_negative"), "capacity >= 0"
        )
    operations.create_index(operations.f("ix_secondment_matched_id"), "secondment", ["matched_id"])
    operations.create_table(
        "secondment_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("secondment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(length=60), nullable=False),
        sa.Column("became", sa.String(length=60), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["secondment_id"],
            ["secondment.id"],
            name=operations.f("fk_secondment_move_secondment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_secondment_move")),
        sa.UniqueConstraint(
            "secondment_id", "number", name=operations.f("uq_secondment_move_secondment_id_number")
        ),
    )


def _entries(operations: Operations) -> None:
    """Add where an entry was made, told for those logged while somebody was away until now."""
    # Told by hand: a default that is read from a file comes back in brackets.
    verified_by = sa.Column("verified_by", sa.String(200), server_default="", nullable=False)
    with operations.batch_alter_table("off_the_job_entry", reflect_args=(verified_by,)) as entry:
        entry.add_column(sa.Column("secondment_id", sa.Uuid(), nullable=True))
        entry.create_foreign_key(
            operations.f("fk_off_the_job_entry_secondment_id"),
            "secondment",
            ["secondment_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    operations.create_index(
        "ix_off_the_job_entry_secondment_id",
        "off_the_job_entry",
        ["secondment_id"],
        sqlite_where=sa.text("secondment_id IS NOT NULL"),
        postgresql_where=sa.text("secondment_id IS NOT NULL"),
    )
    # Until now the return counted the hours between the two days as logged at the host.
    operations.execute(
        "UPDATE off_the_job_entry SET secondment_id = ("
        "SELECT s.id FROM secondment AS s"
        " WHERE s.apprenticeship_id = off_the_job_entry.apprenticeship_id"
        " AND off_the_job_entry.done_on >= s.started_on"
        " AND (s.ended_on IS NULL OR off_the_job_entry.done_on <= s.ended_on)"
        " ORDER BY s.id LIMIT 1)"
        " WHERE apprenticeship_id IN"
        " (SELECT s.apprenticeship_id FROM secondment AS s WHERE s.started_on IS NOT NULL)"
    )


def _events(operations: Operations) -> None:
    """Add what is known of an event and of a barrier, and make the table of who came."""
    with operations.batch_alter_table("network_event") as event:
        for name, length in (
            ("began_at", 5),
            ("place", 200),
            ("host", 200),
            ("partner", 200),
            ("what", 2000),
        ):
            event.add_column(sa.Column(name, sa.String(length), server_default="", nullable=False))
        event.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        event.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        event.add_column(sa.Column("cancelled_on", sa.Date(), nullable=True))
        for name in ("minutes", "capacity"):
            event.create_check_constraint(
                operations.f(f"ck_network_event_{name}_not_negative"), f"{name} >= 0"
            )
    operations.add_column("barrier", sa.Column("noted_on", sa.Date(), nullable=True))
    operations.add_column("barrier", sa.Column("settled_on", sa.Date(), nullable=True))
    operations.create_table(
        "event_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_event_attendance_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["off_the_job_entry.id"],
            name=operations.f("fk_event_attendance_entry_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["network_event.id"],
            name=operations.f("fk_event_attendance_event_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_event_attendance")),
        sa.UniqueConstraint(
            "event_id",
            "apprenticeship_id",
            name=operations.f("uq_event_attendance_event_id_apprenticeship_id"),
        ),
    )
    operations.create_index(
        operations.f("ix_event_attendance_apprenticeship_id"),
        "event_attendance",
        ["apprenticeship_id"],
    )
    operations.create_index(
        operations.f("ix_event_attendance_entry_id"), "event_attendance", ["entry_id"]
    )


def _network(operations: Operations) -> None:
    """Make the tables of mentors, openings, listings, stories and answers."""
    operations.create_table(
        "mentoring",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "until_on >= from_on", name=operations.f("ck_mentoring_until_on_not_before")
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_mentoring_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_mentoring")),
    )
    operations.create_index(
        operations.f("ix_mentoring_apprenticeship_id"), "mentoring", ["apprenticeship_id"]
    )
    operations.create_table(
        "opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=1000), nullable=False),
        sa.Column("role_family", sa.String(length=60), nullable=True),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("pattern", sa.String(length=60), nullable=True),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("how_to_apply", sa.String(length=300), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_taken", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days >= 0", name=operations.f("ck_opening_days_not_negative")),
        sa.CheckConstraint("places >= 0", name=operations.f("ck_opening_places_not_negative")),
        sa.CheckConstraint(
            "until_on >= from_on", name=operations.f("ck_opening_until_on_not_before")
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_opening")),
        sa.UniqueConstraint("code", name=operations.f("uq_opening_code")),
    )
    operations.create_table(
        "listing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("borough", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("wanted", sa.String(length=1000), nullable=False),
        sa.Column("role_family", sa.String(length=60), nullable=True),
        sa.Column("standard_code", sa.String(length=6), nullable=True),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("host", sa.String(length=40), nullable=False),
        sa.Column("host_name", sa.String(length=200), nullable=False),
        sa.Column("earliest_start_on", sa.Date(), nullable=True),
        sa.Column("latest_start_on", sa.Date(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("pattern", sa.String(length=60), nullable=True),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("how_to_apply", sa.String(length=300), nullable=False),
        sa.Column("said_at", sa.String(length=40), nullable=False),
        sa.Column("came_from", sa.String(length=200), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.CheckConstraint("days >= 0", name=operations.f("ck_listing_days_not_negative")),
        sa.CheckConstraint(
            "latest_start_on >= earliest_start_on",
            name=operations.f("ck_listing_latest_start_on_not_before"),
        ),
        sa.CheckConstraint("places >= 0", name=operations.f("ck_listing_places_not_negative")),
        sa.CheckConstraint(
            "weeks BETWEEN 1 AND 26", name=operations.f("ck_listing_weeks_in_range")
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_listing")),
        sa.UniqueConstraint("code", name=operations.f("uq_listing_code")),
    )
    operations.create_table(
        "story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=True),
        sa.Column("is_consent_needed", sa.Boolean(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_to", sa.String(length=500), nullable=False),
        sa.Column("consent_ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_story_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_story")),
    )
    operations.create_index(
        operations.f("ix_story_apprenticeship_id"), "story", ["apprenticeship_id"]
    )
    operations.create_table(
        "survey_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=10), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.String(length=500), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_survey_answer")),
        sa.UniqueConstraint(
            "quarter", "question", name=operations.f("uq_survey_answer_quarter_question")
        ),
    )


def _leave(operations: Operations) -> None:
    """Make the table."""
    operations.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_leave_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_leave")),
        sa.CheckConstraint("last_on >= first_on", name=operations.f("ck_leave_last_on_not_before")),
    )
    operations.create_index(
        operations.f("ix_leave_apprenticeship_id"), "leave", ["apprenticeship_id"]
    )


def _cases(operations: Operations) -> None:
    """Make the tables of cases."""
    operations.create_table(
        "outcomes_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("desired_outcome", sa.String(length=4000), nullable=False),
        sa.Column("problems_technology", sa.String(length=4000), nullable=False),
        sa.Column("problems_people", sa.String(length=4000), nullable=False),
        sa.Column("solutions_technology", sa.String(length=4000), nullable=False),
        sa.Column("solutions_people", sa.String(length=4000), nullable=False),
        sa.Column("done_by_loti", sa.String(length=4000), nullable=False),
        sa.Column("done_by_lead", sa.String(length=4000), nullable=False),
        sa.Column("done_by_boroughs", sa.String(length=4000), nullable=False),
        sa.Column("done_by_others", sa.String(length=4000), nullable=False),
        sa.Column("mandate", sa.String(length=4000), nullable=False),
        sa.Column("evaluation", sa.String(length=4000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_outcomes_case")),
    )
    operations.create_table(
        "case_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["outcomes_case.id"],
            name=operations.f("fk_case_step_case_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_case_step")),
    )
    operations.create_index(operations.f("ix_case_step_case_id"), "case_step", ["case_id"])


def _guides(operations: Operations) -> None:
    """Make the tables of the playbook's checklists."""
    operations.create_table(
        "guide_checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("guide", sa.String(length=60), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=True),
        sa.Column("procurement_id", sa.Uuid(), nullable=True),
        sa.Column("put_on", sa.Date(), nullable=False),
        sa.Column("put_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN apprenticeship_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN procurement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=operations.f("ck_guide_checklist_is_on_one"),
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_guide_checklist_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=operations.f("fk_guide_checklist_procurement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_guide_checklist")),
        sa.UniqueConstraint(
            "guide",
            "apprenticeship_id",
            name=operations.f("uq_guide_checklist_guide_apprenticeship_id"),
        ),
        sa.UniqueConstraint(
            "guide", "procurement_id", name=operations.f("uq_guide_checklist_guide_procurement_id")
        ),
    )
    operations.create_index(
        operations.f("ix_guide_checklist_apprenticeship_id"),
        "guide_checklist",
        ["apprenticeship_id"],
    )
    operations.create_index(
        operations.f("ix_guide_checklist_procurement_id"), "guide_checklist", ["procurement_id"]
    )
    operations.create_table(
        "guide_tick",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("guide_checklist_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.Column("is_not_needed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_checklist_id"],
            ["guide_checklist.id"],
            name=operations.f("fk_guide_tick_guide_checklist_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_guide_tick")),
        sa.UniqueConstraint(
            "guide_checklist_id", "item", name=operations.f("uq_guide_tick_guide_checklist_id_item")
        ),
    )
