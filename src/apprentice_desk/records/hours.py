"""Off-the-job hours: what was done, when, for how long, and whether it counts.

Times are whole minutes.  Whether an entry counts is decided when it is logged, from the dated
rules (``resources/rules``), and kept with it; a person may decide otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import calendar, durations
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, Word, check_lengths
from apprentice_desk.records.changelog import insert_many

LONGEST_ENTRY_MINUTES = 24 * 60


class OffTheJobEntry(Kept):
    """One stretch of training on one day."""

    __tablename__ = "off_the_job_entry"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 1 AND {LONGEST_ENTRY_MINUTES}", name="minutes_in_a_day"),
        Index("ix_off_the_job_entry_totals", "apprenticeship_id", "done_on", "counts", "minutes"),
    )

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    done_on: Mapped[date]
    minutes: Mapped[int]
    activity: Mapped[Activity] = mapped_column(Word(Activity))
    counts: Mapped[bool]
    what: Mapped[str] = mapped_column(String(4000), default="")
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    began_at: Mapped[str] = mapped_column(String(5), default="")
    """Time of day as hh:mm where the source gives it; it tells like entries apart."""
    source: Mapped[str] = mapped_column(String(300), default="")
    """The file and row that it was imported from; "" when it was typed here."""


@dataclass(frozen=True, slots=True)
class HoursDetails:
    """What the form of an entry edits."""

    apprenticeship_id: UUID | None = None
    done_on: date | None = None
    minutes: int | None = None
    activity: Activity = Activity.OTHER_TRAINING
    counts: bool = True
    what: str = ""
    ksbs: str = ""
    began_at: str = ""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One entry as lists show it."""

    id: UUID
    apprenticeship_id: UUID
    name: str
    done_on: date
    minutes: int
    activity: Activity
    counts: bool
    what: str
    ksbs: str
    began_at: str
    source: str
    changed_in: int

    @property
    def details(self) -> HoursDetails:
        """What the form edits."""
        return HoursDetails(
            self.apprenticeship_id, self.done_on, self.minutes, self.activity, self.counts,
            self.what, self.ksbs, self.began_at,
        )  # fmt: skip


