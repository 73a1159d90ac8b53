"""What is wrong with an activity, a line of a template or an offer before it is kept."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.evidence import check_link
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.planning import MOST_DAYS, ActivityDetails
from apprentice_desk.domain.planning_templates import TemplateLine

MOST_MINUTES = 2_000 * 60
"""The most that one activity takes: more than a year of full-time work."""
_DAY_MINUTES = 24 * 60


def check_activity(details: ActivityDetails) -> list[Finding]:
    """Return what is wrong with an activity."""
    findings = _title_time_and_codes(details)
    first, last = details.starts_on, details.due_on
    if first is not None and last is not None:
        if last < first:
            findings.append(
                _wrong(
                    "LP005", "due_on",
                    f"The last day, {show_day(last)}, is before the first, {show_day(first)}.",
                    "Check both days.",
                )
            )  # fmt: skip
        else:
            findings += _check_room(details.planned_minutes, (last - first).days + 1)
    return findings


def check_line(line: TemplateLine) -> list[Finding]:
    """Return what is wrong with an activity of a template."""
    findings = _title_time_and_codes(line)
    for field, days in (
        ("starts_after_days", line.starts_after_days),
        ("due_after_days", line.due_after_days),
    ):
        if days is not None and not 0 <= days <= MOST_DAYS:
            findings.append(
                _wrong(
                    "LP007", field, f"{days:,} days after the start cannot be planned.",
                    f"Count from 0, the start of training, to {MOST_DAYS:,}.",
                )
            )  # fmt: skip
    first, last = line.starts_after_days, line.due_after_days
    if first is not None and last is not None:
        if last < first:
            findings.append(
                _wrong(
                    "LP005", "due_after_days", "The last day is before the first.",
                    "Check both days.",
                )
            )  # fmt: skip
        else:
            findings += _check_room(line.planned_minutes, last - first + 1)
    return findings


def _title_time_and_codes(details: ActivityDetails | TemplateLine) -> list[Finding]:
    findings = []
    if not details.title.strip():
        findings.append(_wrong("LP001", "title", "The activity needs a title."))
    minutes = details.planned_minutes
    if minutes is None:
        findings.append(
            _wrong(
                "LP002", "planned_minutes", "Say how long it is planned to take.",
                "For example 7:30, or 0 where no time is set aside for it.",
            )
        )  # fmt: skip
    else:
        findings += check_minutes(minutes, "planned_minutes")
    findings += check_ksbs(details.ksbs)
    if details.link:
        findings += check_link(details.link)
    return findings


def check_minutes(minutes: int, field: str) -> list[Finding]:
    """Return why an activity cannot take so many minutes."""
    if minutes < 0:
        return [_wrong("LP003", field, "Planned time cannot be below 0.")]
    if minutes > MOST_MINUTES:
        return [
            _wrong(
                "LP003", field,
                f"{sentence(minutes)} is more than a year of full-time work.",
                "Check the hours, or plan it as several activities.",
            )
        ]  # fmt: skip
    return []


def check_ksbs(text: str) -> list[Finding]:
    """Return why the codes of an activity cannot be read."""
    try:
        ksb_codes.read(text)
    except ValueError as error:
        return [_wrong("LP004", "ksbs", str(error))]
    return []


def _check_room(minutes: int | None, days: int) -> list[Finding]:
    if minutes is None or minutes <= days * _DAY_MINUTES:
        return []
    span = "one day" if days == 1 else f"{days} days"
    return [
        _wrong(
            "LP006", "planned_minutes", f"{sentence(minutes)} does not fit into {span}.",
            "Check the hours and the days.",
        )
    ]  # fmt: skip


def check_done(done_on: date | None, today: date) -> list[Finding]:
    """Return why an activity cannot have been done on *done_on*."""
    if done_on is None:
        return [_wrong("LP008", "done_on", "Say on which day it was done.")]
    if done_on > today:
        return [
            _wrong(
                "LP008", "done_on", f"{show_day(done_on)} is still to come.",
                "Say that it is done once it is.",
            )
        ]  # fmt: skip
    return []


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
