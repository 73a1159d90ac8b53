"""How far an apprentice has come with each piece of knowledge, skill and behaviour.

Apprentice, manager and provider each say so for themselves.  What was said stays with its day, so
that a review shows what changed since the one before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import ksb_codes, ksb_grid
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.ksb_grid import KsbFacts, NamingEntry, PlannedKsbs, Said
from apprentice_desk.domain.ksb_meanings import EarlierVersion
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.standards import version_name
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.evidence import Evidence
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.programme_changes import ProgrammeChange, version_ksbs
from apprentice_desk.records.standard_versions import LONGEST_CODE, known_ksbs

_TO_COME = (ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY)


class KsbStatement(Kept):
    """What one voice said of one code on a day; said again on that day, it is replaced."""

    __tablename__ = "ksb_statement"
    __table_args__ = (UniqueConstraint("apprenticeship_id", "code", "voice", "said_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    voice: Mapped[Voice] = mapped_column(Word(Voice))
    status: Mapped[KsbStatus] = mapped_column(Word(KsbStatus))
    said_on: Mapped[date]
    said_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")


@dataclass(frozen=True, slots=True)
class StatementDetails:
    """What a form asks of a statement; the codes that it is about are chosen before."""

    voice: Voice | None = None
    status: KsbStatus | None = None
    said_on: date | None = None
    said_by: str = ""
    note: str = ""


def check(
    details: StatementDetails, today: date, training_started_on: date | None = None
) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if details.voice is None:
        wrong("KP001", "voice", "Say who says so.")
    if details.status is None:
        wrong("KP002", "status", "Say how far it has come.")
    if details.said_on is None:
        wrong("KP003", "said_on", "Say on which day it was said.")
    elif details.said_on > today:
        wrong(
            "KP004",
            "said_on",
            f"{show_day(details.said_on)} is still to come.",
            "What somebody thinks is said once it has been thought.",
        )
    elif training_started_on is not None and details.said_on < training_started_on:
        wrong(
            "KP005",
            "said_on",
            f"{show_day(details.said_on)} is before the training began on"
            f" {show_day(training_started_on)}.",
            "Check the day.",
        )
    return findings + check_lengths(details, KsbStatement)


def say(
    session: Session,
    apprenticeship_id: UUID,
    codes: Collection[str],
    voice: Voice,
    status: KsbStatus,
    said_on: date,
    by: str = "",
    note: str = "",
    *,
    today: date,
) -> int:
    """Note what one voice says of *codes* on a day; return how many they are.

    What the same voice said of a code on the same day is replaced.  Raises Problem for a day to
    come or before the training began, and for a code that is none, or that the standard does not
    have where it is loaded; Conflict when the apprenticeship is gone.
    """
    apprenticeship = session.get(Apprenticeship, apprenticeship_id)
    if apprenticeship is None:
        raise Conflict("This apprentice was removed meanwhile; nothing was noted.")
    details = StatementDetails(voice, status, said_on, by.strip(), note.strip())
    refuse(check(details, today, apprenticeship.training_started_on))
    wanted = _checked(session, apprenticeship_id, codes)
    there = {
        each.code: each
        for each in session.scalars(
            select(KsbStatement).where(
                KsbStatement.apprenticeship_id == apprenticeship_id,
                KsbStatement.voice == voice,
                KsbStatement.said_on == said_on,
                KsbStatement.code.in_(wanted),
            )
        )
    }
    for code in wanted:
        statement = there.get(code)
        if statement is None:
            statement = KsbStatement(
                apprenticeship_id=apprenticeship_id, code=code, voice=voice, said_on=said_on
            )
            session.add(statement)
        statement.status = status
        statement.said_by, statement.note = details.said_by, details.note
    session.flush()
    return len(wanted)


def _checked(session: Session, apprenticeship_id: UUID, codes: Collection[str]) -> tuple[str, ...]:
    """Return *codes* in order, once each; raises Problem for one that cannot be spoken of."""
    if not codes:
        raise Problem("Choose at least one KSB.")
    try:
        wanted = ksb_codes.read(", ".join(codes))
    except ValueError as error:
        raise Problem(str(error)) from None
    if too_long := [code for code in wanted if len(code) > LONGEST_CODE]:
        raise Problem(f"“{too_long[0]}” has more than {LONGEST_CODE} signs.", "Check the number.")
    known = known_codes(session, [apprenticeship_id]).get(apprenticeship_id)
    if wrong := ksb_codes.not_known(wanted, known):
        raise Problem(*wrong)
    return wanted


def take_back(session: Session, statement_ids: Collection[UUID]) -> int:
    """Take statements back, as if they had never been made; return how many.

    Raises Conflict when one is gone already.
    """
    found = session.scalars(
        select(KsbStatement).where(KsbStatement.id.in_(tuple(statement_ids)))
    ).all()
    if len(found) < len(set(statement_ids)):
        raise Conflict("Some of these statements were taken back meanwhile.")
    for statement in found:
        session.delete(statement)
    session.flush()
    return len(found)


# --- reads --------------------------------------------------------------------------------------


def known_codes(session: Session, keys: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """Return the codes of each apprenticeship's standard; one that is not loaded is left out.

    Those of one version and option share one answer, as they do in ``known_ksbs``.
    """
    read = known_ksbs(session, keys)
    codes = {id(ksbs): tuple(ksb.code for ksb in ksbs) for ksbs in read.values()}
    return {key: codes[id(ksbs)] for key, ksbs in read.items()}


def statements(
    session: Session, apprenticeship_id: UUID, as_at: date | None = None
) -> tuple[Said, ...]:
    """Return everything that was said of an apprenticeship, up to *as_at*, oldest first."""
    query = (
        select(
            KsbStatement.id, KsbStatement.code, KsbStatement.voice, KsbStatement.status,
            KsbStatement.said_on, KsbStatement.said_by, KsbStatement.note,
        )
        .where(KsbStatement.apprenticeship_id == apprenticeship_id)
        .order_by(KsbStatement.said_on, KsbStatement.code, KsbStatement.voice)
    )  # fmt: skip
    if as_at is not None:
        query = query.where(KsbStatement.said_on <= as_at)
    found: Any = session.execute(query)
    return tuple(Said(*row) for row in found)


def standing(
    session: Session, apprenticeship_id: UUID, as_at: date
) -> Mapping[str, Mapping[Voice, Said]]:
    """Return what each voice had said last of each code by *as_at*; one statement."""
    return ksb_grid.latest(statements(session, apprenticeship_id, as_at))


def ksb_facts(session: Session, apprenticeship_id: UUID, as_at: date) -> KsbFacts:
    """Return what the KSB grid of an apprenticeship is made of, as at a day.

    Entries and statements after it are left out; the plan is as it stands.  Eight statements,
    however many entries there are, and a few for each version that was followed before.
    """
    known = known_ksbs(session, [apprenticeship_id]).get(apprenticeship_id)
    return KsbFacts(
        known,
        statements(session, apprenticeship_id, as_at),
        _entries(session, apprenticeship_id, as_at),
        _planned(session, apprenticeship_id),
        _earlier(session, apprenticeship_id),
    )


def _earlier(session: Session, apprenticeship_id: UUID) -> tuple[EarlierVersion, ...]:
    """Return what was followed before, by the day from which it was something else."""
    found = session.scalars(
        select(ProgrammeChange)
        .where(
            ProgrammeChange.apprenticeship_id == apprenticeship_id,
            ProgrammeChange.kind == ChangeKind.STANDARD,
        )
        .order_by(ProgrammeChange.changed_on)
    ).all()
    return tuple(
        EarlierVersion(
            version_name(code, each.was_standard_version),
            each.changed_on,
            version_ksbs(session, code, each.was_standard_version, each.was_standard_option),
        )
        for each in found
        if (code := each.was_standard_code)
    )


def _entries(session: Session, apprenticeship_id: UUID, as_at: date) -> tuple[NamingEntry, ...]:
    here = (
        OffTheJobEntry.apprenticeship_id == apprenticeship_id,
        OffTheJobEntry.done_on <= as_at,
        OffTheJobEntry.ksbs != "",
    )
    evidence: dict[UUID, list[EvidenceQuality | None]] = defaultdict(list)
    for key, quality in session.execute(
        select(Evidence.entry_id, Evidence.quality)
        .join(OffTheJobEntry, OffTheJobEntry.id == Evidence.entry_id)
        .where(*here)
        .order_by(Evidence.id)
    ):
        evidence[key].append(quality)
    found: Any = session.execute(
        select(
            OffTheJobEntry.id, OffTheJobEntry.done_on, OffTheJobEntry.minutes,
            OffTheJobEntry.counts, OffTheJobEntry.what, OffTheJobEntry.ksbs,
        )
        .where(*here)
        .order_by(OffTheJobEntry.done_on.desc(), OffTheJobEntry.id)
    )  # fmt: skip
    return tuple(
        NamingEntry(key, done_on, minutes, counts, what, codes, tuple(evidence.get(key, ())))
        for key, done_on, minutes, counts, what, written in found
        if (codes := ksb_codes.codes_in(written))
    )


def _planned(session: Session, apprenticeship_id: UUID) -> tuple[PlannedKsbs, ...]:
    found: Any = session.execute(
        select(PlanActivity.id, PlanActivity.title, PlanActivity.due_on, PlanActivity.ksbs)
        .where(
            PlanActivity.apprenticeship_id == apprenticeship_id,
            PlanActivity.status.in_(_TO_COME),
            PlanActivity.ksbs != "",
        )
        .order_by(PlanActivity.due_on, PlanActivity.title)
    )
    return tuple(
        PlannedKsbs(key, title, due_on, codes)
        for key, title, due_on, written in found
        if (codes := ksb_codes.codes_in(written))
    )
