"""Secondments: requests for a place elsewhere, and offers of one here."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import called
from apprentice_desk.domain.placement_days import spent
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.secondment_care import Care
from apprentice_desk.domain.secondment_moves import LONGEST_DAYS
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, not_before, not_negative
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.host_entries import HostDays, fit_entries
from apprentice_desk.records.organisation import organisation_row


class Secondment(Kept):
    """One request or offer, from draft to completed."""

    __tablename__ = "secondment"
    __table_args__ = (
        not_before("ended_on", "started_on"),
        not_before("latest_start_on", "earliest_start_on"),
        not_before("agreed_end_on", "agreed_start_on"),
        CheckConstraint("weeks BETWEEN 1 AND 26", name="weeks_in_range"),
        CheckConstraint("days BETWEEN 1 AND 20", name="days_in_range"),
        *not_negative("capacity"),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[SecondmentKind] = mapped_column(Word(SecondmentKind))
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    standard_code: Mapped[str | None] = mapped_column(String(6))
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    home: Mapped[str | None] = mapped_column(String(40))
    host: Mapped[str | None] = mapped_column(String(40))
    earliest_start_on: Mapped[date | None]
    latest_start_on: Mapped[date | None]
    weeks: Mapped[int | None]
    pattern: Mapped[WorkingPattern | None] = mapped_column(Word(WorkingPattern))
    area: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[SecondmentStatus] = mapped_column(Word(SecondmentStatus))
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    form: Mapped[PlacementForm] = mapped_column(
        Word(PlacementForm), default=PlacementForm.SECONDMENT, server_default="secondment"
    )
    days: Mapped[int | None]
    """How long the light form lasts, in working days."""
    wanted: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """What is asked for or offered, in words that leave the borough."""
    host_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """What a host is called that is no borough."""
    host_supervisor: Mapped[str] = mapped_column(String(200), default="", server_default="")
    capacity: Mapped[int | None]
    """How many an offer takes at once; None is one."""
    agreed_start_on: Mapped[date | None]
    agreed_end_on: Mapped[date | None]
    """The last day that was agreed with the host."""
    matched_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("secondment.id", ondelete="RESTRICT"), index=True
    )
    """The offer of this desk that a request was matched with."""
    matched_code: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """The code of the request or offer elsewhere that this one was matched with."""
    reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """Why it was declined or withdrawn."""
    provider_told_on: Mapped[date | None]
    plan_revised_on: Mapped[date | None]
    """When the training plan was revised for it, or found to stand."""
    plan_note: Mapped[str] = mapped_column(String(500), default="", server_default="")
    checked_in_on: Mapped[date | None]
    """When the check-in half-way was."""
    check_in_note: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    learned: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    ksbs_touched: Mapped[str] = mapped_column(String(400), default="", server_default="")
    host_feedback: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    apprentice_feedback: Mapped[str] = mapped_column(String(1000), default="", server_default="")


class SecondmentMove(Kept):
    """One move of one secondment, in their order."""

    __tablename__ = "secondment_move"
    __table_args__ = (UniqueConstraint("secondment_id", "number"),)

    secondment_id: Mapped[UUID] = mapped_column(ForeignKey("secondment.id", ondelete="RESTRICT"))
    number: Mapped[int]
    was: Mapped[SecondmentStatus] = mapped_column(Word(SecondmentStatus))
    became: Mapped[SecondmentStatus] = mapped_column(Word(SecondmentStatus))
    moved_on: Mapped[date]
    moved_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")


@dataclass(frozen=True, slots=True)
class SecondmentDetails:
    """What the form of a secondment edits."""

    kind: SecondmentKind = SecondmentKind.REQUEST
    apprenticeship_id: UUID | None = None
    role_family: RoleFamily | None = None
    standard_code: str | None = None
    ksbs: str = ""
    home: str | None = None
    host: str | None = None
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = None
    pattern: WorkingPattern | None = None
    area: str = ""
    status: SecondmentStatus = SecondmentStatus.DRAFT
    started_on: date | None = None
    ended_on: date | None = None
    form: PlacementForm = PlacementForm.SECONDMENT
    days: int | None = None
    wanted: str = ""
    host_name: str = ""
    host_supervisor: str = ""
    capacity: int | None = None
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None


@dataclass(frozen=True, slots=True)
class SecondmentRow:
    """One secondment as lists show it."""

    id: UUID
    code: str
    details: SecondmentDetails
    name: str = ""
    """The apprentice's; blank for an offer that waits for one."""
    apprentice_code: str = ""
    apprenticeship_number: int | None = None
    care: Care = field(default_factory=Care)


_NAMES = tuple(SecondmentDetails.__dataclass_fields__)
_CARE = tuple(Care.__dataclass_fields__)


