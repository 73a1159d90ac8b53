"""Save or print this list: one menu for any table, as a PDF, a workbook or on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.policy import Feature
from apprentice_desk.ui import listing
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access, clipboard
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.seen import SeenList, seen
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import save_out, whose
from apprentice_desk.ui.switched_off import off_line

TITLE = "Save or print this list"
Facts = Callable[[], tuple[tuple[str, str], ...]]
Whose = Callable[[Any], UUID | None]
"""Whose apprenticeship a row is about; None where it is about nobody."""


class ListSaver(QObject):
    """What can be done with the list that *table* on *page* shows, or the several rows selected.

    *title* is the list's name, *facts* returns what the page narrows it by besides the filter of
    the table.  The work is done behind the window, from what was seen when it was asked for.
    *whom* tells whose apprenticeship a row is about, for the ledger of what left.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        table: RowsTable,
        title: str,
        facts: Facts = tuple,
        whom: Whose = whose,
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._table = table
        self._title = title
        self._facts = facts
        self._whom = whom
        self.file_dialog: QFileDialog | None = None
        self._off = off_line(desk, Feature.LISTS, page)
        self.pdf = self._make("Save as PDF, to print…", "printer", self.ask_for_pdf, "Ctrl+P")
        self.workbook = self._make(
            "Save as Excel workbook…", "file-spreadsheet", self.ask_for_workbook, "Ctrl+Shift+S"
        )
        self.copy = self._make("Copy the list", "copy", self.copy_list, "Ctrl+Shift+C")
        table.rows.counted.connect(self._allow)
        table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self._allow()

    def _make(self, text: str, icon: str, act: Callable[[], object], keys: str) -> QAction:
        action = QAction(text, self._page)
        set_icon(action, icon, "text_quiet", self._desk.theme)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._page.addAction(action)
        return action

    def _allow(self) -> None:
        count = len(self._table.several())
        which = f"the {count:,} chosen" if count else ""
        self.pdf.setText(f"Save {which} as PDF, to print…" if which else "Save as PDF, to print…")
        self.workbook.setText(
            f"Save {which} as Excel workbook…" if which else "Save as Excel workbook…"
        )
        self.copy.setText(f"Copy {which} rows" if which else "Copy the list")
        for action in self.all:
            action.setEnabled(bool(self._table.rows.shown) and self._off is None)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the menu."""
        return (self.pdf, self.workbook, self.copy)

    def button(self) -> QPushButton:
        """Return a button that opens the menu, named and without words."""
        made = button("", self._desk.theme, icon="printer")
        made.setToolTip(as_tip(TITLE))
        access.name(made, TITLE, "As PDF, as Excel workbook, or copied")
        menu = QMenu(made)
        menu.addActions(self.all if self._off is None else [self._off])
        made.setMenu(menu)
        return made

    # what the person does

    def ask_for_pdf(self) -> None:
        """Ask where the PDF is to stand."""
        self._ask("PDF", "pdf", self.save_pdf)

    def ask_for_workbook(self) -> None:
        """Ask where the workbook is to stand."""
        self._ask("Workbooks", "xlsx", self.save_workbook)

    def _ask(self, called: str, ending: str, then: Callable[[str], object]) -> None:
        desk = self._desk
        name = f"{desk.organisation.name} {self._title.lower()} {desk.clock.today()}"
        self.file_dialog = ask_for_file(self._page, TITLE, called, ending, name, then)

    def save_pdf(self, path: str) -> None:
        """Write what is seen to *path* as a PDF, in the background."""
        now, origin = self._seen(), self._origin()
        self._run("Saving the list as PDF", lambda p: listing.save_pdf(path, now, origin, p), now)

    def save_workbook(self, path: str) -> None:
        """Write what is seen to *path* as a workbook, in the background."""
        now, origin = self._seen(), self._origin()
        self._run(
            "Saving the list as workbook",
            lambda p: listing.save_workbook(path, now, origin, p),
            now,
        )

    def copy_list(self) -> None:
        """Put what is seen on the clipboard, as a table and as text with tabs."""
        now = self._seen()

        def work(progress: Progress) -> tuple[str, str]:
            return listing.as_text(now, progress), listing.as_html(now, progress)

        def done(made: tuple[str, str]) -> None:
            clipboard.put(*made)
            count = len(now.rows)
            self._desk.messages.say(f"Copied {count:,} {'row' if count == 1 else 'rows'}.")

        self._desk.jobs.run("Copying the list", work, done=done, newest_of="copy", owner=self)

    def _seen(self) -> SeenList:
        return seen(self._table, self._title, self._facts())

    def _origin(self) -> listing.Origin:
        desk = self._desk
        return listing.Origin(
            desk.organisation.name, show_day(desk.clock.today()), desk.organisation.is_sample
        )

    def _run(self, doing: str, work: Callable[[Progress], Path], now: SeenList) -> None:
        going = Going.of(LeftKind.LIST, map(self._whom, now.rows))
        save_out(self._desk, doing, work, going, owner=self)
