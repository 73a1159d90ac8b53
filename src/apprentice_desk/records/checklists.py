"""What was ticked off before the start of an apprenticeship, and before its gateway.

Which items there are, and which of them the desk works out for itself, are rules of ``domain``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import BEFORE_NAMED, Checklist, Mark
from apprentice_desk.domain.checklist_gateway import (
    GatewayFacts,
    MandatoryActivity,
    VersionFacts,
)
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import EmployeeType
from apprentice_desk.records.apprentices import Apprenticeship, record_of
from apprentice_desk.records.base import Kept, Word
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.standard_versions import StandardVersion
from apprentice_desk.records.standing import ApprenticeRow


class ChecklistMark(Kept):
    """One item that somebody has dealt with."""

    __tablename__ = "checklist_mark"
    __table_args__ = (UniqueConstraint("apprenticeship_id", "checklist", "item"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    checklist: Mapped[Checklist] = mapped_column(Word(Checklist))
    item: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    is_not_needed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(1000), default="")


ACHIEVED = {"english": "english_met_on", "maths": "maths_met_on"}
"""Items of the gateway whose day stands with the apprenticeship itself."""


@dataclass(frozen=True, slots=True)
class ChecklistRecords:
    """What the desk holds for the checklists of one apprenticeship; None is not known."""

    start: Mapping[str, Mark] = field(default_factory=dict)
    gateway: Mapping[str, Mark] = field(default_factory=dict)
    assessment_organisation: str = ""
    is_english_needed: bool | None = None
    english_met_on: date | None = None
    is_maths_needed: bool | None = None
    maths_met_on: date | None = None
    version: VersionFacts | None = None
    activities: tuple[MandatoryActivity, ...] | None = None


# --- commands -----------------------------------------------------------------------------------


def tick(
    session: Session,
    apprenticeship_id: UUID,
    checklist: Checklist,
    items: Iterable[str],
    on: date,
    by: str = "",
    note: str = "",
    today: date | None = None,
) -> None:
    """Record that *items* were done on *on* by somebody; what was said of them is replaced.

    Raises Problem without a day that has come, or for what needs somebody where nobody is named
    yet; Conflict when the apprenticeship is gone.
    """
    if today is not None and on > today:
        raise Problem(
            f"{show_day(on)} is still to come.", "Give the day on which it was done, or today."
        )
    apprenticeship = _record_for(session, apprenticeship_id, checklist, items := tuple(items))
    for mark in _marks(session, apprenticeship, checklist, items):
        mark.done_on, mark.done_by = on, by.strip()
        mark.is_not_needed, mark.note = False, note.strip()
        _set_achieved(apprenticeship, checklist, mark.item, on)


def say_not_needed(
    session: Session,
    apprenticeship_id: UUID,
    checklist: Checklist,
    items: Iterable[str],
    reason: str,
    by: str = "",
) -> None:
    """Record that *items* are not needed, and why; raises Problem as ``tick`` does."""
    if not reason.strip():
        raise Problem("Say why it is not needed.")
    apprenticeship = _record_for(session, apprenticeship_id, checklist, items := tuple(items))
    for mark in _marks(session, apprenticeship, checklist, items):
        mark.done_on, mark.done_by = None, by.strip()
        mark.is_not_needed, mark.note = True, reason.strip()
        _set_achieved(apprenticeship, checklist, mark.item, None)


def _record_for(
    session: Session, apprenticeship_id: UUID, checklist: Checklist, items: tuple[str, ...]
) -> Apprenticeship:
    """Return the record; raises Problem for what needs somebody where nobody is named yet."""
    apprenticeship = record_of(session, apprenticeship_id)
    person = apprenticeship.apprentice
    if checklist is Checklist.START and BEFORE_NAMED.issuperset(items):
        return apprenticeship
    if not full_name(person.given_names, person.family_name):
        raise Problem(*NOBODY_NAMED)
    return apprenticeship


NOBODY_NAMED = (
    "Nobody is named for this role yet: it can be agreed and advertised, and no more.",
    "Enter the name of whoever it is offered to with the facts first.",
)
"""Why nothing more can be said of a role without a name, and what to do."""


def take_back(
    session: Session, apprenticeship_id: UUID, checklist: Checklist, items: Iterable[str]
) -> None:
    """Forget what was said of *items*: they are open again."""
    apprenticeship = record_of(session, apprenticeship_id)
    wanted = tuple(items)
    for mark in session.scalars(_said(apprenticeship_id, checklist, wanted)):
        session.delete(mark)
    for item in wanted:
        _set_achieved(apprenticeship, checklist, item, None)


def _set_achieved(
    apprenticeship: Apprenticeship, checklist: Checklist, item: str, on: date | None
) -> None:
    if checklist is Checklist.GATEWAY and item in ACHIEVED:
        setattr(apprenticeship, ACHIEVED[item], on)


def _said(
    apprenticeship_id: UUID, checklist: Checklist, items: tuple[str, ...]
) -> Select[ChecklistMark]:
    return select(ChecklistMark).where(
        ChecklistMark.apprenticeship_id == apprenticeship_id,
        ChecklistMark.checklist == checklist,
        ChecklistMark.item.in_(items),
    )


def _marks(
    session: Session, apprenticeship: Apprenticeship, checklist: Checklist, items: Iterable[str]
) -> list[ChecklistMark]:
    """Return the mark of each item, made where there is none."""
    wanted = tuple(dict.fromkeys(items))
    there = {
        mark.item: mark for mark in session.scalars(_said(apprenticeship.id, checklist, wanted))
    }
    for item in wanted:
        if item not in there:
            made = ChecklistMark(
                apprenticeship_id=apprenticeship.id, checklist=checklist, item=item
            )
            session.add(made)
            there[item] = made
    return [there[item] for item in wanted]


# --- reads --------------------------------------------------------------------------------------


def checklist_records(session: Session, keys: Collection[UUID]) -> Mapping[UUID, ChecklistRecords]:
    """Return what the checklists of these apprenticeships are made of; three queries."""
    wanted = tuple(keys)
    marks: dict[tuple[UUID, Checklist], dict[str, Mark]] = {}
    for mark in session.scalars(
        select(ChecklistMark).where(ChecklistMark.apprenticeship_id.in_(wanted))
    ):
        said = Mark(mark.item, mark.done_on, mark.done_by, mark.is_not_needed, mark.note)
        marks.setdefault((mark.apprenticeship_id, mark.checklist), {})[mark.item] = said
    plans = _activities(session, wanted)
    found = session.execute(
        select(Apprenticeship, StandardVersion)
        .outerjoin(
            StandardVersion,
            and_(
                StandardVersion.standard_code == Apprenticeship.standard_code,
                StandardVersion.version == Apprenticeship.standard_version,
            ),
        )
        .where(Apprenticeship.id.in_(wanted))
    )
    return {
        one.id: ChecklistRecords(
            start=marks.get((one.id, Checklist.START), {}),
            gateway=marks.get((one.id, Checklist.GATEWAY), {}),
            assessment_organisation=one.assessment_organisation,
            is_english_needed=one.is_english_needed,
            english_met_on=one.english_met_on,
            is_maths_needed=one.is_maths_needed,
            maths_met_on=one.maths_met_on,
            version=None if version is None else _version(version),
            activities=plans.get(one.id),
        )
        for one, version in found
    }


def _version(version: StandardVersion) -> VersionFacts:
    return VersionFacts(
        f"{version.standard_code} v{version.version}",
        tuple(
            " ".join(name.split()) for name in version.qualifications.splitlines() if name.strip()
        ),
        version.has_new_assessment,
    )


def _activities(
    session: Session, keys: tuple[UUID, ...]
) -> Mapping[UUID, tuple[MandatoryActivity, ...]]:
    """The mandatory activities of every plan that there is, by due date."""
    found = session.execute(
        select(
            PlanActivity.apprenticeship_id, PlanActivity.title, PlanActivity.due_on,
            PlanActivity.status, PlanActivity.is_mandatory,
        )
        .where(
            PlanActivity.apprenticeship_id.in_(keys),
            PlanActivity.status != ActivityStatus.DROPPED,
        )
        .order_by(PlanActivity.due_on, PlanActivity.title)
    )  # fmt: skip
    plans: dict[UUID, tuple[MandatoryActivity, ...]] = {}
    for key, title, due_on, status, is_mandatory in found:
        before = plans.get(key, ())
        one = MandatoryActivity(title, due_on, status is ActivityStatus.DONE)
        plans[key] = (*before, one) if is_mandatory else before
    return plans


def is_new_here(row: ApprenticeRow) -> bool | None:
    """Return whether somebody came for the apprenticeship, None where that is not known."""
    return None if row.employee_type is None else row.employee_type is EmployeeType.NEW


def gateway_facts(row: ApprenticeRow, held: ChecklistRecords) -> GatewayFacts:
    """Return what the gateway's list of one apprenticeship is made of, on the day of *row*."""
    return GatewayFacts(
        course=row.course,
        figures=row.figures,
        original_start_on=row.original_start_on,
        born_on=row.born_on,
        weekly_minutes=row.weekly_minutes,
        is_english_needed=held.is_english_needed,
        english_met_on=held.english_met_on,
        is_maths_needed=held.is_maths_needed,
        maths_met_on=held.maths_met_on,
        version=held.version,
        activities=held.activities,
    )
