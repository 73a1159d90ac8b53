"""What Today looks at of starts, pay and gateways, in as many queries whatever the desk's size."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.checklist import Checklist, Mark
from apprentice_desk.domain.wages import PayRate
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.checklists import (
    ChecklistMark,
    ChecklistRecords,
    checklist_records,
)
from apprentice_desk.records.pay import pay_rates


@dataclass(frozen=True, slots=True)
class CourseAttention:
    """Pay by apprenticeship, and what the checklists of those near their gateway are made of.

    *start* is what was dealt with before the start, of whoever has not ended.
    """

    pay: Mapping[UUID, tuple[PayRate, ...]]
    checklists: Mapping[UUID, ChecklistRecords]
    start: Mapping[UUID, Mapping[str, Mark]] = field(default_factory=dict)


def course_attention(session: Session, near_gateway: Collection[UUID]) -> CourseAttention:
    """Return what is held of pay and of starts, and of the gateway of some."""
    return CourseAttention(
        pay_rates(session),
        checklist_records(session, near_gateway) if near_gateway else {},
        _start(session),
    )


def _start(session: Session) -> dict[UUID, dict[str, Mark]]:
    mark = ChecklistMark
    found: Any = session.execute(
        select(
            mark.apprenticeship_id, mark.item, mark.done_on, mark.done_by, mark.is_not_needed,
            mark.note,
        )
        .join(Apprenticeship, Apprenticeship.id == mark.apprenticeship_id)
        .where(mark.checklist == Checklist.START, Apprenticeship.outcome.is_(None))
    )  # fmt: skip
    marks: dict[UUID, dict[str, Mark]] = {}
    for whose, item, *said in found:
        marks.setdefault(whose, {})[item] = Mark(item, *said)
    return marks
