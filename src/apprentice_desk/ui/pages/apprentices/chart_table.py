"""The chart of one apprenticeship as a table: planned, logged and forecast month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import add_months, show_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.charts import Chart, LineStyle, Point
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentices.telling import TellingDialog


@dataclass(frozen=True, slots=True)
class ChartRow:
    """What the lines of the chart stand at on a day, in minutes; None where a line is not."""

    id: date
    planned: int | None
    logged: int | None
    forecast: int | None


def value_at(points: Sequence[Point], at: float) -> int | None:
    """Return the minutes at which a line stands; None before its first point and after its last.

    Where a line rises at once, it stands above.
    """
    if not points or not points[0][0] <= at <= points[-1][0]:
        return None
    before = points[0]
    for left, right in pairwise(points):
        if right[0] > at:
            before = left
            share = (at - left[0]) / (right[0] - left[0])
            return round((left[1] + (right[1] - left[1]) * share) * 60)
        before = right
    return round(before[1] * 60)


def chart_rows(chart: Chart) -> tuple[ChartRow, ...]:
    """Return the lines of *chart* at its first day, each month's end, its marks and its end."""
    points = [point for line in chart.lines for point in line.points]
    first, last = (date.fromordinal(int(pick(x for x, _ in points))) for pick in (min, max))
    days = {first, last, *(date.fromordinal(int(mark.at)) for mark in chart.marks)}
    month = first.replace(day=1)
    while (month := add_months(month, 1)) - timedelta(days=1) <= last:
        days.add(month - timedelta(days=1))
    styles: tuple[LineStyle, ...] = ("plan", "logged", "forecast")
    lines = {line.style: line.points for line in chart.lines}
    return tuple(
        ChartRow(day, *(value_at(lines.get(style, ()), day.toordinal()) for style in styles))
        for day in sorted(days)
    )


def _minutes(heading: str, name: str) -> Column:
    def known(row: ChartRow) -> int | None:
        return getattr(row, name)

    def show(row: ChartRow) -> str:
        minutes = known(row)
        return "" if minutes is None else grid(minutes)

    def say(row: ChartRow) -> str:
        minutes = known(row)
        return "none" if minutes is None else sentence(minutes)

    return Column(heading, show, sort=known, right=True, width=12, say=say)


COLUMNS = (
    Column("Day", lambda row: show_day(row.id), sort=lambda row: row.id, kind="strong", width=18),
    _minutes("Planned", "planned"),
    _minutes("Logged", "logged"),
    _minutes("Forecast", "forecast"),
)


class ChartTableDialog(TellingDialog):
    """The table of a chart of *name*'s hours."""

    def __init__(self, desk: Desk, name: str, chart: Chart, parent: QWidget) -> None:
        super().__init__(
            desk, f"Hours of {name}, month by month", parent, about="The chart in words"
        )
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Planned, logged and forecast by month", desk.theme)
        self.table.setMinimumHeight(desk.theme.space(40))
        self.body.addWidget(label(chart.says, "quiet", wraps=True))
        self.body.addWidget(self.table, 1)
        self.finish()
        self.model.replace(chart_rows(chart))
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
