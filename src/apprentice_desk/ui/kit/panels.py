"""Parts of a page: header, card, figure, steps, pairs of key and value, empty state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.pieces import breakable, button, label
from apprentice_desk.ui.kit.theme import Theme, Tone, set_role

if TYPE_CHECKING:  # only named: a first paint need not know all kinds of events
    from PySide6.QtGui import QPaintEvent, QResizeEvent


_WORDS_QUARTERS = 62
"""What the words of a header keep beside its actions."""


class PageHeader(QWidget):
    """The name of a page, a sentence on how things stand, and what can be done.

    What can be done stands at the right, or below where the words would have too little room.
    """

    def __init__(
        self,
        title: str,
        subtitle: str,
        theme: Theme,
        actions: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = label(title, "title", wraps=True)
        self.subtitle = label(subtitle, "quiet", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.5))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._theme = theme
        self._actions = Flow(actions, theme, quarters=3)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.space(3))
        self._across.addLayout(words, 1)
        self._across.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)
        self._actions.setVisible(bool(actions))

    def set_words(self, title: str, subtitle: str) -> None:
        """Show another title and sentence."""
        self.title.setText(breakable(title))
        self.subtitle.setText(breakable(subtitle))

    def add(self, action: QWidget) -> None:
        """Put one more action at the end."""
        self._actions.add(action)
        self._actions.show()
        self._arrange()

    def arrange(self) -> None:
        """Put what can be done where it fits, after one of it was shown or hidden."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what can be done beside the words, or below them."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: below each other is always possible."""
        widths = [part.minimumSizeHint().width() for part in (self.title, self._actions)]
        return QSize(max(widths), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        needed = self._actions.sizeHint().width() + self._theme.space(_WORDS_QUARTERS)
        is_wide = self.width() >= needed
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )


class Card(QFrame):
    """A raised panel with a heading; what belongs in it goes into *body*."""

    def __init__(
        self,
        title: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        flush: bool = False,
        role: str = "card",
        title_role: str = "heading",
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        edge = theme.space(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.heading = label(title, title_role, wraps=True)
        if not title:
            self.heading.hide()  # never shown here: without its place it would be a window
        self._head = QHBoxLayout()
        self._head.setContentsMargins(edge, edge, edge, theme.space(2) if title else 0)
        self._head.addWidget(self.heading, 1)
        outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(2))
        inner = 0 if flush else edge
        self.body.setContentsMargins(inner, 0 if title else inner, inner, inner)
        if not title:
            self._head.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self.body, 1)
        if title:
            access.name(self, title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put *widget* below what is there."""
        self.body.addWidget(widget, stretch)


class StatFigure(QFrame):
    """One large figure with what it is above and what to read it against below."""

    def __init__(
        self,
        label_text: str,
        figure: str,
        caption: str,
        theme: Theme,
        tone: Tone = "",
        parent: QWidget | None = None,
        *,
        in_card: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card" if in_card else "")
        edge = theme.space(4) if in_card else 0
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(0.5))
        self._label = label(label_text, "small", wraps=True)
        self._figure = label(figure, "figure", tone)
        self._caption = label(caption, "small", wraps=True)
        for part in (self._label, self._figure, self._caption):
            down.addWidget(part)
        down.addStretch(1)
        self._label.setVisible(bool(label_text))
        self._name()

    def show_figure(self, figure: str, caption: str, tone: Tone = "") -> None:
        """Show another figure."""
        self._figure.setText(figure)
        self._caption.setText(caption)
        set_role(self._figure, tone=tone)
        self._name()

    def _name(self) -> None:
        parts = [self._label.text(), self._figure.text(), self._caption.text()]
        access.name(self, ", ".join(part for part in parts if part))


