"""The small pieces that pages are put together from: words, buttons, badges, bars, layouts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon, words_changed
from apprentice_desk.ui.kit.painting import Badge, Bar, badge_size, paint_badge, paint_bar
from apprentice_desk.ui.kit.theme import Theme, Tone
from apprentice_desk.ui.kit.tips import as_tip

if TYPE_CHECKING:  # only named: a first paint need not know all kinds of events
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_LONG_WORD = re.compile(r"[^\W\d_]{20}(?=[^\W\d_]{4})")
_TONES_OF_ROLE = {
    "primary": "text_on_accent",
    "danger": "text_on_danger",
    "link": "accent",
    "small link": "accent",
}


def label(text: str, role: str = "", tone: Tone = "", *, wraps: bool = False) -> QLabel:
    """Return a label; *role* is title, heading, strong, label, small, quiet, section or figure."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


def breakable(text: str) -> str:
    """Return *text* with places at which a very long word may go on below; none of them is seen.

    A label breaks its words at spaces alone, and would cut such a one off where it is narrow.
    Only letters count: what is copied to be used elsewhere, an address or a path, stays as it is.
    """
    return _LONG_WORD.sub(lambda found: f"{found.group()}\u200b", text)


def point(sentence: str, theme: Theme) -> QWidget:
    """Return a sentence of a list, with a dot before it that no line of words goes below."""
    made = QWidget()
    across = row_of(theme, quarters=1.5)
    across.addWidget(label("•"), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(label(sentence, wraps=True), 1)
    made.setLayout(across)
    return made


class Elided(QLabel):
    """Words in one line, cut short with dots where there is no room; the tooltip has them all.

    With *keeps_end* the middle goes, so that both ends can be read.
    """

    def __init__(self, role: str = "", *, keeps_end: bool = False) -> None:
        super().__init__()
        self._words = ""
        modes = Qt.TextElideMode
        self._mode = modes.ElideMiddle if keeps_end else modes.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        access.name(self, words)
        self._fit()

    @property
    def whole_words(self) -> str:
        """The words, whether or not all of them are shown."""
        return self._words

    @property
    def whole_width(self) -> int:
        """The width in which nothing is cut short."""
        return self.fontMetrics().horizontalAdvance(self._words) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self._words, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(as_tip("" if shown == self._words else self._words))


class WordButton(QPushButton):
    """A button whose icon keeps its place beside the words, whenever they are given."""

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        words_changed(self)


def keys_on(owner: QWidget, keys: str) -> QLabel:
    """Return *keys* as they are drawn on *owner*, which places them; a click goes through them."""
    made = label(keys, "key")
    made.setParent(owner)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


class KeyedButton(WordButton):
    """A button with the keys that do the same after its words, where it is told to show them."""

    def __init__(self, keys: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._keys = keys_on(self, keys)
        self.setProperty("keyed", True)

    def show_keys(self, *, are_shown: bool) -> None:
        """Show the keys or leave them out, as there is room for them."""
        if are_shown == self._keys.isHidden():
            self._keys.setVisible(are_shown)
            self.updateGeometry()

    @property
    def plain_width(self) -> int:
        """The width without the keys."""
        return super().sizeHint().width()

    @property
    def keys_width(self) -> int:
        """How much wider the button is with its keys."""
        return self._keys.sizeHint().width() + self._theme.space(2)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(0 if self._keys.isHidden() else self.keys_width, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keys.adjustSize()
        left = self.width() - self._keys.width() - self._theme.space(2)
        self._keys.move(left, (self.height() - self._keys.height()) // 2)


def button(
    text: str,
    theme: Theme,
    clicked: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
    made: WordButton | None = None,
) -> QPushButton:
    """Return a button; *role* is primary, danger, plain, link, small link or place (navigation).

    One of another kind is handed over in *made*.
    """
    made = made if made is not None else WordButton()
    made.setText(text)
    made.setProperty("role", role)
    made.setAutoDefault(True)
    if icon:
        set_icon(made, icon, _TONES_OF_ROLE.get(role, "text"), theme)
    if tip:
        made.setToolTip(as_tip(tip))
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def icon_button(
    icon: str, name: str, theme: Theme, clicked: Callable[[], object] | None = None
) -> QToolButton:
    """Return a small button that shows only an icon; *name* is its name and its tooltip."""
    made = QToolButton()
    made.setProperty("role", "icon")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setToolTip(as_tip(name))
    access.name(made, name)
    set_icon(made, icon, "text", theme)
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def line() -> QFrame:
    """Return a thin line between parts."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


class BadgeLabel(QWidget):
    """A badge on a page, as tables paint it."""

    def __init__(self, badge: Badge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = badge
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_badge(badge)

    def show_badge(self, badge: Badge) -> None:
        """Show another badge."""
        self._badge = badge
        access.name(self, badge.text)
        if self.parent() is not None or not badge.text:  # without its place it would be a window
            self.setVisible(bool(badge.text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return badge_size(self._badge, self._theme).toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._badge, self._theme)
        painter.end()


class Meter(QWidget):
    """A bar with a tick on a page, as tables paint it."""

    def __init__(self, bar: Bar, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bar(bar)

    def show_bar(self, bar: Bar) -> None:
        """Show another bar."""
        self._bar = bar
        self.setToolTip(as_tip(bar.say))
        access.name(self, bar.say)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(28), self._theme.space(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_bar(painter, self.rect(), self._bar, self._theme)
        painter.end()


def row_of(theme: Theme, *parts: QWidget | None, quarters: float = 2) -> QHBoxLayout:
    """Return a layout with *parts* side by side, *quarters* apart; None is the spare room."""
    across = QHBoxLayout()
    _fill(across, theme, parts, quarters)
    return across


def column_of(theme: Theme, *parts: QWidget | None, quarters: float = 2) -> QVBoxLayout:
    """Return a layout with *parts* one below the other; None is the spare room."""
    down = QVBoxLayout()
    _fill(down, theme, parts, quarters)
    return down


def _fill(
    layout: QBoxLayout, theme: Theme, parts: tuple[QWidget | None, ...], quarters: float
) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.space(quarters))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
