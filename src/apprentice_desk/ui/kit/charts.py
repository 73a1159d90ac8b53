"""A line chart painted by hand: the dashed plan, the solid log, the dotted forecast.

It paints into any rectangle of any painter, so that the same chart goes into a window and into a
document.  What it shows is also said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme, Tone

LineStyle = Literal["plan", "logged", "forecast"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: points in the units of the chart, its *label* stands at its end.

    A plan is dashed, what is logged is solid, a forecast is dotted; told apart without colour.
    """

    points: tuple[Point, ...]
    style: LineStyle
    label: str = ""
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A day worth a line from top to bottom, such as today."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    *says* is the chart in words, for those who do not see it.  *ticks* are pairs of a value and
    its words below the chart; *top* is the value at the upper edge (None: the highest point).
    """

    lines: tuple[ChartLine, ...]
    says: str
    marks: tuple[ChartMark, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    top: float | None = None


_PENS: dict[LineStyle, tuple[Qt.PenStyle, float]] = {
    "plan": (Qt.PenStyle.CustomDashLine, 1.75),
    "logged": (Qt.PenStyle.SolidLine, 2.5),
    "forecast": (Qt.PenStyle.CustomDashLine, 2.0),
}
_DASHES: dict[LineStyle, list[float]] = {"plan": [2.4, 2.0], "forecast": [0.6, 1.8], "logged": []}


def paint_chart(painter: QPainter, rect: QRectF, chart: Chart, theme: Theme) -> None:
    """Paint *chart* into *rect*; nothing where it has no points."""
    points = [point for line in chart.lines for point in line.points]
    if not points:
        return
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    edge = theme.space(0.75)
    below = metrics.height() + theme.space(1) if chart.ticks else edge
    plot = rect.adjusted(edge, metrics.height() * 0.6, -edge, -below)
    first = min(x for x, _ in points)
    last = max(max(x for x, _ in points), *(mark.at for mark in chart.marks), first + 1e-9)
    lowest = min(0.0, *(y for _, y in points))
    highest = max(y for _, y in points) if chart.top is None else chart.top
    height = max(highest - lowest, 1e-9)

    def place(point: Point) -> QPointF:
        return QPointF(
            plot.left() + (point[0] - first) / (last - first) * plot.width(),
            plot.bottom() - (point[1] - lowest) / height * plot.height(),
        )

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QPen(theme.colour("line"), 1))
    base = place((first, lowest)).y()
    painter.drawLine(QPointF(plot.left(), base), QPointF(plot.right(), base))
    for mark in chart.marks:
        _paint_mark(painter, plot, place((mark.at, lowest)).x(), mark.label, theme)
    for line in chart.lines:
        _paint_line(painter, plot, [place(point) for point in line.points], line, theme)
    painter.setPen(theme.colour("text_quiet"))
    free_from = rect.left()
    for at, words in chart.ticks:
        x = place((at, lowest)).x()
        width = metrics.horizontalAdvance(words)
        left = min(max(rect.left(), x - width / 2), rect.right() - width)
        if left >= free_from:
            painter.drawText(QPointF(left, rect.bottom() - metrics.descent()), words)
            free_from = left + width + theme.space(2)
    painter.restore()


def _paint_mark(painter: QPainter, plot: QRectF, x: float, words: str, theme: Theme) -> None:
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
    painter.setPen(theme.colour("text_quiet"))
    gap = theme.space(1)
    width = metrics.horizontalAdvance(words)
    left = x + gap if x + gap + width <= plot.right() else x - gap - width
    painter.drawText(QPointF(left, plot.bottom() - gap - metrics.descent()), words)


def _paint_line(
    painter: QPainter, plot: QRectF, places: list[QPointF], line: ChartLine, theme: Theme
) -> None:
    if not places:
        return
    colour = theme.colour("text_quiet") if line.style == "plan" else theme.tone(line.tone).solid
    style, width = _PENS[line.style]
    pen = QPen(colour, width * max(1.0, theme.text_scale * 0.8))
    if style is Qt.PenStyle.CustomDashLine:
        pen.setDashPattern(_DASHES[line.style])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if len(places) == 1:
        painter.setBrush(colour)
        painter.drawEllipse(places[0], pen.widthF(), pen.widthF())
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.drawPolyline(QPolygonF(places))
    if line.label:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(colour)
        end = places[-1]
        words = metrics.horizontalAdvance(line.label)
        left = max(plot.left(), min(end.x() - words, plot.right() - words))
        y = end.y() - theme.space(1.5)
        if y - metrics.ascent() < plot.top():
            y = end.y() + metrics.height() + theme.space(1)
        painter.drawText(QPointF(left, y), line.label)


class LineChart(QWidget):
    """A Chart on a page; *quarters_high* is its height."""

    def __init__(
        self,
        chart: Chart,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        quarters_high: float = 34,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quarters_high = quarters_high
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        access.name(self, "Chart", chart.says)
        self.setToolTip(chart.says)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(60), self._theme.space(self._quarters_high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_chart(painter, self.rect().toRectF(), self._chart, self._theme)
        painter.end()
