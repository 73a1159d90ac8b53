"""The page of the audit rehearsal: how files are drawn, the gaps, and the place of each.

It is reached from Hours, from Apprentices and from the search; the navigation does not list it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from apprentice_desk.documents.audit import IS_NO_AUDIT, NAMES_PEOPLE, TITLE, Rehearsal
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import Target
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    Destination,
    OpenApprentice,
    OpenHours,
    OpenPage,
    OpenReturnRecord,
)
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.audit.columns import CAN_DO_WITHOUT, COLUMNS, GapLine, lines_of
from apprentice_desk.ui.pages.audit.work import Wanted, rehearsing, seed_of

_SUBTITLE = "Files drawn as an auditor would draw them, and what each of them lacks"
_SIZE = Field("size", "How many files", "integer", width=8)
_SEED = Field("seed", "Drawn with the number", "integer", width=14, show=str)
_HELP = (
    "Left blank, as many files as are suggested are drawn. The same number draws the same files"
    " again. Files are spread over standards, start years and"
    " providers; those with something odd have more chances."
)
_MOST_FILES = 200
_PLACES = {
    "apprentices": "Open this apprentice",
    "hours": "Open these hours",
    "reviews": "Open the reviews",
}


class AuditPage(ScrollingPage):
    """A rehearsal that is made when asked for; nothing in the desk is changed by it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = desk.theme
        self.rehearsal: Rehearsal | None = None
        self.question: Question | None = None
        self.file_dialog: QFileDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Gaps", desk.theme, stretch=2)
        self.table.order.can_do_without(CAN_DO_WITHOUT)
        self._build()
        self._connect()
        self._show_gap(None)

    # building

    def _build(self) -> None:
        theme = self._theme
        self.back = button("Back to Hours", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to Hours (Alt+Left)")
        self.save = button("Save as PDF…", theme, self.ask_before_saving, icon="printer")
        self.save.setToolTip("Save as PDF, to print (Ctrl+P)")
        self.save.setEnabled(False)
        self.header = PageHeader(TITLE, _SUBTITLE, theme, (self.back, self.save))
        self.size_block = FieldBlock(_SIZE, make_input(_SIZE, theme), theme)
        self.seed_block = FieldBlock(_SEED, make_input(_SEED, theme), theme)
        self.seed_block.input.write(seed_of(self._desk.clock.today()))
        self.rehearse = button("Rehearse", theme, self.start, role="primary", icon="list-checks")
        self.others = button("Draw others", theme, self.draw_others, icon="refresh-cw")
        self.others.setToolTip("Draw with the next number")
        self.card = Card("", theme)
        self.card.add(label(IS_NO_AUDIT, "quiet", wraps=True))
        self.card.add(Flow((self.size_block, self.seed_block), theme, quarters=6))
        self.card.add(label(_HELP, "small", wraps=True))
        self.card.add(Flow((self.rehearse, self.others), theme))
        self._progress_room = QVBoxLayout()
        self.says = label("", "strong", wraps=True)
        self.drawn = label("", "quiet", wraps=True)
        self.nothing = EmptyState(
            theme, "shield-check", "Nothing rehearsed yet",
            "Draw some files, and every gap comes here with what would close it.",
        )  # fmt: skip
        self.gap = Card("The chosen gap", theme)
        self.gap_words = label("", wraps=True)
        self.gap_closes = label("", "strong", wraps=True)
        self.gap_source = label("", "small", wraps=True)
        self.go_there = button("", theme, self._go_to_gap, icon="arrow-right")
        for part in (self.gap_words, self.gap_closes, self.gap_source):
            self.gap.add(part)
        self.gap.add(Flow((self.go_there,), theme))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.table)
        self.table.setMinimumHeight(theme.space(60))
        self.table.set_empty("No gap was found", "Draw other files, or more of them.")
        self.put(self.header)
        self.put(self.card)
        self.put(self._progress_room)
        self.put(self.says)
        self.put(self.drawn)
        self.put(self.stack, 1)
        self.put(self.gap)
        self.says.hide()
        self.drawn.hide()

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._show_gap)
        self.table.row_opened.connect(lambda _line: self._go_to_gap())
        add_key(self, "Back to Hours", "Alt+Left", self.back.click)
        add_key(
            self, "Save as PDF, to print", QKeySequence.StandardKey.Print, self.ask_before_saving
        )

    # rehearsing

    def start(self) -> None:
        """Draw files and look at each, behind the window."""
        wanted = self._wanted()
        if wanted is None:
            return
        self.rehearse.setEnabled(False)
        self.others.setEnabled(False)
        job = self._desk.jobs.run(
            "Rehearsing the audit",
            rehearsing(self._desk, wanted),
            done=self._on_rehearsed,
            owner=self,
        )
        panel = ProgressPanel(job, self._theme)
        self._progress_room.addWidget(panel)
        job.ended.connect(panel.deleteLater)
        job.ended.connect(self._on_ended)

    def draw_others(self) -> None:
        """Rehearse with the next number."""
        wanted = self._wanted()
        if wanted is not None:
            self.seed_block.input.write(wanted.seed + 1)
            self.start()

    def _wanted(self) -> Wanted | None:
        """What is typed; None, and said beside the field, where it cannot be taken."""
        numbers: list[int | None] = []
        for block, least, most, words in (
            (self.size_block, 1, _MOST_FILES, f"Between 1 and {_MOST_FILES} files can be drawn."),
            (self.seed_block, 0, 10**12, "Type a whole number of at most twelve digits."),
        ):
            try:
                number = block.input.read()
            except ValueError as error:
                block.show_findings([Finding(Level.ROW, "AU001", str(error))])
                return None
            if number is not None and not least <= number <= most:
                block.show_findings([Finding(Level.ROW, "AU002", words)])
                return None
            numbers.append(number)
        size, seed = numbers
        if seed is None:
            seed = seed_of(self._desk.clock.today())
            self.seed_block.input.write(seed)
        return Wanted(size, seed)

    def _on_ended(self) -> None:
        self.rehearse.setEnabled(True)
        self.others.setEnabled(True)

    def _on_rehearsed(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.says.setText(rehearsal.says())
        self.drawn.setText(rehearsal.sample.says())
        self.says.show()
        self.drawn.show()
        self.save.setEnabled(bool(rehearsal.files))
        if not rehearsal.files:
            self.nothing.set_words(
                "There is no file to draw yet",
                "Nobody has begun an apprenticeship. Add or import apprentices first.",
            )
            self.says.hide()
            self.drawn.hide()
            self.stack.setCurrentWidget(self.nothing)
            return
        self.model.replace(lines_of(rehearsal))
        self.stack.setCurrentWidget(self.table)
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        access.announce(self.says, self.says.text())

    # the chosen gap

    def _show_gap(self, line: GapLine | None) -> None:
        gap = None if line is None else line.gap
        self.gap.setVisible(gap is not None)
        if line is None or gap is None:
            return
        self.gap.heading.setText(f"{line.name}: {gap.kind}")
        self.gap_words.setText(gap.says)
        self.gap_closes.setText(gap.closes)
        self.gap_source.setText(gap.source_words)
        self.gap_source.setVisible(bool(gap.source))
        self.go_there.setText(_PLACES[gap.target.kind])
        access.name(self.go_there, f"{_PLACES[gap.target.kind]}: {line.name}, {gap.kind}")

    def _go_to_gap(self) -> None:
        line = self.table.chosen()
        if line is not None and line.gap is not None:
            is_read_only = self._desk.store.is_read_only
            self._desk.go(place_of_gap(line.gap.target, is_read_only=is_read_only))

    def _go_back(self) -> None:
        self._desk.go(OpenPage("hours"))

    # saving

    def ask_before_saving(self) -> None:
        """Say that people are named in the paper, then ask where it is to stand."""
        if self.rehearsal is None or not self.rehearsal.files:
            return
        self.question = ask(
            self,
            self._theme,
            "This paper names people",
            NAMES_PEOPLE,
            "Choose where to save it",
            self.ask_for_file,
        )

    def ask_for_file(self) -> None:
        """Ask where the PDF is to stand."""
        desk = self._desk
        name = f"{desk.organisation.name} {TITLE.lower()} {desk.clock.today()}"
        self.file_dialog = ask_for_file(
            self, "Save the rehearsal", "PDF", "pdf", name, self.save_pdf
        )

    def save_pdf(self, path: str) -> None:
        """Write the rehearsal that is shown to *path*, in the background."""
        rehearsal = self.rehearsal
        assert rehearsal is not None  # there is no asking for a place without one

        def work(progress: Progress) -> Any:
            # Late: ReportLab takes a fifth of a second to import.
            from apprentice_desk.documents import pdf
            from apprentice_desk.documents.audit import audit_paper

            return pdf.write(path, audit_paper(rehearsal), progress)

        going = Going.of(LeftKind.AUDIT, (each.file.id for each in rehearsal.files))
        save_out(self._desk, "Saving the rehearsal as PDF", work, going, owner=self)


def place_of_gap(target: Target, *, is_read_only: bool) -> Destination:
    """Return where a gap is closed; where nothing can be changed, where it is seen."""
    assert target.record_id is not None
    if target.kind == "hours":
        return OpenHours(target.record_id)
    if target.kind == "reviews":
        return OpenReturnRecord("reviews")
    return OpenApprentice(target.record_id, "" if is_read_only else target.field)
