"""What was said of a week of one apprenticeship: that there was nothing, or that it is finished.

A week is known by its Monday.  There is at most one record for each apprenticeship and week, and
none while nothing was said.  Whatever logs, corrects or removes an entry asks here first
(``hours``): a finished week is left alone, and "nothing this week" goes with the first entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.entries import OffTheJobEntry

WEEK = timedelta(days=7)
_SUMMER_TIME = timedelta(hours=1)  # a summer's Monday begins at eleven on Sunday night, UTC


class HoursWeek(Kept):
    """What was said of one week of one apprenticeship."""

    __tablename__ = "hours_week"
    __table_args__ = (UniqueConstraint("monday", "apprenticeship_id"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    monday: Mapped[date]
    is_nothing: Mapped[bool] = mapped_column(default=False)
    """Nothing was done off the job, which is an answer: a blank week has none."""
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str] = mapped_column(String(200), default="")


@dataclass(frozen=True, slots=True)
class WeekRow:
    """What was said of one week."""

    apprenticeship_id: UUID
    monday: date
    is_nothing: bool
    finished_at: datetime | None
    finished_by: str

    @property
    def is_finished(self) -> bool:
        """Whether its entries are to stay as they are."""
        return self.finished_at is not None


def say_nothing(session: Session, apprenticeship_id: UUID, monday: date) -> None:
    """Say that nothing was done off the job in the week of *monday*; said twice changes nothing.

    Raises Problem when the week is finished or has entries.
    """
    week = _open_week(session, apprenticeship_id, monday)
    entry = OffTheJobEntry
    logged = select(entry.id).where(
        entry.apprenticeship_id == apprenticeship_id,
        entry.done_on.between(monday, monday + WEEK - timedelta(days=1)),
    )
    if session.scalars(logged.limit(1)).first() is not None:
        raise Problem(
            f"There are hours in the week of {show_day(monday)} already.",
            "Remove them first if there was nothing.",
        )
    if week is None:
        week = HoursWeek(apprenticeship_id=apprenticeship_id, monday=monday)
        session.add(week)
    week.is_nothing = True
    session.flush()


def take_nothing_back(session: Session, apprenticeship_id: UUID, monday: date) -> None:
    """Leave the week of *monday* blank again.

    Raises Conflict when nobody said so, Problem when the week is finished.
    """
    week = _open_week(session, apprenticeship_id, monday)
    if week is None:
        raise Conflict(f"The week of {show_day(monday)} is blank already.")
    session.delete(week)
    session.flush()


def finish_week(
    session: Session, apprenticeship_ids: Collection[UUID], monday: date, by: str, at: datetime
) -> int:
    """Say that these apprenticeships' week of *monday* is finished; return how many were not yet.

    Raises Problem without a name, or when the week has not begun.
    """
    _check_monday(monday)
    if not by.strip():
        raise Problem("Say who finishes the week.")
    if (at + _SUMMER_TIME).date() < monday:
        raise Problem(f"The week of {show_day(monday)} has not begun.")
    there = {each.apprenticeship_id: each for each in _said(session, apprenticeship_ids, monday)}
    count = 0
    for key in dict.fromkeys(apprenticeship_ids):
        week = there.get(key)
        if week is None:
            week = HoursWeek(apprenticeship_id=key, monday=monday)
            session.add(week)
        if week.finished_at is None:
            week.finished_at, week.finished_by = at, by.strip()
            count += 1
    session.flush()
    return count


def reopen_week(session: Session, apprenticeship_ids: Collection[UUID], monday: date) -> int:
    """Let these apprenticeships' week of *monday* be changed again; return how many were finished.

    That there was nothing in it stays said.
    """
    _check_monday(monday)
    count = 0
    for week in _said(session, apprenticeship_ids, monday):
        if week.finished_at is None:
            continue
        count += 1
        if week.is_nothing:
            week.finished_at, week.finished_by = None, ""
        else:
            session.delete(week)
    session.flush()
    return count


def forget_weeks(session: Session, apprenticeship_ids: Collection[UUID]) -> None:
    """Forget what was said of the weeks of apprenticeships that are being removed."""
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        for week in session.scalars(
            select(HoursWeek).where(HoursWeek.apprenticeship_id.in_(lot))
        ).all():
            session.delete(week)
    session.flush()


def make_room(
    session: Session, weeks: Iterable[tuple[UUID, date]], *, even_if_finished: bool = False
) -> frozenset[tuple[UUID, date]]:
    """Take "nothing this week" away from *weeks*, in which entries are being logged.

    Where some of them (apprenticeship and Monday) are finished, these are returned and nothing is
    changed, unless *even_if_finished*.
    """
    found = _records(session, weeks)
    finished = frozenset(
        (week.apprenticeship_id, week.monday) for week in found if week.finished_at is not None
    )
    if finished and not even_if_finished:
        return finished
    for week in found:
        if week.finished_at is None:
            session.delete(week)
        else:
            week.is_nothing = False
    if found:
        session.flush()
    return frozenset()


def week_rows(session: Session, first_monday: date, last_monday: date) -> tuple[WeekRow, ...]:
    """Return what was said of everybody's weeks from one Monday to another, both included."""
    found = session.execute(
        select(
            HoursWeek.apprenticeship_id, HoursWeek.monday, HoursWeek.is_nothing,
            HoursWeek.finished_at, HoursWeek.finished_by,
        )
        .where(HoursWeek.monday.between(first_monday, last_monday))
        .order_by(HoursWeek.monday, HoursWeek.apprenticeship_id)
    )  # fmt: skip
    return tuple(WeekRow(*row) for row in found)


def _records(session: Session, weeks: Iterable[tuple[UUID, date]]) -> list[HoursWeek]:
    wanted: dict[UUID, set[date]] = defaultdict(set)
    for key, monday in weeks:
        wanted[key].add(monday)
    if not wanted:
        return []
    mondays = set().union(*wanted.values())
    found: list[HoursWeek] = []
    for lot in in_lots(wanted, KEYS_A_QUERY):
        found += session.scalars(
            select(HoursWeek).where(
                HoursWeek.monday.between(min(mondays), max(mondays)),
                HoursWeek.apprenticeship_id.in_(lot),
            )
        )
    return [week for week in found if week.monday in wanted[week.apprenticeship_id]]


def _said(session: Session, keys: Iterable[UUID], monday: date) -> list[HoursWeek]:
    return _records(session, ((key, monday) for key in keys))


def _open_week(session: Session, apprenticeship_id: UUID, monday: date) -> HoursWeek | None:
    _check_monday(monday)
    week = next(iter(_said(session, [apprenticeship_id], monday)), None)
    if week is not None and week.finished_at is not None:
        raise Problem(f"The week of {show_day(monday)} is finished.", "Reopen the week first.")
    return week


def _check_monday(monday: date) -> None:
    if monday != monday_of(monday):
        raise ValueError(f"A week is named by its Monday, not by {monday:%A}.")
