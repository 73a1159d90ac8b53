"""Sessions that come again are remembered, with who takes part and how far they are answered."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0006"
COMES_AFTER = "0005"


def upgrade(operations: Operations) -> None:
    """Make the two tables."""
    operations.create_table(
        "hours_repeat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=4000), nullable=False),
        sa.Column("activity", sa.String(length=60), nullable=False),
        sa.Column("ksbs", sa.String(length=400), nullable=False),
        sa.Column("began_at", sa.String(length=5), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("leave_out", sa.String(length=1000), nullable=False),
        sa.Column("answered_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_hours_repeat")),
        sa.CheckConstraint(
            "weekdays BETWEEN 1 AND 127", name=operations.f("ck_hours_repeat_days_of_a_week")
        ),
        sa.CheckConstraint(
            "last_on >= first_on", name=operations.f("ck_hours_repeat_last_on_not_before")
        ),
    )
    operations.create_table(
        "hours_repeat_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("repeat_id", sa.Uuid(), nullable=False),
        sa.Column("apprenticeship_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["repeat_id"],
            ["hours_repeat.id"],
            name=operations.f("fk_hours_repeat_person_repeat_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["apprenticeship_id"],
            ["apprenticeship.id"],
            name=operations.f("fk_hours_repeat_person_apprenticeship_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=operations.f("pk_hours_repeat_person")),
        sa.UniqueConstraint(
            "repeat_id",
            "apprenticeship_id",
            name=operations.f("uq_hours_repeat_person_repeat_id_apprenticeship_id"),
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 1440",
            name=operations.f("ck_hours_repeat_person_minutes_in_a_day"),
        ),
    )
    operations.create_index(
        operations.f("ix_hours_repeat_person_apprenticeship_id"),
        "hours_repeat_person",
        ["apprenticeship_id"],
    )
