"""Learning plans: what an activity is, how a plan stands on a day, and moving it.

Hours to date are those of architecture section 8a: the minutes of activities due by the day,
dropped ones left out.  All amounts are whole minutes; today is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem

MOST_DAYS = 3_660
"""The most days that a plan is moved by, and that a template counts: ten years."""
_MOST_NAMED = 3


class DeliveredBy(StrEnum):
    """Who an activity of a learning plan is given by."""

    PROVIDER = "provider"
    EMPLOYER = "employer"
    PARTNER = "partner"


class ActivityStatus(StrEnum):
    """How far a planned activity has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY})
"""What is still to be done."""


@dataclass(frozen=True, slots=True)
class ActivityDetails:
    """What a form asks of an activity; how far it has come is said by keys, not in the form."""

    title: str = ""
    kind: Activity | None = None
    delivered_by: DeliveredBy | None = None
    starts_on: date | None = None
    due_on: date | None = None
    planned_minutes: int | None = None
    ksbs: str = ""
    is_mandatory: bool = False
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanActivityRow:
    """One activity of a learning plan as lists show it."""

    id: UUID
    apprenticeship_id: UUID
    title: str
    due_on: date | None
    planned_minutes: int
    ksbs: str
    is_mandatory: bool
    status: ActivityStatus
    kind: Activity | None = None
    delivered_by: DeliveredBy | None = None
    starts_on: date | None = None
    done_on: date | None = None
    link: str = ""
    note: str = ""
    changed_in: int = 0

    @property
    def details(self) -> ActivityDetails:
        """What its form edits."""
        return ActivityDetails(
            **{name: getattr(self, name) for name in ActivityDetails.__match_args__}
        )

    @property
    def first_on(self) -> date | None:
        """Its first day; the last where that alone is given."""
        return self.starts_on or self.due_on

    @property
    def last_on(self) -> date | None:
        """Its last day; the first where that alone is given."""
        return self.due_on or self.starts_on

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in OPEN

    @property
    def is_dropped(self) -> bool:
        """Whether it was left out of the plan."""
        return self.status is ActivityStatus.DROPPED

    def is_overdue(self, today: date) -> bool:
        """Whether it was due before *today* and is not done."""
        return self.is_open and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How a plan stands on a day; dropped activities are in *dropped* and in nothing else.

    *logged_minutes* are those that count.  *late* are open activities whose last day is after the
    planned end of training.
    """

    count: int
    dropped: int
    undated: int
    planned_minutes: int
    due: int
    due_minutes: int
    due_done: int
    done: int
    logged_minutes: int
    overdue: tuple[PlanActivityRow, ...]
    late: tuple[PlanActivityRow, ...]
    next: PlanActivityRow | None
    ends_on: date | None

    @property
    def against_plan_minutes(self) -> int | None:
        """Logged less planned to date; None while no activity has a last day."""
        return None if self.undated == self.count else self.logged_minutes - self.due_minutes

    @property
    def overdue_words(self) -> str:
        """What is overdue, in a sentence; "" where nothing is."""
        if not self.overdue:
            return ""
        minutes = sum(each.planned_minutes for each in self.overdue)
        named = _named(self.overdue, "due")
        if len(self.overdue) == 1:
            return f"1 activity is overdue, {sentence(minutes)}: {named}."
        return f"{len(self.overdue)} activities are overdue, {sentence(minutes)} together: {named}."

    @property
    def hours_words(self) -> str:
        """Planned to date against logged, in a sentence."""
        against = self.against_plan_minutes
        if against is None:
            return "No activity has a last day yet, so the plan does not say what is due by today."
        says = f"Planned to date {sentence(self.due_minutes)}, logged"
        says += f" {sentence(self.logged_minutes)}: "
        if not against:
            return says + "just as planned."
        return says + f"{sentence(abs(against))} {'ahead of' if against > 0 else 'below'} the plan."

    @property
    def activities_words(self) -> str:
        """How many of the activities due are done, and what comes next."""
        if not self.due:
            says = "Nothing is due yet."
        else:
            many = "1 activity" if self.due == 1 else f"{self.due} activities"
            says = f"Due by today: {many}, {self.due_done or 'none'} done."
        if self.next is not None:
            begins = self.next.starts_on
            day, word = (begins, "begins") if begins is not None else (self.next.due_on, "due")
            assert day is not None  # what comes next has a day
            says += f" Next: {self.next.title}, {word} {show_day(day)}."
        return says

    @property
    def late_words(self) -> str:
        """What is planned after the planned end of training; "" where nothing is."""
        if not self.late or self.ends_on is None:
            return ""
        many = len(self.late)
        says = f"{many} {'activity is' if many == 1 else 'activities are'} planned after the"
        return f"{says} planned end of training, {show_day(self.ends_on)}: {_named(self.late)}."

    @property
    def totals_words(self) -> str:
        """The line below the list: how many, how long, and how many of them are done."""
        many = "1 activity" if self.count == 1 else f"{self.count:,} activities"
        parts = [f"{many}, {sentence(self.planned_minutes)}", f"{self.done:,} done"]
        if self.undated:
            parts.append(f"{self.undated:,} without a last day")
        if self.dropped:
            parts.append(f"{self.dropped:,} dropped, not counted")
        return " · ".join(parts)


def progress(
    activities: Iterable[PlanActivityRow],
    today: date,
    logged_minutes: int = 0,
    ends_on: date | None = None,
) -> PlanProgress:
    """Return how a plan stands at the end of *today*."""
    every = tuple(activities)
    kept = sorted((each for each in every if not each.is_dropped), key=_by_day)
    due = [each for each in kept if each.due_on is not None and each.due_on <= today]
    ahead = [each for each in kept if each.is_open and (each.first_on or date.min) >= today]
    return PlanProgress(
        count=len(kept),
        dropped=len(every) - len(kept),
        undated=sum(each.due_on is None for each in kept),
        planned_minutes=sum(each.planned_minutes for each in kept),
        due=len(due),
        due_minutes=sum(each.planned_minutes for each in due),
        due_done=sum(each.status is ActivityStatus.DONE for each in due),
        done=sum(each.status is ActivityStatus.DONE for each in kept),
        logged_minutes=logged_minutes,
        overdue=tuple(each for each in kept if each.is_overdue(today)),
        late=()
        if ends_on is None
        else tuple(each for each in kept if each.is_open and (each.last_on or date.min) > ends_on),
        next=min(ahead, key=lambda each: (each.first_on or date.max, _by_day(each)), default=None),
        ends_on=ends_on,
    )


def _by_day(activity: PlanActivityRow) -> tuple[date, date, str]:
    return (activity.last_on or date.max, activity.first_on or date.max, activity.title.casefold())


def by_day(activities: Iterable[PlanActivityRow]) -> tuple[PlanActivityRow, ...]:
    """Return *activities* by their last day, those without any at the end."""
    return tuple(sorted(activities, key=_by_day))


def minutes_by_month(activities: Iterable[PlanActivityRow]) -> tuple[tuple[date, int], ...]:
    """Return the planned minutes by the month of the last day, as its first day, in order.

    Dropped activities and those without a day are left out.
    """
    found: dict[date, int] = {}
    for each in activities:
        if each.last_on is not None and not each.is_dropped:
            month = each.last_on.replace(day=1)
            found[month] = found.get(month, 0) + each.planned_minutes
    return tuple(sorted(found.items()))


def _named(activities: Sequence[PlanActivityRow], word: str = "") -> str:
    names = []
    for each in activities[:_MOST_NAMED]:
        day = each.last_on
        assert day is not None  # only what has a day is overdue or late
        names.append(f"{each.title} ({f'{word} {show_day(day)}'.strip()})")
    more = len(activities) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


# --- moving -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """One activity that moves: its days now, and after."""

    id: UUID
    title: str
    starts_on: date | None
    due_on: date | None
    new_starts_on: date | None
    new_due_on: date | None


def moved(
    activities: Iterable[PlanActivityRow], by: int, after: date | None = None
) -> tuple[Move, ...]:
    """Return how open activities move by *by* days, by their days; nothing is changed here.

    *after* is the first day of a break: what ends before it stays, and what had begun before it
    keeps its first day and ends later.  What is done, dropped or has no day never moves.  Raises
    Problem for more than ten years.
    """
    if abs(by) > MOST_DAYS:
        raise Problem(
            f"A plan cannot be moved by {abs(by):,} days.", "Ten years are the most; check the day."
        )
    step = timedelta(days=by)
    moves = []
    for each in by_day(activities):
        if not by or not _moves(each, after):
            continue
        starts, due = each.starts_on, each.due_on
        new_starts = starts
        if starts is not None and (after is None or starts >= after):
            new_starts = starts + step
        new_due = None if due is None else due + step
        if new_due is not None and new_starts is not None:
            new_due = max(new_due, new_starts)
        moves.append(Move(each.id, each.title, starts, due, new_starts, new_due))
    return tuple(moves)


def moved_in_words(count: int, by: int, after: date | None = None) -> str:
    """Return how many activities moved by how many days, and which, as it is told afterwards."""
    many = "1 activity" if count == 1 else f"{count:,} activities"
    days = "1 day" if abs(by) == 1 else f"{abs(by):,} days"
    which = "later" if by > 0 else "earlier"
    of = "" if after is None else f", of what ended on {show_day(after)} or after"
    return f"{many} moved {days} {which}{of}"


def days_to(
    activities: Iterable[PlanActivityRow], first_on: date, after: date | None = None
) -> int:
    """Return by how many days the plan moves so that what moves begins on *first_on*.

    It is 0 where nothing would move.
    """
    days = []
    for each in activities:
        if not _moves(each, after):
            continue
        starts = each.starts_on
        day = each.due_on if starts is not None and after is not None and starts < after else starts
        days.append(day or each.last_on or first_on)
    return (first_on - min(days, default=first_on)).days


def _moves(activity: PlanActivityRow, after: date | None) -> bool:
    last = activity.last_on
    return activity.is_open and last is not None and (after is None or last >= after)
