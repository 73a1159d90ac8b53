"""One week of everybody's entries, with what was said of the week and who is with a host.

Three queries whatever the size: the entries are looked up for each apprenticeship in the index that
the totals use, so that a week takes as long on a desk of ten years as on a new one.  Who the
people are and what they need stands in ``standing.apprentice_rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_days import HostStay, stay_on
from apprentice_desk.records.host_stays import HostStays, host_stays
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.weeks import WEEK, WeekRow, week_rows


def _as_given(value: Any) -> Any:
    return value


def _hex_of(key: UUID) -> str:
    return key.hex


_ACTIVITIES = {activity.value: activity for activity in Activity}


class DayEntry(NamedTuple):
    """One entry as a cell of the grid and its details show it.

    Not a dataclass as other rows are: thousands are made at each turn of a page, and a frozen
    dataclass takes five times as long to make.
    """

    id_hex: str
    """Its key in hexadecimal: of thousands of cells a page asks for the key of one."""
    apprenticeship_id: UUID
    done_on: date
    minutes: int
    activity: Activity
    counts: bool
    what: str
    ksbs: str
    began_at: str
    source: str
    verified_by: str
    verified_at: datetime | None
    changed_in: int
    evidence: int
    """How many pieces of evidence it has."""
    is_at_host: bool = False
    """Whether it was done with the host of a secondment."""

    @property
    def id(self) -> UUID:
        """Its key."""
        return UUID(self.id_hex)

    @property
    def details(self) -> HoursDetails:
        """What the form edits."""
        return HoursDetails(
            self.apprenticeship_id, self.done_on, self.minutes, self.activity, self.counts,
            self.what, self.ksbs, self.began_at,
        )  # fmt: skip


_WHOSE, _DAY_OF = attrgetter("apprenticeship_id"), attrgetter("done_on")


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """A week: its entries by apprenticeship and day, and what was said of it by apprenticeship.

    Who has neither entries nor anything said is in neither.  *stays* are those with a host in it.
    """

    monday: date
    entries: Mapping[UUID, Mapping[date, tuple[DayEntry, ...]]]
    said: Mapping[UUID, WeekRow]
    stays: HostStays = field(default_factory=dict)

    def with_host(self, apprenticeship_id: UUID, day: date) -> HostStay | None:
        """The stay with a host that somebody spends a day on; None at home."""
        return stay_on(self.stays.get(apprenticeship_id, ()), day)

    def on(self, apprenticeship_id: UUID, day: date) -> tuple[DayEntry, ...]:
        """The entries of one cell, by start time."""
        return self.entries.get(apprenticeship_id, {}).get(day, ())


def week_grid(
    session: Session,
    monday: date,
    as_at: date,
    apprenticeship_ids: Collection[UUID] | None = None,
) -> WeekGrid:
    """Return the week of *monday* as far as *as_at*: everybody's, or that of these people."""
    if monday != monday_of(monday):
        raise ValueError(f"A week is named by its Monday, not by {monday:%A}.")
    last = min(monday + WEEK - timedelta(days=1), as_at)
    found = entries_between(session, monday, last, apprenticeship_ids)
    return WeekGrid(
        monday,
        {
            whose: {day: tuple(cell) for day, cell in groupby(of_one, _DAY_OF)}
            for whose, of_one in groupby(found, _WHOSE)
        },
        {
            row.apprenticeship_id: row
            for row in week_rows(session, monday, monday)
            if apprenticeship_ids is None or row.apprenticeship_id in apprenticeship_ids
        },
        host_stays(session, apprenticeship_ids),
    )


def entries_between(
    session: Session,
    first: date,
    last: date,
    apprenticeship_ids: Collection[UUID] | None = None,
) -> tuple[DayEntry, ...]:
    """Return the entries from *first* to *last*: everybody's, or of these people.

    They come person by person, each by day and start time.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"  # where it all is text
    values: dict[str, Any] = {"first": first, "last": last}
    if is_sqlite:
        values = {"first": first.isoformat(), "last": last.isoformat()}
    query = text(statement(is_of_all=apprenticeship_ids is None))
    if apprenticeship_ids is not None:
        values["keys"] = list(apprenticeship_ids)
        query = query.bindparams(bindparam("keys", type_=Uuid(), expanding=True))
    return _typed(session.execute(query, values).all(), is_text=is_sqlite)


def statement(*, is_of_all: bool) -> str:
    """Return the query of ``entries_between``, in words that SQLite and PostgreSQL share.

    By apprenticeship even where it is everybody's: SQLite would else go over every entry there is.
    """
    whose = "(SELECT id FROM apprenticeship)" if is_of_all else ":keys"
    return (
        "SELECT e.id, e.apprenticeship_id, e.done_on, e.minutes, e.activity, e.counts, e.what,"  # noqa: S608 - ours
        " e.ksbs, e.began_at, e.source, e.verified_by, e.verified_at, e.changed_in,"
        " (SELECT count(*) FROM evidence v WHERE v.entry_id = e.id) AS evidence,"
        " e.secondment_id"
        f" FROM off_the_job_entry e WHERE e.apprenticeship_id IN {whose}"
        " AND e.done_on BETWEEN :first AND :last"
        " ORDER BY e.apprenticeship_id, e.done_on, e.began_at, e.changed_in, e.id"
    )


def _typed(found: Iterable[Any], *, is_text: bool) -> tuple[DayEntry, ...]:
    """Type the rows by hand: a page reads a week at every turn, and so it takes half as long."""
    key_of: Callable[[Any], str] = _as_given if is_text else _hex_of
    whose_of: Callable[[Any], UUID] = cache(UUID) if is_text else _as_given
    day_of: Callable[[Any], date] = cache(date.fromisoformat) if is_text else _as_given
    instant = cache(datetime.fromisoformat)
    return tuple(
        DayEntry._make((
            key_of(key), whose_of(whose), day_of(done_on), minutes, _ACTIVITIES[activity],
            bool(counts), what, ksbs, began_at, source, verified_by,
            instant(verified_at) if verified_at else None, changed_in, evidence,
            host is not None,
        ))
        for (
            key, whose, done_on, minutes, activity, counts, what, ksbs, began_at, source,
            verified_by, verified_at, changed_in, evidence, host,
        ) in found
    )  # fmt: skip
