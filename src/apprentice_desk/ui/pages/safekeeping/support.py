"""The part of Safekeeping for whoever supports the program: faults, the log, one file of it all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import settings as preferences
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.logs import Line, Log
from apprentice_desk.safekeeping import support
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.whole_text import WholeText
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.parted import SwitchedPart

WHAT_IS_KEPT = (
    "The program keeps a log of what it did: when it started, how long work took, where in its own"
    " code something went wrong. It cannot hold a name, a text or a path."
)
WHAT_TO_DO = (
    "When something is wrong, save the file for support and send it to whoever supports the"
    " program. Read it first, if you like: what you see is all there is."
)


def _when(line: Line) -> str:
    at = line.at.astimezone()
    return f"{table_day(at.date())} {at:%H:%M:%S}"


def _kept_at(report: support.Report) -> str:
    """Return when a report was kept where this computer stands; its own words else."""
    try:
        at = datetime.strptime(report.when, "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return report.when
    return table_instant(at)


LINES = (
    Column("When", _when, sort=lambda row: row.at, width=24),
    Column("What happened", lambda row: row.says, kind="strong", width=40),
    Column("More", lambda row: row.facts, kind="quiet", width=50),
)
REPORTS = (
    Column("When", _kept_at, sort=lambda row: row.when, width=22),
    Column("Report", lambda row: row.title, kind="strong", width=34),
)


class SupportPart(SwitchedPart):
    """What was kept of faults, the log, and one file with all of it."""

    name = "support"
    title = "Logs and support"
    about = "What helps whoever supports the program, and says nothing about anybody"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._log = Log(preferences.logs_folder())
        self._faults = preferences.faults_folder()
        self.dialog: WholeText | Question | None = None
        self.file_dialog: Any = None
        self.save = button(
            "Save for support…", theme, self.ask_where, role="primary", icon="file-down"
        )
        self.look = button("Read it first…", theme, self.show_all, icon="file-text")
        self.empty = button("Empty the log…", theme, self.ask_to_empty, icon="trash-2")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(
            SideBySide([self._for_support(), self._reports()], theme, shares=(1, 1), narrowest=170)
        )
        down.addWidget(self._lines())
        down.addStretch(1)

    def _for_support(self) -> Card:
        theme = self._desk.theme
        card = Card("For support", theme)
        card.add(label(WHAT_TO_DO, wraps=True))
        card.add(Flow([self.save, self.look], theme))
        card.body.addSpacing(theme.space(2))
        card.add(label(WHAT_IS_KEPT, "small", wraps=True))
        card.add(Flow([self.empty], theme))
        card.body.addStretch(1)
        return card

    def _reports(self) -> Card:
        theme = self._desk.theme
        card = Card("Reports of faults", theme, flush=True)
        self._report_rows = RowsModel(REPORTS, self)
        self.reports = RowsTable(
            self._report_rows, "Reports of faults, newest first", theme, stretch=1
        )
        self.reports.setProperty("role", "inner")
        self.reports.set_fits(6)
        self.reports.set_empty("No fault so far", "")
        self.reports.row_opened.connect(self.show_report)
        self._read_report = label("Enter shows the whole report", "small", wraps=True)
        edge = theme.space(4)
        self._read_report.setContentsMargins(edge, theme.space(2), edge, 0)
        card.add(self.reports)
        card.add(self._read_report)
        card.body.addStretch(1)
        return card

    def _lines(self) -> Card:
        theme = self._desk.theme
        card = Card("The log", theme, flush=True)
        self._line_rows = RowsModel(LINES, self)
        self.lines = RowsTable(self._line_rows, "The log, newest first", theme, stretch=2)
        self.lines.setProperty("role", "inner")
        self.lines.set_fits(14)
        self.lines.set_empty("Nothing in the log", "")
        card.add(self.lines)
        return card

    def first_stop(self) -> QWidget:
        """Return the button that most people come for."""
        return self.save

    def refresh(self) -> None:
        """Read the log and the reports anew."""
        self.is_stale = False
        self._report_rows.replace(support.reports(self._faults))
        self._read_report.setVisible(bool(self.reports_shown))
        self.reports.choose_first()
        self._line_rows.replace(self._log.lines())
        self.empty.setEnabled(bool(self._log.files()))

    @property
    def reports_shown(self) -> tuple[support.Report, ...]:
        """The reports that are listed, newest first."""
        return tuple(self._report_rows.shown)

    # what the person does

    def all_of_it(self) -> str:
        """Return what would be saved; raises Problem where the desk cannot be read."""
        desk = self._desk
        screen = self.screen()
        facts = {
            "Qt": qVersion(),
            "screen": f"{screen.size().width()} x {screen.size().height()}",
            "scale": f"{screen.devicePixelRatio():.2f}",
            "theme": desk.settings.theme,
            "text size": f"{desk.settings.text_size} %",
            "encrypted": "yes" if desk.store.key is not None else "no",
        }
        rows = desk.store.read(support.sizes)
        return support.told(self._log, self._faults, desk.clock.now(), facts, rows)

    def show_all(self) -> None:
        """Show what would be saved."""
        try:
            text = self.all_of_it()
        except Problem as problem:
            self._desk.messages.problem(problem)
            return
        self._open(
            WholeText(self, self._desk.theme, "What is saved for support", "This is all.", text)
        )

    def show_report(self, row: support.Report) -> None:
        """Show one report whole."""
        self._open(WholeText(self, self._desk.theme, row.title, "", row.text))

    def ask_where(self) -> None:
        """Ask where the file is to stand, and save it there."""
        today = self._desk.clock.today()
        self.file_dialog = ask_for_file(
            self, "Save for support", "Text", "txt", f"Apprentice Desk support {today}", self.keep
        )

    def keep(self, path: str) -> None:
        """Save the file for support at *path*."""
        messages = self._desk.messages
        try:
            text = self.all_of_it()
        except Problem as problem:
            messages.problem(problem, "Save it elsewhere", self.ask_where)
            return

        def work(_progress: Progress) -> Path:
            support.save(text, Path(path))
            return Path(path)

        save_out(
            self._desk,
            "Saving the file for support",
            work,
            Going(LeftKind.LOGS, count=0),  # it cannot hold a name
            owner=self,
            failed=lambda problem: messages.problem(problem, "Save it elsewhere", self.ask_where),
        )

    def ask_to_empty(self) -> None:
        """Ask before the log is emptied."""
        self.dialog = ask(
            self,
            self._desk.theme,
            "Empty the log?",
            "What the program noted so far on this computer is removed. Reports of faults stay.",
            "Empty the log",
            self._empty,
            danger=True,
        )

    def _empty(self) -> None:
        try:
            self._log.empty()
        except OSError as error:
            self._desk.messages.problem(
                Problem(
                    f"The log was not emptied ({error.strerror}).",
                    "Another window may be writing to it; close it and try again.",
                )
            )
        self.refresh()

    def _open(self, dialog: WholeText) -> None:
        self.dialog = dialog
        dialog.open()
