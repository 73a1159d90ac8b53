"""The page Merge returns: files come in, each is said yes or no to, all of it becomes one workbook.

The state is ``returns.receiving.Incoming``; reading and writing run as jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import checks, merge, receiving, schema
from apprentice_desk.returns.picture import picture
from apprentice_desk.returns.receiving import Incoming, Line
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage, Tiles, head_of_page
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.findings import FindingsCard
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader, StatFigure
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.merge import columns

_HOW = (
    "Add the workbooks that the boroughs sent, or the folder that holds them, or drop them here."
    " Each is checked, and you see at once what it says and why something does not count."
)
_PERIOD = Field("period", "Period to merge", "choice", width=28)


class MergePage(ScrollingPage):
    """Returns that came in, what became of each, and the workbook they make together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._incoming = Incoming(schema.load(), checks.known_boroughs())
        self._rows: tuple[Line, ...] = ()
        self._busy = 0
        self.file_dialog: QFileDialog | None = None
        self.setAcceptDrops(True)
        self._build()
        self._show(self._incoming)

    @property
    def incoming(self) -> Incoming:
        """The files that came in, and what they come to."""
        return self._incoming

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.add_files = button("Add files", theme, self.ask_for_files, icon="file-up")
        self.add_folder = button("Add a folder", theme, self.ask_for_folder, icon="folder-open")
        self.export = button(
            "Export merged workbook", theme, self.ask_where, role="primary", icon="download"
        )
        self.header = PageHeader("Merge returns", "", theme)
        self.put(head_of_page(self.header, [self.export], theme))
        self.expect_all = QCheckBox("Expect a return from every London borough")
        self.expect_all.clicked.connect(self._on_expect_all)
        self.put(Flow([self.add_files, self.add_folder, self.expect_all], theme))
        self._progress_room = QVBoxLayout()
        self.put(self._progress_room)
        self.empty = Card("", theme)
        self.empty.add(
            EmptyState(theme, "layers", "No returns yet", _HOW, "Add a folder", self.ask_for_folder)
        )
        self.put(self.empty)
        self._figures = {
            name: StatFigure(words, "–", "", theme) for name, words in columns.FIGURES.items()
        }
        self._tiles = Tiles(list(self._figures.values()), theme, narrowest=36)
        self.put(self._tiles)
        self._period = ChoiceInput(_PERIOD, theme)
        self._period_block = FieldBlock(_PERIOD, self._period, theme)
        self._period.edited.connect(self._on_period_chosen)
        self.put(self._period_block)
        self.put(self._returns_part())
        self.findings = FindingsCard(theme, "File", ("Nothing was found", "Every return is sound."))
        self.put(self.findings)
        self.put_spare()

    def _returns_part(self) -> QWidget:
        theme = self._desk.theme
        self._card = Card("Returns", theme, flush=True)
        self._model = RowsModel(columns.RETURNS, self)
        self.returns = RowsTable(self._model, "Returns that came in", theme, stretch=6)
        self.returns.setProperty("role", "inner")
        self.returns.set_fits(12)
        self.returns.row_chosen.connect(self._on_row_chosen)
        self.again = button("Read all again", theme, self.read_again, icon="refresh-cw")
        self.away = button("Take the chosen one away", theme, self.take_away, icon="minus")
        self._card.add(self.returns)
        self._reason = label("", wraps=True)
        foot = QVBoxLayout()
        edge = theme.space(4)
        foot.setContentsMargins(edge, theme.space(1), edge, theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addWidget(self._reason)
        foot.addWidget(Flow([self.again, self.away], theme))
        self._card.body.addLayout(foot)
        return self._card

    # showing

    def _show(self, incoming: Incoming) -> None:
        self._incoming = incoming
        merged = incoming.merged
        is_empty = merged is None
        self.empty.setVisible(is_empty)
        for part in (self._tiles, self._card, self.findings):
            part.setVisible(not is_empty)
        self._period_block.setVisible(len(incoming.periods) > 1)
        self._rows = receiving.lines(incoming)
        if merged is None:
            self.header.set_words("Merge returns", "Nothing has come in yet.")
        else:
            expected = len(incoming.expected)
            self.header.set_words(
                columns.title(merged), columns.subtitle(merged, self._rows, expected)
            )
            contents = [one.content for one in merged.returns if one.content is not None]
            for name, words in columns.figures(picture(contents), expected).items():
                self._figures[name].show_figure(*words)
            self._period.set_choices([(quarter, quarter.words()) for quarter in incoming.periods])
            self._period.write(merged.period)
            self.findings.show_findings(
                columns.findings_title(merged.findings),
                [(finding, finding.place.file or "All returns") for finding in merged.findings],
            )
        self._model.replace(self._rows)
        self.returns.choose_first()
        self._on_row_chosen(self.returns.chosen())
        access.name(self, self.header.title.text(), self.header.subtitle.text())
        self._allow()

    def _allow(self) -> None:
        merged, is_free = self._incoming.merged, not self._busy
        chosen = self.returns.chosen()
        self.export.setEnabled(is_free and merged is not None and bool(merged.returns))
        self.again.setEnabled(is_free and merged is not None)
        self.away.setEnabled(is_free and chosen is not None and chosen.path is not None)
        for choice in (self.add_files, self.add_folder):
            choice.setEnabled(is_free)

    def _on_row_chosen(self, row: Line | None) -> None:
        self._reason.setText(row.reason if row is not None else "")
        self._reason.setVisible(bool(row is not None and row.reason))
        self._allow()

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
        self._run(
            "Reading returns",
            lambda progress: receiving.add(incoming, paths, progress=progress),
            self._show,
        )

    def read_again(self) -> None:
        """Read every file anew."""
        incoming = self._incoming
        self._run(
            "Reading all returns again",
            lambda progress: receiving.read_again(incoming, progress=progress),
            self._show,
        )

    def take_away(self) -> None:
        """Leave the chosen file out."""
        chosen = self.returns.chosen()
        if chosen is not None and chosen.path is not None:
            self._show(receiving.take_away(self._incoming, chosen.path))

    def choose_period(self, period: Quarter | None) -> None:
        """Merge the returns of *period*."""
        self._show(receiving.choose_period(self._incoming, period))

    def expect(self, codes: Sequence[str]) -> None:
        """Say which boroughs should send a return."""
        self._show(receiving.expect(self._incoming, codes))

    def _on_expect_all(self, is_ticked: bool) -> None:
        every = [borough for borough in self._incoming.boroughs.values() if not borough.is_invented]
        self.expect([borough.code for borough in every] if is_ticked else [])

    def _on_period_chosen(self) -> None:
        self.choose_period(self._period.read())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if not self._busy and local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.add(local_paths(event.mimeData()))
        event.acceptProposedAction()

    # going out

    def ask_where(self) -> None:
        """Ask where the merged workbook is to stand."""
        merged = self._incoming.merged
        if merged is None:
            return
        dialog = QFileDialog(self, "Export merged workbook", "", "Workbooks (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"Merged returns {merged.period}.xlsx")
        dialog.fileSelected.connect(self.export_to)
        self.file_dialog = dialog
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write the merged workbook to *path*, in the background."""
        merged = self._incoming.merged
        if merged is None:
            return
        inputs = [one.path for one in self._incoming.received if not one.read.is_merged]

        def work(progress: Progress) -> Path:
            progress.step(0, None, "Writing the workbook")
            merge.write_merged(merged, path, inputs)
            return Path(path)

        self._run("Writing the merged workbook", work, self._on_written)

    def _on_written(self, path: Path) -> None:
        self._desk.messages.say(
            f"Merged into “{path.name}” in {path.parent}.",
            "Open the folder",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
        )

    def _run(
        self, title: str, work: Callable[[Progress], object], done: Callable[..., object]
    ) -> None:
        """Do *work* with its progress on the page; only one at a time."""
        if self._busy:
            return
        self._busy += 1
        self._allow()
        job = self._desk.jobs.run(title, work, done=done, failed=self._on_failed, owner=self)
        panel = ProgressPanel(job, self._desk.theme)
        self._progress_room.addWidget(panel)
        job.ended.connect(self._on_ended)
        job.ended.connect(panel.deleteLater)

    def _on_failed(self, problem: Problem) -> None:
        self._desk.messages.problem(problem)

    def _on_ended(self) -> None:
        self._busy -= 1
        self._allow()


def local_paths(dropped: QMimeData) -> list[str]:
    """Return the files and folders of this computer among what was dropped."""
    return [url.toLocalFile() for url in dropped.urls() if url.isLocalFile()]
