"""What the page Today looks at of pay and gateways, in as many queries whatever the desk's size."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.wages import PayRate
from apprentice_desk.records.checklists import ChecklistRecords, checklist_records
from apprentice_desk.records.pay import pay_rates


@dataclass(frozen=True, slots=True)
class CourseAttention:
    """Pay by apprenticeship, and what the checklists of those near their gateway are made of."""

    pay: Mapping[UUID, tuple[PayRate, ...]]
    checklists: Mapping[UUID, ChecklistRecords]


def course_attention(session: Session, near_gateway: Collection[UUID]) -> CourseAttention:
    """Return what is held of pay, and of the gateway of some."""
    return CourseAttention(
        pay_rates(session), checklist_records(session, near_gateway) if near_gateway else {}
    )
