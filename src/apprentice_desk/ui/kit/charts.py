"""A line chart painted by hand: the dashed plan, the solid log, the dotted forecast.

It paints into any rectangle of any painter, so that the same chart goes into a window and into a
document.  What it shows is also said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme, Tone
from apprentice_desk.ui.kit.tips import as_tip

LineStyle = Literal["plan", "logged", "forecast"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: points in the units of the chart, its *label* stands near its end.

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
    taken = [
        spot
        for mark in chart.marks
        for spot in _paint_mark(painter, plot, place((mark.at, lowest)).x(), mark.label, theme)
    ]
    drawn = [(line, [place(point) for point in line.points]) for line in chart.lines]
    for line, places in drawn:
        _paint_line(painter, places, line, theme)
    _paint_labels(painter, plot, drawn, taken, theme)
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


def _paint_mark(
    painter: QPainter, plot: QRectF, x: float, words: str, theme: Theme
) -> tuple[QRectF, QRectF]:
    """Paint the day's line and its words; return the room that they take."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
    painter.setPen(theme.colour("text_quiet"))
    gap = theme.space(1)
    width = metrics.horizontalAdvance(words)
    left = x + gap if x + gap + width <= plot.right() else x - gap - width
    painter.drawText(QPointF(left, plot.bottom() - gap - metrics.descent()), words)
    top = plot.bottom() - gap - metrics.height()
    return QRectF(x - 1, plot.top(), 2, plot.height()), QRectF(left, top, width, metrics.height())


def _colour(line: ChartLine, theme: Theme) -> QColor:
    return theme.colour("text_quiet") if line.style == "plan" else theme.tone(line.tone).solid


def _paint_line(painter: QPainter, places: list[QPointF], line: ChartLine, theme: Theme) -> None:
    if not places:
        return
    colour = _colour(line, theme)
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


def _paint_labels(
    painter: QPainter,
    plot: QRectF,
    drawn: list[tuple[ChartLine, list[QPointF]]],
    taken: list[QRectF],
    theme: Theme,
) -> None:
    """Write each line's label where place_labels finds room for it."""
    metrics = QFontMetricsF(painter.font())
    gap = theme.space(1)
    wanted = [
        (places, QSizeF(metrics.horizontalAdvance(line.label), metrics.height()))
        for line, places in drawn
    ]
    spots = place_labels(wanted, plot, taken, gap)
    for (line, _), spot in zip(drawn, spots, strict=True):
        if spot is not None and line.label:
            painter.setPen(_colour(line, theme))
            painter.drawText(QPointF(spot.left(), spot.bottom() - metrics.descent()), line.label)


def place_labels(
    wanted: list[tuple[list[QPointF], QSizeF]], plot: QRectF, taken: list[QRectF], gap: float
) -> list[QRectF | None]:
    """Return where the label of each line stands: near its end, on no line and on nothing *taken*.

    *wanted* are the points of each line and the size of its label; None without points or size.
    Where there is no room at all it stands above the end of its line.
    """
    paths = [[(place.x(), place.y()) for place in places] for places, _ in wanted]
    taken = list(taken)
    found: list[QRectF | None] = []
    for places, size in wanted:
        if not places or size.isEmpty():
            found.append(None)
            continue
        spots = _spots(places, plot, size, gap)
        free = (
            spot
            for spot in spots
            if plot.top() - size.height() / 2 <= spot.top()
            and spot.bottom() <= plot.bottom()
            and not any(spot.intersects(other) for other in taken)
            and not any(_crosses(path, spot) for path in paths)
        )
        spot = next(free, spots[0])
        taken.append(spot.adjusted(-gap, 0, gap, 0))
        found.append(spot)
    return found


def _spots(places: list[QPointF], plot: QRectF, size: QSizeF, gap: float) -> list[QRectF]:
    """Where a label may stand, best first: above or below the line, beyond its end, farther."""
    height = size.height()
    ends = [_along(places, share) for share in (1.0, 0.85, 0.7, 0.55, 0.4, 0.25)]
    near = [(at, top) for at in ends for top in (at.y() - height - gap * 2, at.y() + gap * 2)]
    far = [(at, at.y() - height * 2 - gap * 2) for at in ends]
    found = []
    for group in (near, far):
        for at, top in group:
            left = min(at.x() - size.width() / 2, plot.right() - size.width())
            found.append(QRectF(QPointF(max(plot.left(), left), top), size))
    end = ends[0]
    beyond = [
        QRectF(QPointF(end.x() + gap * 2, end.y() + down - height / 2), size)
        for down in (0, height / 2, height)
    ]
    fitting = [spot for spot in beyond if spot.right() <= plot.right()]
    return found[: len(near)] + fitting + found[len(near) :]


def _along(places: list[QPointF], share: float) -> QPointF:
    """The point of a line at a share of its width."""
    x = places[0].x() + (places[-1].x() - places[0].x()) * share
    for start, end in pairwise(places):
        if start.x() <= x <= end.x() and end.x() > start.x():
            part = (x - start.x()) / (end.x() - start.x())
            return QPointF(x, start.y() + (end.y() - start.y()) * part)
    return places[-1]


def _crosses(path: list[tuple[float, float]], spot: QRectF) -> bool:
    """Whether a line, drawn from left to right, runs through a rectangle."""
    spot_left, spot_right, top, bottom = spot.left(), spot.right(), spot.top(), spot.bottom()
    for (x, y), (next_x, next_y) in pairwise(path):
        if next_x < spot_left or x > spot_right or next_x <= x:
            continue
        slope = (next_y - y) / (next_x - x)
        enters = y + slope * (max(x, spot_left) - x)
        leaves = y + slope * (min(next_x, spot_right) - x)
        if min(enters, leaves) <= bottom and max(enters, leaves) >= top:
            return True
    return False


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
        access.name(self, "Chart", chart.says or access.NOTHING_TO_SHOW)
        self.setToolTip(as_tip(chart.says))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(60), self._theme.space(self._quarters_high))

    @property
    def shown(self) -> Chart:
        """The chart that is shown."""
        return self._chart

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_chart(painter, self.rect().toRectF(), self._chart, self._theme)
        painter.end()
