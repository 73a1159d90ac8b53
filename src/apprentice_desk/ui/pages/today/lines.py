"""The list of what needs somebody: a line each, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.domain.needs import Need, Waiting
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.painting import paint_ground, paint_icon_tile
from apprentice_desk.ui.kit.pieces import WordButton, button, column_of, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tokens import FontRole
from apprentice_desk.ui.pages.today.words import ICONS, TONES, spoken, waiting_words

SHOWN_AT_FIRST = 8
SHOWN_MORE = 12
"""So many lines stand there at first, and come with each Show more: each takes its time to make."""

_HARDLY_MORE = 2
"""So few more lines are shown at once: a button would take nearly their room."""

_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_TALL = 100_000

_BUTTON_BESIDE = 95
"""The width in quarters from which a line's button stands beside its words."""


class _Places(NamedTuple):
    """Where the parts of a line stand at a width."""

    head: QRect
    body: QRect
    tile: QRect
    what: QRect
    why: QRect
    action: QRect


class _Stop(WordButton):
    """A button at which the keyboard stops; *answer* hears keys first, and says if it took one.

    No filter hears them: it would be told of all else that happens to a button as it is shown.
    """

    reached = Signal()

    def __init__(self, answer: Callable[[QPushButton, Qt.Key], bool]) -> None:
        super().__init__()
        self._answer = answer

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard has come."""
        super().focusInEvent(event)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another line, or put one off; a button by itself would go on by tab."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not is_plain or not self._answer(self, Qt.Key(event.key())):
            super().keyPressEvent(event)


class NeedLine(QWidget):
    """One line: what, why and the button that goes there.

    All but the button is painted: as labels in layouts, eight lines would cost the window a
    standstill.
    """

    reached = Signal(object)
    """The line itself, when the keyboard or the mouse has come to it."""

    def __init__(
        self,
        need: Need,
        theme: Theme,
        go: Callable[[Need], object],
        answer: Callable[[QPushButton, Qt.Key], bool],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self.need = need
        self.head = ""
        self.is_current = False
        self._is_top = True
        self._known: dict[int, _Places] = {}
        stop = _Stop(answer)
        stop.reached.connect(lambda: self.reached.emit(self))
        self.action = button("", theme, lambda: self._go(self.need), made=stop)
        self.action.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._refit)
        self.show_need(need)

    def show_need(self, need: Need) -> None:
        """Show another line in its place."""
        self.need = need
        self.action.setText(need.action)
        access.name(self.action, f"{need.what}: {need.action}", spoken(need))
        access.name(self, need.what, spoken(need))
        self._refit()

    def show_head(self, words: str, *, is_top: bool) -> None:
        """Put a heading above the line, or with "" a thin line; that not at the top."""
        self.head, self._is_top = words, is_top
        self._refit()

    def show_current(self, *, is_current: bool) -> None:
        """Mark the line as the one that is put off by the button above."""
        self.is_current = is_current
        self.update()

    # where the parts stand

    def places(self, width: int) -> _Places:
        """Return where the parts stand in a line of *width* pixels.

        Layouts ask for this a hundred times for each line, at few widths: it is kept.
        """
        if width not in self._known:
            self._known[width] = self._worked_out(width)
        return self._known[width]

    def _worked_out(self, width: int) -> _Places:
        space = self._theme.space
        edge, gap, top = space(2), space(3), space(2.5)
        head = QRect(0, 0 if self._is_top else space(2), width, self._metrics("small strong"))
        if self.head:
            start = head.bottom() + 1 + space(0.5)
        else:
            head, start = QRect(), 0 if self._is_top else 1 + space(0.5)
        button_size = self.action.sizeHint()
        is_wide = width >= space(_BUTTON_BESIDE)
        tile = QRect(edge, start + top, space(6.5), space(6.5))
        left = tile.right() + 1 + gap
        room = width - edge - left - (button_size.width() + gap if is_wide else 0)
        what = QRect(left, start + top, room, self._high("strong", self.need.what, room))
        why = QRect(
            left, what.bottom() + 1 + space(0.5), room, self._high("small", self.need.why, room)
        )
        words = why.bottom() + 1 - what.top()
        action = QRect(0, 0, min(button_size.width(), width - 2 * edge), button_size.height())
        if is_wide:
            inner = max(words, tile.height(), action.height())
            action.moveTop(start + top + (inner - action.height()) // 2)
        else:
            inner = max(words, tile.height()) + gap + action.height()
            action.moveTop(start + top + inner - action.height())
        action.moveRight(width - edge - 1)
        return _Places(head, QRect(0, start, width, inner + 2 * top), tile, what, why, action)

    def _metrics(self, role: FontRole) -> int:
        return QFontMetrics(self._theme.font(role)).height()

    def _high(self, role: FontRole, words: str, width: int) -> int:
        room = QRect(0, 0, max(width, 1), _TALL)
        return QFontMetrics(self._theme.font(role)).boundingRect(room, _WRAPPED, words).height()

    def hasHeightForWidth(self) -> bool:
        """Return that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall the line is at a width."""
        return self.places(width).body.bottom() + 1

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        width = self._theme.space(_BUTTON_BESIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: words wrap, and the button can stand below them."""
        space = self._theme.space
        width = max(self.action.sizeHint().width() + 2 * space(2), space(36))
        return QSize(width, space(10))

    def _refit(self) -> None:
        self._known.clear()
        self.updateGeometry()
        self._place_action()
        self.update()

    def _place_action(self) -> None:
        self.action.setGeometry(self.places(self.width()).action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button beside the words, or below them."""
        super().resizeEvent(event)
        self._place_action()

    # painting and hearing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heading or thin line, the mark of the current line, icon and words."""
        theme, at = self._theme, self.places(self.width())
        painter = QPainter(self)
        if self.head:
            painter.setFont(theme.font("small strong"))
            painter.setPen(theme.colour("text_quiet"))
            painter.drawText(at.head, 0, self.head)
        elif not self._is_top:
            painter.setPen(theme.colour("line"))
            painter.drawLine(0, 0, self.width(), 0)
        if self.is_current:
            paint_ground(painter, at.body, theme.colour("hover"), theme)
        urgency = TONES[self.need.urgency]
        paint_icon_tile(painter, at.tile, ICONS[self.need.kind], urgency, theme)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(at.what, _WRAPPED, self.need.what)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_quiet"))
        painter.drawText(at.why, _WRAPPED, self.need.why)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the button chooses the line."""
        self.action.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)


class NeedsList(QWidget):
    """The lines, most urgent first.

    Up, Down, Home and End go from one to another, Enter goes where the line leads, P puts it off.
    *put_off_asked* is sent with the need, *current_changed* with the one that is current or None.
    """

    put_off_asked = Signal(object)
    current_changed = Signal(object)

    def __init__(self, theme: Theme, go: Callable[[Need], object]) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self._needs: tuple[Need, ...] = ()
        self._most = SHOWN_AT_FIRST
        self._current: NeedLine | None = None
        self._may_put_off = True
        self.lines: list[NeedLine] = []
        self.more = button("", theme, self._show_more, role="link", made=_Stop(self._answer))
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        access.name(self, "What needs you", "Arrow keys go through the lines, P puts one off")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    @property
    def current(self) -> Need | None:
        """The need whose line is current; None without lines."""
        return self._current.need if self._current is not None else None

    @property
    def current_stop(self) -> QPushButton | None:
        """The button of the line that is current; None without lines."""
        return self._current.action if self._current is not None else None

    def focus_current(self) -> None:
        """Give the keyboard to the line that is current."""
        if self._current is not None:
            self._current.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow_putting_off(self, *, is_allowed: bool) -> None:
        """Say whether lines can be put off."""
        self._may_put_off = is_allowed

    def show_needs(self, needs: Sequence[Need]) -> None:
        """Show other lines; the keyboard stays with its line, or where that was."""
        here, had_focus = self._place()
        key = self.current.key if self.current is not None else ""
        self._needs = tuple(needs)
        self._fill()
        keys = [each.need.key for each in self.lines]
        there = keys.index(key) if key in keys else min(here, len(keys) - 1)
        self._make_current(self.lines[there] if self.lines else None)
        if had_focus and self._current is not None:
            self._current.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        is_hardly_more = len(self._needs) <= self._most + _HARDLY_MORE
        shown = self._needs if is_hardly_more else self._needs[: self._most]
        for spare in self.lines[len(shown) :]:
            self._down.removeWidget(spare)
            spare.hide()
            spare.deleteLater()
        del self.lines[len(shown) :]
        urgencies = {need.urgency for need in self._needs}
        before = None
        for number, need in enumerate(shown):
            if number < len(self.lines):
                self.lines[number].show_need(need)
            else:
                self._add(need)
            is_first = need.urgency is not before
            has_head = is_first and len(urgencies) > 1
            self.lines[number].show_head(need.urgency.words if has_head else "", is_top=not number)
            before = need.urgency
        left = len(self._needs) - len(shown)
        self.more.setText(f"Show {min(left, SHOWN_MORE)} more" + _of(left))
        self.more.setVisible(left > 0)

    def _add(self, need: Need) -> None:
        made = NeedLine(need, self._theme, self._go, self._answer)
        made.reached.connect(self._make_current)
        self._down.insertWidget(len(self.lines), made)
        self.lines.append(made)
        QWidget.setTabOrder(made.action, self.more)

    def _show_more(self) -> None:
        first_new = len(self.lines)
        self._most = first_new + SHOWN_MORE
        self._fill()
        self.lines[first_new].action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> tuple[int, bool]:
        if self._current is None or self._current not in self.lines:
            return 0, False
        return self.lines.index(self._current), self._current.action.hasFocus()

    def _make_current(self, reached: NeedLine | None) -> None:
        for each in self.lines:
            each.show_current(is_current=each is reached)
        self._current = reached
        self.current_changed.emit(self.current)

    def _stops(self) -> list[QPushButton]:
        stops = [each.action for each in self.lines]
        return [*stops, self.more] if self.more.isVisibleTo(self) else stops

    def _answer(self, watched: QPushButton, key: Qt.Key) -> bool:
        stops = self._stops()
        here = next((number for number, stop in enumerate(stops) if stop is watched), None)
        if here is None:
            return False
        places = {
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(stops) - 1,
        }
        if key in places:
            there = max(0, min(places[key], len(stops) - 1))
            stops[there].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if key == Qt.Key.Key_P and watched is not self.more:
            self.ask_to_put_off()
            return True
        return False

    def ask_to_put_off(self) -> None:
        """Ask to put the current line off."""
        if self._may_put_off and self.current is not None:
            self.put_off_asked.emit(self.current)

    def _open_menu(self, at: QPoint) -> None:
        found = next((each for each in self.lines if each.geometry().contains(at)), None)
        if found is None:
            return
        found.action.setFocus(Qt.FocusReason.MouseFocusReason)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go = QAction(found.need.action, menu)
        go.triggered.connect(lambda _checked=False, need=found.need: self._go(need))
        later = QAction("Put off…", menu)
        later.setEnabled(self._may_put_off)
        later.triggered.connect(lambda _checked=False: self.ask_to_put_off())
        menu.addActions([go, later])
        menu.popup(self.mapToGlobal(at))


def _of(left: int) -> str:
    return f" of {left:,}" if left > SHOWN_MORE else ""


class WaitingList(QWidget):
    """What was put off, folded away: until when, why, and a button that brings each back."""

    def __init__(self, theme: Theme, bring_back: Callable[[Waiting], object]) -> None:
        super().__init__()
        self._theme = theme
        self._bring_back = bring_back
        self._may_bring_back = True
        self.fold = button("", theme, self._turn, role="link")
        self.buttons: list[QPushButton] = []
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.space(2))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self._list)
        self._list.hide()
        self.hide()

    def allow_bringing_back(self, *, is_allowed: bool) -> None:
        """Say whether lines can be brought back."""
        self._may_bring_back = is_allowed

    @property
    def is_open(self) -> bool:
        """Whether the lines are unfolded."""
        return not self._list.isHidden()

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show other lines."""
        had_focus = any(each.hasFocus() for each in self.buttons)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for each in waiting:
            self._lines.addWidget(self._line(each))
        self._count = len(waiting)
        self.setVisible(bool(waiting))
        self._name()
        if had_focus:
            self.fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, waiting: Waiting) -> QWidget:
        made = QWidget()
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        across.setContentsMargins(self._theme.space(2), 0, self._theme.space(2), 0)
        across.setSpacing(self._theme.space(3))
        words = column_of(
            self._theme,
            label(waiting.need.what, wraps=True),
            label(waiting_words(waiting), "small", wraps=True),
            quarters=0.5,
        )
        back = button("Bring back", self._theme, lambda: self._bring_back(waiting))
        back.setEnabled(self._may_bring_back)
        access.name(back, f"Bring back: {waiting.need.what}", waiting_words(waiting))
        self.buttons.append(back)
        across.addLayout(words, 1)
        across.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _turn(self) -> None:
        self._list.setVisible(self._list.isHidden())
        self._name()

    def _name(self) -> None:
        self.fold.setText(f"{'Hide' if self.is_open else 'Show'} {self._count:,} put off")
