"""Off-the-job hours: what was done, when, for how long, and whether it counts.

Times are whole minutes.  Whether an entry counts is decided when it is logged, from the dated
rules (``resources/rules``), and kept with it; a person may decide otherwise.  So is where it was
done: with the host of a secondment by its days, or at home.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import calendar, days_hours, durations
from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.days_hours import DAY_MINUTES, Stretch
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.people import called
from apprentice_desk.domain.placement_days import Where, host_words, stay_on
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import weeks
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import check_lengths, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots, insert_many
from apprentice_desk.records.entries import OffTheJobEntry as OffTheJobEntry
from apprentice_desk.records.evidence import remove_evidence_of
from apprentice_desk.records.host_stays import HostStays, host_stays
from apprentice_desk.records.network import forget_entry
from apprentice_desk.records.secondments import Secondment

LONGEST_AGO_YEARS = 10
"""An entry of longer ago is a slip in the year: no programme has run so long."""

_VOUCHED_FOR = ("apprenticeship_id", "done_on", "minutes", "activity", "counts", "what")
"""What whoever verified an entry said is right: when one is corrected, nobody has verified it."""


@dataclass(frozen=True, slots=True)
class HoursDetails:
    """What the form of an entry edits.

    *where* matters only on a day that somebody spends with a host.  None leaves it as it is, or
    for what is new to the day.
    """

    apprenticeship_id: UUID | None = None
    done_on: date | None = None
    minutes: int | None = None
    activity: Activity = Activity.OTHER_TRAINING
    counts: bool = True
    what: str = ""
    ksbs: str = ""
    began_at: str = ""
    where: Where | None = None


KEPT = tuple(name for name in HoursDetails.__dataclass_fields__ if name != "where")
"""What of the details is kept as it is: where an entry was done is kept by its secondment."""


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
    verified_by: str = ""
    """Who said that it is right; "" while nobody has."""
    verified_at: datetime | None = None
    secondment_id: UUID | None = None
    """The secondment at whose host it was done; None at home."""
    host_code: str | None = None
    host_name: str | None = None

    @property
    def host(self) -> str:
        """With whom it was done, as a sentence says it; "" at home."""
        if self.secondment_id is None:
            return ""
        return host_words(self.host_code, self.host_name or "")

    @property
    def where(self) -> Where:
        """Where it was done, for the form."""
        return Where.HOME if self.secondment_id is None else Where.HOST

    @property
    def details(self) -> HoursDetails:
        """What the form edits."""
        return HoursDetails(
            self.apprenticeship_id, self.done_on, self.minutes, self.activity, self.counts,
            self.what, self.ksbs, self.began_at,
        )  # fmt: skip


def check(
    details: HoursDetails, today: date, training_started_on: date | None = None
) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about.

    With *training_started_on* a day before it is worth a look, or refused from a year before.
    What else was logged that day is looked at by ``check_day``.
    """
    findings = []

    def wrong(
        code: str, field: str, message: str, remedy: str = "", level: Level = Level.ROW
    ) -> None:
        findings.append(Finding(level, code, message, remedy, Place(field=field)))

    if details.apprenticeship_id is None:
        wrong("HO001", "apprenticeship_id", "Choose the apprentice.")
    if details.done_on is None:
        wrong("HO002", "done_on", "Say on which day it was.")
    elif details.done_on > today:
        wrong(
            "HO003",
            "done_on",
            f"{show_day(details.done_on)} is still to come.",
            "Log hours once they are done; put what is planned into the learning plan.",
        )
    elif details.done_on < calendar.add_months(today, -12 * LONGEST_AGO_YEARS):
        wrong(
            "HO006",
            "done_on",
            f"{show_day(details.done_on)} is more than ten years ago.",
            "Check the year.",
        )
    elif training_started_on is not None and details.done_on < training_started_on:
        is_long_before = details.done_on < calendar.add_months(training_started_on, -12)
        wrong(
            "HO007",
            "done_on",
            f"{show_day(details.done_on)} is before the training began on"
            f" {show_day(training_started_on)}.",
            "Check the day.",
            Level.ROW if is_long_before else Level.NOTE,
        )
    if details.minutes is None:
        wrong("HO004", "minutes", "Say how long it took.", "For example 1:30, 1.5 or 90m.")
    elif not 1 <= details.minutes <= DAY_MINUTES:
        wrong(
            "HO005",
            "minutes",
            f"{durations.sentence(details.minutes)} does not fit in one day.",
            "An entry is at least a minute and at most 24 hours.",
        )
    if details.began_at and days_hours.minute_of_day(details.began_at) is None:
        wrong("HO010", "began_at", "This is not a time of day.", "For example 09:30.")
    return findings + check_lengths(details, OffTheJobEntry)


