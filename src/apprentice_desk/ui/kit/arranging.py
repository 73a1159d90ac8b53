"""How the parts of a page stand: below each other and scrolling, side by side while there is room.

Everything here asks how wide it is in quarters of the text's height, so that at 200 % text parts
go below each other as they do in a small window.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme

EDGE_QUARTERS = 6
GAP_QUARTERS = 4
_NARROW_QUARTERS = 120
"""A page less wide than that has narrower edges too."""
_NEXT_TURN_MS = 1
"""What is due then is done in a later turn of the event loop; at 0 ms it would be in this one."""


class _Content(QWidget):
    """What scrolls.  It is as tall as its parts are at the width that there is, if not more.

    Qt would take the height that words have at their narrowest, and scroll over nothing; and that
    of one line of buttons where they go on below, and cut them off.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least room at the width of the page."""
        hint, layout, page = super().minimumSizeHint(), self.layout(), self.parentWidget()
        if layout is None or page is None or not layout.hasHeightForWidth():
            return hint
        width = max(page.width(), hint.width())
        return QSize(hint.width(), layout.totalMinimumHeightForWidth(width))


class ListSide(QWidget):
    """Parts below each other, for a splitter: never less high than they need at its width.

    A splitter asks for the least height without a width; words and buttons that go on below
    would then lie over what follows.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least room at the width that it has."""
        hint, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth() or self.width() < 1:
            return hint
        width = max(self.width(), hint.width())
        return QSize(hint.width(), max(hint.height(), layout.totalMinimumHeightForWidth(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that another width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def reading_area(content: QWidget, name: str) -> QScrollArea:
    """Return what *content* scrolls in, by its own arrow keys: nothing in it takes the keyboard."""
    area = QScrollArea()
    area.setProperty("role", "raised")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    access.name(area, name, "Arrow keys scroll")
    area.setWidget(content)
    return area


class ScrollingPart(QScrollArea):
    """Parts below each other, in a dialog, that scroll together: by their arrow keys, and by Tab.

    *name* is what a screen reader calls it.  *grown* is sent where more came to be shown.
    """

    grown = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "raised")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        access.name(self, name, "Arrow keys scroll")
        content = _Content()
        content.setProperty("role", "raised")
        self._body = QVBoxLayout(content)
        edge = theme.space(1)  # for the ring around what has the keyboard
        self._body.setContentsMargins(edge, edge, edge, edge)
        self._body.setSpacing(theme.space(3))
        self.setWidget(content)

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Put *part* below what is there."""
        self._body.addWidget(part, stretch)

    def put_spare(self) -> None:
        """Leave the room that is spare below what is there."""
        self._body.addStretch(1)

    def height_for(self, width: int) -> int:
        """Return the height in which nothing scrolls at *width*."""
        layout = self._body
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()


