"""The page Import a list: choose a file, match its columns, review its rows, bring them in.

The state is ``imports.steps.Journey``; the page only shows it.  Reading, reviewing and bringing in
run as jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.log_sheets import FilledLogError
from apprentice_desk.imports.rows import Near
from apprentice_desk.imports.steps import Given, Journey
from apprentice_desk.records.changelog import Changes
from apprentice_desk.records.import_memory import MappingRow, mapping_rows
from apprentice_desk.records.known_people import known_people
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenPage, TakeLog
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.panels import PageHeader, StepBar
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.pages.imports import codes_form, sentences
from apprentice_desk.ui.pages.imports.late import Late
from apprentice_desk.ui.pages.imports.match_part import MatchPart
from apprentice_desk.ui.pages.imports.parts import ChoosePart, DonePart
from apprentice_desk.ui.pages.imports.remembered import RememberedColumns
from apprentice_desk.ui.pages.imports.review_part import ReviewPart
from apprentice_desk.ui.pages.imports.rows_saver import RowsSaver
from apprentice_desk.ui.pages.imports.shown import Shown
from apprentice_desk.ui.pages.imports.shown import shown as shown_of

_TITLES = {
    Kind.APPRENTICES: "Import apprentices",
    Kind.HOURS: "Import hours",
    Kind.CONTRACTS: "Import contracts",
    Kind.PAYMENTS: "Import payments",
}
_LEADS_TO = {
    Kind.APPRENTICES: "apprentices",
    Kind.HOURS: "hours",
    Kind.CONTRACTS: "contracts",
    Kind.PAYMENTS: "contracts",
}
_PATTERNS = "Lists (*.xlsx *.xlsm *.xls *.ods *.csv);;All files (*)"


class Step(IntEnum):
    """The steps, in their order."""

    CHOOSE = 0
    MATCH = 1
    REVIEW = 2
    DONE = 3


_Known = tuple[Sequence[tuple[str, str]], Sequence[MappingRow]]


class ImportsPage(ScrollingPage):
    """One import from its file to the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._journey = steps.begin(Kind.APPRENTICES)
        self._shown: Shown | None = None
        self._people: Sequence[tuple[str, str]] = ()
        self._busy = 0
        self._step = Step.CHOOSE
        self.file_dialog: QFileDialog | None = None
        self.codes_dialog: FormDialog | None = None
        self._build()
        self._go_to(Step.CHOOSE)
        desk.changed.connect(self._on_changed)
        desk.undo_changed.connect(self._show_undo)

    @property
    def journey(self) -> Journey:
        """How far the import has come."""
        return self._journey

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._step

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.header = PageHeader("Import a list", "", theme)
        self.bar = StepBar(("Choose a file", "Match the columns", "Review", "Done"), theme)
        self.choose_part = ChoosePart(theme)
        self.choose_part.asked_for_file.connect(self.ask_for_file)
        self.choose_part.kind_chosen.connect(self._on_kind)
        self.put(self.header)
        self.put(self.bar)
        self._progress_room = QVBoxLayout()
        self.put(self._progress_room)
        self.put(self.choose_part)
        last = self.choose_part.file_button
        self.remembered = RememberedColumns(self._desk, self, lambda: self._journey, self._try)
        self.rows_saver = RowsSaver(self._desk, self, lambda: self._journey)
        self._match = Late(self._make_match, self._room(), last, self.put_foot)
        self._reviews = {
            kind: Late(partial(self._make_review, kind), self._room(), last, self.put_foot)
            for kind in Kind
        }
        self._done = Late(self._make_done, self._room(), last)
        self.put_spare()

    def _room(self) -> QVBoxLayout:
        room = QVBoxLayout()
        self.put(room)
        return room

    def _make_match(self) -> MatchPart:
        part = MatchPart(self._desk.theme)
        part.headings_moved.connect(self._on_headings)
        part.column_held.connect(self._on_column)
        part.options_said.connect(self._on_options)
        part.together_said.connect(self._on_together)
        part.blocks_said.connect(self._on_blocks)
        part.meant.connect(self._on_proposal_taken)
        part.differed.connect(self._on_stranger_added)
        part.memory.renamed.connect(self.remembered.rename)
        part.memory.asked_to_forget.connect(self.remembered.forget)
        part.memory.asked_to_save.connect(self.remembered.ask_where_to_save)
        part.memory.asked_to_load.connect(self.remembered.ask_what_to_load)
        part.asked_back.connect(self._start_over)
        part.asked_on.connect(self.review)
        return part

    def _make_review(self, kind: Kind) -> ReviewPart:
        part = ReviewPart(kind, self._desk.theme)
        part.ticked.connect(self._on_ticked)
        part.accepted.connect(self._on_accepted)
        part.believed.connect(self._on_believed)
        part.meant.connect(self._on_meant)
        part.differed.connect(self._on_differed)
        part.asked_to_save.connect(self.rows_saver.ask_where)
        part.asked_for_standards.connect(self.ask_for_standards)
        part.asked_back.connect(self._go_back)
        part.asked_on.connect(self.bring_in)
        return part

    def _make_done(self) -> DonePart:
        part = DonePart(self._desk.theme)
        part.asked_to_undo.connect(self._desk.undo)
        part.asked_for_another.connect(self._start_over)
        part.asked_to_go.connect(self._look)
        part.asked_to_save.connect(self.rows_saver.ask_where)
        part.asked_what_is_next.connect(lambda: self._desk.go(OpenPage("today")))
        return part

    def _parts(self) -> tuple[QWidget, ...]:
        """Return what was made of the page by now, with what stands below it."""
        reviews = [part for late in self._reviews.values() for part in late.made]
        feet = [*(part.foot for part in self._match.made), *(part.foot for part in reviews)]
        return self.choose_part, *self._match.made, *reviews, *self._done.made, *feet

    @property
    def match_part(self) -> MatchPart:
        """The part that matches the columns."""
        return self._match.get()

    @property
    def review_part(self) -> ReviewPart:
        """The part that shows the rows of a list of this kind."""
        return self._reviews[self._journey.kind].get()

    @property
    def done_part(self) -> DonePart:
        """The part that says what was brought in."""
        return self._done.get()

    # showing

    def _go_to(self, step: Step) -> None:
        """Show a step as the journey stands."""
        self._step = step
        journey = self._journey
        self.bar.set_current(step if step is not Step.DONE else Step.DONE + 1)
        file = journey.table.file_name if journey.table else ""
        self.header.set_words(
            _TITLES[journey.kind], file or "From the spreadsheet or download that you have"
        )
        self.choose_part.show_kind(journey.kind)
        shown, foot = self._part_of(step)
        for part in self._parts():
            part.setVisible(part in (shown, foot))
        self.show_foot(foot)
        self._show()
        self.area.verticalScrollBar().setValue(0)

    def _part_of(self, step: Step) -> tuple[QWidget, QWidget | None]:
        """Return the part that a step shows, and what stands below it."""
        match step:
            case Step.CHOOSE:
                return self.choose_part, None
            case Step.MATCH:
                return self.match_part, self.match_part.foot
            case Step.REVIEW:
                return self.review_part, self.review_part.foot
            case Step.DONE:
                return self.done_part, None

    def _take_keyboard(self) -> None:
        """Go to what one does next in the step that is shown."""
        self._allow()
        following: QWidget
        match self._step:
            case Step.CHOOSE:
                following = self.choose_part.file_button
            case Step.MATCH:
                can_go_on = self.match_part.forward.isEnabled()
                following = self.match_part.forward if can_go_on else self.match_part.first_to_say()
            case Step.REVIEW:
                following = self.review_part.table
            case Step.DONE:
                following = self.done_part.go
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Show the journey in the step that is shown."""
        match self._step:
            case Step.MATCH:
                self.match_part.show_journey(
                    self._journey, self._people, is_read_only=self._desk.store.is_read_only
                )
            case Step.REVIEW if (shown := self._seen()) is not None:
                is_read_only = self._desk.store.is_read_only
                self.review_part.show_journey(self._journey, shown, is_read_only=is_read_only)
            case Step.DONE:
                self._show_undo()

    def _seen(self) -> Shown | None:
        """Return what is shown of the review, which the job that made it has mostly worked out."""
        review = self._journey.review
        if review is not None and (self._shown is None or self._shown.review is not review):
            self._shown = shown_of(review)
        return self._shown

    @property
    def _label(self) -> str:
        """What the import is called by Undo and in the log."""
        shown = self._seen()
        return shown.label if shown is not None else ""

    def _show_undo(self) -> None:
        if self._step is not Step.DONE:
            return
        if self._desk.redo_label == self._label:
            self.done_part.show_undone()
        else:
            self.done_part.show_journey(self._journey)
            self.done_part.undo.setEnabled(self._desk.undo_label == self._label)

    def refresh(self) -> None:
        """Read who is in the desk, and weigh the rows again if they are being reviewed.

        In a desk where that takes too long for the window's thread it is done behind it.
        """
        store = self._desk.store

        def read(_progress: object = None) -> _Known:
            return sentences.people(store.read(known_people)), store.read(mapping_rows)

        if self._desk.is_large:
            self._desk.jobs.run(
                "Reading who is there",
                read,
                done=self._take,
                newest_of="import people",
                owner=self,
                is_quiet=True,
            )
            return
        self._desk.attempt(lambda: self._take(read()))

    def _take(self, known: _Known) -> None:
        self._people, mappings = known
        self._journey = steps.know(self._journey, mappings)
        if self._step is not Step.REVIEW:
            self._show()
        elif not self._busy:
            self.review()

    def _on_changed(self, changes: Changes) -> None:
        if not changes.only_notes:
            self.note_stale()

    # the steps

    def arrive(self, destination: ImportList) -> None:
        """Begin an import, with a file if there is one already."""
        self._journey = steps.begin(destination.kind)
        self._go_to(Step.CHOOSE)
        self._take_keyboard()
        if destination.path:
            self.choose(destination.path)

    def ask_for_file(self) -> None:
        """Ask which file to import."""
        dialog = QFileDialog(self, _TITLES[self._journey.kind], "", _PATTERNS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.choose)
        self.file_dialog = dialog
        dialog.open()

    def choose(self, path: str) -> None:
        """Read a file and show what its columns are taken for."""
        journey, store = self._journey, self._desk.store
        for review in self._reviews[journey.kind].made:
            review.show_all()

        def work(progress: Progress) -> tuple[Journey, Shown | None]:
            try:
                chosen = steps.choose(journey, path, progress, store.read(mapping_rows))
            except FilledLogError:
                raise  # it is gone on with, on the page of papers
            except Problem as problem:
                raise Problem(f"{problem.what} Nothing was read.", problem.remedy) from problem
            return steps.propose(chosen, store.read(known_people)), None

        self._run("Reading the list", work, Step.MATCH)

    def review(self) -> None:
        """Weigh every row against the desk and show what becomes of it."""
        journey, desk = self._journey, self._desk
        today = desk.clock.today()

        def work(progress: Progress) -> tuple[Journey, Shown | None]:
            progress.step(0, None, "Looking at the desk")
            given = Given(
                desk.lists.hours_rules,
                desk.lists.role_families,
                resources.provider_names(),
                today,
            )
            made = steps.review(journey, desk.store, given, progress)
            progress.step(0, None, "Adding up")
            return made, (shown_of(made.review) if made.review is not None else None)

        self._run("Reviewing the rows", work, Step.REVIEW)

    def bring_in(self) -> None:
        """Bring the rows in, as one change."""
        journey, desk, shown = self._journey, self._desk, self._seen()

        def work(progress: Progress) -> tuple[Journey, Shown | None]:
            return steps.bring_in(journey, desk.store, progress), shown

        self._run(self._label, work, Step.DONE, writes=True)

    def _run(
        self,
        title: str,
        work: Callable[[Progress], tuple[Journey, Shown | None]],
        then: Step,
        *,
        writes: bool = False,
    ) -> None:
        """Do *work* with its progress on the page and show the step *then*; one at a time.

        *work* also returns what is shown of the review, if there is one by then.
        """
        if self._busy:
            return
        self._busy += 1
        self._allow()

        def arrived(made: tuple[Journey, Shown | None]) -> None:
            self._journey, self._shown = made
            if writes:
                self._desk.say_saved(self._label)
            self._go_to(then)
            self._take_keyboard()

        job = self._desk.jobs.run(
            title, work, done=arrived, failed=self._on_failed, writes=writes, owner=self
        )
        panel = ProgressPanel(job, self._desk.theme)
        self._progress_room.addWidget(panel)
        job.ended.connect(self._on_ended)
        job.ended.connect(panel.deleteLater)

    def _on_failed(self, problem: Problem) -> None:
        if isinstance(problem, FilledLogError):
            self._desk.go(TakeLog(problem.path))
            return
        self._desk.messages.problem(problem)

    def _on_ended(self) -> None:
        self._busy -= 1
        self._allow()

    def _allow(self) -> None:
        for part in self._parts():
            part.setEnabled(not self._busy)

    def _on_kind(self, kind: Kind) -> None:
        self._journey = steps.begin(kind)
        self._go_to(Step.CHOOSE)

    def _on_headings(self, sheet: str, row: int) -> None:
        self._try(lambda: steps.find_headings(self._journey, sheet, row))

    def _on_together(self, is_together: bool) -> None:
        self._try(lambda: steps.read_together(self._journey, is_together=is_together))

    def _on_blocks(self, is_taken: bool) -> None:
        self._try(lambda: steps.take_names(self._journey, are_names=is_taken))

    def _on_column(self, index: int, field: str | None) -> None:
        self._try(lambda: steps.hold(self._journey, index, field))

    def ask_for_standards(self) -> None:
        """Ask for each LARS code of the list which standard it means."""
        self._desk.attempt(self._open_codes)

    def _open_codes(self) -> None:
        self.codes_dialog = codes_form.open_dialog(self._desk, self._journey.codes, self)

    def _on_options(self, apprentice: str, add_missing: bool) -> None:
        options = replace(self._journey.options, apprentice=apprentice, add_missing=add_missing)
        if options != self._journey.options:
            self._try(lambda: steps.say(self._journey, options))

    def _on_ticked(self, numbers: list[int], is_in: bool) -> None:
        self._try(lambda: steps.tick(self._journey, numbers, is_in=is_in))

    def _on_accepted(self, number: int, fields: frozenset[str]) -> None:
        self._try(lambda: steps.accept(self._journey, number, fields))

    def _on_believed(self, fields: frozenset[str]) -> None:
        self._try(lambda: steps.believe(self._journey, fields))

    def _on_meant(self, near: Near) -> None:
        self._journey = steps.mean(self._journey, near)
        self.review()

    def _on_differed(self, written: str) -> None:
        self._journey = steps.differ(self._journey, written)
        self.review()

    def _on_stranger_added(self, written: str) -> None:
        self._try(lambda: steps.differ(self._journey, written))
        self._take_keyboard()

    def _on_proposal_taken(self, near: Near) -> None:
        options = replace(self._journey.options, apprentice=near.stands_for)
        self._try(lambda: steps.say(self._journey, options))

    def _try(self, step: Callable[[], Journey]) -> None:
        try:
            self._journey = step()
        except Problem as problem:
            self._desk.messages.problem(problem)
        self._show()

    def _start_over(self) -> None:
        self._journey = steps.begin(self._journey.kind)
        self._go_to(Step.CHOOSE)
        self._take_keyboard()

    def _go_back(self) -> None:
        self._go_to(Step.MATCH)
        self._take_keyboard()

    def _look(self) -> None:
        self._desk.go(OpenPage(_LEADS_TO[self._journey.kind]))
