"""More ways to log: a session for several, what comes again, and what a calendar holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMenu, QWidget

from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.pages.hours.calendar_dialog import CalendarDialog
from apprentice_desk.ui.pages.hours.confirm_dialog import ConfirmDialog
from apprentice_desk.ui.pages.hours.offered_list import Waiting, read_waiting
from apprentice_desk.ui.pages.hours.repeat_dialog import RepeatDialog
from apprentice_desk.ui.people_list import PersonLine, people_lines
from apprentice_desk.ui.sessions.dialog import SessionDialog

REPEAT_TABLES = ("hours_repeat", "hours_repeat_person")


class WaitingStrip(QWidget):
    """Says how many sessions wait to be confirmed; hidden while none does."""

    def __init__(self, desk: Desk, confirm: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", "strong", wraps=True)
        self.open = button("Confirm…", desk.theme, confirm, icon="calendar-clock")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(desk.theme.space(3))
        across.addWidget(self.words, 1)
        across.addWidget(self.open)
        self.hide()

    def show_count(self, sessions: int) -> None:
        """Say how many there are."""
        words = "1 session" if sessions == 1 else f"{sessions:,} sessions"
        self.words.setText(f"{words} that comes again to confirm" if sessions == 1
                           else f"{words} that come again to confirm")  # fmt: skip
        access.name(self.open, f"Confirm {words}")
        self.setVisible(bool(sessions))


class MoreWays(QObject):
    """The menu of the page, its keys, and the dialogs behind it.

    *chosen* gives the entry that is chosen on the page, or None.  *waiting_read* is sent when it
    is known what waits to be confirmed.
    """

    waiting_read = Signal()

    def __init__(
        self,
        desk: Desk,
        judging: Judging,
        chosen: Callable[[], HoursDetails | None],
        day: Callable[[], date],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._judging = judging
        self._chosen = chosen
        self._day = day
        self._page = page
        self._rows: tuple[ApprenticeRow, ...] = ()
        self.waiting = Waiting()
        self.dialog: QDialog | None = None
        self.strip = WaitingStrip(desk, self.confirm)
        self.log_session = self._action("Log a session for several…", "Ctrl+Shift+G", self.session)
        self.propose = self._action("Propose repeats…", "Ctrl+Shift+R", self.repeats)
        self.confirm_key = self._action("Sessions to confirm…", "Ctrl+Shift+O", self.confirm)
        self.from_calendar = self._action(
            "From a calendar (.ics)…", "Ctrl+Shift+K", self.choose_calendar
        )
        self.button = button("More ways to log", desk.theme, icon="ellipsis")
        menu = QMenu(self.button)
        for action in (self.log_session, self.propose, self.confirm_key, self.from_calendar):
            menu.addAction(action)
        self.button.setMenu(menu)
        self._allow()

    def _action(self, text: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self._page)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        self._page.addAction(action)
        return action

    def _allow(self) -> None:
        may = bool(self._rows) and not self._desk.store.is_read_only
        for action in (self.log_session, self.propose, self.from_calendar, self.confirm_key):
            action.setEnabled(may)
        if self._desk.store.is_read_only:
            self.button.hide()

    # what is known

    def take(self, rows: Sequence[ApprenticeRow]) -> None:
        """Take up who there is, and read what waits to be confirmed."""
        self._rows = tuple(rows)
        self._allow()
        store, holidays = self._desk.store, self._judging.holidays
        today = self._desk.clock.today()
        courses = {row.id: row.course for row in self._rows}
        self._desk.jobs.run(
            "Looking what waits to be confirmed",
            lambda _progress: store.read(read_waiting, courses, holidays, today),
            done=self._on_waiting,
            newest_of="sessions to confirm",
            owner=self,
            is_quiet=True,
        )

    def _on_waiting(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.strip.show_count(0 if self._desk.store.is_read_only else waiting.sessions)
        self.waiting_read.emit()

    @property
    def _names(self) -> Mapping[UUID, str]:
        return {row.id: row.name for row in self._rows}

    # the dialogs

    def session(self) -> None:
        """Log one session for several people."""
        self._open_session(HoursDetails(done_on=self._day()), is_repeat=False)

    def repeats(self, entry: HoursDetails | None = None) -> None:
        """Propose the days of what comes again, like *entry* or the one chosen on the page."""
        self._open_session(entry or self._chosen(), is_repeat=True)

    def _open_session(self, entry: HoursDetails | None, *, is_repeat: bool) -> None:
        if not self._rows:
            return
        people = people_lines(self._rows, self._desk)
        dialog = SessionDialog(
            self._desk, self._judging, people, self._repeat, self._page,
            is_repeat=is_repeat, begins_with=entry,
        )  # fmt: skip
        self._show(dialog)

    def _repeat(
        self, details: HoursDetails, people: Sequence[tuple[PersonLine, int]], above: QWidget
    ) -> None:
        dialog = RepeatDialog(self._desk, self._judging, details, people, above)
        if isinstance(above, SessionDialog):
            dialog.done_.connect(above.let_go)
        self._show(dialog)

    def confirm(self) -> None:
        """Confirm or decline what has come of sessions that come again."""
        self._show(ConfirmDialog(self._desk, self._judging, self.waiting, self._names, self._page))

    def choose_calendar(self) -> None:
        """Ask for an export of a calendar, and read it."""
        dialog = QFileDialog(
            self._page, "Choose a calendar", "", "Calendars (*.ics *.ical);;All files (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read_calendar)
        self._show(dialog)

    def read_calendar(self, path: str) -> None:
        """Read the calendar at *path*."""
        people = people_lines(self._rows, self._desk)
        self._show(CalendarDialog(self._desk, self._judging, people, path, self._page))

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
