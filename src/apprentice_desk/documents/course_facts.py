"""What a desk knows of how an apprenticeship goes on: plan, hours, codes, reviews, days ahead.

For the training plan in short, the hand-over to another manager and the catch-up agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.documents.catch_up_weeks import facts_of_catch_up
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.people_facts import Person
from apprentice_desk.documents.procurement_facts import Facts, known
from apprentice_desk.documents.review_record_facts import actions_table
from apprentice_desk.domain import catching_up, ksb_codes, ksb_grid, wages
from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.catching_up import Case, CatchUp, Wanted
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.ksb_status import HOW_FAR, Voice
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.planning import PlanActivityRow, by_day, minutes_by_month
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.records.ksb_progress import standing
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.pay import pay_rates, wage_facts
from apprentice_desk.records.review_actions import ActionRow, action_rows
from apprentice_desk.records.review_meetings import MeetingRow, meeting_rows
from apprentice_desk.records.standard_versions import known_ksbs

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CourseSoFar:
    """What is read of one apprenticeship besides its own facts."""

    plan: tuple[PlanActivityRow, ...]
    ksbs: tuple[Ksb, ...]
    said: Mapping[str, Mapping[Voice, ksb_grid.Said]]
    meetings: tuple[MeetingRow, ...]
    actions: tuple[ActionRow, ...]
    pay_turns_ahead: bool
    catch_up: CatchUp | None = field(default=None)


def read_course(session: Session, person: Person) -> CourseSoFar:
    """Return what is read of how an apprenticeship goes on."""
    key, today = person.row.id, person.today
    plan = plan_rows(session, key)
    meetings = meeting_rows(session, [key]).get(key, ())
    ends_on = person.row.course.training_planned_end_on or today + _YEAR
    facts = wage_facts(person.row, pay_rates(session, [key]).get(key, ()))
    turns = wages.turns(facts, resources.wage_rules(), today, max(today, ends_on))
    return CourseSoFar(
        plan,
        known_ksbs(session, [key]).get(key, ()),
        standing(session, key, today),
        meetings,
        action_rows(session, key, only_open=True),
        bool(turns),  # not the days: one of them may be a birthday
        _catch_up(person, plan, meetings),
    )


def _catch_up(
    person: Person, plan: Iterable[PlanActivityRow], meetings: Iterable[MeetingRow]
) -> CatchUp | None:
    """Return what recovers by the planned end of training; None where that cannot be said."""
    row, today = person.row, person.today
    required, by = row.figures.required_minutes, row.course.training_planned_end_on
    week = row.facts.weekly_minutes_on(today) or row.weekly_minutes
    if required is None or week is None or by is None:
        return None
    case = Case(
        row.facts,
        required,
        week,
        today,
        resources.bank_holidays(),
        tuple(
            (each.due_on, each.planned_minutes)
            for each in plan
            if each.due_on is not None and not each.is_dropped
        ),
        frozenset(
            each.due_on for each in meetings if each.due_on is not None and each.held_on is None
        ),
    )
    wanted = Wanted(by=by)
    if catching_up.check(case, wanted):
        return None
    try:
        found = catching_up.catch_up(case, wanted)
    except Problem:
        return None
    return found if isinstance(found, CatchUp) else None


def facts_of_course(person: Person, found: CourseSoFar) -> Facts:
    """Return what papers on how an apprenticeship goes on are told."""
    figures = person.row.figures
    behind = figures.against_plan_minutes
    facts = known(
        {
            "as_at_on": person.today,
            "hours_standing": _hours(person),
            "plan_table": _plan(found.plan),
            "plan_by_month": _by_month(found.plan),
            "ksbs_listed": tuple(f"{each.code}: {each.words}" for each in found.ksbs),
            "ksbs_standing": _ksbs(found),
            "open_actions": actions_table(found.actions),
            "reviews_ahead": _reviews(person, found.meetings),
            "breaks_table": _breaks(person),
            "pay_turns_ahead": found.pay_turns_ahead,
            "behind_by": sentence(-behind) if behind is not None and behind < 0 else None,
            "is_behind": None if behind is None else behind < 0,
        }
    )
    if found.catch_up is None:
        return facts
    reviews = (
        each.due_on for each in found.meetings if each.held_on is None and each.due_on is not None
    )
    return facts | facts_of_catch_up(found.catch_up, reviews)


def _hours(person: Person) -> TableValue:
    figures = person.row.figures
    rows = (
        ("Recorded since the start", sentence(figures.logged_minutes)),
        ("Planned to this day", _or_not_known(figures.planned_to_date_minutes)),
        ("Required in all", _or_not_known(figures.required_minutes)),
    )
    return TableValue(("Off-the-job training", "Hours"), rows, right=frozenset({1}))


def _or_not_known(minutes: int | None) -> str:
    return "not known" if minutes is None else sentence(minutes)


def _plan(plan: Iterable[PlanActivityRow]) -> TableValue | None:
    rows = tuple(
        (
            each.title,
            "" if each.delivered_by is None else each.delivered_by.capitalize(),
            "no day yet" if each.last_on is None else show_day(each.last_on),
            each.ksbs,
            sentence(each.planned_minutes),
        )
        for each in by_day(plan)
        if not each.is_dropped
    )
    if not rows:
        return None
    return TableValue(
        ("Activity", "Given by", "Last day", "Codes", "Hours"), rows, right=frozenset({4})
    )


def _by_month(plan: Iterable[PlanActivityRow]) -> TableValue | None:
    rows = tuple(
        (f"{MONTHS[month.month - 1]} {month.year}", sentence(minutes))
        for month, minutes in minutes_by_month(plan)
    )
    return TableValue(("Month", "Hours planned"), rows, right=frozenset({1})) if rows else None


def _ksbs(found: CourseSoFar) -> TableValue | None:
    if not found.said:
        return None
    codes = dict.fromkeys((*(each.code for each in found.ksbs), *found.said))
    by_status = {
        status: [code for code in codes if ksb_grid.least_far(found.said.get(code, {})) is status]
        for status in HOW_FAR
    }
    rows = tuple(
        (status.capitalize(), ksb_codes.write(some), str(len(some)))
        for status, some in by_status.items()
        if some
    )
    return TableValue(("How far", "Which", "How many"), rows, right=frozenset({2}))


def _reviews(person: Person, meetings: Iterable[MeetingRow]) -> TableValue | None:
    row, today = person.row, person.today
    rows = [] if row.last_review_on is None else [("Last held", show_day(row.last_review_on))]
    rows += [
        ("Planned", show_day(each.due_on))
        for each in meetings
        if each.held_on is None and each.due_on is not None and each.due_on >= today
    ]
    interval = resources.review_rules().interval_days(today)
    due_by = review_due_by(row.course, row.last_review_on, interval)
    if due_by is not None and not row.status.is_ended:
        rows.append(("The next is due by", show_day(due_by)))
    return TableValue(("Progress review", "Day"), tuple(rows)) if rows else None


def _breaks(person: Person) -> TableValue | None:
    rows = tuple(
        (show_day(each.first), "still going on" if each.last is None else show_day(each.last))
        for each in person.row.course.breaks
    )
    return TableValue(("From", "To"), rows) if rows else None
