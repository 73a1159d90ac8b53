"""The apprentices of a sample desk: who they are, what they logged, their reviews and plans."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade
from apprentice_desk.records import apprentices, hours, learning, programmes, reviews
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.hours import HoursDetails


@dataclass(frozen=True, slots=True)
class _Activity:
    kind: Activity
    minutes: int
    what: str
    ksbs: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What ``resources/sample/activities.toml`` says the apprentices do, and in which months.

    A *plan* has such parts, title and KSBs, one every *plan_months*.
    """

    activities: tuple[_Activity, ...]
    notes: tuple[str, ...]
    rhythm: tuple[float, ...]
    plan: tuple[tuple[str, str], ...]
    plan_months: int

    @classmethod
    def load(cls) -> Learned:
        """Read the file."""
        done: dict[str, Any] = resources.load_toml("sample", "activities.toml")
        return cls(
            tuple(
                _Activity(Activity(entry["kind"]), entry["minutes"], entry["what"], entry["ksbs"])
                for entry in done["activity"]
            ),
            tuple(entry["note"] for entry in done["review"]),
            tuple(done["rhythm"]["months"]),
            tuple((part["title"], part["ksbs"]) for part in done["plan"]["parts"]),
            done["plan"]["months"],
        )


def monday(today: date) -> date:
    """Return the Monday of the week of *today*."""
    return today - timedelta(days=today.weekday())


def months_ago(today: date, months: int) -> date:
    """Return the first day of the month so many months before *today*'s."""
    return add_months(today.replace(day=1), -months)


def _is_away(day: date | None, entry: Mapping[str, Any], today: date) -> bool:
    """Return whether the apprentice of *entry* was on a break, since ended, on *day*."""
    if "break_months" not in entry or day is None:
        return False
    began = entry["break_began_months_ago"]
    return months_ago(today, began) <= day < months_ago(today, began - entry["break_months"])


def enrol(
    session: Session,
    entry: dict[str, Any],
    awarded: dict[str, tuple[UUID, UUID]],
    learned: Learned,
    chance: random.Random,
    today: date,
) -> UUID:
    """Enrol the apprentice of *entry* with breaks, hours, reviews and plan; return the key."""
    started_on = months_ago(today, entry["began_months_ago"])
    training_end_on = add_months(started_on, entry["months"]) - timedelta(days=1)
    assessment = entry.get("assessment_began_months_ago")
    ended = entry.get("ended_months_ago")
    contract_id, provider_id = awarded[entry["contract"]]
    apprenticeship_id = apprentices.enrol(
        session,
        ApprenticeDetails(
            given_names=entry["given_names"],
            family_name=entry["family_name"],
            uln=entry["uln"],
            born_on=add_months(started_on, -12 * entry["age"] - 5),
            email=f"{entry['given_names']}.{entry['family_name']}@example.org".lower(),
            standard_code=entry["standard"],
            standard_version=_version(entry["standard"]),
            employee_type=EmployeeType(entry["employee_type"]),
            training_started_on=started_on,
            training_planned_end_on=training_end_on,
            apprenticeship_planned_end_on=add_months(training_end_on, 3),
            gateway_planned_on=training_end_on,
            assessment_began_on=None if assessment is None else months_ago(today, assessment),
            ended_on=None if ended is None else months_ago(today, ended),
            outcome=Outcome(entry["outcome"]) if "outcome" in entry else None,
            grade=Grade(entry["grade"]) if "grade" in entry else None,
            leaving_reason=entry.get("leaving_reason"),
            destination=Destination(entry["destination"]) if "destination" in entry else None,
            provider_id=provider_id,
            contract_id=contract_id,
            agreed_price=Decimal(entry["price"]),
            funding_band_maximum=Decimal(entry["band"]),
            employer_percent=0,
            agreed_minutes=entry["agreed_hours"] * 60,
            weekly_minutes=entry["weekly_hours"] * 60,
            line_manager=entry["line_manager"],
        ),
        random_source=chance,
    )
    break_from = entry.get("break_began_months_ago")
    if break_from is not None:
        programmes.start_break(
            session, apprenticeship_id, months_ago(today, break_from), entry["break_reason"]
        )
        if "break_months" in entry:
            back_on = months_ago(today, break_from - entry["break_months"])
            programmes.resume(session, apprenticeship_id, back_on - timedelta(days=1))
    paused_from = None if "break_months" in entry else break_from
    last_on = min(
        today,
        training_end_on,
        months_ago(today, ended) if ended is not None else today,
        months_ago(today, paused_from) - timedelta(days=1) if paused_from is not None else today,
    )
    quiet_from = last_on - timedelta(weeks=entry.get("quiet_weeks", 0))
    weekly = entry["agreed_hours"] * 60 * entry["pace"] * 7 / (training_end_on - started_on).days
    hours.log_many(
        session,
        (
            (details, "")
            for details in _entries(
                apprenticeship_id, started_on, quiet_from, weekly, learned, chance
            )
            if not _is_away(details.done_on, entry, today)
        ),
    )
    misses = entry.get("misses_review", False)
    _hold_reviews(
        session, apprenticeship_id, started_on, last_on, today, learned, chance, misses=misses
    )
    if entry.get("has_plan", False):
        _plan(session, apprenticeship_id, started_on, entry, learned)
    return apprenticeship_id


