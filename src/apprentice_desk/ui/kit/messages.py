"""What the program says to the person: that something is done, or that something cannot be.

A quiet message stands in the status line and may offer one action ("Saved. Undo").  A problem
stands in a banner until it is dismissed: what happened, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.pieces import button, icon_button, label
from apprentice_desk.ui.kit.theme import Theme, Tone, set_role

if TYPE_CHECKING:  # only named: a first paint need not know all kinds of events
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_SIGNS: dict[Tone, str] = {
    "": "check",
    "good": "circle-check",
    "note": "info",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said.  *tone* "danger" is a problem; *action* is what *action_text* does.

    *also_text* and *also* are a second thing that can be done with a quiet message.
    """

    text: str
    remedy: str = ""
    tone: Tone = ""
    action_text: str = ""
    action: Callable[[], object] | None = None
    also_text: str = ""
    also: Callable[[], object] | None = None

    def __str__(self) -> str:
        return f"{self.text} {self.remedy}".strip()


WayOut = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class Messages(QObject):
    """Takes what is to be said and passes it on to whoever shows it.

    *current* is the quiet message, *current_problem* the banner's, either None.  All that was
    said is kept in *said*, newest last, as many as LONGEST.
    """

    LONGEST = 200

    said_something = Signal(object)
    changed = Signal()
    met_problem = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Message | None = None
        self.current_problem: Message | None = None
        self.said: list[Message] = []
        self.way_out: Callable[[Problem], WayOut | None] | None = None
        """What can be done about a problem that comes without anything to do."""

    def say(
        self,
        text: str,
        action_text: str = "",
        action: Callable[[], object] | None = None,
        also_text: str = "",
        also: Callable[[], object] | None = None,
    ) -> None:
        """Say in the status line that something is done, with up to two things to do about it."""
        self._take(Message(text, "", "", action_text, action, also_text, also))

    def problem(
        self,
        problem: Problem,
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Say in a banner what happened and what to do."""
        self.met_problem.emit(problem)
        way = None if action_text or self.way_out is None else self.way_out(problem)
        if way is not None:
            action_text, action = way
        self._take(Message(problem.what, problem.remedy, "danger", action_text, action))

    def warn(
        self,
        text: str,
        remedy: str = "",
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Say in a banner what is worth a look though nothing failed."""
        self._take(Message(text, remedy, "warning", action_text, action))

    def dismiss(self) -> None:
        """Take the banner away."""
        if self.current_problem is not None:
            self.current_problem = None
            self.changed.emit()

    def hush(self) -> None:
        """Take the quiet message away."""
        if self.current is not None:
            self.current = None
            self.changed.emit()

    def _take(self, message: Message) -> None:
        self.said = [*self.said[1 - self.LONGEST :], message]
        if message.tone:
            self.current_problem = message
        else:
            self.current = message
        self.said_something.emit(message)
        self.changed.emit()


_NARROW_QUARTERS = 90
"""Words beside their actions want so much room, or the actions stand below."""


class StatusLine(QWidget):
    """The quiet message and its action, for the foot of the window.

    *let_go* is sent when the action goes away while it has the keyboard: Qt would hand that to
    whatever comes next.
    """

    let_go = Signal()

    def __init__(self, messages: Messages, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._theme = theme
        self._shown: Message | None = None
        self._sign = QLabel()
        self._words = label("", "small")
        self._action = button("", theme, self._on_action, role="small link")
        self._also = button("", theme, self._on_also, role="small link")
        actions = QHBoxLayout()
        actions.setSpacing(theme.space(1.5))
        actions.addWidget(self._action)
        actions.addWidget(self._also)
        actions.addStretch(1)
        said = self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        said.setSpacing(theme.space(1.5))
        said.addWidget(self._words)
        said.addLayout(actions)
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(1.5))
        across.addWidget(self._sign)
        across.addLayout(said, 1)
        messages.changed.connect(self._show)
        theme.changed.connect(self._draw)
        self._draw()
        self._show()

    def come_last(self) -> None:
        """Let Tab reach the actions after the pages, which are made after the line at the foot."""
        access.come_last(self._action)
        access.come_last(self._also)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Go on in a second line where one is too short, the actions below where it is narrow."""
        parts = (self._sign, self._action, self._also)
        shown = [each for each in parts if not each.isHidden()]
        taken = sum(each.sizeHint().width() for each in shown) + 3 * self._across.spacing()
        needed = self._words.fontMetrics().horizontalAdvance(self._words.text())
        left = self.width() - taken
        is_long = needed > left
        is_below = is_long and left < self._theme.space(_NARROW_QUARTERS)
        self._words.setWordWrap(is_long)
        self._said.setDirection(
            QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight
        )
        self._said.setStretchFactor(self._words, 1 if is_long and not is_below else 0)

    def _draw(self) -> None:
        self._sign.setPixmap(pixmap("check", "text_quiet", self._theme, 3.5))

    def _show(self) -> None:
        message = self._messages.current
        is_new = message is not self._shown
        self._shown = message
        self._sign.setVisible(message is not None)
        self._words.setVisible(message is not None)
        self._words.setText(str(message) if message else "")
        had_keyboard = [each for each in (self._action, self._also) if each.hasFocus()]
        self._action.setText(message.action_text if message else "")
        self._action.setVisible(bool(message and message.action_text))
        self._also.setText(message.also_text if message else "")
        self._also.setVisible(bool(message and message.also_text))
        self._fit()
        if message is not None and is_new:
            access.name(self._action, message.action_text, str(message))
            access.name(self._also, message.also_text, str(message))
            said = f"{message} {message.action_text} {message.also_text}"
            access.announce(self, " ".join(said.split()))
        if message is not None and (message.action_text or message.also_text):
            self.come_last()
        if any(each.isHidden() for each in had_keyboard):
            self.let_go.emit()

    def _on_action(self) -> None:
        message = self._messages.current
        if message is not None and message.action is not None:
            self._messages.hush()
            message.action()

    def _on_also(self) -> None:
        message = self._messages.current
        if message is not None and message.also is not None:
            self._messages.hush()
            message.also()


class Banner(QFrame):
    """The problem in force: what happened, what to do; Escape or its button dismisses it.

    *let_go* is sent when it goes away while something in it has the keyboard.
    """

    let_go = Signal()

    def __init__(self, messages: Messages, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._theme = theme
        self._shown: Message | None = None
        self.setProperty("role", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._sign = QLabel()
        self._what = label("", "strong", wraps=True)
        self._remedy = label("", wraps=True)
        self._action = button("", theme, self._on_action)
        self._close = icon_button("x", "Dismiss this message", theme, messages.dismiss)
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.5))
        words.addWidget(self._what)
        words.addWidget(self._remedy)
        across = QHBoxLayout(self)
        edge = theme.space(3)
        across.setContentsMargins(edge, theme.space(2), theme.space(2), theme.space(2))
        across.setSpacing(edge)
        across.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        said = self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        said.setSpacing(theme.space(2))
        said.addLayout(words, 1)
        said.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        across.addLayout(said, 1)
        across.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        messages.changed.connect(self._show)
        theme.changed.connect(self._draw)
        self.hide()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the action below the words where they would have too little room beside it."""
        left = self.width() - self._action.sizeHint().width()
        is_below = left < self._theme.space(_NARROW_QUARTERS)
        self._said.setDirection(
            QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape:
            self._messages.dismiss()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        if self._shown is not None:
            tone = self._shown.tone
            self._sign.setPixmap(pixmap(_SIGNS[tone], tone, self._theme, 5))

    def _show(self) -> None:
        message = self._messages.current_problem
        if message is self._shown:
            return
        self._shown = message
        here = self.window().focusWidget()
        had_keyboard = here is not None and self.isAncestorOf(here)
        self.setVisible(message is not None)
        if message is None:
            if had_keyboard:
                self.let_go.emit()
            return
        self._what.setText(message.text)
        self._remedy.setText(message.remedy)
        self._remedy.setVisible(bool(message.remedy))
        self._action.setText(message.action_text)
        self._action.setVisible(bool(message.action_text))
        self._arrange()
        set_role(self, tone=message.tone)
        access.name(self, str(message))
        access.announce(self, str(message), at_once=True)
        self._draw()

    def _on_action(self) -> None:
        message = self._messages.current_problem
        self._messages.dismiss()
        if message is not None and message.action is not None:
            message.action()
