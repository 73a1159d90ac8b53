"""A desk of the size that the limits speak of: 500 apprentices, 375,000 entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import apprentices, hours, weeks
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.changelog import insert_many
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.evidence import Evidence
from apprentice_desk.records.hours import HoursDetails

TODAY = date(2026, 11, 24)
_FINISHED_AT = datetime(2026, 11, 20, 16, tzinfo=UTC)
_EVIDENT = 20_000
_CODES = ("ST0116", "ST0118", "ST0973", "ST0120", "ST0117")


def make(path: Path, people: int = 500, entries_each: int = 750) -> Path:
    """Make the desk and return its path."""
    borough = resources.borough_by_code("E09000012")
    assert borough is not None
    store = desks.make_desk(path, borough, "Bench")
    with store.change("Fill the desk") as session:
        ids = [
            apprentices.enrol(
                session,
                ApprenticeDetails(
                    given_names=f"Given{number:04d}",
                    family_name=f"Family{number * 7919 % people:04d}",
                    standard_code=_CODES[number % len(_CODES)],
                    training_started_on=date(2024, 9, 1) + timedelta(days=number % 300),
                    training_planned_end_on=date(2027, 8, 31),
                    weekly_minutes=36 * 60,
                    agreed_minutes=600 * 60,
                    line_manager=f"Manager {number % 40}",
                ),
            )
            for number in range(people)
        ]
        hours.log_many(session, _entries(ids, entries_each))
        for ago in range(1, 5):
            monday = monday_of(TODAY) - timedelta(weeks=ago)
            weeks.finish_week(session, ids, monday, "Bench", _FINISHED_AT)
        some = session.scalars(select(OffTheJobEntry.id).limit(_EVIDENT)).all()
        texts = ({"entry_id": key, "kind": "text", "words": "Showed the team"} for key in some)
        insert_many(session, Evidence, texts)
    store.close()
    return path


def _entries(ids: list[UUID], each: int) -> Iterator[tuple[HoursDetails, str]]:
    for owner in ids:
        for number in range(each):
            yield (
                HoursDetails(
                    owner,
                    TODAY - timedelta(days=number % 700),
                    15 + number % 200,
                    Activity.ONLINE_LEARNING,
                    number % 9 != 0,
                    "Read and practised",
                    "K1",
                ),
                "",
            )
