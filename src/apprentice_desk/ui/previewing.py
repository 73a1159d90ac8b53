"""The pages of the document that is being made, drawn anew at each change, the newest first.

Both the file and its pictures are made on the worker that reads, so that typing never waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.issuing import Prepared, drawn, marked
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.paper import PaperSize, PaperView
from apprentice_desk.ui.kit.pieces import button, label

if TYPE_CHECKING:  # imported on the worker: it is not wanted before something is made
    from apprentice_desk.documents.picturing import Pages, Picture

MARKS = "Shaded: filled in. Boxed: missing, or to be put right. Issued pages show neither."
NOTHING = "The pages of the document stand here."


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Pages with the pictures of some of them, and what those say."""

    pages: Pages
    pictures: tuple[tuple[Picture, str], ...]


class Preview(QWidget):
    """The pages with what turns them and makes them larger."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.pages: Pages | None = None
        """What is shown, None while nothing is."""
        self.view = PaperView("Pages of the document", theme)
        self.view.say(NOTHING)
        self.view.wanted.connect(self._on_wanted)
        self.view.turned.connect(lambda _page: self._tell())
        self.where = label("", "small", wraps=True)
        self.smaller = button("Smaller", theme, lambda: self.view.zoom(-1))
        self.larger = button("Larger", theme, lambda: self.view.zoom(1))
        self.fit = button("Fit the width", theme, lambda: self.view.zoom(0))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.view, 1)
        down.addWidget(Flow([self.where, self.smaller, self.larger, self.fit], theme))
        self.marks = label(MARKS, "small", wraps=True)
        down.addWidget(self.marks)
        self._tell()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.view.count

    def show_prepared(self, prepared: Prepared) -> None:
        """Draw a document, its values marked, where the view stands; the newest wins."""
        near = max(0, self.view.page)
        self._desk.jobs.run(
            "Drawing the pages",
            _drawing(prepared, self._desk.clock.today(), near, self.view.paper_width),
            done=self._show,
            failed=self._on_failed,
            newest_of="the pages of a document",
            owner=self,
            is_quiet=True,
        )

    def _show(self, found: _Drawn) -> None:
        self.pages = found.pages
        self.view.show_pages([PaperSize(each.width, each.height) for each in found.pages.sizes])
        self._show_pictures(found.pictures)
        self._tell()

    def _on_failed(self, problem: Problem) -> None:
        self.pages = None
        self.view.say(str(problem))
        self._tell()

    def _show_pictures(self, pictures: Sequence[tuple[Picture, str]]) -> None:
        for picture, words in pictures:
            image = QImage(
                picture.pixels,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            self.view.show_picture(picture.page, image.copy(), words)

    def _on_wanted(self, numbers: Sequence[int], width: int) -> None:
        pages = self.pages
        if pages is None:
            return

        def done(pictures: tuple[tuple[Picture, str], ...]) -> None:
            if pages is self.pages:
                self._show_pictures(pictures)

        self._desk.jobs.run(
            "Drawing the pages in sight",
            lambda progress: _pictures(pages, numbers, width, progress),
            done=done,
            newest_of="the pages in sight",
            owner=self,
            is_quiet=True,
        )

    def _tell(self) -> None:
        count = self.view.count
        self.where.setText(f"Page {self.view.page + 1} of {count}" if count else "")
        for each in (self.smaller, self.larger, self.fit):
            each.setEnabled(bool(count))
        self.marks.setVisible(bool(count))


def _drawing(prepared: Prepared, on: date, near: int, width: int) -> Callable[[Progress], _Drawn]:
    def work(progress: Progress) -> _Drawn:
        from apprentice_desk.documents.picturing import Pages

        pages = Pages(drawn(marked(prepared), DocumentFormat.PDF, on, progress))
        first = min(near, len(pages.sizes) - 1)
        return _Drawn(pages, _pictures(pages, (first,), width, progress))

    return work


def _pictures(
    pages: Pages, numbers: Sequence[int], width: int, progress: Progress
) -> tuple[tuple[Picture, str], ...]:
    found = []
    for done, number in enumerate(numbers):
        progress.step(done, len(numbers), f"Page {number + 1}")
        found.append((pages.picture(number, width), pages.words(number)))
    return tuple(found)
