"""A board: lanes beside each other, with the cards that stand in each.

Every card is a real button, so that whatever reads the screen finds it with its name.  Tab reaches
one of them; from there the arrows go to the card above or below and to the lane beside.  Lanes
that have no room beside each other go on below, so that nothing lies beyond the edge.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Tiles
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.pieces import BadgeLabel, breakable, label
from apprentice_desk.ui.kit.theme import Theme

NARROWEST = 43
"""The least width of a lane, in quarters."""
_FORMAT = "application/x-apprentice-desk-card"
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class LaneCard:
    """What one card shows: its title, lines below it, and a badge where there is one."""

    id: Hashable
    title: str
    lines: tuple[str, ...] = ()
    badge: Badge | None = None

    @property
    def says(self) -> str:
        """All of it in words."""
        marked = (self.badge.text,) if self.badge is not None else ()
        return ", ".join(part for part in (self.title, *self.lines, *marked) if part)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name in code, its words, and what stands in it."""

    name: str
    title: str
    cards: tuple[LaneCard, ...] = ()


class CardButton(QPushButton):
    """One card; it can be dragged to another lane."""

    def __init__(self, theme: Theme, board: Lanes, lane: str) -> None:
        super().__init__()
        self._theme, self._board = theme, board
        self.lane = lane
        self.card = LaneCard(None, "")
        self._pressed: QPoint | None = None
        self.setProperty("role", "lane card")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: board.choose(self.card.id))
        self._title = label("", "strong", wraps=True)
        self._lines = label("", "small", wraps=True)
        self._badge = BadgeLabel(Badge(""), theme)
        self._down = QVBoxLayout(self)
        for part in (self._title, self._lines, self._badge):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._down.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._fit)
        self._fit()

    def show_card(self, card: LaneCard, lane: str) -> None:
        """Show another card."""
        self.card = card
        self._title.setText(breakable(card.title))
        self._lines.setText(breakable("\n".join(card.lines)))
        self._lines.setVisible(bool(card.lines))
        self._badge.setVisible(card.badge is not None)
        if card.badge is not None:
            self._badge.show_badge(card.badge)
        access.name(self, f"{card.says}, {lane}")
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Say that its words wrap where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall it is at *width*."""
        return self._down.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the room it would like: a button asks its text alone."""
        return self._down.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return self._down.totalMinimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as tall as the words need at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self._down.totalHeightForWidth(self.width())))

    def _fit(self) -> None:
        across, down = self._theme.space(3), self._theme.space(2)
        self._down.setContentsMargins(across, down, across, down)
        self._down.setSpacing(self._theme.space(0.5))

    # keyboard and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the one that is chosen."""
        super().focusInEvent(event)
        self._board.choose(self.card.id)
        self._board.card_reached.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour, the first or the last card; Enter and the space bar open it."""
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._board.walk(self, *_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._board.go_to_end(is_last=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._board.card_opened.emit(self.card.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag it once the mouse has gone far enough."""
        if self._pressed is None:
            return
        gone = (event.position().toPoint() - self._pressed).manhattanLength()
        if gone < QApplication.startDragDistance():
            return
        self._pressed = None
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(card_data(self.card.id))
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)

    def nextCheckState(self) -> None:
        """Be marked if it is what the board has chosen; a press alone marks nothing."""
        self.setChecked(self._board.chosen == self.card.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        self._board.card_opened.emit(self.card.id)
        event.accept()


def card_data(key: Hashable) -> QMimeData:
    """Return what is dragged along with the card *key*."""
    data = QMimeData()
    data.setData(_FORMAT, str(key).encode())
    return data


class _LaneFrame(QFrame):
    """One lane: its heading with how many stand in it, and the cards below."""

    def __init__(self, lane: Lane, theme: Theme, board: Lanes) -> None:
        super().__init__()
        self.setProperty("role", "well")
        self.setAcceptDrops(True)
        self.name, self._words = lane.name, lane.title
        self._board, self._theme = board, theme
        self.buttons: list[CardButton] = []
        self.heading = label(lane.title, "strong", wraps=True)
        self.count = label("", "small")
        self._down = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self._down.addLayout(head)
        self._cards = QVBoxLayout()
        self._down.addLayout(self._cards)
        self._down.addStretch(1)
        theme.changed.connect(self._fit)
        self._fit()

    def show_lane(self, lane: Lane) -> None:
        """Show what stands in it now."""
        self.count.setText(f"{len(lane.cards):,}")
        access.name(self, f"{lane.title}, {len(lane.cards):,}")
        while len(self.buttons) > len(lane.cards):
            gone = self.buttons.pop()
            self._board.group.removeButton(gone)
            self._cards.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.buttons) < len(lane.cards):
            made = CardButton(self._theme, self._board, self.name)
            self.buttons.append(made)
            self._board.group.addButton(made)
            self._cards.addWidget(made)
            made.show()  # not in a later turn: the keyboard may be given to it at once
        for made, card in zip(self.buttons, lane.cards, strict=True):
            made.show_card(card, lane.title)

    def _fit(self) -> None:
        edge = self._theme.space(2)
        self._down.setContentsMargins(edge, edge, edge, edge)
        self._down.setSpacing(self._theme.space(2))
        self._cards.setSpacing(self._theme.space(1.5))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards of this board."""
        is_card = self._board.dragged(event.mimeData()) is not None
        event.setAccepted(is_card)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which card came."""
        key = self._board.dragged(event.mimeData())
        if key is not None:
            event.acceptProposedAction()
            self._board.card_dropped.emit(key, self.name)


