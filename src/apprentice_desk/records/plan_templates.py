"""Templates of learning plans: the activities of a standard, in days from the start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from apprentice_desk.domain import planning_checks
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.identifiers import check_standard_code, check_version
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import (
    Kept,
    Word,
    check_lengths,
    not_before,
    not_negative,
    refuse,
)


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


@dataclass(frozen=True, slots=True)
class TemplateDetails:
    """What the form of a template edits."""

    name: str = ""
    standard_code: str = ""
    standard_version: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template as lists show it, with what its activities come to."""

    id: UUID
    details: TemplateDetails
    changed_in: int
    activities: int
    planned_minutes: int
    last_day: int | None
    """The last day that it plans, counted from the start of training."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.details.name


@dataclass(frozen=True, slots=True)
class TemplateLineRow:
    """One activity of a template as lists show it."""

    id: UUID
    template_id: UUID
    position: int
    changed_in: int
    line: TemplateLine


def check_template(details: TemplateDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.name.strip():
        findings.append(_wrong("LT001", "name", "The template needs a name."))
    for field, value, check in (
        ("standard_code", details.standard_code, check_standard_code),
        ("standard_version", details.standard_version, check_version),
    ):
        if value:
            try:
                check(value)
            except ValueError as error:
                findings.append(_wrong("LT002", field, str(error)))
    return findings + check_lengths(details, PlanTemplate)


def check_template_line(line: TemplateLine) -> list[Finding]:
    """Return what is wrong with an activity of a template."""
    return planning_checks.check_line(line) + check_lengths(line, TemplateActivity)


def _wrong(code: str, field: str, message: str) -> Finding:
    return Finding(Level.ROW, code, message, "", Place(field=field))


def save_template(
    session: Session, details: TemplateDetails, lines: Iterable[TemplateLine] = ()
) -> UUID:
    """Keep a template with its activities and return its key.

    Raises Problem for what the checks find, or when the name is another template's.
    """
    template = PlanTemplate(**_named(session, details, None))
    session.add(template)
    session.flush()
    for position, line in enumerate(lines, 1):
        refuse(check_template_line(line))
        session.add(TemplateActivity(template_id=template.id, position=position, **_values(line)))
    session.flush()
    return template.id


def correct_template(
    session: Session, template_id: UUID, details: TemplateDetails, changed_in: int | None = None
) -> None:
    """Replace a template's name, standard and note.

    Raises Conflict when it is gone or changed since *changed_in*, Problem as ``save_template``.
    """
    template = _template(session, template_id, details)
    if changed_in is not None and template.changed_in != changed_in:
        raise Conflict(
            "This template was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=_details(template),
            stamp=template.changed_in,
        )
    for name, value in _named(session, details, template).items():
        setattr(template, name, value)


def remove_template(session: Session, template_id: UUID) -> None:
    """Remove a template; plans that were made from it stay.  Raises Conflict when it is gone."""
    session.delete(_template(session, template_id))
    session.flush()


def add_template_line(session: Session, template_id: UUID, line: TemplateLine) -> UUID:
    """Add an activity to a template and return its key.

    Raises Conflict when the template is gone, Problem for what ``check_template_line`` finds.
    """
    _template(session, template_id, line)
    refuse(check_template_line(line))
    last = session.scalar(
        select(func.max(TemplateActivity.position)).where(
            TemplateActivity.template_id == template_id
        )
    )
    made = TemplateActivity(template_id=template_id, position=(last or 0) + 1, **_values(line))
    session.add(made)
    session.flush()
    return made.id


def correct_template_line(
    session: Session, line_id: UUID, line: TemplateLine, changed_in: int | None = None
) -> None:
    """Replace an activity of a template.

    Raises Conflict when it is gone or changed since *changed_in*, Problem for what
    ``check_template_line`` finds.
    """
    activity = _line(session, line_id, line)
    if changed_in is not None and activity.changed_in != changed_in:
        raise Conflict(
            "This activity was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=line,
            theirs=_line_row(activity).line,
            stamp=activity.changed_in,
        )
    refuse(check_template_line(line))
    for name, value in _values(line).items():
        setattr(activity, name, value)


def remove_template_line(session: Session, line_id: UUID) -> None:
    """Take an activity out of a template; raises Conflict when it is gone already."""
    session.delete(_line(session, line_id))
    session.flush()


def _named(
    session: Session, details: TemplateDetails, owner: PlanTemplate | None
) -> dict[str, Any]:
    """The values to keep, once they are in order and the name is nobody else's."""
    refuse(check_template(details))
    values = {name: value.strip() for name, value in asdict(details).items()}
    other = session.scalars(
        select(PlanTemplate).where(func.lower(PlanTemplate.name) == values["name"].lower())
    ).first()
    if other is not None and other is not owner:
        raise Problem(f"There is a template called “{other.name}” already.", "Choose another name.")
    return values


def _values(line: TemplateLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in TemplateLine.__match_args__}
    return values | {name: values[name].strip() for name in ("title", "ksbs", "link")}


def _template(session: Session, template_id: UUID, mine: object | None = None) -> PlanTemplate:
    found = session.get(PlanTemplate, template_id)
    if found is None:
        raise Conflict("This template was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _line(session: Session, line_id: UUID, mine: object | None = None) -> TemplateActivity:
    found = session.get(TemplateActivity, line_id)
    if found is None:
        raise Conflict("This activity was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _details(template: PlanTemplate) -> TemplateDetails:
    names = TemplateDetails.__match_args__
    return TemplateDetails(**{name: getattr(template, name) for name in names})


def _line_row(activity: TemplateActivity) -> TemplateLineRow:
    line = TemplateLine(**{n: getattr(activity, n) for n in TemplateLine.__match_args__})
    return TemplateLineRow(
        activity.id, activity.template_id, activity.position, activity.changed_in, line
    )


# --- reads --------------------------------------------------------------------------------------


def template_rows(session: Session) -> tuple[TemplateRow, ...]:
    """Return the templates by name."""
    line = TemplateActivity
    found = session.execute(
        select(
            PlanTemplate,
            func.count(line.id),
            func.coalesce(func.sum(line.planned_minutes), 0),
            func.max(func.coalesce(line.due_after_days, line.starts_after_days)),
        )
        .outerjoin(line, line.template_id == PlanTemplate.id)
        .group_by(PlanTemplate.id)
        .order_by(func.lower(PlanTemplate.name))
    )
    return tuple(
        TemplateRow(each.id, _details(each), each.changed_in, count, int(minutes), last)
        for each, count, minutes, last in found
    )


def template_lines(session: Session, template_id: UUID) -> tuple[TemplateLineRow, ...]:
    """Return the activities of a template by their days, those without any at the end."""
    found = session.scalars(
        select(TemplateActivity)
        .where(TemplateActivity.template_id == template_id)
        .order_by(TemplateActivity.position)
    )
    return tuple(sorted(map(_line_row, found), key=_by_day))


def _by_day(row: TemplateLineRow) -> tuple[bool, int, int]:
    days = row.line.due_after_days, row.line.starts_after_days
    known = [day for day in days if day is not None]
    return (not known, known[0] if known else 0, row.position)
