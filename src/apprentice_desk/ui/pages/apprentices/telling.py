"""A dialog that tells something of one apprentice and can be printed: title, words, buttons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.documents.explained import About
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import reading_area
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.fitting import Fitter, Scrolled
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.messages import Banner, Messages, StatusLine
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint

PDF = "Save as PDF, to print"


def about(desk: Desk, row: ApprenticeRow, view: Viewpoint, note: str = "") -> About:
    """Return what stands at the top and the foot of a page on *row*."""
    return About(
        name=row.name,
        standard=row.standard_shown,
        provider=row.provider_name,
        day=view.shown,
        borough=desk.organisation.name,
        is_sample=desk.organisation.is_sample,
        note=note,
    )


class TellingDialog(QDialog):
    """Its words go into *body*, which scrolls with the arrow keys; buttons stand in the foot.

    With a *form* that stands in place of the body.  What is said, and what went wrong, is said in
    the dialog itself.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        parent: QWidget,
        *,
        about: str = "",
        form: Form | None = None,
        whose: UUID | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.whose = whose
        """Whose apprenticeship it tells of, for the ledger of what left."""
        self._theme = theme = desk.theme
        self.messages = Messages(self)
        self.buttons: list[QPushButton] = []
        self.file_dialog: QFileDialog | None = None
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        edge = theme.space(4 if form is not None else 6)
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(2))
        head.setSpacing(theme.space(2))
        head.addWidget(label(title, "large", wraps=True))
        head.addWidget(Banner(self.messages, theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 1, 1, 1)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(form or self._scrolling(about), 1)
        self._down = down
        area = self.area if form is None else form.area
        if area is not None:
            Fitter(self, area, theme)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(170), room.width()), min(theme.space(170), int(room.height() * 0.9))
        )

    def _scrolling(self, about: str) -> QScrollArea:
        theme = self._theme
        edge = theme.space(6)
        content = Scrolled()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(edge, theme.space(1), edge, theme.space(3))
        self.body.setSpacing(theme.space(2))
        self.area = reading_area(content, about)
        return self.area

    def add_pdf(self) -> None:
        """Offer to save what is told as a PDF, and Ctrl+P for it."""
        self.pdf = button(PDF, self._theme, self.ask_for_pdf, role="primary", icon="printer")
        self.buttons.append(self.pdf)
        add_key(self, PDF, "Ctrl+P", self.pdf.click)

    def finish(self) -> None:
        """Put the foot below the body: what is said, ``buttons``, and the one that closes.

        It is made last, for Tab comes to things in the order in which they were put here.
        """
        theme = self._theme
        self.close_button = button("Close", theme, self.accept)
        self.buttons.append(self.close_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.space(6), theme.space(3), theme.space(6), theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addWidget(StatusLine(self.messages, theme), 1)
        for each in self.buttons:
            foot.addWidget(each)
        self._down.addWidget(line())
        self._down.addLayout(foot)

    def file_name(self) -> str:
        """Return the name that is offered for the PDF."""
        return self.windowTitle()

    def ask_for_pdf(self) -> None:
        """Ask where the PDF is to stand."""
        self.file_dialog = ask_for_file(self, PDF, "PDF", "pdf", self.file_name(), self.save_pdf)

    def save_pdf(self, path: str) -> None:
        """Write what is told to *path*, in the background."""
        write = self.writer(path)
        save_out(
            self._desk,
            "Saving the page as PDF",
            write,
            Going.of(LeftKind.FIGURES, [self.whose]),
            owner=self,
            failed=self.messages.problem,
            messages=self.messages,
        )

    def writer(self, path: str) -> Callable[[Progress], Path]:
        """Return what writes the page that is told now to *path*; each dialog says it."""
        raise NotImplementedError
