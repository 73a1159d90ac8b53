"""What a sample desk's managers did with the hours logged: verified, evidenced, weeks finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.evidence import EvidenceKind
from apprentice_desk.records import apprentices, evidence, hours, weeks
from apprentice_desk.records.apprentices import Held
from apprentice_desk.records.week_grid import DayEntry, entries_between
from apprentice_desk.records.weeks import WEEK

_FRIDAY_AFTER = timedelta(days=11)
_AT = time(15, 30, tzinfo=UTC)


def keep_the_book(session: Session, today: date) -> None:
    """Do what the managers did on the Friday after each week, as the sample's file says."""
    described: dict[str, Any] = resources.load_toml("sample", "hours_book.toml")
    last = monday_of(today)
    first = last - described["weeks"]["verified_from"] * WEEK
    entries = entries_between(session, first, last - timedelta(days=1))
    everyone = apprentices.all_held(session)
    for ago in range(
        described["weeks"]["verified_from"], described["weeks"]["verified_to"] - 1, -1
    ):
        monday = last - ago * WEEK
        of_week = [entry for entry in entries if monday_of(entry.done_on) == monday]
        at = datetime.combine(monday + _FRIDAY_AFTER, _AT)
        for manager, keys in _by_manager(of_week, everyone).items():
            hours.verify(session, keys, manager, at)
        if described["weeks"]["finished_to"] <= ago <= described["weeks"]["finished_from"]:
            _finish(session, monday, of_week, everyone, at)
    _attach(session, _newest_first(entries, everyone), described["evidence"])


def _newest_first(entries: tuple[DayEntry, ...], everyone: Mapping[UUID, Held]) -> list[DayEntry]:
    """Return *entries* by day, and on one day by name: keys are other ones in every sample."""

    def name_of(entry: DayEntry) -> str:
        details = everyone[entry.apprenticeship_id].details
        return f"{details.given_names} {details.family_name}"

    by_name = sorted(entries, key=lambda entry: (name_of(entry), entry.began_at, entry.what))
    return sorted(by_name, key=lambda entry: entry.done_on, reverse=True)


def _by_manager(entries: list[DayEntry], everyone: Mapping[UUID, Held]) -> Mapping[str, list[UUID]]:
    managers: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        managers[everyone[entry.apprenticeship_id].details.line_manager].append(entry.id)
    return managers


def _finish(
    session: Session,
    monday: date,
    entries: list[DayEntry],
    everyone: Mapping[UUID, Held],
    at: datetime,
) -> None:
    """Finish a week for all who were learning in it; who logged nothing is said to have none."""
    logged = {entry.apprenticeship_id for entry in entries}
    managers: dict[str, list[UUID]] = defaultdict(list)
    for key, held in everyone.items():
        if _was_learning(held, monday):
            managers[held.details.line_manager].append(key)
            if key not in logged:
                weeks.say_nothing(session, key, monday)
    for manager, keys in managers.items():
        weeks.finish_week(session, keys, monday, manager, at)


def _was_learning(held: Held, monday: date) -> bool:
    details, sunday = held.details, monday + timedelta(days=6)
    began, ends = details.training_started_on, details.training_planned_end_on
    if began is None or began > monday or (ends is not None and ends < sunday):
        return False
    if details.ended_on is not None and details.ended_on < sunday:
        return False
    return not any(monday in spell or sunday in spell for spell in held.breaks)


def _attach(session: Session, newest: list[DayEntry], described: list[dict[str, Any]]) -> None:
    """Attach the evidence described to the newest entries of such activities, one to each."""
    for each in described:
        entry = next(found for found in newest if found.activity == each["of"])
        newest.remove(entry)
        match EvidenceKind(each["kind"]):
            case EvidenceKind.FILE:
                content = each["content"].encode()
                evidence.attach_file(session, entry.id, each["name"], content, each["title"])
            case EvidenceKind.LINK:
                evidence.attach_link(session, entry.id, each["link"], each["title"])
            case EvidenceKind.TEXT:
                evidence.attach_text(session, entry.id, each["words"], each["title"])
