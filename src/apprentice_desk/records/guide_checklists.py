"""Checklists of the playbook that were put on an apprentice or a call, and what is ticked off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import Mark
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept


class GuideChecklist(Kept):
    """The checklist of one guide, put on one apprenticeship or one procurement."""

    __tablename__ = "guide_checklist"
    __table_args__ = (
        UniqueConstraint("guide", "apprenticeship_id"),
        UniqueConstraint("guide", "procurement_id"),
        CheckConstraint(
            "(CASE WHEN apprenticeship_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN procurement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="is_on_one",
        ),
    )

    guide: Mapped[str] = mapped_column(String(60))
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    procurement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    put_on: Mapped[date]
    put_by: Mapped[str] = mapped_column(String(200), default="")


class GuideTick(Kept):
    """One line of such a checklist that somebody dealt with."""

    __tablename__ = "guide_tick"
    __table_args__ = (UniqueConstraint("guide_checklist_id", "item"),)

    guide_checklist_id: Mapped[UUID] = mapped_column(
        ForeignKey("guide_checklist.id", ondelete="RESTRICT")
    )
    item: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    is_not_needed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(1000), default="")


@dataclass(frozen=True, slots=True)
class PutOn:
    """The checklist of a guide as it was put on something, and what was said of its items."""

    id: UUID
    guide: str
    put_on: date
    put_by: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)


# --- commands -----------------------------------------------------------------------------------


def put_on(
    session: Session, guide: str, kind: GoesOn, key: UUID, today: date, by: str = ""
) -> UUID:
    """Put the checklist of *guide* on one apprenticeship or procurement; return its key.

    One that is on it already stays as it is.  Raises Conflict, at the end of the change, where the
    apprenticeship or procurement is gone.
    """
    there = session.scalar(
        select(GuideChecklist).where(GuideChecklist.guide == guide, _column(kind) == key)
    )
    if there is not None:
        return there.id
    made = GuideChecklist(guide=guide, put_on=today, put_by=by.strip())
    if kind is GoesOn.APPRENTICE:
        made.apprenticeship_id = key
    else:
        made.procurement_id = key
    session.add(made)
    session.flush()
    return made.id


def take_off(session: Session, checklist_id: UUID) -> None:
    """Take a checklist off again, with all that was ticked; raises Conflict where it is gone."""
    _remove(session, [_checklist(session, checklist_id)])


def tick_off(
    session: Session,
    checklist_id: UUID,
    items: Iterable[str],
    on: date,
    by: str = "",
    *,
    today: date,
) -> None:
    """Record that *items* were done on a day and by whom; what was said of them is replaced.

    Raises Problem for a day that is still to come, Conflict where the checklist is gone.
    """
    if on > today:
        raise Problem(
            f"{show_day(on)} is still to come.", "Give the day on which it was done, or today."
        )
    for each in _ticks(session, checklist_id, items):
        each.done_on, each.done_by = on, by.strip()
        each.is_not_needed, each.note = False, ""


def set_aside(
    session: Session, checklist_id: UUID, items: Iterable[str], reason: str, by: str = ""
) -> None:
    """Record that *items* are not needed, and why; raises Problem without a reason."""
    if not reason.strip():
        raise Problem("Say why it is not needed.")
    for each in _ticks(session, checklist_id, items):
        each.done_on, each.done_by = None, by.strip()
        each.is_not_needed, each.note = True, reason.strip()


def open_again(session: Session, checklist_id: UUID, items: Iterable[str]) -> None:
    """Forget what was said of *items*: they are open again."""
    _checklist(session, checklist_id)
    wanted = tuple(items)
    for each in session.scalars(
        select(GuideTick).where(
            GuideTick.guide_checklist_id == checklist_id, GuideTick.item.in_(wanted)
        )
    ):
        session.delete(each)


def forget_checklists(session: Session, kind: GoesOn, keys: Collection[UUID]) -> None:
    """Take every checklist off what is about to be removed."""
    _remove(
        session, session.scalars(select(GuideChecklist).where(_column(kind).in_(tuple(keys)))).all()
    )


def _column(kind: GoesOn) -> InstrumentedAttribute[UUID | None]:
    if kind is GoesOn.APPRENTICE:
        return GuideChecklist.apprenticeship_id
    return GuideChecklist.procurement_id


def _checklist(session: Session, checklist_id: UUID) -> GuideChecklist:
    found = session.get(GuideChecklist, checklist_id)
    if found is None:
        raise Conflict("This checklist was taken off meanwhile.")
    return found


def _remove(session: Session, checklists: Collection[GuideChecklist]) -> None:
    keys = [each.id for each in checklists]
    for tick in session.scalars(select(GuideTick).where(GuideTick.guide_checklist_id.in_(keys))):
        session.delete(tick)
    session.flush()
    for each in checklists:
        session.delete(each)
    session.flush()


def _ticks(session: Session, checklist_id: UUID, items: Iterable[str]) -> list[GuideTick]:
    """Return the tick of each item, made where there is none."""
    _checklist(session, checklist_id)
    wanted = tuple(dict.fromkeys(items))
    there = {
        each.item: each
        for each in session.scalars(
            select(GuideTick).where(
                GuideTick.guide_checklist_id == checklist_id, GuideTick.item.in_(wanted)
            )
        )
    }
    for item in wanted:
        if item not in there:
            there[item] = GuideTick(guide_checklist_id=checklist_id, item=item)
            session.add(there[item])
    return [there[item] for item in wanted]


# --- reads --------------------------------------------------------------------------------------


def checklists_on(session: Session, kind: GoesOn, key: UUID) -> tuple[PutOn, ...]:
    """Return the checklists on one apprenticeship or procurement, the first put on first."""
    held = session.scalars(
        select(GuideChecklist)
        .where(_column(kind) == key)
        .order_by(GuideChecklist.put_on, GuideChecklist.guide)
    ).all()
    marks: dict[UUID, dict[str, Mark]] = {each.id: {} for each in held}
    for tick in session.scalars(select(GuideTick).where(GuideTick.guide_checklist_id.in_(marks))):
        marks[tick.guide_checklist_id][tick.item] = Mark(
            tick.item, tick.done_on, tick.done_by, tick.is_not_needed, tick.note
        )
    return tuple(
        PutOn(each.id, each.guide, each.put_on, each.put_by, marks[each.id]) for each in held
    )
