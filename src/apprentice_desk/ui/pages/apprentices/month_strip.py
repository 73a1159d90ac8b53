"""The months of an apprenticeship in a row: which held training that counts, and which did not.

A month with training is filled, one without has a strong edge, a break is dashed and what is to
come has no edge.  The same is said in words below, and month by month to a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from apprentice_desk.domain.active_months import Month, MonthState
from apprentice_desk.domain.calendar import MONTHS
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.needs import listed
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

NAME = "Months with training that counts"


def is_missed(month: Month) -> bool:
    """Whether a month that is over had training days at home and none of it logged."""
    is_empty = month.state is MonthState.IN_TRAINING and month.is_over and not month.minutes
    return is_empty and not month.where


def month_in_words(month: Month) -> str:
    """Return what a month holds, as it is read out."""
    if month.minutes:
        words = sentence(month.minutes)
    elif month.state is MonthState.IN_TRAINING:
        words = "none" if month.is_over else "none yet"
    else:
        words = month.state.value
    there = f", with {month.where}" if month.where else ""
    return f"{month.name}: {words}{there}"


def in_words(months: Sequence[Month]) -> str:
    """Return how many months held training and which did not, as one sentence."""
    in_training = [month for month in months if month.state is MonthState.IN_TRAINING]
    if not in_training:
        return "No month of training has begun yet."
    active = sum(month.minutes > 0 for month in in_training)
    count = len(in_training)
    says = (
        f"{active:,} of {count:,} {'month' if count == 1 else 'months'} with training that counts"
    )
    missed = [month for month in months if is_missed(month)]
    if missed:
        named = ", ".join(
            f"{MONTHS[each.first.month - 1][:3]} {each.first.year}" for each in missed
        )
        says += f"; none in {named}"
    away = [month for month in in_training if month.where]
    if away:
        named = ", ".join(f"{MONTHS[each.first.month - 1][:3]} {each.first.year}" for each in away)
        says += f"; with {listed(list(dict.fromkeys(each.where for each in away)))} in {named}"
    return f"{says}."


class MonthStrip(QWidget):
    """The months last given to ``show_months``, in as many rows as they need."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._months: tuple[Month, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._fit)
        self.show_months(())

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that are shown."""
        return self._months

    def show_months(self, months: Sequence[Month]) -> None:
        """Show other months."""
        self._months = tuple(months)
        says = "; ".join(map(month_in_words, self._months))
        access.name(self, NAME, says or access.NOTHING_TO_SHOW)
        self.setToolTip(as_tip(says.replace("; ", "\n")))
        self._fit()

    @property
    def _side(self) -> int:
        metrics = QFontMetrics(self._theme.font("small"))
        return max(self._theme.space(4), metrics.height() + 2, metrics.horizontalAdvance("M") + 4)

    @property
    def _step(self) -> int:
        return self._side + self._theme.space(0.75)

    def _places(self, width: int) -> list[QRect]:
        across = max(1, (width + self._step - self._side) // self._step)
        return [
            QRect(
                number % across * self._step, number // across * self._step, self._side, self._side
            )
            for number in range(len(self._months))
        ]

    def hasHeightForWidth(self) -> bool:
        """Say that it takes more rows where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall it is at *width*."""
        places = self._places(width)
        return places[-1].bottom() + 2 if places else 0

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        width = 12 * self._step
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: one below the other is always possible."""
        return QSize(self._side, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as tall as its rows at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(0, self.heightForWidth(max(1, self.width()))))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month, place in zip(self._months, self._places(self.width()), strict=True):
            self._paint(painter, month, place)
        painter.end()

    def _paint(self, painter: QPainter, month: Month, place: QRect) -> None:
        theme, corner = self._theme, self._theme.space(0.75)
        edge = place.adjusted(1, 1, -1, -1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        words = "text"
        if month.minutes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            words = "text_on_accent"
        elif is_missed(month):
            painter.setPen(QPen(theme.tone("danger").solid, 2))
        elif month.state is MonthState.ON_A_BREAK:
            painter.setPen(QPen(theme.colour("line_strong"), 1, Qt.PenStyle.DashLine))
        elif month.state is MonthState.IN_TRAINING:
            painter.setPen(QPen(theme.colour("line_strong"), 1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            words = "text_quiet"
        painter.drawRoundedRect(edge, corner, corner)
        painter.setPen(theme.colour(words))
        painter.setFont(theme.font("small strong" if is_missed(month) else "small"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, MONTHS[month.first.month - 1][0])
