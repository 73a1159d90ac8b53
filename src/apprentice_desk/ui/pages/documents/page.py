"""The page of documents: those that were issued, and which contracts use which wording."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog

from apprentice_desk.documents.newer_wording import NewerWording, newer_wording
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.returned import Returned, compare_returned
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keeping_documents import (
    document_content,
    document_details,
    remove_document,
)
from apprentice_desk.ui.contracting.issued import open_document
from apprentice_desk.ui.contracting.leading import way_to
from apprentice_desk.ui.contracting.new_document import begin_document
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenDocument, OpenHistory, OpenPage
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.attaching import save_file
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.list_actions import columns_button
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.narrowing import Narrowing, known_of_people
from apprentice_desk.ui.pages.documents.columns import (
    COLUMNS,
    FILTERS,
    FIRST_COLUMN,
    LEFT_OUT_FIRST,
    DocumentLine,
    counts_in_words,
    read_lines,
)
from apprentice_desk.ui.pages.documents.newer import NewerDialog
from apprentice_desk.ui.pages.documents.returned import ReturnedDialog
from apprentice_desk.ui.pages.documents.uses import UsesDialog
from apprentice_desk.ui.recording.kind import people
from apprentice_desk.ui.saving_lists import ListSaver
from apprentice_desk.ui.wording_packs.packs_button import PacksButton

TITLE = "Documents"
READ_ONLY = "This desk is open to read only, so no document can be made in it."
NONE_YET = "For buying training, for contracts and for people"
FILTER_BESIDE = 140
MADE_OF = (
    "wording_kept", "document_made", "contract", "procurement", "bidder", "provider", "apprentice",
    "apprenticeship", "review", "secondment", "organisation",
)  # fmt: skip


class DocumentsPage(ScrollingPage):
    """The list of documents; Enter opens the file of one as it was issued."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._version = ""
        self.question: Question | None = None
        self.dialog: FormDialog | None = None
        self.newer_dialog: NewerDialog | None = None
        self.uses_dialog: UsesDialog | None = None
        self.returned_dialog: ReturnedDialog | None = None
        self.file_dialog: QFileDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of documents", theme, stretch=2, several=True)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        for _time in range(2):  # newest first
            self.table.sort_by(FIRST_COLUMN)
        self.filter = FilterBox(self.table, "document, contract, reference", theme)
        self.narrowing = Narrowing(
            desk, self, self.table, self.filter, FILTERS, "documents",
            "Which documents the list shows", "Award letters", self._known_of_people,
        )  # fmt: skip
        self.open = self._action("Open the file", "external-link", "Ctrl+Return", self.open_chosen)
        self.save_copy = self._action("Save a copy…", "download", "", self.ask_where)
        self.subject = self._action("Go to what it is about", "file-text", "", self.go_to_subject)
        self.newer = self._action("Newer wording…", "refresh-cw", "F3", self.show_newer)
        self.compare = self._action(
            "Compare with what came back…", "arrow-left-right", "F4", self.ask_what_came_back
        )
        self.history = self._action(
            "History of the document…", "history", "Ctrl+H", self.go_to_history
        )
        self.remove = self._action("Remove the document…", "trash-2", "Del", self.ask_to_remove)
        self.saver = ListSaver(desk, self, self.table, TITLE, lambda: self.narrowing.facts)
        own = (self.open, self.save_copy, self.subject, self.newer, self.compare, self.history,
               self.remove)  # fmt: skip
        self.table.set_actions((*own, *self.saver.all))
        self._build()
        self.keeper = LookKeeper(desk, self, "documents", self.table, None)
        self._connect()
        self.narrowing.choose(FILTERS[0])
        self._allow()

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.add = button(
            "New document", theme, self.start_adding, role="primary", icon="file-plus"
        )
        self.add.setEnabled(not is_read_only)
        if is_read_only:
            self.add.setToolTip(as_tip(READ_ONLY))
        self.uses = button("Wording in use", theme, self.show_uses, icon="list-checks")
        self.uses.setToolTip("Which contracts use which version of a clause")
        self.wording = button(
            "Wording…", theme, lambda: self._desk.go(OpenPage("wording")), icon="book-open"
        )
        self.wording.setToolTip("All clauses; write the borough's own, and approve them")
        self.packs = PacksButton(self._desk, self)
        self.compare_button = button(
            "What came back…", theme, self.compare.trigger, icon="arrow-left-right"
        )
        self.compare_button.setToolTip(
            "Hold the chosen document against the Word file or PDF that was sent back (F4)"
        )
        self.header = PageHeader(
            TITLE,
            "",
            theme,
            (self.add, self.compare_button, self.uses, self.wording, self.packs),
        )
        self.columns = columns_button(theme, self.table)
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(theme.space(2))
        self._above.addWidget(self.filter, 1)
        self._above.addWidget(
            Flow((self.narrowing.button, self.columns, self.saver.button()), theme)
        )
        self.count = CountLine(self.table, "Enter opens the file")
        self.put(self.header)
        self.put(self._above)
        self.put(self.table, 1)
        keys = [
            label(f"· {words}", "small")
            for words in ("F3 newer wording", "F4 what came back", "Ctrl F filters")
        ]
        self.put(Flow((self.count, *keys), theme, quarters=1, down=0))
        self._refit()

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_opened.connect(lambda _line: self.open_chosen())
        self.table.row_chosen.connect(lambda _line: self._allow())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    def _action(self, text: str, icon: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self.table)
        set_icon(action, icon, "text_quiet", self._theme)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _refit(self) -> None:
        self.table.set_least(52)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filter beside the buttons, or above them where there is no room."""
        super().resizeEvent(event)
        is_one_line = self.width() >= self._theme.space(FILTER_BESIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if is_one_line else down)

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*MADE_OF):
            self.note_stale()

    def refresh(self) -> None:
        """Read the documents anew."""
        wording = self._desk.store.read(library_of)
        self._version = wording.settings.version
        self.show_lines(self._desk.store.read(read_lines, wording))

    def show_lines(self, lines: tuple[DocumentLine, ...]) -> None:
        """Show *lines*; what was chosen stays so."""
        is_read_only = self._desk.store.is_read_only
        about = counts_in_words(lines) if lines else NONE_YET
        about += f" · standard wording {self._version}"
        self.header.set_words(TITLE, about + (" · open to read only" if is_read_only else ""))
        if is_read_only:
            self.table.set_empty("No documents yet", READ_ONLY)
        else:
            self.table.set_empty(
                "No documents yet",
                "Make a letter, a contract or an agreement from the standard wording. What is"
                " issued stays here, with the wording and the values that it was made of.",
                "New document…",
                self.start_adding,
            )
        self.model.replace(lines)
        self.table.choose_first()
        self._allow()

    def narrow_to(self, words: str) -> None:
        """Show those in whose row all *words* occur."""
        self._refresh_stale()
        self.narrowing.choose(self.narrowing.all)
        self.filter.setText(words)
        self.table.choose_first()

    def arrive(self, destination: OpenDocument) -> None:
        """Show one document in the whole list, as another page asked."""
        self._refresh_stale()
        self.narrowing.choose(self.narrowing.all)
        self.filter.clear()
        self.table.setFocus()
        if not self.table.choose(destination.document_id):
            self._desk.messages.warn(
                "This document is not in the desk any more.", "Somebody removed it."
            )

    def _known_of_people(self) -> list[str]:
        return list(known_of_people(people(self._desk)))

    def _allow(self) -> None:
        line = None if self.table.several() else self.table.chosen()
        for each in (self.open, self.save_copy, self.subject, self.newer, self.compare,
                     self.history):  # fmt: skip
            each.setEnabled(line is not None)
        self.compare_button.setEnabled(line is not None)
        self.remove.setEnabled(line is not None and not self._desk.store.is_read_only)

    # what the person does

    def start_adding(self) -> None:
        """Ask which document is to be made."""
        if not self._desk.store.is_read_only:
            self.dialog = begin_document(self._desk, self)

    def show_uses(self) -> None:
        """Show which contracts use which wording."""
        self.uses_dialog = UsesDialog(self._desk, self)
        self.uses_dialog.open()

    def open_chosen(self) -> None:
        """Open a copy of the chosen file in the program that is for it."""
        line: DocumentLine | None = self.table.chosen()
        if line is not None:
            open_document(self._desk, self, line.row)

    def ask_where(self) -> None:
        """Ask where a copy of the chosen file is to stand."""
        line: DocumentLine | None = self.table.chosen()
        if line is not None:
            self.file_dialog = files.ask_where(
                self, "Save a copy", line.row.file_name, partial(self.save_to, line)
            )

    def save_to(self, line: DocumentLine, path: str) -> None:
        """Write a copy of a file to *path*."""
        store = self._desk.store

        whose = line.row.apprenticeship_id  # who else is named in it is not known
        going = Going(LeftKind.COPY) if whose is None else Going.of(LeftKind.COPY, [whose])
        save_out(
            self._desk,
            f"Saving {line.row.file_name}",
            lambda _progress: save_file(path, store.read(document_content, line.id)),
            lambda _nothing: [(Path(path), going)],
            owner=self,
            say=lambda _nothing: Said(f"Saved a copy: {path}."),
        )

    def go_to_subject(self) -> None:
        """Go to what the chosen document is about."""
        line: DocumentLine | None = self.table.chosen()
        destination = None if line is None else way_to(self._desk, line.row.subject)
        if destination is not None:
            self._desk.go(destination)

    def go_to_history(self) -> None:
        """Go to what was changed of the chosen document."""
        line: DocumentLine | None = self.table.chosen()
        if line is not None:
            self._desk.go(OpenHistory("document_made", line.id, f"“{line.row.file_name}”"))

    def show_newer(self) -> None:
        """Show what newer wording would say in the chosen document."""
        line: DocumentLine | None = self.table.chosen()
        if line is None:
            return
        store = self._desk.store

        def work(_progress: Progress) -> NewerWording:
            wording = store.read(library_of)
            return newer_wording(wording, store.read(document_details, line.id))

        def done(found: NewerWording) -> None:
            about = f"{line.called}, {line.row.about}"
            self.newer_dialog = NewerDialog(found, about, self._theme, self)
            self.newer_dialog.open()

        self._desk.jobs.run("Comparing the wording", work, done=done, owner=self)

    def ask_what_came_back(self) -> None:
        """Ask for the file that was sent back."""
        line: DocumentLine | None = self.table.chosen()
        if line is not None:
            self.file_dialog = files.ask_for_one(
                self, "Compare with what came back", "Word or PDF", ("docx", "docm", "pdf"),
                partial(self.compare_with, line),
            )  # fmt: skip

    def compare_with(self, line: DocumentLine, path: str) -> None:
        """List every departure of the file at *path* from a document; nothing is kept."""
        store, is_sample = self._desk.store, self._desk.organisation.is_sample

        def work(progress: Progress) -> Returned:
            details = store.read(document_details, line.id)
            return compare_returned(
                store.read(library_of), details, path, is_sample=is_sample, progress=progress
            )

        def done(found: Returned) -> None:
            about = f"{line.called}, {line.row.about}"
            self.returned_dialog = ReturnedDialog(
                self._desk, found, about, self, line.row.apprenticeship_id
            )
            self.returned_dialog.open()

        self._desk.jobs.run(
            "Comparing with what came back", work, done=done, newest_of="returned", owner=self
        )

    def ask_to_remove(self) -> None:
        """Ask before the chosen document is taken out of the desk."""
        line: DocumentLine | None = self.table.chosen()
        if line is None or not self.remove.isEnabled():
            return
        name = line.row.file_name
        self.question = ask(
            self,
            self._theme,
            "Remove this document?",
            f"“{name}” was issued. Without it the desk does not know any more what was sent, nor"
            " with which wording. Copies that were saved or sent stay where they are.",
            "Remove it",
            partial(self._remove, line),
            danger=True,
        )

    def _remove(self, line: DocumentLine) -> None:
        try:
            with self._desk.change(f"Remove “{line.row.file_name}”") as session:
                remove_document(session, line.id)
        except Problem as problem:
            self._desk.messages.problem(problem)

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
