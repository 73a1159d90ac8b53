"""Figures that can be opened, and amounts as bars.

A figure is a button: what it is made of is one press away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.durations import bound
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme, Tone, set_role
from apprentice_desk.ui.kit.tips import as_tip


class FigureButton(QPushButton):
    """One large figure with what it is above and what to read it against below; it opens.

    *opens* says what a press shows, for tooltip and screen reader.  *called* begins its spoken
    name, where what it does belongs there.  One that is *bare* stands in a card and has no edge.
    """

    def __init__(
        self,
        label_text: str,
        theme: Theme,
        clicked: Callable[[], object],
        *,
        opens: str,
        called: str = "",
        is_bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare figure" if is_bare else "figure")
        self._called = called
        self._is_bare = is_bare
        self.setAutoDefault(True)
        self._opens = opens
        self._theme = theme
        self._label = label(label_text, "small", wraps=True)
        self._figure = label("–", "figure")
        self._caption = label("", "small", wraps=True)
        self._said = ""
        self._down = QVBoxLayout(self)
        for part in (self._label, self._figure, self._caption):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._down.addWidget(part)
        self._down.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(as_tip(opens))
        self.clicked.connect(lambda _checked=False: clicked())
        theme.changed.connect(self._fit)
        self._fit()
        self.show_figure("–", "")

    @property
    def figure(self) -> str:
        """The figure that is shown."""
        return self._figure.text()

    @property
    def caption(self) -> str:
        """What stands below it."""
        return self._said

    def show_figure(self, figure: str, caption: str, words: str = "", tone: Tone = "") -> None:
        """Show another figure; *words* stand above it instead of those before."""
        if words:
            self._label.setText(words)
        self._label.setVisible(bool(self._label.text()))
        self._figure.setText(figure)
        set_role(self._figure, tone=tone)
        self._said = caption
        self._caption.setText(bound(caption))
        self._caption.setVisible(bool(caption))
        parts = [self._label.text(), figure, caption]
        says = ", ".join(part for part in parts if part)
        access.name(self, f"{self._called}: {says}" if self._called else says, self._opens)
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
        edge = self._theme.space(1 if self._is_bare else 4)
        self._down.setContentsMargins(edge, edge, edge, edge)
        self._down.setSpacing(self._theme.space(0.5))


@dataclass(frozen=True, slots=True)
class Amount:
    """One bar: what it is, how much, and the amount as it is written (else the number)."""

    words: str
    value: float
    shown: str = ""


class _AmountBar(QWidget):
    """The bar of one amount; *share* is that of the largest."""

    def __init__(self, theme: Theme, share: float) -> None:
        super().__init__()
        self._theme = theme
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(20), self._theme.space(3.5))

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which bars can still be compared."""
        return QSize(self._theme.space(8), self._theme.space(3.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        if self._share <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        corner = self._theme.space(0.5)
        width = max(2.0 * corner, self.width() * min(1.0, self._share))
        painter.drawRoundedRect(QRectF(0, 0, width, self.height()), corner, corner)
        painter.end()


class AmountBars(QWidget):
    """Amounts below each other, each with its words, a bar and its number."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._theme = theme
        self._amounts: tuple[Amount, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_amounts(())

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts that are shown."""
        return self._amounts

    def show_amounts(self, amounts: Sequence[Amount]) -> None:
        """Show other amounts, in this order."""
        self._amounts = tuple(amounts)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        most = max((amount.value for amount in amounts), default=0) or 1
        said = []
        for number, amount in enumerate(amounts):
            shown = amount.shown or f"{amount.value:,.0f}"
            said.append(f"{amount.words}: {shown}")
            words, figure = label(amount.words, wraps=True), _number(shown)
            access.name(figure, said[-1])
            bar = _AmountBar(self._theme, amount.value / most)
            for column, part in enumerate((words, bar, figure)):
                self._grid.addWidget(part, number, column)
        access.name(self, self._name, "; ".join(said) or access.NOTHING_TO_SHOW)
        self.updateGeometry()

    def _fit(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.space(3))
        self._grid.setVerticalSpacing(self._theme.space(2.5))
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 4)


def _number(shown: str) -> QLabel:
    made = label(shown)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
