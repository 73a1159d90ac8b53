"""What apprentices need: hours behind plan, progress reviews, facts that are missing.

A person here is anything with the figures of one apprenticeship; records give such rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, Status, break_days
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.needs import (
    Need,
    NeedKind,
    NeedRules,
    Target,
    Urgency,
    counted,
    listed,
)
from apprentice_desk.domain.off_the_job import Figures, HoursStatus


class Person(Protocol):
    """One apprenticeship as it stands on the day."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def name(self) -> str:
        """The apprentice's name."""

    @property
    def line_manager(self) -> str:
        """Who manages them, as it is written."""

    @property
    def status(self) -> Status:
        """Where it stands."""

    @property
    def course(self) -> Course:
        """Its dated facts."""

    @property
    def figures(self) -> Figures:
        """Its hours on the day."""

    @property
    def standard_code(self) -> str | None:
        """What is learnt; None or "" where not known."""

    @property
    def provider_id(self) -> UUID | None:
        """Who trains them."""

    @property
    def last_review_on(self) -> date | None:
        """The day of the last review held."""


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A review that is planned and not held: its key and its day."""

    id: UUID
    due_on: date


REVIEWS = "reviews"
"""The part of a record that holds reviews and their actions."""


@dataclass(frozen=True, slots=True)
class LateAction:
    """An action of a review that was to be done by a day that is past."""

    id: UUID
    what: str
    owner: str
    due_on: date


def is_theirs(person: Person, manager: str) -> bool:
    """Return whether *manager*, as somebody writes their own name, manages the person."""
    return bool(manager.strip()) and _plain(person.line_manager) == _plain(manager)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


# --- hours ----------------------------------------------------------------------------------------

_A_YEAR_OF_WEEKS = 52

_HOURS_URGENCY = {HoursStatus.BEHIND: Urgency.NOW, HoursStatus.SLIPPING: Urgency.SOON}


def hours_needs(people: Iterable[Person]) -> list[Need]:
    """Return a line for each person who is behind or slipping, and why."""
    return [
        Need(
            key=f"hours:{person.id.hex}",
            kind=NeedKind.HOURS,
            urgency=_HOURS_URGENCY[person.figures.status],
            what=_behind_what(person),
            why=_behind_why(person.figures, person.course),
            action="See forecast",
            target=Target("apprentices", person.id),
            weight=_below(person.figures),
            rank=-_below(person.figures),
        )
        for person in people
        if person.figures.status in _HOURS_URGENCY
    ]


def _below(figures: Figures) -> int:
    """The minutes below plan; 0 for somebody who is on plan but too slow."""
    return max(-(figures.against_plan_minutes or 0), 0)


def _behind_what(person: Person) -> str:
    below = _below(person.figures)
    if below:
        return f"{person.name} is {sentence(below)} behind plan"
    return f"{person.name} is too slow to finish in time"


def _behind_why(figures: Figures, course: Course) -> str:
    """Say what comes of it where that is known, else what the figures say.

    The first clause of the figures' own sentence is how far below plan, which the line says.
    """
    clauses = figures.why.split("; ")[1:]
    # A month elsewhere is no gap, so that where somebody is stands beside what is not logged.
    quiet = [clause for clause in clauses if clause.startswith(("nothing logged", "with "))]
    end, weeks = course.training_planned_end_on, math.ceil(figures.weeks_late or 0)
    if weeks and end is not None:
        late = counted(weeks, "week") if weeks <= _A_YEAR_OF_WEEKS else "over a year"
        come = f"at this pace the end comes {late} after the planned end"
        clauses = [*quiet, f"{come}, {show_day(end)}"]
    return _sentence(clauses) or figures.why


def _sentence(clauses: list[str]) -> str:
    joined = "; ".join(clauses)
    return joined[:1].upper() + joined[1:]


# --- reviews --------------------------------------------------------------------------------------


def review_due_by(course: Course, last_on: date | None, interval_days: int) -> date | None:
    """Return the last day for the next review; None while the start is not known.

    It is *interval_days* after the last review, or after the start without one; days on a break
    are not counted.  None too where a break begins before it of which nobody knows the end.
    """
    since = last_on or course.training_started_on
    if since is None:
        return None
    due = since + timedelta(days=interval_days)
    tomorrow = since + timedelta(days=1)
    # Each break that the day is moved past may bring another one before it.
    while (later := _moved(course, since, tomorrow, due, interval_days)) != due:
        due = later
        if course.ended_on is None and any(
            pause.last is None and pause.first <= due for pause in course.breaks
        ):
            return None
    return due


def _moved(course: Course, since: date, first: date, last: date, days: int) -> date:
    return since + timedelta(days=days + break_days(course, first, last))


def review_needs(
    people: Iterable[Person],
    planned: Mapping[UUID, PlannedReview],
    today: date,
    interval_days: int,
    rules: NeedRules,
    whose: str = "",
) -> list[Need]:
    """Return a line for each person in training whose review is overdue or falls due soon.

    One whose planned day is past and who has none recorded is named too.  *planned* is the first
    review of each apprenticeship that is not held.  Of several people overdue with none recorded
    and none planned one line tells, as of a list that has just come in: nobody knows whether they
    are late.  *whose* tells the lines of one manager's people from those of everybody.
    """
    needs = []
    unknown: list[tuple[date, Person]] = []
    for person in people:
        if person.status is not Status.LIVE:
            continue
        due = review_due_by(person.course, person.last_review_on, interval_days)
        if due is None:
            continue
        plan = planned.get(person.id)
        late = (today - due).days
        is_missed = plan is not None and plan.due_on < today
        if late > 0 and plan is None and person.last_review_on is None:
            unknown.append((due, person))
        if late > 0:
            what = f"Progress review for {person.name} is {counted(late, 'day')} overdue"
        elif is_missed and plan is not None:
            what = f"Progress review for {person.name} was planned for {show_day(plan.due_on)}"
        elif -late <= rules.review_days:
            what = f"Progress review for {person.name} is due by {show_day(due)}"
        else:
            continue
        needs.append(
            Need(
                key=f"review:{person.id.hex}",
                kind=NeedKind.REVIEW,
                urgency=_review_urgency(late, rules, is_missed=is_missed),
                what=what,
                why=_review_why(person, plan, today, interval_days, due),
                action="Open review" if plan else "Plan review",
                target=Target(
                    "apprentices", person.id, part=REVIEWS, item_id=plan.id if plan else None
                ),
                rank=due.toordinal(),
            )
        )
    if len(unknown) < _TOLD_TOGETHER:
        return needs
    keys = {f"review:{person.id.hex}" for _, person in unknown}
    together = _unrecorded(unknown, today, interval_days, rules, whose)
    return [together, *(need for need in needs if need.key not in keys)]


_TOLD_TOGETHER = 4
"""From so many people on without any review recorded one line tells of them all."""

_NAMED = 8


def _unrecorded(
    unknown: list[tuple[date, Person]], today: date, interval: int, rules: NeedRules, whose: str
) -> Need:
    """Return the line of all whose reviews are not recorded, the longest in training first."""
    unknown = sorted(unknown, key=lambda each: (each[0], each[1].name.casefold()))
    first = unknown[0][0]
    return Need(
        key="review:unrecorded" + (f":{_plain(whose)}" if whose else ""),
        kind=NeedKind.REVIEW,
        urgency=_review_urgency((today - first).days, rules, is_missed=False),
        what=f"No progress review is recorded for {counted(len(unknown), 'apprentice')}",
        why=f"{listed([person.name for _, person in unknown], _NAMED)}. One is due at least every"
        f" {often(interval)}; record the last of each, or plan the next",
        action="Record reviews",
        target=Target("reviews"),
        weight=len(unknown),
        rank=first.toordinal(),
    )


def often(interval: int) -> str:
    """Return an interval of days in words, in weeks where it is of whole ones."""
    weeks, rest = divmod(interval, 7)
    return counted(interval, "day") if rest else counted(weeks, "week")


def _review_urgency(late: int, rules: NeedRules, *, is_missed: bool) -> Urgency:
    if late >= rules.review_urgent_days:
        return Urgency.NOW
    return Urgency.SOON if is_missed or -late <= rules.review_soon_days else Urgency.LATER


def _review_why(
    person: Person, plan: PlannedReview | None, today: date, interval: int, due: date
) -> str:
    if person.last_review_on is not None:
        last = f"Last held {show_day(person.last_review_on)}"
    else:
        last = "None is recorded yet"
    if plan is None:
        planned = "none is planned"
    elif plan.due_on < today:
        planned = f"the one planned for {show_day(plan.due_on)} is not recorded as held"
    else:
        planned = f"the next is planned for {show_day(plan.due_on)}"
    return f"{last}; {planned}; one is due at least every {often(interval)}, so by {show_day(due)}"


# --- actions --------------------------------------------------------------------------------------


def action_needs(
    people: Iterable[Person],
    overdue: Mapping[UUID, Sequence[LateAction]],
    today: date,
    rules: NeedRules,
) -> list[Need]:
    """Return a line for each person with actions that are overdue, by apprenticeship in *overdue*.

    Those of somebody who has ended need nobody.
    """
    needs = []
    for person in people:
        late = sorted(overdue.get(person.id, ()), key=lambda each: each.due_on)
        if not late or person.status.is_ended:
            continue
        days = (today - late[0].due_on).days
        what = "A review action" if len(late) == 1 else f"{len(late):,} review actions"
        each_why = [
            f"“{each.what}”{f', {each.owner}' if each.owner else ''}, by {show_day(each.due_on)}"
            for each in late
        ]
        needs.append(
            Need(
                key=f"action:{person.id.hex}",
                kind=NeedKind.ACTION,
                urgency=Urgency.NOW if days >= rules.action_urgent_days else Urgency.SOON,
                what=f"{what} for {person.name} {'is' if len(late) == 1 else 'are'}"
                f" {counted(days, 'day')} overdue",
                why=listed(each_why),
                action="Open actions",
                target=Target("apprentices", person.id, part=REVIEWS, item_id=late[0].id),
                weight=len(late),
                rank=late[0].due_on.toordinal(),
            )
        )
    return needs


# --- missing facts --------------------------------------------------------------------------------

_MISSING: tuple[tuple[str, str, str], ...] = (
    ("training_started_on", "Start", "Hours and reviews are counted from it"),
    ("training_planned_end_on", "Planned end", "Without it there is no plan to measure by"),
    ("agreed_minutes", "Agreed hours", "They are what the training plan is measured by"),
    ("standard_code", "Standard", "Level and kind of role in the return come from it"),
    ("provider_id", "Provider", "Nobody can say who trains them"),
    ("line_manager", "Line manager", "Nobody is asked about them"),
)
"""Each field that should be known, what it is called, and why it matters."""


def _lacks(person: Person, field: str) -> bool:
    match field:
        case "training_started_on" | "training_planned_end_on":
            return getattr(person.course, field) is None
        case "agreed_minutes":
            return person.figures.agreed_minutes is None
        case _:
            return not getattr(person, field)


def missing_needs(people: Iterable[Person], whose: str = "") -> list[Need]:
    """Return a line for each fact that is not known of somebody who has not ended.

    *whose* tells the lines of one manager's people from those of everybody, so that putting off
    the one leaves the other.
    """
    going_on = [person for person in people if not person.status.is_ended]
    needs = []
    for place, (field, called, matters) in enumerate(_MISSING):
        lacking = [person for person in going_on if _lacks(person, field)]
        if not lacking:
            continue
        names = [person.name for person in lacking]
        is_one = len(lacking) == 1
        needs.append(
            Need(
                key=f"missing:{field}" + (f":{_plain(whose)}" if whose else ""),
                kind=NeedKind.MISSING,
                urgency=Urgency.LATER,
                what=f"{called} missing for {counted(len(lacking), 'apprentice')}",
                why=f"{listed(names)}. {matters}",
                action="Enter it" if is_one else "Enter the first",
                target=Target("apprentices", lacking[0].id, field),
                weight=len(lacking),
                rank=place,
            )
        )
    return needs
