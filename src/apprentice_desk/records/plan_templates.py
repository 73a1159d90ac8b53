"""Templates of learning plans: the activities of a standard, in days from the start."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.records.base import Kept, Word, not_before, not_negative


class PlanTemplate(Kept):
    """One template, for one standard or for any."""

    __tablename__ = "plan_template"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    standard_code: Mapped[str] = mapped_column(String(6), default="")
    standard_version: Mapped[str] = mapped_column(String(10), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")

    activities: Mapped[list[TemplateActivity]] = relationship(
        cascade="all, delete-orphan", order_by="TemplateActivity.position"
    )


class TemplateActivity(Kept):
    """One activity of a template, with its days counted from the start of training."""

    __tablename__ = "plan_template_activity"
    __table_args__ = (
        UniqueConstraint("template_id", "position"),
        CheckConstraint("position >= 1", name="position_from_1"),
        not_before("due_after_days", "starts_after_days"),
        *not_negative("starts_after_days", "planned_minutes"),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("plan_template.id", ondelete="RESTRICT"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Activity | None] = mapped_column(Word(Activity))
    delivered_by: Mapped[DeliveredBy | None] = mapped_column(Word(DeliveredBy))
    starts_after_days: Mapped[int | None]
    due_after_days: Mapped[int | None]
    planned_minutes: Mapped[int]
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    link: Mapped[str] = mapped_column(String(500), default="")
