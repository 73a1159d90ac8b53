"""Exporting on the page Returns: the role, the question, the file name, the work; and blanks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.returns.sending import Prepared, Sent
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.files import ask_for_file, open_folder
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.pages.returns import columns
from apprentice_desk.ui.pages.returns.work import exporting, leaving_blank

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


class ExportPart(Card):
    """The role, asked for once, and the buttons that export the return shown or a blank one.

    The buttons stand in the page's header.  *role_missing* is sent when the person has to be
    taken to the role first.
    """

    role_missing = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("", desk.theme)
        self._desk = desk
        self._prepared: Prepared | None = None
        self._is_exporting = False
        self._had_keyboard = False
        self.file_dialog: QFileDialog | None = None
        self.question: Question | None = None
        self.export = button(
            "Export workbook",
            desk.theme,
            self.ask_to_export,
            role="primary",
            icon="download",
            tip="Export the return shown (Ctrl+E)",
        )
        self.template = button(
            "Blank template",
            desk.theme,
            self.ask_for_template,
            icon="file-spreadsheet",
            tip="An empty return for this quarter, to be filled in by hand.",
        )
        self.role = FieldBlock(_ROLE, make_input(_ROLE, desk.theme), desk.theme)
        self.role.input.left.connect(self._keep_role)
        self.add(self.role)
        if desk.settings.prepared_by:
            self.hide()  # never shown here: without its place it would be a window
        self._allow()

    def take(self, prepared: Prepared) -> None:
        """Be ready to export what stands now."""
        self._prepared = prepared
        self._allow()

    def _allow(self) -> None:
        is_ready = self._prepared is not None and not self._is_exporting
        self.export.setEnabled(is_ready and not self._desk.store.is_read_only)
        self.template.setEnabled(self._prepared is not None)

    def _keep_role(self) -> None:
        role = self.role.input.read()
        if role and role != self._desk.settings.prepared_by:
            self._desk.prefer(replace(self._desk.settings, prepared_by=role))

    def ask_to_export(self) -> None:
        """Ask for the role, and whether to send what would be refused, then for a file name."""
        if self._prepared is None or self._is_exporting:
            return
        self._keep_role()
        if not self._desk.settings.prepared_by:
            self.show()
            self.role.show_findings([_NO_ROLE])
            self.role.input.target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.role_missing.emit()
            return
        if not self._prepared.is_held_back:
            self.ask_for_file(send_anyway=False)
            return
        self.question = ask(
            self.window(),
            self._desk.theme,
            "Send it all the same?",
            f"{columns.counted(len(self._prepared.to_fix), 'thing')} in this return would be"
            " refused, and rows left out by LOTI for it. Fix what you can; what cannot be fixed"
            " now you can send all the same.",
            "Send all the same",
            lambda: self.ask_for_file(send_anyway=True),
            cancel_text="Go back and fix",
            danger=True,
        )

    def ask_for_file(self, *, send_anyway: bool) -> None:
        """Ask where the workbook is to stand."""
        if self._prepared is None:
            return
        revision = self._prepared.content.header.revision or 1
        again = f" revision {revision}" if revision > 1 else ""
        name = f"{self._desk.organisation.name} return {self._prepared.period}{again}"
        self.file_dialog = ask_for_file(
            self.window(),
            "Export workbook",
            "Workbooks",
            "xlsx",
            name,
            lambda path: self.export_to(path, send_anyway=send_anyway),
        )

    def export_to(self, path: str, *, send_anyway: bool = False) -> None:
        """Write the return to *path* and record it, in the background."""
        if self._prepared is None:
            return
        period = self._prepared.period
        self._is_exporting = True
        self._had_keyboard = self.export.hasFocus()  # a button that cannot be pressed loses it
        self._allow()
        job = save_out(
            self._desk,
            f"Exporting the return for {period}",
            exporting(self._desk, period, path, send_anyway=send_anyway),
            lambda made: [(made.sent.path, made.going)],
            owner=self,
            say=lambda made: _sent_in_words(made.sent),
            failed=self._desk.messages.problem,
            writes=True,
        )
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._is_exporting = False
        self._allow()
        if self._had_keyboard:
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    # a blank one

    def ask_for_template(self) -> None:
        """Ask where a blank return for the quarter shown is to stand."""
        if self._prepared is None:
            return
        name = f"{self._desk.organisation.name} blank return {self._prepared.period}"
        self.file_dialog = ask_for_file(
            self.window(), "Blank template", "Workbooks", "xlsx", name, self.write_template
        )

    def write_template(self, path: str) -> None:
        """Write a blank return for this borough and the quarter shown, in the background."""
        if self._prepared is None:
            return
        save_out(
            self._desk,
            "Writing a blank return",
            leaving_blank(self._desk, self._prepared, path),
            Going(LeftKind.BLANK_RETURN, count=0),
            owner=self,
            say=lambda written: Said(
                f"Wrote a blank return as “{written.name}” to {written.parent}.",
                "Open the folder",
                lambda: open_folder(written),
            ),
            failed=self._desk.messages.problem,
        )


def _sent_in_words(sent: Sent) -> Said:
    replaced = ""
    if sent.replaces is not None:
        replaced = (
            f" It replaces revision {sent.replaces.revision}, sent on"
            f" {columns.sent_on(sent.replaces)}."
        )
    return Said(
        f"Exported revision {sent.revision} as “{sent.path.name}” to {sent.path.parent}.{replaced}",
        "Open the folder",
        lambda: open_folder(sent.path),
    )