def check_day(
    session: Session, details: HoursDetails, entry_id: UUID | None = None
) -> list[Finding]:
    """Return what does not go together with the other entries of that day.

    More than 24 hours on a day are refused, here as by ``log_hours``; overlapping times are worth
    a look.  *entry_id* is the entry that is being corrected.
    """
    if details.done_on is None or details.minutes is None:
        return []
    query = select(OffTheJobEntry.id, OffTheJobEntry.minutes, OffTheJobEntry.began_at).where(
        OffTheJobEntry.apprenticeship_id == details.apprenticeship_id,
        OffTheJobEntry.done_on == details.done_on,
    )
    others = [
        Stretch(minutes, began_at)
        for key, minutes, began_at in session.execute(query.order_by(OffTheJobEntry.began_at))
        if key != entry_id
    ]
    return [
        *days_hours.check_sum(
            details.done_on, details.minutes, sum(other.minutes for other in others)
        ),
        *days_hours.check_times(
            details.done_on, Stretch(details.minutes, details.began_at), others
        ),
    ]


def log_hours(
    session: Session, details: HoursDetails, source: str = "", *, even_if_finished: bool = False
) -> UUID:
    """Log one entry and return its key; ``check`` comes first.

    "Nothing this week" is taken away by it.  Raises Problem when the week is finished, unless
    *even_if_finished*, or when the day would have more than 24 hours.
    """
    _admit(session, _weeks_of(details), even_if_finished=even_if_finished)
    refuse(_too_much(check_day(session, details)))
    entry = OffTheJobEntry(source=source, **_values(details, host_stays(session)))
    session.add(entry)
    session.flush()
    return entry.id


def log_many(
    session: Session,
    entries: Iterable[tuple[HoursDetails, str]],
    *,
    even_if_finished: bool = False,
) -> int:
    """Log many entries, each with its source; return how many.

    The same is refused as by ``log_hours``, once all are read: the change must then end.
    """
    days: set[tuple[UUID, date]] = set()
    stays = host_stays(session)

    def rows() -> Iterator[dict[str, object]]:
        for details, source in entries:
            assert details.apprenticeship_id is not None  # the database would refuse both
            assert details.done_on is not None
            days.add((details.apprenticeship_id, details.done_on))
            yield {"source": source, **_values(details, stays)}

    count = insert_many(session, OffTheJobEntry, rows())
    _admit(session, {(key, monday_of(day)) for key, day in days}, even_if_finished=even_if_finished)
    _refuse_full_days(session, days)
    return count


def _values(details: HoursDetails, stays: HostStays) -> dict[str, object]:
    values = {name: getattr(details, name) for name in KEPT}
    return values | {"secondment_id": _host_of(details, stays)}


def _host_of(details: HoursDetails, stays: HostStays) -> UUID | None:
    """Return the secondment at whose host an entry was done, by its day; None at home."""
    theirs = stays.get(details.apprenticeship_id) if details.apprenticeship_id else None
    if theirs is None or details.done_on is None or details.where is Where.HOME:
        return None
    stay = stay_on(theirs, details.done_on)
    return None if stay is None else stay.id


def _weeks_of(*places: HoursDetails | OffTheJobEntry) -> set[tuple[UUID, date]]:
    return {
        (place.apprenticeship_id, monday_of(place.done_on))
        for place in places
        if place.apprenticeship_id is not None and place.done_on is not None
    }


def _admit(
    session: Session, wanted: Collection[tuple[UUID, date]], *, even_if_finished: bool
) -> None:
    """Let the entries of these weeks be changed, or raise Problem where one is finished."""
    if done := weeks.make_room(session, wanted, even_if_finished=even_if_finished):
        key, monday = min(done, key=lambda each: (each[1], each[0].hex))
        person: Any = session.execute(
            select(Apprentice.given_names, Apprentice.family_name)
            .join(Apprenticeship, Apprenticeship.apprentice_id == Apprentice.id)
            .where(Apprenticeship.id == key)
        ).one()
        more = f" So are {len(done) - 1:,} more." if len(done) > 1 else ""
        raise Problem(
            f"The week of {show_day(monday)} is finished for {called(*person)}.{more}",
            "Reopen the week first.",
        )


def _too_much(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is not Level.NOTE]


def _refuse_full_days(session: Session, days: Collection[tuple[UUID, date]]) -> None:
    """Raise Problem when one of *days* has more than 24 hours."""
    if not days:
        return
    first, last = min(day for _, day in days), max(day for _, day in days)
    total = func.sum(OffTheJobEntry.minutes)
    for lot in in_lots(dict.fromkeys(key for key, _ in days), KEYS_A_QUERY):
        found = session.execute(
            select(OffTheJobEntry.apprenticeship_id, OffTheJobEntry.done_on, total)
            .where(
                OffTheJobEntry.apprenticeship_id.in_(lot),
                OffTheJobEntry.done_on.between(first, last),
            )
            .group_by(OffTheJobEntry.apprenticeship_id, OffTheJobEntry.done_on)
            .having(total > DAY_MINUTES)
            .order_by(OffTheJobEntry.done_on, OffTheJobEntry.apprenticeship_id)
        )
        for key, day, minutes in found:
            if (key, day) in days:
                raise Problem(
                    f"{show_day(day)} would have {durations.sentence(int(minutes))} for one"
                    " apprentice; a day has 24 hours.",
                    "Check the day and the hours, and whether some of them are there already.",
                )


