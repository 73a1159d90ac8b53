"""Sessions that come again, such as every Thursday in term: remembered, never logged from here.

What is remembered is offered once its days have come (``domain.proposals``), and a person confirms
or declines them (``confirming``).  How far that was done is kept with the pattern.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import calendar, durations
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.days_hours import DAY_MINUTES, minute_of_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.records.base import Kept, Word, check_lengths, not_before, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.entries import OffTheJobEntry

LONGEST_YEARS = 5
"""A repeat begins at most so long ago and goes on at most so long: longer is a slip in the year."""

WordsLogged = Mapping[UUID, frozenset[tuple[date, str]]]
"""Of apprenticeships, the days with entries and what was learned."""

_EVERY_DAY = range(7)


class HoursRepeat(Kept):
    """One session that comes again."""

    __tablename__ = "hours_repeat"
    __table_args__ = (
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="days_of_a_week"),
        not_before("last_on", "first_on"),
    )

    what: Mapped[str] = mapped_column(String(4000), default="")
    activity: Mapped[Activity] = mapped_column(Word(Activity))
    ksbs: Mapped[str] = mapped_column(String(400), default="")
    began_at: Mapped[str] = mapped_column(String(5), default="")
    weekdays: Mapped[int]
    """A bit for each day of the week, Monday the lowest."""
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    every_weeks: Mapped[int] = mapped_column(default=1)
    leave_out: Mapped[str] = mapped_column(String(1000), default="")
    """Spans of days as first/last in ISO form, blanks between them."""
    answered_to: Mapped[date | None]
    """Its days up to this one were confirmed or declined."""


class HoursRepeatPerson(Kept):
    """One apprenticeship that takes part in a session that comes again."""

    __tablename__ = "hours_repeat_person"
    __table_args__ = (
        UniqueConstraint("repeat_id", "apprenticeship_id"),
        CheckConstraint(f"minutes BETWEEN 1 AND {DAY_MINUTES}", name="minutes_in_a_day"),
    )

    repeat_id: Mapped[UUID] = mapped_column(ForeignKey("hours_repeat.id", ondelete="RESTRICT"))
    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    minutes: Mapped[int]


@dataclass(frozen=True, slots=True)
class RepeatDetails:
    """What is remembered of a session; *people* are apprenticeships with their minutes."""

    repeat: Repeat
    people: tuple[tuple[UUID, int], ...]
    activity: Activity = Activity.OTHER_TRAINING
    what: str = ""
    ksbs: str = ""
    began_at: str = ""


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """One session that comes again, as it is remembered."""

    id: UUID
    details: RepeatDetails
    answered_to: date | None
    changed_in: int


def check_repeat(details: RepeatDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    repeat = details.repeat
    if repeat.first_on < calendar.add_months(today, -12 * LONGEST_YEARS):
        wrong(
            "HR001",
            "first_on",
            f"{show_day(repeat.first_on)} is more than {LONGEST_YEARS} years ago.",
            "Check the year.",
        )
    last_on = repeat.last_on or repeat.first_on
    if last_on > calendar.add_months(repeat.first_on, 12 * LONGEST_YEARS):
        wrong(
            "HR002",
            "last_on",
            f"{show_day(last_on)} is more than {LONGEST_YEARS} years after the first day.",
            "Check the year.",
        )
    if not details.people:
        wrong("HR003", "people", "Choose who takes part.")
    for _, minutes in details.people:
        if not 1 <= minutes <= DAY_MINUTES:
            wrong(
                "HR004",
                "minutes",
                f"{durations.sentence(minutes)} does not fit in one day.",
                "A session is at least a minute and at most 24 hours.",
            )
            break
    if details.began_at and minute_of_day(details.began_at) is None:
        wrong("HR005", "began_at", "This is not a time of day.", "For example 09:30.")
    return findings + check_lengths(details, HoursRepeat)


def keep_repeat(
    session: Session, details: RepeatDetails, today: date, answered_to: date | None = None
) -> UUID:
    """Remember a session that comes again and return its key.

    Its days up to *answered_to* are not offered.  Raises Problem where ``check_repeat`` finds
    something.
    """
    refuse(check_repeat(details, today))
    repeat = details.repeat
    kept = HoursRepeat(
        what=details.what,
        activity=details.activity,
        ksbs=details.ksbs,
        began_at=details.began_at,
        weekdays=sum(1 << day for day in repeat.weekdays),
        first_on=repeat.first_on,
        last_on=repeat.last_on,
        every_weeks=repeat.every_weeks,
        leave_out=_written(repeat.leave_out),
        answered_to=answered_to,
    )
    session.add(kept)
    session.flush()
    for key, minutes in details.people:
        session.add(HoursRepeatPerson(repeat_id=kept.id, apprenticeship_id=key, minutes=minutes))
    session.flush()
    return kept.id


def mark_answered(session: Session, repeat_id: UUID, answered_to: date, changed_in: int) -> None:
    """Say that the days of a repeat up to *answered_to* were confirmed or declined.

    Raises Conflict when it is gone, or was changed since the change *changed_in* that was read.
    """
    kept = session.get(HoursRepeat, repeat_id)
    if kept is None or kept.changed_in != changed_in:
        raise Conflict(
            "Somebody else has confirmed or stopped this meanwhile.", "Look at it again."
        )
    kept.answered_to = answered_to
    session.flush()


def stop_repeat(session: Session, repeat_id: UUID) -> None:
    """Forget a session that comes again; what was logged of it stays.

    Raises Conflict when it is gone already.
    """
    kept = session.get(HoursRepeat, repeat_id)
    if kept is None:
        raise Conflict("Somebody else has stopped this already.")
    for person in session.scalars(
        select(HoursRepeatPerson).where(HoursRepeatPerson.repeat_id == repeat_id)
    ).all():
        session.delete(person)
    session.flush()
    session.delete(kept)
    session.flush()


def leave_repeats(session: Session, apprenticeship_ids: Collection[UUID]) -> None:
    """Take apprenticeships that are being removed out of every repeat; one without people ends."""
    left: set[UUID] = set()
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        for person in session.scalars(
            select(HoursRepeatPerson).where(HoursRepeatPerson.apprenticeship_id.in_(lot))
        ).all():
            left.add(person.repeat_id)
            session.delete(person)
    session.flush()
    still = set(
        session.scalars(
            select(HoursRepeatPerson.repeat_id).where(HoursRepeatPerson.repeat_id.in_(left))
        )
    )
    for repeat_id in left - still:
        stop_repeat(session, repeat_id)


def repeat_rows(session: Session) -> tuple[RepeatRow, ...]:
    """Return every session that comes again, by its first day; the people in no order."""
    people: dict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    for whose, key, minutes in session.execute(
        select(
            HoursRepeatPerson.repeat_id,
            HoursRepeatPerson.apprenticeship_id,
            HoursRepeatPerson.minutes,
        ).order_by(HoursRepeatPerson.apprenticeship_id)
    ):
        people[whose].append((key, minutes))
    found = session.scalars(select(HoursRepeat).order_by(HoursRepeat.first_on, HoursRepeat.id))
    return tuple(
        RepeatRow(
            kept.id,
            RepeatDetails(
                Repeat(
                    frozenset(day for day in _EVERY_DAY if kept.weekdays >> day & 1),
                    kept.first_on,
                    kept.last_on,
                    kept.every_weeks,
                    _read(kept.leave_out),
                ),
                tuple(people[kept.id]),
                kept.activity,
                kept.what,
                kept.ksbs,
                kept.began_at,
            ),
            kept.answered_to,
            kept.changed_in,
        )
        for kept in found
    )


def words_logged(
    session: Session, apprenticeship_ids: Collection[UUID], first: date, last: date
) -> WordsLogged:
    """Return what each of these logged from *first* to *last*; who logged nothing is not there."""
    found: dict[UUID, set[tuple[date, str]]] = defaultdict(set)
    entry = OffTheJobEntry
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        for key, day, what in session.execute(
            select(entry.apprenticeship_id, entry.done_on, entry.what).where(
                entry.apprenticeship_id.in_(lot), entry.done_on.between(first, last)
            )
        ):
            found[key].add((day, what))
    return {key: frozenset(each) for key, each in found.items()}


def _written(spans: Collection[Period]) -> str:
    return " ".join(
        f"{span.first.isoformat()}/{span.last.isoformat() if span.last else ''}" for span in spans
    )


def _read(written: str) -> tuple[Period, ...]:
    spans = (span.partition("/") for span in written.split())
    return tuple(
        Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, _, last in spans
    )
