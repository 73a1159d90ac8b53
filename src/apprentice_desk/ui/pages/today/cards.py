"""The cards at the right of Today: hours against plan, the pledge, the days ahead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.chart_table import ChartTable, table_button
from apprentice_desk.ui.kit.charts import Chart, LineChart
from apprentice_desk.ui.kit.painting import Badge, Bar
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import BadgeLabel, Meter, button, column_of, label, row_of
from apprentice_desk.ui.pages.today import words
from apprentice_desk.ui.pages.today.looking import Look

_NO_CHART = Chart((), "")
_MOST_DAYS = 8


class HoursCard(Card):
    """What the team logged of what was planned: figure, status, chart and the same in words."""

    def __init__(self, desk: Desk) -> None:
        theme = desk.theme
        super().__init__("Off-the-job training", theme)
        self.figure = label("–", "figure")
        self.caption = label("", "small", wraps=True)
        self.badge = BadgeLabel(Badge("", "quiet"), theme)
        self.chart = LineChart(_NO_CHART, theme)
        self.sentence = label("", "small", wraps=True)
        self.as_table = table_button(theme, self.show_table)
        across = row_of(theme, quarters=2)
        across.addLayout(column_of(theme, self.figure, self.caption, quarters=0.5), 1)
        across.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(across)
        self.add(self.chart)
        self.add(self.sentence)
        self.body.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignLeft)
        self._desk = desk
        self.chart.hide()
        self.as_table.hide()

    def show_look(self, look: Look) -> None:
        """Show how the team stands."""
        hours = look.hours
        self.heading.setText(words.hours_title(hours))
        access.name(self, words.hours_title(hours))
        self.figure.setText(words.whole_hours(hours.logged_minutes))
        self.figure.setVisible(bool(hours.people))
        self.caption.setText(words.hours_caption(hours) if hours.people else "")
        self.caption.setVisible(bool(hours.people))
        self.badge.show_badge(words.hours_badge(hours))
        self.sentence.setText(words.hours_sentence(hours))
        chart = words.hours_chart(look)
        self.chart.setVisible(chart is not None)
        self.as_table.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)

    def show_table(self) -> None:
        """Show the figures of the chart as a table."""
        if self.chart.isHidden():
            self._desk.messages.say("There is no chart yet: nobody has a plan and hours.")
            return
        ChartTable(self.window(), self.chart.shown, self.heading.text(), self._desk.theme).open()


class PledgeCard(Card):
    """How many started of those that the borough pledged, and what is still to fill."""

    def __init__(self, desk: Desk) -> None:
        theme = desk.theme
        super().__init__("Pledge to LOTI", theme)
        self._is_read_only = desk.store.is_read_only
        self.figure = label("–", "figure")
        self.of = label("", "strong", wraps=True)
        self.bar = Meter(Bar(0, None, 1), theme)
        self.sentence = label("", "small", wraps=True)
        self.enter = button(
            "Enter the pledge", theme, lambda: desk.go(OpenReturnRecord("pledges")), role="link"
        )
        self._figures = QWidget()
        across = row_of(theme, quarters=2)
        across.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        across.addWidget(self.of, 1, Qt.AlignmentFlag.AlignBottom)
        across.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self._figures.setLayout(across)
        self.add(self._figures)
        self.add(self.sentence)
        self.body.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        self.enter.hide()

    def show_look(self, look: Look) -> None:
        """Show what came of the pledge."""
        pledged = look.pledged
        self._figures.setVisible(pledged is not None)
        self.enter.setVisible(pledged is None and not self._is_read_only)
        if pledged is None:
            self.sentence.setText("No pledge is recorded for this programme year.")
            return
        self.figure.setText(f"{pledged.started:,}")
        self.of.setText(f"of {pledged.pledged:,} started, {pledged.year}")
        self.bar.show_bar(words.pledge_bar(pledged))
        self.sentence.setText(words.pledge_sentence(pledged))


class WeekCard(Card):
    """What is on in the days ahead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("This week", desk.theme)
        self._theme = desk.theme
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(desk.theme.space(3))
        self._grid.setVerticalSpacing(desk.theme.space(2))
        self._grid.setColumnStretch(1, 1)
        self.add(self._list)

    def show_look(self, look: Look) -> None:
        """Show what is on."""
        self.heading.setText(words.week_title(look))
        access.name(self, words.week_title(look))
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        shown = look.coming[:_MOST_DAYS]
        for number, each in enumerate(shown):
            self._grid.addWidget(label(words.day_of_week(look, number), "strong"), number, 0, top)
            self._grid.addWidget(label(each.what, wraps=True), number, 1, top)
        if left := len(look.coming) - len(shown):
            self._grid.addWidget(label(f"and {left:,} more", "small"), len(shown), 1, top)
        if not shown:
            nothing = label("Nothing is down for these days.", "quiet", wraps=True)
            self._grid.addWidget(nothing, 0, 0, 1, 2, top)