def check(details: SecondmentDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []

    def wrong(code: str, field: str, message: str) -> None:
        findings.append(Finding(Level.ROW, code, message, "", Place(field=field)))

    if details.kind is SecondmentKind.REQUEST and details.apprenticeship_id is None:
        wrong("SE001", "apprenticeship_id", "A request needs the apprentice it is for.")
    if details.weeks is not None and not 1 <= details.weeks <= 26:
        wrong("SE002", "weeks", "A secondment lasts 1 to 26 weeks.")
    if (
        details.earliest_start_on
        and details.latest_start_on
        and details.latest_start_on < details.earliest_start_on
    ):
        wrong("SE003", "latest_start_on", "The latest start is before the earliest.")
    if details.started_on and details.ended_on and details.ended_on < details.started_on:
        wrong("SE004", "ended_on", "The secondment ended before it started.")
    if details.days is not None and not 1 <= details.days <= LONGEST_DAYS:
        wrong("SE005", "days", f"Shadowing or a visit lasts 1 to {LONGEST_DAYS} days.")
    agreed, until = details.agreed_start_on, details.agreed_end_on
    if agreed and until and until < agreed:
        wrong("SE006", "agreed_end_on", "The last day that was agreed is before the first.")
    if details.capacity is not None and details.capacity < 1:
        wrong("SE007", "capacity", "A place takes at least one apprentice.")
    return findings + check_lengths(details, Secondment)


def second(
    session: Session,
    details: SecondmentDetails,
    *,
    code: str | None = None,
    random_source: random.Random | None = None,
) -> UUID:
    """Record a request or offer and return its key.

    It gets a random code of the borough's, unless *code* gives one that it has already.
    """
    code = code or fresh_code(session, Secondment.code, random_source)
    secondment = Secondment(code=code, **asdict(details))
    session.add(secondment)
    session.flush()
    fit_entries(session, secondment.id, None, host_days(secondment))
    return secondment.id


def host_days(secondment: Secondment) -> HostDays | None:
    """Return who spent which days at its host; None while nobody has; for the commands of records.

    Read it before a change and hand it to ``fit_entries`` after it.
    """
    days = spent(secondment)
    if secondment.apprenticeship_id is None or days is None:
        return None
    return HostDays(secondment.apprenticeship_id, days)


def fresh_code(
    session: Session, column: InstrumentedAttribute[str], random_source: random.Random | None = None
) -> str:
    """Return a random code of the borough's that does not stand in *column* yet."""
    letters = organisation_row(session).letters
    source = random_source or random.SystemRandom()
    while True:
        code = identifiers.new_code(letters, source)
        if session.scalars(select(column).where(column == code)).first() is None:
            return code


def correct_secondment(session: Session, secondment_id: UUID, details: SecondmentDetails) -> None:
    """Replace a secondment's details; hours follow its days.  Raises Conflict when it is gone."""
    secondment = session.get(Secondment, secondment_id)
    if secondment is None:
        raise Conflict("This secondment was removed meanwhile.", mine=details)
    before = host_days(secondment)
    for name, value in asdict(details).items():
        setattr(secondment, name, value)
    session.flush()
    fit_entries(session, secondment_id, before, host_days(secondment))


def remove_secondment(session: Session, secondment_id: UUID) -> None:
    """Remove a secondment entered by mistake, with its moves.

    Raises Conflict when it is gone; Problem once it has started (it is then ended, not removed),
    while a document about it is kept, and of an offer that a request was matched with.
    """
    secondment = session.get(Secondment, secondment_id)
    if secondment is None:
        raise Conflict("This secondment was removed meanwhile.")
    if secondment.started_on is not None:
        raise Problem(
            f"Secondment {secondment.code} started on {show_day(secondment.started_on)}, so it was"
            " not removed.",
            "Record how it ended, or take the day back if it never started.",
        )
    refuse_removing(
        session, DocumentMade.secondment_id, secondment_id, f"secondment {secondment.code}"
    )
    matched = session.scalars(
        select(Secondment.code)
        .where(Secondment.matched_id == secondment_id)
        .order_by(Secondment.code)
    ).first()
    if matched is not None:
        raise Problem(
            f"Request {matched} was matched with {secondment.code}, so it was not removed.",
            "Take that match back first.",
        )
    for move in session.scalars(
        select(SecondmentMove).where(SecondmentMove.secondment_id == secondment_id)
    ).all():
        session.delete(move)
    session.flush()
    session.delete(secondment)
    session.flush()


def secondment_rows(session: Session) -> tuple[SecondmentRow, ...]:
    """Return the secondments by earliest start, with the apprentice's name where there is one."""
    found = session.execute(
        select(
            Secondment, Apprentice.given_names, Apprentice.family_name, Apprentice.code,
            Apprenticeship.number,
        )
        .outerjoin(Apprenticeship, Apprenticeship.id == Secondment.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(Secondment.earliest_start_on, Secondment.code)
    )  # fmt: skip
    return tuple(
        SecondmentRow(
            s.id,
            s.code,
            SecondmentDetails(**{name: getattr(s, name) for name in _NAMES}),
            "" if given is None else called(given, family),
            code or "",
            number,
            Care(**{name: getattr(s, name) for name in _CARE}),
        )
        for s, given, family, code, number in found
    )


def logged_minutes(session: Session, as_at: date) -> dict[UUID, int]:
    """Return the counting minutes that were logged at the host of each secondment, up to *as_at*.

    One without such hours is not among them.
    """
    entry = OffTheJobEntry
    found = session.execute(
        select(entry.secondment_id, func.sum(entry.minutes))
        .where(entry.secondment_id.is_not(None), entry.counts, entry.done_on <= as_at)
        .group_by(entry.secondment_id)
    )
    return {key: int(minutes) for key, minutes in found if key is not None}
