"""Days along a line, painted by hand: what is past, today, and what is to come.

Their order is exact.  Their distances are true as far as their words leave them room; where the
words of all have no room beside each other, the days stand below each other.  What the line shows
is also said in words, and its days stand in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme, Tone
from apprentice_desk.ui.kit.tips import as_tip


@dataclass(frozen=True, slots=True)
class TimeSpot:
    """One day of a line: its words, and the tone of its dot; *is_now* is today."""

    on: date
    words: str
    tone: Tone = "accent"
    is_now: bool = False


def places_along(
    days: Sequence[int], widths: Sequence[float], room: float, gap: float
) -> list[float]:
    """Return the middle of each day on a line *room* long; [] where the words do not fit on it.

    *days* ascend.  A day stands where its share of the time is, moved only as far as the words
    of its neighbours, *widths* wide, and *gap* between them ask for.
    """
    if not days or sum(widths) + gap * (len(days) - 1) > room:
        return []
    span = max(days[-1] - days[0], 1)
    first, last = widths[0] / 2, room - widths[-1] / 2
    least = [(one + next_) / 2 + gap for one, next_ in pairwise(widths)]
    places = [first + (day - days[0]) / span * (last - first) for day in days]
    for number, apart in enumerate(least):
        places[number + 1] = max(places[number + 1], places[number] + apart)
    places[-1] = min(places[-1], last)
    for number in range(len(least) - 1, -1, -1):
        places[number] = min(places[number], places[number + 1] - least[number])
    return places


class TimeLine(QWidget):
    """The line on a page; *called* is its name for screen readers."""

    def __init__(self, called: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._called = called
        self._theme = theme
        self._spots: tuple[TimeSpot, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        access.name(self, called, access.NOTHING_TO_SHOW)

    def show_spots(self, spots: Sequence[TimeSpot], says: str) -> None:
        """Show these days, which ascend; *says* is the same in words."""
        self._spots = tuple(spots)
        access.name(self, self._called, says)
        self.setToolTip(as_tip(says))
        self.updateGeometry()
        self.update()

    @property
    def spots(self) -> tuple[TimeSpot, ...]:
        """The days that are shown."""
        return self._spots

    @property
    def is_across(self) -> bool:
        """Whether the days stand beside each other at the width that there is."""
        return bool(self._across(self.width()))

    # room

    def hasHeightForWidth(self) -> bool:
        """Say that it grows taller where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall it is at *width*."""
        space = self._theme.space
        if self._across(width):
            return 2 * self._line_height() + space(8)
        return len(self._spots) * self._row_height()

    def sizeHint(self) -> QSize:
        """Return the room it would like: all days beside each other."""
        wanted = round(sum(self._widths()) + self._gap() * max(0, len(self._spots) - 1)) + 1
        return QSize(wanted, self.heightForWidth(wanted))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: below each other is always possible."""
        strong, small = self._metrics()
        widest = max(
            (
                max(
                    strong.horizontalAdvance(each.words), small.horizontalAdvance(show_day(each.on))
                )
                for each in self._spots
            ),
            default=0,
        )
        return QSize(self._theme.space(6) + widest, self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that another width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font("small strong")), QFontMetrics(
            self._theme.font("small")
        )

    def _line_height(self) -> int:
        return max(metrics.height() for metrics in self._metrics())

    def _row_height(self) -> int:
        return 2 * self._line_height() + self._theme.space(3)

    def _gap(self) -> float:
        return self._theme.space(3)

    def _widths(self) -> list[float]:
        strong, small = self._metrics()
        return [
            max(strong.horizontalAdvance(each.words), small.horizontalAdvance(show_day(each.on)))
            + 1.0
            for each in self._spots
        ]

    def _across(self, width: int) -> list[float]:
        days = [each.on.toordinal() for each in self._spots]
        return places_along(days, self._widths(), width, self._gap())

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        if not self._spots:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if places := self._across(self.width()):
            self._paint_across(painter, places)
        else:
            self._paint_down(painter)
        painter.end()

    def _paint_across(self, painter: QPainter, places: list[float]) -> None:
        height, space = self._line_height(), self._theme.space
        middle = height + space(4)
        now = self._now(places)
        self._paint_line(
            painter, QPointF(0, middle), QPointF(self.width(), middle), QPointF(now, middle)
        )
        top = QRectF(0, 0, 0, height)
        below = QRectF(0, middle + space(4), 0, height)
        for each, x, width in zip(self._spots, places, self._widths(), strict=True):
            self._paint_dot(painter, QPointF(x, middle), each)
            for room, strong, words in (
                (top, True, each.words),
                (below, False, show_day(each.on)),
            ):
                room.setLeft(x - width / 2)
                room.setWidth(width)
                self._write(painter, room, words, Qt.AlignmentFlag.AlignHCenter, strong=strong)

    def _paint_down(self, painter: QPainter) -> None:
        row, height, space = self._row_height(), self._line_height(), self._theme.space
        x = space(2)
        places = [number * row + (2 * height) / 2 for number in range(len(self._spots))]
        now = self._now(places)
        self._paint_line(painter, QPointF(x, places[0]), QPointF(x, places[-1]), QPointF(x, now))
        for each, y in zip(self._spots, places, strict=True):
            self._paint_dot(painter, QPointF(x, y), each)
            left = x + space(4)
            for number, words in enumerate((each.words, show_day(each.on))):
                room = QRectF(left, y - height + number * height, self.width() - left, height)
                self._write(painter, room, words, Qt.AlignmentFlag.AlignLeft, strong=number == 0)

    def _now(self, places: Sequence[float]) -> float:
        """Where today is; the beginning of the line where it is not among the days."""
        return next((at for each, at in zip(self._spots, places, strict=True) if each.is_now), 0.0)

    def _paint_line(self, painter: QPainter, start: QPointF, end: QPointF, now: QPointF) -> None:
        width = max(3.0, self._theme.space(1))
        begins_now = self._spots[0].is_now
        for one, other, meaning in ((start, end, "line"), (start, now, "accent")):
            if meaning == "accent" and begins_now:
                continue
            painter.setPen(QPen(self._theme.colour(meaning), width))
            painter.drawLine(one, other)

    def _paint_dot(self, painter: QPainter, at: QPointF, spot: TimeSpot) -> None:
        theme = self._theme
        colour = theme.colour("text") if spot.is_now else theme.tone(spot.tone).solid
        radius = theme.space(1.5)
        painter.setPen(QPen(theme.colour("surface_raised"), max(1.0, theme.space(0.5))))
        painter.setBrush(colour)
        painter.drawEllipse(at, radius, radius)

    def _write(
        self,
        painter: QPainter,
        room: QRectF,
        words: str,
        side: Qt.AlignmentFlag,
        *,
        strong: bool,
    ) -> None:
        painter.setFont(self._theme.font("small strong" if strong else "small"))
        painter.setPen(self._theme.colour("text" if strong else "text_quiet"))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
