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
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.active_months import active_months
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import MONTHS, Period, show_day
from apprentice_desk.domain.durations import nearest_minute, sentence
from apprentice_desk.domain.explaining import Figure
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.records.hours import HoursRow
from apprentice_desk.records.learning import PlanActivityRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.chart_table import table_button
from apprentice_desk.ui.kit.charts import Chart, LineChart
from apprentice_desk.ui.kit.figures import FigureButton
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, breakable, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.apprentices.actions import READ_ONLY, ApprenticeActions
from apprentice_desk.ui.pages.apprentices.chart import hours_chart
from apprentice_desk.ui.pages.apprentices.figure_links import EXPLAINS, FigureLinks
from apprentice_desk.ui.pages.apprentices.month_strip import MonthStrip, in_words
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint
from apprentice_desk.ui.standing_words import hours_tone, status_badge

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


def read_behind(session: Any, apprenticeship_id: UUID, view: Viewpoint) -> Behind:
    """Return minutes by day, the learning plan and the newest entries of an apprenticeship."""
    return Behind(
        view.logged(session, apprenticeship_id),
        view.plan(session, apprenticeship_id),
        view.newest(session, apprenticeship_id, RECENT),
    )


class ApprenticePanel(Card):
    """Shows the row last given to ``show_row``."""

    def __init__(self, desk: Desk, actions: ApprenticeActions) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        self._actions = actions
        self._seen: tuple[UUID, Viewpoint] | None = None
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
        self.logged = self._figure(Figure.LOGGED, actions)
        self.against = self._figure(Figure.AGAINST_PLAN, actions)
        self.forecast = self._figure(Figure.FORECAST, actions)
        self.others = FigureLinks(actions.explain_figure, theme)
        self.chart = LineChart(Chart((), ""), theme, quarters_high=36)
        self.months = MonthStrip(theme)
        self.months_say = label("", "small", wraps=True)
        self.why = label("", "small", wraps=True)
        self.note = label("", "small", "note", wraps=True)
        self.as_table = table_button(theme, actions.chart_table.trigger)
        self.facts = KeyValues((), theme)
        self.recent_title = label("Newest hours", "heading")
        self.recent = KeyValues((), theme)
        self.no_recent = label("Nothing is logged yet.", "quiet", wraps=True)
        self._build(actions)
        self.show_row(None)

    def _figure(self, figure: Figure, actions: ApprenticeActions) -> FigureButton:
        return FigureButton(
            "",
            self._theme,
            lambda: actions.explain_figure(figure),
            opens=EXPLAINS,
            called=f"Explain {figure}",
            is_bare=True,
        )

    def _build(self, actions: ApprenticeActions) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._called = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._called.setSpacing(theme.space(2))
        self._called.addWidget(self.name, 1)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self._called.addWidget(self.badge, 0, corner)
        head.addLayout(self._called, 1)
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
        down.addWidget(self.note)
        down.addLayout(self._figures)
        down.addWidget(self.others)
        down.addWidget(self.chart)
        down.addWidget(self.why)
        down.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignLeft)
        down.addSpacing(theme.space(1))
        down.addWidget(self.months)
        down.addWidget(self.months_say)
        down.addSpacing(theme.space(1))
        down.addWidget(self.recent_title)
        down.addWidget(self.recent)
        down.addWidget(self.no_recent)
        down.addSpacing(theme.space(1))
        down.addWidget(label("Facts", "heading"))
        down.addWidget(self.facts)
        down.addStretch(1)
        self.area = reading_area(content, "Details")
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

    def show_row(self, row: ApprenticeRow | None, note: str = "") -> None:
        """Show *row*, or that nobody is chosen; *note* says how a past day is seen."""
        self.nobody.setVisible(row is None)
        self.shown.setVisible(row is not None)
        if row is None:
            return
        view = self._actions.view
        if (row.id, view) != self._seen:
            self._seen = (row.id, view)
            self.area.verticalScrollBar().setValue(0)
        behind = self._desk.store.read(read_behind, row.id, view)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.name.setText(breakable(row.name))
        self.badge.show_badge(status_badge(row))
        access.name(self.log_hours, f"Log hours for {row.name}")
        self.standard.setText(breakable(row.standard_shown))
        self._show_figures(row)
        mark = "today" if view.is_today else view.shown
        chart = hours_chart(row, behind.logged, behind.plan, view.day, mark)
        self.chart.setVisible(chart is not None)
        self.as_table.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        self._actions.show_chart(chart)
        months = active_months(row.course, behind.logged, view.day, row.facts.stays)
        self.months.show_months(months)
        self.months_say.setText(in_words(months))
        self.why.setText(f"{row.figures.why}." if row.figures.why else "")
        self.facts.show_pairs(facts(row))
        self.recent.show_pairs([_recent_pair(entry) for entry in behind.recent])
        self.recent.setVisible(bool(behind.recent))
        self.no_recent.setVisible(not behind.recent)

    def _show_figures(self, row: ApprenticeRow) -> None:
        figures = row.figures
        self.logged.show_figure(_hours(figures.logged_minutes), _of_required(figures))
        words, caption, tone = _against_plan(row)
        self.against.show_figure(words, caption, tone=tone)
        words, caption, tone = _forecast(row)
        self.forecast.show_figure(words, caption, tone=tone)
        self.others.show_row(row)

    def resizeEvent(self, event: Any) -> None:
        """Put figures, and name and status, below each other where they would not fit beside."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.space(_FIGURES_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._figures.setDirection(way)
        self._called.setDirection(way)


def _action_button(action: QAction, text: str, desk: Desk) -> QPushButton:
    """A button that does what *action* does, and is enabled when it is."""
    made = button(text, desk.theme, action.trigger, icon="pencil" if text == "Edit" else "plus")
    keys = action.shortcut().toString() or ("Ctrl+L" if text == "Log hours" else "")
    made.setToolTip(as_tip(READ_ONLY if desk.store.is_read_only else f"{text} ({keys})"))
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
