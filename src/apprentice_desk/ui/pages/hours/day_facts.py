"""What the hours of a day are judged by: the course, and what was logged before.

What was logged before is read behind the window, once it is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.counting import Facts, week_in_force
from apprentice_desk.domain.days_hours import Stretch
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.pages.hours.behind import Behind, read_behind
from apprentice_desk.ui.pages.hours.week_model import WeekModel


class DayFacts(QObject):
    """The facts of the days of *model*.  ``read`` carries of whom more was read meanwhile."""

    read = Signal(object)

    def __init__(self, desk: Desk, model: WeekModel, judging: Judging, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._judging = judging
        self._courses: Mapping[UUID, Course] = {}
        self._behind: dict[UUID, Behind] = {}

    def take(self, courses: Mapping[UUID, Course]) -> None:
        """Take up what was read anew; nothing is known any more of what was logged before."""
        self._courses = courses
        self._behind.clear()

    def course(self, key: UUID) -> Course | None:
        """Return the course of an apprenticeship; None where it is not known."""
        return self._courses.get(key)

    def behind(self, key: UUID) -> Behind | None:
        """Return what its entries are judged by; None until it was read."""
        return self._behind.get(key)

    def facts(self, cell: Cell, own: UUID | None) -> Facts | None:
        """Return what is known of the day beside the entry *own*; None without a course.

        What was logged before comes as soon as it is read.
        """
        course = self._courses.get(cell.apprenticeship_id)
        if course is None:
            return None
        behind = self._behind.get(cell.apprenticeship_id)
        if behind is None:
            self._read_behind(cell.apprenticeship_id)
        return Facts(
            course=course,
            weekly_minutes=None if behind is None else week_in_force(behind.weekly, cell.day),
            that_day=tuple(
                Stretch(each.minutes, each.began_at)
                for each in self._model.entries(cell)
                if each.id != own
            ),
            holidays=self._judging.holidays,
            texts=None if behind is None else behind.texts,
        )

    def codes(self, key: UUID, *, is_needed: bool) -> tuple[str, ...] | None:
        """Return the codes of the standard; those not read yet only where they are needed."""
        if (behind := self._behind.get(key)) is not None:
            return behind.ksbs
        return self._desk.store.read(known_codes, [key]).get(key) if is_needed else None

    def _read_behind(self, key: UUID) -> None:
        """Read, behind the window, what the entries of an apprenticeship are judged by."""
        store = self._desk.store

        def show(behind: Behind) -> None:
            self._behind[key] = behind
            self.read.emit(key)

        self._desk.jobs.run(
            "Reading what was logged before",
            lambda _progress: store.read(read_behind, key),
            done=show,
            newest_of="behind the details",
            owner=self,
            is_quiet=True,
        )
