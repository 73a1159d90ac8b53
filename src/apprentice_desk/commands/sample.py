"""The sample boroughs: desks of invented people, made from ``resources/sample``.

Days are counted back from the day that the sample is made, and every choice of chance is seeded,
so that the same day gives the same sample.  With them come the returns of a first programme, under
the names of real boroughs (see ``first_programme``).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.commands import desks, first_programme, returning, sample_lists
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import FinancialYear, Quarter, add_months
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    Characteristic,
    Destination,
    EmployeeType,
    EventKind,
    Grade,
    Regime,
    RoleFamily,
    Route,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    learning,
    network,
    organisation,
    programmes,
    providers,
    secondments,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.network import BarrierDetails, EventDetails
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.records.secondments import SecondmentDetails
from apprentice_desk.records.store import Store

SAMPLES = ("exampleton.toml", "sampleford.toml")


@dataclass(frozen=True, slots=True)
class _Activity:
    kind: Activity
    minutes: int
    what: str
    ksbs: str


def write(folder: str, today: date, prepared_at: datetime) -> int:
    """Write the sample into *folder* and say what is there."""
    if not folder.strip():
        raise Problem("No folder was named.", "Say where the sample is to be written: --to FOLDER")
    for path in write_sample(Path(folder), today, prepared_at):
        print(path)
    written = first_programme.write_returns(Path(folder) / "returns")
    for period, count in Counter(path.parent for path in written).items():
        print(f"{period}: {count} returns of the first programme")
    return 0


def make_sample_desk(location: Path, name: str, today: date) -> Store:
    """Make the sample desk that ``resources/sample/NAME`` describes, and open it."""
    sample: dict[str, Any] = resources.load_toml("sample", name)
    borough = desks.find_borough(sample["borough"])
    store = desks.make_desk(location, borough, sample["team"])
    with store.change("Fill the sample desk", is_final=True) as session:
        _fill(session, sample, today)
    return store


def write_sample(folder: Path, today: date, prepared_at: datetime) -> list[Path]:
    """Write sample desks, the first one's lists, and the desks' returns; return what was written.

    Raises Problem when the folder has desks in it already, or cannot be made.
    """
    try:
        for made in (folder / "lists", folder / "returns"):
            made.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"The folder “{folder}” cannot be made.", "Choose another place for the sample."
        ) from error
    written = []
    this_quarter = Quarter.containing(today)
    for name in SAMPLES:
        sample: dict[str, Any] = resources.load_toml("sample", name)
        location = folder / sample["desk"]
        if location.exists():
            raise Problem(f"{location.name} is in that folder already.", "Choose an empty folder.")
        store = make_sample_desk(location, name, today)
        try:
            written.append(location)
            if name == SAMPLES[0]:
                written += sample_lists.write_lists(folder / "lists", store, today)
            for quarter in (this_quarter.previous(), this_quarter):
                file = folder / "returns" / f"{sample['desk'].removesuffix('.desk')} {quarter}.xlsx"
                returning.export(
                    store,
                    quarter,
                    file,
                    prepared_at=prepared_at,
                    prepared_by="sample",
                    send_anyway=True,
                )
                written.append(file)
        finally:
            store.close()
    return written


def _fill(session: Session, sample: dict[str, Any], today: date) -> None:
    chance = random.Random(sample["borough"])  # noqa: S311 - a sample, not a secret
    done: dict[str, Any] = resources.load_toml("sample", "activities.toml")
    activities = [
        _Activity(Activity(entry["kind"]), entry["minutes"], entry["what"], entry["ksbs"])
        for entry in done["activity"]
    ]
    notes = [entry["note"] for entry in done["review"]]
    known = {
        entry["name"]: providers.add_provider(
            session, ProviderDetails(entry["name"], entry["ukprn"])
        )
        for entry in sample["provider"]
    }
    awarded = {
        entry["reference"]: (_award(session, entry, known, today), known[entry["provider"]])
        for entry in sample["contract"]
    }
    enrolled = {
        f"{entry['given_names']} {entry['family_name']}": _enrol(
            session, entry, awarded, activities, notes, chance, today
        )
        for entry in sample["apprentice"]
    }
    for entry in sample.get("pledge", ()):
        organisation.pledge(
            session,
            FinancialYear.containing(today).first_year,
            RoleFamily(entry["role_family"]),
            entry["pledged"],
        )
    for entry in sample["secondment"]:
        _second(session, entry, enrolled, chance, today)
    for entry in sample["total"]:
        organisation.set_total(
            session,
            Characteristic(entry["characteristic"]),
            entry["category"],
            entry["on_programme"],
            entry["started_in_year"],
        )
    for entry in sample["event"]:
        _record_event(session, entry, today)
    for entry in sample["barrier"]:
        network.note_barrier(
            session, BarrierDetails(**entry | {"category": BarrierCategory(entry["category"])})
        )


def _second(
    session: Session,
    entry: dict[str, Any],
    enrolled: Mapping[str, UUID],
    chance: random.Random,
    today: date,
) -> None:
    borough = organisation.organisation_row(session)

    def day(key: str) -> date | None:
        weeks = entry.get(f"{key}_in_weeks")
        return None if weeks is None else _monday(today) + timedelta(weeks=weeks)

    is_request = entry["kind"] == SecondmentKind.REQUEST
    ended_on = day("ended")
    secondments.second(
        session,
        SecondmentDetails(
            kind=SecondmentKind(entry["kind"]),
            apprenticeship_id=enrolled[entry["apprentice"]] if is_request else None,
            role_family=RoleFamily(entry["role_family"]) if "role_family" in entry else None,
            standard_code=entry.get("standard"),
            ksbs=entry["ksbs"],
            home=borough.code if is_request else None,
            host=entry["host"],
            earliest_start_on=day("earliest"),
            latest_start_on=day("latest"),
            weeks=entry["weeks"],
            pattern=WorkingPattern(entry["pattern"]) if "pattern" in entry else None,
            area=entry.get("area", ""),
            status=SecondmentStatus(entry["status"]),
            started_on=day("started"),
            ended_on=ended_on - timedelta(days=3) if ended_on else None,  # a Friday
        ),
        random_source=chance,
    )


def _record_event(session: Session, entry: dict[str, Any], today: date) -> None:
    network.record_event(
        session,
        EventDetails(
            name=entry["name"],
            held_on=_monday(today) - timedelta(weeks=entry["weeks_ago"]) + timedelta(days=2),
            kind=EventKind(entry["kind"]),
            attended=entry["attended"],
            counted_minutes=int(Decimal(entry["hours"]) * 60) if "hours" in entry else None,
        ),
    )


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _months_ago(today: date, months: int) -> date:
    return add_months(today.replace(day=1), -months)


def _award(session: Session, entry: dict[str, Any], known: dict[str, UUID], today: date) -> UUID:
    starts_on = _months_ago(today, entry["began_months_ago"])
    ends_on = add_months(starts_on, entry["months"]) - timedelta(days=1)
    extension = entry["extension_months"]
    contract_id = contracts.award(
        session,
        ContractDetails(
            reference=entry["reference"],
            title=entry["title"],
            provider_id=known[entry["provider"]],
            regime=Regime(entry["regime"]),
            route=Route(entry["route"]),
            framework=entry["framework"],
            standard_codes="; ".join(entry["standards"]),
            starts_on=starts_on,
            ends_on=ends_on,
            extension_to_on=add_months(ends_on, extension) if extension else None,
            notice_by_on=ends_on - timedelta(days=entry["notice_days"]),
            value_limit=Decimal(entry["value_limit"]),
            is_open_to_joint_buying=entry["is_open_to_joint_buying"],
        ),
    )
    contracts.pay(
        session,
        contract_id,
        max(starts_on, _months_ago(today, 1)),
        Decimal(entry["value_limit"]) / 8,
    )
    return contract_id


def _enrol(
    session: Session,
    entry: dict[str, Any],
    awarded: dict[str, tuple[UUID, UUID]],
    activities: Sequence[_Activity],
    notes: Sequence[str],
    chance: random.Random,
    today: date,
) -> UUID:
    started_on = _months_ago(today, entry["began_months_ago"])
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
            assessment_began_on=None if assessment is None else _months_ago(today, assessment),
            ended_on=None if ended is None else _months_ago(today, ended),
            outcome=Outcome(entry["outcome"]) if "outcome" in entry else None,
            grade=Grade(entry["grade"]) if "grade" in entry else None,
            leaving_reason=entry.get("leaving_reason"),
            destination=Destination(entry["destination"]) if "destination" in entry else None,
            provider_id=provider_id,
            contract_id=contract_id,
            agreed_price=Decimal(entry["price"]),
            funding_band_maximum=Decimal(entry["band"]),
            agreed_minutes=entry["agreed_hours"] * 60,
            weekly_minutes=entry["weekly_hours"] * 60,
            line_manager=entry["line_manager"],
        ),
        random_source=chance,
    )
    break_from = entry.get("break_began_months_ago")
    if break_from is not None:
        programmes.start_break(
            session, apprenticeship_id, _months_ago(today, break_from), entry["break_reason"]
        )
    last_on = min(
        today,
        training_end_on,
        _months_ago(today, ended) if ended is not None else today,
        _months_ago(today, break_from) - timedelta(days=1) if break_from is not None else today,
    )
    quiet_from = last_on - timedelta(weeks=entry.get("quiet_weeks", 0))
    weekly = entry["agreed_hours"] * 60 * entry["pace"] * 7 / (training_end_on - started_on).days
    hours.log_many(
        session,
        (
            (details, "")
            for details in _entries(
                apprenticeship_id, started_on, quiet_from, weekly, activities, chance
            )
        ),
    )
    _hold_reviews(session, apprenticeship_id, started_on, last_on, today, notes, chance)
    return apprenticeship_id


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
    activities: Sequence[_Activity],
    chance: random.Random,
) -> Iterator[HoursDetails]:
    """Yield entries on working days that keep to so many minutes a week."""
    day, owed = first_on, 0.0
    while day <= last_on:
        if day.weekday() < 5:
            owed += weekly_minutes / 5
            activity = chance.choice(activities)
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
    notes: Sequence[str],
    chance: random.Random,
) -> None:
    interval = resources.review_rules().interval_days(today)
    due_on = started_on + timedelta(days=interval - 7)
    while due_on <= last_on:
        review_id = learning.schedule_review(session, apprenticeship_id, due_on)
        held_on = due_on + timedelta(days=chance.choice((-3, -1, 0, 0, 0, 6)))
        if held_on <= today:
            learning.hold_review(session, review_id, held_on, notes[held_on.day % len(notes)])
        due_on += timedelta(days=interval - 7)
    if last_on == today:
        learning.schedule_review(session, apprenticeship_id, due_on)
