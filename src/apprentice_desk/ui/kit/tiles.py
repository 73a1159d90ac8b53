"""A map of tiles: each of the same size, where it lies towards the others, with its figure.

Every tile is a real button, so that whatever reads the screen finds it with its name.  Tab
reaches one of them; from there the arrows go to the neighbour in their direction.  How much a
tile stands for is told by its shade and its figure, what became of it by edge, stripes and mark.
Where the map would have to be cut off its tiles follow each other like words, from the north on.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.shades import Shade, shade_at, shades
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

TileState = Literal["in", "flagged", "out", "missing", "idle"]
"""In; in, with something to look at; kept out; not there though awaited; not awaited."""

_PAD_QUARTERS = 1.5
_GAP_QUARTERS = 1
_WIDEST_QUARTERS = 15
_MARK_QUARTERS = 3.25
_STRIPES_QUARTERS = 1.25
_MARKS: dict[TileState, str] = {"flagged": "triangle-alert", "out": "circle-x"}
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile shows.

    *says* is all of it in words, *detail* what there is to add.  *share* is how much its figure is
    of the largest, from 0 to 1.  *row* and *col* count from 1; without them the tile has no place
    on the map and stands in a free corner.
    """

    id: Hashable
    letters: str
    figure: str
    says: str
    detail: str = ""
    state: TileState = "in"
    share: float = 0.0
    row: int | None = None
    col: int | None = None


class _Measure(NamedTuple):
    """The width and height of each tile, and whether marks find no room beside the letters."""

    across: float
    height: int
    is_tight: bool


class _Room(NamedTuple):
    """What the tiles need: columns, the widths of the widest without and with marks, a line."""

    columns: int
    least: int
    with_marks: int
    line: int


class TileButton(QAbstractButton):
    """One tile of a map; *place* is its row and column there, *spot* where it stands now."""

    def __init__(self, theme: Theme, parent: TileMap) -> None:
        super().__init__(parent)
        self._theme = theme
        self._map = parent
        self.tile = Tile(None, "", "", "")
        self.place = (0, 0)
        self.spot = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_tile(self, tile: Tile, place: tuple[int, int]) -> None:
        """Show another tile, at another place."""
        self.tile, self.place = tile, place
        access.name(self, tile.says, tile.detail)
        self.setToolTip(as_tip(f"{tile.says}\n{tile.detail}" if tile.detail else tile.says))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return self._map.tile_size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour, the first or the last; Enter and the space bar open the tile."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._map.walk(self, *_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._map.go_to_end(is_last=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def colours(self) -> Shade:
        """Return the ground of the tile and the colour of its words, as they are today."""
        theme, state = self._theme, self.tile.state
        if state == "out":
            return Shade(theme.colour("danger"), theme.colour("text_on_danger"))
        if state in ("missing", "idle"):
            return Shade(theme.colour("surface_raised"), theme.colour("text"))
        return shade_at(shades(theme), self.tile.share)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tile(painter, self.rect(), self.tile, self.colours(), self._theme, self._map.is_tight)
        painter.end()


def paint_tile(
    painter: QPainter, rect: QRect, tile: Tile, colours: Shade, theme: Theme, is_tight: bool
) -> None:
    """Paint *tile* into *rect*; where it *is_tight* the mark stands below, not beside."""
    line = max(1.0, theme.space(0.5) * (0.9 if tile.state == "missing" else 0.5))
    half = line / 2
    shape = QPainterPath()
    corner = theme.space(1)
    shape.addRoundedRect(rect.toRectF().adjusted(half, half, -half, -half), corner, corner)
    painter.fillPath(shape, colours.fill)
    if tile.state == "out":
        _paint_stripes(painter, rect, shape, colours.words, theme)
    pen = QPen(_edge(tile.state, theme), line)
    if tile.state == "missing":
        pen.setDashPattern([3.0, 2.2])
    painter.setPen(pen)
    painter.drawPath(shape)

    pad = theme.space(_PAD_QUARTERS)
    strong, small = theme.font("small strong"), theme.font("small")
    height = QFontMetrics(strong).height()
    inner = rect.adjusted(pad, theme.space(1), -theme.space(0.5), -theme.space(1))
    painter.setPen(colours.words)
    painter.setFont(strong)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), left, tile.letters)
    painter.setFont(small)
    below = QRect(inner.left(), inner.top() + height, inner.width(), height)
    painter.drawText(below, left, tile.figure)
    mark = _MARKS.get(tile.state)
    if mark is not None:
        side = theme.space(_MARK_QUARTERS)
        drawn = pixmap(mark, _meaning(colours.words, theme), theme, _MARK_QUARTERS)
        at = QPointF(rect.right() - theme.space(1) - side + 1, inner.top())
        if is_tight:
            at = QPointF(inner.left(), below.bottom() + 1)
        painter.drawPixmap(at, drawn)


