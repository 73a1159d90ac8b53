"""The page Merge returns: files come in, each is said yes or no to, all of it becomes one workbook.

The state is ``returns.receiving.Incoming``; reading and writing run as jobs.  Of which boroughs a
return is expected stands in the desk, by period.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import expecting
from apprentice_desk.records.changelog import Changes
from apprentice_desk.returns import checks, giving_back, receiving, schema
from apprentice_desk.returns.giving_back import Written
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.receiving import Incoming, Line
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MergeReturns
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage, SideBySide, Tiles
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.figures import FigureButton
from apprentice_desk.ui.kit.files import ask_for_file, open_folder
from apprentice_desk.ui.kit.findings import FindingsCard
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.jobs import Job
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.pages.merge import chasing, columns
from apprentice_desk.ui.pages.merge.behind import Behind, Chance, Figures, figures_of
from apprentice_desk.ui.pages.merge.expecting import ExpectingDialog
from apprentice_desk.ui.pages.merge.listing import counted
from apprentice_desk.ui.pages.merge.parts import MapCard, ReturnsCard, StandardsCard, TogetherCard
from apprentice_desk.ui.pages.merge.rows_dialog import RowsDialog
from apprentice_desk.ui.pages.merge.tiles_of import tiles_of

_HOW = (
    "Add the workbooks that the boroughs sent, or the folder that holds them, or drop them here."
    " Each is checked, and you see at once what it says and why something does not count."
)
_PERIOD = Field("period", "Period to merge", "choice", width=28)
_PERIODS_BEFORE, _PERIODS_AFTER = 8, 4
"""How far back and ahead the list of expected boroughs can be changed, in quarters."""


class MergePage(ScrollingPage):
    """Returns that came in, what became of each, and the workbook they make together."""

    _settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._incoming = Incoming(schema.load(), checks.known_boroughs())
        self._rows: tuple[Line, ...] = ()
        self._figures: Figures | None = None
        self._seconds: float | None = None
        self._busy = 0
        self._had_keyboard: QWidget | None = None
        self.file_dialog: QFileDialog | None = None
        self.dialog: RowsDialog | ExpectingDialog | None = None
        self._build()
        self._show(self._incoming)
        desk.changed.connect(self._on_changed)
        # Queued: what was done is shown after the job has ended, and may hide a button.
        self._settled.connect(self._give_keyboard_back, Qt.ConnectionType.QueuedConnection)

    @property
    def incoming(self) -> Incoming:
        """The files that came in, and what they come to."""
        return self._incoming

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.add_files = button("Add files", theme, self.ask_for_files, icon="file-up")
        self.add_folder = button("Add a folder", theme, self.ask_for_folder, icon="folder-open")
        self.expected = button(
            "Expected boroughs", theme, self.ask_who_is_expected, icon="list-checks"
        )
        self.export = button(
            "Export merged workbook",
            theme,
            self.ask_where,
            role="primary",
            icon="download",
            tip="Export what is merged (Ctrl+E)",
        )
        add_key(self, "Export the merged workbook", "Ctrl+E", self.export.click)
        actions = [self.expected, self.add_files, self.add_folder, self.export]
        self.header = PageHeader("Merge returns", "", theme, actions)
        self.put(self.header)
        self._progress_room = QVBoxLayout()
        self.put(self._progress_room)
        self.empty = Card("", theme)
        self.empty.add(
            EmptyState(theme, "layers", "No returns yet", _HOW, "Add a folder", self.ask_for_folder)
        )
        self.put(self.empty)
        self._period = ChoiceInput(_PERIOD, theme)
        self._period_block = FieldBlock(_PERIOD, self._period, theme)
        self._period.edited.connect(self._on_period_chosen)
        self.put(self._period_block)
        self.figures = {
            name: FigureButton(
                words,
                theme,
                lambda name=name: self.open_figure(name),  # type: ignore[misc]
                opens="Show the rows behind it",
            )
            for name, words in Figures.WORDS.items()
        }
        self.figures_part = Tiles(list(self.figures.values()), theme, narrowest=36)
        self.put(self.figures_part)
        self.map = MapCard(theme)
        self.map.opened.connect(self.open_borough)
        self.standards = StandardsCard(theme)
        self.returns = ReturnsCard(
            theme,
            read_again=self.read_again,
            take_away=self.take_away,
            copy_missing=self.copy_missing,
        )
        self.returns.chosen_changed.connect(self._allow)
        self._picture = SideBySide([self.map, self.standards], theme, shares=(4, 3), narrowest=185)
        self._board = SideBySide([self._picture, self.returns], theme, shares=(2, 1), narrowest=265)
        self.put(self._board)
        self.together = TogetherCard(theme)
        self.together.opened.connect(self.open_chance)
        self.put(self.together)
        self.findings = FindingsCard(theme, "File", ("Nothing was found", "Every return is sound."))
        self.put(self.findings)
        self.put_spare()

    # showing

    def _show(self, incoming: Incoming, figures: Figures | None = None) -> None:
        """Show how things stand; *figures* are those of *incoming*, if they are made already."""
        self._incoming = incoming
        merged = incoming.merged
        is_empty = merged is None
        self.empty.setVisible(is_empty)
        for part in (self.figures_part, self._board, self.together, self.findings):
            part.setVisible(not is_empty)
        self._period_block.setVisible(len(incoming.periods) > 1)
        self._rows = columns.in_order(receiving.lines(incoming))
        if merged is None:
            self._figures = None
            self.header.set_words("Merge returns", "Nothing has come in yet.")
        else:
            self._figures = figures or figures_of(merged)
            self.header.set_words(
                columns.title(merged),
                columns.subtitle(merged, self._rows, len(incoming.expected), self._seconds),
            )
            self._show_figures(merged)
            self._period.set_choices([(quarter, quarter.words()) for quarter in incoming.periods])
            self._period.write(merged.period)
            self.findings.show_findings(
                columns.findings_title(merged.findings),
                [(finding, finding.place.file or "All returns") for finding in merged.findings],
            )
        self.returns.show_rows(self._rows)
        access.name(self, self.header.title.text(), self.header.subtitle.text())
        self._allow()

    def _show_figures(self, merged: Merged) -> None:
        """Show what stands; where nothing does there is only the list that says why."""
        found = self._figures
        for part in (self.figures_part, self._picture, self.together):
            part.setVisible(found is not None)
        if found is None:
            return
        for name, shown in found.shown().items():
            self.figures[name].show_figure(shown.figure, shown.caption, shown.words)
        digital = {code: int(count) for code, count in found.overview.digital.by_borough.items()}
        self.map.show_tiles(tiles_of(merged, self._incoming.boroughs, digital))
        self.standards.show_amounts(found.by_standard())
        self.together.show_chances(found.chances())

    def _allow(self) -> None:
        merged, is_free = self._incoming.merged, not self._busy
        chosen = self.returns.table.chosen()
        self.export.setEnabled(is_free and merged is not None and bool(merged.returns))
        self.returns.again.setEnabled(is_free and merged is not None)
        self.returns.away.setEnabled(is_free and chosen is not None and chosen.path is not None)
        self.returns.chase.setEnabled(merged is not None)
        self.expected.setEnabled(is_free and not self._desk.store.is_read_only)
        for choice in (self.add_files, self.add_folder):
            choice.setEnabled(is_free)

    # the rows behind what is shown

    def open_figure(self, name: str) -> None:
        """Show the rows behind the figure *name*."""
        if self._figures is not None:
            self._open_rows(self._figures.behind(name))

    def open_borough(self, code: str) -> None:
        """Show the digital apprentices of a borough, or where its return stands in the list."""
        merged = self._incoming.merged
        if self._figures is None or merged is None:
            return
        name = self._incoming.boroughs[code].name
        standing = {one.header.borough_code for one in merged.returns if one.header}
        if code in standing:
            self._open_rows(self._figures.behind_borough(code, name))
        elif self.returns.choose_borough(name):
            self.returns.table.setFocus()
            self.area.ensureWidgetVisible(self.returns)

    def open_chance(self, chance: Chance) -> None:
        """Show the rows that say that boroughs could work together."""
        if self._figures is not None:
            self._open_rows(self._figures.behind_chance(chance))

    def _open_rows(self, behind: Behind) -> None:
        self.dialog = RowsDialog(self, self._desk.theme, behind)
        self.dialog.open()

    # coming in

    def ask_for_files(self) -> None:
        """Ask which workbooks to add."""
        dialog = QFileDialog(
            self, "Add returns", "", "Workbooks (*.xlsx *.xlsm *.xls *.ods);;All files (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add)
        self.file_dialog = dialog
        dialog.open()

    def ask_for_folder(self) -> None:
        """Ask which folder to take all workbooks from."""
        dialog = QFileDialog(self, "Add a folder of returns")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self.add)
        self.file_dialog = dialog
        dialog.open()

    def add(self, paths: Sequence[str]) -> None:
        """Read the files and folders in *paths*, in the background."""
        incoming = self._incoming
        self._read(
            "Reading returns", lambda progress: receiving.add(incoming, paths, progress=progress)
        )

    def read_again(self) -> None:
        """Read every file anew."""
        incoming = self._incoming
        self._read(
            "Reading all returns again",
            lambda progress: receiving.read_again(incoming, progress=progress),
        )

    def take_away(self) -> None:
        """Leave the chosen file out."""
        chosen = self.returns.table.chosen()
        if chosen is not None and chosen.path is not None:
            self._seconds = None
            self._show(self._as_expected(receiving.take_away(self._incoming, chosen.path)))

    def choose_period(self, period: Quarter | None) -> None:
        """Merge the returns of *period*."""
        self._seconds = None
        self._show(self._as_expected(receiving.choose_period(self._incoming, period)))

    def _on_period_chosen(self) -> None:
        self.choose_period(self._period.read())

    def arrive(self, destination: MergeReturns) -> None:
        """Add the returns that were dropped onto the window."""
        if self._busy:
            self._desk.messages.warn(
                "Returns are still being read; these were not added.",
                "Drop them again when it is done.",
            )
            return
        self.add(destination.paths)

    # who is expected, and who has not sent

    def _as_expected(self, incoming: Incoming) -> Incoming:
        """Return *incoming* measured by what the desk expects for its period; on any thread."""
        merged = incoming.merged
        if merged is None or merged.period is None:
            return incoming
        codes = self._desk.store.read(expecting.expected_boroughs, str(merged.period))
        return incoming if codes == incoming.expected else receiving.expect(incoming, codes)

    def ask_who_is_expected(self) -> None:
        """Ask of which boroughs a return is expected, from the period that is merged on."""
        store = self._desk.store
        period = self._period_in_hand()
        periods = [period]
        for _ in range(_PERIODS_BEFORE):
            periods.append(periods[-1].previous())
        for _ in range(_PERIODS_AFTER):
            periods.insert(0, periods[0].next())
        self.dialog = ExpectingDialog(
            self,
            self._desk.theme,
            [each for each in self._incoming.boroughs.values() if not each.is_invented],
            periods,
            period,
            read=lambda quarter: store.read(expecting.expected_boroughs, str(quarter)),
            save=self.expect,
        )
        self.dialog.open()

    def expect(self, period: Quarter, codes: Sequence[str]) -> None:
        """Expect returns of exactly these boroughs from *period* on; one change.

        Raises Problem if it could not be saved.
        """
        every = [each for each in self._incoming.boroughs.values() if not each.is_invented]
        with self._desk.change(f"Change which boroughs are expected from {period} on") as session:
            for borough in every:
                if borough.code in codes:
                    expecting.expect(session, borough.code, str(period))
                else:
                    expecting.stop_expecting(session, borough.code, str(period))

    def copy_missing(self) -> None:
        """Put who has not sent onto the clipboard, as text."""
        merged = self._incoming.merged
        if merged is None:
            return
        QGuiApplication.clipboard().setText(chasing.chase_list(merged, self._rows))
        count = len(chasing.missing(self._rows))
        self._desk.messages.say(f"Copied: {counted(count, 'borough')} not received.")

    def _period_in_hand(self) -> Quarter:
        """The period that is merged, or else the last one that is over."""
        merged = self._incoming.merged
        if merged is not None and merged.period is not None:
            return merged.period
        return Quarter.containing(self._desk.clock.today()).previous()

    def refresh(self) -> None:
        """Take up what the desk expects now."""
        expected = self._as_expected(self._incoming)
        if expected is not self._incoming:
            self._show(expected)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("expected_borough"):
            self.note_stale()

    # going out

    def ask_where(self) -> None:
        """Ask where the merged workbook is to stand."""
        merged = self._incoming.merged
        if merged is None:
            return
        name = f"Merged returns {merged.period}"
        title = "Export merged workbook"
        self.file_dialog = ask_for_file(self, title, "Workbooks", "xlsx", name, self.export_to)

    def export_to(self, path: str) -> None:
        """Write the merged workbook to *path*, in the background.

        Beside it a folder takes a receipt for each borough, and its workbook back with what was
        found.
        """
        merged = self._incoming.merged
        if merged is None:
            return
        inputs = [one.path for one in self._incoming.received if not one.read.is_merged]
        if self._busy:
            return
        self._show_job(
            save_out(
                self._desk,
                "Writing the merged workbook",
                lambda progress: giving_back.write_all(merged, path, inputs, progress=progress),
                partial(giving_back.leaves, merged),
                owner=self,
                say=_written_in_words,
                failed=self._on_failed,
            )
        )

    # working

    def _read(self, title: str, work: Callable[[Progress], Incoming]) -> None:
        """Read in the background, measure it by what is expected, and show it."""

        def timed(progress: Progress) -> tuple[Incoming, Figures | None, float]:
            began = time.perf_counter()
            incoming = self._as_expected(work(progress))
            return incoming, figures_of(incoming.merged), time.perf_counter() - began

        self._run(title, timed, self._on_read)

    def _on_read(self, done: tuple[Incoming, Figures | None, float]) -> None:
        incoming, figures, self._seconds = done
        self._show(incoming, figures)
        access.announce(self.header, self.header.subtitle.text())
        self.refresh()  # what is expected may have been changed meanwhile

    def _run(
        self, title: str, work: Callable[[Progress], object], done: Callable[..., object]
    ) -> None:
        """Do *work* with its progress on the page; only one at a time."""
        if self._busy:
            return
        self._show_job(
            self._desk.jobs.run(title, work, done=done, failed=self._on_failed, owner=self)
        )

    def _show_job(self, job: Job) -> None:
        self._busy += 1
        self._had_keyboard = self.focusWidget() if self._has_keyboard() else None
        self._allow()
        panel = ProgressPanel(job, self._desk.theme)
        self._progress_room.addWidget(panel)
        job.ended.connect(self._on_ended)
        job.ended.connect(panel.deleteLater)

    def _on_failed(self, problem: Problem) -> None:
        self._desk.messages.problem(problem)

    def _on_ended(self) -> None:
        self._busy -= 1
        self._allow()
        self._settled.emit()

    def _has_keyboard(self) -> bool:
        here = QApplication.focusWidget()
        if here is None:
            return False
        asked = self.file_dialog  # it is just being closed, and gives the keyboard back to the page
        return self.isAncestorOf(here) or (asked is not None and asked.isAncestorOf(here))

    def _give_keyboard_back(self) -> None:
        """Put the keyboard where it was: a button that is not allowed meanwhile loses it."""
        before, self._had_keyboard = self._had_keyboard, None
        if before is None or not isValid(before):
            return
        if not (before.isVisibleTo(self) and before.isEnabledTo(self)):
            before = self.add_folder  # what stood on the empty page is gone
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(0)


def _written_in_words(written: Written) -> Said:
    path = written.path
    return Said(
        f"Merged into “{path.name}” in {path.parent}. Receipts and findings for the boroughs"
        f" are in “{written.folder.name}” beside it.",
        "Open the folder",
        lambda: open_folder(path),
    )
