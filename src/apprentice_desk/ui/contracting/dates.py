"""The days of contracts, saved for a person's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.contract_dates import contract_dates, payment_dates
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.leaving import save_out

SAVE_DATES = "Save the dates for a calendar…"


class ContractDates(QObject):
    """Saves the days of contracts for *page*, which owns the file dialog."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self.desk = desk
        self._page = page
        self.file_dialog: QFileDialog | None = None

    def ask_for_file(self, contract_ids: Sequence[UUID], called: str) -> None:
        """Ask where the calendar file is to stand; *called* names what is in it."""
        self.file_dialog = ask_for_file(
            self._page,
            SAVE_DATES.removesuffix("…"),
            "Calendar",
            "ics",
            f"Dates {called} {self.desk.clock.today()}",
            lambda path: self.save(path, contract_ids),
        )

    def save(self, path: str, contract_ids: Sequence[UUID]) -> None:
        """Write the days of contracts to *path*, in the background."""
        keys = frozenset(contract_ids)
        save_out(
            self.desk,
            f"Saving “{Path(path).name}”",
            lambda progress: self.write(path, keys, progress),
            Going(LeftKind.CALENDAR, count=0),
            owner=self,
        )

    def write(self, path: str, keys: frozenset[UUID], progress: Progress) -> Path:
        """Write the days of contracts."""
        return write_dates(self.desk, path, keys, progress)


def write_dates(desk: Desk, path: str, keys: frozenset[UUID], progress: Progress) -> Path:
    """Write the days of contracts to *path*, as a calendar; Problem where there are none."""
    # Late: only whoever wants a calendar waits for icalendar.
    from apprentice_desk.documents import calendar_file

    today = desk.clock.today()
    days = desk.store.read(contract_dates, keys, today, resources.bank_holidays())
    payments = desk.store.read(payment_dates, keys, today, resources.funding_rules())
    events = (*days, *payments)
    if not events:
        raise Problem(
            "There is no day to come to put into a calendar, so no file was written.",
            "Enter when the contract ends, or its notice period.",
        )
    # All of them last the whole day, so that how long a meeting takes does not matter.
    return calendar_file.write(path, events, desk.clock.now(), 0, progress)