def _paint_stripes(
    painter: QPainter, rect: QRect, shape: QPainterPath, colour: QColor, theme: Theme
) -> None:
    """Paint slanting stripes along the lower edge."""
    thick = theme.space(_STRIPES_QUARTERS)
    band = QRectF(rect.left(), rect.bottom() + 1 - thick, rect.width(), thick)
    painter.save()
    painter.setClipPath(shape)
    painter.setClipRect(band, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, thick * 0.5))
    x = band.left() - thick
    while x < band.right() + thick:
        painter.drawLine(QPointF(x, band.bottom() + 1), QPointF(x + thick + 1, band.top() - 1))
        x += thick * 1.6
    painter.restore()


def _edge(state: TileState, theme: Theme) -> QColor:
    if state == "missing":
        return theme.colour("line_strong")
    if state == "idle":
        return theme.colour("line")
    return theme.colour("danger" if state == "out" else "accent")


def _meaning(colour: QColor, theme: Theme) -> str:
    """Return a meaning that has *colour*: icons are drawn by meaning."""
    return next(meaning for meaning in theme.meanings if theme.colour(meaning) == colour)


class TileMap(QWidget):
    """A map of tiles, called *name*; *tile_opened* has the id of the tile that was opened."""

    KEYS = Keys(
        "On the map",
        (
            ("Arrows", "Go to the next tile in that direction"),
            ("Home, End", "Go to the first or last tile"),
            ("Enter, Space", "Show what stands behind the tile"),
        ),
    )

    tile_opened = Signal(object)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[Hashable, TileButton] = {}
        # Of the tiles of a group Tab reaches one, the arrows reach the others.
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.is_tight = False
        self._known: _Room | None = None
        access.name(self, name, "The arrows go from tile to tile, Enter opens one.")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.buttonClicked.connect(self._on_clicked)
        theme.changed.connect(self._refit)

    @property
    def tiles(self) -> tuple[TileButton, ...]:
        """The tiles in reading order."""
        return tuple(sorted(self._buttons.values(), key=lambda button: button.place))

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles; the keyboard stays where it is if its tile does."""
        self._known = None
        places = _places(tiles)
        gone = [key for key in self._buttons if key not in places]
        had_keyboard = any(self._buttons[key].hasFocus() for key in gone)
        for key in gone:
            button = self._buttons.pop(key)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for tile in sorted(tiles, key=lambda tile: places[tile.id]):
            made = self._buttons.get(tile.id)
            if made is None:
                made = self._buttons[tile.id] = TileButton(self._theme, self)
                self._group.addButton(made)
                made.show()
            made.show_tile(tile, places[tile.id])
        every = self.tiles
        self._put_in_tab_order(every)
        reached = [button for button in every if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if every and not reached:
            self._reach(every[0])
            if had_keyboard:
                every[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._refit()

    def _put_in_tab_order(self, every: Sequence[TileButton]) -> None:
        """Have Tab come to the tiles after what stands before the map, not after the whole page."""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # without any, Qt does not set an order
        for before, after in pairwise((self, *every)):
            self.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def walk(self, start: TileButton, down: int, right: int) -> None:
        """Give the keyboard to the tile nearest to *start* in one direction, if there is one."""
        found = _nearest(start, self.tiles, down, right)
        if found is not None:
            self._go(found)

    def go_to_end(self, *, is_last: bool) -> None:
        """Give the keyboard to the first or last tile in reading order."""
        self._go(self.tiles[-1 if is_last else 0])

    def _go(self, button: TileButton) -> None:
        self._reach(button)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _reach(self, button: TileButton) -> None:
        """Make *button* the one that Tab reaches."""
        for other in self._buttons.values():
            is_it = other is button
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, TileButton):
            self._reach(button)
            self.tile_opened.emit(button.tile.id)

    # room

    def hasHeightForWidth(self) -> bool:
        """Say that it grows taller where marks find no room beside the letters."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall it is at *width*."""
        height = self._measure(width).height
        rows = max((row for row, _col in self._spots(width).values()), default=0)
        return rows * (height + self._gap) - self._gap if rows else 0

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        width = self._room.columns * (self._theme.space(_WIDEST_QUARTERS) + self._gap) - self._gap
        return QSize(max(0, width), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: one below the other is always possible."""
        return QSize(self._room.least, 0)

    def tile_size(self) -> QSize:
        """Return the size of each tile now."""
        size = self._measure(self.width())
        return QSize(int(size.across), size.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tiles where they belong now."""
        super().resizeEvent(event)
        self._arrange()
        self.setMinimumHeight(self.heightForWidth(self.width()))

    @property
    def _gap(self) -> int:
        return self._theme.space(_GAP_QUARTERS)

    @property
    def _room(self) -> _Room:
        """What the tiles need; layouts ask a hundred times, and measuring words is slow."""
        if self._known is None:
            self._known = self._needed()
        return self._known

    def _needed(self) -> _Room:
        space = self._theme.space
        strong = QFontMetrics(self._theme.font("small strong"))
        small = QFontMetrics(self._theme.font("small"))
        tiles = [button.tile for button in self._buttons.values()]
        letters = {tile.letters: strong.horizontalAdvance(tile.letters) for tile in tiles}
        words = [max(letters[t.letters], small.horizontalAdvance(t.figure)) for t in tiles]
        marked = [letters[tile.letters] for tile in tiles if tile.state in _MARKS]
        pad, mark = space(_PAD_QUARTERS) + space(1), space(_MARK_QUARTERS)
        return _Room(
            columns=max((button.place[1] for button in self._buttons.values()), default=0),
            least=max(words, default=0) + pad,
            with_marks=max(marked) + pad + mark if marked else 0,
            line=strong.height(),
        )

    @property
    def is_map(self) -> bool:
        """Whether there is room for the tiles to stand where they lie."""
        return self._has_room(self.width())

    def _has_room(self, width: int) -> bool:
        room = self._room
        return width >= room.columns * (room.least + self._gap) - self._gap

    def _spots(self, width: int) -> dict[TileButton, tuple[int, int]]:
        """Return the row and column at which each tile stands at *width*."""
        every = self.tiles
        if self._has_room(width):
            return {button: button.place for button in every}
        columns = max(1, (width + self._gap) // (self._room.least + self._gap))
        return {
            button: (number // columns + 1, number % columns + 1)
            for number, button in enumerate(every)
        }

    def _measure(self, width: int) -> _Measure:
        space, needed = self._theme.space, self._room
        room = (width + self._gap) / max(1, needed.columns) - self._gap
        across = max(float(needed.least), min(room, space(_WIDEST_QUARTERS)))
        is_tight = needed.with_marks > across
        height = 2 * needed.line + space(3.5) + (space(_MARK_QUARTERS) if is_tight else 0)
        return _Measure(across, height, is_tight)

    def _refit(self) -> None:
        self._known = None
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        across, height, self.is_tight = self._measure(self.width())
        for button, spot in self._spots(self.width()).items():
            button.spot = spot
            row, col = spot
            left, right = (round((col - 1 + end) * (across + self._gap)) for end in (0, 1))
            top = (row - 1) * (height + self._gap)
            button.setGeometry(left, top, right - left - self._gap, height)
            button.update()


def _places(tiles: Sequence[Tile]) -> dict[Hashable, tuple[int, int]]:
    """Return the row and column of each tile; those without go into a free corner at the end."""
    places: dict[Hashable, tuple[int, int]] = {
        tile.id: (tile.row, tile.col)
        for tile in tiles
        if tile.row is not None and tile.col is not None
    }
    adrift = [tile.id for tile in tiles if tile.id not in places]
    columns = max((col for _row, col in places.values()), default=len(adrift))
    row, col = max((row for row, _col in places.values()), default=1), columns
    for key in reversed(adrift):
        taken = set(places.values())
        # The tile at its left would look like a neighbour.
        while (row, col) in taken or (row, col - 1) in taken or col < 1:
            row, col = row + 1, columns
        places[key] = (row, col)
        col -= 1
    return places


def _nearest(
    start: TileButton, every: Sequence[TileButton], down: int, right: int
) -> TileButton | None:
    """Return the tile nearest to *start* in a direction; straight ahead counts twice."""
    best: tuple[int, int] | None = None
    found: TileButton | None = None
    for other in every:
        rows, cols = other.spot[0] - start.spot[0], other.spot[1] - start.spot[1]
        ahead, aside = (rows * down, abs(cols)) if down else (cols * right, abs(rows))
        if ahead <= 0:
            continue
        rank = (ahead + 2 * aside, aside)
        if best is None or rank < best:
            best, found = rank, other
    return found
