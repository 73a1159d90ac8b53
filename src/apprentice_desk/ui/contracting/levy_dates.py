"""The days by which to spend the levy, saved for a person's own calendar."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.levy_runway import levy_dates
from apprentice_desk.ui.contracting.dates import ContractDates


class LevyDates(ContractDates):
    """Saves the days by which to spend for *page*, which owns the file dialog."""

    def write(self, path: str, _keys: frozenset[UUID], progress: Progress) -> Path:
        """Write all of them, for there is one account; Problem where nothing lapses."""
        # Late: only whoever wants a calendar waits for icalendar.
        from apprentice_desk.documents import calendar_file

        desk = self.desk
        events = desk.store.read(
            levy_dates, desk.clock.today(), resources.funding_rules(), resources.levy_rules()
        )
        if not events:
            raise Problem(
                "Nothing of the levy is known to lapse on a day to come, so no file was written.",
                "Record the balance and what comes in each month.",
            )
        # All of them last the whole day, so that how long a meeting takes does not matter.
        return calendar_file.write(path, events, desk.clock.now(), 0, progress)
