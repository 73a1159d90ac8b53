"""The lower half of an event's panel: who is asked and came, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import network
from apprentice_desk.records.dates_ahead import event_dates
from apprentice_desk.records.event_attendance import (
    AttendanceRow,
    attendance_rows,
    take_event_hours_back,
)
from apprentice_desk.records.network import EventRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.network.event_hours import EventHoursDialog
from apprentice_desk.ui.pages.network.event_people import AskDialog, CameDialog
from apprentice_desk.ui.recording.kind import MorePart, Shown

_CAME = Badge("Came", "good", "check")
_DID_NOT = Badge("Did not", "quiet", "x")
_ASKED = Badge("Asked", "note", "mail")
_MOST_ROWS = 8

_COLUMNS = (
    Column("Apprentice", lambda row: row.name, kind="strong", width=18),
    Column("Came", lambda row: _badge(row), kind="badge", width=10),
    Column(
        "Logged",
        lambda row: "" if row.minutes is None else grid(row.minutes),
        sort=lambda row: row.minutes,
        right=True,
        width=8,
        tip=lambda row: "" if row.counts is not False else "Logged, and does not count",
        say=lambda row: _logged_in_words(row),
    ),
)


def _badge(row: AttendanceRow) -> Badge:
    return _ASKED if row.came is None else _CAME if row.came else _DID_NOT


def _logged_in_words(row: AttendanceRow) -> str:
    if row.minutes is None:
        return "nothing logged"
    return f"{grid(row.minutes)} hours logged" + ("" if row.counts else ", which do not count")


class EventMore(MorePart):
    """The list of one event's people, and buttons for what comes next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.row: EventRow | None = None
        self.people: tuple[AttendanceRow, ...] = ()
        self.dialog: QDialog | None = None
        self.question: Question | None = None
        self.model = RowsModel(_COLUMNS, self)
        self.table = RowsTable(self.model, "Who is asked and came", theme)
        self.table.set_fits(_MOST_ROWS)
        self.table.set_empty("Nobody is asked yet", "Ask people, or say who came once it was held.")
        self.heading = label("Who is asked and came", "heading", wraps=True)
        self.buttons: list[QPushButton] = []
        self.actions_: list[QAction] = []
        self.ask = self._way("Ask people…", "users", self.ask_people)
        self.came = self._way("Who came…", "list-checks", self.say_who_came)
        self.log = self._way("Log the hours…", "clock", self.log_hours)
        self.save = self._way("Calendar file…", "calendar-days", self.save_calendar)
        self.cancel = self._way("Cancel the event…", "ban", self.cancel_event)
        self.after_all = self._way("It takes place after all", "rotate-ccw", self.hold_after_all)
        self.take_back = self._way("Take the hours back…", "undo-2", self.take_hours_back)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        self.flow = Flow(self.buttons, theme)
        down.addWidget(self.flow)
        down.addSpacing(theme.space(1))
        down.addWidget(self.heading)
        down.addWidget(self.table)

    def _way(self, text: str, icon: str, act: Callable[[], object]) -> QPushButton:
        made = button(text, self._desk.theme, act, icon=icon)
        action = QAction(text, self)
        action.triggered.connect(made.click)
        self.buttons.append(made)
        self.actions_.append(action)
        return made

    # showing

    def show_record(self, shown: Shown) -> None:
        """Show who is asked and came, and what can be done now."""
        row: EventRow = shown.row
        self.row = row
        self.people = self._desk.store.read(attendance_rows, row.id)
        self.model.replace(self.people)
        may = not self._desk.store.is_read_only
        is_past = row.details.held_on is not None and row.details.held_on <= self._today
        waits = any(each.came and each.entry_id is None for each in self.people)
        self.save.setVisible(True)
        for made, is_there in (
            (self.ask, may and row.is_on),
            (self.came, may and row.is_on and is_past),
            (self.log, may and row.is_on and waits),
            (self.cancel, may and row.is_on and not row.came and not row.details.attended),
            (self.after_all, may and not row.is_on),
            (self.take_back, may and bool(row.logged)),
        ):
            made.setVisible(is_there)
        for action, made in zip(self.actions_, self.buttons, strict=True):
            action.setVisible(not made.isHidden())
        self.flow.updateGeometry()

    @property
    def _today(self) -> date:
        return self._desk.clock.today()

    # what the person does

    def ask_people(self) -> None:
        """Choose who is asked."""
        if self.row is not None and not self.ask.isHidden():
            self._open(AskDialog(self._desk, self.row, self.people, self.window()))

    def say_who_came(self) -> None:
        """Tick who came, everybody in one go."""
        if self.row is not None and not self.came.isHidden():
            self._open(CameDialog(self._desk, self.row, self.people, self.window()))

    def log_hours(self) -> None:
        """Log the hours of those who came."""
        if self.row is not None and not self.log.isHidden():
            self._open(EventHoursDialog(self._desk, self.row, self.people, self.window()))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def cancel_event(self) -> None:
        """Ask before an event is called off."""
        row = self.row
        if row is None or self.cancel.isHidden():
            return
        asked = " Let those who are asked know." if row.asked else ""
        self.question = ask(
            self.window(),
            self._desk.theme,
            f"Cancel “{row.details.name}”?",
            "It stays in the list as cancelled and goes into no return. A calendar file of it"
            f" tells calendars that it is off.{asked}",
            "Cancel the event",
            lambda: self._change(
                f"Cancel event “{row.details.name}”",
                lambda session: network.cancel_event(session, row.id, self._today),
            ),
            cancel_text="Go back",
        )

    def hold_after_all(self) -> None:
        """Say that an event takes place after all."""
        row = self.row
        if row is not None:
            self._change(
                f"Hold event “{row.details.name}” after all",
                lambda session: network.hold_after_all(session, row.id),
            )

    def take_hours_back(self) -> None:
        """Ask before the entries of an event are removed."""
        row = self.row
        if row is None or self.take_back.isHidden():
            return
        whose = "1 apprentice" if row.logged == 1 else f"{row.logged} apprentices"
        self.question = ask(
            self.window(),
            self._desk.theme,
            "Take the hours back?",
            f"The entries of {whose} go out of their logs. Who came stays. Undo brings them back.",
            "Take the hours back",
            lambda: self._change(
                f"Take the hours of “{row.details.name}” back",
                lambda session: take_event_hours_back(session, row.id),
            ),
            danger=True,
        )

    def _change(self, words: str, act: Callable[[Any], object]) -> None:
        def change() -> None:
            with self._desk.change(words) as session:
                act(session)

        self._desk.attempt(change)

    def save_calendar(self) -> None:
        """Ask where a calendar file of the event is to stand."""
        row = self.row
        if row is None:
            return
        desk = self._desk

        def write(path: str, progress: Progress) -> Path:
            # Late: only whoever wants a calendar waits for icalendar.
            from apprentice_desk.documents import calendar_file

            minutes = resources.review_rules().practice_on(desk.clock.today()).meeting_minutes
            events = desk.store.read(event_dates, [row.id])
            return calendar_file.write(path, events, desk.clock.now(), minutes, progress)

        def save(path: str) -> None:
            save_out(
                desk,
                f"Saving “{Path(path).name}”",
                lambda progress: write(path, progress),
                Going(LeftKind.CALENDAR, count=0),  # an event's day names no apprentice
                owner=self,
            )

        name = f"{row.details.name} {row.details.held_on}"
        self.dialog = ask_for_file(
            self.window(), "Save the event for a calendar", "Calendar", "ics", name, save
        )
