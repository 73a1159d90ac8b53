"""The page of a case: LOTI's planner headings with the desk's figures in them, and the plan.

It is reached from Network and from Returns; the navigation does not list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.outcomes_case import BLANK, EVALUATION, HEADINGS
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.outcomes import CaseFigure, filled
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import outcomes
from apprentice_desk.records.outcomes import CaseRow
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenCase, OpenHistory, OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues, PageHeader
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.case.kinds import Cases, Steps
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import PEOPLE_TABLES
from apprentice_desk.ui.recording.panel import READ_ONLY

TITLE = "Case"
FIGURES_TITLE = "Figures to put in"
ABOUT = "LOTI's planner headings, with figures of this desk filled in"
_COUNTED = ("pledge", "network_event", "barrier", "secondment", "off_the_job_entry")


class CasePage(ScrollingPage):
    """One case at a time: what it says on one side, its plan and the figures on the other."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = desk.theme
        self._rows: tuple[CaseRow, ...] = ()
        self._shown: UUID | None = None
        self.figures: tuple[CaseFigure, ...] = ()
        self.kind = Cases(desk, lambda: self.figures)
        self.steps = Steps(desk)
        self.question: Question | None = None
        self.file_dialog: Any = None
        self._build()
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to Network", "Alt+Left", self.back.click)
        add_key(self, "History of this case", "Ctrl+H", self.history.click)
        self._show()

    def _build(self) -> None:
        theme = self._theme
        self.begin = button("Begin a case", theme, self.start_adding, role="primary", icon="plus")
        self.change = button("Change…", theme, self.start_change, icon="pencil")
        self.change.setToolTip("Change what the case says")
        self.remove = button("Remove…", theme, self._on_remove, icon="trash-2")
        self.save_pdf = button("Save as PDF…", theme, self.ask_for_pdf, icon="file-down")
        self.save_word = button("Save as Word…", theme, self.ask_for_word, icon="file-down")
        self.history = button("History", theme, self._on_history, icon="history")
        self.history.setToolTip("Who changed what of this case (Ctrl+H)")
        self.back = button("Back to Network", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the network (Alt+Left)")
        self.header = PageHeader(TITLE, ABOUT, theme, (self.begin, self.back))
        self.switch = Switch("Cases", [("", "")], theme)
        self.nothing = EmptyState(
            theme,
            "target",
            *self.kind.empty,
            "" if self._desk.store.is_read_only else "Begin a case…",
            self.start_adding,
        )
        self.says = Card("", theme)
        self._words = QWidget()
        self._down = QVBoxLayout(self._words)
        self._down.setSpacing(theme.space(1))
        self._down.setContentsMargins(0, theme.space(2), 0, 0)
        acts = Flow([self.change, self.save_pdf, self.save_word, self.history, self.remove], theme)
        self.says.add(acts)
        self.says.add(self._words)
        self.plan = RecordList(self.steps, "Add a step…")
        self.up = button("Move up", theme, lambda: self._move(-1), icon="arrow-up")
        self.down = button("Move down", theme, lambda: self._move(1), icon="arrow-down")
        plan = Card("", theme)
        plan.add(self.plan)
        plan.add(Flow([self.up, self.down], theme))
        self.known = KeyValues((), theme)
        figures = Card(FIGURES_TITLE, theme)
        figures.add(label("Write the word in braces, such as {started}.", "small", wraps=True))
        figures.add(self.known)
        right = QWidget()
        right.setLayout(column_of(theme, plan, figures, None, quarters=4))
        left = QWidget()
        left.setLayout(column_of(theme, self.says, None, quarters=4))
        self.both = SideBySide([left, right], theme, shares=(3, 2), narrowest=240)
        for each in (self.header, self.switch, self.nothing, self.both):
            self.put(each)
        self.put(QWidget(), 1)
        self.switch.chosen.connect(lambda key: self._choose(UUID(key)))
        self.plan.table.row_chosen.connect(lambda _shown: self._allow())
        if self._desk.store.is_read_only:
            for writes in (self.begin, self.change, self.remove):
                writes.setEnabled(False)
                writes.setToolTip(as_tip(READ_ONLY))

    # showing

    def refresh(self) -> None:
        """Read the cases anew, and the desk's figures behind the window where that takes long."""
        desk = self._desk
        # Late: what a return is made of is not needed before a case is looked at.
        from apprentice_desk.returns.case_figures import case_figures

        self._rows = desk.store.read(outcomes.case_rows)
        if self.case is None:
            self._shown = self._rows[0].id if self._rows else None
        today, lists = desk.clock.today(), desk.lists

        def count(_progress: Progress) -> tuple[CaseFigure, ...]:
            return desk.store.read(case_figures, today, lists.hours_rules, lists.role_families)

        if not desk.is_large:
            self._take(count(Progress()))
            return
        self._show()
        desk.jobs.run("Counting for the case", count, done=self._take, newest_of="case", owner=self)

    def _take(self, figures: tuple[CaseFigure, ...]) -> None:
        self.figures = figures
        self._show()

    @property
    def case(self) -> CaseRow | None:
        """The case that is shown."""
        return next((row for row in self._rows if row.id == self._shown), None)

    def _show(self) -> None:
        case = self.case
        self.switch.setVisible(len(self._rows) > 1)
        if len(self._rows) > 1:
            self.switch.show_choices([(str(row.id), row.details.title) for row in self._rows])
            self.switch.show_value(str(self._shown))
        self.nothing.setVisible(case is None)
        self.both.setVisible(case is not None)
        self.header.set_words(TITLE if case is None else case.details.title, ABOUT)
        self.known.show_pairs(
            [(f"{{{each.name}}}", f"{each.says}: {each.value or 'not known'}")
             for each in self.figures]
        )  # fmt: skip
        self.steps.show_case(self._shown)
        self.plan.refresh()
        self._allow()
        if case is not None:
            self._show_words(case)

    def _show_words(self, case: CaseRow) -> None:
        while (item := self._down.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        figures = {each.name: each for each in self.figures}
        parts = [*HEADINGS, (EVALUATION, (("evaluation", ""),))]
        for number, (heading, fields) in enumerate(parts):
            if number:
                self._down.addSpacing(self._theme.space(3))
            self._down.addWidget(label(heading, "heading", wraps=True))
            for field, name in fields:
                if name:
                    self._down.addSpacing(self._theme.space(1))
                    self._down.addWidget(label(name, "quiet", wraps=True))
                text = filled(getattr(case.details, field), figures)
                shown = label(text or BLANK, "" if text else "quiet", wraps=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                access.name(shown, f"{name or heading}: {text or BLANK}")
                self._down.addWidget(shown)

    def _allow(self) -> None:
        rows = self.plan.model.rowCount()
        at = self.plan.table.currentIndex().row()
        may = not self._desk.store.is_read_only and self.plan.table.chosen() is not None
        self.up.setEnabled(may and at > 0)
        self.down.setEnabled(may and 0 <= at < rows - 1)

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*self.kind.tables, *PEOPLE_TABLES, *_COUNTED):
            self.note_stale()

    # what the person does

    def arrive(self, destination: OpenCase) -> FormDialog | None:
        """Show a case, or begin one; return its form, at the field to fill in."""
        self.refresh()
        if destination.case_id is None:
            return self.start_adding() if destination.field else None
        if not self._choose(destination.case_id):
            self._desk.messages.warn(
                "This case is not in the desk any more.", "Somebody removed it."
            )
            return None
        return self.start_change(destination.field) if destination.field else None

    def _choose(self, case_id: UUID) -> bool:
        if all(row.id != case_id for row in self._rows):
            return False
        self._shown = case_id
        self._show()
        return True

    def start_adding(self) -> FormDialog | None:
        """Open the form of a new case; None where nothing may be written."""
        if self._desk.store.is_read_only:
            return None

        def show(made: UUID) -> None:
            self._shown = made

        return editing.add(self.kind, self, show)

    def start_change(self, field: str = "") -> FormDialog | None:
        """Open the form of the case that is shown; None where there is none to change."""
        case = self.case
        if case is None or self._desk.store.is_read_only:
            return None
        return editing.change(self.kind, self.kind_shown(case), self, field)

    def kind_shown(self, case: CaseRow) -> Any:
        """Return a case as its kind shows it."""
        return next(shown for shown in self._desk.store.read(self.kind.read) if shown.id == case.id)

    def _on_remove(self) -> None:
        case = self.case
        if case is not None and not self._desk.store.is_read_only:
            self.question = editing.remove(self.kind, self.kind_shown(case), self, lambda: None)

    def _move(self, by: int) -> None:
        step = self.plan.table.chosen()
        if step is None:
            return

        def act() -> None:
            way = "up" if by < 0 else "down"
            with self._desk.change(f"Move step “{step.title}” {way}") as session:
                outcomes.move_step(session, step.id, by)

        self._desk.attempt(act)
        self.refresh()
        self.plan.arrive(step.id)
        self._allow()

    def _on_history(self) -> None:
        if self.case is not None:
            name = f"“{self.case.details.title}”"
            self._desk.go(OpenHistory("outcomes_case", self.case.id, name))

    def _go_back(self) -> None:
        self._desk.go(OpenPage("network"))

    # on paper

    def ask_for_pdf(self) -> None:
        """Ask where the case is to stand as PDF."""
        if self.case is not None:
            self.file_dialog = ask_for_file(
                self, "Save the case as PDF", "PDF", "pdf", self.case.details.title, self.save
            )

    def ask_for_word(self) -> None:
        """Ask where the case is to stand as a Word document."""
        if self.case is not None:
            self.file_dialog = ask_for_file(
                self, "Save the case as Word", "Word", "docx", self.case.details.title, self.save
            )

    def save(self, path: str) -> None:
        """Write the case to *path*, in the background: Word by its ending, else PDF."""
        case, desk, figures = self.case, self._desk, self.figures
        if case is None:
            return

        def work(progress: Progress) -> Any:
            # Late: ReportLab and python-docx take a fifth of a second to import.
            from apprentice_desk.documents import docx, pdf
            from apprentice_desk.documents.outcomes_case import CasePaper, case_paper

            paper = case_paper(
                CasePaper(
                    case.details,
                    tuple(step.details for step in case.steps),
                    figures,
                    desk.organisation.name,
                    desk.clock.today(),
                    is_sample=desk.organisation.is_sample,
                )
            )
            write = docx.write if path.casefold().endswith(".docx") else pdf.write
            return write(path, paper, progress)

        # A case is written by hand: who is named in it only its writer knows.
        save_out(desk, "Saving the case", work, Going(LeftKind.CASE), owner=self)