def _plan(
    session: Session,
    apprenticeship_id: UUID,
    started_on: date,
    entry: Mapping[str, Any],
    learned: Learned,
) -> None:
    """Share the agreed hours out evenly over the parts of a learning plan."""
    count = entry["months"] // learned.plan_months
    minutes = entry["agreed_hours"] * 60 // count
    for number in range(count):
        title, ksbs = learned.plan[number % len(learned.plan)]
        due_on = add_months(started_on, (number + 1) * learned.plan_months) - timedelta(days=1)
        learning.plan_activity(session, apprenticeship_id, title, minutes, due_on, ksbs=ksbs)


def _version(code: str) -> str:
    for standard in resources.standards_list().standards:
        if standard.code == code:
            return standard.version
    raise Problem(f"The sample names {code}, which the catalogue does not have.")


def _entries(
    apprenticeship_id: UUID,
    first_on: date,
    last_on: date,
    weekly_minutes: float,
    learned: Learned,
    chance: random.Random,
) -> Iterator[HoursDetails]:
    """Yield entries on working days that come to so many minutes a week over a year."""
    day, owed = first_on, 0.0
    while day <= last_on:
        if day.weekday() < 5:
            owed += weekly_minutes / 5 * learned.rhythm[day.month - 1]
            activity = chance.choice(learned.activities)
            minutes = min(activity.minutes, 450)
            if owed >= minutes:
                owed -= minutes
                yield HoursDetails(
                    apprenticeship_id, day, minutes, activity.kind, True, activity.what,
                    activity.ksbs,
                )  # fmt: skip
        day += timedelta(days=1)


def _hold_reviews(
    session: Session,
    apprenticeship_id: UUID,
    started_on: date,
    last_on: date,
    today: date,
    learned: Learned,
    chance: random.Random,
    *,
    misses: bool,
) -> None:
    interval = resources.review_rules().interval_days(today)
    due_on = started_on + timedelta(days=interval - 7)
    while due_on <= last_on:
        review_id = reviews.schedule_review(session, apprenticeship_id, due_on)
        held_on = due_on + timedelta(days=chance.choice((-3, -1, 0, 0, 0, 6)))
        is_last = due_on + timedelta(days=interval - 7) > last_on
        if held_on <= today and not (misses and is_last):
            note = learned.notes[held_on.day % len(learned.notes)]
            reviews.hold_review(session, review_id, held_on, note)
        due_on += timedelta(days=interval - 7)
    if last_on == today:
        reviews.schedule_review(session, apprenticeship_id, due_on)
