"""The page Returns: how the return for a quarter stands, what to fix, what leaves, exporting it.

Gathering and exporting run as jobs; the page shows what the newest of them found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.changelog import Changes
from apprentice_desk.records.counts import record_counts
from apprentice_desk.returns.gathering import Gathered
from apprentice_desk.returns.picture import picture
from apprentice_desk.returns.sending import Sent
from apprentice_desk.ui.desk import Desk, Destination
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage, SideBySide, Tiles, head_of_page
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.findings import FindingsCard
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card, PageHeader, StatFigure
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.returns import columns
from apprentice_desk.ui.pages.returns.leading import destination, instead_of_fixing
from apprentice_desk.ui.pages.returns.made_of import MadeOf
from apprentice_desk.ui.pages.returns.work import Standing, exporting, working_out

_ROLE = Field(
    "prepared_by",
    "Prepared by (role)",
    required=True,
    width=34,
    help="Stands in the workbook, such as “Apprenticeships lead”. A role, never a name.",
)
_NO_ROLE = Finding(
    Level.ROW,
    "RETURN1",
    "Say who prepares the return.",
    "A role, such as “Apprenticeships lead”.",
    Place(field="prepared_by"),
)


class ReturnsPage(ScrollingPage):
    """How the borough's return for a quarter stands, and sending it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._period: Quarter | None = None
        self._standing: Standing | None = None
        self._is_exporting = False
        self.file_dialog: QFileDialog | None = None
        self.question: Question | None = None
        self._build()
        desk.changed.connect(self._on_changed)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.export = button(
            "Export workbook", theme, self.ask_to_export, role="primary", icon="download"
        )
        self.header = PageHeader("Returns", "Just a moment", theme)
        self.before = button("Before", theme, self._go_before, icon="chevron-left")
        self.after = button("After", theme, self._go_after, icon="chevron-right")
        self.before.setEnabled(False)
        self.after.setEnabled(False)
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
        self.findings = FindingsCard(
            theme,
            "About",
            ("Nothing to fix", "The return can be exported as it is."),
            action_text="Fix",
            leads_on=lambda finding: self._destination(finding) is not None,
            instead=lambda finding: instead_of_fixing(self._resource(finding), finding.place.field),
        )
        self.findings.asked_for.connect(self._fix)
        self.put(head_of_page(self.header, [self.export], theme))
        self.put(Flow([self.before, self.after], theme))
        self.put(read_only)
        self.put(self._role_part())
        self.put(Tiles(list(self._figures.values()), theme, narrowest=36))
        self.made_of = MadeOf(self._desk)
        self.put(self.made_of)
        both = [self.findings, self._leaving_part()]
        self.put(SideBySide(both, theme, shares=(5, 3), narrowest=240))
        self.put_spare()
        self._allow()

    def _role_part(self) -> Card:
        theme = self._desk.theme
        self._role_card = Card("", theme)
        self.role = FieldBlock(_ROLE, make_input(_ROLE, theme), theme)
        self.role.input.left.connect(self._keep_role)
        self._role_card.add(self.role)
        self._role_card.setVisible(not self._desk.settings.prepared_by)
        return self._role_card

    def _leaving_part(self) -> Card:
        theme = self._desk.theme
        card = Card("What leaves this computer", theme)
        card.add(
            label(
                "Names, email addresses and dates of birth stay here. Each apprentice is a code"
                f" that only {self._desk.organisation.name} can trace back.",
                "quiet",
                wraps=True,
            )
        )
        self._traces = RowsModel(columns.TRACES, self)
        self.traces = RowsTable(self._traces, "Names and the codes that leave", theme)
        self.traces.set_fits(6)
        self.traces.set_empty("Nobody is in this return", "")
        self._sent = RowsModel(columns.HISTORY, self)
        self.sent = RowsTable(self._sent, "Returns sent before", theme, stretch=3)
        self.sent.set_fits(5)
        self.sent.set_empty("Nothing was sent yet", "")
        for table in (self.traces, self.sent):
            table.setProperty("role", "inner")
        card.add(self.traces)
        card.body.addSpacing(theme.space(2))
        card.add(label("Sent before", "heading"))
        card.add(self.sent)
        card.body.addStretch(1)
        return card

    # showing

    def refresh(self) -> None:
        """Work the return out anew, in the background."""
        if self._standing is None:
            self.header.set_words("Returns", "Just a moment, the return is being worked out")
        self.made_of.show_counts(self._desk.store.read(record_counts))
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
        self.header.set_words(
            f"Return for {period.words()}", columns.subtitle(prepared, standing.due_on)
        )
        for choice, quarter in ((self.before, period.previous()), (self.after, period.next())):
            choice.setText(columns.short_words(quarter))
            choice.setEnabled(quarter.first <= self._desk.clock.today())
            access.name(choice, f"Go to {quarter.words()}")
        for name, words in columns.figures(picture([prepared.content])).items():
            self._figures[name].show_figure(*words)
        self.findings.show_findings(
            columns.findings_title(prepared),
            [(finding, self._about(finding)) for finding in prepared.findings],
        )
        self._traces.replace(columns.traces(prepared.gathered.apprentices))
        self._sent.replace(standing.history)
        self._allow()

    def _allow(self) -> None:
        is_ready = self._standing is not None and not self._is_exporting
        self.export.setEnabled(is_ready and not self._desk.store.is_read_only)

    def _on_changed(self, _changes: Changes) -> None:
        self.note_stale()

    # findings

    def _resource(self, finding: Finding) -> str:
        """Return the sheet that a finding is about by its name in the descriptor; "" for none."""
        if self._standing is None:
            return ""
        sheets = self._standing.prepared.schema.sheets
        return next((each.resource for each in sheets if each.name == finding.place.sheet), "")

    def _place_of(self, finding: Finding, resource: str) -> int | None:
        """Return which line of a sheet a finding is about, counted from 0; None if none of it."""
        if finding.place.row is None or not resource or self._resource(finding) != resource:
            return None
        return finding.place.row - 2  # the first row holds the headings

    def _record_id(self, finding: Finding) -> UUID | None:
        """Return the key of the record behind the line that a finding is about."""
        resource = self._resource(finding)
        return _at(self._gathered().ids.get(resource, ()), self._place_of(finding, resource))

    def _gathered(self) -> Gathered:
        assert self._standing is not None
        return self._standing.prepared.gathered

    def _about(self, finding: Finding) -> str:
        gathered = self._gathered()
        person = _at(gathered.apprentices, self._place_of(finding, "apprentices"))
        if person is not None:
            return str(person.name)
        contract = _at(gathered.contracts, self._place_of(finding, "contracts"))
        if contract is not None:
            return str(contract.reference)
        return finding.place.sheet if finding.place.row is not None else "The whole return"

    def _destination(self, finding: Finding) -> Destination | None:
        if finding.place.row is None:
            return None
        resource = self._resource(finding)
        return destination(resource, finding.place.field, self._record_id(finding))

    def _fix(self, finding: Finding) -> None:
        there = self._destination(finding)
        if there is not None:
            self._desk.go(there)

    # what the person does

    def show_period(self, period: Quarter) -> None:
        """Show the return for *period*."""
        self._period = period
        self.refresh()

    def _go_before(self) -> None:
        if self._period is not None:
            self.show_period(self._period.previous())

    def _go_after(self) -> None:
        if self._period is not None:
            self.show_period(self._period.next())

    def _keep_role(self) -> None:
        role = self.role.input.read()
        if role and role != self._desk.settings.prepared_by:
            self._desk.prefer(replace(self._desk.settings, prepared_by=role))

    def ask_to_export(self) -> None:
        """Ask for the role, and whether to send what would be refused, then for a file name."""
        if self._standing is None:
            return
        self._keep_role()
        if not self._desk.settings.prepared_by:
            self._role_card.show()
            self.role.show_findings([_NO_ROLE])
            self.role.input.target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(self.role)
            return
        prepared = self._standing.prepared
        if not prepared.is_held_back:
            self.ask_for_file(send_anyway=False)
            return
        self.question = ask(
            self,
            self._desk.theme,
            "Send it all the same?",
            f"{columns.counted(len(prepared.to_fix), 'thing')} in this return would be refused, and"
            " rows left out by LOTI for it. Fix what you can; what cannot be fixed now you can send"
            " all the same.",
            "Send all the same",
            lambda: self.ask_for_file(send_anyway=True),
            cancel_text="Go back and fix",
            danger=True,
        )

    def ask_for_file(self, *, send_anyway: bool) -> None:
        """Ask where the workbook is to stand."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog = QFileDialog(self, "Export workbook", "", "Workbooks (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(f"{self._desk.organisation.name} return {self._period}.xlsx")
        dialog.fileSelected.connect(lambda path: self.export_to(path, send_anyway=send_anyway))
        self.file_dialog = dialog
        dialog.open()

    def export_to(self, path: str, *, send_anyway: bool = False) -> None:
        """Write the return to *path* and record it, in the background."""
        if self._period is None:
            return
        self._is_exporting = True
        self._allow()
        job = self._desk.jobs.run(
            f"Exporting the return for {self._period}",
            exporting(self._desk, self._period, path, send_anyway=send_anyway),
            done=self._on_sent,
            failed=self._desk.messages.problem,
            writes=True,
            owner=self,
        )
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._is_exporting = False
        self._allow()

    def _on_sent(self, sent: Sent) -> None:
        self._desk.messages.say(
            f"Exported revision {sent.revision} as “{sent.path.name}” to {sent.path.parent}.",
            "Open the folder",
            lambda: open_folder(sent.path),
        )


def _at(items: Sequence[Any], place: int | None) -> Any:
    return items[place] if place is not None and 0 <= place < len(items) else None


def open_folder(path: Path) -> None:
    """Show the folder of a file in the computer's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
