"""The schedule of backups: how often, and which are kept how long."""

from __future__ import annotations

from functools import cache

from apprentice_desk.domain.backup_schedule import Schedule
from apprentice_desk.resources.entries import Entry, all_of, entry_of


def read_backup_schedules(file: Entry) -> tuple[Schedule, ...]:
    """Return the schedules in *file*, checked."""
    schedules = all_of(
        file.entries("schedule"),
        lambda entry: Schedule(
            valid_from=entry.day("valid_from"),
            every_minutes=entry.number("every_minutes", least=1),
            hourly_for_hours=entry.number("hourly_for_hours", least=1),
            daily_for_days=entry.number("daily_for_days", least=1),
            weekly_for_weeks=entry.number("weekly_for_weeks", least=1),
            monthly_for_months=entry.number("monthly_for_months", least=1),
            says_after_days=entry.number("says_after_days", least=1),
            source=entry.text("source"),
        ),
    )
    file.end()
    return schedules


@cache
def backup_schedules() -> tuple[Schedule, ...]:
    """Return the schedules of backups."""
    return read_backup_schedules(entry_of("rules", "backups.toml"))
