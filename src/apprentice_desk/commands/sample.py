"""The sample boroughs: desks of invented people, made from ``resources/sample``.

Days are counted back from the day that the sample is made, and every choice of chance is seeded,
so that the same day gives the same sample.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.commands import desks, returning
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import FinancialYear, Quarter, add_months, table_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import (
    Destination,
    EmployeeType,
    Grade,
    Regime,
    RoleFamily,
    Route,
)
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    learning,
    organisation,
    programmes,
    providers,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.hours import HoursDetails, HoursRow
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
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
    """Write sample desks, the first one's lists, and returns of all; return what was written.

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
                written += _write_lists(folder / "lists", store, today)
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
    activities = [
        _Activity(Activity(entry["kind"]), entry["minutes"], entry["what"], entry["ksbs"])
        for entry in resources.load_toml("sample", "activities.toml")["activity"]  # type: ignore[attr-defined]
    ]
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
    for entry in sample["apprentice"]:
        _enrol(session, entry, awarded, activities, chance, today)
    for entry in sample.get("pledge", ()):
        organisation.pledge(
            session,
            FinancialYear.containing(today).first_year,
            RoleFamily(entry["role_family"]),
            entry["pledged"],
        )


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
    chance: random.Random,
    today: date,
) -> None:
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
    _hold_reviews(session, apprenticeship_id, started_on, last_on, today, chance)


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
    chance: random.Random,
) -> None:
    interval = resources.review_rules().interval_days(today)
    due_on = started_on + timedelta(days=interval - 7)
    while due_on <= last_on:
        review_id = learning.schedule_review(session, apprenticeship_id, due_on)
        held_on = due_on + timedelta(days=chance.choice((-3, -1, 0, 0, 0, 6)))
        if held_on <= today:
            learning.hold_review(session, review_id, held_on)
        due_on += timedelta(days=interval - 7)
    if last_on == today:
        learning.schedule_review(session, apprenticeship_id, due_on)


# --- lists to import ----------------------------------------------------------------------------


def _write_lists(folder: Path, store: Store, today: date) -> list[Path]:
    """Write the sample's people, and some people's hours, as lists that the program imports.

    Which columns they have, and under which headings, stands in ``resources/sample/lists.toml``.
    """
    layouts: dict[str, Any] = resources.load_toml("sample", "lists.toml")
    lists = desks.lists()
    rows = store.read(apprentice_rows, today, lists.hours_rules, lists.role_families)
    people = folder / layouts["people"]["file"]
    _write_csv(people, layouts["people"]["columns"], [_person(row) for row in rows])
    files = [people]
    with_hours = [row for row in rows if row.figures.logged_minutes]
    for row in with_hours[: layouts["hours"]["people"]]:
        entries = store.read(
            hours.hours_rows, apprenticeship_id=row.id, limit=layouts["hours"]["entries"]
        )
        file = folder / layouts["hours"]["file"].format(name=row.name.lower().replace(" ", "-"))
        _write_csv(file, layouts["hours"]["columns"], [_entry(e) for e in reversed(entries)])
        files.append(file)
    return files


def _person(row: ApprenticeRow) -> dict[str, str]:
    started_on, end_on = row.course.training_started_on, row.course.training_planned_end_on
    pauses = [spell.first for spell in row.course.breaks if spell.last is None]
    return {
        "name": row.name,
        "course": f"{row.standard_title}, Level: {row.level} (Standard)",
        "started": f"{started_on:%b %Y}" if started_on else "",
        "planned_end": f"{end_on:%b %Y}" if end_on else "",
        "paused": f"{pauses[-1]:%b %Y}" if pauses else "",
        "provider": row.provider_name.upper(),
        "uln": row.uln or "",
        "born": f"{row.born_on.day} {row.born_on:%b %Y}" if row.born_on else "",
        "price": f"{row.agreed_price:,.0f}" if row.agreed_price is not None else "",
        "status": _SERVICE_WORDS[row.status],
    }


def _entry(row: HoursRow) -> dict[str, str]:
    return {
        "name": row.name,
        "day": table_day(row.done_on),
        "duration": grid(row.minutes),
        "activity": row.activity.value,
        "what": row.what,
        "ksbs": row.ksbs,
    }


_SERVICE_WORDS = {
    Status.PLANNED: "Waiting to start",
    Status.LIVE: "Live",
    Status.ON_A_BREAK: "Paused",
    Status.IN_ASSESSMENT: "Live",
    Status.COMPLETED: "Completed",
    Status.WITHDRAWN: "Stopped",
}


def _write_csv(
    path: Path, columns: Sequence[dict[str, str]], rows: Sequence[dict[str, str]]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column["heading"] for column in columns)
        writer.writerows([row.get(column["holds"], "") for column in columns] for row in rows)
