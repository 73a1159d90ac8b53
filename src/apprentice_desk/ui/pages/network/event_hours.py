"""Logging the hours of an event for those who came, in one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.network_events import USUAL_ACTIVITY
from apprentice_desk.records.event_attendance import AttendanceRow, log_event_hours
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.network import EventRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.people_list import people_lines
from apprentice_desk.ui.recording.kind import people
from apprentice_desk.ui.sessions.dialog import FIELDS, SessionDialog

_NO_TRAINING_ITSELF = "Meeting is no training by itself: choose what was taught or done there."


class EventHoursDialog(SessionDialog):
    """The hours of an event: on its day, for those who came and have none logged of it.

    A link-up is no training by itself: what was done there has to be said.
    """

    FIELDS = tuple(
        replace(each, read_only=True) if each.name == "done_on" else each for each in FIELDS
    )

    def __init__(
        self, desk: Desk, row: EventRow, listed: Sequence[AttendanceRow], parent: QWidget
    ) -> None:
        self._row = row
        rows = people(desk)
        wanted = {each.id for each in listed if each.came and each.entry_id is None}
        judging = Judging()
        judging.courses = {each.id: each.course for each in rows if each.id in wanted}
        lines = [each for each in people_lines(rows, desk) if each.id in wanted]
        details, kind = row.details, row.details.kind
        usual: Any = None if kind is None else USUAL_ACTIVITY.get(kind)
        day = "" if details.held_on is None else f" of {show_day(details.held_on)}"
        super().__init__(
            desk,
            judging,
            lines,
            None,
            parent,
            begins_with=HoursDetails(
                done_on=details.held_on,
                minutes=details.counted_minutes or details.minutes,
                activity=usual,
                what=details.what or details.name,
                began_at=details.began_at,
            ),
            heading=(
                f"Log the hours of “{details.name}”",
                f"Those who came to the event{day} get an entry each. The rules say beside every"
                " name whether it counts.",
            ),
        )
        if usual is None:
            self.form.set_help("activity", _NO_TRAINING_ITSELF)
        self.people.table.tick([each.id for each in lines])
        self._begun_with = set(self.people.ticks.chosen)

    def log_entries(self, entries: list[tuple[HoursDetails, str]], whom: str, day: str) -> None:
        """Log the entries, each tied to the event."""
        details = [each for each, _source in entries]
        event_id = self._row.id
        self.write(
            f"Log the hours of “{self._row.details.name}” of {whom} on {day}",
            lambda session: log_event_hours(session, event_id, details),
        )
