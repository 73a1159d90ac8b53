"""The list of what needs somebody: a line each, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QMenu,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.needs import Need, Waiting
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import IconTile, button, column_of, label, line
from apprentice_desk.ui.kit.theme import Theme, set_role
from apprentice_desk.ui.pages.today.words import ICONS, TONES, spoken, waiting_words

SHOWN_AT_FIRST = 8
SHOWN_MORE = 20
"""So many lines stand there at first, and come with each Show more: each takes its time to make."""

_HARDLY_MORE = 2
"""So few more lines are shown at once: a button would take nearly their room."""

_BUTTON_BESIDE = 95
"""The width in quarters from which a line's button stands beside its words."""


class NeedLine(QFrame):
    """One line: what, why and the button that goes there."""

    reached = Signal(object)
    """The line itself, when the keyboard or the mouse has come to it."""

    def __init__(self, need: Need, theme: Theme, go: Callable[[Need], object]) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self.need = need
        self.setProperty("role", "need")
        self.head = label("", "section")
        self._rule = line()
        self._tile = IconTile("", "note", theme)
        self._what = label("", "strong", wraps=True)
        self._why = label("", "small", wraps=True)
        self.action = button("", theme, lambda: self._go(self.need))
        self.action.installEventFilter(self)
        words = column_of(theme, self._what, self._why, quarters=0.5)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(theme.space(3))
        beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        beside.setSpacing(theme.space(3))
        beside.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(words, 1)
        self._across.addLayout(beside, 1)
        self._across.addWidget(self.action, 0, Qt.AlignmentFlag.AlignRight)
        self._body = QFrame()
        self._body.setProperty("role", "need")
        self._body.setLayout(self._across)
        self._across.setContentsMargins(
            theme.space(2), theme.space(2.5), theme.space(2), theme.space(2.5)
        )
        self._above = QSpacerItem(0, 0)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(0.5))
        self._down.addItem(self._above)
        self._down.addWidget(self.head)
        self._down.addWidget(self._rule)
        self._down.addWidget(self._body)
        self.show_need(need)

    def show_need(self, need: Need) -> None:
        """Show another line in its place."""
        self.need = need
        self._tile.show_icon(ICONS[need.kind], TONES[need.urgency])
        self._what.setText(need.what)
        self._why.setText(need.why)
        self.action.setText(need.action)
        access.name(self.action, f"{need.what}: {need.action}", spoken(need))
        access.name(self, need.what, spoken(need))

    def show_head(self, words: str, *, is_top: bool) -> None:
        """Put a heading above the line, or with "" a thin line; none of it at the top."""
        self.head.setText(words)
        self.head.setVisible(bool(words))
        self._above.changeSize(0, self._theme.space(2) if words and not is_top else 0)
        self._down.invalidate()
        self._rule.setVisible(not words and not is_top)

    def show_current(self, *, is_current: bool) -> None:
        """Mark the line as the one that is put off by the button above."""
        set_role(self._body, "current need" if is_current else "need")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that the keyboard has come."""
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit(self)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the button chooses the line."""
        self.action.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button beside the words, or below them."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.space(_BUTTON_BESIDE)
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def minimumSizeHint(self) -> QSize:
        """Return the least room: below each other is always possible."""
        space = self._theme.space
        return QSize(self.action.sizeHint().width() + space(4), super().minimumSizeHint().height())


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
        self.more = button("", theme, self._show_more, role="link")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        self.more.installEventFilter(self)
        access.name(self, "What needs you", "Arrow keys go through the lines, P puts one off")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    @property
    def current(self) -> Need | None:
        """The need whose line is current; None without lines."""
        return self._current.need if self._current is not None else None

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
        made = NeedLine(need, self._theme, self._go)
        made.reached.connect(self._make_current)
        made.action.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the lines, or put one off; a button by itself would go on by tab."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return self._answer(watched, Qt.Key(event.key()))
        return False

    def _answer(self, watched: QObject, key: Qt.Key) -> bool:
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
