"""The pages of a document that is being made or worded, drawn anew at each change.

The file and its pictures are made on the worker that reads, the newest only, so that typing never
waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.issuing import drawn
from apprentice_desk.documents.tree import Document
from apprentice_desk.documents.trial import Spot
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.paper import PaperPlace, PaperSize, PaperView
from apprentice_desk.ui.kit.pieces import button, label

if TYPE_CHECKING:  # imported on the worker: it is not wanted before something is made
    from apprentice_desk.documents.picturing import Pages, Picture, Place


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Pages with the pictures of some of them, what those say, and what was looked for in them."""

    pages: Pages
    pictures: tuple[tuple[Picture, str], ...]
    place: Place | None
    end: Place | None


class Preview(QWidget):
    """The pages, *called* so, with what turns them and makes them larger.

    *marks* says what is marked in them, *nothing* stands there before the first.  With *there* a
    button leads back to what is sought in them.
    """

    def __init__(
        self, desk: Desk, called: str, marks: str, nothing: str, *, there: str = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._called = called
        theme = desk.theme
        self.pages: Pages | None = None
        """What is shown, None while nothing is."""
        self.place: Place | None = None
        """Where in them stands what was sought."""
        self._reads = ""
        self._is_to_go = False
        self._cleared = 0
        self.view = PaperView(called, theme)
        self.view.say(nothing)
        self.view.wanted.connect(self._on_wanted)
        self.view.turned.connect(lambda _page: self._tell())
        self.where = label("", "small")
        self.there = button(there, theme, self.go_there)
        self.smaller = button("Smaller", theme, lambda: self.view.zoom(-1))
        self.larger = button("Larger", theme, lambda: self.view.zoom(1))
        self.fit = button("Fit the width", theme, lambda: self.view.zoom(0))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.view, 1)
        sizes = (self.smaller, self.larger, self.fit)
        if not there:
            self.there.hide()  # never shown here: without its place it would be a window
        parts = (self.where, *((self.there,) if there else ()), *sizes)
        down.addWidget(Flow(parts, theme))
        self.marks = label(marks, "small", wraps=True)
        down.addWidget(self.marks)
        self._tell()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.view.count

    def draw(
        self,
        make: Callable[[], Document],
        sought: Spot | None = None,
        *,
        reads: str = "",
        is_to_go: bool = False,
    ) -> None:
        """Draw the document that *make* gives on the worker, the newest only.

        What is *sought* in it is pointed out, and a screen reader is told that it *reads* so.  The
        view stays where it is, unless it *is_to_go* there.
        """
        self._is_to_go = self._is_to_go or is_to_go
        near = max(0, self.view.page)
        self._desk.jobs.run(
            "Drawing the pages",
            _drawing(make, self._desk.clock.today(), near, self.view.paper_width, sought),
            done=partial(self._show, self._cleared, reads),
            failed=self._on_failed,
            newest_of=f"drawing: {self._called}",
            owner=self,
            is_quiet=True,
        )

    def clear(self, why: str) -> None:
        """Show no pages, but why there are none; what is being drawn is not shown either."""
        self._cleared += 1
        self.pages = self.place = None
        self.view.say(why)
        self._tell()

    def go_there(self) -> None:
        """Show the place that was sought."""
        if self.place is not None:
            self.view.go_to(self.place.page, self.place.down)

    def _show(self, cleared: int, reads: str, found: _Drawn) -> None:
        if cleared != self._cleared:
            return  # asked for before it was said that there is nothing to see
        self.pages, self.place, self._reads = found.pages, found.place, reads
        self.view.show_pages([PaperSize(each.width, each.height) for each in found.pages.sizes])
        place, end = found.place, found.end
        self.view.point_out(
            None if place is None else PaperPlace(place.page, place.down),
            None if end is None else PaperPlace(end.page, end.down),
        )
        if self._is_to_go:
            self._is_to_go = False
            self.go_there()
        self._show_pictures(found.pictures)
        self._tell()

    def _on_failed(self, problem: Problem) -> None:
        self.clear(str(problem))

    def _show_pictures(self, pictures: Sequence[tuple[Picture, str]]) -> None:
        for picture, words in pictures:
            image = QImage(
                picture.pixels,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            is_there = self.place is not None and picture.page == self.place.page
            said = self._reads if is_there and self._reads else words
            self.view.show_picture(picture.page, image.copy(), said)

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
            newest_of=f"in sight: {self._called}",
            owner=self,
            is_quiet=True,
        )

    def _tell(self) -> None:
        count = self.view.count
        self.where.setText(f"Page {self.view.page + 1} of {count}" if count else "")
        for each in (self.smaller, self.larger, self.fit):
            each.setEnabled(bool(count))
        self.there.setEnabled(self.place is not None)
        self.marks.setVisible(bool(count))


def _drawing(
    make: Callable[[], Document], on: date, near: int, width: int, sought: Spot | None
) -> Callable[[Progress], _Drawn]:
    def work(progress: Progress) -> _Drawn:
        from apprentice_desk.documents.picturing import Pages

        pages = Pages(drawn(make(), DocumentFormat.PDF, on, progress))
        place = end = None
        if sought is not None:
            place, end = _places(pages, sought)
        first = min(near, len(pages.sizes) - 1)
        return _Drawn(pages, _pictures(pages, (first,), width, progress), place, end)

    return work


def _places(pages: Pages, sought: Spot) -> tuple[Place | None, Place | None]:
    """Return where something is, and where it ends as far as that is known."""
    place = pages.place_of(sought.heading) if sought.heading else None
    if place is None and sought.begins:
        place = pages.place_saying(sought.begins)
    end = pages.place_of(sought.after) if sought.after and place is not None else None
    return place, end


def _pictures(
    pages: Pages, numbers: Sequence[int], width: int, progress: Progress
) -> tuple[tuple[Picture, str], ...]:
    found = []
    for done, number in enumerate(numbers):
        progress.step(done, len(numbers), f"Page {number + 1}")
        found.append((pages.picture(number, width), pages.words(number)))
    return tuple(found)
