"""The page of papers: who they are for, what is made for them, and a log that came back.

It is reached from Hours, from Apprentices and from the search; the navigation does not list it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs_of_people import is_theirs
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports.log_reading import LogReview
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, TakeLog
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.jobs import Job
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.papers.columns import WHO_COLUMNS, WITHOUT_WHO
from apprentice_desk.ui.pages.papers.review_part import ReviewPart
from apprentice_desk.ui.pages.papers.work import (
    bringing_in,
    looking_at,
    making_log,
    making_sheets,
    read_people,
)

TITLE = "Pocket sheets and Excel logs"
_SUBTITLE = "For managers without the program at hand"
_FROM = Field("first", "Hours logged from", "date", is_past=True, width=16)
_TABLES = (
    "apprentice", "apprenticeship", "break_in_learning", "weekly_hours", "off_the_job_entry",
    "plan_activity", "review",
)  # fmt: skip
_PATTERNS = "Excel logs (*.xlsx *.ods)"
_NAMES = (
    "It names people and says when they train. Give it only to those who need it, and destroy it"
    " when it has served."
)
_MONTHS_BACK = 3


class PapersPage(ScrollingPage):
    """Apprentices to choose from, and what is made of those chosen; nothing chosen means all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = desk.theme
        self._rows: tuple[ApprenticeRow, ...] = ()
        self._busy = 0
        self.question: Question | None = None
        self.file_dialog: QFileDialog | None = None
        self.model = RowsModel(WHO_COLUMNS, self)
        self.table = RowsTable(self.model, "Apprentices", desk.theme, stretch=1, several=True)
        self.table.order.can_do_without(WITHOUT_WHO)
        self.filter = FilterBox(self.table, "name, standard, line manager", desk.theme)
        self.review = ReviewPart(desk)
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self._theme
        self.back = button("Back to Hours", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to Hours (Alt+Left)")
        self.header = PageHeader(TITLE, _SUBTITLE, theme, (self.back,))
        self.whom = label("", "strong", wraps=True)
        self.first = FieldBlock(_FROM, make_input(_FROM, theme, self._desk.clock.today()), theme)
        self.first.input.write(add_months(self._desk.clock.today(), -_MONTHS_BACK))
        self.sheets = button("Save pocket sheets…", theme, self.ask_for_sheets, icon="printer")
        self.sheets.setToolTip("Four weeks ahead, a sheet for each line manager (Ctrl+P)")
        self.log = button("Save an Excel log…", theme, self.ask_for_log, icon="file-spreadsheet")
        self.take = button("Take a filled log in…", theme, self.ask_for_filled, icon="upload")
        if self._desk.store.is_read_only:
            self.take.setEnabled(False)
            self.take.setToolTip("This desk is open to read only, so nothing can be taken in.")
        choosing = QWidget()
        down = QVBoxLayout(choosing)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        down.addWidget(self.filter)
        down.addWidget(self.table, 1)
        down.addWidget(self.whom)
        down.addWidget(self.first)
        self.buttons = Flow((self.sheets, self.log, self.take), theme)
        down.addWidget(self.buttons)
        self.table.setMinimumHeight(theme.space(60))
        self.table.set_empty("Nobody is on programme", "Add or import apprentices first.")
        self._progress_room = QVBoxLayout()
        self.stack = QStackedWidget()
        self.stack.addWidget(choosing)
        self.stack.addWidget(self.review)
        self.put(self.header)
        self.put(self._progress_room)
        self.put(self.stack, 1)

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_whom())
        self.model.counted.connect(self._show_whom)
        self.review.accepted.connect(self._on_accepted)
        self.review.left.connect(self._show_choosing)
        add_key(self, "Back to Hours", "Alt+Left", self.back.click)
        add_key(
            self, "Save pocket sheets, to print", QKeySequence.StandardKey.Print,
            self.ask_for_sheets,
        )  # fmt: skip
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self.filter.setFocus)

    # who

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*_TABLES):
            self.note_stale()

    def refresh(self) -> None:
        """Read who is on programme again, in the background."""
        self._desk.jobs.run(
            "Reading the apprentices",
            lambda _progress: read_people(self._desk),
            done=self._on_read,
            newest_of="papers",
            owner=self,
            is_quiet=True,
        )

    def _on_read(self, rows: tuple[ApprenticeRow, ...]) -> None:
        is_first = not self._rows
        self._rows = tuple(row for row in rows if row.status in LIVE)
        self.model.replace(self._rows)
        manager = self._desk.settings.my_name
        theirs = [row for row in self._rows if is_theirs(row, manager)]
        if is_first and theirs and not self._desk.settings.shows_everyone:
            self.filter.setText(theirs[0].line_manager)
            self.filter.textEdited.emit(theirs[0].line_manager)
        self._show_whom()

    @property
    def chosen(self) -> list[ApprenticeRow]:
        """Those who are chosen; all that are shown where that is one or none."""
        selected: list[ApprenticeRow] = self.table.selected()
        return selected if len(selected) > 1 else list(self.model.shown)

    def _show_whom(self) -> None:
        rows = self.chosen
        managers = {row.line_manager.strip().casefold() for row in rows if row.line_manager.strip()}
        who = "1 apprentice" if len(rows) == 1 else f"{len(rows):,} apprentices"
        of = "1 line manager" if len(managers) == 1 else f"{len(managers):,} line managers"
        how = "chosen" if len(self.table.selected()) > 1 else "shown"
        self.whom.setText(f"For the {who} {how}, of {of}. Ctrl or Shift with a click chooses some.")
        for made in (self.sheets, self.log):
            made.setEnabled(bool(rows))

    # pocket sheets

    def ask_for_sheets(self) -> None:
        """Say that people are named in them, then ask where the pocket sheets are to stand."""
        if self.sheets.isEnabled():
            self._ask_first(lambda: self._ask_where("pocket sheets", "pdf", self.save_sheets))

    def save_sheets(self, path: str) -> None:
        """Write the sheets of whoever is chosen to *path*, in the background."""
        work = making_sheets(self._desk, path, self.chosen)
        self._save("Making the pocket sheets", work, LeftKind.POCKET_SHEETS)

    # a log going out

    def ask_for_log(self) -> None:
        """Say that people are named in it, then ask where the log is to stand."""
        if self._first_day() is not None:
            self._ask_first(lambda: self._ask_where("log of hours", "xlsx", self.save_log))

    def _first_day(self) -> date | None:
        """The day typed; None, and said beside it, where it cannot be taken."""
        try:
            first = self.first.input.read()
        except ValueError as error:
            self.first.show_findings([Finding(Level.ROW, "PA001", str(error))])
            return None
        today = self._desk.clock.today()
        day: date = first or add_months(today, -_MONTHS_BACK)
        if day > today:
            says = "Choose a day that has come."
            self.first.show_findings([Finding(Level.ROW, "PA002", says)])
            return None
        return day

    def save_log(self, path: str) -> None:
        """Write the log of whoever is chosen to *path*, in the background."""
        first = self._first_day()
        if first is not None:
            work = making_log(self._desk, path, self.chosen, first)
            self._save("Making the Excel log", work, LeftKind.HOURS_LOG)

    def _ask_first(self, then: Callable[[], object]) -> None:
        self.question = ask(
            self, self._theme, "This paper names people", _NAMES, "Choose where to save it", then
        )

    def _ask_where(self, what: str, ending: str, then: Callable[[str], object]) -> None:
        desk = self._desk
        called = "PDF" if ending == "pdf" else "Workbooks"
        name = f"{desk.organisation.name} {what} {desk.clock.today()}"
        self.file_dialog = ask_for_file(self, f"Save the {what}", called, ending, name, then)

    def _save(self, title: str, work: Callable[[Progress], Path], kind: LeftKind) -> None:
        """Make a paper of whoever is chosen, with its progress on the page."""
        if self._busy:
            return
        going = Going.of(kind, (row.id for row in self.chosen))
        self._show_job(save_out(self._desk, title, work, going, owner=self, failed=self._on_failed))

    # a log coming back

    def arrive(self, destination: TakeLog) -> None:
        """Look at a log that came back."""
        self._refresh_stale()
        self.look_at(destination.path)

    def ask_for_filled(self) -> None:
        """Ask which log came back."""
        dialog = QFileDialog(self, "Take a filled log in", "", _PATTERNS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.look_at)
        self.file_dialog = dialog
        dialog.open()

    def look_at(self, path: str) -> None:
        """Find out, behind the window, what a log would change, and show it."""
        self._run("Looking at the log", looking_at(self._desk, path), self._on_looked)

    def _on_looked(self, review: LogReview) -> None:
        self.header.set_words("A log came back", review.file_name)
        self.stack.setCurrentWidget(self.review)
        self.review.show_review(review)

    def _on_accepted(self, review: LogReview) -> None:
        self._run("Taking the log in", bringing_in(self._desk, review), self._on_taken, writes=True)

    def _on_taken(self, label_: str) -> None:
        self._desk.say_saved(label_)
        self._show_choosing()

    def _show_choosing(self) -> None:
        self.header.set_words(TITLE, _SUBTITLE)
        self.stack.setCurrentIndex(0)
        self.table.setFocus()

    # both

    def _run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        *,
        writes: bool = False,
    ) -> None:
        """Do one thing at a time, with its progress on the page."""
        if self._busy:
            return
        self._show_job(
            self._desk.jobs.run(
                title, work, done=done, failed=self._on_failed, writes=writes, owner=self
            )
        )

    def _show_job(self, job: Job) -> None:
        self._busy += 1
        panel = ProgressPanel(job, self._theme)
        self._progress_room.addWidget(panel)
        job.ended.connect(panel.deleteLater)
        job.ended.connect(self._on_ended)

    def _on_failed(self, problem: Problem) -> None:
        self._desk.messages.problem(problem)

    def _on_ended(self) -> None:
        self._busy -= 1

    def _go_back(self) -> None:
        self._desk.go(OpenPage("hours"))
