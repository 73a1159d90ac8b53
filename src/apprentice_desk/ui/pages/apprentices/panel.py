"""The panel at the side of the list: one apprenticeship in words, figures and a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from textwrap import shorten
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import MONTHS, Period, show_day
from apprentice_desk.domain.durations import nearest_minute, sentence
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.records.hours import HoursRow, hours_rows, logged_by_day
from apprentice_desk.records.learning import PlanActivityRow, plan_rows
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.chart_table import ChartTable, table_button
from apprentice_desk.ui.kit.charts import Chart, LineChart
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues, StatFigure
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.pages.apprentices.actions import READ_ONLY, ApprenticeActions
from apprentice_desk.ui.pages.apprentices.chart import hours_chart
from apprentice_desk.ui.pages.apprentices.columns import hours_tone, status_badge

RECENT = 5
_NO_FIGURE = "–"
_LONGEST = 60
_FIGURES_BESIDE = 85
"""The width in quarters from which the three figures stand beside each other."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the figures of one apprenticeship."""

    logged: tuple[tuple[date, int], ...]
    plan: tuple[PlanActivityRow, ...]
    recent: tuple[HoursRow, ...]


def read_behind(session: Any, apprenticeship_id: UUID) -> Behind:
    """Return minutes by day, the learning plan and the newest entries of an apprenticeship."""
    return Behind(
        logged_by_day(session, apprenticeship_id),
        plan_rows(session, apprenticeship_id),
        hours_rows(session, apprenticeship_id=apprenticeship_id, limit=RECENT),
    )


