"""The network of a sample borough: who came to its events, what is planned, who mentors whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.commands.sample_people import monday, months_ago
from apprentice_desk.domain.vocabulary import EventKind, MentorRole
from apprentice_desk.records import event_attendance, mentors, network
from apprentice_desk.records.mentors import MentoringDetails
from apprentice_desk.records.network import EventDetails

_KNOWN = ("began_at", "minutes", "place", "host", "capacity", "what")


def meet(session: Session, enrolled: Mapping[str, UUID], today: date) -> None:
    """Put in what is known beside the events that the sample has already, as of *today*."""
    described: dict[str, Any] = resources.load_toml("sample", "network.toml")
    held = {(row.details.name, row.details.held_on): row for row in network.event_rows(session)}
    for entry in described["known"]:
        held_on = monday(today) - timedelta(weeks=entry["weeks_ago"]) + timedelta(days=2)
        row = held[entry["event"], held_on]
        known = {name: entry[name] for name in _KNOWN if name in entry}
        network.correct_event(session, row.id, replace(row.details, **known))
        event_attendance.invite(session, row.id, [enrolled[name] for name in entry["asked"]])
        came = [enrolled[name] for name in entry["came"]]
        others = (row.details.attended or 0) - len(came)  # the return has said how many
        event_attendance.record_attendance(session, row.id, came, others, today)
    for entry in described["coming"]:
        event_id = network.record_event(session, _coming(entry, today))
        event_attendance.invite(session, event_id, [enrolled[name] for name in entry["asked"]])
    for entry in described["mentor"]:
        _begin(session, entry, enrolled, today)


def _coming(entry: Mapping[str, Any], today: date) -> EventDetails:
    day = monday(today) + timedelta(weeks=entry["in_weeks"], days=entry["weekday"])
    if day <= today:
        day += timedelta(weeks=1)
    return EventDetails(
        entry["name"],
        day,
        EventKind(entry["kind"]),
        counted_minutes=int(Decimal(entry["hours"]) * 60) if "hours" in entry else None,
        partner=entry.get("partner", ""),
        **{name: entry[name] for name in _KNOWN},
    )


def _begin(
    session: Session, entry: Mapping[str, Any], enrolled: Mapping[str, UUID], today: date
) -> None:
    until = entry.get("until_months_ago")
    mentors.begin_mentoring(
        session,
        MentoringDetails(
            enrolled[entry["apprentice"]],
            MentorRole(entry["role"]),
            entry["name"],
            entry["organisation"],
            entry["contact"],
            months_ago(today, entry["since_months_ago"]),
            None if until is None else months_ago(today, until) - timedelta(days=1),
            entry["note"],
        ),
    )
