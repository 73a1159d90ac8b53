"""The part Documents: files kept with the contract, inside the desk.

Files are read and written on the workers; what cannot be done is said in a sentence here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from apprentice_desk.domain.contract_files import called
from apprentice_desk.domain.evidence import may_be_opened, safe_file_name, show_size
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import ContractFileKind
from apprentice_desk.records import filing
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.filing import ContractFileDetails, ContractFileRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit import access, files
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.attaching import read_file, save_file
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.pages.contract.part import ContractPart
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.writing import Writer, Writing

_ICONS = {ContractFileKind.INSURANCE: "shield-check", ContractFileKind.AWARD: "award"}
_MOST_ROWS = 8
_MOST_SAID = 3
NONE_YET = "None yet. Attach the signed contract or its award letter, or drop files here."
NONE = "None."

FIELDS = (
    Field("kind", "What it is", "choice", choices=tuple(ContractFileKind), width=34),
    Field("title", "Called", help="Left blank it is called by what it is.", width=44),
    Field("dated_on", "Day on it", "date", help="The day of the signature or of the letter."),
)


def name_of(row: ContractFileRow) -> str:
    """Return what a file is called."""
    return called(row.kind, row.title, row.file_name, row.dated_on)


COLUMNS = (
    Column(
        "Document",
        lambda row: Badge(name_of(row), "quiet", _ICONS.get(row.kind, "file-text")),
        sort=lambda row: name_of(row).casefold(),
        say=lambda row: f"{name_of(row)}: {row.file_name}, {show_size(row.size_bytes)}",
        kind="badge",
        width=17,
        tip=lambda row: f"{row.file_name}: {row.kind}. SHA-256 {row.sha256}",
    ),
    Column(
        "Size",
        lambda row: show_size(row.size_bytes),
        sort=lambda row: row.size_bytes,
        right=True,
        width=9,
    ),
)


def _reading(path: str) -> Callable[[Progress], bytes]:
    return lambda _progress: read_file(path)


class FilesPart(ContractPart):
    """A card with the files; files may be dropped onto it."""

    tables = frozenset({"contract_file"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._contract: ContractOverview | None = None
        self._said: list[str] = []
        self.file_dialog: QFileDialog | None = None
        self.dialog: FormDialog | None = None
        self.writer = Writer(desk, self)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Documents of the contract", desk.theme)
        self.table.order.can_do_without((1,))
        self._build()
        self.table.row_opened.connect(lambda _row: self._on_open())
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.writer.refused.connect(self._on_refused)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        may_write = not self._desk.store.is_read_only
        self.setAcceptDrops(may_write)
        self.setProperty(files.TAKES_FILES, may_write)
        self.nothing = label("", "quiet", wraps=True)
        self.table.set_fits(_MOST_ROWS)
        self.complaint = label("", "small", "danger", wraps=True)
        access.name(self.complaint, "What could not be done with the documents")
        self.complaint.hide()
        self.attach = button("Attach file…", theme, self._ask_for_files, icon="upload")
        self.open = button("Open", theme, self._on_open)
        self.save = button("Save a copy…", theme, self._on_save)
        self.describe = button("Details…", theme, self._on_describe)
        self.remove = button("Remove", theme, self._on_remove)
        chosen = (self.open, self.save, self.describe, self.remove)
        for made in chosen:
            access.name(made, f"{made.text()} (the chosen document)")
        self._actions = {
            self.open: self._action("Open", "", self._on_open),
            self.save: self._action("Save a copy…", "", self._on_save),
            self.describe: self._action("Details…", "F2", self._on_describe),
            self.remove: self._action("Remove", QKeySequence.StandardKey.Delete, self._on_remove),
        }
        self.table.set_actions(tuple(self._actions.values()))
        self._for_chosen = Flow(chosen, theme)
        self._for_new = Flow([self.attach], theme)
        card = Card("Documents", theme)
        for part in (self.nothing, self.table, self._for_chosen, self.complaint, self._for_new):
            card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def _action(
        self, text: str, keys: str | QKeySequence.StandardKey, act: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    # showing

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the files of *contract*."""
        if self._contract is None or self._contract.id != contract.id:
            self._complain()
        self._contract = contract
        here = self.window().focusWidget()
        had_keyboard = here is not None and here is not self.attach and self.isAncestorOf(here)
        place = self.table.currentIndex().row()
        rows = self._desk.store.read(filing.contract_file_rows, contract.id)
        self.model.replace(rows)
        if rows and self.table.chosen() is None:
            self.table.choose(rows[min(max(place, 0), len(rows) - 1)].id)
        self._allow()
        if had_keyboard and not rows and self._for_new.isVisible():
            self.attach.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrive(self, item_id: UUID) -> None:
        """Go to one file."""
        self.table.choose(item_id)
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that attaches the first file."""
        (self.table if self.model.total else self.attach).setFocus()

    def _allow(self) -> None:
        may_write = not self._desk.store.is_read_only
        row = self.table.chosen()
        has_rows = bool(self.model.total)
        self.nothing.setText(NONE_YET if may_write else NONE)
        self.nothing.setVisible(not has_rows)
        self.table.setVisible(has_rows)
        self._for_chosen.setVisible(has_rows)
        self._for_new.setVisible(may_write)
        for made, action in self._actions.items():
            changes = made in (self.describe, self.remove)
            made.setVisible(may_write or not changes)
            may = row is not None and (may_write or not changes)
            made.setEnabled(may)
            action.setEnabled(may)

    def _complain(self, problem: Problem | str = "") -> None:
        self._said = [*self._said, str(problem)] if problem else []
        more = len(self._said) - _MOST_SAID
        words = " ".join(self._said[:_MOST_SAID]) + (f" And {more} more." if more > 0 else "")
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))
        access.announce(self.complaint, str(problem))

    def _on_refused(self, writing: Writing, problem: Problem) -> None:
        self._complain(f"Not saved: {writing.label}. {problem}")

    # attaching

    def _ask_for_files(self) -> None:
        self.file_dialog = files.ask_for_files(self, "Attach files", self.attach_files)

    def attach_files(self, paths: Sequence[str]) -> None:
        """Keep files with the contract that is shown, each in a change of its own."""
        self._complain()
        contract = self._contract
        if contract is None:
            return
        for path in paths:
            self._desk.jobs.run(
                f"Reading {safe_file_name(path)}",
                _reading(path),
                done=partial(self._attach_file, contract, path),
                failed=self._complain,
                owner=self,
            )

    def _attach_file(self, contract: ContractOverview, path: str, content: bytes) -> None:
        self.writer.write(
            f"Attach “{safe_file_name(path)}” to contract {contract.reference}",
            lambda session: filing.attach_contract_file(session, contract.id, path, content),
        )

    # what can be done with one

    def _on_open(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        self._complain()
        if not may_be_opened(row.file_name):
            self._complain(
                f"“{row.file_name}” is not opened from here: only documents and pictures are."
                " Save a copy of it."
            )
            return
        store, copies = self._desk.store, self._desk.opened_files

        def work(_progress: Progress) -> Any:
            return copies.put(row.file_name, store.read(filing.contract_file_content, row.id))

        def done(path: Any) -> None:
            if not files.open_file(path):
                self._complain(
                    f"No program of this computer opens “{row.file_name}”. Save a copy of it."
                )

        self._desk.jobs.run(
            f"Opening {row.file_name}", work, done=done, failed=self._complain, owner=self
        )

    def _on_save(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._complain()
            self.file_dialog = files.ask_where(
                self, "Save a copy", row.file_name, partial(self.save_copy, row)
            )

    def save_copy(self, row: ContractFileRow, path: str) -> None:
        """Write a copy of a file to *path*."""
        store = self._desk.store
        save_out(
            self._desk,
            f"Saving {row.file_name}",
            lambda _progress: save_file(path, store.read(filing.contract_file_content, row.id)),
            # Who is named in a file that somebody attached is not known.
            lambda _nothing: [(Path(path), Going(LeftKind.COPY))],
            owner=self,
            say=lambda _nothing: Said(f"Saved a copy: {path}."),
            failed=self._complain,
        )

    def _on_describe(self) -> None:
        row, contract = self.table.chosen(), self._contract
        if row is None or contract is None or self._desk.store.is_read_only:
            return
        kind = editing.Kind(
            "file", FIELDS, ContractFileDetails, filing.check_file_details,
            OpenContract(contract.id, "files", row.id),
        )  # fmt: skip

        def correct(session: Any, details: ContractFileDetails, changed_in: int) -> None:
            filing.describe_contract_file(session, row.id, details, changed_in)

        self.dialog = editing.Editing(
            self._desk, kind, row.details, row.changed_in, f"Details of “{row.file_name}”",
            f"contract file:{row.id}", correct, self,
            label=lambda _details: f"Describe “{row.file_name}” of {contract.reference}",
        ).dialog  # fmt: skip

    def _on_remove(self) -> None:
        row, contract = self.table.chosen(), self._contract
        if row is None or contract is None or self._desk.store.is_read_only:
            return
        self._complain()
        self.writer.write(
            f"Remove “{row.file_name}” from contract {contract.reference}",
            lambda session: filing.remove_contract_file(session, row.id),
        )

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer, as copies."""
        files.offer_copies(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was let go."""
        self.attach_files(files.taken_copies(event))
