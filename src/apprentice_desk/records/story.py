"""What the story of one apprenticeship is told from (``domain.story``), and the career it is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, extract, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.apprenticeship import Course, Status, status_at
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist_gateway import qualification_key
from apprentice_desk.domain.ksb_status import KsbStatus
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.secondment_care import Care
from apprentice_desk.domain.story import (
    About,
    Away,
    Changed,
    HeldReview,
    Marked,
    MonthsHours,
    Pause,
    Planned,
    Said,
    StoryFacts,
    TakenOn,
)
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.apprentices import Apprenticeship, record_of, stored_course
from apprentice_desk.records.checklists import ChecklistMark
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.ksb_progress import KsbStatement
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.pay import Pay
from apprentice_desk.records.programme_changes import ProgrammeChange
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.reviews import Review, ReviewAction, ReviewPart
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.records.standard_versions import StandardVersion
from apprentice_desk.records.standards import Standard
from apprentice_desk.records.version_stays import VersionStay


@dataclass(frozen=True, slots=True)
class CareerRow:
    """One of the apprenticeships of a person."""

    id: UUID
    number: int
    title: str
    course: Course

    def status(self, day: date) -> Status:
        """How it stands on *day*."""
        return status_at(self.course, day)


def career(session: Session, apprentice_id: UUID) -> tuple[CareerRow, ...]:
    """Return the apprenticeships of one person, in their order."""
    found = session.execute(
        select(Apprenticeship, Standard.title)
        .outerjoin(Standard, Standard.code == Apprenticeship.standard_code)
        .where(Apprenticeship.apprentice_id == apprentice_id)
        .order_by(Apprenticeship.number)
    )
    return tuple(
        CareerRow(each.id, each.number, title or each.course_title, stored_course(each))
        for each, title in found
    )


def story_facts(
    session: Session,
    apprenticeship_id: UUID,
    as_at: date,
    places: Mapping[str, str],
    items: Mapping[str, str],
    reasons: Mapping[str, str],
) -> StoryFacts:
    """Return what happened to one apprenticeship up to *as_at* and what is planned.

    *places* are names by the codes of boroughs and other hosts, *items* the words of checklists'
    items, *reasons* those of the codes of why somebody left.  Raises Conflict when the
    apprenticeship is gone.
    """
    held = record_of(session, apprenticeship_id)
    return StoryFacts(
        course=stored_course(held),
        pauses=tuple(Pause(each.first_on, each.last_on, each.reason) for each in held.breaks),
        weekly=tuple((each.from_on, each.weekly_minutes) for each in held.weekly_hours),
        months=_months(session, apprenticeship_id, as_at),
        reviews=_reviews(session, apprenticeship_id),
        actions=tuple(
            TakenOn(each.what, each.owner, each.due_on, each.done_on)
            for each in session.scalars(
                select(ReviewAction).where(ReviewAction.apprenticeship_id == apprenticeship_id)
            )
        ),
        plan=tuple(
            Planned(
                each.id,
                each.title,
                each.planned_minutes,
                each.due_on,
                each.done_on,
                each.status is ActivityStatus.DONE,
            )
            for each in session.scalars(
                select(PlanActivity).where(
                    PlanActivity.apprenticeship_id == apprenticeship_id,
                    PlanActivity.status != ActivityStatus.DROPPED,
                )
            )
        ),
        said=_said(session, apprenticeship_id),
        marked=_marked(session, apprenticeship_id, items),
        pay=tuple(
            Changed(
                each.from_on, f"Paid {show_pounds(each.amount)} an {each.per}".replace(
                    "an year", "a year"
                ), each.note,
            )
            for each in session.scalars(
                select(Pay).where(Pay.apprenticeship_id == apprenticeship_id).order_by(Pay.from_on)
            )
        ),
        changes=(*_changes(session, held), *_stays(session, apprenticeship_id)),
        away=_away(session, apprenticeship_id, places),
        gateway_planned_on=held.gateway_planned_on,
        english_met_on=held.english_met_on,
        maths_met_on=held.maths_met_on,
        grade=held.grade or "",
        destination=held.destination or "",
        leaving_reason=reasons.get(held.leaving_reason or "", held.leaving_reason or ""),
    )  # fmt: skip


def _away(session: Session, key: UUID, places: Mapping[str, str]) -> tuple[Away, ...]:
    """Return the stays elsewhere that have begun or were agreed, with what was done around them."""
    found = session.scalars(
        select(Secondment)
        .where(
            Secondment.apprenticeship_id == key,
            or_(
                Secondment.started_on.is_not(None),
                Secondment.status == SecondmentStatus.AGREED,
            ),
        )
        .order_by(Secondment.started_on, Secondment.code)
    )
    minutes = session.execute(
        select(OffTheJobEntry.secondment_id, func.sum(OffTheJobEntry.minutes))
        .where(OffTheJobEntry.apprenticeship_id == key, OffTheJobEntry.counts)
        .group_by(OffTheJobEntry.secondment_id)
    )
    logged = {secondment_id: int(total) for secondment_id, total in minutes}
    return tuple(
        Away(
            each.id,
            each.host_name.strip() or places.get(each.host or "", each.host or "another place"),
            each.started_on,
            each.ended_on,
            each.agreed_start_on,
            each.agreed_end_on,
            each.form,
            Care(**{name: getattr(each, name) for name in Care.__match_args__}),
            logged.get(each.id, 0),
        )
        for each in found
    )


def _months(session: Session, key: UUID, as_at: date) -> tuple[MonthsHours, ...]:
    entry = OffTheJobEntry
    found = session.execute(
        select(
            func.min(entry.done_on),
            func.max(entry.done_on),
            func.count(),
            func.sum(case((entry.counts, entry.minutes), else_=0)),
            func.sum(case((entry.counts, 0), else_=entry.minutes)),
        )
        .where(entry.apprenticeship_id == key, entry.done_on <= as_at)
        .group_by(extract("year", entry.done_on), extract("month", entry.done_on))
        .order_by(func.min(entry.done_on))
    )
    return tuple(
        MonthsHours(first.replace(day=1), last, count, int(counting), int(other))
        for first, last, count, counting, other in found
    )


def _reviews(session: Session, key: UUID) -> tuple[HeldReview, ...]:
    parts: dict[UUID, list[ReviewPart]] = {}
    for part in session.scalars(
        select(ReviewPart)
        .join(Review, Review.id == ReviewPart.review_id)
        .where(Review.apprenticeship_id == key)
        .order_by(ReviewPart.number)
    ):
        parts.setdefault(part.review_id, []).append(part)
    return tuple(
        HeldReview(
            each.id,
            each.due_on,
            each.held_on,
            each.note,
            tuple(p.name or str(p.role) for p in parts.get(each.id, ()) if p.was_there),
            tuple(p.name or str(p.role) for p in parts.get(each.id, ()) if p.signed_on is not None),
        )
        for each in session.scalars(
            select(Review).where(Review.apprenticeship_id == key).order_by(Review.due_on)
        )
    )


def _said(session: Session, key: UUID) -> tuple[Said, ...]:
    """Return what was called completed, one line for each day and voice."""
    said: dict[tuple[date, str], list[str]] = {}
    for each in session.scalars(
        select(KsbStatement).where(
            KsbStatement.apprenticeship_id == key, KsbStatement.status == KsbStatus.COMPLETED
        )
    ):
        said.setdefault((each.said_on, str(each.voice)), []).append(each.code)
    return tuple(
        Said(on, voice, tuple(sorted(codes, key=code_order)))
        for (on, voice), codes in sorted(said.items())
    )


def _marked(session: Session, key: UUID, items: Mapping[str, str]) -> tuple[Marked, ...]:
    """Return what was dealt with, in the order of *items*; a qualification has its own name.

    One that no loaded version names any more is called what its item is.
    """
    named = {
        qualification_key(name): " ".join(name.split())
        for lines in session.scalars(select(StandardVersion.qualifications))
        for name in lines.splitlines()
    }
    order = list(items)
    told = []
    for each in session.scalars(
        select(ChecklistMark).where(ChecklistMark.apprenticeship_id == key)
    ):
        if each.done_on is None:
            continue
        item = each.item.partition(":")[0]
        what = named.get(each.item) or items.get(item, item)
        place = order.index(item) if item in items else len(order)
        told.append((place, what, Marked(each.done_on, what, each.done_by, each.note)))
    return tuple(mark for _, _, mark in sorted(told, key=lambda one: one[:2]))


def _changes(session: Session, held: Apprenticeship) -> tuple[Changed, ...]:
    """Return what changed on the way, each change from what held before it."""
    providers: dict[UUID | None, str] = {None: "no provider"}
    providers |= {row.id: row.name for row in session.execute(select(Provider.id, Provider.name))}
    found = session.scalars(
        select(ProgrammeChange)
        .where(ProgrammeChange.apprenticeship_id == held.id)
        .order_by(ProgrammeChange.changed_on.desc(), ProgrammeChange.changed_in.desc())
    )
    told = []
    after = _Held(
        held.provider_id,
        _standard(held.standard_code, held.standard_version, held.standard_option),
        held.training_planned_end_on,
    )
    for change in found:
        before = _Held(
            change.was_provider_id,
            _standard(
                change.was_standard_code, change.was_standard_version, change.was_standard_option
            ),
            change.was_training_planned_end_on,
        )
        is_nothing = change.kind is ChangeKind.PLANNED_END and before == after
        if not is_nothing:
            told.append(_change(change, before, after, providers))
        after = before
    return tuple(reversed(told))


@dataclass(frozen=True, slots=True)
class _Held:
    """What held before a change, or after it."""

    provider_id: UUID | None
    standard: str
    planned_end_on: date | None


def _change(
    change: ProgrammeChange, before: _Held, after: _Held, providers: Mapping[UUID | None, str]
) -> Changed:
    match change.kind:
        case ChangeKind.BACK_FROM_BREAK:
            what = "Back from the break"
        case ChangeKind.BACK_IN_TRAINING:
            passed_on = change.was_assessment_began_on
            since = "" if passed_on is None else f" of {show_day(passed_on)}"
            what = f"In training again after the gateway{since}"
        case ChangeKind.PLANNED_END:
            moved = _moved(before.planned_end_on, after.planned_end_on)
            return Changed(change.changed_on, moved, change.reason)
        case ChangeKind.PLAN_MOVED:
            about = About.PLAN
            return Changed(change.changed_on, "Learning plan planned anew", change.reason, about)
        case _:
            what = _provider_or_standard(before, after, providers)
    says = (_end_moved(before, after, is_return=change.kind is ChangeKind.BACK_FROM_BREAK),)
    reason = ". ".join(each for each in (change.reason.rstrip("."), *says) if each)
    return Changed(change.changed_on, what, reason)


def _provider_or_standard(before: _Held, after: _Held, providers: Mapping[UUID | None, str]) -> str:
    parts = []
    if before.provider_id != after.provider_id:
        was, now = providers[before.provider_id], providers[after.provider_id]
        parts.append(f"Provider changed from {was} to {now}")
    if before.standard != after.standard:
        was, now = before.standard or "none", after.standard or "none"
        parts.append(f"Standard changed from {was} to {now}")
    return "; ".join(parts) or "Contract or reference changed"


def _end_moved(before: _Held, after: _Held, *, is_return: bool) -> str:
    """Say until when training was planned from then on; of a return also that it stayed."""
    was, now = before.planned_end_on, after.planned_end_on
    if now is None or (was == now and not is_return):
        return ""
    if was == now:
        return f"Training stays planned to end on {show_day(now)}"
    instead = "" if was is None else f", not on {show_day(was)}"
    return f"Training was planned to end on {show_day(now)} from then on{instead}"


def _moved(before: date | None, after: date | None) -> str:
    said = ["not known" if day is None else show_day(day) for day in (before, after)]
    return f"Planned end of training moved from {said[0]} to {said[1]}"


def _stays(session: Session, key: UUID) -> tuple[Changed, ...]:
    """Return when it was said that the version stays though another is there."""
    return tuple(
        Changed(
            each.said_on,
            f"Stays on {_standard(each.standard_code, each.follows, '')}, though version"
            f" {each.version} is there",
            " ".join(
                part
                for part in (
                    f"Said by {each.said_by}." if each.said_by else "",
                    each.reason,
                )
                if part
            ),
        )
        for each in session.scalars(
            select(VersionStay)
            .where(VersionStay.apprenticeship_id == key)
            .order_by(VersionStay.said_on, VersionStay.version)
        )
    )


def _standard(code: str | None, version: str, option: str) -> str:
    shown = f"{code or ''}{f' v{version}' if version else ''}".strip()
    return f"{shown}, {option}" if option else shown