class ScrollingPage(QWidget):
    """A page whose parts stand below each other and scroll together.

    A page that is stale is refreshed at once where it is seen, else when it is shown next.
    """

    MOST_QUARTERS: float | None = 480
    """The most that its parts are wide: no line of words goes on over a whole wide screen.  None
    is for pages that are a table, which uses all the room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page_theme = theme
        self._is_stale = True
        self.setProperty("role", "page")
        self._content = _Content()
        self._content.setProperty("role", "page")
        self._body = QVBoxLayout(self._content)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.area, 1)
        self._page_foot = QFrame()
        self._page_foot.setProperty("role", "page foot")
        self._page_foot.hide()
        self._page_feet: list[QWidget] = []
        self._page_foot_body = QVBoxLayout(self._page_foot)
        self._page_foot_body.setSpacing(0)
        outer.addWidget(self._page_foot)
        theme.changed.connect(self._fit)
        self._fit()

    def put(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put *part* below what is there."""
        if isinstance(part, QWidget):
            self._body.addWidget(part, stretch)
        else:
            self._body.addLayout(part, stretch)

    def put_foot(self, part: QWidget) -> None:
        """Put *part* below what scrolls; it stands there once it is shown."""
        part.hide()
        self._page_feet.append(part)
        self._page_foot_body.addWidget(part)

    def show_foot(self, shown: QWidget | None) -> None:
        """Show one part, or none, below what scrolls, where it is always in sight."""
        for part in self._page_feet:
            part.setVisible(part is shown)
        self._page_foot.setVisible(shown is not None)

    def put_spare(self) -> None:
        """Leave the room that is spare below what is there."""
        self._body.addStretch(1)

    def refresh(self) -> None:
        """Show how things stand now; the page says how."""

    def note_stale(self) -> None:
        """Take note that something changed."""
        self._is_stale = True
        if self.isVisible():
            self._refresh_stale()

    def forget_stale(self) -> None:
        """Read nothing any more: the desk is being closed, and this page goes with it."""
        self._is_stale = False

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what has become stale meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            # Refreshing may fail, and an exception must not pass through Qt's show event; nor
            # is it done in the turn in which the page is made, which takes long enough.
            QTimer.singleShot(_NEXT_TURN_MS, self, self._refresh_stale)

    def _refresh_stale(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        try:
            self.refresh()
        except Problem:  # a drive that is away: it is read when the page is shown again
            self._is_stale = True
            raise

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room at the right that is more than the parts need."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        space = self._page_theme.space
        edge = space(EDGE_QUARTERS if self.width() >= space(_NARROW_QUARTERS) else 3)
        spare = 0
        if self.MOST_QUARTERS is not None:
            spare = max(0, self.width() - 2 * edge - space(self.MOST_QUARTERS))
        self._body.setContentsMargins(edge, space(5), edge + spare, edge)
        self._body.setSpacing(space(GAP_QUARTERS))
        self._page_foot_body.setContentsMargins(edge, space(2), edge, space(2))


class Tiles(QWidget):
    """Parts of equal width in as many columns as there is room for.

    *narrowest* is the least width of one in quarters.
    """

    def __init__(
        self,
        parts: Sequence[QWidget],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        narrowest: float = 40,
    ) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._theme = theme
        self._narrowest = narrowest
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: one column is always possible."""
        return _narrowest(self._parts, super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._theme.space(GAP_QUARTERS)
        self._grid.setSpacing(gap)
        least = self._theme.space(self._narrowest)
        fitting = (self.width() + gap) // (least + gap)
        count = max(1, min(len(self._parts), fitting))
        while count > 1 and 0 < len(self._parts) % count < count - 1 and len(self._parts) > count:
            count -= 1  # rather fewer columns than a last row that is nearly empty
        if count == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = count
        for number, part in enumerate(self._parts):
            self._grid.addWidget(part, number // count, number % count)
        for column in range(count):
            self._grid.setColumnStretch(column, 1)


class SideBySide(QWidget):
    """Parts beside each other with *shares* of the width, below each other where it is narrow.

    *narrowest* is the width in quarters from which on they stand side by side.
    """

    def __init__(
        self,
        parts: Sequence[QWidget],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        shares: Sequence[int] = (),
        narrowest: float = 190,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrowest = narrowest
        self._parts = tuple(parts)
        self._shares = tuple(shares) or (1,) * len(parts)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self._line.addWidget(part)
        theme.changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: below each other is always possible."""
        return _narrowest(self._parts, super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as there is room now."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_wide(self) -> bool:
        """Whether the parts stand beside each other at the width that there is."""
        return self.width() >= self._theme.space(self._narrowest)

    def take_back(self, last: QWidget) -> None:
        """Have the last part here again, after it was shown elsewhere."""
        self._line.addWidget(last)
        self._arrange()

    def set_narrowest(self, quarters: float) -> None:
        """Stand beside each other from another width on."""
        self._narrowest = quarters
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.is_wide
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._line.setSpacing(self._theme.space(GAP_QUARTERS))
        if self._line.direction() != way:
            self._line.setDirection(way)
        for number, share in enumerate(self._shares):
            self._line.setStretch(number, share if is_wide else 0)


def head_of_page(header: QWidget, actions: Sequence[QWidget], theme: Theme) -> SideBySide:
    """Return *header* with *actions* at its right, or below it where it is narrow."""
    return SideBySide([header, Flow(actions, theme)], theme, shares=(1, 0), narrowest=165)


class Flow(QWidget):
    """Parts in a line, each as wide as it wants to be; those that do not fit go on below.

    They stand *quarters* apart, and lines *down* quarters below each other (None: the same).  With
    *at_end* every line ends at the right, as the buttons of a dialog do.
    """

    def __init__(
        self,
        parts: Sequence[QWidget],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        quarters: float = 2,
        down: float | None = None,
        at_end: bool = False,
    ) -> None:
        super().__init__(parent)
        self._at_end = at_end
        self._parts = tuple(parts)
        self._theme = theme
        self._quarters = quarters
        self._down = quarters if down is None else down
        self._heights: dict[int, int] = {}
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._ask_anew)

    def add(self, part: QWidget) -> None:
        """Put one more part at the end."""
        part.setParent(self)
        self._parts = (*self._parts, part)
        self._ask_anew()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What stands in it."""
        return self._parts

    def replace(self, parts: Sequence[QWidget]) -> None:
        """Put other *parts* in place of those that are there."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = tuple(parts)
        for part in self._parts:
            part.setParent(self)
            part.show()
        self._ask_anew()
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        """Say that it grows taller where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall it is at *width*; layouts ask hundreds of times for the same."""
        if width not in self._heights:
            places = self._places(width)
            self._heights[width] = max((place.bottom() + 1 for place in places), default=0)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the room it would like: everything in one line."""
        gap = self._theme.space(self._quarters)
        sizes = [part.sizeHint() for part in self._shown()]
        across = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
        return QSize(across, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: one below the other is always possible."""
        sizes = [part.sizeHint() for part in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts where they fit now."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Put the parts anew when one of them has changed its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_anew()
            self._arrange()
        return super().event(event)

    def _ask_anew(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _arrange(self) -> None:
        for part, place in zip(self._shown(), self._places(self.width()), strict=True):
            part.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        gap, below = self._theme.space(self._quarters), self._theme.space(self._down)
        lines: list[list[QSize]] = []
        x = 0
        for part in self._shown():
            size = part.sizeHint()
            if not lines or (x and x + size.width() > width):
                lines.append([])
                x = 0
            lines[-1].append(size)
            x += size.width() + gap
        places: list[QRect] = []
        y = 0
        for line in lines:
            needed = sum(size.width() for size in line) + gap * (len(line) - 1)
            x = max(0, width - needed) if self._at_end else 0
            tallest = max(size.height() for size in line)
            for size in line:
                across = min(size.width(), max(width, 1))
                places.append(QRect(x, y + (tallest - size.height()) // 2, across, size.height()))
                x += size.width() + gap
            y += tallest + below
        return places


def _narrowest(parts: Sequence[QWidget], together: QSize) -> QSize:
    widths = [part.minimumSizeHint().width() for part in parts if not part.isHidden()]
    return QSize(max(widths, default=0), together.height())
