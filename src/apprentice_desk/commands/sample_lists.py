"""Lists to import, made from a sample desk: its people, and some people's hours.

Which columns they have, and under which headings, stands in ``resources/sample/lists.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursRow
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import write_csv


def write_lists(folder: Path, store: Store, today: date) -> list[Path]:
    """Write *store*'s people and some people's hours below *folder*; return what was written."""
    layouts: dict[str, Any] = resources.load_toml("sample", "lists.toml")
    lists = desks.lists()
    rows = store.read(apprentice_rows, today, lists.hours_rules, lists.role_families)
    people = folder / layouts["people"]["file"]
    _write_csv(people, layouts["people"]["columns"], [_person(row) for row in rows])
    files = [people]
    with_hours = [row for row in rows if row.status is Status.LIVE and row.figures.logged_minutes]
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
    lines = [[column["heading"] for column in columns]]
    lines += [[row.get(column["holds"], "") for column in columns] for row in rows]
    write_csv(path, lines, has_mark=False)  # as the service whose lists these are like does
