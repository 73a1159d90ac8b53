"""Pages of a paper below each other, to be looked at: pictures that somebody else draws.

The view asks for the pictures of the pages in sight, as wide as they stand there, and shows what
it gets; a picture of another width is shown stretched until the right one comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.theme import Theme

_GAP = 4
"""Between pages and around them, in quarters."""
_WIDEST = 1.0
_STEPS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""How large a page stands, of what fits the width."""
_KEPT = 6
"""So many pictures are kept beside those in sight."""


class PaperSize(NamedTuple):
    """How wide and high a page is, in any unit: only how they go together counts."""

    width: float
    height: float


class PaperPlace(NamedTuple):
    """A place: so far *down* a page, from 0 at its upper edge to 1 at its lower one."""

    page: int
    down: float


class PaperView(QAbstractScrollArea):
    """The pages of *called*; arrow keys scroll, Page Up and Page Down turn pages.

    *wanted* is sent with the numbers of pages, from 0, and how many pixels wide they are to be
    drawn.  *turned* is sent with the number of the page at the top.
    """

    KEYS = Keys(
        "Where pages are shown",
        (
            ("Up, Down", "Scroll"),
            ("Page Up, Page Down", "Go to the page before or the next"),
            ("Home, End", "Go to the first or the last page"),
            ("+ and −, 0", "Show pages larger or smaller, or as wide as there is room"),
        ),
    )

    wanted = Signal(object, int)
    turned = Signal(int)

    def __init__(self, called: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._called = called
        self._theme = theme
        self._sizes: tuple[PaperSize, ...] = ()
        self._tops: list[int] = []
        self._laid_out_wide = 1
        self._pictures: dict[int, QImage] = {}
        self._words: dict[int, str] = {}
        self._step = _STEPS.index(_WIDEST)
        self._page = -1
        self._says = ""
        self._from: PaperPlace | None = None
        self._to: PaperPlace | None = None
        self.setProperty("role", "paper")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        theme.changed.connect(self._lay_out)
        self._tell()

    # what is shown

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The number of the page at the top, from 0; -1 while there is none."""
        return self._page

    @property
    def paper_width(self) -> int:
        """How many pixels of the screen the widest page is drawn with."""
        return round(self._width() * self.devicePixelRatioF())

    def show_pages(self, sizes: Sequence[PaperSize]) -> None:
        """Show another paper of pages of *sizes*; it stays where it was, as far as it can.

        Pictures of the one before stay until others come, so that nothing flickers.
        """
        self._sizes = tuple(sizes)
        self._pictures = {at: each for at, each in self._pictures.items() if at < len(self._sizes)}
        self._words.clear()
        self._lay_out()

    def show_picture(self, page: int, picture: QImage, words: str) -> None:
        """Show the picture of a page, and *words* as what it says to a screen reader."""
        if page >= len(self._sizes):
            return  # of a longer paper, which is not shown any more
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[page] = picture
        self._words[page] = words
        self._forget()
        self.viewport().update()
        self._tell()

    def say(self, words: str) -> None:
        """Show *words* in place of pages: why there are none."""
        self._says = words
        self._sizes, self._tops = (), []
        self._pictures.clear()
        self._lay_out()

    def go_to(self, page: int, down: float = 0.0) -> None:
        """Put the top of a page, or what stands so far *down* it, at the top of the view."""
        if self._tops:
            at = max(0, min(page, len(self._tops) - 1))
            into = round(down * self._height(at))
            self.verticalScrollBar().setValue(self._tops[at] + into - self._gap())

    def point_out(self, begins: PaperPlace | None, ends: PaperPlace | None) -> None:
        """Draw a bar beside what stands from one place to another; without an end, to its page's.

        Without a beginning nothing is pointed out.
        """
        self._from, self._to = begins, ends
        self.viewport().update()

    def _forget(self) -> None:
        near = set(self._in_sight())
        for page in sorted(self._pictures, key=lambda at: abs(at - max(0, self._page))):
            if len(near) < _KEPT:
                near.add(page)
        self._pictures = {at: each for at, each in self._pictures.items() if at in near}

    # room

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(150), self._theme.space(180))

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which a page can be made out."""
        return QSize(self._theme.space(60), self._theme.space(40))

    def _gap(self) -> int:
        return self._theme.space(_GAP)

    def _width(self) -> int:
        room = self.viewport().width() - 2 * self._gap()
        return max(1, round(room * _STEPS[self._step]))

    def _lay_out(self) -> None:
        """Find where each page stands; the one at the top stays there."""
        page, into = self._page, 0.0
        if 0 <= page < len(self._tops):
            into = (self.verticalScrollBar().value() - self._tops[page]) / self._laid_out_wide
        self._laid_out_wide = self._width()
        widest = max((each.width for each in self._sizes), default=1.0)
        scale, top = self._width() / widest, self._gap()
        self._tops = []
        for size in self._sizes:
            self._tops.append(top)
            top += round(size.height * scale) + self._gap()
        room = self.viewport().size()
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(self._theme.space(10))
        self.verticalScrollBar().setRange(0, max(0, top - room.height()))
        across = self._width() + 2 * self._gap()
        self.horizontalScrollBar().setPageStep(room.width())
        self.horizontalScrollBar().setRange(0, max(0, across - room.width()))
        if 0 <= page < len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[page] + into * self._width()))
        self._on_scrolled()

    def _rect(self, page: int) -> QRect:
        """Return where a page stands in the view."""
        widest = max(each.width for each in self._sizes)
        scale, size = self._width() / widest, self._sizes[page]
        width = round(size.width * scale)
        room = max(self.viewport().width(), self._width() + 2 * self._gap())
        left = (room - width) // 2 - self.horizontalScrollBar().value()
        top = self._tops[page] - self.verticalScrollBar().value()
        return QRect(left, top, width, round(size.height * scale))

    def _height(self, page: int) -> int:
        widest = max(each.width for each in self._sizes)
        return round(self._sizes[page].height * self._width() / widest)

    def _in_sight(self) -> Iterable[int]:
        view = self.viewport().rect()
        return [at for at in range(len(self._sizes)) if self._rect(at).intersects(view)]

    # asking for pictures

    def _on_scrolled(self) -> None:
        before, self._page = self._page, self._at_top()
        self.viewport().update()
        if self._sizes:
            self._asking.start(0)
        if before != self._page:
            self.turned.emit(self._page)
        self._tell()

    def _at_top(self) -> int:
        """Return the page that takes most of the view's upper half."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return sum(top <= middle for top in self._tops) - 1 if self._tops else -1

    def _ask(self) -> None:
        width = self.paper_width
        lacking = [at for at in self._in_sight() if not self._is_drawn(at, width)]
        if lacking:
            self.wanted.emit(lacking, width)

    def _is_drawn(self, page: int, width: int) -> bool:
        """Say whether the picture of a page is there: of this paper, and as wide as it stands."""
        picture = self._pictures.get(page)
        return picture is not None and page in self._words and abs(picture.width() - width) <= 1

    def _tell(self) -> None:
        where = f", page {self._page + 1} of {self.count}" if self._sizes else ""
        access.name(self, f"{self._called}{where}", self._words.get(self._page, self._says))

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let pages be as wide as there is room."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll and turn pages."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self.go_to(self._page + step)
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.count - 1)
        elif event.text() in ("+", "="):
            self.zoom(1)
        elif event.text() in ("-", "−"):
            self.zoom(-1)
        elif event.text() == "0":
            self.zoom(0)
        else:
            super().keyPressEvent(event)

    def zoom(self, steps: int) -> None:
        """Show pages *steps* larger, or smaller; 0 as wide as there is room."""
        fits = _STEPS.index(_WIDEST)
        self._step = max(0, min(self._step + steps, len(_STEPS) - 1)) if steps else fits
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight."""
        painter = QPainter(self.viewport())
        theme = self._theme
        painter.fillRect(self.viewport().rect(), theme.colour("surface_sunken"))
        if not self._sizes:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text_quiet"))
            edge = self._gap()
            painter.drawText(
                self.viewport().rect().adjusted(edge, edge, -edge, -edge),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._says,
            )
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            rect = self._rect(page)
            picture = self._pictures.get(page)
            if picture is None:
                painter.fillRect(rect, theme.colour("surface_raised"))
            else:
                painter.drawImage(QRectF(rect), picture)
            painter.setPen(QPen(theme.colour("line")))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if (pointed := self._pointed_out(page, rect)) is not None:
                painter.fillRect(pointed, theme.colour("accent"))
        painter.end()

    def _pointed_out(self, page: int, rect: QRect) -> QRect | None:
        """Return where the bar beside what is pointed out stands on a page, if it does."""
        begins, ends = self._from, self._to
        if begins is None:
            return None
        last = begins.page if ends is None else ends.page
        if not begins.page <= page <= last:
            return None
        upper = begins.down if page == begins.page else 0.0
        lower = ends.down if ends is not None and page == last else 1.0
        wide, height = self._theme.space(1.5), rect.height()
        top = rect.top() + round(upper * height)
        return QRect(rect.left(), top, wide, round((lower - upper) * height))