class ApprenticePanel(Card):
    """Shows the row last given to ``show_row``."""

    def __init__(self, desk: Desk, actions: ApprenticeActions) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        self._theme = desk.theme
        theme = desk.theme
        access.name(self, "Chosen apprentice")
        self.nobody = EmptyState(
            theme, "user", "Nobody is chosen", "Choose somebody in the list to see how they stand."
        )
        self.close_button = icon_button("arrow-left", "Back to the list", theme)
        self.name = label("", "large", wraps=True)
        self.badge = BadgeLabel(Badge(""), theme)
        self.standard = label("", "quiet", wraps=True)
        self.logged = StatFigure("", _NO_FIGURE, "", theme, in_card=False)
        self.against = StatFigure("", _NO_FIGURE, "", theme, in_card=False)
        self.forecast = StatFigure("", _NO_FIGURE, "", theme, in_card=False)
        self.chart = LineChart(Chart((), ""), theme, quarters_high=36)
        self.why = label("", "small", wraps=True)
        self.as_table = table_button(theme, self.show_table)
        self.facts = KeyValues((), theme)
        self.recent_title = label("Newest hours", "heading")
        self.recent = KeyValues((), theme)
        self.no_recent = label("Nothing is logged yet.", "quiet", wraps=True)
        self._build(actions)
        self.show_row(None)

    def _build(self, actions: ApprenticeActions) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(theme.space(3))
        for figure in (self.logged, self.against, self.forecast):
            self._figures.addWidget(figure, 1)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addLayout(head)
        down.addWidget(self.standard)
        down.addSpacing(theme.space(1))
        down.addWidget(label("Off-the-job training", "heading"))
        down.addLayout(self._figures)
        down.addWidget(self.chart)
        down.addWidget(self.why)
        down.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignLeft)
        down.addSpacing(theme.space(1))
        down.addWidget(self.recent_title)
        down.addWidget(self.recent)
        down.addWidget(self.no_recent)
        down.addSpacing(theme.space(1))
        down.addWidget(label("Facts", "heading"))
        down.addWidget(self.facts)
        down.addStretch(1)
        self.area = QScrollArea()
        self.area.setProperty("role", "raised")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # With the keyboard it is scrolled by its own arrow keys: nothing in it takes the focus.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        access.name(self.area, "Details", "Arrow keys scroll")
        self.area.setWidget(content)
        self.foot = QWidget()
        self.edit = _action_button(actions.edit, "Edit", self._desk)
        self.log_hours = _action_button(actions.log_hours, "Log hours", self._desk)
        self.more = button("More", theme, icon="ellipsis")
        self.more.setMenu(actions.more_menu(self.more))
        access.name(self.more, "More", "What else can be done with the chosen apprentice")
        self.read_only = label(READ_ONLY, "small", wraps=True)
        self.read_only.setVisible(self._desk.store.is_read_only)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        foot.addWidget(self.read_only)
        foot.addWidget(Flow([self.edit, self.log_hours, self.more], theme))
        self.shown = QWidget()
        inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.area, 1)
        inside.addWidget(line())
        inside.addWidget(self.foot)
        self.add(self.nobody, 1)
        self.add(self.shown, 1)

    # showing

    def show_row(self, row: ApprenticeRow | None) -> None:
        """Show *row*, or that nobody is chosen."""
        self.nobody.setVisible(row is None)
        self.shown.setVisible(row is not None)
        if row is None:
            return
        behind = self._desk.store.read(read_behind, row.id)
        self.name.setText(row.name)
        self.badge.show_badge(status_badge(row))
        access.name(self.log_hours, f"Log hours for {row.name}")
        self.standard.setText(_standard_line(row))
        self._show_figures(row)
        chart = hours_chart(row, behind.logged, behind.plan, self._desk.clock.today())
        self.chart.setVisible(chart is not None)
        self.as_table.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        self.why.setText(f"{row.figures.why}." if row.figures.why else "")
        self.facts.show_pairs(facts(row))
        self.recent.show_pairs([_recent_pair(entry) for entry in behind.recent])
        self.recent.setVisible(bool(behind.recent))
        self.no_recent.setVisible(not behind.recent)

    def show_table(self) -> None:
        """Show the figures of the chart as a table."""
        if self.shown.isHidden() or self.chart.isHidden():
            self._desk.messages.say("There is no chart to show: neither a plan nor hours.")
            return
        title = f"Hours of {self.name.text()}"
        ChartTable(self.window(), self.chart.shown, title, self._theme).open()

    def _show_figures(self, row: ApprenticeRow) -> None:
        figures = row.figures
        self.logged.show_figure(_hours(figures.logged_minutes), _of_required(figures))
        self.against.show_figure(*_against_plan(row))
        self.forecast.show_figure(*_forecast(row))

    def resizeEvent(self, event: Any) -> None:
        """Put the figures below each other where they would not fit beside each other."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.space(_FIGURES_BESIDE)
        self._figures.setDirection(
            QHBoxLayout.Direction.LeftToRight if is_wide else QHBoxLayout.Direction.TopToBottom
        )


def _action_button(action: QAction, text: str, desk: Desk) -> QPushButton:
    """A button that does what *action* does, and is enabled when it is."""
    made = button(text, desk.theme, action.trigger, icon="pencil" if text == "Edit" else "plus")
    keys = action.shortcut().toString() or ("Ctrl+L" if text == "Log hours" else "")
    made.setToolTip(READ_ONLY if desk.store.is_read_only else f"{text} ({keys})")
    action.enabledChanged.connect(made.setEnabled)
    made.setEnabled(action.isEnabled())
    return made


# words


def _hours(minutes: int) -> str:
    """Whole hours for the large figure; the caption has the minutes."""
    hours = nearest_minute(Fraction(minutes, 60))
    return f"{'−' if hours < 0 else ''}{abs(hours):,} h"


def _exact(minutes: int) -> str:
    return f"{sentence(minutes)} " if minutes % 60 else ""


def _of_required(figures: Figures) -> str:
    exact = _exact(figures.logged_minutes)
    if figures.required_minutes is None:
        return f"{exact}logged; what is required is not known"
    return f"{exact}logged of {sentence(figures.required_minutes)} required"


def _against_plan(row: ApprenticeRow) -> tuple[str, str, Tone]:
    against, planned = row.figures.against_plan_minutes, row.figures.planned_to_date_minutes
    if against is None or planned is None:
        return _NO_FIGURE, "no plan to measure by", ""
    tone: Tone = ""
    if against < 0 and row.figures.status in (HoursStatus.BEHIND, HoursStatus.SLIPPING):
        tone = hours_tone(row.figures.status)
    sign = "+" if against > 0 else ""
    exact = f"{sign}{_exact(against)}" if against % 60 else ""
    return f"{sign}{_hours(against)}", f"{exact}against plan to date ({sentence(planned)})", tone


def _forecast(row: ApprenticeRow) -> tuple[str, str, Tone]:
    figures = row.figures
    if figures.status is HoursStatus.COMPLETE:
        return "Done", "all required hours are logged", ""
    if row.status.is_ended:
        outcome = "completed" if row.course.outcome is Outcome.COMPLETED else "withdrawn"
        ended = row.course.ended_on
        return "Ended", f"{outcome} {show_day(ended)}" if ended else f"{outcome}, day not known", ""
    if row.status is Status.ON_A_BREAK:
        return _NO_FIGURE, "no forecast while on a break", ""
    late = figures.weeks_late
    if late is None or figures.reached_on is None:
        if figures.required_minutes is None or figures.pace_minutes is None:
            return _NO_FIGURE, "no forecast yet", ""
        return _NO_FIGURE, "no forecast: nothing logged in the last 8 weeks", ""
    if not late:
        return "On time", f"all hours forecast by {show_day(figures.reached_on)}", ""
    weeks = max(1, nearest_minute(late))
    tone = hours_tone(figures.status)
    return (
        f"+{weeks:,} wk",
        f"forecast past planned end, to {show_day(figures.reached_on)}",
        tone if tone != "accent" else "",
    )


def _standard_line(row: ApprenticeRow) -> str:
    title = row.standard_title or "Standard not known"
    if row.level is not None:
        title += f", level {row.level}"
    code = row.standard_code or ""
    if code and row.standard_version:
        code += f" v{row.standard_version}"
    which = f"apprenticeship {row.number}" if row.number > 1 else ""
    return " · ".join(part for part in (title, code, which) if part)


def _day(day: date | None, *, is_given: bool = True) -> str:
    if day is None:
        return ""
    return show_day(day) if is_given else f"{MONTHS[day.month - 1]} {day.year} (day not given)"


def _spell(spell: Period) -> str:
    if spell.last is None:
        return f"since {show_day(spell.first)}"
    return spell.shown()


def facts(row: ApprenticeRow) -> list[tuple[str, str]]:
    """Return what is known of *row*, as pairs of key and value; blank is not given."""
    course = row.course
    pairs = [
        ("Provider", row.provider_name),
        ("Contract", row.contract_reference),
        ("Line manager", row.line_manager),
        ("Training starts", _day(course.training_started_on, is_given=row.is_start_day_given)),
        ("Training ends", _day(course.training_planned_end_on, is_given=row.is_end_day_given)),
        ("Apprenticeship ends", _day(course.apprenticeship_planned_end_on)),
        ("Gateway planned", _day(row.gateway_planned_on)),
    ]
    if course.assessment_began_on:
        pairs.append(("Gateway passed", _day(course.assessment_began_on)))
    if course.ended_on:
        pairs.append(("Last day", _day(course.ended_on)))
    if row.original_start_on != course.training_started_on:
        pairs.append(("First started", _day(row.original_start_on)))
    pairs += [
        ("Breaks", "; ".join(_spell(spell) for spell in course.breaks) or "none"),
        ("Minimum", _minimum(row)),
        ("Contracted", f"{sentence(row.weekly_minutes)} a week" if row.weekly_minutes else ""),
        ("Last review", _day(row.last_review_on) or "none held"),
        ("Next review", _day(row.next_review_on) or "none planned"),
        ("Price", "" if row.agreed_price is None else show_pounds(row.agreed_price)),
        ("Code in returns", row.code),
    ]
    return pairs


def _minimum(row: ApprenticeRow) -> str:
    minimum = row.figures.minimum
    if minimum is None:
        return "not known: no rule covers the start"
    if minimum.minutes is None:
        return f"not known. {minimum.says}."
    return f"{sentence(minimum.minutes)}. {minimum.says}."


def _recent_pair(entry: HoursRow) -> tuple[str, str]:
    what = shorten(entry.what, _LONGEST, placeholder="…") if entry.what else ""
    what = f": {what}" if what else ""
    counts = "" if entry.counts else " (does not count)"
    return (
        show_day(entry.done_on),
        f"{sentence(entry.minutes)}, {entry.activity}{what}{counts}",
    )
