"""The page Returns: how the return for a quarter stands, what to fix, what leaves, exporting it.

Gathering and exporting run as jobs; the page shows what the newest of them found.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.changelog import Changes
from apprentice_desk.records.counts import record_counts, vacancy_count
from apprentice_desk.returns import differences, history
from apprentice_desk.returns.history import Taken
from apprentice_desk.returns.picture import picture
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, ReadReceipts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage, SideBySide, Tiles, head_of_page
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.findings import FindingsCard
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader, StatFigure
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.returns import columns, lines
from apprentice_desk.ui.pages.returns.columns import Past
from apprentice_desk.ui.pages.returns.export_part import ExportPart
from apprentice_desk.ui.pages.returns.leading import destination, instead_of_fixing
from apprentice_desk.ui.pages.returns.leaving_part import LeavingPart
from apprentice_desk.ui.pages.returns.looking_back import LookingBack
from apprentice_desk.ui.pages.returns.made_of import MadeOf
from apprentice_desk.ui.pages.returns.work import (
    Compared,
    Standing,
    comparing,
    saving_again,
    taking_in,
    working_out,
)


class ReturnsPage(ScrollingPage):
    """How the borough's return for a quarter stands, sending it, and what became of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._period: Quarter | None = None
        self._standing: Standing | None = None
        self.file_dialog: QFileDialog | None = None
        self._build()
        desk.changed.connect(self._on_changed)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.sending = ExportPart(self._desk)
        self.sending.role_missing.connect(lambda: self.area.ensureWidgetVisible(self.sending.role))
        self.header = PageHeader("Returns", "Just a moment", theme)
        self.before = button("Before", theme, self._go_before, icon="chevron-left")
        self.after = button("After", theme, self._go_after, icon="chevron-right")
        self.before.setEnabled(False)
        self.after.setEnabled(False)
        self.revision = label("", "quiet", wraps=True)
        read_only = label(
            "This desk is open to read only. Each export is recorded in the desk, so close it and"
            " open it for changes to export.",
            tone="warning",
            wraps=True,
        )
        read_only.setVisible(self._desk.store.is_read_only)
        self._figures = {
            name: StatFigure(words, "–", "", theme) for name, words in columns.FIGURES.items()
        }
        self.put(head_of_page(self.header, [self.sending.template, self.sending.export], theme))
        which = Flow([self.before, self.after], theme)
        self.put(SideBySide([which, self.revision], theme, shares=(0, 1), narrowest=170))
        self.put(read_only)
        self.put(self.sending)
        self.put(Tiles(list(self._figures.values()), theme, narrowest=36))
        self.made_of = MadeOf(self._desk)
        self.put(self.made_of)
        self.put(self.made_of.vacancies)
        self.put(SideBySide(self._parts(), theme, shares=(3, 2), narrowest=240))
        self.looking_back = LookingBack(theme)
        self.looking_back.closed.connect(self.leaving.sent.setFocus)
        self.looking_back.comparison.asked_to_compare.connect(self._compare_with)
        self.put(self.looking_back)
        self.put_spare()
        add_key(self, "Export the return", "Ctrl+E", self.sending.export.click)

    def _parts(self) -> tuple[FindingsCard, LeavingPart]:
        theme = self._desk.theme
        self.findings = FindingsCard(
            theme,
            "About",
            ("Nothing to fix", "The return can be exported as it is."),
            in_a_file=False,
            action_text="Fix",
            leads_on=lambda finding: self._destination(finding) is not None,
            instead=self._instead,
        )
        self.findings.asked_for.connect(self._fix)
        if not self._desk.store.is_read_only:
            self.findings.table.set_empty(
                "Nothing to fix",
                "The return can be exported as it is.",
                self.sending.export.text(),
                self.sending.ask_to_export,
            )
        self.leaving = LeavingPart(self._desk)
        self.leaving.asked_to_compare.connect(self.compare)
        self.leaving.asked_to_save.connect(self.ask_where_to_save)
        self.leaving.asked_for_findings.connect(self._show_found)
        self.leaving.asked_for_receipt.connect(self.ask_for_receipt)
        return self.findings, self.leaving

    # showing

    def refresh(self) -> None:
        """Work the return out anew, in the background."""
        if self._standing is None:
            self.header.set_words("Returns", "Just a moment, the return is being worked out")
        read = self._desk.store.read
        self.made_of.show_counts(read(record_counts), read(vacancy_count))
        self._desk.jobs.run(
            "Working out the return",
            working_out(self._desk, self._period),
            done=self._show,
            failed=self._show_problem,
            newest_of="return",
            owner=self,
        )

    def _show_problem(self, problem: Problem) -> None:
        self.header.set_words("Returns", "The return could not be worked out.")
        self._desk.messages.problem(problem, "Try again", self.refresh)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        prepared = standing.prepared
        period = self._period = prepared.period
        found = picture([prepared.content])
        self.header.set_words(
            f"Return for {period.words()}", columns.subtitle(prepared, found, standing.due_on)
        )
        for choice, quarter in ((self.before, period.previous()), (self.after, period.next())):
            choice.setText(columns.short_words(quarter))
            choice.setEnabled(quarter.first <= self._desk.clock.today())
            access.name(choice, f"Go to {quarter.words()}")
        self.revision.setText(columns.next_words(prepared))
        for name, words in columns.figures(found).items():
            self._figures[name].show_figure(*words)
        self.findings.show_findings(
            columns.findings_title(prepared),
            [(finding, lines.about(prepared, finding)) for finding in prepared.findings],
        )
        self.leaving.show_return(prepared.gathered, standing.history)
        self.sending.take(prepared)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.only_notes:
            self.note_stale()

    # findings

    def _instead(self, finding: Finding) -> tuple[str, str] | None:
        if self._standing is None:
            return None
        resource = lines.resource_of(self._standing.prepared, finding)
        return instead_of_fixing(resource, finding.place.field)

    def _destination(self, finding: Finding) -> Destination | None:
        if self._standing is None or finding.place.row is None:
            return None
        prepared = self._standing.prepared
        return destination(
            lines.resource_of(prepared, finding),
            finding.place.field,
            lines.record_id(prepared, finding),
        )

    def _fix(self, finding: Finding) -> None:
        there = self._destination(finding)
        if there is not None:
            self._desk.go(there)

    # which quarter

    def show_period(self, period: Quarter) -> None:
        """Show the return for *period*."""
        self._period = period
        self.refresh()

    def narrow_to(self, words: str) -> None:
        """Show the return for the quarter that *words* name."""
        self.show_period(Quarter.parse(words))

    def _go_before(self) -> None:
        if self._period is not None:
            self.show_period(self._period.previous())

    def _go_after(self) -> None:
        if self._period is not None:
            self.show_period(self._period.next())

    # what was sent

    def compare(self, row: Past) -> None:
        """Compare a return that was sent with the one before it, or with what stands now."""
        card = self.looking_back.comparison
        other = card.offer(row, self.leaving.sent.rows.shown)
        self._compare_with(row, other)

    def _compare_with(self, row: Past, other: Past | str) -> None:
        if self._standing is None:
            return
        sent = other.sent if isinstance(other, Past) else None
        self._desk.jobs.run(
            "Comparing",
            comparing(self._desk, row.sent, sent, self._standing.prepared),
            done=self._show_compared,
            failed=self._desk.messages.problem,
            newest_of="comparison",
            owner=self,
        )

    def _show_compared(self, found: Compared) -> None:
        card = self.looking_back.comparison
        was_open = card.isVisible()
        self.looking_back.show_comparison()
        card.show_differences(
            found.title,
            differences.summary(found.changes),
            columns.differing(found.changes, found.names),
        )
        if not was_open:
            card.choice.target.setFocus()
            self.area.ensureWidgetVisible(card)

    def _show_found(self, row: Past) -> None:
        self.looking_back.show_found(row)
        self.area.ensureWidgetVisible(self.looking_back.found)

    def ask_where_to_save(self, row: Past) -> None:
        """Ask where the workbook of a return is to stand once more."""
        self.file_dialog = ask_for_file(
            self.window(),
            "Save again",
            "Workbooks",
            "xlsx",
            row.sent.file_name.removesuffix(".xlsx"),
            lambda path: self.save_again(row, path),
        )

    def save_again(self, row: Past, path: str) -> None:
        """Write the workbook of a return once more, in the background."""
        store = self._desk.store
        save_out(
            self._desk,
            "Saving the workbook again",
            saving_again(self._desk, row.sent, path),
            lambda written: [(written, history.going_again(store, row.sent))],
            owner=self,
            failed=self._desk.messages.problem,
        )

    # receipts

    def ask_for_receipt(self) -> None:
        """Ask which receipts to read."""
        dialog = QFileDialog(
            self.window(), "Read a receipt", "", "Receipts (*.json);;All files (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.read_receipts)
        self.file_dialog = dialog
        dialog.open()

    def read_receipts(self, paths: Sequence[str]) -> None:
        """Read receipts in, one after the other, in the background."""
        for path in paths:
            self._desk.jobs.run(
                "Reading the receipt",
                taking_in(self._desk, path),
                done=self._on_receipt,
                failed=self._desk.messages.problem,
                writes=True,
                owner=self,
            )

    def _on_receipt(self, taken: Sequence[Taken]) -> None:
        newest = taken[0]
        words = columns.fate_words(newest.details.state)
        named = columns.revision_of(newest.sent)
        self._desk.messages.say(f"Receipt read for {named}: {words}.")
        self.leaving.choose(newest.sent.id)

    def arrive(self, destination: ReadReceipts) -> None:
        """Read the receipts that were dropped onto the window."""
        self.read_receipts(destination.paths)