class StepBar(QWidget):
    """The steps of a wizard: which are done, which one it is, which are to come."""

    def __init__(self, steps: Sequence[str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._theme = theme
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_current(0)

    @property
    def current(self) -> int:
        """The number of the step it is, counted from 0."""
        return self._current

    def set_current(self, number: int) -> None:
        """Go to step *number*, counted from 0; one beyond the last means that all are done."""
        self._current = number
        count = len(self._steps)
        if number < count:
            says = f"Step {number + 1} of {count}: {self._steps[number]}"
        else:
            says = f"All {count} steps done"
        access.name(self, says)
        access.announce(self, says)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(100), self._theme.space(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        if not self._steps:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, gap = theme.space(6), theme.space(2)
        body, strong = theme.font("body"), theme.font("strong")
        middle = self.height() // 2
        widths = [QFontMetrics(strong).horizontalAdvance(step) + 2 for step in self._steps]
        links = max(1, len(self._steps) - 1)
        least = theme.space(2)
        spare = self.width() - 2 - sum(widths) - len(widths) * (side + 2 * gap) - links * gap
        link = max(least, min(theme.space(16), spare // links))
        x = 1  # the line around a disc is wider than the disc
        for number, step in enumerate(self._steps):
            is_done, is_current = number < self._current, number == self._current
            disc = QRect(x, middle - side // 2, side, side)
            painter.setPen(
                QPen(theme.colour("accent" if is_done or is_current else "line_strong"), 1.5)
            )
            painter.setBrush(theme.colour("accent" if is_current else "surface_raised"))
            painter.drawEllipse(disc)
            if is_done:
                drawn = pixmap("check", "accent", theme, 3.5)
                inset = (side - theme.space(3.5)) // 2
                painter.drawPixmap(disc.left() + inset, disc.top() + inset, drawn)
            else:
                painter.setFont(theme.font("small strong"))
                painter.setPen(theme.colour("text_on_accent" if is_current else "text_quiet"))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            x += side + gap
            font = strong if is_current else body
            painter.setFont(font)
            painter.setPen(theme.colour("text" if is_current else "text_quiet"))
            is_all = number == len(self._steps) - 1 < self._current  # else no step says a word
            has_words = is_current or is_all or spare >= links * least
            room = widths[number] if has_words else 0
            text = step if has_words else ""
            painter.drawText(
                QRect(x, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            if text:
                x += QFontMetrics(font).horizontalAdvance(text) + gap
            if number < len(self._steps) - 1:
                painter.setPen(QPen(theme.colour("line_strong"), 1))
                painter.drawLine(x, middle, x + link, middle)
                x += link + gap
        painter.end()


class KeyValues(QWidget):
    """Pairs of a quiet key and its value, one below the other.

    Where there is no room for a value beside its key it stands below it; a value of sentences
    wants *least* quarters.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[str, str]],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        least: float = 0,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._least = least
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space(4))
        self._grid.setVerticalSpacing(theme.space(1.5))
        self._shown: list[tuple[QLabel, QLabel]] = []
        self._is_narrow = False
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other pairs; an empty value is shown as "not given"."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = []
        for key, value in pairs:
            shown = label(breakable(value) or "not given", "" if value else "quiet", wraps=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            access.name(shown, f"{key}: {value or 'not given'}")
            self._shown.append((label(key, "quiet"), shown))
        self._place()

    def _place(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.setColumnStretch(0, int(self._is_narrow))
        self._grid.setColumnStretch(1, int(not self._is_narrow))
        for number, (key, value) in enumerate(self._shown):
            self._grid.addWidget(key, 2 * number if self._is_narrow else number, 0, top)
            if self._is_narrow:
                self._grid.addWidget(value, 2 * number + 1, 0)
            else:
                self._grid.addWidget(value, number, 1, top)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: values below their keys."""
        least = [part.minimumSizeHint().width() for pair in self._shown for part in pair]
        return QSize(max(least, default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put values beside their keys or below them."""
        super().resizeEvent(event)
        keys = max((key.sizeHint().width() for key, _ in self._shown), default=0)
        values = max((value.minimumSizeHint().width() for _, value in self._shown), default=0)
        values = max(values, self._theme.space(self._least))
        is_narrow = self.width() < keys + self._grid.horizontalSpacing() + values
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place()
            self.updateGeometry()


class EmptyState(QWidget):
    """What stands where nothing is: why, and what to do about it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        action_text: str = "",
        callback: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._callback = callback
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = label(title, "heading", wraps=True)
        self._sentence = label(sentence, "quiet", wraps=True)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.action = button(action_text, theme, self._on_action)
        down = QVBoxLayout(self)
        down.setSpacing(theme.space(2))
        edge = theme.space(6)
        down.setContentsMargins(edge, edge, edge, edge)
        down.addStretch(1)
        down.addWidget(self._picture)
        down.addWidget(self._title)
        down.addWidget(self._sentence)
        down.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(2)
        theme.changed.connect(self._draw)
        self._draw()
        self.set_words(title, sentence, action_text, callback)

    def set_words(
        self,
        title: str,
        sentence: str,
        action_text: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """Say something else, with or without a button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.action.setText(action_text)
        self.action.setVisible(bool(action_text))
        # The page may have a button of the same words elsewhere.
        access.name(self.action, f"{action_text}. {title}".strip(" ."), sentence)
        self._callback = callback

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, "text_quiet", self._theme, 8))

    def _on_action(self) -> None:
        if self._callback is not None:
            self._callback()
