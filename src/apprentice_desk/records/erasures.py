"""Who was erased, who is kept longer and why, and the anonymous rest that returns count.

An erasure keeps the key that the person had and nothing else of them: it is what a backup of before
is erased by when it is restored.  How somebody is erased is in ``scrubbing`` and
``safekeeping.erasing``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.retention import (
    Ground,
    Hold,
    HoldDetails,
    KeepReason,
    RetentionKind,
    check_hold,
)
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse
from apprentice_desk.records.organisation import organisation_row


class Erasure(Kept):
    """That one record was erased: its key, when, by whom and why, and how much went."""

    __tablename__ = "erasure"

    kind: Mapped[RetentionKind] = mapped_column(Word(RetentionKind))
    subject_key: Mapped[UUID] = mapped_column(unique=True)
    erased_at: Mapped[datetime]
    erased_by: Mapped[str] = mapped_column(String(200))
    ground: Mapped[Ground] = mapped_column(Word(Ground))
    note: Mapped[str] = mapped_column(String(500), default="")
    counts: Mapped[str] = mapped_column(String())
    """A JSON object: how many rows went, by table."""


class KeptLonger(Kept):
    """A reason to keep one record although its time is over."""

    __tablename__ = "kept_longer"

    kind: Mapped[RetentionKind] = mapped_column(Word(RetentionKind))
    subject_key: Mapped[UUID] = mapped_column(index=True)
    reason: Mapped[KeepReason] = mapped_column(Word(KeepReason))
    words: Mapped[str] = mapped_column(String(500), default="")
    said_by: Mapped[str] = mapped_column(String(200))
    said_on: Mapped[date]
    until_on: Mapped[date | None]


class CountedApprenticeship(Kept):
    """What returns still count of an apprenticeship whose person was erased.

    No more than tells it from nobody: the standard, the kind of role, the contract and its price,
    and the quarters of its start and end.  *code* was drawn for it and leads to nobody.
    """

    __tablename__ = "counted_apprenticeship"

    code: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    standard_code: Mapped[str | None] = mapped_column(String(6))
    role_family: Mapped[RoleFamily | None] = mapped_column(Word(RoleFamily))
    is_digital: Mapped[bool | None]
    started_from_on: Mapped[date | None]
    """The first day of the quarter in which training began."""
    ended_from_on: Mapped[date | None]
    """The first day of the quarter in which it ended."""
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    agreed_price: Mapped[Decimal | None]


@dataclass(frozen=True, slots=True)
class ErasureDetails:
    """What is recorded of an erasure."""

    kind: RetentionKind
    subject_key: UUID
    erased_at: datetime
    erased_by: str
    ground: Ground
    note: str = ""


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One erasure as the page lists it; *counts* are rows that went, by table."""

    id: UUID
    details: ErasureDetails
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One reason to keep a record."""

    id: UUID
    kind: RetentionKind
    subject_key: UUID
    hold: Hold


@dataclass(frozen=True, slots=True)
class CountedRow:
    """What returns count of one apprenticeship of somebody who was erased."""

    id: UUID
    code: str
    number: int
    standard_code: str | None
    role_family: RoleFamily | None
    is_digital: bool | None
    started_from_on: date | None
    ended_from_on: date | None
    outcome: Outcome | None
    contract_id: UUID | None
    agreed_price: Decimal | None


# --- commands -----------------------------------------------------------------------------------


def record_erasure(session: Session, details: ErasureDetails, counts: Mapping[str, int]) -> UUID:
    """Record that somebody was erased, in place of an earlier record; return its key."""
    found = session.scalars(
        select(Erasure).where(Erasure.subject_key == details.subject_key)
    ).first()
    erasure = found or Erasure(subject_key=details.subject_key)
    erasure.kind = details.kind
    erasure.erased_at = details.erased_at
    erasure.erased_by = details.erased_by.strip()[:200]
    erasure.ground = details.ground
    erasure.note = details.note.strip()[:500]
    erasure.counts = json.dumps(dict(sorted(counts.items())))
    session.add(erasure)
    session.flush()
    return erasure.id


def keep_longer(
    session: Session, kind: RetentionKind, subject_key: UUID, details: HoldDetails, today: date
) -> UUID:
    """Keep a record although its time is over, or will be; return the key of the reason.

    Raises Problem for what ``check_hold`` finds.
    """
    refuse([*check_hold(details, today), *check_lengths(details, KeptLonger)])
    assert details.reason is not None  # refused above
    kept = KeptLonger(
        kind=kind,
        subject_key=subject_key,
        reason=details.reason,
        words=details.words.strip(),
        said_by=details.said_by.strip(),
        said_on=today,
        until_on=details.until_on,
    )
    session.add(kept)
    session.flush()
    return kept.id


def keep_no_longer(session: Session, hold_id: UUID) -> None:
    """Take a reason to keep back; raises Conflict when it is gone already."""
    kept = session.get(KeptLonger, hold_id)
    if kept is None:
        raise Conflict("This reason was taken back meanwhile.")
    session.delete(kept)
    session.flush()


def count_anonymously(
    session: Session,
    apprentice_id: UUID,
    ended_by: date,
    random_source: random.Random | None = None,
) -> str:
    """Keep what returns count of a person who is about to be erased; return their new code.

    One whose end is not known counts as ended by the day *ended_by*.  An apprenticeship that never
    began and one without a standard are counted by no return, so nothing of them is kept.
    """
    source = random_source or random.SystemRandom()
    letters = organisation_row(session).letters
    taken = set(session.scalars(select(Apprentice.code)))
    taken |= set(session.scalars(select(CountedApprenticeship.code)))
    code = identifiers.new_code(letters, source)
    while code in taken:
        code = identifiers.new_code(letters, source)
    own = session.scalars(
        select(Apprenticeship)
        .where(Apprenticeship.apprentice_id == apprentice_id)
        .order_by(Apprenticeship.number)
    )
    for each in own:
        started_on = each.training_started_on
        if started_on is None or started_on > ended_by:
            continue
        ended_on = max(each.ended_on or ended_by, started_on)
        session.add(
            CountedApprenticeship(
                code=code,
                number=each.number,
                standard_code=each.standard_code,
                role_family=each.role_family,
                is_digital=each.is_digital,
                started_from_on=Quarter.containing(started_on).first,
                ended_from_on=Quarter.containing(ended_on).first,
                outcome=each.outcome,
                contract_id=each.contract_id,
                agreed_price=each.agreed_price,
            )
        )
    session.flush()
    return code


# --- reads --------------------------------------------------------------------------------------


def erasure_rows(session: Session) -> tuple[ErasureRow, ...]:
    """Return who was erased, the newest first."""
    found = session.scalars(select(Erasure).order_by(Erasure.erased_at.desc(), Erasure.id))
    return tuple(
        ErasureRow(
            each.id,
            ErasureDetails(
                each.kind, each.subject_key, each.erased_at, each.erased_by, each.ground, each.note
            ),
            tuple(json.loads(each.counts).items()),
        )
        for each in found
    )


def hold_rows(session: Session) -> tuple[HoldRow, ...]:
    """Return the reasons to keep, the oldest first."""
    found = session.scalars(select(KeptLonger).order_by(KeptLonger.said_on, KeptLonger.id))
    return tuple(
        HoldRow(
            each.id,
            each.kind,
            each.subject_key,
            Hold(each.reason, each.words, each.said_by, each.said_on, each.until_on),
        )
        for each in found
    )


def counted_rows(session: Session) -> tuple[CountedRow, ...]:
    """Return what returns count of those who were erased, by code and number."""
    found = session.scalars(
        select(CountedApprenticeship).order_by(
            CountedApprenticeship.code, CountedApprenticeship.number
        )
    )
    return tuple(
        CountedRow(
            each.id, each.code, each.number, each.standard_code, each.role_family, each.is_digital,
            each.started_from_on, each.ended_from_on, each.outcome, each.contract_id,
            each.agreed_price,
        )
        for each in found
    )  # fmt: skip
