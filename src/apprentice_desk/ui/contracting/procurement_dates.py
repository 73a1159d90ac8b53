"""The days of procurements, saved for a person's own calendar."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.procurement_dates import procurement_dates
from apprentice_desk.ui.contracting.dates import ContractDates
from apprentice_desk.ui.desk import Desk


class ProcurementDates(ContractDates):
    """Saves the days of procurements for *page*, which owns the file dialog."""

    def write(self, path: str, keys: frozenset[UUID], progress: Progress) -> Path:
        """Write the days of procurements."""
        return write_dates(self.desk, path, keys, progress)


def write_dates(desk: Desk, path: str, keys: frozenset[UUID], progress: Progress) -> Path:
    """Write the days of procurements to *path*, as a calendar; Problem where there are none."""
    # Late: only whoever wants a calendar waits for icalendar.
    from apprentice_desk.documents import calendar_file

    rules, holidays = resources.procurement_rules(), resources.bank_holidays()
    events = desk.store.read(procurement_dates, keys, desk.clock.today(), rules, holidays)
    if not events:
        raise Problem(
            "There is no day to come to put into a calendar, so no file was written.",
            "Enter the days of the timetable.",
        )
    # All of them last the whole day, so that how long a meeting takes does not matter.
    return calendar_file.write(path, events, desk.clock.now(), 0, progress)