class Lanes(QWidget):
    """The board, called *name*, with lanes that stay and cards that come and go.

    *card_chosen* has the id of the card that is chosen now, None where none is, *card_opened* that
    of one that Enter or a double click opens; *card_dropped* has a card's id and the lane's name
    that it was dragged to; *card_reached* has the card that got the keyboard, to be scrolled to.
    """

    KEYS = Keys(
        "On the board",
        (
            ("Arrows", "Go to the next card in that direction"),
            ("Home, End", "Go to the first or last card"),
            ("Enter", "Go to what the card is about"),
        ),
    )

    card_chosen = Signal(object)
    card_opened = Signal(object)
    card_dropped = Signal(object, str)
    card_reached = Signal(QWidget)

    def __init__(self, name: str, lanes: Sequence[Lane], theme: Theme) -> None:
        super().__init__()
        self._chosen: Hashable = None
        # Of the cards of a group Tab reaches one, the arrows reach the others.
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        access.name(self, name, "The arrows go from card to card, Enter opens one.")
        self.frames = {lane.name: _LaneFrame(lane, theme, self) for lane in lanes}
        self._tiles = Tiles(list(self.frames.values()), theme, narrowest=NARROWEST)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._tiles)
        down.addStretch(1)

    @property
    def cards(self) -> tuple[CardButton, ...]:
        """The cards in reading order: lane by lane."""
        return tuple(button for frame in self.frames.values() for button in frame.buttons)

    @property
    def chosen(self) -> Hashable:
        """The id of the card that is chosen; None where none is."""
        return self._chosen

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show other cards; the keyboard stays with its card, wherever that stands now."""
        had_keyboard = any(button.hasFocus() for button in self.cards)
        for lane in lanes:
            self.frames[lane.name].show_lane(lane)
        every = self.cards
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without any, Qt does not set an order
        access.follow(self, every)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._button_of(self._chosen) is None:
            self._chosen = every[0].card.id if every else None
        self._mark()
        if had_keyboard and (button := self._button_of(self._chosen)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: Hashable) -> bool:
        """Choose a card; returns whether it is there."""
        if self._button_of(key) is None:
            return False
        if key != self._chosen:
            self._chosen = key
            self._mark()
            self.card_chosen.emit(key)
        return True

    @property
    def stop(self) -> QWidget | None:
        """The card that Tab reaches; None where there is none."""
        return self._button_of(self._chosen)

    def take_keyboard(self) -> None:
        """Go to the card that is chosen."""
        button = self._button_of(self._chosen)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragged(self, data: QMimeData) -> Hashable:
        """Return the id of the card of this board that *data* is dragged from; None for others."""
        said = bytes(data.data(_FORMAT).data()).decode()
        return next((each.card.id for each in self.cards if str(each.card.id) == said), None)

    def walk(self, start: CardButton, lanes: int, cards: int) -> None:
        """Give the keyboard to the neighbour of *start*; lanes without cards are passed over."""
        names = [name for name, frame in self.frames.items() if frame.buttons]
        column = names.index(start.lane)
        row = self.frames[start.lane].buttons.index(start)
        if lanes:
            column += lanes
        if not 0 <= column < len(names):
            return
        buttons = self.frames[names[column]].buttons
        row += cards
        if not lanes and not 0 <= row < len(buttons):
            return
        buttons[min(row, len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_end(self, *, is_last: bool) -> None:
        """Give the keyboard to the first or last card."""
        self.cards[-1 if is_last else 0].setFocus(Qt.FocusReason.TabFocusReason)

    def _button_of(self, key: Hashable) -> CardButton | None:
        return next((each for each in self.cards if each.card.id == key), None)

    def _mark(self) -> None:
        for each in self.cards:
            is_it = each.card.id == self._chosen
            if is_it:
                each.setChecked(True)  # and no other: they are a group
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)