def correct_hours(
    session: Session,
    entry_id: UUID,
    details: HoursDetails,
    changed_in: int | None = None,
    *,
    even_if_finished: bool = False,
) -> None:
    """Replace an entry's details; nobody has verified it then, unless only KSBs or times changed.

    Raises Conflict when it is gone, or changed since the change *changed_in* that was read, and
    Problem as ``log_hours`` does, for the week that it was in too.
    """
    entry = session.get(OffTheJobEntry, entry_id)
    if entry is None:
        raise Conflict("This entry was removed meanwhile.", "Close the form.", mine=details)
    if changed_in is not None and entry.changed_in != changed_in:
        theirs = HoursDetails(
            **{name: getattr(entry, name) for name in KEPT},
            where=Where.HOME if entry.secondment_id is None else Where.HOST,
        )
        raise Conflict(
            "This entry was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=theirs,
            stamp=entry.changed_in,
        )
    _admit(session, _weeks_of(entry, details), even_if_finished=even_if_finished)
    if _takes_more(entry, details):
        refuse(_too_much(check_day(session, details, entry_id)))
    if any(getattr(entry, name) != getattr(details, name) for name in _VOUCHED_FOR):
        entry.verified_by, entry.verified_at = "", None
    if details.where is not None or _is_moved(entry, details):
        entry.secondment_id = _host_of(details, host_stays(session))
    for name in KEPT:
        setattr(entry, name, getattr(details, name))


def _is_moved(entry: OffTheJobEntry, details: HoursDetails) -> bool:
    """Whether it becomes an entry of another day or of somebody else."""
    return (entry.apprenticeship_id, entry.done_on) != (
        details.apprenticeship_id,
        details.done_on,
    )


def _takes_more(entry: OffTheJobEntry, details: HoursDetails) -> bool:
    """Whether a day is filled further: one that is too full already may be thinned out."""
    return _is_moved(entry, details) or (details.minutes or 0) > entry.minutes


def remove_hours(session: Session, entry_id: UUID, *, even_if_finished: bool = False) -> None:
    """Remove an entry with its evidence; who came to an event came all the same.

    Raises Conflict when it is gone already, Problem when its week is finished, unless
    *even_if_finished*.
    """
    entry = session.get(OffTheJobEntry, entry_id)
    if entry is None:
        raise Conflict("This entry was removed meanwhile.")
    _admit(session, _weeks_of(entry), even_if_finished=even_if_finished)
    remove_evidence_of(session, entry_id)
    forget_entry(session, entry_id)
    session.delete(entry)


def verify(session: Session, entry_ids: Collection[UUID], by: str, at: datetime) -> int:
    """Say that these entries are right; return how many nobody had verified yet.

    Who verified one first stays.  Raises Problem without a name, Conflict when one is gone.
    """
    if not by.strip():
        raise Problem("Say who verifies the hours.")
    entries = [each for each in _entries(session, entry_ids) if each.verified_at is None]
    for entry in entries:
        entry.verified_by, entry.verified_at = by.strip(), at
    session.flush()
    return len(entries)


def take_verification_back(session: Session, entry_ids: Collection[UUID]) -> int:
    """Say that nobody has verified these entries; return how many were.

    Raises Conflict when one is gone.
    """
    entries = [each for each in _entries(session, entry_ids) if each.verified_at is not None]
    for entry in entries:
        entry.verified_by, entry.verified_at = "", None
    session.flush()
    return len(entries)


def _entries(session: Session, entry_ids: Collection[UUID]) -> list[OffTheJobEntry]:
    wanted = dict.fromkeys(entry_ids)
    found: list[OffTheJobEntry] = []
    for lot in in_lots(wanted, KEYS_A_QUERY):
        found += session.scalars(select(OffTheJobEntry).where(OffTheJobEntry.id.in_(lot)))
    if len(found) < len(wanted):
        raise Conflict("Some of these entries were removed meanwhile.")
    return found


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
            OffTheJobEntry.verified_by, OffTheJobEntry.verified_at,
            OffTheJobEntry.secondment_id, Secondment.host, Secondment.host_name,
        )
        .join(Apprenticeship, Apprenticeship.id == OffTheJobEntry.apprenticeship_id)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(Secondment, Secondment.id == OffTheJobEntry.secondment_id)
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
    return tuple(HoursRow(row[0], row[1], called(row[2], row[3]), *row[4:]) for row in found)


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
            *(getattr(OffTheJobEntry, name) for name in KEPT),
        )
        .where(OffTheJobEntry.apprenticeship_id.in_(tuple(apprenticeship_ids)))
        .order_by(OffTheJobEntry.done_on, OffTheJobEntry.began_at, OffTheJobEntry.id)
    )  # fmt: skip
    return tuple(LoggedEntry(row[0], HoursDetails(*row[3:]), row[1], row[2]) for row in found)
