"""The figures of a chart as a table, month by month, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.charts import Chart, ChartLine, LineStyle
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

SHOW_AS_TABLE = "Show the chart as a table"
KEYS = "Ctrl+T"

_FEW, _MANY = 3, 26
"""How many days of a plan are rows of their own."""
_HEADINGS: dict[LineStyle, str] = {"plan": "Planned", "logged": "Logged", "forecast": "Forecast"}


@dataclass(frozen=True, slots=True)
class ChartDay:
    """What the lines of a chart have reached on a day, in minutes; None before and after them."""

    id: int
    minutes: tuple[int | None, ...]

    @property
    def day(self) -> date:
        """The day."""
        return date.fromordinal(self.id)


def days_of(chart: Chart) -> tuple[ChartDay, ...]:
    """Return the figures of a chart of hours by day: its ends, marks and the days of its plan.

    The points of such a chart are an ordinal of a day and hours.  A plan that is drawn from day to
    day, or straight, is read at the end of each month.
    """
    every = [at for line in chart.lines for at, _ in line.points]
    if not every:
        return ()
    first, last = round(min(every)), round(max(every))
    planned = {round(at) for line in chart.lines if line.style == "plan" for at, _ in line.points}
    inner = planned if _FEW <= len(planned) <= _MANY else _month_ends(first, last)
    days = {first, last, *(round(mark.at) for mark in chart.marks), *inner}
    return tuple(
        ChartDay(day, tuple(_minutes(line, day) for line in chart.lines))
        for day in sorted(days)
        if first <= day <= last
    )


def _month_ends(first: int, last: int) -> Iterator[int]:
    day = date.fromordinal(first).replace(day=1)
    while (day := (day + timedelta(days=31)).replace(day=1)).toordinal() - 1 <= last:
        yield day.toordinal() - 1


def _minutes(line: ChartLine, at: int) -> int | None:
    """What the line has reached at the end of a day: of a step, its top."""
    before = [point for point in line.points if point[0] <= at]
    after = [point for point in line.points if point[0] > at]
    if not before or (not after and before[-1][0] < at):
        return None
    (x, y), (next_x, next_y) = before[-1], after[0] if after else before[-1]
    if line.style == "logged":
        return round(y * 60)
    share = (at - x) / (next_x - x) if next_x > x else 0.0
    return round((y + (next_y - y) * share) * 60)


class ChartTable(QDialog):
    """Lists what a chart of hours shows; Escape closes it, and the keyboard goes back."""

    def __init__(self, parent: QWidget, chart: Chart, title: str, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title, chart.says)
        marked = {round(mark.at): mark.label for mark in chart.marks}

        def shown_day(row: ChartDay) -> str:
            return show_day(row.day) + (f", {marked[row.id]}" if row.id in marked else "")

        columns = [Column("By the end of", shown_day, kind="strong", width=18)]
        columns += [
            Column(_HEADINGS[line.style], _hours_of(place), right=True, width=12)
            for place, line in enumerate(chart.lines)
        ]
        self.model = RowsModel(tuple(columns), self)
        self.table = RowsTable(self.model, title, theme, stretch=0)
        self.model.replace(days_of(chart))
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label(title, "large", wraps=True))
        down.addWidget(label(chart.says, "quiet", wraps=True))
        down.addWidget(self.table, 1)
        down.addLayout(row_of(theme, None, self.close_))
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(140), int(room.width() * 0.95)),
            min(theme.space(150), int(room.height() * 0.9)),
        )
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


def _hours_of(place: int) -> Callable[[ChartDay], str]:
    def shown(row: ChartDay) -> str:
        minutes = row.minutes[place]
        return "" if minutes is None else grid(minutes)

    return shown


def table_button(theme: Theme, act: Callable[[], object]) -> QPushButton:
    """Return the button below a chart that shows it as a table."""
    made = button("As a table", theme, act, role="small link")
    made.setToolTip(as_tip(f"{SHOW_AS_TABLE} ({KEYS})"))
    access.name(made, SHOW_AS_TABLE)
    return made
