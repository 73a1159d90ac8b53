"""The documents issued about one procurement or contract, and the way to a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keeping_documents import (
    DocumentRow,
    Subject,
    document_content,
    document_rows,
)
from apprentice_desk.ui.contracting.new_document import begin_document
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

TITLE = "From standard wording"
NONE_YET = "None yet. Make one from the standard wording: its facts come from this page."
NONE = "None."
_MOST_ROWS = 8


def columns(called: Callable[[DocumentRow], str]) -> tuple[Column, ...]:
    """Return the columns of the list; *called* says the name of a document's type."""
    return (
        Column(
            "Document",
            lambda row: Badge(called(row), "quiet", "file-text"),
            sort=lambda row: called(row).casefold(),
            say=lambda row: f"{called(row)}: {row.title}",
            kind="badge",
            width=20,
            tip=lambda row: f"{row.about}. {row.file_name}",
        ),
        Column(
            "Issued",
            lambda row: table_day(row.issued_on),
            sort=lambda row: row.issued_on,
            right=True,
            width=11,
        ),
    )


class IssuedCard(QWidget):
    """The list; Enter opens the file as it was issued."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._subject: Subject | None = None
        self._reference = ""
        self._names: Mapping[str, str] = {}
        self.dialog: FormDialog | None = None
        theme = desk.theme
        self.model = RowsModel(columns(self._called), self)
        self.table = RowsTable(self.model, "Documents from standard wording", theme)
        self.table.set_fits(_MOST_ROWS)
        self.nothing = label("", "quiet", wraps=True)
        self.add = button("New document…", theme, self.start_adding, icon="file-plus")
        self.all = button("See them under Documents", theme, self._go, role="link")
        card = Card(TITLE, theme)
        for part in (self.nothing, self.table, Flow([self.add, self.all], theme)):
            card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        if desk.store.is_read_only:
            self.add.hide()
        self.table.row_opened.connect(self._open)

    def show_about(self, subject: Subject, reference: str) -> None:
        """Show the documents about *subject*, which is known as *reference*."""
        self._subject, self._reference = subject, reference
        types = self._desk.store.read(library_of).types
        self._names = {each.id: each.name for each in types}
        rows = self._desk.store.read(document_rows, subject)
        self.model.replace(rows)
        self.table.choose_first()
        self.table.setVisible(bool(rows))
        self.all.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.setText(NONE if self._desk.store.is_read_only else NONE_YET)

    def _called(self, row: DocumentRow) -> str:
        return self._names.get(row.type_id, row.type_id)

    def take_keyboard(self) -> None:
        """Go to the list, or to the button where there is none."""
        (self.table if self.model.total else self.add).setFocus()

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.table.choose(item_id)
        self.table.setFocus()

    def start_adding(self) -> None:
        """Ask which document is to be made about it."""
        subject = self._subject
        if subject is None or self._desk.store.is_read_only:
            return
        self.dialog = begin_document(self._desk, self, subject)

    def _go(self) -> None:
        self._desk.go(OpenPage("documents", self._reference))

    def _open(self, row: DocumentRow) -> None:
        open_document(self._desk, self, row)


def open_document(desk: Desk, owner: QWidget, row: DocumentRow) -> None:
    """Open a copy of the file of a document in the program that is for it."""
    store, copies = desk.store, desk.opened_files

    def work(_progress: Progress) -> Any:
        return copies.put(row.file_name, store.read(document_content, row.id))

    def done(path: Any) -> None:
        if not files.open_file(path):
            desk.messages.warn(
                f"No program of this computer opens “{row.file_name}”.",
                "Save a copy of it, under Documents.",
            )

    desk.jobs.run(f"Opening {row.file_name}", work, done=done, owner=owner)