def check(details: HoursDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if details.apprenticeship_id is None:
        wrong("HO001", "apprenticeship_id", "Choose the apprentice.")
    if details.done_on is None:
        wrong("HO002", "done_on", "Say on which day it was.")
    elif details.done_on > today:
        wrong(
            "HO003",
            "done_on",
            f"{calendar.show_day(details.done_on)} is still to come.",
            "Log hours once they are done; put what is planned into the learning plan.",
        )
    if details.minutes is None:
        wrong("HO004", "minutes", "Say how long it took.", "For example 1:30, 1.5 or 90m.")
    elif not 1 <= details.minutes <= LONGEST_ENTRY_MINUTES:
        wrong(
            "HO005",
            "minutes",
            f"{durations.sentence(details.minutes)} does not fit in one day.",
            "An entry is at least a minute and at most 24 hours.",
        )
    return findings + check_lengths(details, OffTheJobEntry)


def log_hours(session: Session, details: HoursDetails, source: str = "") -> UUID:
    """Log one entry and return its key; ``check`` comes first."""
    entry = OffTheJobEntry(source=source, **asdict(details))
    session.add(entry)
    session.flush()
    return entry.id


def log_many(session: Session, entries: Iterable[tuple[HoursDetails, str]]) -> int:
    """Log many entries, each with its source; return how many."""
    return insert_many(
        session,
        OffTheJobEntry,
        ({"source": source, **_values(details)} for details, source in entries),
    )


def _values(details: HoursDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in HoursDetails.__dataclass_fields__}


def correct_hours(
    session: Session, entry_id: UUID, details: HoursDetails, changed_in: int | None = None
) -> None:
    """Replace an entry's details.

    Raises Conflict when it is gone, or changed since the change *changed_in* that was read.
    """
    entry = session.get(OffTheJobEntry, entry_id)
    if entry is None:
        raise Conflict("This entry was removed meanwhile.", "Close the form.", mine=details)
    if changed_in is not None and entry.changed_in != changed_in:
        theirs = HoursDetails(**{n: getattr(entry, n) for n in HoursDetails.__dataclass_fields__})
        raise Conflict(
            "This entry was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=theirs,
            stamp=entry.changed_in,
        )
    for name, value in asdict(details).items():
        setattr(entry, name, value)


def remove_hours(session: Session, entry_id: UUID) -> None:
    """Remove an entry; raises Conflict when it is gone already."""
    entry = session.get(OffTheJobEntry, entry_id)
    if entry is None:
        raise Conflict("This entry was removed meanwhile.")
    session.delete(entry)


def hours_rows(
    session: Session,
    first: date | None = None,
    last: date | None = None,
    apprenticeship_id: UUID | None = None,
    limit: int | None = None,
) -> tuple[HoursRow, ...]:
    """Return the entries from *first* to *last*, newest first: everybody's, or one person's."""
    query = (
        select(
            OffTheJobEntry.id, OffTheJobEntry.apprenticeship_id,
            Apprentice.given_names, Apprentice.family_name,
            OffTheJobEntry.done_on, OffTheJobEntry.minutes, OffTheJobEntry.activity,
            OffTheJobEntry.counts, OffTheJobEntry.what, OffTheJobEntry.ksbs,
            OffTheJobEntry.began_at, OffTheJobEntry.source, OffTheJobEntry.changed_in,
        )
        .join(Apprenticeship, Apprenticeship.id == OffTheJobEntry.apprenticeship_id)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(OffTheJobEntry.done_on.desc(), Apprentice.family_name, OffTheJobEntry.began_at)
    )  # fmt: skip
    if first is not None:
        query = query.where(OffTheJobEntry.done_on >= first)
    if last is not None:
        query = query.where(OffTheJobEntry.done_on <= last)
    if apprenticeship_id is not None:
        query = query.where(OffTheJobEntry.apprenticeship_id == apprenticeship_id)
    if limit is not None:
        query = query.limit(limit)
    found: Any = session.execute(query)
    return tuple(HoursRow(row[0], row[1], full_name(row[2], row[3]), *row[4:]) for row in found)


def hours_total(session: Session, apprenticeship_id: UUID, last: date) -> int:
    """Return the counting minutes that were logged up to and including *last*."""
    return session.execute(
        select(func.coalesce(func.sum(OffTheJobEntry.minutes), 0)).where(
            OffTheJobEntry.apprenticeship_id == apprenticeship_id,
            OffTheJobEntry.counts,
            OffTheJobEntry.done_on <= last,
        )
    ).scalar_one()


def logged_by_day(session: Session, apprenticeship_id: UUID) -> tuple[tuple[date, int], ...]:
    """Return counting minutes by day, oldest first, for a chart of one apprenticeship."""
    return tuple(
        (day, minutes)
        for day, minutes in session.execute(
            select(OffTheJobEntry.done_on, func.sum(OffTheJobEntry.minutes))
            .where(OffTheJobEntry.apprenticeship_id == apprenticeship_id, OffTheJobEntry.counts)
            .group_by(OffTheJobEntry.done_on)
            .order_by(OffTheJobEntry.done_on)
        )
    )


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry of the desk, for imports to know it again and to offer corrections of it."""

    id: UUID
    details: HoursDetails
    source: str
    changed_in: int


def logged_entries(session: Session, apprenticeship_ids: Iterable[UUID]) -> tuple[LoggedEntry, ...]:
    """Return the entries of these apprenticeships, by day and start time."""
    found = session.execute(
        select(
            OffTheJobEntry.id, OffTheJobEntry.source, OffTheJobEntry.changed_in,
            *(getattr(OffTheJobEntry, name) for name in HoursDetails.__dataclass_fields__),
        )
        .where(OffTheJobEntry.apprenticeship_id.in_(tuple(apprenticeship_ids)))
        .order_by(OffTheJobEntry.done_on, OffTheJobEntry.began_at, OffTheJobEntry.id)
    )  # fmt: skip
    return tuple(LoggedEntry(row[0], HoursDetails(*row[3:]), row[1], row[2]) for row in found)
